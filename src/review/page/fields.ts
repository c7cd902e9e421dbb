/** The fields of a work in the order in which an author thinks of them, and how each is changed. */
import type { Work } from '../../model.js';
import { day, languageName, list, named } from './words.js';

export type Kind =
  | 'line'
  | 'prose'
  | 'tags'
  | 'choice'
  | 'ticks'
  | 'language'
  | 'series'
  | 'progress'
  | 'day'
  | 'place';

export interface FieldSpec {
  key: string;
  kind: Kind;
  help?: string;
  /** Of a choice or ticks: the list of the archive's words. */
  of?: 'ratings' | 'warnings' | 'categories';
  /** Of where it comes from: other names under which that is kept. */
  also?: readonly string[];
  /** The archive takes no work without it. */
  needed?: boolean;
}

export const GROUPS: readonly { title: string; fields: readonly FieldSpec[] }[] = [
  {
    title: 'The work',
    fields: [
      { key: 'title', kind: 'line', needed: true },
      { key: 'authors', kind: 'tags', help: 'The names it is posted under.', needed: true },
      { key: 'summary', kind: 'prose' },
    ],
  },
  {
    title: 'Tags',
    fields: [
      { key: 'fandoms', kind: 'tags', needed: true },
      {
        key: 'relationships',
        kind: 'tags',
        help: '“Full Name/Full Name” for a couple, “Full Name & Full Name” for friends.',
      },
      { key: 'characters', kind: 'tags' },
      { key: 'additionalTags', kind: 'tags', help: 'Whatever else readers look for.' },
      { key: 'rating', kind: 'choice', of: 'ratings', needed: true },
      {
        key: 'warnings',
        kind: 'ticks',
        of: 'warnings',
        help: '“No Archive Warnings Apply” is a promise to readers. ficferry never makes it for you.',
        needed: true,
      },
      { key: 'categories', kind: 'ticks', of: 'categories' },
    ],
  },
  {
    title: 'Notes and the rest',
    fields: [
      { key: 'notes', kind: 'prose' },
      { key: 'endNotes', kind: 'prose' },
      { key: 'series', kind: 'series' },
      { key: 'recipient', kind: 'line', help: 'Whom it was written for.' },
      { key: 'language', kind: 'language' },
      { key: 'complete', kind: 'progress', also: ['status', 'part', 'expectedChapters'] },
      { key: 'published', kind: 'day', also: ['postedAt'] },
      { key: 'updated', kind: 'day' },
      { key: 'onArchive', kind: 'place' },
    ],
  },
];

export const FIELDS: readonly FieldSpec[] = GROUPS.flatMap(({ fields }) => fields);

/** The list of names that a tag field holds. */
export function namesIn(work: Work, key: string): string[] {
  if (key === 'authors') return work.authors;
  const value = (work.archive as Record<string, string[] | string | undefined>)[key];
  return Array.isArray(value) ? value : [];
}

/** A field's value as a person reads it; empty where there is none. */
export function shownOf(work: Work, { key, kind }: FieldSpec): string {
  switch (kind) {
    case 'tags':
    case 'ticks':
      return list(namesIn(work, key), '');
    case 'choice':
      return work.archive.rating;
    case 'language':
      return languageName(work.language);
    case 'series':
      return work.series ? seriesOf(work.series) : '';
    case 'progress':
      return progressOf(work);
    case 'day':
      return day(textIn(work, key));
    case 'place':
      return work.onArchive ? `${work.onArchive.url}${work.onArchive.draft ? ' (a draft)' : ''}` : '';
    default:
      return textIn(work, key);
  }
}

/** A field that is plain text. */
export function textIn(work: Work, key: string): string {
  const value = (work as unknown as Record<string, unknown>)[key];
  return typeof value === 'string' ? value : '';
}

function seriesOf({ name, number }: NonNullable<Work['series']>): string {
  return number === undefined ? named(name) : `${named(name)}, part ${number}`;
}

function progressOf({ complete, chapters, expectedChapters }: Work): string {
  if (complete) return `${chapters.length} of ${chapters.length}: finished`;
  return `${chapters.length} of ${expectedChapters ?? '?'}: not finished`;
}
