/**
 * The blocks of a clean document in the shape that Turndown walks over (the part of the DOM it asks for).
 *
 * Turndown's rules see the finished Markdown of a node's inside, which is enough for blocks and too late for emphasis,
 * where `*` or `<i>` depends on the characters around. So each text block has one child here, its lines as Markdown.
 */
import type { ChildNode, Document, Element } from 'domhandler';
import { isBlockName, nodesToHtml } from '../html.js';
import { isElement, isText, nameOf, plainText } from '../tree.js';
import { oneLineMarkdown, paragraphMarkdown, startTag } from './inline.js';

export class OutlineNode {
  readonly nodeType = 1;
  readonly nodeName: string;
  readonly childNodes: OutlineNode[] = [];
  parentNode: OutlineNode | null = null;
  nextSibling: OutlineNode | null = null;
  previousSibling: OutlineNode | null = null;
  /** Which child of its parent it is. */
  index = 0;
  #rows: OutlineNode[] | undefined;
  /** Only asked for to find blank nodes, and there are none in a clean document. */
  readonly textContent = 'x';

  constructor(
    name: string,
    readonly attribs: Readonly<Record<string, string>> = {},
    /** Finished Markdown (or HTML) of a leaf. */
    readonly markdown = '',
  ) {
    this.nodeName = name.toUpperCase();
  }

  add(child: OutlineNode): OutlineNode {
    const last = this.childNodes.at(-1) ?? null;
    child.parentNode = this;
    child.previousSibling = last;
    child.index = this.childNodes.length;
    if (last) last.nextSibling = child;
    this.childNodes.push(child);
    return child;
  }
  cloneNode(): OutlineNode {
    return this;
  }
  getAttribute(name: string): string | null {
    return this.attribs[name] ?? null;
  }
  get firstChild(): OutlineNode | null {
    return this.childNodes[0] ?? null;
  }
  get children(): OutlineNode[] {
    return this.childNodes;
  }
  get lastElementChild(): OutlineNode | null {
    return this.childNodes.at(-1) ?? null;
  }
  closest(name: string): OutlineNode | null {
    for (let at: OutlineNode | null = this; at; at = at.parentNode) if (at.nodeName === name.toUpperCase()) return at;
    return null;
  }
  /** Of a table that has all its rows. The plugin asks for them twice a row. */
  get rows(): OutlineNode[] {
    this.#rows ??= this.childNodes.flatMap((part) => (part.nodeName === 'TR' ? [part] : part.childNodes));
    return this.#rows;
  }
}

/** Leaves: lines of Markdown, and blocks that stay HTML. */
export const LINES = 'x-lines';
export const RAW = 'x-raw';
/** Blocks that are written as a pair of tags with Markdown between. */
export const WRAP = 'x-wrap';

export function outlineOf(document: Document): OutlineNode {
  const root = new OutlineNode('x-root');
  addBlocks(document.children, root);
  return root;
}

/** Depth is bounded: a clean document nests DEEPEST_BLOCK blocks and the parts of a table. */
function addBlocks(blocks: readonly ChildNode[], into: OutlineNode): void {
  let wrap: { key: string; node: OutlineNode } | undefined;
  for (const block of blocks) {
    if (!isElement(block)) continue;
    const attribs = isTextBlock(block) ? block.attribs : {};
    const key = Object.keys(attribs).length === 0 ? '' : startTag({ name: 'div', attribs });
    if (key === '') wrap = undefined;
    else if (wrap?.key !== key) wrap = { key, node: into.add(new OutlineNode(WRAP, { open: key, close: '</div>' })) };
    addBlock(block, wrap?.node ?? into);
  }
}

function addBlock(block: Element, into: OutlineNode): void {
  const { name, children } = block;
  if (name === 'hr') into.add(new OutlineNode('hr'));
  else if (name === 'p') addLines(into.add(new OutlineNode('p')), children);
  else if (/^h[1-6]$/.test(name)) into.add(new OutlineNode(name)).add(new OutlineNode(LINES, {}, oneLine(children)));
  else if (name === 'pre') addPre(block, into);
  else if (name === 'blockquote' && isBare(block)) addBlocks(children, into.add(new OutlineNode(name)));
  else if ((name === 'ul' || name === 'ol') && isPlainList(block)) addList(block, into);
  else if (name === 'table' && isGrid(block)) addTable(block, into);
  else if (WRAPPED.has(name)) addWrapped(block, into);
  else into.add(new OutlineNode(RAW, {}, rawHtml(block)));
}

function addLines(into: OutlineNode, nodes: readonly ChildNode[]): void {
  into.add(new OutlineNode(LINES, {}, paragraphMarkdown(nodes)));
}

/** Closing signs of a heading (`# Part #`) are text here. */
function oneLine(nodes: readonly ChildNode[]): string {
  return oneLineMarkdown(nodes).replace(/(^| )(#+)$/, '$1\\$2');
}

function addPre(block: Element, into: OutlineNode): void {
  const isPlain = block.children.every(isText) && isBare(block);
  if (!isPlain) into.add(new OutlineNode(RAW, {}, nodesToHtml([block])));
  else {
    const text = plainText([block]);
    const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
    const fence = '`'.repeat(longest + 1);
    into.add(new OutlineNode(RAW, {}, `${fence}\n${text}\n${fence}`));
  }
}

function addList(block: Element, into: OutlineNode): void {
  // Two lists in a row would be read as one if they had the same sign.
  const before = into.childNodes.at(-1);
  const isSecond = before?.nodeName === block.name.toUpperCase() && before.attribs.sign === '1';
  const sign = isSecond ? '2' : '1';
  const list = into.add(new OutlineNode(block.name, { ...block.attribs, sign }));
  for (const item of block.children) {
    if (!isElement(item)) continue;
    const node = list.add(new OutlineNode('li'));
    if (holdsBlocks(item)) addBlocks(item.children, node);
    else if (isBare(item)) addLines(node, item.children);
    else {
      const open = startTag({ name: 'div', attribs: item.attribs });
      addLines(node.add(new OutlineNode(WRAP, { open, close: '</div>' })), item.children);
    }
  }
}

/** Markdown has signs for points and for Arabic numbers from 0 on, and none for what an attribute says of items with blocks. */
function isPlainList(list: Element): boolean {
  const { start, ...rest } = list.attribs;
  if (start?.startsWith('-') || Object.keys(rest).length > 0) return false;
  return list.children.every((item) => isElement(item) && (isBare(item) || !holdsBlocks(item)));
}

function isBare(block: Element): boolean {
  return Object.keys(block.attribs).length === 0;
}

/** Details, addresses and quotes with a source: the tags are HTML, with a summary, and the blocks in them are Markdown. */
function addWrapped(block: Element, into: OutlineNode): void {
  const summaries = block.children.filter((child) => nameOf(child) === 'summary');
  const open = [startTag(block), ...summaries.map((child) => nodesToHtml([child]))].join('\n');
  const wrap = into.add(new OutlineNode(WRAP, { open, close: `</${block.name}>` }));
  addBlocks(
    block.children.filter((child) => nameOf(child) !== 'summary'),
    wrap,
  );
}

/** A table that GFM has a form for: as many cells in each row, nothing but text in them. */
function isGrid(table: Element): boolean {
  const rows = rowsOf(table);
  const width = rows[0]?.children.length ?? 0;
  return (
    isBare(table) &&
    table.children.every((part) => isElement(part) && /^t(?:head|body|foot)$/.test(part.name) && isBare(part)) &&
    rows.every((row) => isBare(row) && row.children.length === width && row.children.every(isPlainCell)) &&
    rows.slice(1).every((row) => row.children.every((cell) => nameOf(cell) === 'td')) &&
    new Set(rows[0]?.children.map(nameOf)).size === 1
  );
}

function isPlainCell(cell: ChildNode): boolean {
  return isElement(cell) && isBare(cell) && !holdsBlocks(cell);
}

function rowsOf(table: Element): Element[] {
  return table.children.flatMap((part) => (isElement(part) ? part.children.filter(isElement) : []));
}

/** GFM wants a head; a table without one gets an empty one. */
function addTable(block: Element, into: OutlineNode): void {
  const table = into.add(new OutlineNode('table'));
  const rows = rowsOf(block);
  const isHead = nameOf(rows[0]?.children[0]) === 'th';
  const head = table.add(new OutlineNode('thead'));
  const body = table.add(new OutlineNode('tbody'));
  if (!isHead) {
    const row = head.add(new OutlineNode('tr'));
    for (const _ of rows[0]?.children ?? []) row.add(new OutlineNode('th'));
  }
  rows.forEach((row, index) => {
    const node = (index === 0 && isHead ? head : body).add(new OutlineNode('tr'));
    for (const cell of row.children) {
      const text = oneLineMarkdown((cell as Element).children).replace(/\|/g, '\\|');
      node.add(new OutlineNode(nameOf(cell))).add(new OutlineNode(LINES, {}, text));
    }
  });
}

/** An HTML block of Markdown ends at an empty line; there are some in `pre` only. */
function rawHtml(block: Element): string {
  return nodesToHtml([block]).replace(/\n(?=[ \t]*\n)/g, '&#10;');
}

function holdsBlocks(block: Element): boolean {
  const first = block.children[0];
  return isElement(first) && isBlockName(first.name);
}

function isTextBlock(block: Element): boolean {
  return block.name !== 'pre' && !PARTED.has(block.name) && block.name !== 'hr';
}
const WRAPPED: ReadonlySet<string> = new Set(['address', 'blockquote', 'details']);
const PARTED: ReadonlySet<string> = new Set(['ul', 'ol', 'dl', 'table', 'blockquote', 'details', 'address', 'figure']);
