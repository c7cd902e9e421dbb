/** A normalised document → HTML, one block to a line. */
import type { ChildNode, Document, Element } from 'domhandler';
import { escapeAttribute, escapeText } from './escape.js';
import { isElement, isText } from './tree.js';

const VOID: ReadonlySet<string> = new Set(['br', 'hr', 'img']);
/** Blocks that hold text only, and the cells that may; everything inside stands on their line. */
const TEXT_BLOCKS: ReadonlySet<string> = new Set('p h1 h2 h3 h4 h5 h6 pre caption figcaption summary'.split(' '));
const BLOCKS: ReadonlySet<string> = new Set([
  ...TEXT_BLOCKS,
  ...'address blockquote dd details dl dt figure hr li ol table tbody td tfoot th thead tr ul'.split(' '),
]);

/** Is this the name of a block, as against an inline element? */
export function isBlockName(name: string): boolean {
  return BLOCKS.has(name);
}

/**
 * Writes what `cleanHtml` made: lower case, attributes quoted, `<br />`, no-break spaces as `&nbsp;`.
 * `cleanHtml` of the result writes the same again. Never recursive.
 */
export function toHtml(document: Document): string {
  return nodesToHtml(document.children);
}

/** The same for some nodes that stand next to each other. */
export function nodesToHtml(nodes: readonly ChildNode[]): string {
  const out: string[] = [];
  const open: { element: Element; index: number; siblings: readonly ChildNode[] }[] = [];
  let siblings = nodes;
  let index = 0;
  for (;;) {
    const node = siblings[index];
    if (!node) {
      const outer = open.pop();
      if (!outer) break;
      closeTag(outer.element, out);
      ({ siblings, index } = outer);
      index++;
      continue;
    }
    if (isText(node)) out.push(escapeText(node.data));
    else if (isElement(node)) {
      openTag(node, out);
      if (!VOID.has(node.name)) {
        open.push({ element: node, index, siblings });
        siblings = node.children;
        index = 0;
        continue;
      }
    }
    index++;
  }
  return out.join('').replace(/^\n/, '');
}

function openTag(element: Element, out: string[]): void {
  if (BLOCKS.has(element.name)) out.push('\n');
  let tag = `<${element.name}`;
  for (const name of Object.keys(element.attribs)) tag += ` ${name}="${escapeAttribute(element.attribs[name] ?? '')}"`;
  out.push(VOID.has(element.name) ? `${tag} />` : `${tag}>`);
}

function closeTag(element: Element, out: string[]): void {
  const holdsBlocks = BLOCKS.has(element.name) && isBlock(element.children[0]);
  out.push(holdsBlocks ? `\n</${element.name}>` : `</${element.name}>`);
}

function isBlock(node: ChildNode | undefined): boolean {
  return isElement(node) && BLOCKS.has(node.name);
}
