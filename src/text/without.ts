/** A document less some of its lines. */
import { type ChildNode, Document, Element, Text } from 'domhandler';
import { isGap } from './blocks.js';
import { rememberCopy } from './memory.js';
import { isLineEnd, spansOf } from './spans.js';
import { append, dropLast, isElement, isText, nameOf } from './tree.js';

/**
 * A copy of the document without the lines of these numbers (`linesOf` of the same document). Blocks left empty go too,
 * with their list, table or quote; the lines that stay keep their paragraphs. The given document is not changed.
 */
export function withoutLines(document: Document, numbers: ReadonlySet<number>): Document {
  const gone = new Set<ChildNode>();
  let number = 0;
  for (const span of spansOf(document)) {
    number++;
    if (numbers.has(number)) for (const node of span.nodes) gone.add(node);
  }
  return copyWithout(document, gone);
}

function copyWithout(document: Document, gone: ReadonlySet<ChildNode>): Document {
  const copy = new Document([]);
  const open: { original: Element; copy: Element; into: Document | Element }[] = [];
  let into: Document | Element = copy;
  let node: ChildNode | null = document.children[0] ?? null;
  while (node) {
    const twin: ChildNode | undefined = gone.has(node) || isLostGap(node, into) ? undefined : shallowCopy(node);
    if (twin) {
      rememberCopy(twin, node);
      append(into, twin);
    }
    if (twin instanceof Element && isElement(node) && node.children[0]) {
      open.push({ original: node, copy: twin, into });
      into = twin;
      node = node.children[0];
      continue;
    }
    while (node && !node.next) {
      tidyEnd(into);
      const outer = open.pop();
      if (outer) closeCopy(outer.copy, outer.into);
      node = outer?.original ?? null;
      into = outer?.into ?? copy;
    }
    node = node?.next ?? null;
  }
  return copy;
}

function shallowCopy(node: ChildNode): ChildNode | undefined {
  if (isText(node)) return new Text(node.data);
  return isElement(node) ? new Element(node.name, { ...node.attribs }) : undefined;
}

/** A gap between blocks of which one is gone is none. */
function isLostGap(node: ChildNode, into: Document | Element): boolean {
  if (!isGap(node)) return false;
  const last = into.children.at(-1);
  return !last || isGap(last) || nameOf(last) === 'hr' || nameOf(node.next) === 'hr';
}

/** Takes away the break or gap that stood before what is gone. */
function tidyEnd(parent: Document | Element): void {
  for (let last = parent.children.at(-1); last && (isLineEnd(last) || isGap(last)); last = parent.children.at(-1)) {
    dropLast(parent);
  }
}

/**
 * Only copies of elements that had children come here: one that has none now lost them all. Empty cells hold the others
 * of their row in place, and go with the last of them.
 */
function closeCopy(copy: Element, into: Document | Element): void {
  const isCell = copy.name === 'td' || copy.name === 'th';
  const isEmpty = copy.name === 'tr' ? copy.children.every(isBare) : copy.children.length === 0;
  if (isEmpty && !isCell) dropLast(into);
}

function isBare(node: ChildNode): boolean {
  return isElement(node) && node.children.length === 0;
}
