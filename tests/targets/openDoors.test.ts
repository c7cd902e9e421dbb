/** The archivists' tables: what a real database and a real spreadsheet program make of them. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withPaths } from '../../src/bundle/names.js';
import { readCsv } from '../../src/common/csv.js';
import type { Work } from '../../src/model.js';
import { readPeople } from '../../src/people/index.js';
import { type Source, writeTarget } from '../../src/targets/index.js';
import { openDoors } from '../../src/targets/openDoors.js';
import { textToHtml } from '../../src/text/index.js';
import { archive, chapter, longWork, work } from '../bundle/works.js';
import { haveProgram } from '../outside.js';
import { MariaDb } from './mariadb.js';
import { throughOffice } from './office.js';

const folder = mkdtempSync(join(tmpdir(), 'ficferry-doors-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const out = join(folder, 'c-open-doors');

/** Of everything that ends a literal, a line or a cell early, or is taken for something else. */
const HOSTILE = `'); DROP TABLE authors; -- \\ \\' " \`x\` \r\n\ttab, comma; 1/2 \x1a \u{1F56F} Ночь`;
/** What of it a table can hold: control characters say nothing, lines end in one way. */
const TIDY = HOSTILE.replace('\r\n', '\n').replace('\t', ' ').replace('\x1a', ' ');
const TIDY_HTML = (html: string) => html.replaceAll('\r\n', '\n').replaceAll('\t', '&#9;').replaceAll('\x1a', '');
const LONG = `<p>${'Lamps and lamps and lamps. '.repeat(6_000)}</p>`;
const many = (word: string, count: number) => Array.from({ length: count }, (_, index) => `${word} ${index + 1}`);
const people = readPeople(
  new TextEncoder().encode(
    'author,name on the archive,e-mail,permission,do not import,note\nsomebody,Some Body,some@example.org,yes,,\nZoë,,zoe@example.org,yes,,met in 2009\nNever,,never@example.org,,yes,\nSilent,,,,,\n',
  ),
  'people.csv',
).people;

const given: Work[] = [
  work({
    slug: 'one',
    title: HOSTILE,
    authors: ['somebody', 'Zoë', 'Third'],
    summary: HOSTILE,
    series: { name: 'Lamps', number: 2 },
    chapters: [chapter(1, { poster: 'the_mod' })],
  }),
  longWork({
    authors: ['Zoë'],
    onArchive: { url: 'https://archive.example.org/works/7', how: 'push', restricted: true },
  }),
  work({
    slug: 'refused',
    title: 'Refused',
    authors: ['Never'],
    summary: 'CANARY-1',
    notes: 'CANARY-2',
    withheld: { why: 'refused', authors: ['Never'] },
    chapters: [chapter(4)],
  }),
  work({
    slug: 'silent',
    title: '007',
    authors: ['Silent'],
    withheld: { why: 'no answer', authors: ['Silent'] },
    chapters: [chapter(5, { postedAt: undefined })],
  }),
  work({ slug: 'locked', title: 'CANARY-3', restricted: true, chapters: [chapter(6)] }),
  work({
    slug: 'wide',
    title: 'TRUE',
    authors: ['SOMEBODY'],
    archive: {
      ...work().archive,
      fandoms: many('Fandom of a rather long name, no. ', 12).map((name) => name.replace(',', '')),
      additionalTags: many('A tag that says a thing', 60),
      categories: ['Gen', 'F/M', 'M/M', 'F/F', 'Multi', 'Other'],
    },
    chapters: [chapter(7)],
  }),
  work({
    slug: 'link',
    title: '2009-05-01',
    chapters: [chapter(8, { textAt: 'https://elsewhere.example/story.html' })],
  }),
];
const texts = (key: string) =>
  key === chapter(7).entry ? LONG : key.endsWith('/1031') ? '<p>CANARY-4</p>' : `<p>${HOSTILE}</p>\n<p>of ${key}</p>`;
const source: Source = {
  bundle: {
    journal: 'c',
    works: given.map(withPaths),
    misfits: [],
    newTags: { fandoms: [], characters: [], relationships: [], additionalTags: ['Café'], total: 1 },
  },
  ready: [],
  archive,
  people,
  storyOf: async (_, { entry }) => ({ html: texts(entry) }),
  read: async () => Buffer.alloc(0),
};

let troubles: string[] = [];
beforeAll(async () => {
  ({ troubles } = await writeTarget(openDoors, source, out));
});
const table = (name: string) => {
  const { columns, rows } = readCsv(readFileSync(join(out, name)));
  return rows.map(({ cell }) => Object.fromEntries(columns.map((column) => [column, cell(column)])));
};
/** What `readCsv` leaves of a text: a cell's own blanks at its ends are kept, line ends too. */
const columnsOf = (name: string) => readCsv(readFileSync(join(out, name))).columns;

describe('the tables', () => {
  it('have the columns that archivists know, in their order', () => {
    expect(columnsOf('authors.csv')).toEqual('id name email imported do_not_import to_delete'.split(' '));
    expect(columnsOf('stories.csv').join(' ')).toBe(
      'id title summary notes author_id coauthor_id rating date updated categories tags warnings fandoms characters relationships language_code url imported do_not_import ao3_url import_notes',
    );
    expect(columnsOf('chapters.csv')).toEqual('id position title author_id text date story_id notes url'.split(' '));
  });

  it('have each author once, by the name and the address that people.csv gives', () => {
    expect(table('authors.csv').map((row) => Object.values(row).join('|'))).toEqual([
      '1|Some Body|some@example.org|0|0|0',
      '2|Zoë|zoe@example.org|0|0|0',
      '3|Third||0|0|0',
      '4|Never|never@example.org|0|1|0',
      '5|Silent||0|0|0',
    ]);
  });

  it('have each story but locked ones; what authors refuse by its title alone', () => {
    const rows = table('stories.csv');
    expect(
      rows.map((row) => [row.id, row.author_id, row.coauthor_id, row.imported, row.do_not_import, row.date]),
    ).toEqual([
      ['1', '1', '2', '0', '0', '2009-05-01 21:30:00'],
      ['2', '2', '', '1', '0', '2009-05-01 21:30:00'],
      ['3', '4', '', '0', '1', '2009-05-04 21:30:00'],
      ['4', '5', '', '0', '1', ''],
      ['5', '1', '', '0', '0', '2009-05-07 21:30:00'],
    ]);
    expect(rows[0]).toMatchObject({
      title: TIDY,
      summary: TIDY_HTML(textToHtml(HOSTILE)),
      rating: 'Mature',
      language_code: 'en',
    });
    expect(rows.map((row) => row.import_notes?.split('. Left')[0])).toEqual([
      'Also by Third. Series: Lamps, part 2',
      '',
      'Never does not want it moved, says people.csv',
      'Silent has not said yes yet in people.csv',
      expect.stringMatching(/^Left out of tags: A tag/),
    ]);
    expect(rows[1]?.ao3_url).toBe('https://archive.example.org/works/7');
    expect(rows[4]?.updated).toBe('2009-05-07 21:30:00');
  });

  it('have a post that leads elsewhere among the links', () => {
    expect(table('story_links.csv')).toMatchObject([
      { id: '1', title: '2009-05-01', url: 'https://elsewhere.example/story.html', broken_link: '0' },
    ]);
  });

  it('have every chapter with its text, on its story', () => {
    const rows = table('chapters.csv');
    expect(rows.map((row) => [row.id, row.story_id, row.position, row.author_id])).toEqual([
      ['1', '1', '1', '1'],
      ['2', '2', '1', '2'],
      ['3', '2', '2', '2'],
      ['4', '2', '3', '2'],
      ['5', '4', '1', '5'],
      ['6', '5', '1', '1'],
    ]);
    expect(rows[3]).toMatchObject({
      title: 'Home: at last',
      text: TIDY_HTML(texts(chapter(3).entry)),
      notes: textToHtml('They arrive.\n\nDone.'),
    });
  });

  it('cut what is too wide between tags, say it in the story’s remarks, and tell it', () => {
    const row = table('stories.csv')[4];
    // 45, 255 and 1,024 characters: the widths of the columns
    expect(row?.categories).toBe('Gen, F/M, M/M, F/F, Multi, Other');
    expect(row?.fandoms?.length).toBeLessThanOrEqual(255);
    expect(row?.fandoms?.split(', ').every((name) => /^Fandom of a rather long name no\. {1,2}\d+$/.test(name))).toBe(
      true,
    );
    // nine tags of 25 letters and n of 26, with two between each: 9 × 25 + 26 n + 2 (8 + n) is at most 1,024 for n = 27
    expect(row?.tags?.split(', ')).toHaveLength(36);
    expect(row?.import_notes).toMatch(
      /^Left out of tags: A tag that says a thing 37, .*\. Left out of fandoms: Fandom /,
    );
    expect(troubles).toHaveLength(2);
    expect(troubles[0]).toMatch(
      /^TRUE: tags holds 1024 characters; left out, and said in import_notes: A tag that says a thing 37, /,
    );
  });

  it('tell nothing of what is locked, and no word of what is refused', () => {
    const all = readdirSync(out)
      .map((name) => readFileSync(join(out, name), 'utf8'))
      .join('');
    for (const canary of ['CANARY-1', 'CANARY-2', 'CANARY-3', 'CANARY-4'])
      expect(all.includes(canary), canary).toBe(false);
  });

  it('are for their owner’s eyes where they hold addresses of people', () => {
    const secret = readdirSync(out).filter((name) => readFileSync(join(out, name), 'utf8').includes('@example.org'));
    expect(secret.sort()).toEqual(['authors.csv', 'c - authors with stories.csv', 'c.sql']);
    for (const name of secret) expect(statSync(join(out, name)).mode & 0o777, name).toBe(0o600);
  });
});

describe('the spreadsheets', () => {
  it('have eleven columns for tags, with how their authors wrote them, and nothing recommended where nothing is known', () => {
    expect(readFileSync(join(out, 'c - tags.csv')).subarray(0, 3).toString('hex')).toBe('efbbbf');
    const rows = table('c - tags.csv');
    expect(columnsOf('c - tags.csv')).toEqual([
      'Original Tag ID',
      'Original Tag',
      'Original Tag Type',
      'Original Parent Tag',
      'Original Tag Description',
      'Related Fandom',
      'Recommended AO3 Tag',
      'Recommended AO3 Type',
      'Recommended AO3 Category (for relationships)',
      'TW Notes',
      'Used in Archive?',
    ]);
    const of = (tag: string) => rows.find((row) => row['Original Tag'] === tag);
    expect(of('Café')).toMatchObject({
      'Original Tag Type': 'Additional Tag',
      'Recommended AO3 Tag': '',
      'Recommended AO3 Type': '',
    });
    expect(of('Angst')).toMatchObject({
      'Recommended AO3 Tag': 'Angst',
      'Recommended AO3 Type': 'Additional Tag',
      'Related Fandom': expect.stringContaining('Star Trek: The Original Series'),
    });
    expect(of('Nyota Uhura/Montgomery "Scotty" Scott')).toMatchObject({ 'Original Tag Type': 'Relationship' });
  });

  it('have fourteen columns for authors with stories, filled in from what is known', () => {
    expect(columnsOf('c - authors with stories.csv')).toHaveLength(14);
    expect(
      table('c - authors with stories.csv').map((row) =>
        [
          row['Story ID'],
          row.Creator,
          row['Creator Email'],
          row['Work on AO3?'],
          row['AO3 link'],
          row['Import status'],
          row['Notes (if any)'],
        ].join('|'),
      ),
    ).toEqual([
      '1|somebody|some@example.org||||',
      '1|Zoë|zoe@example.org||||met in 2009',
      '1|Third|||||',
      '2|Zoë|zoe@example.org|yes|https://archive.example.org/works/7|imported|met in 2009',
      '3|Never|never@example.org|||do not import|Never does not want it moved, says people.csv',
      '4|Silent||||do not import|Silent has not said yes yet in people.csv',
      '5|SOMEBODY|some@example.org||||',
    ]);
  });
});

describe.skipIf(!haveProgram('mariadbd'))('a real database', () => {
  it('loads the SQL, and what is read back is what the tables say', { timeout: 120_000 }, async () => {
    await using database = await MariaDb.start();
    database.load('doors', join(out, 'c.sql'));
    for (const name of ['authors', 'stories', 'chapters', 'story_links']) {
      const read = database
        .rows('doors', name)
        .map((row) => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, value ?? ''])));
      expect(read, name).toEqual(table(`${name}.csv`));
    }
    const [first] = database.rows('doors', 'stories');
    expect(first?.title).toBe(TIDY);
    // Tables that are there are not written over.
    expect(() => database.load('again; USE doors', join(out, 'c.sql'))).toThrow();
  });
});

describe.skipIf(!haveProgram('soffice'))('a real spreadsheet program', () => {
  it('opens the tables and saves them as they are', { timeout: 240_000 }, () => {
    const names = readdirSync(out)
      .filter((name) => name.endsWith('.csv'))
      .sort();
    const back = throughOffice(
      names.map((name) => join(out, name)),
      join(folder, 'office'),
    );
    // A cell of it holds 65,535 characters: longer chapters are whole in the SQL alone once somebody saved the table there.
    const cellsOf = (path: string) => {
      const { columns, rows } = readCsv(readFileSync(path));
      return [columns, ...rows.map(({ cell }) => columns.map((column) => cell(column).slice(0, 65_535)))];
    };
    for (const [index, name] of names.entries())
      expect(cellsOf(back[index] as string), name).toEqual(cellsOf(join(out, name)));
  });
});
