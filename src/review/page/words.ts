/** What the page calls things. Real words: an author has read no file of ours. */
import { count } from '../../common/wording.js';
import type { Evidence, LeftOut, LeftOutReason, Question } from '../../model.js';

export { count };

/** "12,345". */
export function figure(value: number): string {
  return value.toLocaleString('en-US');
}

/** "12,345 words". */
export function amount(value: number, noun: string): string {
  return count(value, noun).replace(/^\d+/, figure(value));
}

/** "31 May 2009" for `2009-05-31` or a time of that day; what is no date stays as it is. */
export function day(date: string): string {
  const [year, month, date0] = date.slice(0, 10).split('-').map(Number);
  const name = MONTHS[(month ?? 0) - 1];
  return year && name && date0 ? `${date0} ${name} ${year}` : date;
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** "1 chapter", "3 of 7 chapters", "3 chapters, unfinished". */
export function parts(work: { parts: number; expected?: number; complete: boolean }): string {
  if (work.complete) return count(work.parts, 'chapter');
  if (work.expected !== undefined) return `${work.parts} of ${count(work.expected, 'chapter')}`;
  return `${count(work.parts, 'chapter')}, unfinished`;
}

/** A list in a sentence's words; nothing is "none". */
export function list(names: readonly string[], none = 'none'): string {
  return names.length > 0 ? names.join(', ') : none;
}

/** Titles may be empty. */
export function named(title: string): string {
  return title.trim() || 'Untitled';
}

const SOURCES: Record<Evidence['from'], string> = {
  header: 'from the header',
  subject: 'from the subject',
  tag: 'from a tag of the post',
  inferred: 'worked out',
  decision: 'your word',
};

/** "from the header, line 3". */
export function sourceOf({ from, line }: Evidence): string {
  return line === undefined ? SOURCES[from] : `${SOURCES[from]}, line ${line}`;
}

/** Why posts are in no work, as a heading. */
export const REASONS: Record<LeftOutReason, { title: string; help: string }> = {
  other: {
    title: 'Not read as a story',
    help: 'Posts without a story header. If one is a story all the same, take it in.',
  },
  decided: { title: 'Taken out by you', help: 'They stay at home until you take them in again.' },
  restricted: {
    title: 'Locked, and not asked for',
    help: 'You can read them, and others can’t. They are carried only if you say so under Begin.',
  },
  locked: {
    title: 'Locked',
    help: 'The journal shows them to some readers only. With your login they can be read; see Begin.',
  },
  gate: {
    title: 'Behind an adult notice',
    help: 'Say under Begin that you are of age, and read the journal once more.',
  },
  missing: { title: 'Not found', help: 'The journal has no such post, or it could not be reached.' },
  gone: { title: 'Deleted', help: 'The journal says that these are gone.' },
  banned: { title: 'Refused by the site', help: 'The site sent a page that keeps programs out.' },
  unreadable: { title: 'Could not be read', help: 'The page came, and no post could be made out in it.' },
  'other-poster': { title: 'Posted by somebody else', help: 'You asked for one person’s posts only.' },
};

/** Fields by the names of the archive's form; other fields that questions are about too. */
export const LABELS: Record<string, string> = {
  title: 'Title',
  authors: 'Creators',
  summary: 'Summary',
  rating: 'Rating',
  warnings: 'Archive warnings',
  fandoms: 'Fandoms',
  categories: 'Categories',
  relationships: 'Relationships',
  characters: 'Characters',
  additionalTags: 'Additional tags',
  notes: 'Notes at the beginning',
  endNotes: 'Notes at the end',
  recipient: 'Gift to',
  series: 'Series',
  language: 'Language',
  complete: 'Chapters planned',
  published: 'First posted',
  updated: 'Last chapter posted',
  onArchive: 'On the archive already',
  chapters: 'Chapters',
  text: 'Text',
  wordCount: 'Words',
  status: 'Finished or not',
  part: 'Part',
  chapterTitle: 'Chapter title',
  pairingNote: 'Pairing',
  genres: 'Genre',
  betas: 'Beta readers',
  other: 'Other lines',
};

export function labelOf(field: Question['field']): string {
  return LABELS[field] ?? `${field[0]?.toUpperCase() ?? ''}${field.slice(1)}`;
}

/** What a line was read as, in words; it may be several fields. */
export function labelsOf(fields: string): string {
  const names = fields.split(', ').map((field) => labelOf(field.replace(/^archive\./, '')).toLowerCase());
  return [...new Set(names)].join(', ');
}

/** "English" for the archive's code `en`; the code where nobody knows its name. */
export function languageName(code: string): string {
  try {
    const tag = code.replace(/([a-z])([A-Z])/, '$1-$2');
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(tag) ?? code;
  } catch {
    return code;
  }
}

/** An address that may be followed: the web's. */
export function webAddress(url: string): string | undefined {
  return /^https?:\/\//i.test(url) ? url : undefined;
}

/** What a post that is in no work is called: its subject; the address of one without. */
export function postName({ subject, url, entry }: LeftOut): string {
  return subject || url || entry;
}
