/** What is settled of a book before any of its text is read. */
import { createHash } from 'node:crypto';
import type { BundleChapter, BundleWork } from '../../bundle/index.js';

export interface Book {
  work: BundleWork;
  /** `urn:uuid:…`, of the work's first entry alone, so that a book made again replaces the old one in a reader's library. */
  identifier: string;
  /** As BCP 47 has it. */
  language: string;
  rightToLeft: boolean;
  /** `YYYY-MM-DDT00:00:00Z` of the last chapter: what was made today and what will be made tomorrow are one book. */
  modified: string;
  chapters: BookChapter[];
}

export interface BookChapter {
  chapter: BundleChapter;
  /** From 1. */
  number: number;
  /** As the contents have it. */
  name: string;
  /** Beside the other documents. */
  file: string;
}

/** Said of works whose dates nobody knows; the format wants one. */
const NO_DATE = '1980-01-01';

export function bookOf(work: BundleWork): Book {
  const language = languageTag(work.language);
  const last = work.updated ?? work.chapters.at(-1)?.postedAt ?? work.published ?? NO_DATE;
  return {
    work,
    identifier: `urn:uuid:${uuidOf(work.chapters[0]?.entry ?? work.slug)}`,
    language,
    rightToLeft: isRightToLeft(language),
    modified: `${last.slice(0, 10)}T00:00:00Z`,
    chapters: work.chapters.map((chapter, index) => ({
      chapter,
      number: index + 1,
      name: nameOf(work, chapter, index + 1),
      file: chapter.markdown.replace(/^.*\/(.*)\.md$/, '$1.xhtml'),
    })),
  };
}

function nameOf({ title, chapters }: BundleWork, chapter: BundleChapter, number: number): string {
  if (chapters.length === 1) return chapter.title ?? title;
  return chapter.title === undefined ? `Chapter ${number}` : `${number}. ${chapter.title}`;
}

/** RFC 9562's version 8: bits of our own choosing, here of a SHA-256, for which no other version is. */
function uuidOf(key: string): string {
  const bytes = createHash('sha256').update(`ficferry:${key}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The archive writes "ptBR" for what the rest of the world writes "pt-BR". */
function languageTag(code: string): string {
  const tag = code.replace(/^([a-z]{2,3})([A-Z]{2})$/, '$1-$2');
  // "und" is what is said where the language is not known.
  return /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/.test(tag) ? tag : 'und';
}

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo']);

/** By the script that the language is written in. */
function isRightToLeft(tag: string): boolean {
  try {
    return RIGHT_TO_LEFT.has(new Intl.Locale(tag).maximize().script ?? '');
  } catch {
    return false;
  }
}
