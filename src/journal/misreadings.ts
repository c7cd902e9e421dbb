/**
 * What UTF-8 looks like that was read in a charset of one byte a character: "â€™" for "’" in windows-1252, "РџСЂ" for "Пр" in
 * windows-1251, "п÷я" in KOI8-R, "‚Äô" on a Macintosh. A misreading is turned back by asking which byte each character was.
 */
import iconv from 'iconv-lite';

/** Alphabets and the like that a sequence may turn out to be. */
export type Kind = 'latin' | 'marks' | 'greek' | 'cyrillic' | 'hebrew' | 'arabic' | 'thai' | 'wide' | 'emoji';

export interface Misreading {
  charset: string;
  /** Which byte a character was; the charset's own upper half only. */
  byteOf: ReadonlyMap<string, number>;
  /** The character that a byte became. */
  charOf: readonly string[];
  /** What may come of it; anything else is chance. */
  kinds: ReadonlySet<Kind>;
}

function misreading(charset: string, kinds: Kind[]): Misreading {
  const byteOf = new Map<string, number>();
  const charOf: string[] = [];
  for (let byte = 0x80; byte <= 0xff; byte++) {
    const read = iconv.decode(Buffer.of(byte), charset);
    // bytes that a charset leaves free come out of the web's decoders as control characters of the same number
    const char = read === '\ufffd' ? String.fromCharCode(byte) : read;
    charOf[byte] = char;
    byteOf.set(char, byte);
  }
  // read as Latin-1 proper, where 0x80 to 0x9F are control characters
  if (charset === 'windows-1252')
    for (let byte = 0x80; byte < 0xa0; byte++) byteOf.set(String.fromCharCode(byte), byte);
  return { charset, byteOf, charOf, kinds: new Set(kinds) };
}

export const WESTERN = misreading('windows-1252', [
  ...(['latin', 'marks', 'greek', 'cyrillic', 'hebrew', 'arabic', 'thai', 'wide', 'emoji'] as const),
]);
export const MISREADINGS: readonly Misreading[] = [
  WESTERN,
  misreading('windows-1251', ['latin', 'marks', 'cyrillic']),
  misreading('koi8-r', ['latin', 'marks', 'cyrillic']),
  misreading('macintosh', ['latin', 'marks']),
];

/** Blocks of Unicode that stories use, without their controls and rarities: `[first, last, kind]`. */
const BLOCKS: readonly [number, number, Kind][] = [
  [0xa0, 0x17f, 'latin'],
  [0x192, 0x192, 'latin'],
  [0x1a0, 0x1a1, 'latin'],
  [0x1af, 0x1b0, 'latin'],
  [0x218, 0x21b, 'latin'],
  [0x1ea0, 0x1ef9, 'latin'],
  [0x2c6, 0x2c6, 'marks'],
  [0x2dc, 0x2dc, 'marks'],
  [0x386, 0x3ce, 'greek'],
  [0x400, 0x45f, 'cyrillic'],
  [0x490, 0x491, 'cyrillic'],
  [0x5b0, 0x5f4, 'hebrew'],
  [0x60c, 0x6d3, 'arabic'],
  [0xe01, 0xe5b, 'thai'],
  // quotes, dashes, dots; euro, number and trade marks, arrows; stars, hearts and rules
  [0x2000, 0x206f, 'marks'],
  [0x20ac, 0x20ac, 'marks'],
  [0x2116, 0x2116, 'marks'],
  [0x2122, 0x2122, 'marks'],
  [0x2150, 0x218b, 'marks'],
  [0x2190, 0x22ff, 'marks'],
  [0x2500, 0x27bf, 'marks'],
  [0xfb00, 0xfb04, 'marks'],
  // an emoji's variant, a byte order mark, and the character that says that one is lost
  [0xfe0f, 0xfe0f, 'marks'],
  [0xfeff, 0xfeff, 'marks'],
  [0xfffd, 0xfffd, 'marks'],
  [0x3000, 0x30ff, 'wide'],
  [0x4e00, 0x9fff, 'wide'],
  [0xac00, 0xd7a3, 'wide'],
  [0xff01, 0xffef, 'wide'],
  [0x1f000, 0x1faff, 'emoji'],
];

export function kindOf(code: number): Kind | undefined {
  for (const [first, last, kind] of BLOCKS) if (code >= first && code <= last) return kind;
  return undefined;
}

/** Alphabets of their own, of which no lone letter stands among others. */
export function isForeign(kind: Kind): boolean {
  return kind !== 'latin' && kind !== 'marks' && kind !== 'emoji';
}

/**
 * What may stand behind a letter in right text, so that "MANHÃ…", "«IRMÃ»", "Spaß“" and "é\u00a0»" of the languages that write so are
 * chance, however well they read as "Å", "û", and a Chinese sign.
 */
export const NATURAL: ReadonlySet<string> = new Set('…‘’“”•–—™‹›«»\u00a0\u00ad®°²³¹·');
