/** What the author decided about her texts: passages that go, and chapters that may be split. */
import type { ArchivesFile } from '../config/archives.js';
import type { Chapter, EntryKey, Work } from '../model.js';
import { countWords, splitHtml, withoutPassages } from '../text/index.js';
import type { Story } from './limits.js';
import { Promotion, textWithout } from './promotion.js';
import { characters } from './tags.js';

type Archive = ArchivesFile['archive'];
export type StoryOf = (key: EntryKey) => Promise<Story>;

/**
 * How full a piece may be, of what the archive takes: pictures that are gone become links later on, which are some characters
 * longer, and the archive's own tidying adds a few.
 */
const FULL = 0.98;

/**
 * The work as it goes out. Where chapters may be split, each text is read once to see how many pieces it makes; else none is.
 * Pieces share entry and date; the first has the chapter's summary and notes, the last its end notes.
 */
export async function mendedWork(work: Work, storyOf: StoryOf, archive: Archive): Promise<Work> {
  const tidy = withoutPromotion(work, archive);
  if (!work.split) return tidy;
  const chapters: Chapter[] = [];
  for (const chapter of tidy.chapters) {
    const texts = piecesOf((await storyOf(chapter.entry)).html, work, archive);
    chapters.push(...texts.map((html, index) => pieceOf(chapter, index, texts.length, html)));
  }
  const more = chapters.length - tidy.chapters.length;
  const expected = tidy.expectedChapters;
  return {
    ...tidy,
    ...(expected !== undefined && { expectedChapters: expected + more }),
    chapters: chapters.map((chapter, index) => ({ ...chapter, position: index + 1 })),
  };
}

/** Gives the texts of a work that `mendedWork` made; while a text's pieces are asked for in order it is read once. */
export class MendedTexts {
  #held: { entry: EntryKey; story: Story; pieces: string[] } | undefined;

  constructor(
    private readonly storyOf: StoryOf,
    private readonly archive: Archive,
  ) {}

  async of(work: Work, { entry, piece }: Chapter): Promise<Story> {
    const held = this.#held?.entry === entry ? this.#held : undefined;
    this.#held = undefined;
    const story = held?.story ?? (await this.storyOf(entry));
    if (!piece) return { ...story, html: withoutPassagesOf(work, story.html, this.archive) };
    const pieces = held?.pieces ?? piecesOf(story.html, work, this.archive);
    if (piece.number < piece.of) this.#held = { entry, story, pieces };
    return { ...story, html: pieces[piece.number - 1] ?? '' };
  }
}

function piecesOf(html: string, work: Work, archive: Archive): string[] {
  const text = withoutPassagesOf(work, html, archive);
  const longest = Math.floor(archive.limits.chapterMax * FULL);
  return characters(text) > longest ? splitHtml(text, longest) : [text];
}

function pieceOf(chapter: Chapter, index: number, of: number, html: string): Chapter {
  if (of === 1) return chapter;
  const { summary, notes, endNotes, mended, garbled, title, ...rest } = chapter;
  const first = { ...(title && { title }), ...(summary && { summary }), ...(notes && { notes }) };
  const named = { title: continued(title, index) };
  return {
    ...rest,
    ...(index === 0 ? { ...first, ...(mended && { mended }), ...(garbled && { garbled }) } : named),
    ...(index === of - 1 && endNotes && { endNotes }),
    wordCount: countWords(html),
    piece: { number: index + 1, of },
  };
}

/** "The Storm (continued)", "The Storm (continued, 2)"; of a chapter without a title "Continued". */
function continued(title: string | undefined, index: number): string {
  const which = index > 1 ? `, ${index}` : '';
  return title ? `${title} (continued${which})` : `Continued${which}`;
}

function withoutPassagesOf(work: Work, html: string, archive: Archive): string {
  const removal = Promotion.of(archive.promotion).removal(work.redact);
  return removal ? withoutPassages(html, removal) : html;
}

/** Not prose: addresses of posts, and names of files. */
const AS_THEY_ARE: ReadonlySet<string> = new Set(['slug', 'entry', 'url', 'redact']);

/** Every field without the passages, the header and the evidence included; a list of passages is not kept, since it holds them. */
function withoutPromotion(work: Work, archive: Archive): Work {
  const removal = Promotion.of(archive.promotion).removal(work.redact);
  if (!removal) return work;
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return textWithout(value, removal);
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, AS_THEY_ARE.has(name) ? inner : clean(inner)]),
    );
  };
  return { ...(clean(work) as Work), redact: work.redact === true };
}
