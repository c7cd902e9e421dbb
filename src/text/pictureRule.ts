/** Is this picture a scene break, drawn? Told by its name, its alt text and its declared size; it is never looked at. */

/** The shape of `pictureRules` in `config/text.yaml`, where each word is explained. */
export interface PictureRules {
  sure: readonly string[];
  alone: readonly string[];
  beside: readonly string[];
  highest: number;
  timesWider: number;
}

export interface Picture {
  /** Absolute, and unwrapped from the site's proxy. */
  src: string;
  alt?: string | undefined;
  width?: string | undefined;
  height?: string | undefined;
}

/** A declared height from which on a picture that is not very wide shows something. */
const HIGH = 100;
/** Where two words may be parted in one: no known word is longer, and a name may be as long as it likes. */
const LONGEST_WORD = 20;

export class PictureJudge {
  readonly #rules: PictureRules;
  readonly #alone: ReadonlySet<string>;
  readonly #beside: ReadonlySet<string>;

  constructor(rules: PictureRules) {
    this.#rules = rules;
    this.#alone = new Set(rules.alone);
    this.#beside = new Set([...rules.beside, ...rules.alone]);
  }

  isRule(picture: Picture): boolean {
    const { highest, timesWider } = this.#rules;
    const height = pixels(picture.height);
    const width = picture.width === '100%' ? Number.POSITIVE_INFINITY : pixels(picture.width);
    if (height !== undefined && width !== undefined && height <= highest && width >= timesWider * height) return true;
    const names = [fileName(picture.src), picture.alt ?? ''].map((name) => name.toLowerCase());
    if (names.some((name) => this.#saysSo(name))) return true;
    const isHigh = height !== undefined && (height > HIGH || (width !== undefined && width < 2 * height));
    return !isHigh && names.some((name) => this.#saysOnly(name));
  }

  #saysSo(name: string): boolean {
    const words = name.replace(/[^\p{L}]+/gu, ' ');
    return this.#rules.sure.some((word) => words.includes(word));
  }

  #saysOnly(name: string): boolean {
    const words = (name.match(/\p{L}+/gu) ?? []).flatMap((word) => this.#parted(word));
    return words.some((word) => this.#alone.has(word)) && words.every((word) => this.#beside.has(word));
  }

  /** "blueline" is written as one word as often as not. */
  #parted(word: string): string[] {
    if (this.#beside.has(word)) return [word];
    for (let at = 2; at < Math.min(word.length - 1, LONGEST_WORD); at++) {
      const parts = [word.slice(0, at), word.slice(at)];
      if (parts.every((part) => this.#beside.has(part))) return parts;
    }
    return [word];
  }
}

function pixels(size: string | undefined): number | undefined {
  return size !== undefined && /^\d+$/.test(size) ? Number(size) : undefined;
}

/** "divider 1" of `http://a.example/i/divider%201.gif?x=1`. */
function fileName(src: string): string {
  const path = /^[^?#]*/.exec(src)?.[0] ?? '';
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.[a-z]{2,5}$/i, '');
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
