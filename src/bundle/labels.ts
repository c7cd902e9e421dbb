/**
 * The labels an otwarchive importer looks for in a page's raw text.
 *
 * It takes the first hit anywhere, without regard to case or to what stands before the word, and the rest of that
 * line as the value, which ends early at `<br` or `<p` in lower case. So every label stands once, before anything
 * else on the page, blank where nothing is known (which stops prose such as "note: …" from being taken), and
 * `Title` goes before `Chapter Title`, in which it is contained.
 */
import type { ArchivesFile } from '../config/archives.js';
import type { Work } from '../model.js';
import { fitsAsTag } from './tags.js';

/**
 * One spelling of each label, in the order in which they are written. `Pairing` and `Posted` are further words for
 * `Relationship` and `Date`: the importer looks for them in one go, so that these two stop them as well.
 */
export const LABELS = [
  'Title',
  'Summary',
  'Date',
  'Chapter Title',
  'Notes',
  'Tags',
  'Fandom',
  'Rating',
  'Warnings',
  'Relationship',
  'Characters',
] as const;
export type Label = (typeof LABELS)[number];

/**
 * The labels of the page of chapter `index` (from 0), values ready to be written into a comment.
 *
 * The first page gives the work's fields. Of later pages the importer takes title, summary, notes and date as the
 * chapter's; a `Title` there would become the title of a chapter that has none, so it is blank. The work's date is
 * the last chapter's, so every page has one.
 */
export function labelsOf(work: Work, index: number, archive: ArchivesFile['archive']): Record<Label, string> {
  const chapter = work.chapters[index];
  if (!chapter) throw new RangeError(`${work.slug} has no chapter ${index + 1}`);
  const first = index === 0;
  const names = (list: readonly string[]) =>
    first
      ? list
          .filter((name) => fitsAsTag(name, archive))
          .map(labelText)
          .join(', ')
      : '';
  return {
    Title: first ? labelText(work.title) : '',
    Summary: labelHtml((first ? work.summary : chapter.summary) ?? ''),
    Date: dateOf(work, index),
    'Chapter Title': labelText(chapter.title ?? ''),
    Notes: labelHtml((first ? work.notes : chapter.notes) ?? ''),
    Tags: names(work.archive.additionalTags),
    Fandom: names(work.archive.fandoms),
    Rating: first ? labelText(archive.ratingLabels[work.archive.rating] ?? '') : '',
    Warnings: names(work.archive.warnings),
    Relationship: names(work.archive.relationships),
    Characters: names(work.archive.characters),
  };
}

/** Of chapter `index` (from 0), `YYYY-MM-DD`, as the importer's day-first date parsing reads without doubt; blank where unknown. */
export function dateOf(work: Work, index: number): string {
  const posted = work.chapters[index]?.postedAt?.slice(0, 10);
  if (posted) return posted;
  if (index === work.chapters.length - 1 && work.updated) return work.updated;
  return (index === 0 ? work.published : undefined) ?? '';
}

/**
 * Text as a label's value: one line of ASCII. Anything else is a decimal character reference, since the importer
 * drops other bytes from titles, summaries and notes. So are the colon, without which no value can hold a label;
 * `<`, `>` and `&`; and the second of two hyphens, with which the comment might end.
 */
export function labelText(text: string): string {
  return text
    .replace(BREAKS, ' ')
    .replace(/\p{Cs}/gu, '\ufffd')
    .trim()
    .replace(/[^\x20-\x7e]|[:<>&]|(?<=-)-/gu, (char) => `&#${char.codePointAt(0)};`);
}

/**
 * Text with newlines as a label's value. The value is read as HTML, and only lower-case `<br` and `<p` end it, so
 * breaks are written in capitals.
 */
export function labelHtml(text: string): string {
  const paragraphs = text
    .replace(/\r\n?/g, '\n')
    .split(/\n[^\S\n]*\n\s*/)
    .map((paragraph) => paragraph.split('\n').map(labelText).filter(Boolean).join('<BR>'))
    .filter(Boolean);
  return paragraphs.length > 1 ? paragraphs.map((paragraph) => `<P>${paragraph}</P>`).join('') : (paragraphs[0] ?? '');
}

/** Line breaks of every kind and the control characters, which no archive field takes. */
const BREAKS = /[\p{Cc}\u2028\u2029]+/gu;
