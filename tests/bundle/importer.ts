/**
 * A stand-in of the archive's importer: what it reads from a page whose address it does not know. Written from the
 * facts about the archive, not from what the bundle writes, and working on bytes as the importer does.
 */
import { load } from 'cheerio';
import { archive } from './works.js';

/** Word → what the importer calls it. Each word is looked for in singular and plural, anywhere, in any case. */
const ALWAYS = {
  title: 'Title|Titles',
  summary: 'Summary|Summaries',
  date: 'Date|Posted|Posted on|Posted at|Posted ats',
};
const CHAPTER_TITLE = 'Chapter Title|Chapter Titles';
const DETECTED = {
  notes: 'Note|Notes',
  tags: 'Tag|Tags',
  fandoms: 'Fandom|Fandoms',
  rating: 'Rating|Ratings',
  warnings: 'Warning|Warnings',
  relationships: 'Relationship|Pairing|Pairings',
  characters: 'Character|Characters',
};

export interface Imported {
  title: string;
  /** HTML as stored. */
  summary: string;
  notes: string;
  date: string;
  rating: string;
  warnings: string[];
  fandoms: string[];
  relationships: string[];
  characters: string[];
  tags: string[];
  chapters: { title: string; summary: string; notes: string; date: string; content: string }[];
}

/** Imports pages as the chapters of one work, as the address form does with tags detected. */
export function importPages(pages: readonly Uint8Array[]): Imported {
  const read = pages.map(readPage);
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
    if (archive.warnings.includes(name)) return true;
    tags.push(name);
    return false;
  });
  const { content: _content, chapterTitle: _chapterTitle, ...fields } = first;
  return {
    ...fields,
    title: first.title || 'Untitled Imported Work',
    tags,
    warnings,
    date: chapters.at(-1)?.date ?? '',
    chapters,
  };
}

/** Which reader the archive picks for an address. */
export function readerOf(url: string): 'journal' | 'unknown' {
  return /((live|dead|insane)journal\.com)|journalfen(\.net|\.com)|dreamwidth\.org/i.test(url) ? 'journal' : 'unknown';
}

type Page = Omit<Imported, 'chapters'> & { chapterTitle: string; content: string };

export function readPage(bytes: Uint8Array): Page {
  const raw = Buffer.from(bytes).toString('latin1');
  const charset = /<meta charset="utf-8">/i.test(raw.slice(0, 1024)) ? 'utf-8' : 'windows-1252';
  const page = load(new TextDecoder(charset).decode(bytes));
  const content = page('.chapter-content').first();
  const text = raw
    .replaceAll('<br', '\n<br')
    .replaceAll('<p', '\n<p')
    .replace(/<\/?(label|span|div|b)(.*?)?>/g, '');
  const value = (words: string) => find(text, words);
  const tags = (words: string) => tagList(value(words) ?? '');
  return {
    title: plain(value(ALWAYS.title) ?? page('title').text()),
    chapterTitle: plain(value(CHAPTER_TITLE) ?? ''),
    summary: html(value(ALWAYS.summary) ?? ''),
    notes: html(value(DETECTED.notes) ?? ''),
    date: date(value(ALWAYS.date) ?? ''),
    rating: rating(value(DETECTED.rating) ?? ''),
    warnings: tags(DETECTED.warnings),
    fandoms: tags(DETECTED.fandoms),
    relationships: tags(DETECTED.relationships),
    characters: tags(DETECTED.characters),
    tags: tags(DETECTED.tags),
    content: (content.length > 0 ? content : page('body')).html() ?? '',
  };
}

/** The first hit's value. Only plain spaces may stand around the colon, and a closing tag at the end is dropped. */
function find(text: string, words: string): string | undefined {
  const hit = new RegExp(`(?:${words}) *: *([^\\n]*?)(?:</(?:p|div)>)?(?=\\n|$)`, 'i').exec(text);
  return hit?.[1]?.replace(/^(\s*<\/[^>]+>)+/, '').trim();
}

/** Bytes beyond ASCII are dropped from whatever is no tag. */
const ascii = (value: string) => value.replace(/[^\0-\x7f]/g, '');

/** Of a title all tags go; angle brackets were made harmless before. */
function plain(value: string): string {
  return load(ascii(value).replaceAll('<', '&lt;').replaceAll('>', '&gt;'), null, false).text().trim();
}

function html(value: string): string {
  return load(ascii(value), null, false).html();
}

function tagList(value: string): string[] {
  const text = load(Buffer.from(value, 'latin1').toString('utf8'), null, false).text();
  return text
    .split(',')
    .map((tag) =>
      [
        ...tag
          .replace(/[*<>]/g, '')
          .trim()
          .split(/[ \t\n]+/)
          .join(' '),
      ]
        .slice(0, 150)
        .join(''),
    )
    .filter((tag) => tag !== '');
}

function rating(value: string): string {
  const word = value.toLowerCase();
  if (/^(nc-?1[78]|x|ma|explicit)/.test(word)) return 'Explicit';
  if (/^(r|m)/.test(word)) return 'Mature';
  if (/^(pg-?1[35]|t)/.test(word)) return 'Teen And Up Audiences';
  if (/^(pg|g|k)/.test(word)) return 'General Audiences';
  return 'Not Rated';
}

/** Only an ISO date is read the same by everybody; all digits is taken for seconds and fails. */
function date(value: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(value) ? value : '';
}
