/** The blocks of a document under construction: which are open, and the empty lines between them. */
import { Document, Element, Text } from 'domhandler';
import { CELLS } from './keep.js';
import { append, dropLast, nameOf, setChildren } from './tree.js';

/** Extra gaps between paragraphs say something, unless an editor put one between nearly all of them. */
const A_FEW = 4;
const BY_HABIT = 0.6;

/** Blocks whose children are parts (items, rows): nothing else stands in them. */
const PARTED: ReadonlySet<string> = new Set(['ul', 'ol', 'dl', 'table', 'thead', 'tbody', 'tfoot', 'tr']);

interface OpenBlock {
  node: Document | Element;
  /** How much was written when it was opened: a block in which nothing was goes. */
  written: number;
  /** Opened by us and not by a tag (the list around a stray item, the item around stray text). */
  implied: boolean;
}

export class Blocks {
  /** An empty line stood before the place where we are. */
  gap = false;
  readonly #root = new Document([]);
  readonly #path: OpenBlock[] = [{ node: this.#root, written: 0, implied: false }];
  readonly #gaps: Element[] = [];
  readonly #cells: Element[] = [];
  readonly #impliedLists = new WeakSet<Element>();
  #leaves = 0;

  get depth(): number {
    return this.#path.length;
  }
  get top(): Document | Element {
    return this.#path.at(-1)?.node ?? this.#root;
  }

  open(element: Element, written: number): void {
    if (!isPart(element.name, nameOf(this.top))) this.#makeRoom();
    this.#settleGap();
    append(this.top, element);
    this.#path.push({ node: element, written, implied: false });
    if (CELLS.has(element.name)) this.#cells.push(element);
  }

  /** Leaves an item that was made for stray text: an item of the list begins. */
  leaveImplied(item: string): void {
    const isOurs = item === 'li' ? nameOf(this.top) === 'li' : nameOf(this.top) === 'dd';
    if (isOurs && this.#path.at(-1)?.implied) this.#path.pop();
  }

  /** Sees to it that an item can be put: makes a list where none is open. */
  makeList(): void {
    if (LIST.has(nameOf(this.top))) return;
    const last = this.top.children.at(-1);
    if (!this.gap && last instanceof Element && this.#impliedLists.has(last)) return this.#reopen(last);
    this.#makeRoom();
    this.#settleGap();
    const list = new Element('ul', {});
    this.#impliedLists.add(list);
    append(this.top, list);
    this.#reopen(list);
  }

  closeTo(depth: number, written: number): void {
    while (this.#path.length > depth) {
      const { node, written: before, implied } = this.#path.pop() as OpenBlock;
      this.#trimGap(node);
      this.gap = false;
      const isEmpty = node.children.length === 0 || (!implied && written === before);
      if (isEmpty && nameOf(node) !== 'td' && nameOf(node) !== 'th') dropLast(this.top);
    }
  }

  openLeaf(tag: string, attribs: Readonly<Record<string, string>>): Element {
    if (tag !== 'caption') this.#makeRoom();
    this.#settleGap();
    const leaf = new Element(tag, { ...attribs });
    append(this.top, leaf);
    this.#leaves++;
    return leaf;
  }

  /** Removes a text element that stayed empty; it is the last thing that was put. */
  takeBack(leaf: Element): void {
    if (this.top.children.at(-1) !== leaf) return;
    dropLast(this.top);
    this.#leaves--;
  }

  /** @returns undefined where a rule stands already: two in a row say what one does */
  rule(): Element | undefined {
    this.#makeRoom();
    this.#trimGap(this.top);
    this.gap = false;
    if (nameOf(this.top.children.at(-1)) === 'hr') return undefined;
    const rule = new Element('hr', {});
    append(this.top, rule);
    return rule;
  }

  finish(): Document {
    this.#trimGap(this.#root);
    const gaps = this.#gaps.filter((gap) => gap.parent);
    if (gaps.length >= A_FEW && gaps.length >= BY_HABIT * (this.#leaves - 1)) {
      const parents = new Set(gaps.map((gap) => gap.parent as Document | Element));
      for (const parent of parents)
        setChildren(
          parent,
          parent.children.filter((child) => !isGap(child)),
        );
    }
    for (const cell of this.#cells) hoist(cell);
    return this.#root;
  }

  #reopen(element: Element): void {
    this.#path.push({ node: element, written: 0, implied: true });
  }

  /** Text or a block where only parts may stand goes into the part before, or into a new one. */
  #makeRoom(): void {
    while (PARTED.has(nameOf(this.top))) {
      const name = nameOf(this.top);
      const last = this.top.children.at(-1);
      if (this.#path.at(-1)?.implied && LIST.has(name)) this.#path.pop();
      else if (last instanceof Element && CELLS.has(last.name) && last.name !== 'dt') this.#reopen(last);
      else this.#openPart(PART_OF[name] as string);
    }
  }

  #openPart(name: string): void {
    const part = new Element(name, {});
    append(this.top, part);
    if (CELLS.has(name)) this.#cells.push(part);
    this.#reopen(part);
  }

  #settleGap(): void {
    const { gap, top } = this;
    this.gap = false;
    const last = top.children.at(-1);
    if (!gap || !last || PARTED.has(nameOf(top)) || nameOf(last) === 'hr' || isGap(last)) return;
    const spacer = new Element('p', {});
    // Not by the constructor, which leaves a child without its parent: whoever goes through the tree would end there.
    append(spacer, new Text('\u00a0'));
    append(top, spacer);
    this.#gaps.push(spacer);
  }

  #trimGap(parent: Document | Element): void {
    if (isGap(parent.children.at(-1))) dropLast(parent);
  }
}

const LIST: ReadonlySet<string> = new Set(['ul', 'ol']);
/** The part that text is put in; in a table only a second caption comes to that, for the parser lets no text stand there. */
const PART_OF: Readonly<Record<string, string>> = {
  ul: 'li',
  ol: 'li',
  dl: 'dd',
  table: 'tbody',
  thead: 'tr',
  tbody: 'tr',
  tfoot: 'tr',
  tr: 'td',
};

function isPart(name: string, parent: string): boolean {
  if (parent === 'ul' || parent === 'ol') return name === 'li';
  if (parent === 'dl') return name === 'dt' || name === 'dd';
  return PARTED.has(parent);
}

/** A paragraph that holds nothing but a no-break space: an empty line on purpose. */
export function isGap(node: unknown): boolean {
  if (!(node instanceof Element) || node.name !== 'p' || node.children.length !== 1) return false;
  const only = node.children[0];
  return only instanceof Text && only.data === '\u00a0';
}

/** A cell whose only block is one paragraph holds that paragraph's text itself. */
function hoist(cell: Element): void {
  const only = cell.children[0];
  if (cell.children.length !== 1 || !(only instanceof Element) || only.name !== 'p') return;
  cell.attribs = { ...only.attribs, ...cell.attribs };
  setChildren(cell, only.children);
}
