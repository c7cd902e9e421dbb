/**
 * One work for people: every field of the archive's posting form and every chapter, each ready to copy.
 * Written in pieces, so that no more than one chapter's text is in memory.
 */
import type { ArchivesFile } from '../config/archives.js';
import { chapterPacket, type Packet, workPacket } from '../filler/index.js';
import type { Evidence, OnArchive, Work } from '../model.js';
import { withheldText } from '../people/index.js';
import { textToHtml } from '../text/index.js';
import { type BundleWork, keepsBack, type Misfit } from './format.js';
import { escapeHtml, escapeLines, link, PAGE_END, pageStart, unescapeHtml } from './html.js';
import { chapterAnchor } from './links.js';

/** Everything before the chapters. `misfits` are those of this work's fields. */
export function sheetStart(
  work: BundleWork,
  misfits: readonly Misfit[],
  archive: ArchivesFile['archive'],
  { pictures = false } = {},
): string {
  return [
    pageStart(work.title, { pictures }),
    '<p><a href="../index.html">All works</a></p>\n',
    `<h1>${escapeHtml(work.title)}</h1>\n`,
    work.restricted ? RESTRICTED : '',
    work.withheld
      ? `<p class="mend"><strong>Not to be posted</strong>: ${escapeHtml(withheldText(work.withheld))}.</p>\n`
      : '',
    work.onArchive ? onArchive(work.onArchive) : '',
    mend(misfits),
    work.questions
      .map(
        (question) =>
          `<p class="ask"><strong>${escapeHtml(question.field)}</strong>: ${escapeHtml(question.text)}</p>\n`,
      )
      .join(''),
    '<h2>The posting form</h2>\n',
    packetButton('w', workPacket(work, archive), `${chapterAnchor(0)}-text`, 'New Work'),
    fieldList(formFields(work, archive), 'w', work.evidence),
    lost(work),
  ].join('');
}

/** A button that copies what the form filler reads; a chapter's text stands on the sheet once and is put in as it is pressed. */
function packetButton(id: string, packet: Packet, text: string, form: string): string {
  return (
    `<p><button type="button" data-copy="${id}-packet" data-content="${text}">Copy for the archive</button> ` +
    `fills in its ${form} form by the <a href="../index.html#filler">form filler</a>.</p>\n` +
    `<span id="${id}-packet" hidden>${escapeHtml(JSON.stringify(packet))}</span>\n`
  );
}

/** A chapter's text twice: to be copied, as the archive gets it, and to be read here, with the bundle's own pictures and links to other sheets. */
export interface ChapterText {
  html: string;
  shown: string;
}

/** Chapter `index` (from 0). */
export function sheetChapter(
  work: BundleWork,
  index: number,
  { html, shown }: ChapterText,
  misfits: readonly Misfit[],
): string {
  const chapter = work.chapters[index];
  if (!chapter) throw new RangeError(`${work.slug} has no chapter ${index + 1}`);
  const id = chapterAnchor(index);
  const heading = work.chapters.length > 1 ? `Chapter ${index + 1}` : 'The text';
  return [
    `<h2 id="${id}">${escapeHtml(chapter.title ? `${heading}: ${chapter.title}` : heading)}</h2>\n`,
    mend(misfits),
    hasChapterForms(work)
      ? packetButton(id, chapterPacket(work, index), `${id}-text`, index > 0 ? 'New Chapter' : 'Edit Chapter')
      : '',
    fieldList(
      [
        { name: 'Chapter title', shown: chapter.title },
        { name: 'Posted', shown: chapter.postedAt?.slice(0, 10) },
        prose('Chapter summary', chapter.summary),
        prose('Chapter notes', chapter.notes),
        prose('Chapter end notes', chapter.endNotes),
      ].filter((field) => field.shown),
      id,
    ),
    `<p>${chapter.wordCount.toLocaleString('en-US')} words, from ${link(chapter.url, chapter.url)}. `,
    `<button type="button" data-copy="${id}-text">Copy the text as HTML</button></p>\n`,
    // The first newline after <textarea> is the parser's, not the text's.
    `<textarea id="${id}-text" readonly spellcheck="false" aria-label="${heading} as HTML">\n${escapeHtml(html)}</textarea>\n`,
    `<details open><summary>Read it</summary>\n<div class="story">\n${shown}\n</div>\n</details>\n`,
  ].join('');
}

/** Whether the archive's chapter form has anything to fill in: a work that is one finished chapter is posted whole. */
export function hasChapterForms(work: Work): boolean {
  return work.chapters.length > 1 || !work.complete;
}

/** What a sheet's "Copy the text as HTML" copies of chapter `index` (from 0); nothing where the sheet has none such. */
export function copiedText(sheet: string, index: number): string | undefined {
  const start = sheet.indexOf(`<textarea id="${chapterAnchor(index)}-text"`);
  if (start < 0) return undefined;
  const end = sheet.indexOf('</textarea>', start);
  return unescapeHtml(sheet.slice(sheet.indexOf('>\n', start) + 2, end));
}

export const SHEET_END = PAGE_END;

/** A field of the archive's posting form, as a sheet shows it. */
export interface FormField {
  name: string;
  /** Field of the work that evidence is kept under. */
  key?: string;
  /** Absent where the work has nothing for it. */
  shown: string | undefined;
  /** What the button copies where it isn't what is shown: prose goes into the form as HTML. */
  copied?: string;
  /** The form has a list or boxes here, into which nothing can be pasted. */
  pick?: 'Choose' | 'Tick';
}

const RESTRICTED =
  '<p class="mend"><strong>Restricted</strong>: the journal shows this work to some readers only. It is in this sheet and in <code>works/</code>, and in nothing that an importer fetches.</p>\n';

/** Posting it again would make a second copy. */
function onArchive({ url, how, draft }: OnArchive): string {
  const known = how === 'decision' ? 'as you decided' : how === 'push' ? 'known by push.jsonl' : `known by its ${how}`;
  return `<p class="ask"><strong>On the archive already</strong>${draft ? ', as a draft' : ''}: ${link(url, url)} (${known})</p>\n`;
}

/** In the order of the archive's form. */
export function formFields(work: BundleWork, archives: ArchivesFile['archive']): FormField[] {
  const { archive } = work;
  const language = archives.languageNames[work.language]?.[0] ?? work.language;
  const list = (names: readonly string[]) => names.join(', ');
  const expected = work.complete ? work.chapters.length : (work.expectedChapters ?? '?');
  return [
    ...(work.restricted ? [{ name: 'Only for registered users', shown: 'this box', pick: 'Tick' as const }] : []),
    { name: 'Rating', key: 'rating', shown: archive.rating, pick: 'Choose' },
    { name: 'Archive warnings', key: 'warnings', shown: list(archive.warnings), pick: 'Tick' },
    { name: 'Fandoms', key: 'fandoms', shown: list(archive.fandoms) },
    { name: 'Categories', key: 'categories', shown: list(archive.categories), pick: 'Tick' },
    { name: 'Relationships', key: 'relationships', shown: list(archive.relationships) },
    { name: 'Characters', key: 'characters', shown: list(archive.characters) },
    { name: 'Additional tags', key: 'additionalTags', shown: list(archive.additionalTags) },
    { name: 'Work title', key: 'title', shown: work.title },
    { name: 'Creators', key: 'authors', shown: list(work.authors) },
    { ...prose('Summary', work.summary), key: 'summary' },
    { ...prose('Notes at the beginning', work.notes), key: 'notes' },
    { ...prose('Notes at the end', work.endNotes), key: 'endNotes' },
    { name: 'Gift to', key: 'recipient', shown: work.recipient },
    { name: 'Series', key: 'series', shown: series(work) },
    { name: 'Belongs to', shown: related(work) },
    { name: 'Chapters', shown: `${work.chapters.length}/${expected}` },
    { name: 'Publication date', shown: work.published, pick: 'Choose' },
    { name: 'Last chapter', shown: work.updated },
    { name: 'Language', key: 'language', shown: `${language[0]?.toUpperCase()}${language.slice(1)}`, pick: 'Choose' },
    { name: 'Words', shown: work.wordCount.toLocaleString('en-US') },
  ];
}

function prose(name: string, text: string | undefined): FormField {
  return { name, shown: text, ...(text === undefined ? {} : { copied: textToHtml(text) }) };
}

function series(work: Work): string | undefined {
  if (!work.series) return undefined;
  return work.series.number === undefined ? work.series.name : `${work.series.name}, part ${work.series.number}`;
}

function related(work: Work): string | undefined {
  return work.related?.map(({ relation, title }) => `${relation} of “${title}”`).join('; ');
}

function fieldList(fields: readonly FormField[], prefix: string, evidence: Record<string, Evidence> = {}): string {
  if (fields.length === 0) return '';
  const rows = fields.map((field, index) => {
    const id = `${prefix}-${index + 1}`;
    const found = field.key === undefined ? undefined : evidence[field.key];
    const from = found ? `<span class="from">${escapeHtml(origin(found))}</span>` : '';
    if (!field.shown) return `<dt>${field.name}</dt><dd>–${from}</dd><dd></dd>\n`;
    if (field.pick) {
      const value = `<span class="pick">${field.pick}</span> <span class="value" id="${id}">${escapeHtml(field.shown)}</span>`;
      return `<dt>${field.name}</dt><dd>${value}${from}</dd><dd></dd>\n`;
    }
    const hidden = field.copied === undefined ? '' : `<span id="${id}" hidden>${escapeHtml(field.copied)}</span>`;
    const own = field.copied === undefined ? ` id="${id}"` : '';
    const button = `<button type="button" data-copy="${id}" aria-label="Copy ${field.name.toLowerCase()}">Copy</button>`;
    return `<dt>${field.name}</dt><dd><span class="value"${own}>${escapeHtml(field.shown)}</span>${hidden}${from}</dd><dd>${button}</dd>\n`;
  });
  return `<dl class="fields">\n${rows.join('')}</dl>\n`;
}

const ORIGINS: Record<Evidence['from'], string> = {
  header: "from the post's header",
  subject: "from the post's subject",
  tag: "from the post's tags",
  inferred: 'worked out',
  decision: 'as you decided',
};

function origin(evidence: Evidence): string {
  const line = evidence.line === undefined ? '' : `, line ${evidence.line}`;
  const raw = evidence.raw.length > 200 ? `${[...evidence.raw].slice(0, 200).join('')}…` : evidence.raw;
  return `${ORIGINS[evidence.from]}${line}${raw ? `: ${raw}` : ''}`;
}

function mend(misfits: readonly Misfit[]): string {
  return misfits
    .map(
      (misfit) =>
        `<p class="${keepsBack(misfit) ? 'mend' : 'ask'}">${escapeLines(misfit.message)} ${escapeHtml(misfit.advice)}</p>\n`,
    )
    .join('');
}

/** What no way of importing carries, to be set by hand afterwards. */
function lost(work: BundleWork): string {
  const first = work.chapters[0];
  const things = [
    work.series && 'the series',
    work.recipient && 'the gift',
    work.endNotes && 'the notes at the end',
    work.chapters.some((chapter) => chapter.endNotes) && "chapters' notes at the end",
    (first?.summary || first?.notes) && 'the summary and notes of the first chapter',
    !work.complete && 'that the work is not complete',
    work.archive.categories.length > 0 && 'the categories, where you import by address',
  ].filter((thing) => typeof thing === 'string' && thing !== '');
  if (things.length === 0) return '';
  return `<p>An importer does not carry these; set them by hand afterwards: ${escapeHtml(things.join('; '))}.</p>\n`;
}
