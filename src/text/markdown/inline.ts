/** The lines of a text block as Markdown. Depth is bounded: a clean document nests each mark three times at most. */
import type { ChildNode, Element } from 'domhandler';
import { escapeAttribute } from '../escape.js';
import { isElement, isText } from '../tree.js';
import { type Stretch, type Token, writeLine } from './emphasis.js';
import { codeSpan, escapeInline, escapeLineStart, keepIndent, linkDestination, linkTitle } from './escape.js';

const DELIMITERS: Readonly<Record<string, Stretch['delimiter']>> = {
  i: '*',
  em: '*',
  b: '**',
  strong: '**',
  s: '~~',
  strike: '~~',
  del: '~~',
};

/** A line break that CommonMark reads and that no editor strips. */
const HARD_BREAK = '\\\n';

/** The lines of a paragraph. */
export function paragraphMarkdown(nodes: readonly ChildNode[]): string {
  return linesMarkdown(nodes).map(escapeLineStart).join(HARD_BREAK);
}

/** The same for places that have one line only (headings, cells): breaks are tags there. */
export function oneLineMarkdown(nodes: readonly ChildNode[]): string {
  return linesMarkdown(nodes).join('<br />');
}

function linesMarkdown(nodes: readonly ChildNode[]): string[] {
  const lines: string[] = [];
  let tokens: Token[] = [];
  const end = () => {
    lines.push(keepIndent(writeLine(tokens)));
    tokens = [];
  };
  for (const node of nodes) {
    if (isElement(node) && node.name === 'br') end();
    else writeNode(node, tokens);
  }
  end();
  return lines;
}

function writeNode(node: ChildNode, tokens: Token[]): void {
  if (isText(node)) writeText(escapeInline(node.data), tokens);
  else if (isElement(node)) writeElement(node, tokens);
}

function writeElement(element: Element, tokens: Token[]): void {
  const { name, attribs, children } = element;
  const only = children[0];
  if (name === 'img') return writeText(picture(element), tokens);
  if (name === 'a' && attribs.href !== undefined) {
    const target = `](${linkDestination(attribs.href)}${linkTitle(attribs.title)})`;
    // Behind "!" a link would be a picture.
    const last = tokens.at(-1);
    if (last?.kind === 'text' && last.text.endsWith('!')) last.text = `${last.text.slice(0, -1)}\\!`;
    return writeAround('[', children, target, tokens);
  }
  if (name === 'code' && children.length === 1 && isText(only) && mayBeCodeSpan(only.data, attribs, tokens)) {
    return writeText(codeSpan(only.data), tokens);
  }
  const delimiter = DELIMITERS[name];
  if (delimiter === undefined || Object.keys(attribs).length > 0) {
    return writeAround(startTag(element), children, `</${name}>`, tokens);
  }
  const stretch: Stretch = { delimiter, name, asTag: false };
  tokens.push({ kind: 'open', stretch });
  for (const child of children) writeNode(child, tokens);
  tokens.push({ kind: 'close', stretch });
}

/** Two spans that touch would be read as one, and a span has no attributes. */
function mayBeCodeSpan(text: string, attribs: object, tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  const touches = last?.kind === 'text' && last.text.endsWith('`');
  return text.trim() === text && !touches && Object.keys(attribs).length === 0;
}

function writeAround(before: string, children: readonly ChildNode[], after: string, tokens: Token[]): void {
  writeText(before, tokens);
  for (const child of children) writeNode(child, tokens);
  writeText(after, tokens);
}

/** A token for each piece: to look at the end of one long text that grows costs its length each time. */
function writeText(text: string, tokens: Token[]): void {
  if (text !== '') tokens.push({ kind: 'text', text });
}

/** A picture; one with a size stays a tag, for Markdown has no word for it. */
function picture(element: Element): string {
  const { src = '', alt = '', title, width, height } = element.attribs;
  if (width !== undefined || height !== undefined) return startTag(element).replace(/>$/, ' />');
  return `![${escapeInline(alt)}](${linkDestination(src)}${linkTitle(title)})`;
}

export function startTag({ name, attribs }: Pick<Element, 'name' | 'attribs'>): string {
  return `<${name}${Object.entries(attribs)
    .map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`)
    .join('')}>`;
}
