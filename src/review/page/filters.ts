/** Which works are shown, and in which order. Pure, and quick enough for every letter typed over thousands of works. */
import type { WorkRow } from '../model.js';

export type Sort = 'doubts' | 'title' | 'newest' | 'oldest' | 'longest' | 'shortest';
export type Standing = 'all' | 'doubts' | 'unlooked' | 'looked' | 'locked' | 'archive';
export type Length = '' | 'drabble' | 'short' | 'middle' | 'long' | 'novel';
export type Parts = '' | 'one' | 'several' | 'unfinished';

export interface Filters {
  text: string;
  standing: Standing;
  fandom: string;
  pairing: string;
  rating: string;
  length: Length;
  parts: Parts;
  year: string;
  sort: Sort;
}

export const NO_FILTERS: Filters = {
  text: '',
  standing: 'all',
  fandom: '',
  pairing: '',
  rating: '',
  length: '',
  parts: '',
  year: '',
  sort: 'doubts',
};

/** Words from and below. */
export const LENGTHS: Record<Exclude<Length, ''>, [number, number]> = {
  drabble: [0, 1000],
  short: [1000, 5000],
  middle: [5000, 20_000],
  long: [20_000, 50_000],
  novel: [50_000, Infinity],
};

/** For a fandom, pairing or rating that is not there: a choice of its own in the lists. */
export const NONE = '\u0000';

/** A row with what is searched, made once for a list. */
export interface Indexed {
  row: WorkRow;
  text: string;
  title: string;
}

export function indexed(rows: readonly WorkRow[]): Indexed[] {
  return rows.map((row) => ({
    row,
    title: plain(row.title),
    text: plain(
      [row.title, ...row.authors, ...row.fandoms, ...row.relationships, row.rating, ...row.doubts].join('\n'),
    ),
  }));
}

/** Without case and accents. */
function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

export function filtered(all: readonly Indexed[], filters: Filters): WorkRow[] {
  const words = plain(filters.text).split(/\s+/).filter(Boolean);
  const kept = all.filter(({ row, text }) => isOf(row, filters) && words.every((word) => text.includes(word)));
  return kept.sort(ORDERS[filters.sort]).map(({ row }) => row);
}

function isOf(row: WorkRow, filters: Filters): boolean {
  return (
    STANDINGS[filters.standing](row) &&
    among(row.fandoms, filters.fandom) &&
    among(row.relationships, filters.pairing) &&
    among(row.rating ? [row.rating] : [], filters.rating) &&
    isLong(row.words, filters.length) &&
    hasParts(row, filters.parts) &&
    among(row.published ? [row.published.slice(0, 4)] : [], filters.year)
  );
}

const STANDINGS: Record<Standing, (row: WorkRow) => boolean> = {
  all: () => true,
  doubts: ({ doubts, looked }) => doubts.length > 0 && !looked,
  unlooked: ({ looked }) => !looked,
  looked: ({ looked }) => looked,
  locked: ({ restricted }) => restricted,
  archive: ({ onArchive }) => onArchive !== undefined,
};

function among(names: readonly string[], wanted: string): boolean {
  if (wanted === '') return true;
  return wanted === NONE ? names.length === 0 : names.includes(wanted);
}

function isLong(words: number, length: Length): boolean {
  if (length === '') return true;
  const [from, below] = LENGTHS[length];
  return words >= from && words < below;
}

function hasParts({ parts, complete }: WorkRow, wanted: Parts): boolean {
  if (wanted === '') return true;
  if (wanted === 'unfinished') return !complete;
  return wanted === 'one' ? parts === 1 : parts > 1;
}

type Order = (a: Indexed, b: Indexed) => number;

/** What waits for her first: doubts that she has not looked at, then what she has not looked at, then the rest. */
const rank = ({ row }: Indexed): number => (row.looked ? 2 : row.doubts.length > 0 ? 0 : 1);
const byDate: Order = (a, b) => compare(a.row.published ?? '', b.row.published ?? '') || byTitle(a, b);
const byTitle: Order = (a, b) => compare(a.title, b.title) || compare(a.row.key, b.row.key);

const ORDERS: Record<Sort, Order> = {
  doubts: (a, b) => rank(a) - rank(b) || b.row.doubts.length - a.row.doubts.length || byDate(a, b),
  title: byTitle,
  newest: (a, b) => byDate(b, a),
  oldest: byDate,
  longest: (a, b) => b.row.words - a.row.words || byTitle(a, b),
  shortest: (a, b) => a.row.words - b.row.words || byTitle(a, b),
};

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** A choice of a list with how many works have it. */
export interface Choice {
  value: string;
  label: string;
  count: number;
}

/** The choices of a list, by name; "none" last, where some have none. */
export function choices(
  rows: readonly WorkRow[],
  namesOf: (row: WorkRow) => readonly string[],
  none: string,
): Choice[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const names = namesOf(row);
    for (const name of names.length > 0 ? new Set(names) : [NONE]) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, count]) => ({ value, label: value === NONE ? none : value, count }))
    .sort((a, b) => Number(a.value === NONE) - Number(b.value === NONE) || a.label.localeCompare(b.label));
}

/** How many of the lists narrow what is shown. */
export function narrowing(filters: Filters): number {
  const { fandom, pairing, rating, length, parts, year } = filters;
  return [fandom, pairing, rating, length, parts, year].filter((value) => value !== '').length;
}
