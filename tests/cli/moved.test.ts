import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BundleWork } from '../../src/bundle/index.js';
import { LoopbackJournal, OWNER_COOKIE } from '../journal/server.js';
import { editPage, statisticsPage, worksPage } from '../moved/pages.js';
import { digests, ficferry, inFolder } from './program.js';

const DATA = 'tarn_wick-bundle/data';
const GLASSHOUSE = ['The Glasshouse Line'];
const at = (id: number) => `https://archiveofourown.org/works/${id}`;

let journal: LoopbackJournal;
/** One crawl, by the journal's owner, for all cases: a copy of its vault is a run. */
const crawled = mkdtempSync(join(tmpdir(), 'ficferry-moved-'));
beforeAll(async () => {
  journal = await LoopbackJournal.start();
  const [name, value] = OWNER_COOKIE.split('=');
  const cookies = join(crawled, 'cookies.txt');
  const line = `#HttpOnly_.lj.test\tTRUE\t/\tFALSE\t4102444800\t${name}\t${value}`;
  writeFileSync(cookies, `# Netscape HTTP Cookie File\n${line}\n`);
  const config = journal.writeConfig(join(crawled, 'config.yaml'));
  const done = await ficferry([
    'crawl',
    journal.address,
    '--cookies',
    cookies,
    '--out',
    join(crawled, 'run'),
    '--config',
    config,
  ]);
  expect(done.code).toBe(0);
}, 120_000);
afterAll(async () => {
  await journal.close();
  rmSync(crawled, { recursive: true, force: true });
});

/** The key of a post in `decisions.yaml`. */
const key = (itemid: number) => `livejournal/tarn_wick/${new URL(journal.entryAddress(itemid)).pathname.slice(1, -5)}`;

/** A crawled run, and pages of an archive that has some of its works. */
function prepared(folder: string) {
  const run = join(folder, 'run');
  cpSync(join(crawled, 'run'), run, { recursive: true });
  const args = ['--out', run, '--config', join(crawled, 'config.yaml')];
  const files = {
    'works.html': worksPage([
      { id: 11, title: 'The Salt Road', fandoms: ['The Glasshouse Line (Book)'], words: 400, href: 'file:///works/11' },
      { id: 12, title: 'First Frost', fandoms: GLASSHOUSE, restricted: true },
      { id: 13, title: 'Brunch Line', fandoms: GLASSHOUSE, words: 90 },
    ]),
    'stats.htm': statisticsPage([{ id: 14, title: 'Тихий час', fandoms: GLASSHOUSE, words: 60 }]),
    'edit.html': editPage([
      { id: 15, title: 'Weather Station', fandoms: ['Stargate Atlantis'], draft: true },
      { id: 16, title: 'Never in a Journal', fandoms: GLASSHOUSE },
    ]),
  };
  const paths = Object.entries(files).map(([name, html]) => {
    writeFileSync(join(folder, name), html);
    return join(folder, name);
  });
  return { run, args, pages: ['--on-archive', ...paths] };
}

const worksOf = (run: string): BundleWork[] => JSON.parse(readFileSync(join(run, DATA, 'bundle.json'), 'utf8')).works;
const named = (run: string, title: string) => worksOf(run).find((work) => work.title === title);

describe('ficferry bundle --on-archive', { timeout: 120_000 }, () => {
  it('marks what is there, leaves it out of the items and asks about the doubtful', async () => {
    await inFolder(async (folder) => {
      const { run, args, pages } = prepared(folder);
      const plain = await ficferry(['bundle', ...args]);
      expect(plain.stdout).not.toMatch(/on the archive/);
      const before = readFileSync(join(run, DATA, 'otwarchive/works.json'), 'utf8');
      expect(before).toContain('the-salt-road');

      const done = await ficferry(['bundle', ...args, ...pages]);
      expect(done.stderr).not.toMatch(/bug of ours/);
      expect(done.code).toBe(0);
      expect(done.stdout).toMatch(
        /4 works of yours on the archive already; the 3 saved pages list 6 works, 1 of them not in this journal\./,
      );
      expect(done.stdout).toMatch(/1 work may be there too/);
      expect(done.stdout).toMatch(/then: ficferry bundle --out \S+ --on-archive \S+works\.html /);
      expect(named(run, 'The Salt Road')?.onArchive).toEqual({ url: at(11), how: 'title and fandom' });
      expect(named(run, 'First Frost')?.onArchive).toEqual({ url: at(12), how: 'title and fandom', restricted: true });
      expect(named(run, 'Тихий час')?.onArchive).toEqual({ url: at(14), how: 'title and fandom' });
      expect(named(run, 'Weather Station')?.onArchive).toEqual({ url: at(15), how: 'title and fandom', draft: true });
      const branch = named(run, 'Branch Line');
      expect(branch).not.toHaveProperty('onArchive');
      expect(branch?.questions.find(({ field }) => field === 'onArchive')?.text).toBe(
        `Is “Branch Line” (${branch?.chapters[0]?.url}) what the archive has as “Brunch Line” (The Glasshouse Line; 90 words), ${at(13)}?`,
      );
      const items = JSON.parse(readFileSync(join(run, DATA, 'otwarchive/works.json'), 'utf8')).works;
      const all = JSON.parse(before).works.map(({ id }: { id: string }) => id);
      const slugs = worksOf(run).flatMap(({ slug, onArchive }) => (onArchive ? slug : []));
      expect(items.map(({ id }: { id: string }) => id)).toEqual(all.filter((id: string) => !slugs.includes(id)));
      const index = readFileSync(join(run, DATA, 'index.html'), 'utf8');
      expect(index).toContain(`<a href="${at(11)}">on the archive already</a>`);
      expect(index).toContain(`<a href="${at(15)}">on the archive already, as a draft</a>`);
      expect(readFileSync(join(run, DATA, 'sheet/the-salt-road.html'), 'utf8')).toContain(at(11));
      expect(
        JSON.parse(readFileSync(join(run, 'report.json'), 'utf8')).works.map(
          (work: { onArchive?: string }) => work.onArchive,
        ),
      ).toContain(at(11));
      expect((await ficferry(['verify', join(run, 'tarn_wick-bundle')])).stdout).toMatch(/is whole/);
    });
  });

  it('makes the same bytes again, in whatever order the pages are named', async () => {
    await inFolder(async (folder) => {
      const { run, args, pages } = prepared(folder);
      await ficferry(['bundle', ...args, ...pages]);
      const before = digests(join(run, 'tarn_wick-bundle'));
      const [flag, ...files] = pages as [string, ...string[]];
      await ficferry(['bundle', ...args, flag, ...files.reverse()]);
      expect(digests(join(run, 'tarn_wick-bundle'))).toEqual(before);
    });
  });

  it('follows the author’s word', async () => {
    await inFolder(async (folder) => {
      const { run, args, pages } = prepared(folder);
      const text = `works:\n  ${key(4)}: {onArchive: false}\n  ${key(17)}: {onArchive: "http://archiveofourown.org/works/13/chapters/1"}\n`;
      writeFileSync(join(run, 'decisions.yaml'), text);
      await ficferry(['bundle', ...args, ...pages]);
      expect(named(run, 'The Salt Road')).not.toHaveProperty('onArchive');
      const decided = worksOf(run).filter(({ onArchive }) => onArchive?.how === 'decision');
      expect(decided.map(({ onArchive }) => onArchive?.url)).toEqual([at(13)]);
      // the word alone is enough
      await ficferry(['bundle', ...args]);
      expect(worksOf(run).flatMap(({ onArchive }) => onArchive?.url ?? [])).toEqual([at(13)]);
      writeFileSync(join(run, 'decisions.yaml'), `works:\n  ${key(4)}: {onArchive: yes please}\n`);
      const wrong = await ficferry(['bundle', ...args]);
      expect(wrong.code).toBe(2);
      expect(wrong.stderr).toMatch(
        /decisions\.yaml, line 2: .*onArchive: an address such as https:\/\/archiveofourown\.org\/works\/123/,
      );
    });
  });

  it('says what a wrong page is and where the right ones are', async () => {
    await inFolder(async (folder) => {
      const { args } = prepared(folder);
      writeFileSync(join(folder, 'wrong.html'), '<p>Nothing</p>');
      const wrong = await ficferry(['bundle', ...args, '--on-archive', join(folder, 'wrong.html')]);
      expect(wrong.code).toBe(2);
      expect(wrong.stderr).toMatch(/wrong\.html is no list of your works on the archive[\s\S]*Edit Works/);
      const missing = await ficferry(['bundle', ...args, '--on-archive', join(folder, 'none.html')]);
      expect(missing.code).toBe(2);
      expect(missing.stderr).toMatch(/none\.html can't be read/);
    });
  });
});

describe('ficferry moved', { timeout: 120_000 }, () => {
  it('lists old and new addresses and makes a masterlist, without what is locked or a draft', async () => {
    await inFolder(async (folder) => {
      const { run, args, pages } = prepared(folder);
      const done = await ficferry(['moved', ...args, ...pages]);
      expect(done.stderr).not.toMatch(/bug of ours/);
      expect(done.code).toBe(0);
      expect(done.stdout).toMatch(/Not listed: 1 draft there/);
      expect(done.stdout).toMatch(/Not listed: 1 work locked there; --include-locked lists them/);
      expect(done.stdout).toMatch(
        /Is “Branch Line” .*Answer in decisions\.yaml, works: \{livejournal\/tarn_wick\/\d+: \{onArchive: ADDRESS or false\}\}/,
      );
      expect(done.stdout).toMatch(/2 works listed in /);
      const salt = [4, 6, 7].map((itemid) => `${journal.entryAddress(itemid)},${at(11)},The Salt Road`);
      const lines = readFileSync(join(run, 'moved.csv'), 'utf8').split('\r\n');
      expect(lines[0]).toBe('old address,new address,title');
      expect(lines.slice(1, 4)).toEqual(salt);
      expect(lines[4]).toMatch(new RegExp(`,${at(14)},Тихий час$`));
      expect(lines.slice(5)).toEqual(['']);
      const page = readFileSync(join(run, 'masterlist.html'), 'utf8');
      expect(page).toContain('<h2>The Glasshouse Line</h2>');
      expect(page).toContain(`<a href="${at(11)}">The Salt Road</a>`);
      expect(page).toContain('Three days on foot with a lantern that will not stay lit.');
      const markdown = readFileSync(join(run, 'masterlist.md'), 'utf8');
      expect(markdown).toMatch(/^# Masterlist\n\n## The Glasshouse Line\n/);
      expect(markdown).toMatch(
        new RegExp(`\\*\\*\\[The Salt Road\\]\\(${at(11)}\\)\\*\\* \\(Teen And Up Audiences; .*words\\)`),
      );
      for (const text of [page, markdown, lines.join()]) expect(text).not.toMatch(/First Frost|Weather Station|Branch/);

      await ficferry(['moved', ...args, ...pages, '--include-locked']);
      expect(readFileSync(join(run, 'masterlist.md'), 'utf8')).toContain('First Frost');
      expect(statSync(join(run, 'masterlist.md')).mode & 0o777).toBe(0o600);
    });
  });

  it('keeps locked posts out unless it is asked for them', async () => {
    await inFolder(async (folder) => {
      const { run, args } = prepared(folder);
      const title = 'What the Night Shift Keeps';
      const list = join(folder, 'mine.html');
      writeFileSync(
        list,
        editPage([
          { id: 21, title, fandoms: GLASSHOUSE },
          { id: 11, title: 'The Salt Road', fandoms: GLASSHOUSE },
        ]),
      );
      const pages = ['--on-archive', list];
      const done = await ficferry(['moved', ...args, ...pages]);
      expect(done.stdout).toMatch(/Not looked at: 1 locked entry of the journal; --include-locked/);
      for (const file of ['moved.csv', 'masterlist.html', 'masterlist.md'])
        expect(readFileSync(join(run, file), 'utf8')).not.toContain(title);
      await ficferry(['moved', ...args, ...pages, '--include-locked']);
      expect(readFileSync(join(run, 'moved.csv'), 'utf8')).toContain(`${journal.entryAddress(9)},${at(21)},${title}`);
      expect(statSync(join(run, 'moved.csv')).mode & 0o777).toBe(0o600);
    });
  });

  it('writes nothing where nothing is there', async () => {
    await inFolder(async (folder) => {
      const { run, args } = prepared(folder);
      const done = await ficferry(['moved', ...args]);
      expect(done.code).toBe(0);
      expect(done.stdout).toMatch(/Nothing to list, so nothing was written/);
      expect(statSync(join(run, 'moved.csv'), { throwIfNoEntry: false })).toBeUndefined();
    });
  });
});
