/** What the calendar is worth: without it a story is lost that nothing leads to, with it the story is in the bundle. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { numberOf, POSTS } from '../journal/posts.js';
import { type JournalOptions, LoopbackJournal, OWNER_COOKIE } from '../journal/server.js';
import { digests, ficferry, inFolder } from './program.js';

const BUNDLE = 'tarn_wick-bundle';

/** A journal that is served while the work goes on, and the flags that lead a run of a name to it. */
async function withJournal(
  options: JournalOptions,
  work: (journal: LoopbackJournal, run: (name: string) => string[], folder: string) => Promise<void>,
): Promise<void> {
  const journal = await LoopbackJournal.start(options);
  try {
    await inFolder((folder) => {
      const config = journal.writeConfig(join(folder, 'config.yaml'));
      return work(journal, (name) => ['--out', join(folder, name), '--config', config], folder);
    });
  } finally {
    await journal.close();
  }
}

const json = (...path: string[]) => JSON.parse(readFileSync(join(...path), 'utf8'));
const saltRoad = (folder: string, run: string): string[] =>
  json(folder, run, BUNDLE, 'data/bundle.json')
    .works.find(({ title }: { title: string }) => title === 'The Salt Road')
    .chapters.map(({ url }: { url: string }) => url);
const calendarPaths = (journal: LoopbackJournal) =>
  journal.asked.map(({ path }) => path).filter((path) => /^\/(calendar|\d{4}\/)/.test(path));

/** The bundle of the same journal where the chain is whole, and the calendar open and of one mind with it. */
let sound: Record<string, string>;
beforeAll(() =>
  withJournal({}, async (journal, run, folder) => {
    const done = await ficferry(['migrate', journal.address, ...run('sound')]);
    expect(done.stdout).toMatch(/The calendar lists 19 entries, and the walk met them all\./);
    sound = digests(join(folder, 'sound', BUNDLE));
  }),
);

describe('the calendar', () => {
  it('brings back the part of a story that the chain passes over', async () => {
    // the second of three parts of The Salt Road is the sixth entry
    await withJournal({ unlinked: [6] }, async (journal, run, folder) => {
      const without = await ficferry(['migrate', journal.address, '--no-calendar', ...run('without')]);
      expect(without.stdout).toMatch(/18 entries seen, 10 fics carried/);
      expect(without.stdout).not.toMatch(/calendar/i);
      expect(without.stdout).toMatch(/3 numbers never met: locked, private or deleted \(6, 9, 19\)/);
      expect(saltRoad(folder, 'without')).toEqual([4, 7].map((itemid) => journal.entryAddress(itemid)));
      expect(calendarPaths(journal)).toEqual([]);

      const done = await ficferry(['migrate', journal.address, ...run('with')]);
      expect(done.code).toBe(0);
      expect(done.stderr).toMatch(/Then the journal's calendar is read as a second check/);
      expect(done.stderr).toMatch(/a second check on the walk, by the journal's calendar: \d+ months to ask for/);
      expect(done.stdout).toMatch(/19 entries seen, 11 fics carried as 9 works, 8 left out/);
      expect(done.stdout).toMatch(
        /The calendar lists 19 entries; 1 of them the walk did not meet, and it was fetched\./,
      );
      expect(digests(join(folder, 'with', BUNDLE))).toEqual(sound);
      expect(saltRoad(folder, 'with')).toEqual([4, 6, 7].map((itemid) => journal.entryAddress(itemid)));
      const { calendar, chain } = json(folder, 'with', 'report.json').crawl;
      const sixth = {
        entry: `livejournal/tarn_wick/${numberOf(POSTS.find(({ itemid }) => itemid === 6) as never)}`,
        kind: 'entry',
      };
      expect(calendar).toMatchObject({ whole: true, listed: 19, unlisted: 0, added: [sixth] });
      expect(chain.at(-1)).toEqual(sixth);
      const status = await ficferry(['status', ...run('with')]);
      expect(status.stdout).toMatch(
        /Both ends of the journal were reached\.\nThe calendar lists 19 entries; 1 of them/,
      );
      expect(status.stdout).toContain(`  ${journal.entryAddress(6)}: the calendar lists it, and no entry leads to it`);
      expect(status.stdout).toContain(
        `number 9: posted between ${journal.entryAddress(8)} and ${journal.entryAddress(10)}`,
      );
    });
  });

  it('reaches what lies behind a chain that turns in a circle', async () => {
    // back from the fourth entry the site leads to the seventh again, so that 3, 2, 1 and 21 are never reached
    const fourth = numberOf(POSTS.find(({ itemid }) => itemid === 4) as never);
    let circle: string | undefined;
    const before: JournalOptions['before'] = ({ path }, response) => {
      if (!path.startsWith('/go.bml') || !path.includes(`itemid=${fourth}&dir=prev`)) return false;
      response.writeHead(302, { location: circle }).end();
      return true;
    };
    await withJournal({ before }, async (journal, run, folder) => {
      circle = journal.entryAddress(7);
      const start = journal.entryAddress(7);
      const without = await ficferry(['migrate', start, '--no-calendar', ...run('without')]);
      expect(without.stdout).toMatch(/15 entries seen/);
      expect(without.stdout).toMatch(/Not everything was visited: towards earlier entries, .* leads back to/);
      const half = await ficferry(['status', ...run('without')]);
      expect(half.stdout).toMatch(
        /Not the whole journal: the chain of its entries has 1 gap:\n {2}before the first entry: towards earlier entries, .* leads back to/,
      );
      expect(half.stdout).toMatch(/Next: run the same/);

      const done = await ficferry(['migrate', start, ...run('with')]);
      expect(done.stdout).toMatch(/19 entries seen, 11 fics carried as 9 works/);
      expect(done.stdout).toMatch(
        /The chain of entries is broken: .* leads back to .*\. What lies behind is reached by the calendar\./,
      );
      expect(done.stdout).toMatch(
        /The calendar lists 19 entries; 4 of them the walk did not meet, and they were fetched\./,
      );
      expect(done.stdout).toMatch(/2 numbers never met: locked, private or deleted \(9, 19\)/);
      const status = await ficferry(['status', ...run('with')]);
      expect(status.stdout).toMatch(/The chain of its entries has 1 gap, and the calendar reaches what lies behind:/);
      expect(status.stdout).toMatch(/Next: open data\/index\.html|Next: the same command with --adult/);
      expect(digests(join(folder, 'with', BUNDLE))).toEqual(sound);
    });
  });

  it('is left alone where robots.txt says so, whatever the owner declares, and the bundle is the same', async () => {
    await withJournal({ robots: 'User-agent: *\nDisallow: /calendar\n' }, async (journal, run, folder) => {
      const shy = await ficferry(['migrate', journal.address, '--mine', ...run('shy')]);
      expect(shy.code).toBe(0);
      expect(shy.stderr).toMatch(/Its robots\.txt keeps robots from the journal's calendar/);
      expect(shy.stdout).toMatch(
        /The calendar may not be read by robots: robots\.txt of tarn-wick\.lj\.test(:\d+)? says "Disallow: \/calendar" \(line 2\)/,
      );
      expect(calendarPaths(journal)).toEqual([]);
      expect(json(folder, 'shy', 'report.json').crawl).toMatchObject({
        complete: true,
        calendar: { whole: false, listed: 0 },
      });
      expect(digests(join(folder, 'shy', BUNDLE))).toEqual(sound);
    });
  });

  it('of the owner is kept behind the lock', async () => {
    await withJournal({ unlinked: [9] }, async (journal, run, folder) => {
      const [name, value] = OWNER_COOKIE.split('=');
      const cookies = join(folder, 'cookies.txt');
      writeFileSync(
        cookies,
        `# Netscape HTTP Cookie File\n#HttpOnly_.lj.test\tTRUE\t/\tFALSE\t4102444800\t${name}\t${value}\n`,
      );
      const done = await ficferry(['migrate', journal.address, '--cookies', cookies, ...run('run')]);
      expect(done.stdout).toMatch(
        /The calendar lists 20 entries; 1 of them the walk did not meet, and it was fetched\./,
      );
      expect(done.stdout).toMatch(/1 locked, read with your cookies/);
      const vault = (file: string) => gunzipSync(readFileSync(join(folder, 'run/vault', file))).toString();
      const subject = 'What the Night Shift Keeps';
      expect(vault('captures.warc.gz')).not.toContain(subject);
      expect(vault('restricted.warc.gz')).toMatch(/2006\/09\/\?format=light[\s\S]*What the Night Shift Keeps/);
      for (const file of ['report.json', `${BUNDLE}/data/left-out.csv`])
        expect(readFileSync(join(folder, 'run', file), 'utf8')).not.toContain(subject);
    });
  });
});
