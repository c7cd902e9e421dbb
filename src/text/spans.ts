/** Cuts a normalised document into lines, each with the nodes it is made of. */
import type { ChildNode, Document, Element, ParentNode } from 'domhandler';
import { isGap } from './blocks.js';
import { isBlockName } from './html.js';
import type { Line } from './lines.js';
import { following, isElement, isText, nameOf } from './tree.js';

export interface Span {
  kind: Line['kind'];
  /** The nodes of the line; of a row or pair, those of each cell. */
  cells: (readonly ChildNode[])[];
  /** What goes when the line goes: its nodes and the break behind it, or the whole row. */
  nodes: readonly ChildNode[];
  /** The block whose attributes hold for the line. */
  block: Element;
  blankBefore: boolean;
}

/** All lines in order. The same document always gives the same lines; they are numbered from 1 by their place here. */
export function* spansOf(document: Document): Iterable<Span> {
  let node: ChildNode | undefined = document.children[0];
  while (node) {
    const block: Element | undefined = isElement(node) ? node : undefined;
    if (block && !holdsWhole(block)) {
      node = block.children[0] ?? following(block, document);
      continue;
    }
    if (block) yield* linesOfBlock(block);
    const last: ChildNode = block && isPairStart(block) ? (block.next as ChildNode) : node;
    node = following(last, document);
  }
}

/** Text, a rule, a row of text cells: looked at as one; anything else is looked into. */
function holdsWhole(block: Element): boolean {
  if (block.name === 'tr') return block.children.every((cell) => isElement(cell) && isTextBlock(cell));
  return !PARTED.has(block.name) && isTextBlock(block);
}

const PARTED: ReadonlySet<string> = new Set(['table', 'thead', 'tbody', 'tfoot', 'ul', 'ol', 'dl', 'tr']);

function isTextBlock(block: Element): boolean {
  const first = block.children[0];
  return !(isElement(first) && isBlockName(first.name));
}

/** A term whose description is plain text too. */
function isPairStart(block: Element): boolean {
  return block.name === 'dt' && nameOf(block.next) === 'dd' && isTextBlock(block.next as Element);
}

function* linesOfBlock(block: Element): Iterable<Span> {
  const { name } = block;
  if (name === 'hr') yield { kind: 'rule', cells: [[block]], nodes: [block], block, blankBefore: true };
  else if (name === 'tr') yield row(block);
  else if (name === 'dt' || name === 'dd') yield pair(block);
  else if (!isGap(block)) yield* textLines(block);
}

function row(tr: Element): Span {
  const cells = tr.children.map((cell) => (cell as Element).children);
  return { kind: 'row', cells, nodes: [tr], block: tr, blankBefore: !tr.prev };
}

function pair(first: Element): Span {
  const blankBefore = !first.prev;
  if (!isPairStart(first)) {
    const cells = first.name === 'dt' ? [first.children] : [[], first.children];
    return { kind: 'pair', cells, nodes: [first], block: first, blankBefore };
  }
  const second = first.next as Element;
  return { kind: 'pair', cells: [first.children, second.children], nodes: [first, second], block: second, blankBefore };
}

function* textLines(block: Element): Iterable<Span> {
  const kind = kindOf(block);
  let blankBefore = block.name !== 'li' || !block.prev;
  let line: ChildNode[] = [];
  for (const node of block.children) {
    if (!isLineEnd(node)) {
      line.push(node);
      continue;
    }
    yield { kind, cells: [line], nodes: [...line, node], block, blankBefore };
    blankBefore = false;
    line = [];
  }
  if (line.length > 0) yield { kind, cells: [line], nodes: line, block, blankBefore };
}

/** A line break; in `pre` a newline, which always is a text node of its own. */
export function isLineEnd(node: ChildNode | undefined): boolean {
  return nameOf(node) === 'br' || (isText(node) && node.data === '\n');
}

function kindOf(block: Element): Line['kind'] {
  if (/^h[1-6]$/.test(block.name)) return 'heading';
  return block.name === 'li' || nameOf(block.parent as ParentNode) === 'li' ? 'item' : 'text';
}
