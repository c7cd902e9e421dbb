/** A parsed page: its tree, an index over it, and the few questions that readers ask. Nothing here recurses over its depth. */
import { load } from 'cheerio/slim';
import type { AnyNode, ChildNode, Document, Element, ParentNode } from 'domhandler';
import { type CutPage, cutPage } from './cut.js';
import { bufferOf, decode, encodingOf, keepsAscii } from './decode.js';
import { parsePage } from './pageParser.js';
import { alternativesOf, keysOf } from './selectors.js';

/** Scripts whose text is kept: they state an entry's facts. */
const TELLING = ['Site.entry', 'currentJournal', 'current_journal'];

/** Elements that begin a new line when their text is read. */
const LINES = new Set(
  'address article blockquote br center dd div dl dt fieldset form h1 h2 h3 h4 h5 h6 hr li ol p pre section table tr ul'.split(
    ' ',
  ),
);
const HIDDEN = new Set(['script', 'style', 'noscript', 'template', 'head']);

/**
 * Tries selectors on any page's elements. One for all pages: each `load` makes a class that holds its tree, and V8 keeps
 * that class through every scavenge, so that trees long done with fill the heap.
 */
const $ = load('');

export class Page {
  /** The source that positions point into: the page without the insides of scripts, styles and icons. */
  readonly html: string;
  readonly url: string;
  readonly #document: Document;
  readonly #all: Element[] = [];
  readonly #byId = new Map<string, Element[]>();
  readonly #byClass = new Map<string, Element[]>();
  readonly #byTag = new Map<string, Element[]>();
  readonly #scripts: string[];

  constructor({ html, scripts }: CutPage, url: string) {
    this.html = html;
    this.url = url;
    this.#scripts = scripts;
    this.#document = parsePage(html);
    this.#index();
  }

  /**
   * A page from its bytes. Where the encoding allows, the cut comes before the decoding: nine tenths of a modern
   * LiveJournal page need not be decoded then.
   */
  static of(body: Uint8Array, contentType: string | undefined, url: string): Page {
    const bytes = bufferOf(body);
    const encoding = encodingOf(bytes, contentType);
    if (!keepsAscii(encoding)) return Page.ofText(decode(bytes, encoding), url);
    const { html, scripts } = cutPage(bytes.toString('latin1'), TELLING);
    const text = (latin: string) => decode(Buffer.from(latin, 'latin1'), encoding);
    return new Page({ html: text(html), scripts: scripts.map(text) }, url);
  }

  static ofText(html: string, url: string): Page {
    return new Page(cutPage(html, TELLING), url);
  }

  /** The first element, in page order, that the first fitting selector finds. */
  first(selectors: readonly string[]): Element | undefined {
    for (const selector of selectors) {
      const found = this.select(selector)[0];
      if (found) return found;
    }
    return undefined;
  }

  /** All elements, in page order, that the first fitting selector finds. */
  every(selectors: readonly string[]): Element[] {
    for (const selector of selectors) {
      const found = this.select(selector);
      if (found.length > 0) return found;
    }
    return [];
  }

  /** All elements that fit a selector, in page order. */
  select(selector: string): Element[] {
    const found = new Set<Element>();
    for (const alternative of alternativesOf(selector)) {
      const fitting = this.#fitting(alternative.selector);
      const { has } = alternative;
      if (!has || fitting.length === 0) for (const element of fitting) found.add(element);
      else {
        const inner = this.#fitting(has.selector);
        for (const element of fitting)
          if (inner.some((one) => isRelated(element, has.combinator, one))) found.add(element);
      }
    }
    return found.size > 1 ? [...found].sort((a, b) => startOf(a) - startOf(b)) : [...found];
  }

  #fitting(selector: string): Element[] {
    const candidates = new Set<Element>();
    for (const { kind, name } of keysOf(selector)) {
      const index = { id: this.#byId, class: this.#byClass, tag: this.#byTag, any: undefined }[kind];
      for (const element of (index ? index.get(name) : this.#all) ?? []) candidates.add(element);
    }
    // one name alone, and the index has answered it
    return candidates.size === 0 || /^(?:[.#][\w-]+|[a-z][a-z0-9]*)$/.test(selector)
      ? [...candidates]
      : ($([...candidates], undefined, this.#document)
          .filter(selector)
          .toArray() as Element[]);
  }

  has(selector: string): boolean {
    return this.select(selector).length > 0;
  }

  tags(name: string): readonly Element[] {
    return this.#byTag.get(name) ?? [];
  }

  elements(): readonly Element[] {
    return this.#all;
  }

  /** `content` of a meta element by its property or name; an empty one is an answer too. */
  meta(name: string): string | undefined {
    return this.metas(name)[0];
  }

  metas(name: string): string[] {
    const found: string[] = [];
    for (const { attribs } of this.tags('meta')) {
      if ((attribs.property === name || attribs.name === name) && attribs.content !== undefined)
        found.push(attribs.content.trim());
    }
    return found;
  }

  get title(): string {
    const title = this.tags('title')[0];
    return title ? textOf(title) : '';
  }

  /** Scripts that state facts, in page order. */
  scripts(): string[] {
    const left = this.tags('script').map((script) => (script.children[0] as { data?: string } | undefined)?.data ?? '');
    return [...this.#scripts, ...left.filter((text) => TELLING.some((word) => text.includes(word)))];
  }

  #index(): void {
    const stack: ParentNode[] = [this.#document];
    for (let node = stack.pop(); node; node = stack.pop()) {
      if (node.type === 'tag' || node.type === 'script' || node.type === 'style') this.#add(node);
      for (let i = node.children.length - 1; i >= 0; i--) {
        const child = node.children[i] as ChildNode;
        if (child.type !== 'text' && child.type !== 'comment' && child.type !== 'directive') stack.push(child);
      }
    }
  }

  #add(element: Element): void {
    this.#all.push(element);
    push(this.#byTag, element.name, element);
    const { id, class: names } = element.attribs;
    if (id) push(this.#byId, id, element);
    if (!names) return;
    if (/\s/.test(names)) for (const name of names.split(/\s+/)) name && push(this.#byClass, name, element);
    else push(this.#byClass, names, element);
  }
}

function push(map: Map<string, Element[]>, key: string, element: Element): void {
  const list = map.get(key);
  if (list) list.push(element);
  else map.set(key, [element]);
}

/** Where an element's start tag begins; elements that the parser supplied stand where their first child does, or nowhere (-1). */
export function startOf(element: Element): number {
  return element.sourceCodeLocation?.startOffset ?? -1;
}

/** An element's text in one line, without scripts. */
export function textOf(element: Element, limit = Number.POSITIVE_INFINITY): string {
  return linesIn(element, limit).join(' ').trim();
}

/** An element's text, a line for each block and break; a `dd` or cell goes on where its `dt` or the cell before it stands. */
export function linesIn(element: Element, limit = Number.POSITIVE_INFINITY): string[] {
  const parts: string[] = [];
  let length = 0;
  const stack: (AnyNode | '\n' | ' ')[] = [...element.children].reverse();
  for (let node = stack.pop(); node !== undefined && length < limit; node = stack.pop()) {
    if (typeof node === 'string') parts.push(node);
    else if (node.type === 'text') {
      parts.push(node.data.replace(/\s+/g, ' '));
      length += node.data.length;
    } else if ('children' in node && !HIDDEN.has((node as Element).name)) {
      const name = (node as Element).name;
      const edge = name === 'dd' || name === 'td' || name === 'th' ? ' ' : LINES.has(name) ? '\n' : undefined;
      if (edge) parts.push(edge);
      if (edge) stack.push(name === 'dt' ? ' ' : name === 'td' || name === 'th' ? ' ' : '\n');
      for (let i = node.children.length - 1; i >= 0; i--) stack.push(node.children[i] as AnyNode);
    }
  }
  return parts
    .join('')
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
}

function isRelated(element: Element, combinator: '' | '>' | '+' | '~', other: Element): boolean {
  if (element === other) return false;
  if (combinator === '') return isWithin(other, element);
  if (combinator === '>') return other.parent === element;
  if (element.parent !== other.parent) return false;
  for (let node = other.prev; node; node = node.prev) {
    if (node === element) return true;
    if (combinator === '+' && node.type === 'tag') return false;
  }
  return false;
}

/** Whether `inner` stands within `outer`. */
export function isWithin(inner: Element, outer: Element): boolean {
  for (let node: AnyNode | null = inner; node; node = node.parent as AnyNode | null) if (node === outer) return true;
  return false;
}

/** The elements within one, in page order. */
export function* within(element: Element): Generator<Element> {
  const stack: AnyNode[] = [...element.children].reverse();
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (!('children' in node)) continue;
    if (node.type === 'tag') yield node as Element;
    for (let i = node.children.length - 1; i >= 0; i--) stack.push(node.children[i] as AnyNode);
  }
}
