import { withoutUnseen } from '../text/index.js';

/**
 * Text as it is compared: lower case, no marks, one space. "Author's  Note(s)" → "authors note", "A/N" → "a/n", "e-mail" → "e mail".
 * A slash stays, since "a/n" and "h/c" are words; so does a plus after a digit or letter ("18+", "k+").
 */
export function keyOf(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/ё/g, 'е')
    .replace(/\((?:s|es|en|i|e|ы|n|in|ren)\)/g, '')
    .replace(/['’‘ʼ`´]/g, '');
  const bare = plain
    .replace(/[^\p{L}\p{N}/+\s]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ?\/ ?/g, '/')
    .trim()
    .replace(/^\/+|\/+$/g, '');
  return bare === '' ? plain.replace(/\s+/g, '') : bare;
}

/** Typographic quotes and dashes made plain, no-break spaces made spaces; nothing else changes. */
export function plain(text: string): string {
  return withoutUnseen(text.replace(/[\u00a0\u2000-\u200a\u202f]/g, ' '));
}

/**
 * Without these signs at its end. A pattern that ends in `+$` takes the square of a run's length, wherever in the text the run stands.
 * @param sign one character
 */
export function trimEnd(text: string, sign: RegExp): string {
  let end = text.length;
  while (end > 0 && sign.test(text[end - 1] as string)) end--;
  return text.slice(0, end);
}

/** One line of words, trimmed. */
export function tidy(text: string): string {
  return plain(text).replace(/\s+/g, ' ').trim();
}

/** How many words a text has, for weighing it. */
export function wordsIn(text: string): number {
  return text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
}

const QUOTES: Record<string, string> = {
  '"': '"',
  '“': '”',
  '„': '“',
  '«': '»',
  '‘': '’',
  "'": "'",
  '”': '”',
  '‚': '‘',
  '‹': '›',
};

/** Takes off quotes around the whole text: «Дом» → Дом, "Leap" → Leap, and mixed pairs as people type them. */
export function unquote(text: string): string {
  const first = text[0] ?? '';
  const last = text[text.length - 1] ?? '';
  if (text.length < 3 || !(first in QUOTES)) return text;
  const closes = QUOTES[first] === last || (DOUBLE.includes(first) && DOUBLE.includes(last));
  const inner = text.slice(1, -1);
  if (!closes || [...inner].some((char) => DOUBLE.includes(first) && DOUBLE.includes(char))) return text;
  return inner.trim();
}

const DOUBLE = '"“”„«»';

/** Splits at top level only: a separator inside brackets or quotes belongs to the piece. */
export function splitOutside(text: string, isSeparator: (text: string, at: number) => number): string[] {
  const pieces: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) depth = Math.max(0, depth - 1);
    else if (depth === 0) {
      const length = isSeparator(text, at);
      if (length > 0) {
        pieces.push(text.slice(from, at));
        from = at + length;
        at = from - 1;
      }
    }
  }
  pieces.push(text.slice(from));
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
}

/** A separator function for any of these characters. */
export function anyOf(chars: string): (text: string, at: number) => number {
  return (text, at) => (chars.includes(text[at] as string) ? 1 : 0);
}

/** No remark has more words ("for this chapter only"). */
const MOST_REMARK_WORDS = 4;

/** Takes remarks off the front, again and again: "past, hints of A/B" → A/B. Never takes the whole. */
export function withoutLead(text: string, remarks: ReadonlySet<string>): string {
  let words = text.split(/\s+/);
  for (let count = remarkAt(words, 0, remarks); count > 0; count = remarkAt(words, 0, remarks))
    words = words.slice(count);
  return words.join(' ');
}

/** The same off the end: "A/B implied" → A/B. */
export function withoutTail(text: string, remarks: ReadonlySet<string>): string {
  let words = text.split(/\s+/);
  for (let count = tailLength(words, remarks); count > 0; count = tailLength(words, remarks))
    words = words.slice(0, -count);
  return trimEnd(words.join(' '), /[\s,:–—-]/);
}

function remarkAt(words: readonly string[], from: number, remarks: ReadonlySet<string>): number {
  for (let count = Math.min(MOST_REMARK_WORDS, words.length - 1); count > 0; count--) {
    if (remarks.has(keyOf(words.slice(from, from + count).join(' ')))) return count;
  }
  return 0;
}

function tailLength(words: readonly string[], remarks: ReadonlySet<string>): number {
  for (let count = Math.min(MOST_REMARK_WORDS, words.length - 1); count > 0; count--) {
    if (remarks.has(keyOf(words.slice(-count).join(' ')))) return count;
  }
  return 0;
}
