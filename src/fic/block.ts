import type { HeaderField } from '../model.js';
import type { Cluster } from './cluster.js';
import { isLabel, type Lexicon, looseMeaning } from './lexicon.js';
import { innerPairs, type Pair, type Row } from './rows.js';

/** A label with its whole value, as it stands in the header. */
export interface Reading {
  pair: Pair;
  /** The value, its lines joined by newlines. */
  value: string;
  /** The label's line, 1-based. */
  line: number;
  /** Accounts named on its lines. */
  users: string[];
}

/** A header found in the rows. */
export interface Block {
  readings: Reading[];
  /** Places of the first and the last row that belongs to it. */
  first: number;
  last: number;
  /** Places of all rows that belong to it. */
  taken: Set<number>;
}

/** Fields whose value is one short fact: a further line is not part of it. */
const SHORT: ReadonlySet<HeaderField> = new Set([
  'title',
  'rating',
  'wordCount',
  'status',
  'part',
  'chapterTitle',
  'language',
  'recipient',
  'authors',
]);
const PROSE: ReadonlySet<HeaderField> = new Set([
  'summary',
  'notes',
  'endNotes',
  'warnings',
  'disclaimer',
  'spoilers',
  'prompt',
]);
/** A value that goes on over more lines than these, with no blank between, has run into the story. */
const MOST_ROWS_ON = 12;
const MOST_WORDS_ON = 350;
/** So many rows, of so many words, may stand between the notes' first paragraph and the cut and still be notes. */
const NOTES_ROWS = 8;
const NOTES_WORDS = 250;

/** A value of signs alone says nothing. */
const SAYS = /[\p{L}\p{N}]/u;

/** Gives each label of a cluster the rows that its value goes on over. */
export function readBlock(rows: readonly Row[], cluster: Cluster, lexicon: Lexicon): Block {
  const block: Block = { readings: [], first: cluster[0] as number, last: cluster[0] as number, taken: new Set() };
  const isSpaced = spacedOut(rows, cluster);
  for (const [index, at] of cluster.entries()) {
    const row = rows[at] as Row;
    const users = usersOf(row);
    const readings = row.pairs
      .map((pair) => respelt(pair, lexicon))
      .map((pair) => ({ pair, value: pair.value, line: row.line.number, users }));
    const next = cluster[index + 1];
    const open = readings[readings.length - 1] as Reading;
    const on =
      next === undefined
        ? lastRows(rows, at, open, standAlone(rows, cluster))
        : rowsBetween(rows, at, next, open, isSpaced);
    for (const place of on) {
      open.value = open.value === '' ? (rows[place] as Row).text : `${open.value}\n${(rows[place] as Row).text}`;
      open.users = [...open.users, ...usersOf(rows[place] as Row)];
    }
    const isEmpty = readings.every(({ pair, value }) => !SAYS.test(value) && mayBeText(pair, row, lexicon));
    if (!isEmpty) for (const place of [at, ...on]) block.taken.add(place);
    block.last = on[on.length - 1] ?? at;
    block.readings.push(...readings.slice(0, -1), ...apart(open, on.length > 0, lexicon));
  }
  for (let at = block.first; at <= block.last; at++) if ((rows[at] as Row).kind === 'rule') block.taken.add(at);
  return block;
}

/**
 * Words shaped like a label that introduce nothing stay where they are: "A teaser, since I can't help it:", or "Another warning" as the
 * first line of a story.
 */
function mayBeText(pair: Pair, row: Row, lexicon: Lexicon): boolean {
  if (row.kind === 'unknown' || pair.meaning?.loose) return true;
  return pair.mark === 'none' && !pair.dressed && (row.line.blankBefore || !isLabel(pair.label, lexicon));
}

function respelt(pair: Pair, lexicon: Lexicon): Pair {
  return pair.meaning ? pair : { ...pair, meaning: looseMeaning(pair.label, lexicon) };
}

/** Labels within a value that was put together from several lines. */
function apart(reading: Reading, isJoined: boolean, lexicon: Lexicon): Reading[] {
  if (!isJoined) return [reading];
  return innerPairs({ ...reading.pair, value: reading.value }, lexicon).map((pair) => ({
    ...reading,
    pair,
    value: pair.value,
  }));
}

/** Whether blank lines stand between all labels, so that a blank says nothing: paragraphs, or label and value in lines of their own. */
function spacedOut(rows: readonly Row[], cluster: Cluster): boolean {
  const blank = cluster.slice(1).filter((at) => (rows[at] as Row).line.blankBefore).length;
  return standAlone(rows, cluster) || (cluster.length > 2 && blank * 3 >= (cluster.length - 1) * 2);
}

/** Whether most labels stand alone, their values on the next line. */
function standAlone(rows: readonly Row[], cluster: Cluster): boolean {
  return cluster.filter((at) => (rows[at] as Row).pairs[0]?.value === '').length * 2 >= cluster.length;
}

function usersOf(row: Row): string[] {
  return row.line.runs.flatMap((run) => (run.user === undefined ? [] : [run.user]));
}

function has(reading: Reading, fields: ReadonlySet<HeaderField>): boolean {
  return reading.pair.meaning?.fields.some((field) => fields.has(field)) ?? false;
}

/** A value goes on until a blank line, a divider or the next label; notes go on over blank lines too. */
function rowsBetween(rows: readonly Row[], at: number, next: number, open: Reading, isSpaced: boolean): number[] {
  const on: number[] = [];
  let empty = open.value === '';
  if (!empty && has(open, SHORT) && !has(open, PROSE)) return on;
  for (let place = at + 1; place < next; place++) {
    const row = rows[place] as Row;
    if (row.kind === 'rule' || row.line.cut !== (rows[at] as Row).line.cut) break;
    if (!empty && row.line.blankBefore && !isSpaced && !isNotes(open)) break;
    on.push(place);
    if (empty && has(open, SHORT)) break;
    empty = false;
  }
  return on;
}

function isNotes(reading: Reading): boolean {
  return reading.pair.meaning?.fields.includes('notes') ?? false;
}

/** The same for the last label, where the story may follow. */
function lastRows(rows: readonly Row[], at: number, open: Reading, isAlone: boolean): number[] {
  const start = rows[at] as Row;
  const on: number[] = [];
  let from = at + 1;
  const ends = (row: Row | undefined) => row === undefined || row.kind === 'rule' || row.line.cut !== start.line.cut;
  if (open.value === '' && open.pair.meaning === undefined) return on;
  if (open.value === '') {
    if (ends(rows[from]) || (open.pair.mark === 'none' && !open.pair.dressed && !isAlone)) return on;
    on.push(from++);
  }
  const straight: number[] = [];
  let words = 0;
  for (
    let row = rows[from + straight.length];
    row && !ends(row) && !row.line.blankBefore;
    row = rows[from + straight.length]
  ) {
    straight.push(from + straight.length);
    words += row.words;
    if (straight.length > MOST_ROWS_ON || words > MOST_WORDS_ON) return on;
  }
  if (straight.length > 0 && goesOn(rows, straight, open)) on.push(...straight);
  else if (straight.length > 0) return on;
  from += straight.length;
  return isNotes(open) ? [...on, ...notesToCut(rows, from, start)] : on;
}

/** Prose may go on over lines; a short fact only over lines that are as short. */
function goesOn(rows: readonly Row[], straight: readonly number[], open: Reading): boolean {
  if (has(open, PROSE)) return true;
  if (has(open, SHORT)) return false;
  return (
    straight.length <= 4 &&
    straight.every((place) => (rows[place] as Row).words <= 15 && !/[.!?”"]$/.test((rows[place] as Row).text))
  );
}

/** Paragraphs after the notes are notes where the cut follows soon: before the cut there is no story. */
function notesToCut(rows: readonly Row[], from: number, start: Row): number[] {
  const on: number[] = [];
  let words = 0;
  let divided = false;
  for (let place = from; place < rows.length && place - from <= NOTES_ROWS; place++) {
    const row = rows[place] as Row;
    if (row.line.cut !== start.line.cut) return on;
    words += row.words;
    if (words > NOTES_WORDS || /^["“«„—–]/.test(row.text)) return [];
    // Links in the paragraphs before a divider are the author's, not the story's.
    if (row.kind === 'rule' && on.some((one) => hasLink(rows[one] as Row))) return on;
    if (row.kind === 'rule' || isFakeCut(row)) divided = true;
    if (!divided) on.push(place);
  }
  return [];
}

/** A line that holds a link to something other than an account. */
export function hasLink(row: Row): boolean {
  return row.line.runs.some((run) => run.href !== undefined && run.user === undefined);
}

/** A link to the story itself ends what is said before it. */
function isFakeCut(row: Row): boolean {
  return isLinkOnly(row) && /[)\]!»>→]\s*$|^\s*[([«→]/u.test(row.text);
}

/** A line that is a link and brackets: a fake cut, "On to Part 2!", "Part One | Part Two". */
export function isLinkOnly(row: Row): boolean {
  const linked = row.line.runs
    .filter((run) => run.href !== undefined && run.user === undefined)
    .reduce((sum, run) => sum + run.text.trim().length, 0);
  return linked > 0 && linked * 10 >= row.text.replace(/[^\p{L}\p{N}]/gu, '').length * 6 && row.words <= 25;
}
