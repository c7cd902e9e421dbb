/** One chapter as Markdown, its metadata in front as YAML. */
import { Document, type DocumentOptions, type SchemaOptions, visit } from 'yaml';
import type { Work } from '../model.js';

/**
 * The Markdown file of chapter `index` (from 0). Each file carries the whole of its work's fields, so that it can be
 * read without the others. The order of fields never changes; unknown ones are left out.
 */
export function chapterMarkdown(work: Work, index: number, markdown: string): string {
  return `---\n${yaml(frontMatter(work, index))}---\n\n${markdown.trim()}\n`;
}

/** Most readers of front matter still go by YAML 1.1, where `no` is false and `2009-05-01` a time: those are quoted. */
const YAML: DocumentOptions & SchemaOptions = {
  version: '1.1',
  // Its own tag for `<<` writes that without quotes, even for a title.
  customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || tag.tag !== 'tag:yaml.org,2002:merge'),
};

/** What some reader takes for a number, a merge or a default where it stands bare: `0o17`, `<<`, `=`. */
const RISKY = /^[-+.\d=<~]/;
/** What YAML does not count as printable, or as no end of a line in one version and as one in the other. */
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;

function yaml(fields: Record<string, unknown>): string {
  const document = new Document(fields, { ...YAML, aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_, scalar) {
      const { value } = scalar;
      if (typeof value !== 'string') return;
      if (/\t/.test(value) || RISKY.test(value) || UNPRINTABLE.test(value)) scalar.type = 'QUOTE_DOUBLE';
    },
  });
  // All of them stand within quotes now.
  return document
    .toString({ lineWidth: 0 })
    .replace(new RegExp(UNPRINTABLE, 'g'), (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function frontMatter(work: Work, index: number): Record<string, unknown> {
  const chapter = work.chapters[index];
  if (!chapter) throw new RangeError(`${work.slug} has no chapter ${index + 1}`);
  const { archive } = work;
  const fields: Record<string, unknown> = {
    title: work.title,
    authors: work.authors,
    chapter: index + 1,
    chapters: work.chapters.length,
    expectedChapters: work.expectedChapters,
    chapterTitle: chapter.title,
    posted: chapter.postedAt,
    published: work.published,
    updated: work.updated,
    fandoms: archive.fandoms,
    relationships: archive.relationships,
    characters: archive.characters,
    rating: archive.rating,
    warnings: archive.warnings,
    categories: archive.categories,
    tags: archive.additionalTags,
    language: work.language,
    complete: work.complete,
    words: chapter.wordCount,
    wordsOfWork: work.wordCount,
    series: work.series,
    recipient: work.recipient,
    summary: work.summary,
    notes: work.notes,
    endNotes: work.endNotes,
    chapterSummary: chapter.summary,
    chapterNotes: chapter.notes,
    chapterEndNotes: chapter.endNotes,
    restricted: work.restricted || undefined,
    source: chapter.url,
    entry: chapter.entry,
  };
  const known = ([, value]: [string, unknown]) =>
    value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(fields).filter(known));
}
