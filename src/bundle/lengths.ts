/**
 * How long the archive finds what an author writes. Nothing here needs Node, so that the review page counts by the same rules
 * while she types.
 */
import { textToHtml } from '../text/index.js';
import { escapeHtml } from './escape.js';
import { characters } from './tags.js';

/** Characters of a title as the HTML it becomes. */
export function titleLength(title: string): number {
  return characters(escapeHtml(title.trim()));
}

/** Characters of a summary or of notes as the HTML they become, tags included. */
export function proseLength(text: string): number {
  return characters(textToHtml(text));
}
