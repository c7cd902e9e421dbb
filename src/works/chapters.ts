/** The order of a work's parts, what is missing or twice there, and whether it is finished. */
import type { Chapter, Header, Question } from '../model.js';
import type { Decisions, WorkDecision } from './decisions.js';
import { byDate, dayOf, type FicRecord, keyOfRecord } from './records.js';
import { keyOf, quoted } from './words.js';

/** By the author's order, then her places or the part numbers, then dates; a part without a number stands last. */
export function inOrder(
  parts: readonly FicRecord[],
  decision: WorkDecision | undefined,
  decisions: Decisions,
): FicRecord[] {
  const listed = new Map((decision?.order ?? []).map((key, index) => [key, index]));
  const rank = (record: FicRecord) => listed.get(keyOfRecord(record)) ?? Infinity;
  const place = (record: FicRecord) =>
    decisions.entries?.[keyOfRecord(record)]?.place ?? record.header.part?.number ?? Infinity;
  return [...parts].sort((a, b) => compare(rank(a), rank(b)) || compare(place(a), place(b)) || byDate(a, b));
}

/** Differences of infinities are NaN, so numbers are compared. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

export interface Progress {
  complete: boolean;
  /** Chapters announced, the prologue that is part 0 included. */
  expectedChapters?: number;
  questions: Question[];
}

/**
 * Finished is a work whose last announced part is there, or of which the header says so, or a single fic that isn't
 * called unfinished; with a part missing none is, since an archive counts chapters.
 */
export function progressOf(parts: readonly FicRecord[], status: Header['status'], title: string): Progress {
  const numbered = parts.flatMap((record) => record.header.part ?? []);
  if (numbered.length === 0)
    return { complete: parts.length === 1 ? status !== 'in-progress' : status === 'complete', questions: [] };
  const numbers = numbered.map(({ number }) => number);
  const first = Math.min(1, ...numbers);
  const highest = Math.max(...numbers);
  const announced = numbered.findLast(({ of }) => of !== undefined)?.of;
  const isOver = status === 'complete' || (announced !== undefined && highest >= announced);
  const last = isOver ? Math.max(announced ?? 0, highest) : highest;
  const missing = missingFrom(numbers, first, last);
  const expected = announced === undefined ? undefined : Math.max(announced + (1 - first), parts.length);
  return {
    complete: isOver && missing.length === 0,
    ...(expected !== undefined && { expectedChapters: expected }),
    questions: [...askForMissing(missing, title), ...askForTwins(parts, title)],
  };
}

/** Whole numbers that no part has; a story announced as 1/5000 by mistake asks for no list of them. */
function missingFrom(numbers: readonly number[], start: number, last: number): string[] {
  const present = new Set(numbers);
  const ranges: string[] = [];
  let first = start;
  for (const number of [...present, last + 1].sort((a, b) => a - b)) {
    if (number > first) ranges.push(number - first === 1 ? `${first}` : `${first}–${number - 1}`);
    first = Math.max(first, number + 1);
  }
  return ranges;
}

function askForMissing(missing: readonly string[], title: string): Question[] {
  if (missing.length === 0) return [];
  const isOne = missing.length === 1 && /^\d+$/.test(missing[0] as string);
  const list = missing.length === 1 ? missing[0] : `${missing.slice(0, -1).join(', ')} and ${missing.at(-1)}`;
  const text = isOne
    ? `Part ${list} of ${quoted([title])} is missing: where is it?`
    : `Parts ${list} of ${quoted([title])} are missing: where are they?`;
  return [{ field: 'chapters', text }];
}

function askForTwins(parts: readonly FicRecord[], title: string): Question[] {
  const byNumber = new Map<number, FicRecord[]>();
  for (const record of parts) {
    const number = record.header.part?.number;
    if (number !== undefined) byNumber.set(number, [...(byNumber.get(number) ?? []), record]);
  }
  return [...byNumber]
    .filter(([, records]) => records.length > 1)
    .map(([number, records]) => {
      const days = records.map((record) => dayOf(record) ?? keyOfRecord(record));
      return {
        field: 'chapters',
        text: `${records.length} posts are part ${number} of ${quoted([title])} (${days.join(', ')}): do all belong to it?`,
      };
    });
}

/** What the work says already, and its chapters don't say again. */
export interface SaidByWork {
  summaries: readonly string[];
  notes: readonly string[];
  /** A work of one chapter says everything itself. */
  isSingle: boolean;
}

/** The chapter that a part becomes. */
export function chapterOf(record: FicRecord, position: number, work: SaidByWork): Chapter {
  const { header, entry } = record;
  const isNew = (text: string, said: readonly string[]) =>
    !work.isSingle && !said.some((other) => keyOf(other) === keyOf(text));
  return {
    position,
    entry: keyOfRecord(record),
    url: entry.url,
    ...(header.chapterTitle && { title: header.chapterTitle }),
    ...(entry.postedAt && { postedAt: entry.postedAt }),
    wordCount: record.wordCount,
    ...(header.summary && isNew(header.summary, work.summaries) && { summary: header.summary }),
    ...(header.notes && isNew(header.notes, work.notes) && { notes: header.notes }),
    ...(!work.isSingle && header.endNotes && { endNotes: header.endNotes }),
  };
}
