/** Plain text as HTML. Apart from what reads HTML, so that the review page counts with it and carries no parser. */
import { escapeText } from './escape.js';

/** Plain text with newlines → paragraphs: an empty line parts paragraphs, a single newline is a line break. */
export function textToHtml(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n(?:[ \t]*\n)+/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map(
      (paragraph) =>
        `<p>${paragraph
          .split('\n')
          .map((line) => escapeText(line.trim()))
          .join('<br />')}</p>`,
    )
    .join('\n');
}
