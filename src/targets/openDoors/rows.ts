/** The works as rows of the archivists' tables. Pure but for the chapters' texts, which come one by one. */
import type { BundleChapter, BundleWork } from '../../bundle/index.js';
import { type People, personKey, withheldText } from '../../people/index.js';
import { textToHtml } from '../../text/index.js';
import type { Source } from '../target.js';
import { type Cut, fitted, type TableName, type Tables } from './fit.js';

/** A cell: `null` is nothing, a number an id or a flag. */
export type Cell = string | number | null;
export type Row = Record<string, Cell>;

/** All but the chapters, whose texts are long. */
export interface TableRows {
  authors: Row[];
  stories: Row[];
  story_links: Row[];
  /** Whose chapters are in the tables, with the ids they hang on. */
  told: { work: BundleWork; story: number; author: number | null }[];
  /** What did not fit. */
  cuts: Cut[];
}

/** Locked works are in no table; those whose authors refuse are there by their titles alone, so that nobody imports them by mistake. */
export function tableRows({ bundle, people, archive }: Pick<Source, 'bundle' | 'people' | 'archive'>): TableRows {
  const { tables } = archive.openDoors;
  const works = bundle.works.filter(({ restricted }) => !restricted);
  const authors = new Authors(works, people);
  const rows: TableRows = { authors: authors.rows(tables), stories: [], story_links: [], told: [], cuts: [] };
  for (const work of works) {
    const table = isLink(work) ? 'story_links' : 'stories';
    const id = rows[table].length + 1;
    const { row, cuts } = storyRow(work, id, table, authors, tables);
    rows[table].push(row);
    rows.cuts.push(...cuts);
    const [author = null] = authors.idsOf(work);
    if (table === 'stories' && work.withheld?.why !== 'refused') rows.told.push({ work, story: id, author });
  }
  return rows;
}

/** A post that only leads to a story that stands elsewhere. */
export function isLink({ chapters: [first, ...others] }: BundleWork): boolean {
  return others.length === 0 && first?.textAt !== undefined;
}

/** @param index from 0, @param id of the chapter itself */
export function chapterRow(
  { work, story, author }: TableRows['told'][number],
  chapter: BundleChapter,
  index: number,
  id: number,
  text: string,
  tables: Tables,
): Row {
  const { title, postedAt, url } = chapter;
  const row: Row = {
    id,
    position: index + 1,
    title: title ?? '',
    author_id: author,
    text,
    date: moment(postedAt),
    story_id: story,
    notes: proseOf([chapter.summary, chapter.notes, chapter.endNotes], work),
    url,
  };
  return fitted('chapters', row, tables).row;
}

class Authors {
  private readonly ids = new Map<string, number>();
  private readonly works = new Map<string, BundleWork[]>();
  private readonly names: string[] = [];

  constructor(
    works: readonly BundleWork[],
    private readonly people: People,
  ) {
    for (const work of works) {
      for (const name of work.authors) {
        const key = personKey(name);
        if (!this.ids.has(key)) this.ids.set(key, this.names.push(name));
        this.works.set(key, [...(this.works.get(key) ?? []), work]);
      }
    }
  }

  idsOf({ authors }: BundleWork): number[] {
    return [...new Set(authors.map((name) => this.ids.get(personKey(name)) as number))];
  }

  rows(tables: Tables): Row[] {
    return this.names.map((name, index) => {
      const person = this.people.of(name);
      const row: Row = {
        id: index + 1,
        name: person?.archiveName ?? name,
        email: person?.email ?? '',
        imported: flag(this.works.get(personKey(name))?.every(({ onArchive }) => onArchive) ?? false),
        do_not_import: flag(person?.doNotImport === true || person?.permission === 'no'),
        to_delete: 0,
      };
      return fitted('authors', row, tables).row;
    });
  }
}

function storyRow(
  work: BundleWork,
  id: number,
  table: Extract<TableName, 'stories' | 'story_links'>,
  authors: Authors,
  tables: Tables,
): { row: Row; cuts: Cut[] } {
  const { archive, chapters, withheld, onArchive } = work;
  const isSilent = withheld?.why === 'refused';
  const [author = null, coauthor = null] = authors.idsOf(work);
  const row: Row = {
    id,
    title: work.title,
    summary: isSilent ? '' : proseOf([work.summary]),
    notes: isSilent ? '' : proseOf([work.notes, work.endNotes]),
    author_id: author,
    coauthor_id: coauthor,
    rating: archive.rating,
    date: moment(chapters[0]?.postedAt),
    updated: moment(chapters.at(-1)?.postedAt),
    categories: archive.categories.join(', '),
    tags: archive.additionalTags.join(', '),
    warnings: archive.warnings.join(', '),
    fandoms: archive.fandoms.join(', '),
    characters: archive.characters.join(', '),
    relationships: archive.relationships.join(', '),
    language_code: work.language,
    url: (table === 'story_links' ? chapters[0]?.textAt : chapters[0]?.url) ?? null,
    imported: flag(onArchive !== undefined),
    do_not_import: flag(withheld !== undefined),
    ao3_url: onArchive?.url ?? null,
    broken_link: 0,
    import_notes: remarks(work).join('. '),
  };
  const own = Object.fromEntries(Object.keys(tables[table]).map((column) => [column, row[column] ?? null]));
  const { row: fit, cuts } = fitted(table, own, tables);
  return { row: fit, cuts: cuts.map((cut) => ({ ...cut, title: work.title })) };
}

/** What the tables have no column for. */
function remarks(work: BundleWork): string[] {
  const { withheld, authors, series, recipient, complete, chapters, expectedChapters } = work;
  return [
    ...(withheld ? [withheldText(withheld)] : []),
    ...(authors.length > 2 ? [`Also by ${authors.slice(2).join(', ')}`] : []),
    ...(series ? [`Series: ${series.name}${series.number === undefined ? '' : `, part ${series.number}`}`] : []),
    ...(recipient ? [`For ${recipient}`] : []),
    ...(complete ? [] : [`Not finished: ${chapters.length} of ${expectedChapters ?? '?'} chapters`]),
  ];
}

/** Several texts as one piece of HTML. @param work whose own words are not said again */
function proseOf(texts: readonly (string | undefined)[], work?: BundleWork): string {
  const own = [work?.summary, work?.notes, work?.endNotes];
  const said = texts.filter((text): text is string => text !== undefined && text !== '' && !own.includes(text));
  return textToHtml(said.join('\n\n'));
}

/** `2009-05-01T21:30:00` as databases write it. */
function moment(postedAt: string | undefined): string | null {
  return postedAt === undefined ? null : postedAt.replace('T', ' ');
}

function flag(is: boolean): number {
  return is ? 1 : 0;
}
