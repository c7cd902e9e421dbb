/** `--for open-doors`: the tables and spreadsheets of the archivists who rescue whole archives. */
import type { BundleWork } from '../bundle/index.js';
import { csvText } from '../common/csv.js';
import { count } from '../common/wording.js';
import type { TableName } from './openDoors/fit.js';
import { chapterRow, isLink, type Row, type TableRows, tableRows } from './openDoors/rows.js';
import { storySheet, tagSheet } from './openDoors/sheets.js';
import { insert, ROWS_AT_ONCE, sqlStart } from './openDoors/sql.js';
import type { Source, Target } from './target.js';

/** Whose files are `secret`: e-mail addresses are in the authors' tables and in the sheet. */
export const openDoors: Target = {
  name: 'open-doors',
  place: 'beside',
  async *files(source) {
    const { journal } = source.bundle;
    const rows = tableRows(source);
    yield { path: 'authors.csv', secret: true, content: csvOf('authors', rows.authors, source) };
    yield { path: 'stories.csv', secret: false, content: csvOf('stories', rows.stories, source) };
    yield { path: 'chapters.csv', secret: false, content: chaptersCsv(rows, source) };
    yield { path: 'story_links.csv', secret: false, content: csvOf('story_links', rows.story_links, source) };
    yield { path: `${journal}.sql`, secret: true, content: sqlOf(rows, source) };
    yield { path: `${journal} - tags.csv`, secret: false, content: tagSheet(source) };
    yield { path: `${journal} - authors with stories.csv`, secret: true, content: storySheet(source, idsOf(source)) };
  },
  troubles(source) {
    return tableRows(source).cuts.map(
      ({ title, column, width, without }) =>
        `${title}: ${column} holds ${count(width, 'character')}; left out, and said in import_notes: ${without}`,
    );
  },
};

function csvOf(table: TableName, rows: readonly Row[], { archive }: Source): string {
  const columns = Object.keys(archive.openDoors.tables[table]);
  return csvText(
    columns,
    rows.map((row) => line(columns, row)),
  );
}

function line(columns: readonly string[], row: Row): string[] {
  return columns.map((column) => String(row[column] ?? ''));
}

/** A chapter at a time is in memory. */
async function* chapters({ told }: TableRows, source: Source): AsyncGenerator<Row> {
  const { tables } = source.archive.openDoors;
  let id = 0;
  for (const one of told) {
    for (const [index, chapter] of one.work.chapters.entries()) {
      const { html } = await source.storyOf(one.work, chapter);
      yield chapterRow(one, chapter, index, ++id, html, tables);
    }
  }
}

async function* chaptersCsv(rows: TableRows, source: Source): AsyncGenerator<string> {
  const columns = Object.keys(source.archive.openDoors.tables.chapters);
  yield csvText(columns, []);
  for await (const row of chapters(rows, source)) yield csvText(line(columns, row), []);
}

async function* sqlOf(rows: TableRows, source: Source): AsyncGenerator<string> {
  const { tables } = source.archive.openDoors;
  yield sqlStart(tables);
  for (const table of ['authors', 'stories', 'story_links'] as const) {
    const all = rows[table];
    for (let at = 0; at < all.length; at += ROWS_AT_ONCE) yield insert(table, all.slice(at, at + ROWS_AT_ONCE), tables);
  }
  for await (const row of chapters(rows, source)) yield insert('chapters', [row], tables);
}

/** The ids of the stories' table; a link has none there. */
function idsOf({ bundle }: Source): (work: BundleWork) => number | undefined {
  const stories = bundle.works.filter((work) => !work.restricted && !isLink(work));
  return (work) => {
    const at = stories.indexOf(work);
    return at === -1 ? undefined : at + 1;
  };
}
