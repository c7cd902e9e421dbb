/**
 * What the archive takes, checked before packing: an archive that refuses a work says no more than "Unable to
 * import this work". Figures are in `config/archives.yaml`.
 */
import type { ArchivesFile } from '../config/archives.js';
import type { EntryKey, Work } from '../model.js';
import { checkDays } from './days.js';
import type { Misfit } from './format.js';
import { proseLength, titleLength } from './lengths.js';
import { lookAtFields, lookAtText } from './looks.js';
import { MendedWork } from './mended.js';
import { keyOf, MEND, misfit } from './misfit.js';
import { characters, count, tagTrouble } from './tags.js';

type Archive = ArchivesFile['archive'];

/** What a chapter's text is asked for. */
export interface Story {
  /** Clean HTML, without the header. */
  html: string;
  /** The entry whose text a link of this one leads to. Without it, links stay as they are. */
  leadsTo?: (href: string) => EntryKey | undefined;
}

/**
 * Every place where a work breaks a rule of the archive, in the order of works, fields and chapters, as the author's decisions
 * leave the works. Reads each chapter's text, once, and keeps none; those of a work that may be split once more before.
 * @param today `YYYY-MM-DD`; without it no date lies in the future
 */
export async function checkWorks(
  works: readonly Work[],
  storyOf: (key: EntryKey) => Promise<Story>,
  { archive }: ArchivesFile,
  today?: string,
): Promise<Misfit[]> {
  const misfits: Misfit[] = [];
  for (const given of works) {
    const mended = await MendedWork.of(given, storyOf, archive);
    const { work } = mended;
    misfits.push(...checkFields(work, archive, today));
    for (const [index, chapter] of work.chapters.entries()) {
      misfits.push(...checkChapter(work, index, (await mended.textOf(chapter)).html, archive));
    }
  }
  return misfits;
}

/** The work's own fields and those of its chapters; everything but the text. */
export function checkFields(work: Work, archive: Archive, today?: string): Misfit[] {
  return [
    ...checkTitle(work, archive),
    ...checkProse(work, archive),
    ...checkTags(work, archive),
    ...checkNeeded(work, archive),
    ...checkCount(work, archive),
    ...checkDays(work, archive, today),
    ...lookAtFields(work, archive),
  ];
}

/** The text of chapter `index` (from 0). */
export function checkChapter(work: Work, index: number, html: string, archive: Archive): Misfit[] {
  const of = work.chapters.length > 1 ? `chapter ${index + 1}` : 'the text';
  return [...checkLength(work, index, html, of, archive), ...lookAtText(work, index, html, of, archive)];
}

function checkLength(work: Work, index: number, html: string, of: string, { limits }: Archive): Misfit[] {
  const place = { field: 'text', chapter: index + 1 };
  const length = characters(html);
  const tell = (said: string, advice: string) => [misfit(work, place, 'limit', `${of} ${said}`, advice)];
  if (length < limits.chapterMin) {
    const said = length === 0 ? 'is empty' : `is only ${count(length)} long`;
    return tell(`${said}; the archive takes no fewer than ${count(limits.chapterMin)}`, EMPTY);
  }
  if (isBlank(html)) return tell('has neither words nor pictures; the archive takes no blank chapter', EMPTY);
  if (length <= limits.chapterMax) return [];
  const advice = `Let it be split at a paragraph, in decisions.yaml under works: ${keyOf(work)}: {split: true}; or post it in two chapters, from its sheet.`;
  return tell(`is ${count(length)} long as HTML; the archive takes ${count(limits.chapterMax)}`, advice);
}

const EMPTY =
  'Look at the entry: the text may stand behind a link or in a picture. Leave the work out in decisions.yaml if there is none.';

/** Empty paragraphs and scene breaks are some characters of HTML and nothing to read. */
function isBlank(html: string): boolean {
  return !/<img\b/.test(html) && !/[^\s\u00a0]/.test(html.replace(/<[^>]*>|&nbsp;/g, ''));
}

function checkTitle(work: Work, archive: Archive): Misfit[] {
  const length = titleLength(work.title);
  if (length === 0)
    return [misfit(work, { field: 'title' }, 'missing', 'the work has no title', 'Give it one in decisions.yaml.')];
  if (length <= archive.limits.title) return [];
  const said = `the title is ${count(length)} long; the archive takes ${count(archive.limits.title)}`;
  return [misfit(work, { field: 'title' }, 'limit', said, `Shorten it. ${MEND}`)];
}

/** Summaries and notes, of the work and of each chapter; counted as the HTML they become, tags included. */
function checkProse(work: Work, archive: Archive): Misfit[] {
  const misfits: Misfit[] = [];
  const look = (text: string | undefined, field: string, name: string, limit: number, chapter?: number) => {
    const length = text === undefined ? 0 : proseLength(text);
    if (length <= limit) return;
    const said = `${name} ${name.endsWith('notes') ? 'are' : 'is'} ${count(length)} long as HTML; the archive takes ${count(limit)}`;
    const place = { field, ...(chapter !== undefined && { chapter }) };
    misfits.push(misfit(work, place, 'limit', said, `Shorten it or move a part into the text. ${MEND}`));
  };
  const { summary, notes } = archive.limits;
  look(work.summary, 'summary', 'the summary', summary);
  look(work.notes, 'notes', 'the notes', notes);
  look(work.endNotes, 'endNotes', 'the end notes', notes);
  for (const [index, chapter] of work.chapters.entries()) {
    const of = `chapter ${index + 1}'s`;
    look(chapter.summary, 'summary', `${of} summary`, summary, index + 1);
    look(chapter.notes, 'notes', `${of} notes`, notes, index + 1);
    look(chapter.endNotes, 'endNotes', `${of} end notes`, notes, index + 1);
    const length = titleLength(chapter.title ?? '');
    if (length <= archive.limits.title) continue;
    const said = `${of} title is ${count(length)} long; the archive takes ${count(archive.limits.title)}`;
    misfits.push(misfit(work, { field: 'title', chapter: index + 1 }, 'limit', said, `Shorten it. ${MEND}`));
  }
  return misfits;
}

const TAG_FIELDS = {
  fandoms: 'fandom',
  relationships: 'relationship',
  characters: 'character',
  additionalTags: 'tag',
} as const;

function checkTags(work: Work, archive: Archive): Misfit[] {
  const misfits: Misfit[] = [];
  let total = 0;
  for (const [field, noun] of Object.entries(TAG_FIELDS) as [keyof typeof TAG_FIELDS, string][]) {
    total += work.archive[field].length;
    for (const name of work.archive[field]) {
      const trouble = tagTrouble(name, archive);
      if (trouble)
        misfits.push(
          misfit(work, { field }, 'limit', `the ${noun} "${name}" ${trouble}`, `Write it another way. ${MEND}`),
        );
    }
  }
  if (total > archive.limits.tags) {
    const said = `it has ${total} fandoms, relationships, characters and tags together; the archive takes ${archive.limits.tags}`;
    misfits.push(misfit(work, { field: 'additionalTags' }, 'limit', said, `Take some out. ${MEND}`));
  }
  return misfits;
}

function checkNeeded(work: Work, archive: Archive): Misfit[] {
  const misfits: Misfit[] = [];
  const need = (field: string, said: string, advice: string) =>
    misfits.push(misfit(work, { field }, 'missing', said, `${advice} ${MEND}`));
  const { rating, warnings, categories, fandoms } = work.archive;
  if (fandoms.length === 0) need('fandoms', 'no fandom is known', 'Name at least one.');
  if (!archive.ratings.includes(rating)) {
    need(
      'rating',
      rating ? `the archive has no rating "${rating}"` : 'no rating is known',
      `It is one of ${archive.ratings.join(', ')}.`,
    );
  }
  if (warnings.length === 0)
    need('warnings', 'no archive warning is chosen', `There must be at least one of ${archive.warnings.join(', ')}.`);
  for (const warning of warnings.filter((name) => !archive.warnings.includes(name))) {
    need('warnings', `the archive has no warning "${warning}"`, `It has ${archive.warnings.join(', ')}.`);
  }
  for (const category of categories.filter((name) => !archive.categories.includes(name))) {
    need('categories', `the archive has no category "${category}"`, `It has ${archive.categories.join(', ')}.`);
  }
  // An unknown code would become English without a word.
  if (!languagesOf(archive).has(work.language)) {
    need('language', `the archive's code for the language "${work.language}" is not known`, 'Name the language.');
  }
  return misfits;
}

function languagesOf(archive: Archive): Set<string> {
  return new Set([...Object.values(archive.languages), ...Object.keys(archive.languageNames)]);
}

function checkCount(work: Work, archive: Archive): Misfit[] {
  const { chapters } = archive.limits;
  if (work.chapters.length <= chapters) return [];
  const said = `it has ${work.chapters.length} chapters; an importer takes ${chapters}`;
  return [
    misfit(
      work,
      { field: 'chapters' },
      'limit',
      said,
      'Make two works of it in decisions.yaml, or add the last chapters by hand from its sheet.',
    ),
  ];
}
