/** Tag soup of twenty years → a normalised document. */
import { type ChildNode, type Document, Element } from 'domhandler';
import { linkAddress, pictureAddress } from './address.js';
import { Attributes, styleOf } from './attributes.js';
import { Builder, type Flow } from './builder.js';
import {
  ARCHIVE_KEEP,
  BREAKING,
  CAPTIONS,
  CELLS,
  CONTAINERS,
  DEEPEST_BLOCK,
  DROPPED,
  HEADINGS,
  type Keep,
  LISTS,
  MARKS,
  PREFORMATTED,
} from './keep.js';
import { type MarkList, Marks, NO_MARKS, withMark, withoutMarks } from './marks.js';
import { PictureJudge, type PictureRules } from './pictureRule.js';
import { isCutTag, readAccount, readCutAnchor, readStandIn } from './quirks.js';
import { parseSoup } from './soup.js';
import type { StyleMeaning } from './style.js';
import { isColumn, opensList } from './tables.js';
import { isElement, isText, nameOf } from './tree.js';

export interface CleanOptions {
  /** Address of the entry, for links given relative to it; without it they are unwrapped. */
  base?: string;
  /** What may stand; the archive's own list unless given (`elements` and `attributes` of `config/archives.yaml`). */
  keep?: Keep;
  /** By what a picture is known to be a scene break (`config/text.yaml`); without it none is. */
  pictureRules?: PictureRules;
}

/**
 * Makes an entry's body a document in a normal form: blocks hold blocks or text, never both; text stands in `<p>` (or a
 * heading, `pre`, item, cell, caption); inline elements end at each line break and begin again behind it; `br` stands only
 * directly in its block; scene breaks are `<hr>`; what an archive would not keep is unwrapped, its words stay.
 *
 * Linear in the size of the body, whatever its depth. Never throws.
 */
export function cleanHtml(html: string, options: CleanOptions = {}): Document {
  const cleaner = new Cleaner(options);
  walk(parseSoup(html), cleaner);
  return cleaner.finish();
}

/** What holds within one element. */
interface Scope {
  marks: MarkList;
  flow: Flow;
  /** To be done where the element ends. */
  close?: () => void;
}

/** Goes through the tree in document order without recursion: a page may nest thousands deep. */
function walk(top: readonly ChildNode[], cleaner: Cleaner): void {
  const open: { scope: Scope; element: Element }[] = [];
  let scope: Scope = { marks: NO_MARKS, flow: ROOT_FLOW };
  let node: ChildNode | null = top[0] ?? null;
  while (node) {
    const inner: Scope | undefined = isElement(node) ? cleaner.enter(node, scope) : undefined;
    if (isText(node)) cleaner.text(node.data, scope);
    if (inner && isElement(node)) {
      const first: ChildNode | undefined = node.children[0];
      if (first) {
        open.push({ scope, element: node });
        scope = inner;
        node = first;
        continue;
      }
      inner.close?.();
    }
    while (node && !node.next) {
      const outer = open.pop();
      scope.close?.();
      node = outer?.element ?? null;
      scope = outer?.scope ?? scope;
    }
    node = node?.next ?? null;
  }
}

const ROOT_FLOW: Flow = { tag: 'p', attribs: {}, inCell: false, single: false };

class Cleaner {
  readonly #builder = new Builder();
  readonly #attributes: Attributes;
  readonly #marks = new Marks();
  readonly #base: string | undefined;
  readonly #judge: PictureJudge | undefined;

  constructor({ base, keep = ARCHIVE_KEEP, pictureRules }: CleanOptions) {
    this.#attributes = new Attributes(keep, base);
    this.#base = base;
    this.#judge = pictureRules && this.#attributes.keeps('hr') ? new PictureJudge(pictureRules) : undefined;
  }

  finish(): Document {
    return this.#builder.finish();
  }

  text(data: string, { marks, flow }: Scope): void {
    this.#builder.text(data, marks, flow);
  }

  /** @returns what holds inside, or undefined where the inside is done with */
  enter(element: Element, outer: Scope): Scope | undefined {
    const { name } = element;
    if (name === 'br') return void this.#builder.lineBreak(outer.flow);
    const stand = readStandIn(element, this.#base);
    if (stand) {
      this.#standIn(stand.note, stand.href, outer);
      return stand.whole ? undefined : { marks: outer.marks, flow: outer.flow };
    }
    if (DROPPED.has(name) || element.attribs.hidden !== undefined) return undefined;
    const style = styleOf(element);
    if (style?.hidden) return undefined;
    if (name === 'img') return void this.#picture(element, outer);
    if (name === 'hr') return void this.#rule(outer);
    const account = readAccount(element);
    if (account) {
      this.#builder.account(account.name, account.account, outer.marks, outer.flow);
      return account.whole ? undefined : { marks: outer.marks, flow: outer.flow };
    }
    const scope = this.#styled(style, outer);
    return this.#block(element, style, scope) ?? this.#inline(element, scope);
  }

  #styled(style: StyleMeaning | undefined, outer: Scope): Scope {
    let { marks } = outer;
    if (style) {
      marks = withoutMarks(marks, style.remove);
      for (const name of style.add) {
        if (this.#attributes.keeps(name)) marks = withMark(marks, this.#marks.mark(name, {}));
      }
    }
    return { marks, flow: outer.flow };
  }

  // ---------------------------------------------------------------- inline

  #inline(element: Element, scope: Scope): Scope {
    const { name } = element;
    if (name === 'a') return this.#link(element, scope);
    if (isCutTag(element)) return this.#cut(scope);
    if (!MARKS.has(name) || !this.#attributes.keeps(name)) return scope;
    return { ...scope, marks: withMark(scope.marks, this.#marks.mark(name, this.#attributes.own(element, name))) };
  }

  #link(element: Element, scope: Scope): Scope {
    const cut = readCutAnchor(element);
    if (cut) this.#builder.behindCut = cut === 'start';
    const href = element.attribs.href === undefined ? undefined : linkAddress(element.attribs.href, this.#base);
    if (href === undefined || !this.#attributes.keeps('a')) return scope;
    const mark = this.#marks.mark('a', { ...this.#attributes.own(element, 'a'), href });
    return { ...scope, marks: withMark(scope.marks, mark) };
  }

  #cut(scope: Scope): Scope {
    this.#builder.behindCut = true;
    return {
      ...scope,
      close: () => {
        this.#builder.behindCut = false;
      },
    };
  }

  #picture(element: Element, { marks, flow }: Scope): void {
    const src = pictureAddress(element.attribs.src ?? '', this.#base);
    if (src !== undefined && this.#attributes.keeps('img')) {
      const { alt, ...rest } = this.#attributes.own(element, 'img');
      const picture = { ...rest, src, ...(alt ? { alt } : {}) };
      this.#builder.picture(new Element('img', picture), marks, flow, this.#judge?.isRule(picture) ?? false);
    } else if (element.attribs.alt) this.#builder.text(element.attribs.alt, marks, flow);
  }

  /** A link with a note, in a paragraph of its own. */
  #standIn(note: string, href: string | undefined, { flow }: Scope): void {
    const marks = href === undefined ? NO_MARKS : withMark(NO_MARKS, this.#marks.mark('a', { href }));
    this.#breakBlock(flow);
    this.#builder.text(note, marks, flow);
    this.#breakBlock(flow);
  }

  // ---------------------------------------------------------------- blocks

  #rule({ flow }: Scope): void {
    if (flow.single || !this.#attributes.keeps('hr')) this.#breakBlock(flow);
    else this.#builder.rule();
  }

  /** Ends what is being written: the paragraph, or the line where the text can't be split. */
  #breakBlock(flow: Flow): void {
    if (flow.single) this.#builder.softBreak(flow);
    else this.#builder.endLeaf();
  }

  /** @returns undefined for an element that is no block */
  #block(element: Element, style: StyleMeaning | undefined, outer: Scope): Scope | undefined {
    const { name } = element;
    if (!BLOCKS.has(name)) return undefined;
    const { marks } = outer;
    const attribs = this.#attributes.inherited(element, outer.flow.attribs, style);
    const flow: Flow = attribs === outer.flow.attribs ? outer.flow : { ...outer.flow, attribs };
    if (flow.single) return this.#breaking({ marks, flow });
    if (name in CAPTIONS) return this.#caption(name, { marks, flow });
    if (PREFORMATTED.has(name)) return this.#breaking({ marks, flow: this.#withTag(flow, 'pre') });
    if (HEADINGS.has(name)) return this.#breaking({ marks, flow: this.#withTag(flow, name) });
    if (TABLE_PARTS.has(name)) return this.#tablePart(element, { marks, flow });
    if (CELLS.has(name)) return this.#cell(element, { marks, flow });
    if (CONTAINERS.has(name) || LISTS.has(name) || name === 'dl') return this.#container(element, { marks, flow });
    return this.#breaking({ marks, flow });
  }

  #withTag(flow: Flow, tag: string): Flow {
    return this.#attributes.keeps(tag) ? { ...flow, tag } : flow;
  }

  /** A block without a meaning of its own. Where it holds an empty line and nothing else, that line is kept in mind. */
  #breaking(scope: Scope): Scope {
    const { flow } = scope;
    this.#breakBlock(flow);
    const before = this.#builder.written;
    const close = () => {
      if (!flow.single && this.#builder.written === before && this.#builder.hasBlankLine) {
        this.#builder.endLeaf();
        this.#builder.gap();
      } else this.#breakBlock(flow);
    };
    return { ...scope, close };
  }

  #caption(name: string, scope: Scope): Scope {
    const { container } = this.#builder;
    // A summary is shown first wherever it stands; one that stands later is text.
    const taken =
      name === 'summary' ? container.children.length > 0 : container.children.some((child) => nameOf(child) === name);
    if (nameOf(container) !== CAPTIONS[name] || taken || !this.#attributes.keeps(name)) return this.#breaking(scope);
    this.#builder.endLeaf();
    const flow: Flow = { ...scope.flow, tag: name, single: true };
    return { ...scope, flow, close: () => this.#builder.endLeaf() };
  }

  #container(element: Element, scope: Scope): Scope {
    const kind = LISTS.has(element.name) ? (element.name === 'ol' ? 'ol' : 'ul') : element.name;
    // A list without items, or a dl without terms, was an old way to indent.
    const name = CONTAINERS.has(kind) || opensList(element) ? kind : 'blockquote';
    return this.#open(element, name, { ...scope, flow: { ...scope.flow, tag: 'p' } });
  }

  #open(element: Element, name: string, scope: Scope): Scope {
    const { depth } = this.#builder;
    if (depth > DEEPEST_BLOCK || !this.#attributes.keeps(name)) return this.#breaking(scope);
    this.#builder.openContainer(new Element(name, this.#attributes.ofContainer(element, name)));
    return { ...scope, close: () => this.#builder.closeTo(depth) };
  }

  #tablePart(element: Element, scope: Scope): Scope {
    const { name } = element;
    if (name === 'table') {
      const { align: _, ...attribs } = scope.flow.attribs;
      const inner: Scope = { ...scope, flow: { ...scope.flow, tag: 'p', attribs } };
      // A table of one column held a page together: its cells are so many blocks.
      return isColumn(element) ? this.#breaking(inner) : this.#open(element, name, inner);
    }
    const parent = nameOf(this.#builder.container);
    const fits = name === 'tr' ? /^t(?:head|body|foot)$/.test(parent) : parent === 'table';
    return fits ? this.#part(element, scope) : this.#breaking(scope);
  }

  #part(element: Element, scope: Scope): Scope {
    const { depth } = this.#builder;
    const { name } = element;
    if (!this.#attributes.keeps(name)) return this.#breaking(scope);
    this.#builder.openContainer(new Element(name, this.#attributes.ofContainer(element, name)));
    return { ...scope, close: () => this.#builder.closeTo(depth) };
  }

  #cell(element: Element, scope: Scope): Scope {
    const { name } = element;
    this.#builder.beginItem(name);
    const { depth, container } = this.#builder;
    const parent = nameOf(container);
    const fits = name === 'li' ? depth <= DEEPEST_BLOCK || isListName(parent) : parent === HOME_OF_CELL[name];
    if (!fits || !this.#attributes.keeps(name)) return this.#breaking(scope);
    this.#builder.openItem(new Element(name, this.#attributes.ofContainer(element, name)));
    const flow: Flow = { ...scope.flow, tag: 'p', inCell: true };
    return { ...scope, flow, close: () => this.#builder.closeTo(depth) };
  }
}

function isListName(name: string): boolean {
  return name === 'ul' || name === 'ol';
}

const TABLE_PARTS: ReadonlySet<string> = new Set(['table', 'thead', 'tbody', 'tfoot', 'tr']);
const HOME_OF_CELL: Readonly<Record<string, string>> = { td: 'tr', th: 'tr', dt: 'dl', dd: 'dl' };
const BLOCKS: ReadonlySet<string> = new Set([
  ...BREAKING,
  ...TABLE_PARTS,
  ...CELLS,
  ...CONTAINERS,
  ...LISTS,
  ...HEADINGS,
  ...PREFORMATTED,
  ...Object.keys(CAPTIONS),
  'dl',
]);
