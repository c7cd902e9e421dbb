/**
 * The labels that the stand-in's readers look for, on bytes as the importer does: `Label: value`, anywhere, in any
 * case, the first hit counts and the value goes on to the line's end.
 */
import { load } from 'cheerio';
import { readDate } from './dates.js';

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

export interface ReadOptions {
  /** Picks the reader. */
  address?: string;
  /** The form's "Set custom encoding"; counts for more than what the page says. */
  encoding?: string;
  /** False where the form says to read no tags and notes. */
  detect?: boolean;
  /** `YYYY-MM-DD`; later dates are dropped. */
  today?: string;
}

/** What labels say. Blank where a label is blank or missing, unless said otherwise. */
export interface Labels {
  /** Undefined where there is no such label. */
  title?: string;
  chapterTitle: string;
  /** HTML as read, not sanitised yet. */
  summary: string;
  notes: string;
  date: string;
  /** Undefined where there is no such label; "Not Rated" where it is blank. */
  rating?: string;
  warnings: string[];
  fandoms: string[];
  relationships: string[];
  characters: string[];
  tags: string[];
}

/** The labels in a page's raw bytes, given as Latin-1. */
export function readLabels(raw: string, options: ReadOptions): Labels {
  const text = raw
    .replaceAll('<br', '\n<br')
    .replaceAll('<p', '\n<p')
    .replace(/<\/?(label|span|div|b)(.*?)?>/g, '');
  const detect = options.detect ?? true;
  const value = (words: string) => find(text, words);
  const detected = (words: string) => (detect ? value(words) : undefined);
  const tags = (words: string) => tagList(detected(words) ?? '');
  const title = value(ALWAYS.title);
  const said = detected(DETECTED.rating);
  return {
    ...(title === undefined ? {} : { title: plain(title) }),
    chapterTitle: plain(value(CHAPTER_TITLE) ?? ''),
    summary: html(value(ALWAYS.summary) ?? ''),
    notes: html(detected(DETECTED.notes) ?? ''),
    date: readDate(value(ALWAYS.date) ?? '', options.today ?? '9999-12-31'),
    ...(said === undefined ? {} : { rating: rating(said) }),
    warnings: tags(DETECTED.warnings),
    fandoms: tags(DETECTED.fandoms),
    relationships: tags(DETECTED.relationships),
    characters: tags(DETECTED.characters),
    tags: tags(DETECTED.tags),
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
    .split(/[,，、]/)
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

/** By the first of these beginnings; that "Mature" begins with "ma" makes it Explicit. */
function rating(value: string): string {
  const word = value.toLowerCase();
  if (/^(nc-?1[78]|x|ma|explicit)/.test(word)) return 'Explicit';
  if (/^(r|m)/.test(word)) return 'Mature';
  if (/^(pg-?1[35]|t)/.test(word)) return 'Teen And Up Audiences';
  if (/^(pg|g|k)/.test(word)) return 'General Audiences';
  return 'Not Rated';
}
