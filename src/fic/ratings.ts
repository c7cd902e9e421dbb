import type { RatingsFile } from '../config/ratings.js';

/** Rating words by key → archive rating. */
type Table = ReadonlyMap<string, string>;
/** The archive's ratings from the tamest to the most explicit. */
const ORDER = ['General Audiences', 'Teen And Up Audiences', 'Mature', 'Explicit'];
const MOST_TOKENS = 4;
/** What may stand between the two ends of a range: "PG-13 to NC-17", "R/NC-17", "T → M". */
const RANGE = /^\s*(?:to|up to|through|thru|bis|до|a|à|or|and|then|[-–—/→>&+,;~]|->|=>)\s*$/iu;
/** How many words may stand before a rating that is no code: "Rated R", "a very strong R". */
const MOST_LEADS = 4;

const tables = new WeakMap<object, Table>();

/** Rating words by their key, in one table. */
export function ratingTable(ratings: RatingsFile['ratings']): Table {
  let table = tables.get(ratings);
  if (!table) {
    const map = new Map<string, string>();
    for (const rating of ORDER) {
      for (const word of ratings[rating as keyof typeof ratings]) map.set(ratingKey(word), rating);
    }
    table = map;
    tables.set(ratings, table);
  }
  return table;
}

function ratingKey(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+]+/gu, '');
}

/**
 * The archive's rating for what an author wrote: "PG-13 (for language)" → Teen And Up Audiences, "PG to NC-17" → Explicit
 * (the higher end), "R for adult themes" → Mature (a remark counts for nothing). Undefined where no rating is said.
 */
export function ratingOf(text: string, ratings: RatingsFile['ratings']): string | undefined {
  return ratingIn(text, ratingTable(ratings));
}

/** The same from a table made before. */
export function ratingIn(text: string, table: Table): string | undefined {
  const marks = findRatings(text, table);
  const first = marks[0];
  if (!first) return undefined;
  let highest = first.rating;
  let end = first.end;
  for (const mark of marks.slice(1)) {
    const inRange = mark.start >= end && RANGE.test(text.slice(end, mark.start));
    if (!inRange && !mark.clear) continue;
    if (inRange) end = mark.end;
    if (ORDER.indexOf(mark.rating) > ORDER.indexOf(highest)) highest = mark.rating;
  }
  return highest;
}

/** Letters and digits, with a letter or a plus: "12" and "1/2" are other things. */
const PLAIN = /^(?=.*[\p{L}+])[\p{L}\p{N}+.\s–-]+$/u;

/** True where the text is a rating and nothing else, and could be nothing else: "PG-13", "Rated R", "NC-17", "FRT". */
export function isRating(text: string, table: Table): boolean {
  const rest = text.trim().replace(/^(?:rated|rating)\s*:?\s*/i, '');
  const bare = rest.replace(/^[([]|[)\]]$/g, '');
  if (bare.length > 30 || !PLAIN.test(bare) || !table.has(ratingKey(bare))) {
    const range = /^(\S+)\s*(?:to|-|–|\/|→)\s*(\S+)$/i.exec(bare);
    return (
      range !== null &&
      [range[1], range[2]].every((end) => table.has(ratingKey(end as string)) && isClear(end as string))
    );
  }
  return isClear(bare) || rest !== text.trim();
}

interface Mark {
  rating: string;
  start: number;
  end: number;
  /** Unlike an English word: has a digit, or capitals only. */
  clear: boolean;
}

function findRatings(text: string, table: Table): Mark[] {
  const tokens = [...text.slice(0, 400).matchAll(/[\p{L}\p{N}]+\+?/gu)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
  const marks: Mark[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const found = longestAt(text, tokens, at, table);
    if (!found) continue;
    const early = at === 0 || (at <= MOST_LEADS && /^\p{Lu}/u.test(text.slice(found.mark.start)));
    const counts = early || marks.length > 0 || found.mark.clear;
    // "PG-13 this chapter, R overall": a capital of its own behind a comma.
    const isLone =
      /[,;]\s*$/.test(text.slice(0, found.mark.start)) && /^\p{Lu}(?![\p{L}/'’])/u.test(text.slice(found.mark.start));
    if (isLone) found.mark.clear = true;
    if (counts && !isNoRating(text, found.mark)) marks.push(found.mark);
    at += found.length - 1;
  }
  return marks;
}

type Token = { text: string; start: number; end: number };

function longestAt(
  text: string,
  tokens: Token[],
  at: number,
  table: Table,
): { mark: Mark; length: number } | undefined {
  for (let length = Math.min(MOST_TOKENS, tokens.length - at); length > 0; length--) {
    const some = tokens.slice(at, at + length);
    const joined = some.every(
      (token, index) => index === 0 || /^[-–\s.]?$/.test(text.slice((some[index - 1] as Token).end, token.start)),
    );
    if (!joined) continue;
    const key = ratingKey(some.map((token) => token.text).join(''));
    // "PG13ish" is as good as PG-13.
    const rating = table.get(key) ?? table.get(key.replace(/(?<=.)ish$/, ''));
    if (!rating) continue;
    const [start, end] = [(some[0] as Token).start, (some[length - 1] as Token).end];
    return { mark: { rating, start, end, clear: isClear(text.slice(start, end)) && end - start > 1 }, length };
  }
  return undefined;
}

/** "not R" denies one; the letter in "T's" or "m'lady" is none. */
function isNoRating(text: string, mark: Mark): boolean {
  if (/\b(?:not|no)[\s-]*$/i.test(text.slice(Math.max(0, mark.start - 5), mark.start))) return true;
  if (mark.end - mark.start > 1) return false;
  return /['’]/.test(text[mark.start - 1] ?? '') || /^['’]\p{L}/u.test(text.slice(mark.end, mark.end + 2));
}

function isClear(text: string): boolean {
  return (
    /\d/.test(text) ||
    (/\p{Lu}/u.test(text) && text === text.toUpperCase() && text.length <= 6) ||
    /^(?:pg|nc)$/i.test(text)
  );
}
