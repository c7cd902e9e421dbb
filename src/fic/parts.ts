import type { Header } from '../model.js';
import type { Lexicon } from './lexicon.js';
import { keyOf, trimEnd } from './words.js';

type Part = NonNullable<Header['part']>;

/** A part mark found in a title or subject, and what stood around it. */
export interface PartMark {
  part: Part;
  /** The text without the mark and without the joints next to it. */
  before: string;
  after: string;
}

/** "2", "II", "Two", "вторая" → 2; "?" and "x" are no number. */
function numberOf(word: string, lexicon: Lexicon): number | undefined {
  const digits = /^#?(\d{1,3})([a-z])?$/i.exec(word);
  if (digits) return Number(digits[1]);
  return lexicon.numbers.get(keyOf(word));
}

function makePart(number: number, of: string | undefined, lexicon: Lexicon): Part | undefined {
  const total = of === undefined ? undefined : numberOf(of, lexicon);
  if (total !== undefined && total < number) return undefined;
  return total === undefined || total === 0 ? { number } : { number, of: total };
}

const WORD = String.raw`[\p{L}]+|\d{1,3}`;
/** "1/3", "(1/?)", "1 of 3", "Part Two of Three", "ch. 3", "Teil 1 von 3", "Part 1:". Digits are found by shape, words by the lexicon. */
const SLASHED = /(?<![\p{L}\p{N}/.-])(\d{1,3})\s*\/\s*(\d{1,3}|\?+|x|#|n)(?![\p{L}\p{N}/])/giu;
const WORDED = new RegExp(
  String.raw`(?<![\p{L}\p{N}]|[\p{L}\p{N}]-)(\p{L}+)\.?\s*#?\s*(${WORD})[a-z]?(?:\s*(?:\/|\s\(?(\p{L}+(?:\sof)?)\s)\s*(${WORD}|\?+))?(?![\p{L}\p{N}])`,
  'giu',
);
const COUNTED = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(${WORD})\s+(\p{L}+)\s+(\d{1,3}|\p{L}+|\?+)(?![\p{L}\p{N}])`,
  'giu',
);

/** The part mark of a title or subject: "The Long Tide, Part 2/5" → 2 of 5 with "The Long Tide" before it. */
export function findPart(text: string, lexicon: Lexicon): PartMark | undefined {
  const worded = matchAll(text, WORDED, (m) => {
    if (!lexicon.part.has(keyOf(m[1] as string))) return undefined;
    if (m[3] !== undefined && !lexicon.of.has(keyOf(m[3])) && !lexicon.of.has(keyOf(m[3].split(' ')[0] as string))) {
      const number = numberOf(m[2] as string, lexicon);
      return number === undefined
        ? undefined
        : { part: { number }, length: (m[0] as string).search(/\s\p{L}+(?:\sof)?\s+\S+$/u) };
    }
    const number = numberOf(m[2] as string, lexicon);
    // "The Part I Play" and "Part One Hundred" are titles: a number in letters ends what it numbers.
    if (
      m[4] === undefined &&
      /^\D/.test(m[2] as string) &&
      /^[\s]*\p{L}/u.test(text.slice((m.index ?? 0) + m[0].length))
    )
      return undefined;
    const part = number === undefined ? undefined : makePart(number, m[4], lexicon);
    return part && { part, length: m[0].length };
  });
  if (worded) return worded;
  const slashed = matchAll(text, SLASHED, (m) => {
    const part = makePart(Number(m[1]), m[2], lexicon);
    return part && { part, length: m[0].length };
  });
  if (slashed) return slashed;
  return matchAll(text, COUNTED, (m) => {
    // Seven of Nine is somebody; "(seven of nine)" is a part.
    if (/^\D/.test(m[1] as string) && !/[([{]\s*$/.test(text.slice(0, m.index))) return undefined;
    const number = numberOf(m[1] as string, lexicon);
    const isTotal = /^\?+$/.test(m[3] as string) || numberOf(m[3] as string, lexicon) !== undefined;
    if (number === undefined || !isTotal || !lexicon.of.has(keyOf(m[2] as string))) return undefined;
    const part = makePart(number, m[3], lexicon);
    return part && { part, length: m[0].length };
  });
}

function matchAll(
  text: string,
  pattern: RegExp,
  read: (match: RegExpMatchArray) => { part: Part; length: number } | undefined,
): PartMark | undefined {
  const some = text.slice(0, 300);
  const search = new RegExp(pattern);
  for (let match = search.exec(some); match; match = search.exec(some)) {
    const found = read(match);
    if (found) return around(text, found.part, match.index, match.index + found.length);
    // The words after the first may be the mark: "Roads Part 1".
    search.lastIndex = match.index + (match[1] as string).length;
  }
  return undefined;
}

/** Takes the brackets that hold only the mark, and the joints on both sides, with it. */
function around(text: string, part: Part, start: number, end: number): PartMark {
  let before = text.slice(0, start);
  let after = text.slice(end);
  const opens = /[([{<]\s*$/.exec(before);
  const closes = /^\s*[)\]}>]/.exec(after);
  if (opens && closes) {
    before = before.slice(0, opens.index);
    after = after.slice(closes[0].length);
  } else if (closes && text.slice(start, end).includes('(')) {
    after = after.slice(closes[0].length); // "Part 2 (of 3)"
  }
  return {
    part,
    before: trimEnd(before, /[\s,:;~|–—-]/),
    after: after.replace(/^[\s,:;~|.–—-]+/u, '').trim(),
  };
}

/** The value of a part label: "2/6", "3 of 5", "Two", "1/?", "3 - The Lamp". */
export function readPart(value: string, lexicon: Lexicon): { part: Part; rest: string } | undefined {
  const mark = findPart(value, lexicon);
  if (mark && mark.before === '') return { part: mark.part, rest: mark.after };
  const single = /^#?([\p{L}\p{N}]+)(?![\p{L}\p{N}])[\s.:–—-]*/u.exec(value.trim());
  const number = single ? numberOf(single[1] as string, lexicon) : undefined;
  if (!single || number === undefined) return undefined;
  const rest = value.trim().slice(single[0].length);
  return /^\p{Ll}/u.test(rest) && !/[:.–—-]\s*$/.test(single[0]) ? undefined : { part: { number }, rest };
}

/** True for a line that is a part mark and nothing else: "Part Two", "Chapter 3/3". */
export function isPartLine(text: string, lexicon: Lexicon): boolean {
  const mark = findPart(text, lexicon);
  return mark !== undefined && mark.before === '' && mark.after === '';
}
