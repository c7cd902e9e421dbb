/**
 * Which Cyrillic charset bytes are in, told by how Russian looks: which letters and pairs of letters it uses most, and that no
 * capital follows a small letter in a word. The same bytes are words in one charset and noise in the others: "Привет" of
 * KOI8-R is "рТЙЧЕФ" in windows-1251, with its case turned round.
 */
import iconv from 'iconv-lite';

/** Russian letters with their share in running text, per mille; the order of shares has been stable over every corpus counted. */
const SHARES: Record<string, number> = {
  ...{
    о: 110,
    е: 85,
    а: 80,
    и: 74,
    н: 67,
    т: 63,
    с: 55,
    р: 47,
    в: 45,
    л: 44,
    к: 35,
    м: 32,
    д: 30,
    п: 28,
    у: 26,
    я: 20,
  },
  ...{ ы: 19, ь: 17, г: 17, з: 17, б: 16, ч: 14, й: 12, х: 10, ж: 9, ш: 7, ю: 6, ц: 5, щ: 4, э: 3, ф: 3, ё: 1, ъ: 0.4 },
  // Ukrainian, Belarusian, Serbian and Macedonian have these besides, and else much the same
  ...{ і: 6, ї: 3, є: 3, ґ: 0.2, ў: 0.5, ј: 1, љ: 0.2, њ: 0.3, ћ: 0.3, ђ: 0.2, џ: 0.1 },
};
/** Pairs that make up about a third of Russian text. */
const PAIRS = new Set(
  (
    'ст но то на ен ов ни ра во ко по пр ро ре го ли ос ал не та ор ол ер ка ть ет ом ит ан ло ел ем ат ле ль ла ес од об за от ' +
    'ск те де ди ин ри ва ве ти ся ас че до же мо ми ам ак ил бы вы ог ый да сь ну ме эт он ее их ой ши жи хо ее ую'
  ).split(' '),
);

/** In bits, as the shares are: what a pair of the list saves, a capital behind a small letter costs, and any capital. */
const PAIR = 1.5;
const BROKEN_CASE = 6;
const CAPITAL = 0.3;

/** Nearly every letter of Cyrillic text stands among its like; of a western text nearly every accented one among ASCII letters. */
const MOST_MIXED = 0.15;
/** Bits a letter. Russian and its neighbours come to about 4, other alphabets' bytes and other charsets to 6 and more. */
const PLAUSIBLE = 4.7;

/**
 * KOI8-U is KOI8-R with Ukrainian letters in place of frames that no page draws. Windows-1251 first: it is what nearly all of these pages are in, so that the others have to be better
 * by `AHEAD` bits.
 */
const CHARSETS = ['windows-1251', 'koi8-u', 'iso-8859-5', 'ibm866'] as const;
const AHEAD = 5;
/** What it takes to doubt a label: so many bits in all, and a letter. */
const CONTRADICTED = 15;
const CONTRADICTED_EACH = 1;

/** How well bytes read as Cyrillic text in one charset. */
export interface Likeness {
  charset: string;
  letters: number;
  /** The less, the likelier. */
  bits: number;
  /** The share of letters that stand beside an ASCII letter. */
  mixed: number;
}

/** What is counted of bytes: singles, pairs, and those beside an ASCII letter. */
export class ByteCounts {
  readonly one = new Uint32Array(128);
  readonly two = new Uint32Array(128 * 128);
  readonly beside = new Uint32Array(128);

  constructor(bytes: Uint8Array) {
    let before = 0x20;
    for (const byte of bytes) {
      if (byte >= 0x80) {
        count(this.one, byte - 0x80);
        if (before >= 0x80) count(this.two, (before - 0x80) * 128 + byte - 0x80);
        else if (isAsciiLetter(before)) count(this.beside, byte - 0x80);
      } else if (before >= 0x80 && isAsciiLetter(byte)) count(this.beside, before - 0x80);
      before = byte;
    }
  }
}

function count(counts: Uint32Array, at: number): void {
  counts[at] = (counts[at] as number) + 1;
}

function isAsciiLetter(byte: number): boolean {
  const low = byte | 0x20;
  return low >= 0x61 && low <= 0x7a;
}

/**
 * The Cyrillic charset in which the bytes make words, if in any.
 * @param least letters that it takes
 * @param most bits a letter
 */
export function cyrillicCharset(counts: ByteCounts, least: number, most = PLAUSIBLE): string | undefined {
  const best = likeliest(counts);
  const isText = best.letters >= least && best.mixed <= MOST_MIXED && best.bits <= most * best.letters;
  return isText ? best.charset : undefined;
}

/** Another charset where the bytes are no Cyrillic text in the one of their label and clearly are in that other. */
export function betterThan(label: string, counts: ByteCounts): string | undefined {
  const labelled = likeness(label, counts);
  const best = likeliest(counts);
  if (best.letters < 4 || best.mixed > MOST_MIXED || best.bits > PLAUSIBLE * best.letters) return undefined;
  // letters that the label makes marks and boxes of speak against it too
  const unread = Math.max(0, best.letters - labelled.letters) * BROKEN_CASE;
  const gain = labelled.bits + unread - best.bits;
  return gain >= CONTRADICTED && gain >= CONTRADICTED_EACH * best.letters ? best.charset : undefined;
}

/** "cafй": Cyrillic letters only within Latin words, and never two together. */
export function isLatinInDisguise(label: string, counts: ByteCounts): boolean {
  const { letters, mixed } = likeness(label, counts);
  const { kinds } = tableOf(label);
  let together = 0;
  for (let at = 0; at < counts.two.length; at++) {
    const times = counts.two[at] as number;
    if (times > 0 && kinds[at >> 7] && kinds[at & 127]) together += times;
  }
  return letters > 0 && mixed >= 0.8 && together <= letters / 20;
}

function likeliest(counts: ByteCounts): Likeness {
  const all = CHARSETS.map((charset) => likeness(charset, counts));
  // a charset in which most of the bytes are no letters at all has few bits for that reason
  const most = Math.max(...all.map(({ letters }) => letters));
  const costs = all.map((one, index) => one.bits + (most - one.letters) * BROKEN_CASE + (index > 0 ? AHEAD : 0));
  return all[costs.indexOf(Math.min(...costs))] as Likeness;
}

/** How the bytes read in one charset. */
export function likeness(charset: string, counts: ByteCounts): Likeness {
  const { kinds, chars, costs } = tableOf(charset);
  let letters = 0;
  let bits = 0;
  let beside = 0;
  for (let at = 0; at < 128; at++) {
    const times = counts.one[at] as number;
    if (times === 0 || !kinds[at]) continue;
    letters += times;
    bits += times * (costs[at] as number);
    beside += counts.beside[at] as number;
  }
  for (let at = 0; at < counts.two.length; at++) {
    const times = counts.two[at] as number;
    if (times === 0) continue;
    const [first, second] = [at >> 7, at & 127];
    if (kinds[first] === SMALL && kinds[second] === LARGE) bits += times * BROKEN_CASE;
    else if (PAIRS.has(`${chars[first]}${chars[second]}`)) bits -= times * PAIR;
  }
  return { charset, letters, bits, mixed: letters === 0 ? 1 : beside / letters };
}

const SMALL = 1;
const LARGE = 2;

/** Of each byte from 0x80: the small letter, whether it is one or a capital (0 for neither), and what it costs. */
interface Table {
  chars: string[];
  kinds: Uint8Array;
  costs: Float64Array;
}

const tables = new Map<string, Table>();

function tableOf(charset: string): Table {
  const known = tables.get(charset);
  if (known) return known;
  const text = [...iconv.decode(Buffer.from(Array.from({ length: 128 }, (_, at) => at + 0x80)), charset)];
  const chars = text.map((char) => char.toLowerCase());
  const isLetter = (char: string) => /[\u0400-\u045f\u0490\u0491]/.test(char);
  const table: Table = {
    chars,
    kinds: Uint8Array.from(text, (char, at) => (!isLetter(char) ? 0 : char === chars[at] ? SMALL : LARGE)),
    costs: Float64Array.from(
      text,
      (char, at) => -Math.log2((SHARES[chars[at] as string] ?? 0.1) / 1000) + (char === chars[at] ? 0 : CAPITAL),
    ),
  };
  tables.set(charset, table);
  return table;
}
