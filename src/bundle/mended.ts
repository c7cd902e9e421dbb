/** What the author decided about her texts: passages that go, and chapters that may be split. */
import type { ArchivesFile } from '../config/archives.js';
import type { Chapter, EntryKey, Work } from '../model.js';
import { countWords, type Removal, splitHtml, withoutPassages } from '../text/index.js';
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

/** A work as it goes out, and its texts. */
export class MendedWork {
  /** While a text's pieces are asked for in order, it is read once. */
  #held: { entry: EntryKey; story: Story; pieces: string[] } | undefined;

  private constructor(
    readonly work: Work,
    private readonly texts: Texts,
  ) {}

  /** Where chapters may be split, each text is read once, to see how many pieces it makes; else none is. */
  static async of(given: Work, storyOf: StoryOf, archive: Archive): Promise<MendedWork> {
    const texts = { storyOf, removal: Promotion.of(archive.promotion).removal(given.redact), archive };
    const work = texts.removal ? withoutPromotion(given, texts.removal) : given;
    return new MendedWork(work.split ? await splitWork(work, texts) : work, texts);
  }

  /** The texts of a work that went out so: its chapters are split and its fields mended already. */
  static again(work: Work, storyOf: StoryOf, archive: Archive): MendedWork {
    return new MendedWork(work, { storyOf, removal: Promotion.of(archive.promotion).removal(work.redact), archive });
  }

  async textOf({ entry, piece }: Chapter): Promise<Story> {
    const held = this.#held?.entry === entry ? this.#held : undefined;
    this.#held = undefined;
    const story = held?.story ?? (await this.texts.storyOf(entry));
    if (!piece) return { ...story, html: tidy(story.html, this.texts) };
    const pieces = held?.pieces ?? piecesOf(story.html, this.texts);
    if (piece.number < piece.of) this.#held = { entry, story, pieces };
    return { ...story, html: pieces[piece.number - 1] ?? '' };
  }
}

interface Texts {
  storyOf: StoryOf;
  removal: Removal | undefined;
  archive: Archive;
}

/** Pieces share entry and date; the first has the chapter's summary and notes, the last its end notes. */
async function splitWork(work: Work, texts: Texts): Promise<Work> {
  const chapters: Chapter[] = [];
  for (const chapter of work.chapters) {
    const pieces = piecesOf((await texts.storyOf(chapter.entry)).html, texts);
    chapters.push(...pieces.map((html, index) => pieceOf(chapter, index, pieces.length, html)));
  }
  const more = chapters.length - work.chapters.length;
  const { expectedChapters } = work;
  return {
    ...work,
    ...(expectedChapters !== undefined && { expectedChapters: expectedChapters + more }),
    chapters: chapters.map((chapter, index) => ({ ...chapter, position: index + 1 })),
  };
}

function tidy(html: string, { removal }: Texts): string {
  return removal ? withoutPassages(html, removal) : html;
}

function piecesOf(html: string, texts: Texts): string[] {
  const text = tidy(html, texts);
  const longest = Math.floor(texts.archive.limits.chapterMax * FULL);
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

/** Not prose: addresses of posts, and names of files. */
const AS_THEY_ARE: ReadonlySet<string> = new Set(['slug', 'entry', 'url', 'redact']);

/** Every field without the passages, the header and the evidence included; a list of passages is not kept, since it holds them. */
function withoutPromotion(work: Work, removal: Removal): Work {
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
