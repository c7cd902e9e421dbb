/** `otwarchive/works.json`: the works as items of the archive's import API. */
import type { BundleWork } from '../bundle/index.js';
import type { ArchivesFile } from '../config/archives.js';
import { textToHtml } from '../text/index.js';
import type { Source, Target } from './target.js';

/** In every bundle; `verify` checks what stands there against the works. */
export const otwarchive: Target = {
  name: 'otwarchive',
  place: 'bag',
  async *files({ ready, archive }: Source) {
    const works = ready.map((work) => itemOf(work, archive));
    yield { path: 'otwarchive/works.json', secret: false, content: `${JSON.stringify({ works }, null, 2)}\n` };
  },
};

/** One element of `works` in a `POST /api/v2/works`. The API has no field for dates or chapters' titles: pages have. */
export interface Item {
  id: string;
  title: string;
  summary?: string;
  notes?: string;
  fandoms: string[];
  rating: string;
  warnings: string[];
  categories: string[];
  relationships: string[];
  characters: string[];
  additional_tags: string[];
  language_code: string;
  /** Left out where nothing of the name can be written in the characters that the API keeps. */
  external_author_name?: string;
  external_coauthor_name?: string;
  /** Relative to the bag (`data/pages/SLUG/01.html`); whoever serves or pushes the pages resolves them. */
  chapter_urls: string[];
  encoding: 'UTF-8';
  detect_tags: false;
  override_tags: true;
}

/**
 * A work as an item. Whoever pushes it adds the address before each chapter and `external_author_email`, which no
 * journal tells.
 */
export function itemOf(work: BundleWork, archive: ArchivesFile['archive']): Item {
  const [author, coauthor] = work.authors.map((name) => externalName(name, archive)).filter((name) => name !== '');
  return {
    id: work.slug,
    title: work.title,
    ...(work.summary ? { summary: textToHtml(work.summary) } : {}),
    ...(work.notes ? { notes: textToHtml(work.notes) } : {}),
    fandoms: work.archive.fandoms,
    rating: work.archive.rating,
    warnings: work.archive.warnings,
    categories: work.archive.categories,
    relationships: work.archive.relationships,
    characters: work.archive.characters,
    additional_tags: work.archive.additionalTags,
    language_code: work.language,
    ...(author ? { external_author_name: author } : {}),
    ...(coauthor ? { external_coauthor_name: coauthor } : {}),
    chapter_urls: pageAddresses(work),
    encoding: 'UTF-8',
    detect_tags: false,
    override_tags: true,
  };
}

/** Where a work's pages stand in the bag, in order; none where it is restricted. */
export function pageAddresses(work: BundleWork): string[] {
  return work.chapters.flatMap(({ page }) => (page === undefined ? [] : `data/${page}`));
}

/** A name in what the API keeps of one: ASCII letters, digits, space and `_ - @ .`; other letters written in those. */
export function externalName(name: string, archive: ArchivesFile['archive']): string {
  return [...name.normalize('NFC')]
    .map((char) => ascii(char, archive))
    .join('')
    .replace(/[^A-Za-z0-9 _.@-]/g, '')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** "é" → "e", "Ж" → "Zh". */
function ascii(char: string, archive: ArchivesFile['archive']): string {
  if (/^[\x20-\x7e]$/.test(char)) return char;
  const lower = char.toLowerCase();
  const known = archive.transliteration[lower];
  if (known === undefined) return /^\s$/.test(char) ? ' ' : char.normalize('NFKD');
  return char === lower ? known : known.charAt(0).toUpperCase() + known.slice(1);
}
