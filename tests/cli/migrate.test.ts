import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Post } from '../journal/posts.js';
import { LoopbackJournal, OWNER_COOKIE } from '../journal/server.js';
import { haveProgram } from '../outside.js';
import { digests, ficferry, inFolder } from './program.js';

const BUNDLE = 'tarn_wick-bundle';
/** What the gated and the locked post say and nothing else does. */
const GATED = 'about the barometer';
const LOCKED = 'heliotrope-under-lock';

let journal: LoopbackJournal;
beforeAll(async () => {
  journal = await LoopbackJournal.start();
});
afterAll(() => journal.close());
beforeEach(() => {
  journal.asked.length = 0;
});

/** Pages asked for, without robots.txt, in order. */
const pages = () => journal.asked.map(({ path }) => path).filter((path) => path !== '/robots.txt');
const entryPages = () => pages().filter((path) => /^\/\d+\.html/.test(path));

function config(folder: string): string[] {
  return ['--config', journal.writeConfig(join(folder, 'config.yaml'))];
}

function cookies(folder: string): string[] {
  const [name, value] = OWNER_COOKIE.split('=');
  const file = join(folder, 'cookies.txt');
  writeFileSync(
    file,
    `# Netscape HTTP Cookie File\n#HttpOnly_.lj.test\tTRUE\t/\tFALSE\t4102444800\t${name}\t${value}\n`,
  );
  return ['--cookies', file];
}

function textOfAll(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => readFileSync(join(item.parentPath, item.name), 'utf8'))
    .join('\n');
}

describe('ficferry migrate', () => {
  it('leads links from story to story within what is kept, and to the journal in what is served', async () => {
    const story =
      'The lamp stood on the sill all night, and in the morning somebody had moved it a hand to the left. '.repeat(4);
    const post = (itemid: number, title: string, more: string): Post => ({
      itemid,
      anum: 10 + itemid,
      style: 'modern',
      subject: `Fic: ${title}`,
      at: `2006-03-0${itemid}T10:00`,
      tags: ['fic'],
      is: 'fic',
      body: `Title: ${title}<br />Fandom: The Glasshouse Line<br />Rating: G<br /><br />${story}${more}`,
    });
    const after =
      '<br /><br />It was as it had been in <a href="{entry:1}#cutid1">the story of the lamp</a>, only colder.';
    const two = await LoopbackJournal.start({ posts: [post(1, 'The Lamp Room', ''), post(2, 'Snow on Glass', after)] });
    try {
      await inFolder(async (folder) => {
        const out = join(folder, 'run');
        const own = ['--config', two.writeConfig(join(folder, 'config.yaml'))];
        expect((await ficferry(['migrate', two.address, '--out', out, ...own])).code).toBe(0);
        const read = (path: string) => readFileSync(join(out, BUNDLE, 'data', path), 'utf8');
        expect(read('works/snow-on-glass/01.md')).toContain('[the story of the lamp](../the-lamp-room/01.md)');
        expect(read('sheet/snow-on-glass.html')).toContain('<a href="the-lamp-room.html#c1">the story of the lamp</a>');
        expect(read('pages/snow-on-glass/01.html')).toMatch(
          /<a href="http:[^"]+\/267\.html#cutid1">the story of the lamp<\/a>/,
        );
      });
    } finally {
      await two.close();
    }
  });

  it('carries a journal into a bundle that other programs accept', async () => {
    await inFolder(async (folder) => {
      const out = join(folder, 'run');
      const done = await ficferry(['migrate', journal.address, '--out', out, ...config(folder)]);
      expect(done.stderr).not.toMatch(/bug of ours/);
      expect(done.code).toBe(0);
      // 20 posts: one locked and never met by a stranger, one behind a notice; 11 fics in 9 works; 7 that are no fic.
      expect(done.stdout).toMatch(/19 entries seen, 11 fics carried as 9 works, 8 left out/);
      expect(done.stdout).toMatch(/2 numbers never met: locked, private or deleted \(9, 19\)/);
      expect(done.stderr).toMatch(/100 entries take about/);
      expect((await ficferry(['verify', join(out, BUNDLE)])).code).toBe(0);
      expect((await ficferry(['verify', join(out, `${BUNDLE}.zip`)])).code).toBe(0);
      const bundle = JSON.parse(readFileSync(join(out, BUNDLE, 'data/bundle.json'), 'utf8'));
      const titles = bundle.works.map((work: { title: string }) => work.title);
      expect(titles).toEqual([
        'First Frost',
        'Weather Station',
        'Ledger of Small Debts',
        'The Salt Road',
        'Тихий час',
        'Noon, A',
        'Noon, B',
        'Instructions for the Stove',
        'Branch Line',
      ]);
      const salt = bundle.works[3];
      expect(salt.chapters.map((chapter: { url: string }) => chapter.url)).toEqual(
        [4, 6, 7].map((id) => journal.entryAddress(id)),
      );
      expect(salt).toMatchObject({
        complete: true,
        published: '2006-06-01',
        updated: '2006-06-20',
        archive: { rating: 'Teen And Up Audiences' },
      });
      expect(bundle.works[4]).toMatchObject({ language: 'ru', archive: { fandoms: ['The Glasshouse Line'] } });
      expect(bundle.works[1].archive).toMatchObject({
        relationships: ['Rodney McKay/John Sheppard'],
        rating: 'Mature',
      });
      if (haveProgram('unzip')) expect(spawnSync('unzip', ['-tq', join(out, `${BUNDLE}.zip`)]).status).toBe(0);
      if (haveProgram('sha256sum')) {
        const check = (file: string, cwd: string) => spawnSync('sha256sum', ['--strict', '-c', file], { cwd }).status;
        expect(check('manifest-sha256.txt', join(out, BUNDLE))).toBe(0);
        expect(check('tagmanifest-sha256.txt', join(out, BUNDLE))).toBe(0);
        expect(check(`${BUNDLE}.zip.sha256`, out)).toBe(0);
      }
    });
  });

  it('makes the same bytes again, from whichever entry and in however many runs', async () => {
    await inFolder(async (folder) => {
      const [first, second] = [join(folder, 'first'), join(folder, 'second')];
      await ficferry(['migrate', journal.address, '--out', first, ...config(folder)]);
      const before = digests(join(first, BUNDLE));
      const zip = readFileSync(join(first, `${BUNDLE}.zip.sha256`), 'utf8');
      expect((await ficferry(['bundle', '--out', first, ...config(folder)])).code).toBe(0);
      expect(digests(join(first, BUNDLE))).toEqual(before);
      expect(readFileSync(join(first, `${BUNDLE}.zip.sha256`), 'utf8')).toBe(zip);

      await ficferry(['crawl', journal.entryAddress(4), '--out', second, '--limit', '5', ...config(folder)]);
      await ficferry(['crawl', journal.entryAddress(21), '--out', second, '--limit', '9', ...config(folder)]);
      await ficferry(['migrate', journal.entryAddress(20), '--out', second, ...config(folder)]);
      expect(digests(join(second, BUNDLE))).toEqual(before);
      expect(readFileSync(join(second, `${BUNDLE}.zip.sha256`), 'utf8')).toBe(zip);
    });
  });

  it('asks in a later run only for what the new access opens', async () => {
    await inFolder(async (folder) => {
      const out = ['--out', join(folder, 'run'), ...config(folder)];
      await ficferry(['crawl', journal.address, ...out]);
      expect([...new Set(entryPages())]).toHaveLength(19);
      journal.asked.length = 0;

      await ficferry(['crawl', journal.address, '--adult', ...out]);
      expect([...new Set(entryPages())]).toEqual([`${new URL(journal.entryAddress(10)).pathname}?format=light`]);
      // The two ends of a finished chain may have grown, so they are asked again, and nothing else is.
      expect(pages().filter((path) => path.startsWith('/go.bml'))).toHaveLength(2);
      journal.asked.length = 0;

      await ficferry(['crawl', journal.address, '--adult', ...cookies(folder), ...out]);
      expect([...new Set(entryPages())]).toEqual([`${new URL(journal.entryAddress(9)).pathname}?format=light`]);
      journal.asked.length = 0;

      const done = await ficferry(['migrate', journal.address, '--adult', ...cookies(folder), ...out]);
      expect(done.code).toBe(0);
      expect(entryPages()).toEqual([]);
      expect(done.stdout).toMatch(/20 entries seen, 12 fics carried as 10 works, 8 left out/);
      expect(done.stdout).toMatch(/1 locked, read with your cookies/);
      expect(done.stdout).toMatch(/1 number never met: deleted, or not for this account \(19\)/);
    });
  });

  it('keeps locked text behind the lock', async () => {
    await inFolder(async (folder) => {
      const run = join(folder, 'run');
      const args = ['--out', run, ...config(folder)];
      await ficferry(['migrate', journal.address, ...cookies(folder), ...args]);
      expect(textOfAll(join(run, BUNDLE))).not.toContain(LOCKED);
      expect(textOfAll(join(run, BUNDLE))).not.toContain('What the Night Shift Keeps');
      expect(textOfAll(join(run, BUNDLE))).not.toContain(GATED);
      expect(statSync(join(run, 'vault/restricted.warc.gz')).mode & 0o777).toBe(0o600);
      expect(statSync(join(run, 'vault/restricted.cdxj')).mode & 0o777).toBe(0o600);

      expect((await ficferry(['bundle', '--include-locked', ...args])).code).toBe(0);
      for (const open of ['pages', 'otwarchive'])
        expect(textOfAll(join(run, BUNDLE, 'data', open))).not.toContain(LOCKED);
      for (const own of ['works', 'sheet']) expect(textOfAll(join(run, BUNDLE, 'data', own))).toContain(LOCKED);
      expect(readFileSync(join(run, BUNDLE, 'data/otwarchive/works.json'), 'utf8')).not.toContain('night-shift');
      expect(readdirSync(join(run, BUNDLE, 'data/pages'))).not.toContain('what-the-night-shift-keeps');
      // The session's value is nowhere in the run's folder.
      for (const part of [join(run, 'vault'), join(run, BUNDLE)]) expect(textOfAll(part)).not.toContain('v2:u1:s2:t3');
    });
  });

  it('carries a list, a masterlist and one poster', async () => {
    await inFolder(async (folder) => {
      const list = join(folder, 'list.txt');
      writeFileSync(list, `# two of them\n${journal.entryAddress(2)}?mode=reply\n${journal.entryAddress(3)}\n`);
      const some = await ficferry([
        'migrate',
        journal.address,
        '--from',
        list,
        '--out',
        join(folder, 'list'),
        ...config(folder),
      ]);
      expect(some.stdout).toMatch(/2 entries seen, 2 fics carried as 2 works, 0 left out/);
      const linked = await ficferry([
        'migrate',
        '--from',
        journal.entryAddress(8),
        '--out',
        join(folder, 'linked'),
        ...config(folder),
      ]);
      // The masterlist itself, and the six entries it links to.
      expect(linked.stdout).toMatch(/7 entries seen, 6 fics carried as 4 works, 1 left out/);
      const nobody = await ficferry([
        'bundle',
        '--poster',
        'somebody-else',
        '--out',
        join(folder, 'list'),
        ...config(folder),
      ]);
      expect(nobody.stdout).toMatch(/2 entries seen, 0 fics carried as 0 works, 2 left out/);
    });
  });

  it('applies the decisions of the author and never writes to them', async () => {
    await inFolder(async (folder) => {
      const run = join(folder, 'run');
      const args = ['--out', run, ...config(folder)];
      await ficferry(['crawl', journal.address, ...args]);
      const number = (itemid: number) => new URL(journal.entryAddress(itemid)).pathname.slice(1, -5);
      const text = `entries:\n  livejournal/tarn_wick/${number(13)}: {fields: {fandoms: [The Glasshouse Line], title: Noon}}\n  livejournal/tarn_wick/${number(14)}: {leaveOut: true}\n`;
      writeFileSync(join(run, 'decisions.yaml'), text);
      const done = await ficferry(['bundle', ...args]);
      expect(done.stdout).toMatch(/10 fics carried as 8 works, 9 left out/);
      expect(done.stdout).toMatch(/1 taken out by your decisions/);
      const bundle = JSON.parse(readFileSync(join(run, BUNDLE, 'data/bundle.json'), 'utf8'));
      const noon = bundle.works.find((work: { title: string }) => work.title === 'Noon');
      expect(noon.archive.fandoms).toEqual(['The Glasshouse Line']);
      expect(noon.evidence.title.from).toBe('decision');
      expect(readFileSync(join(run, 'decisions.yaml'), 'utf8')).toBe(text);
    });
  });

  it('speaks JSON to programs, and plainly to status', async () => {
    await inFolder(async (folder) => {
      const args = ['--out', join(folder, 'run'), ...config(folder)];
      const done = await ficferry(['migrate', journal.address, '--json', ...args]);
      const events = done.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(events.filter(({ type }) => type === 'visit')).toHaveLength(19);
      expect(events.at(0).type).toBe('plan');
      expect(events.at(-1)).toMatchObject({ type: 'summary', seen: 19, works: 9, leftOut: 8 });
      const status = JSON.parse((await ficferry(['status', '--json', ...args])).stdout);
      expect(status).toMatchObject({
        journal: 'tarn_wick',
        seen: 19,
        fics: 11,
        complete: true,
        leftOut: { other: 7, gate: 1 },
      });
    });
  });

  it('finishes the page in hand at Ctrl-C and goes on from there', async () => {
    await inFolder(async (folder) => {
      const args = ['--out', join(folder, 'run'), '--config', journal.writeConfig(join(folder, 'config.yaml'), 0.1)];
      const stopped = await ficferry(['migrate', journal.address, ...args], {
        signal: { name: 'SIGINT', when: () => entryPages().length >= 4 },
      });
      expect(stopped.code).toBe(130);
      expect(stopped.stderr).toMatch(/Go on with:\n {2}ficferry migrate /);
      const had = new Set(entryPages());
      expect(had.size).toBeGreaterThan(0);
      journal.asked.length = 0;
      const done = await ficferry(['migrate', journal.address, ...args]);
      expect(done.code).toBe(0);
      expect(done.stdout).toMatch(/19 entries seen/);
      expect(
        entryPages().filter((path) => had.has(path) && !path.includes(new URL(journal.entryAddress(10)).pathname)),
      ).toEqual([]);
    });
  });
});
