/** "Copy for the archive": what one of the archive's forms takes of a work, as the text that the form filler reads. */
import type { ArchivesFile } from '../config/archives.js';
import type { Chapter, Work } from '../model.js';
import { textToHtml } from '../text/index.js';

export type FormKind = 'work' | 'chapter' | 'import';
/** A text, a tick, or a list: of boxes to tick, of tags, or of words by any of which a choice may be called. */
export type FieldValue = string | boolean | readonly string[];

export interface Packet {
  /** The version of this form of text. */
  ficferry: 1;
  form: FormKind;
  /** What the filler's box says it holds. */
  about: string;
  /** Field of `forms` in `config/archives.yaml` → its value. Fields without a value are left out and left alone. */
  fields: Record<string, FieldValue>;
}

type Archive = ArchivesFile['archive'];

/** New Work, or Edit Work. The text of the first chapter is `content`, which the sheet adds as the button is pressed. */
export function workPacket(work: Work, archive: Archive): Packet {
  const [first] = work.chapters;
  const isSingle = work.chapters.length === 1 && work.complete;
  const { rating, warnings, categories, fandoms, relationships, characters, additionalTags } = work.archive;
  return packet('work', work.title, {
    restricted: work.restricted,
    rating,
    warnings,
    fandoms,
    categories,
    relationships,
    characters,
    additionalTags,
    title: work.title,
    summary: html(work.summary),
    notes: html(work.notes),
    endNotes: html(work.endNotes),
    recipient: work.recipient,
    series: work.series?.name,
    totalChapters: isSingle ? undefined : totalOf(work),
    chapterTitle: isSingle ? undefined : first?.title,
    date: dateOf(first, work.published),
    language: [work.language, ...(archive.languageNames[work.language] ?? [])],
  });
}

/** New Chapter or Edit Chapter, of chapter `index` (from 0). */
export function chapterPacket(work: Work, index: number): Packet {
  const chapter = work.chapters[index];
  if (!chapter) throw new RangeError(`${work.title} has no chapter ${index + 1}`);
  return packet('chapter', `${work.title}, chapter ${index + 1}`, {
    chapterTitle: chapter.title,
    position: String(index + 1),
    totalChapters: totalOf(work),
    date: dateOf(chapter, work.updated),
    summary: html(chapter.summary),
    notes: html(chapter.notes),
    endNotes: html(chapter.endNotes),
  });
}

export function packet(form: FormKind, about: string, values: Record<string, FieldValue | undefined>): Packet {
  const isGiven = (value: FieldValue | undefined): value is FieldValue =>
    value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
  const fields = Object.fromEntries(
    Object.entries(values).filter((field): field is [string, FieldValue] => isGiven(field[1])),
  );
  return { ficferry: 1, form, about, fields };
}

/** "?" where nobody knows how many there will be. */
function totalOf(work: Work): string {
  return String(work.complete ? work.chapters.length : (work.expectedChapters ?? '?'));
}

function dateOf(chapter: Chapter | undefined, otherwise: string | undefined): string | undefined {
  return chapter?.postedAt?.slice(0, 10) ?? otherwise;
}

function html(text: string | undefined): string | undefined {
  return text === undefined ? undefined : textToHtml(text);
}
