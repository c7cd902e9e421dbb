/**
 * Cyrillic that was read as western text: "Ïðèâåò" for "Привет". Every western letter stands for a Cyrillic one, so that anything
 * reads backwards; certain it is where whole words have no ASCII letter, as no western language writes them, and the letters
 * they stand for are those of Russian.
 */
import { decodeHTMLStrict } from 'entities';
import iconv from 'iconv-lite';
import { ByteCounts, cyrillicCharset } from './cyrillic.js';
import { WESTERN } from './misreadings.js';
import { type Mended, Mending, type Text } from './places.js';
import { REFERENCE } from './sequences.js';

/** Letters it takes, and how many different ones: "äöüß" and "åäö" are alphabets, "Ååååå!" is a cry. */
const LEAST = 6;
const LEAST_DISTINCT = 6;
/** Bits a letter: fewer than for a whole page, where they are many. */
const FEW = 25;
const MOST_BITS = 4.2;
/** So many letters prove the whole entry, so that its shortest words ("ÿ", "è") are Cyrillic as well. */
const PROOF = 12;
/** Letters in long words that are Cyrillic in no charset, and still of no western language. */
const ODD = 12;
const ODD_DISTINCT = 6;

const LETTERS = 'À-ÖØ-öø-ÿ¨¸';
const LETTER = new RegExp(`[${LETTERS}]`);
const WORD = new RegExp(`[${LETTERS}]{3}`);
const ODD_WORD = new RegExp(`[${LETTERS}]{4,}`, 'g');
const WORDS = new RegExp(`[${LETTERS}]{3,}`, 'g');
const WORD_IN_HTML = new RegExp(`(?:[${LETTERS}]|${REFERENCE}){3}`);
/** Text without ASCII letters and markup. */
const STRETCH = /[^A-Za-z<>&]+/g;
const STRETCH_IN_HTML = new RegExp(`(?:[^A-Za-z<>&]|${REFERENCE})+`, 'g');

interface Stretch {
  at: number;
  end: number;
  units: string[];
  /** The units with references to letters written as letters. */
  chars: string[];
  hasWord: boolean;
}

export function mendLatinised(texts: readonly Text[]): Mended {
  const unchanged: Mended = { texts: texts.map(({ text }) => text) };
  if (!texts.some(({ text, html }) => (html ? WORD_IN_HTML : WORD).test(text))) return unchanged;
  const stretches = texts.map(stretchesOf);
  const words = stretches.flat().filter(({ hasWord }) => hasWord);
  const letters = words.flatMap(({ chars }) => chars.join('').match(WORDS) ?? []).join(' ');
  const distinct = new Set(letters.toLowerCase().replaceAll(' ', '')).size;
  const bytes = [...letters].map((char) => WESTERN.byteOf.get(char) ?? 0x20);
  const most = letters.length < FEW ? MOST_BITS : undefined;
  const charset =
    distinct < LEAST_DISTINCT ? undefined : cyrillicCharset(new ByteCounts(Uint8Array.from(bytes)), LEAST, most);
  if (!charset) {
    const odd = words.flatMap(({ chars }) => chars.join('').match(ODD_WORD) ?? []);
    const isOdd = odd.join('').length >= ODD && distinct >= ODD_DISTINCT;
    return isOdd ? { ...unchanged, left: { places: odd.length, first: odd[0] as string } } : unchanged;
  }
  const all = letters.length >= PROOF && !texts.some(isWestern);
  return rewrite(
    texts,
    stretches.map((list) => list.filter(({ hasWord }) => all || hasWord)),
    charset,
  );
}

/** Accents within ASCII words: what is left of such a text may be right. */
function isWestern({ text }: Text): boolean {
  return new RegExp(`[A-Za-z][${LETTERS}]|[${LETTERS}][A-Za-z]`).test(text);
}

function stretchesOf({ text, html }: Text): Stretch[] {
  const found: Stretch[] = [];
  for (const { 0: source, index } of text.matchAll(html ? STRETCH_IN_HTML : STRETCH)) {
    if (!LETTER.test(source) && !(html && source.includes('&'))) continue;
    const units = html ? (source.match(/&[^;]*;|[\s\S]/g) ?? []) : [...source];
    const chars = units.map((unit) => (unit.length > 1 ? letterOf(unit) : unit));
    let [from, to] = [0, chars.length];
    // the end of a word that begins with ASCII letters, and the start of one that ends with them
    if (/[A-Za-z]/.test(text[index - 1] ?? '')) while (from < to && LETTER.test(chars[from] as string)) from++;
    if (/[A-Za-z]/.test(text[index + source.length] ?? ''))
      while (to > from && LETTER.test(chars[to - 1] as string)) to--;
    const inner = chars.slice(from, to);
    if (!inner.some((char) => LETTER.test(char))) continue;
    const at = index + units.slice(0, from).join('').length;
    const own = units.slice(from, to);
    found.push({ at, end: at + own.join('').length, units: own, chars: inner, hasWord: WORD.test(inner.join('')) });
  }
  return found;
}

function letterOf(reference: string): string {
  const char = decodeHTMLStrict(reference);
  return LETTER.test(char) ? char : ' ';
}

function rewrite(texts: readonly Text[], stretches: Stretch[][], charset: string): Mended {
  const mending = new Mending();
  const written = texts.map(({ text }, index) =>
    mending.write(
      text,
      (stretches[index] ?? []).map(({ at, end, units, chars }) => ({
        at,
        end,
        now: units.map((unit, place) => cyrillicOf(unit, chars[place] as string, charset)).join(''),
      })),
    ),
  );
  return { texts: written, ...(mending.mended && { mended: mending.mended }) };
}

/** Marks are the same in windows-1251 but for a few, such as "№"; in KOI8-R only letters are. */
function cyrillicOf(unit: string, char: string, charset: string): string {
  const byte = WESTERN.byteOf.get(char);
  if (byte === undefined || (unit.length > 1 && char === ' ')) return unit;
  const read = iconv.decode(Buffer.of(byte), charset);
  return charset === 'windows-1251' || /[\u0400-\u045f\u0490\u0491]/.test(read) ? read : unit;
}
