/** The order of a work's parts, what is missing or twice there, and whether it is finished. */
import type { Config } from '../config.js';
import type { Chapter, Header, Question } from '../model.js';
import type { Decisions, WorkDecision } from './decisions.js';
import { isSlip } from './joinBySpelling.js';
import type { Joined } from './joinParts.js';
import type { KnownNumbers } from './missing.js';
import { partNameOf } from './partNames.js';
import { byDate, dayOf, type FicRecord, keyOfRecord, posterOf } from './records.js';
import { titleKey } from './titles.js';
import { keyOf, quoted } from './words.js';

/** By the author's order, then her places or the part numbers, then dates; a part that nothing places stands last. */
export function inOrder(
  { parts, places }: Pick<Joined, 'parts' | 'places'>,
  decision: WorkDecision | undefined,
  decisions: Decisions,
): FicRecord[] {
  const listed = new Map((decision?.order ?? []).map((key, index) => [key, index]));
  const rank = (record: FicRecord) => listed.get(keyOfRecord(record)) ?? Infinity;
  const place = (record: FicRecord) =>
    decisions.entries?.[keyOfRecord(record)]?.place ??
    record.header.part?.number ??
    places.get(keyOfRecord(record)) ??
    Infinity;
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
 * Finished is a work whose last announced part or whose epilogue is there, or of which the header says so, or a single fic
 * that isn't called unfinished; with a part missing none is, since an archive counts chapters. A master post may have had
 * a number, and a part with a name may stand in the place of one.
 */
export function progressOf(
  { parts, heads }: Pick<Joined, 'parts' | 'heads'>,
  status: Header['status'],
  title: string,
  known: KnownNumbers,
  config: Config,
): Progress {
  const numbered = parts.flatMap((record) => record.header.part ?? []);
  const isEnded = status !== 'in-progress' && parts.some((record) => partNameOf(record, config).named === 'last');
  if (numbered.length === 0) {
    const complete = parts.length === 1 ? status !== 'in-progress' : status === 'complete' || isEnded;
    return { complete, questions: [] };
  }
  const led = heads.flatMap(({ header }) => header.part ?? []);
  const numbers = [...numbered, ...led].map(({ number }) => number);
  const first = Math.min(1, ...numbers);
  const highest = Math.max(...numbers);
  const announced = [...led, ...numbered].findLast(({ of }) => of !== undefined)?.of;
  const isOver = status === 'complete' || isEnded || (announced !== undefined && highest >= announced);
  const last = isOver ? Math.max(announced ?? 0, highest) : highest;
  const absent = Array.from({ length: Math.min(last, MOST_PARTS) - first + 1 }, (_, index) => first + index).filter(
    (number) => !numbers.includes(number),
  );
  const isStoodFor = absent.length > 0 && absent.length === parts.length - numbered.length;
  const missing = isStoodFor ? [] : missingFrom([...numbers, ...known.skipped], first, last);
  const expected =
    announced === undefined
      ? undefined
      : Math.max(announced + (1 - first) - led.length - known.skipped.size, parts.length);
  return {
    complete: isOver && missing.length === 0,
    ...(expected !== undefined && { expectedChapters: expected }),
    questions: [...askForMissing(missing, title, known), ...askForTwins(parts, title)],
  };
}

/** A story announced as 1/5000 by mistake is counted no further. */
const MOST_PARTS = 500;

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

function askForMissing(missing: readonly string[], title: string, { addresses }: KnownNumbers): Question[] {
  if (missing.length === 0) return [];
  const isOne = missing.length === 1 && /^\d+$/.test(missing[0] as string);
  const list = missing.length === 1 ? missing[0] : `${missing.slice(0, -1).join(', ')} and ${missing.at(-1)}`;
  const where = addresses.size > 0 ? ` (the other parts link to ${[...addresses.values()].join(', ')})` : '';
  const text = isOne
    ? `Part ${list} of ${quoted([title])} is missing${where}: where is it?`
    : `Parts ${list} of ${quoted([title])} are missing${where}: where are they?`;
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
  title: string;
}

/** What only the other posts tell of a part: whether its journal is a community, where posters say something, and where its text is, if not there. */
export interface AroundPart {
  inCommunity: boolean;
  textAt: string | undefined;
}

/** The chapter that a part becomes. */
export function chapterOf(
  record: FicRecord,
  position: number,
  work: SaidByWork,
  { inCommunity, textAt }: AroundPart,
  config: Config,
): Chapter {
  const { header, entry } = record;
  const poster = inCommunity ? posterOf(record) : undefined;
  const title = header.chapterTitle ?? (work.isSingle ? undefined : ownTitle(record, work.title, config));
  const isNew = (text: string, said: readonly string[]) =>
    !work.isSingle && !said.some((other) => keyOf(other) === keyOf(text));
  return {
    position,
    entry: keyOfRecord(record),
    url: entry.url,
    ...(poster !== undefined && { poster }),
    ...(title && { title }),
    ...(entry.postedAt && { postedAt: entry.postedAt }),
    wordCount: record.wordCount,
    ...(textAt !== undefined && { textAt }),
    ...(header.summary && isNew(header.summary, work.summaries) && { summary: header.summary }),
    ...(header.notes && isNew(header.notes, work.notes) && { notes: header.notes }),
    ...(!work.isSingle && header.endNotes && { endNotes: header.endNotes }),
    ...(entry.mended && { mended: entry.mended }),
    ...(entry.garbled && { garbled: entry.garbled }),
  };
}

/** "Epilogue", or the title of an interlude that has one; undefined for the work's title, however it is spelt. */
function ownTitle(record: FicRecord, workTitle: string, config: Config): string | undefined {
  const { title, named } = partNameOf(record, config);
  const written = record.header.title ?? record.entry.subject;
  if (title === '') return named ? written : undefined;
  const work = titleKey(workTitle, config);
  return record.header.title === undefined || title === work || isSlip(title, work) ? undefined : written;
}
