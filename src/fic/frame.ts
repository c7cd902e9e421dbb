import { type Bits, type Hints, isBareLine, readBits } from './bits.js';
import { type Block, isLinkOnly } from './block.js';
import type { Lexicon } from './lexicon.js';
import { readPairings } from './pairings.js';
import { findPart, isPartLine } from './parts.js';
import type { Row } from './rows.js';
import { cleanTitle, type SubjectFacts } from './subject.js';
import { keyOf, wordsIn } from './words.js';

/** What stands around the labels, or in place of them: a title line, "by somebody", a line of bare facts, a part mark, dividers. */
export interface Frame {
  title?: { text: string; row: Row };
  author?: { text: string; row: Row };
  part?: { row: Row };
  bare: { bits: Bits; row: Row }[];
  /** Places of the rows that belong to the frame and leave the body. */
  taken: Set<number>;
}

/** So far from the labels the frame may reach. */
const REACH = 6;
/** A title line is short. */
const TITLE_WORDS = 14;

interface Known {
  subject: SubjectFacts;
  /** The title the labels give. */
  title: string | undefined;
  lexicon: Lexicon;
  hints: Hints;
}

/** Looks around a block of labels. Nothing that could be a line of the story is taken. */
export function frameOf(rows: readonly Row[], block: Block, known: Known): Frame {
  const frame: Frame = { bare: [], taken: new Set() };
  const top = isAtTop(rows, block.first);
  for (let at = block.first - 1; at >= Math.max(0, block.first - REACH); at--) {
    const row = rows[at] as Row;
    if (row.line.cut !== (rows[block.first] as Row).line.cut && row.kind !== 'rule') break;
    if (row.kind !== 'rule' && !top) break;
    if (!takeRow(frame, rows, at, known, true)) break;
  }
  // A title and facts at the very top, with a remark between them and the labels.
  const start = top ? startOf(rows, block.first) : block.first;
  for (let at = start; at < block.first && !frame.taken.has(at); at++)
    if (!takeRow(frame, rows, at, known, true)) break;
  for (let at = block.last + 1; at <= Math.min(rows.length - 1, block.last + REACH); at++) {
    if (!takeRow(frame, rows, at, known, false)) break;
  }
  for (let at = block.first + 1; at < block.last; at++) if (!block.taken.has(at)) takeRow(frame, rows, at, known, true);
  return frame;
}

/** The same where no label stands: a title line and facts at the top of the entry or of its cut. */
export function bareFrame(rows: readonly Row[], known: Known): Frame | undefined {
  const starts = [0, rows.findIndex((row) => row.line.cut)].filter((at) => at >= 0);
  for (const start of new Set(starts)) {
    const frame: Frame = { bare: [], taken: new Set() };
    for (let at = start; at < Math.min(rows.length, start + REACH); at++)
      if (!takeRow(frame, rows, at, known, true)) break;
    if (frame.bare.length > 0) return frame;
    if (frame.title && sameTitle(frame.title.text, known)) return frame;
  }
  return undefined;
}

/** Where the entry, or the cut that a place stands in, begins. */
function startOf(rows: readonly Row[], first: number): number {
  const { cut } = (rows[first] as Row).line;
  return cut ? rows.findIndex((row) => row.line.cut) : 0;
}

/** True where only a few short lines stand before a place, or only those between the cut and it. */
function isAtTop(rows: readonly Row[], first: number): boolean {
  let words = 0;
  for (let at = first - 1; at >= 0 && at >= first - 12; at--) {
    const row = rows[at] as Row;
    if (row.line.cut !== (rows[first] as Row).line.cut) return true;
    words += row.words;
  }
  return first <= 12 && words <= 250;
}

function takeRow(frame: Frame, rows: readonly Row[], at: number, known: Known, above: boolean): boolean {
  const row = rows[at] as Row;
  const take = () => {
    frame.taken.add(at);
    return true;
  };
  if (row.kind === 'rule') return take();
  if (row.kind === 'label' || row.words > 60 || isLinkOnly(row)) return false;
  if (isPartLine(row.text, known.lexicon) && row.words <= 6 && !frame.part && !hasMoreParts(rows, at, known)) {
    frame.part = { row };
    return take();
  }
  const author = authorIn(row, known.lexicon);
  if (author && above && !frame.author) {
    frame.author = { text: author, row };
    return take();
  }
  const bits = readBits(row.text, known.lexicon, known.hints);
  const isBare = isBareLine(bits) || isBareFact(bits, row, above);
  if (!isBare && isTitleRow(frame, rows, at, known, above)) {
    frame.title ??= { text: row.text, row };
    return take();
  }
  if (!isBare && frame.title && above && isTagged(row, known) && hasFactsBelow(rows, at, known)) return take();
  if (!isBare) return false;
  frame.bare.push({ bits, row });
  return take();
}

/** One fact alone, above the labels or right under them: "100 words". */
function isBareFact(bits: Bits, row: Row, above: boolean): boolean {
  return bits.firm === 1 && bits.unknown.length === 0 && (above || !row.line.blankBefore) && row.words <= 4;
}

/** Chapters in one entry: "Chapter 1" then is the story's own heading. */
function hasMoreParts(rows: readonly Row[], at: number, known: Known): boolean {
  return rows.some(
    (row, place) => place > at && row.words <= 6 && row.kind === 'text' && isPartLine(row.text, known.lexicon),
  );
}

function authorIn(row: Row, lexicon: Lexicon): string | undefined {
  const match = /^[~*–—-]*\s*(\p{L}+(?:\s(?:by|von|da|par|por))?):?\s+(.+?)[\s~*–—-]*$/iu.exec(row.text);
  if (!match || row.words > 6) return undefined;
  return lexicon.by.has(keyOf(match[1] as string)) ? (match[2] as string) : undefined;
}

/** The title repeated; above the labels also a line that stands out as one. Below them a story may begin with its own title's words. */
function isTitleRow(frame: Frame, rows: readonly Row[], at: number, known: Known, above: boolean): boolean {
  const row = rows[at] as Row;
  if (row.words === 0 || row.words > TITLE_WORDS) return false;
  const same = sameTitle(row.text, known);
  if (above) {
    if (same) return true;
    return (
      known.title === undefined &&
      !frame.title &&
      row.kind === 'text' &&
      (standsOut(row) || (at === 0 && row.words <= 8 && !/[.!?:]$/.test(row.text) && hasFactsBelow(rows, at, known)))
    );
  }
  const divided =
    rows[at + 1] === undefined || rows[at + 1]?.kind === 'rule' || rows[at + 1]?.line.cut !== row.line.cut;
  if (same) return divided || standsOut(row);
  const needed =
    known.title === undefined && (known.subject.title === undefined || isFandomName(known.subject.title, known));
  return needed && !frame.title && divided && row.words <= 8 && !/[.!?,;:”"]$/.test(row.text);
}

function hasFactsBelow(rows: readonly Row[], at: number, known: Known): boolean {
  const isFact = (row: Row | undefined) =>
    row !== undefined && (row.kind === 'label' || isBareLine(readBits(row.text, known.lexicon, known.hints)));
  const next = rows[at + 1];
  // Between a title and its facts there may be a line with the author, or with what the tags name too.
  const isBetween = next !== undefined && (authorIn(next, known.lexicon) !== undefined || isTagged(next, known));
  return isFact(next) || (isBetween && isFact(rows[at + 2]));
}

/** "yunjae, yoosu (if you squint)", where "yunjae" is a tag of the entry. */
function isTagged(row: Row, { hints, lexicon }: Known): boolean {
  const names = readPairings(row.text, lexicon);
  return row.words <= 10 && names.length > 0 && names.some((name) => hints.tags?.has(keyOf(name)));
}

function isFandomName(text: string, known: Known): boolean {
  return known.lexicon.fandoms.has(keyOf(text)) || known.hints.fandoms.has(keyOf(text));
}

function sameTitle(text: string, known: Known): boolean {
  const bare = keyOf(cleanTitle(findPart(text, known.lexicon)?.before || text));
  const titles = [known.title, known.subject.title].filter((title) => title !== undefined);
  return bare !== '' && titles.some((title) => keyOf(title) === bare || keyOf(text) === keyOf(title));
}

/** Set apart from running text: a heading, centred, or wholly in emphasis. */
function standsOut(row: Row): boolean {
  if (row.line.kind === 'heading' || row.line.centred) return true;
  const runs = row.line.runs.filter((run) => run.text.trim() !== '');
  return runs.length > 0 && runs.every((run) => run.marks.includes('b') || run.marks.includes('u'));
}

/** Words of the rows that are neither header nor navigation. */
export function storyWords(rows: readonly Row[], taken: ReadonlySet<number>): number {
  return rows.reduce(
    (sum, row, at) => (taken.has(at) || row.kind === 'rule' || isLinkOnly(row) ? sum : sum + wordsIn(row.text)),
    0,
  );
}
