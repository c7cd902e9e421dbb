/** What the stand-in refuses, in sentences as its error pages list them. */
import { escapeHtml } from './html.js';
import { CATEGORIES, LIMITS, lengthOf, RATINGS, TAG_FORBIDDEN, WARNINGS } from './rules.js';
import type { StoredChapter, StoredWork } from './store.js';

/** Every fault of a work and of all its chapters; empty where it can be kept. */
export function faultsOf(work: StoredWork, today: string): string[] {
  return [
    ...lacks(work),
    ...long('Title', escapeHtml(work.title), LIMITS.title),
    ...prose(work, ''),
    ...tagFaults(work),
    ...work.chapters.flatMap((chapter) => chapterFaults(chapter, today, work.chapters.length > 1)),
  ];
}

/** Faults of one chapter; `named` says which in each sentence. */
export function chapterFaults(chapter: StoredChapter, today: string, named = true): string[] {
  const of = named ? `Chapter ${chapter.position}: ` : '';
  const length = lengthOf(chapter.content);
  const faults = [...long('Chapter title', escapeHtml(chapter.title), LIMITS.title), ...prose(chapter, 'Chapter ')];
  if (length < LIMITS.chapterMin)
    faults.push(`Content is ${length} characters long; at least ${LIMITS.chapterMin} are needed.`);
  if (length > LIMITS.chapterMax) faults.push(`Content is ${length} characters long; ${LIMITS.chapterMax} are taken.`);
  if (!isDay(chapter.date)) faults.push('Publication date is no day of the calendar.');
  else if (chapter.date > today) faults.push("Publication date can't be in the future.");
  return faults.map((fault) => of + fault);
}

function lacks(work: StoredWork): string[] {
  const faults: string[] = [];
  const lack = (field: string) => faults.push(`${field} cannot be blank.`);
  if (work.title === '') lack('Title');
  if (work.fandoms.length === 0) lack('Fandom');
  if (work.rating === '') lack('Rating');
  if (work.warnings.length === 0) lack('Warning');
  if (work.language === '') lack('Language');
  return faults;
}

function long(field: string, text: string, limit: number): string[] {
  const length = lengthOf(text);
  return length > limit ? [`${field} is ${length} characters long; ${limit} are taken.`] : [];
}

/** Counted as stored: with the tags the sanitiser put in. */
function prose(of: { summary: string; notes: string; endNotes: string }, prefix: string): string[] {
  return [
    ...long(`${prefix}Summary`, of.summary, LIMITS.summary),
    ...long(`${prefix}Notes`, of.notes, LIMITS.notes),
    ...long(`${prefix}End notes`, of.endNotes, LIMITS.notes),
  ];
}

function tagFaults(work: StoredWork): string[] {
  const tags = [...work.fandoms, ...work.relationships, ...work.characters, ...work.additionalTags];
  const faults: string[] = [];
  if (tags.length > LIMITS.tags) faults.push(`The work has ${tags.length} tags; ${LIMITS.tags} are taken.`);
  for (const tag of tags) {
    const bad = TAG_FORBIDDEN.filter((char) => tag.includes(char));
    if (bad.length > 0) faults.push(`Tag "${tag}" holds characters that no tag may have: ${bad.join(' ')}`);
    faults.push(...long(`Tag "${tag}"`, tag, LIMITS.tag));
  }
  // One canonical rating, and none but canonical warnings and categories.
  const canonical = (kind: string, names: readonly string[], known: readonly string[]) => {
    for (const name of names) if (!known.includes(name)) faults.push(`${kind} "${name}" is not known here.`);
  };
  canonical('Rating', work.rating === '' ? [] : [work.rating], RATINGS);
  canonical('Warning', work.warnings, WARNINGS);
  canonical('Category', work.categories, CATEGORIES);
  return faults;
}

function isDay(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(date) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}
