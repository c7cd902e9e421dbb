/** Which elements and attributes may stand, and in which form. */
import type { Element } from 'domhandler';
import { linkAddress } from './address.js';
import type { Keep } from './keep.js';
import { readAlign, readStyle, type StyleMeaning } from './style.js';

/** Attributes that paragraphs take over from the blocks around them, and that are dealt with apart. */
const INHERITED: ReadonlySet<string> = new Set(['align', 'dir', 'lang']);

/** Whatever a list of attributes says: alignment is inherited, the others mean something only on the page they came from. */
const NEVER: ReadonlySet<string> = new Set(['align', 'class', 'id', 'name', 'style']);

export class Attributes {
  readonly #elements: ReadonlySet<string>;
  readonly #everywhere: ReadonlySet<string>;
  readonly #own: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #base: string | undefined;

  constructor(keep: Keep, base: string | undefined) {
    this.#elements = new Set(keep.elements);
    this.#everywhere = new Set(keep.attributes['*'] ?? []);
    this.#own = new Map(Object.entries(keep.attributes).map(([name, list]) => [name, new Set(list)]));
    this.#base = base;
  }

  keeps(element: string): boolean {
    return this.#elements.has(element);
  }

  allows(element: string, attribute: string): boolean {
    return this.#everywhere.has(attribute) || (this.#own.get(element)?.has(attribute) ?? false);
  }

  /** An element's own attributes that may stand and are readable, but for addresses of links and pictures. */
  own(source: Element, name: string): Record<string, string> {
    const result: Record<string, string> = {};
    for (const [attribute, value] of Object.entries(source.attribs)) {
      if (NEVER.has(attribute) || !this.allows(name, attribute)) continue;
      const good = this.#readable(attribute, value);
      if (good !== undefined && good !== '') result[attribute] = good;
    }
    return result;
  }

  /** What paragraphs within this element take over: the outer block's, with the element's own laid over. */
  inherited(source: Element, outer: Readonly<Record<string, string>>, style: StyleMeaning | undefined) {
    const { align = '', dir, lang } = source.attribs;
    const side = style?.align ?? (source.name === 'center' ? 'center' : readAlign(align));
    if (!side && dir === undefined && lang === undefined) return outer;
    const inherited = {
      align: side === 'left' ? undefined : (side ?? outer.align),
      dir: this.#readable('dir', dir ?? '') || outer.dir,
      lang: this.#readable('lang', lang ?? '') || outer.lang,
    };
    // Always in this order: what is read back must be written the same.
    return Object.fromEntries(Object.entries(inherited).filter((entry): entry is [string, string] => !!entry[1]));
  }

  #readable(attribute: string, value: string): string | undefined {
    switch (attribute) {
      case 'dir':
        return /^(?:ltr|rtl|auto)$/i.test(value.trim()) ? value.trim().toLowerCase() : undefined;
      case 'lang':
        return /^[a-z\d-]{1,35}$/i.test(value.trim()) ? value.trim() : undefined;
      case 'cite':
        return linkAddress(value, this.#base);
      case 'start':
        // 1 is what is meant where nothing is said, here and below.
        return /^-?\d{1,9}$/.test(value.trim()) && Number(value) !== 1 ? String(Number(value)) : undefined;
      case 'type':
        return /^[aAiI]$/.test(value.trim()) ? value.trim() : undefined;
      case 'colspan':
      case 'rowspan':
        // HTML's own bounds.
        return /^\d{1,5}$/.test(value.trim()) && Number(value) > 1 ? String(Math.min(Number(value), 1000)) : undefined;
      case 'width':
      case 'height':
        return /^\d{1,5}%?$/.test(value.trim()) ? value.trim() : undefined;
      default:
        return value.replace(/\s+/g, ' ').trim();
    }
  }

  /** Attributes of a block that holds blocks; those its paragraphs take over stand on the paragraphs. */
  ofContainer(source: Element, name: string): Record<string, string> {
    const own = this.own(source, name);
    for (const attribute of INHERITED) delete own[attribute];
    return own;
  }
}

export function styleOf(element: Element): StyleMeaning | undefined {
  const { style } = element.attribs;
  return style === undefined ? undefined : readStyle(style);
}
