/**
 * README, "A community, step by step": its commands run as they stand there, on a community of 450 stories by 40 people, from its pages to an
 * archive; and what the archive has in the end is what the bundle says, and what the tables in a database say, field by field.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bundle, openBundle } from '../../src/bundle/index.js';
import { csvText, readCsv } from '../../src/common/csv.js';
import { textToHtml } from '../../src/text/index.js';
import { expectStored, words } from '../archive/compare.js';
import { StandIn } from '../archive/standIn.js';
import { community } from '../journal/community.js';
import { LoopbackJournal } from '../journal/server.js';
import { haveProgram } from '../outside.js';
import { MariaDb } from '../targets/mariadb.js';
import { ficferry, type Outcome } from './program.js';

const README = readFileSync(fileURLToPath(new URL('../../README.md', import.meta.url)), 'utf8');
const SECTION = README.slice(README.indexOf('### A community, step by step'), README.indexOf('### Good to know'));
const COMMANDS = [...SECTION.matchAll(/^ {4}ficferry (.+)$/gm)].map((match) => match[1] as string);

const made = community();
const NAME = 'harbour_lights';
const TOKEN = 'canary-token-8151';
const home = mkdtempSync(join(tmpdir(), 'ficferry-archivists-'));
const run = join(home, 'output', NAME);
const at = (path: string) => join(run, path);

let journal: LoopbackJournal;
let archive: StandIn;
let host: Server;
beforeAll(async () => {
  journal = await LoopbackJournal.start({ journal: NAME, posts: made.posts });
  archive = await StandIn.start({ api: { tokens: [TOKEN], archivists: ['you'] }, today: '2026-08-22' });
  // any web host for plain files
  host = createServer((request, response) => {
    const file = join(home, 'public', decodeURIComponent(request.url ?? '/').replace(/^\/moving\//, ''));
    response.writeHead(existsSync(file) ? 200 : 404);
    response.end(existsSync(file) ? readFileSync(file) : '');
  });
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  const settings = readFileSync(journal.writeConfig(join(home, 'config.yaml'), 0.001), 'utf8');
  writeFileSync(join(home, 'config.yaml'), `${settings}archive: {api: {pause: 0, settle: 0.4, retry: 0.05}}\n`);
});
afterAll(async () => {
  host?.close();
  await archive?.close();
  await journal?.close();
  rmSync(home, { recursive: true, force: true });
});

/** A command as it stands in the README, with the names and addresses that it leaves open. */
function follow(command: string): Promise<Outcome> {
  const base = `http://127.0.0.1:${(host.address() as AddressInfo).port}/moving/`;
  const open: Record<string, string> = {
    'https://COMMUNITY.livejournal.com/': journal.address,
    // what "site" writes is the same for every address, and it knows that no archive fetches from here
    ...(!command.startsWith('site ') && { 'https://you.example.org/moving/': base }),
    'https://archive.example.org': archive.address,
    COMMUNITY: NAME,
    AUTHOR: 'amber_writes',
  };
  const text = Object.entries(open).reduce((line, [name, value]) => line.replaceAll(name, value), command);
  return ficferry([...text.split(' '), '--config', join(home, 'config.yaml')], {
    cwd: home,
    env: { FICFERRY_TOKEN: TOKEN },
  });
}

const bundleOf = (): Bundle => JSON.parse(readFileSync(at(`${NAME}-bundle/data/bundle.json`), 'utf8'));

/** What an archivist does by hand between two commands. */
const BY_HAND: Record<string, () => void> = {
  // everybody's address, and a yes of all but one, whose answer the next command notes
  '--yes AUTHOR': () => {
    const { columns, rows } = readCsv(readFileSync(at('people.csv')));
    const filled = rows.map(({ cell }, index) =>
      columns.map((column) => {
        if (column === 'e-mail') return `person${index}@example.org`;
        if (column === 'permission') return cell('author') === 'amber_writes' ? '' : 'yes';
        return cell(column);
      }),
    );
    writeFileSync(at('people.csv'), csvText(columns, filled));
  },
  // An archive on this machine is for trying things out, and no work counts as moved there: from here on it is a real one.
  '--on-archive': () => {
    const record = readFileSync(at('push.jsonl'), 'utf8');
    writeFileSync(at('push.jsonl'), record.replaceAll(archive.address, 'https://archive.example.org'));
  },
  'tags filled.csv': () => {
    const { columns, rows } = readCsv(readFileSync(at(`${NAME}-open-doors/${NAME} - tags.csv`)));
    const filled = rows.map(({ cell }) =>
      columns.map((column) => {
        const isOurs = cell('Original Tag') === 'The Glasshouse Line';
        return isOurs && column === 'Recommended AO3 Tag' ? 'Glasshouse Line (Stories)' : cell(column);
      }),
    );
    writeFileSync(join(home, 'filled.csv'), csvText(columns, filled));
  },
};

describe('the README’s way for archivists', { timeout: 240_000 }, () => {
  it('has a command for each step', () => {
    expect(COMMANDS.map((command) => command.split(' ')[0])).toEqual(
      'crawl bundle people people bundle tags bundle site push push bundle bundle'.split(' '),
    );
  });

  it.each(COMMANDS.map((command, index) => [index + 1, command] as const))(
    '%i: ficferry %s',
    async (index, command) => {
      for (const [part, byHand] of Object.entries(BY_HAND)) if (command.includes(part)) byHand();
      const { code, stdout, stderr } = await follow(command);
      expect(code, stderr).toBe(0);
      // nothing is anybody's to give away before anybody was asked
      if (index === 2) expect(stdout).toContain('450 works in no page and no push:');
      if (command.endsWith('--dry-run')) expect(archive.api.batches).toEqual([]);
    },
  );

  it('reads the community as it was made', () => {
    const { works, leftOut } = bundleOf();
    expect(works.map(({ title }) => title)).toEqual(made.works.map(({ title }) => title));
    expect(leftOut.map(({ reason }) => reason)).toEqual(made.others.map(() => 'other'));
    expect(readCsv(readFileSync(at('people.csv'))).rows).toHaveLength(40);
  });
});

describe('450 works of 40 authors', () => {
  it('are on the archive as the bundle has them, field by field, each once', async () => {
    const bundle = await openBundle(at(`${NAME}-bundle`));
    try {
      expect(archive.refusals).toEqual([]);
      expect([archive.works.length, archive.api.sentAgain, archive.api.batches]).toEqual([450, [], [199, 199, 52]]);
      const people = new Map(
        readCsv(readFileSync(at('people.csv'))).rows.map(({ cell }) => [cell('author').toLowerCase(), cell('e-mail')]),
      );
      expect(people.size).toBe(40);
      const { works } = bundle.bundle;
      for (const [index, work] of works.entries()) {
        const stored = archive.works[index];
        const texts = await Promise.all(
          work.chapters.map(
            async ({ page }) => load(await bundle.read(page as string))('.chapter-content').html() ?? '',
          ),
        );
        expectStored(stored, work, (chapter) => texts[chapter]);
        const ascii = work.authors.map((name) => name.replace('ø', 'o'));
        expect(stored?.externalAuthors).toEqual(
          work.authors.map((name, author) => ({ name: ascii[author], email: people.get(name.toLowerCase()) })),
        );
      }
      const wrangled = works.filter(({ archive: { fandoms } }) => fandoms.includes('Glasshouse Line (Stories)'));
      expect(wrangled).toHaveLength(made.works.filter(({ fandom }) => fandom === 'The Glasshouse Line').length);
    } finally {
      await bundle.close();
    }
  });

  it('have an old address each that leads to them', () => {
    const rows = readCsv(readFileSync(at('redirects.csv'))).rows;
    const ids = new Map(archive.works.map(({ id, title }) => [String(id), title]));
    const chapters = bundleOf().works.flatMap(({ title, chapters: all }) => all.map(({ url }) => [title, url]));
    expect(rows.map(({ cell }) => [ids.get(cell('AO3 id')), cell('Original URL')])).toEqual(chapters);
  });

  it.skipIf(!haveProgram('mariadbd'))(
    'are in a real database as the bundle has them',
    { timeout: 120_000 },
    async () => {
      await using database = await MariaDb.start();
      database.load('rescued', at(`${NAME}-open-doors/${NAME}.sql`));
      const bundle = await openBundle(at(`${NAME}-bundle`));
      try {
        const { works } = bundle.bundle;
        const stories = database.rows('rescued', 'stories');
        const authors = new Map(database.rows('rescued', 'authors').map(({ id, name }) => [id, name?.toLowerCase()]));
        expect([stories.length, authors.size]).toEqual([450, 40]);
        for (const [index, work] of works.entries()) {
          expect(stories[index]).toMatchObject({
            title: work.title,
            summary: textToHtml(work.summary ?? ''),
            rating: work.archive.rating,
            fandoms: work.archive.fandoms.join(', '),
            relationships: work.archive.relationships.join(', '),
            characters: work.archive.characters.join(', '),
            tags: work.archive.additionalTags.join(', '),
            warnings: work.archive.warnings.join(', '),
            categories: work.archive.categories.join(', '),
            url: work.chapters[0]?.url,
            date: work.chapters[0]?.postedAt?.replace('T', ' '),
            do_not_import: '0',
            imported: '1',
            ao3_url: `https://archive.example.org/works/${archive.works[index]?.id}`,
          });
          expect([stories[index]?.author_id, stories[index]?.coauthor_id].map((id) => authors.get(id ?? null))).toEqual(
            [work.authors[0]?.toLowerCase(), work.authors[1]?.toLowerCase()],
          );
        }
        const rows = database.rows('rescued', 'chapters');
        const all = works.flatMap((work, story) =>
          work.chapters.map((chapter) => ({ chapter, story: String(story + 1) })),
        );
        expect(rows.map((row) => [row.story_id, row.url])).toEqual(
          all.map(({ chapter, story }) => [story, chapter.url]),
        );
        for (const [index, { chapter }] of all.entries())
          expect(words(rows[index]?.text ?? '')).toBe(
            words(load(await bundle.read(chapter.page as string))('.chapter-content').html() ?? ''),
          );
      } finally {
        await bundle.close();
      }
    },
  );

  it('are in a bundle of each author’s own', async () => {
    const mine = await openBundle(at(`${NAME}-by-author/ivy-quill-bundle.zip`));
    await mine.close();
    const wanted = made.works.filter(({ authors }) => authors.includes('Ivy Quill')).map(({ title }) => title);
    expect(mine.bundle.works.map(({ title }) => title)).toEqual(wanted);
    expect(mine.bundle.leftOut).toEqual([]);
    const { code } = await ficferry(['verify', at(`${NAME}-by-author/ivy-quill-bundle.zip`)]);
    expect(code).toBe(0);
  });

  it('were brought there without the token or an address of anybody in a bundle', () => {
    for (const file of [
      at(`${NAME}-bundle/data/bundle.json`),
      at('push.jsonl'),
      at('report.json'),
      at('redirects.csv'),
    ])
      expect(readFileSync(file, 'utf8')).not.toMatch(/canary-token|person\d+@example\.org/);
  });
});
