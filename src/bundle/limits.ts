/**
 * What the archive takes, checked before packing: an archive that refuses a work says no more than "Unable to
 * import this work". Figures are in `config/archives.yaml`.
 */
import type { ArchivesFile } from '../config/archives.js';
import type { EntryKey, Work } from '../model.js';
import { textToHtml } from '../text/index.js';
import type { Misfit } from './format.js';
import { escapeHtml } from './html.js';
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
 * Every place where a work breaks a rule of the archive, in the order of works, fields and chapters.
 * Reads each chapter's text once and keeps none.
 */
export async function checkWorks(
  works: readonly Work[],
  storyOf: (key: EntryKey) => Promise<Story>,
  config: ArchivesFile,
): Promise<Misfit[]> {
  const misfits: Misfit[] = [];
  for (const work of works) {
    misfits.push(...checkFields(work, config.archive));
    for (const [index, chapter] of work.chapters.entries()) {
      misfits.push(...checkChapter(work, index, (await storyOf(chapter.entry)).html, config.archive));
    }
  }
  return misfits;
}

/** The work's own fields and those of its chapters; everything but the text. */
export function checkFields(work: Work, archive: Archive): Misfit[] {
  return [
    ...checkTitle(work, archive),
    ...checkProse(work, archive),
    ...checkTags(work, archive),
    ...checkNeeded(work, archive),
    ...checkCount(work, archive),
  ];
}

/** The text of chapter `index` (from 0). */
export function checkChapter(work: Work, index: number, html: string, archive: Archive): Misfit[] {
  const { chapterMin, chapterMax } = archive.limits;
  const length = characters(html);
  const of = work.chapters.length > 1 ? `chapter ${index + 1}` : 'the text';
  if (length < chapterMin) {
    const said = length === 0 ? 'is empty' : `is only ${count(length)} long`;
    return [
      misfit(
        work,
        'text',
        'limit',
        `${of} ${said}; the archive takes no fewer than ${count(chapterMin)}`,
        EMPTY,
        index + 1,
      ),
    ];
  }
  if (length > chapterMax) {
    const said = `${of} is ${count(length)} long as HTML; the archive takes ${count(chapterMax)}`;
    return [misfit(work, 'text', 'limit', said, 'Post it in two chapters, from its sheet.', index + 1)];
  }
  return [];
}

const MEND = 'Change it in decisions.yaml and run "ficferry bundle" again.';
const EMPTY =
  'Look at the entry: the text may stand behind a link or in a picture. Leave the work out in decisions.yaml if there is none.';

function misfit(
  work: Work,
  field: string,
  kind: Misfit['kind'],
  said: string,
  advice: string,
  chapter?: number,
): Misfit {
  const message = `"${work.title}": ${said}.`;
  return {
    work: work.slug,
    title: work.title,
    field,
    ...(chapter === undefined ? {} : { chapter }),
    kind,
    message,
    advice,
  };
}

function checkTitle(work: Work, archive: Archive): Misfit[] {
  const length = characters(escapeHtml(work.title.trim()));
  if (length === 0)
    return [misfit(work, 'title', 'missing', 'the work has no title', 'Give it one in decisions.yaml.')];
  if (length <= archive.limits.title) return [];
  const said = `the title is ${count(length)} long; the archive takes ${count(archive.limits.title)}`;
  return [misfit(work, 'title', 'limit', said, `Shorten it. ${MEND}`)];
}

/** Summaries and notes, of the work and of each chapter; counted as the HTML they become, tags included. */
function checkProse(work: Work, archive: Archive): Misfit[] {
  const misfits: Misfit[] = [];
  const look = (text: string | undefined, field: string, name: string, limit: number, chapter?: number) => {
    const length = text === undefined ? 0 : characters(textToHtml(text));
    if (length <= limit) return;
    const said = `${name} ${name.endsWith('notes') ? 'are' : 'is'} ${count(length)} long as HTML; the archive takes ${count(limit)}`;
    misfits.push(misfit(work, field, 'limit', said, `Shorten it or move a part into the text. ${MEND}`, chapter));
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
    const length = characters(escapeHtml(chapter.title ?? ''));
    if (length <= archive.limits.title) continue;
    const said = `${of} title is ${count(length)} long; the archive takes ${count(archive.limits.title)}`;
    misfits.push(misfit(work, 'title', 'limit', said, `Shorten it. ${MEND}`, index + 1));
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
        misfits.push(misfit(work, field, 'limit', `the ${noun} "${name}" ${trouble}`, `Write it another way. ${MEND}`));
    }
  }
  if (total > archive.limits.tags) {
    const said = `it has ${total} fandoms, relationships, characters and tags together; the archive takes ${archive.limits.tags}`;
    misfits.push(misfit(work, 'additionalTags', 'limit', said, `Take some out. ${MEND}`));
  }
  return misfits;
}

function checkNeeded(work: Work, archive: Archive): Misfit[] {
  const misfits: Misfit[] = [];
  const need = (field: string, said: string, advice: string) =>
    misfits.push(misfit(work, field, 'missing', said, `${advice} ${MEND}`));
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
      'chapters',
      'limit',
      said,
      'Make two works of it in decisions.yaml, or add the last chapters by hand from its sheet.',
    ),
  ];
}
