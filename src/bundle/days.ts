/** Dates as the archive takes them: without one a work stands among today's. */
import type { ArchivesFile } from '../config/archives.js';
import type { Work } from '../model.js';
import type { Misfit } from './format.js';
import { dateOf } from './labels.js';
import { keyOf, MEND, misfit } from './misfit.js';

type Archive = ArchivesFile['archive'];

/** @param today `YYYY-MM-DD`; without it no date lies in the future */
export function checkDays(work: Work, archive: Archive, today?: string): Misfit[] {
  const misfits: Misfit[] = [];
  const days = work.chapters.map((_, index) => dateOf(work, index));
  const told = new Set<string>();
  for (const [index, day] of days.entries()) {
    const trouble = dayTrouble(day, archive, today);
    // pieces of one post have its date
    if (trouble === undefined || (work.chapters[index]?.piece?.number ?? 1) > 1) continue;
    told.add(day);
    const entry = work.chapters[index]?.entry;
    const of = days.length > 1 ? `the date of chapter ${index + 1}, ${day},` : `its date, ${day},`;
    const advice = `Say when it was posted, in decisions.yaml under entries: ${entry}: {date: 2009-05-31}.`;
    misfits.push(misfit(work, { field: 'postedAt', chapter: index + 1 }, 'limit', `${of} ${trouble}`, advice));
  }
  for (const field of ['published', 'updated'] as const) {
    const day = work[field];
    const trouble = day === undefined || told.has(day) ? undefined : dayTrouble(day, archive, today);
    if (trouble) misfits.push(misfit(work, { field }, 'limit', `the date ${day} (${field}) ${trouble}`, MEND));
  }
  return [...misfits, ...undated(work, days)];
}

function undated(work: Work, days: readonly string[]): Misfit[] {
  const missing = days.flatMap((day, index) => (day === '' ? [index + 1] : []));
  if (missing.length === 0) return [];
  const who =
    missing.length === days.length
      ? 'it has no date'
      : missing.length === 1
        ? `chapter ${missing[0]} has no date`
        : `chapters ${missing.join(', ')} have no date`;
  const key = work.chapters[(missing[0] as number) - 1]?.entry ?? keyOf(work);
  const said = `${who}; the archive would date ${missing.length === 1 || missing.length === days.length ? 'it' : 'them'} today`;
  const advice = `Say when it was posted, in decisions.yaml under entries: ${key}: {date: 2009-05-31}.`;
  return [misfit(work, { field: 'postedAt' }, 'look', said, advice)];
}

/** Why the archive does not take this day, as the end of a sentence. */
function dayTrouble(day: string, { limits }: Archive, today: string | undefined): string | undefined {
  if (day === '') return undefined;
  const time = Date.parse(`${day}T00:00:00Z`);
  // "2009-02-31" is no day, and some engines would read it as one of March
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day)
    return 'is no day of the calendar';
  if (Number(day.slice(0, 4)) < limits.firstYear)
    return `lies before ${limits.firstYear}, where the archive’s dates begin`;
  return today !== undefined && day > today ? 'lies in the future; the archive refuses it' : undefined;
}
