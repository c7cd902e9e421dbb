/** Clean HTML → Markdown that renders to the same. */
import { tables } from '@truto/turndown-plugin-gfm';
import TurndownService from 'turndown';
import { cleanHtml } from '../clean.js';
import { type Places, putInPlace } from '../places.js';
import { LINES, type OutlineNode, outlineOf, RAW, WRAP } from './outline.js';

/**
 * CommonMark with GFM's tables and strikethrough; what Markdown lacks (underline, small, alignment, tables with blocks in
 * their cells) stays HTML. Line breaks are a backslash at the end of the line, scene breaks `* * *`.
 *
 * @param html clean HTML; anything else is made clean first, since only that has a form in Markdown
 * @param places where its links lead and its pictures are, if not where they did
 */
export function toMarkdown(html: string, places: Places = {}): string {
  const outline = outlineOf(putInPlace(cleanHtml(html), places));
  if (outline.childNodes.length === 0) return '';
  return turndown.turndown(outline as unknown as TurndownService.Node);
}

const turndown = makeTurndown();

function makeTurndown(): TurndownService {
  const service = new TurndownService({ headingStyle: 'atx', hr: '* * *' });
  service.use(tables);
  const add = (key: string, filter: string, replacement: (content: string, node: OutlineNode) => string) =>
    service.addRule(key, {
      filter: (node) => node.nodeName === filter.toUpperCase(),
      replacement: (content, node) => replacement(content, node as unknown as OutlineNode),
    });
  add('lines', LINES, (_, node) => node.markdown);
  add('raw', RAW, (_, node) => `\n\n${node.markdown}\n\n`);
  add('wrap', WRAP, (content, { attribs }) => `\n\n${attribs.open}\n\n${content.trim()}\n\n${attribs.close}\n\n`);
  add('item', 'li', item);
  add('quote', 'blockquote', quote);
  // The plugin's own cell escapes what is escaped already.
  add('cell', 'td', (content, node) => cell(content, node));
  add('headCell', 'th', (content, node) => cell(content, node));
  return service;
}

function cell(content: string, node: OutlineNode): string {
  return `${node.previousSibling ? ' ' : '| '}${content.trim() || ' '} |`;
}

function quote(content: string): string {
  const lines = content.replace(/^\n+|\n+$/g, '').split('\n');
  return `\n\n${lines.map((line) => (line === '' ? '>' : `> ${line}`)).join('\n')}\n\n`;
}

/** `-` and `+`, for `*` before a scene break would make a scene break of both. */
function item(content: string, node: OutlineNode): string {
  const list = node.parentNode as OutlineNode;
  const first = list.attribs.sign === '1';
  const number = Number(list.attribs.start ?? 1) + node.index;
  // CommonMark takes nine digits and no minus.
  const ordered = `${Math.min(Math.max(number, 0), 999_999_999)}${first ? '.' : ')'} `;
  const sign = list.nodeName === 'OL' ? ordered : first ? '- ' : '+ ';
  const isLoose = node.childNodes.some((child) => child.nodeName !== LINES.toUpperCase());
  const lines = content.replace(/^\n+|\n+$/g, '').split('\n');
  const indented = lines.map((line, index) => (index === 0 || line === '' ? line : ' '.repeat(sign.length) + line));
  return `${sign}${indented.join('\n')}${isLoose ? '\n' : ''}${node.nextSibling ? '\n' : ''}`;
}
