/**
 * The stand-in's reader of fetched pages. Written from the facts about the archive, not from what the bundle writes,
 * and working on bytes as the importer does. This is the reader for addresses that the archive does not know; for
 * those that it takes for a journal's see `journalReader.ts`.
 */
import { load } from 'cheerio';
import iconv from 'iconv-lite';
import { readJournal } from './journalReader.js';
import { type Labels, type ReadOptions, readLabels } from './labels.js';
import { NO_TITLE, WARNINGS } from './rules.js';

export interface Imported {
  title: string;
  /** HTML as read, not sanitised yet. */
  summary: string;
  notes: string;
  date: string;
  /** Absent where no page said anything. */
  rating?: string;
  warnings: string[];
  fandoms: string[];
  relationships: string[];
  characters: string[];
  tags: string[];
  chapters: { title: string; summary: string; notes: string; date: string; content: string }[];
}

/** Imports pages as the chapters of one work. */
export function importPages(
  pages: readonly Uint8Array[],
  options: ReadOptions & { addresses?: string[] } = {},
): Imported {
  const { addresses, ...rest } = options;
  const read = pages.map((page, index) => readPage(page, { address: addresses?.[index], ...rest }));
  const first = read[0] as Page;
  const chapters = read.map((page, index) => ({
    // A later page's title becomes the chapter's where it has none of its own.
    title: page.chapterTitle || (index === 0 ? '' : page.title),
    summary: index === 0 ? '' : page.summary,
    notes: index === 0 ? '' : page.notes,
    date: page.date,
    content: page.content,
  }));
  const tags = [...first.tags];
  const warnings = first.warnings.filter((name) => {
    if (WARNINGS.includes(name)) return true;
    tags.push(name);
    return false;
  });
  const { content: _content, chapterTitle: _chapterTitle, ...fields } = first;
  return {
    ...fields,
    title: first.title || NO_TITLE,
    tags,
    warnings,
    date: chapters.at(-1)?.date ?? '',
    chapters,
  };
}

/** Which reader the archive picks: the first of these that stands anywhere in the address. */
export function readerOf(address: string): 'dreamwidth' | 'journal' | 'unknown' {
  if (/dreamwidth\.org/i.test(address)) return 'dreamwidth';
  return /(live|dead|insane)journal\.com|journalfen(\.net|\.com)/i.test(address) ? 'journal' : 'unknown';
}

/** What one page gives; the title is never left open. */
export type Page = Labels & { title: string; content: string };

/** Reads one page; `options.address` says whose. Throws an ImportFailure where the import of the page would break off. */
export function readPage(bytes: Uint8Array, options: ReadOptions = {}): Page {
  const raw = Buffer.from(bytes).toString('latin1');
  const page = load(decode(bytes, raw, options.encoding));
  const kind = readerOf(options.address ?? '');
  if (kind !== 'unknown') return readJournal(page, kind, options);
  const content = page('.chapter-content').first();
  // Without the element, all of the page is the text, and that begins with what the head says.
  const whole = () => (page('head').html() ?? '') + (page('body').html() ?? '');
  const fields = readLabels(raw, options);
  return {
    ...fields,
    title: fields.title ?? page('title').text().trim(),
    content: content.length > 0 ? (content.html() ?? '') : whole(),
  };
}

/** The page's own word counts, its server's and a byte order mark do not; without it bytes are Windows-1252. */
function decode(bytes: Uint8Array, raw: string, encoding = ''): string {
  const said = encoding || /<meta[^>]*charset\s*=\s*["']?([\w-]+)/i.exec(raw)?.[1] || '';
  return iconv.decode(Buffer.from(bytes), iconv.encodingExists(said) ? said : 'windows-1252', { stripBOM: false });
}
