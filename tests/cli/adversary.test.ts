/** What authors and archivists do that nobody plans for: half-done runs, early ends, forgotten flags, locked posts of every kind. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { numberOf, POSTS, type Post } from '../journal/posts.js';
import { LoopbackJournal, OWNER_COOKIE } from '../journal/server.js';
import { ficferry, inFolder } from './program.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const LOCKED_WORDS = 'quite another heliotrope';
/** The first six, and a locked post that is no fic. */
const DIARY: Post = {
  itemid: 7,
  anum: 9,
  style: 'modern',
  subject: LOCKED_WORDS,
  at: '2008-01-01T10:00',
  body: 'A day like any other. I saw the doctor.',
  security: 'friends',
  is: 'other',
};
const SOME = [...POSTS.slice(0, 6), DIARY];

let journal: LoopbackJournal;
beforeAll(async () => {
  journal = await LoopbackJournal.start({ posts: SOME });
});
afterAll(() => journal.close());

function flags(folder: string, from = journal): string[] {
  return ['--out', join(folder, 'run'), '--config', from.writeConfig(join(folder, 'config.yaml'))];
}

function cookies(folder: string): string[] {
  const [name, value] = OWNER_COOKIE.split('=');
  const file = join(folder, 'cookies.txt');
  writeFileSync(file, `# Netscape HTTP Cookie File\n#HttpOnly_.lj.test\tTRUE\t/\tFALSE\t0\t${name}\t${value}\n`);
  return ['--cookies', file];
}

/** Runs and closes our end of one of its pipes after the first bytes. */
function closedEarly(args: string[], pipe: 'stdout' | 'stderr'): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (bytes) => (said += bytes));
    child[pipe].once('data', () => child[pipe].destroy());
    child.on('close', (code) => resolve({ code, said }));
  });
}

describe('a run', () => {
  it('whose reader leaves early ends without a stack; one whose progress nobody watches goes on', async () => {
    await inFolder(async (folder) => {
      const out = flags(folder);
      const results = await closedEarly(['crawl', journal.address, ...out, '--json'], 'stdout');
      expect(results.said).not.toMatch(/EPIPE|\n\s+at /);
      expect(results.code).toBe(130);
      const progress = await closedEarly(['migrate', journal.address, ...out], 'stderr');
      expect(progress.said).not.toMatch(/EPIPE|\n\s+at /);
      expect(progress.code).toBe(0);
      expect(progress.said).toMatch(/6 entries seen/);
    });
  });

  it('says what it does not know while the walk is not finished, and where it stands', async () => {
    await inFolder(async (folder) => {
      const out = flags(folder);
      const some = await ficferry(['migrate', journal.entryAddress(4), '--limit', '2', ...out]);
      expect(some.stdout).toMatch(/2 numbers never met: locked, private, deleted or not visited yet \(1–2\)/);
      const half = await ficferry(['status', ...out]);
      expect(half.stdout).toMatch(/Not the whole journal: the chain of its entries has 2 gaps:/);
      expect(half.stdout).toMatch(/Next: run the same crawl or migrate command again/);
      await ficferry(['crawl', journal.address, ...out]);
      const crawled = await ficferry(['status', ...out]);
      expect(crawled.stdout).toMatch(/made before the last changes to the vault/);
      expect(crawled.stdout).toMatch(/Next: ficferry bundle/);
      await ficferry(['bundle', ...out]);
      const bundled = await ficferry(['status', ...out]);
      expect(bundled.stdout).not.toMatch(/made before/);
      expect(bundled.stdout).toMatch(/Both ends of the journal were reached/);
    });
  });

  it('that began at a mistyped address takes nothing from that for the journal', async () => {
    await inFolder(async (folder) => {
      const out = flags(folder);
      const typo = await ficferry(['migrate', `${journal.address}99999.html`, ...out]);
      expect(typo.code).toBe(3);
      const mended = await ficferry(['migrate', journal.address, ...out]);
      expect(mended.stdout).toMatch(/1 not there any more/);
      expect(mended.stdout).not.toMatch(/38\d/); // 99999 >> 8 is 390
      expect((await ficferry(['status', ...out])).stdout).toMatch(/Both ends of the journal were reached/);
    });
  });

  it('in a folder where another is at work says so and leaves, and the other goes on', async () => {
    // The answer to the other's third page is kept back, so that it is still at work
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let pages = 0;
    const slow = await LoopbackJournal.start({
      posts: SOME,
      before: async ({ path }) => {
        if (path.includes('.html') && ++pages === 3) await held;
        return false;
      },
    });
    await inFolder(async (folder) => {
      const out = flags(folder, slow);
      const first = ficferry(['migrate', slow.address, ...out]);
      while (pages < 3) await sleep(20);
      for (const command of [['migrate', slow.address], ['crawl', slow.address], ['bundle'], ['add', folder]]) {
        const second = await ficferry([...command, ...out]);
        expect([command[0], second.code]).toEqual([command[0], 2]);
        expect(second.stderr.trim().split('\n')[0]).toMatch(/^ficferry: Another run of ficferry is at work in .*run/);
        expect(second.stdout).toBe('');
      }
      letGo();
      expect((await first).code).toBe(0);
      // and reading is never in the way
      expect((await ficferry(['status', ...out])).code).toBe(0);
    });
    await slow.close();
  });

  it('without the config of the one before says that it knows none of its pages', async () => {
    await inFolder(async (folder) => {
      await ficferry(['crawl', journal.address, '--limit', '2', ...flags(folder)]);
      for (const command of ['bundle', 'status']) {
        const without = await ficferry([command, '--out', join(folder, 'run')]);
        expect(without.code).toBe(2);
        expect(without.stderr).toMatch(/no site that ficferry knows\n.*--config/);
      }
      expect(existsSync(join(folder, 'run/run-bundle'))).toBe(false);
    });
  });

  it('of a renamed journal goes on under either name, with one bundle', async () => {
    const renamed = await LoopbackJournal.start({
      posts: SOME,
      before: ({ host, path }, response) => {
        if (!host.startsWith('old-name') || path === '/robots.txt') return false;
        response.writeHead(301, { location: `http://tarn-wick.lj.test${path}` }).end();
        return true;
      },
    });
    try {
      await inFolder(async (folder) => {
        const out = flags(folder, renamed);
        for (const address of ['http://old-name.lj.test/', 'http://old-name.lj.test/', renamed.address])
          expect(await ficferry(['migrate', address, ...out])).toMatchObject({ code: 0 });
        expect((await ficferry(['status', ...out])).stdout).toMatch(/The bundle is .*tarn_wick-bundle\n/);
        expect(existsSync(join(folder, 'run/old_name-bundle'))).toBe(false);
      });
    } finally {
      await renamed.close();
    }
  });
});

describe('locked posts', () => {
  it('that are no fic stay unnamed, and what holds a locked story only its owner may read', async () => {
    const posts = [...SOME, { ...(POSTS.find(({ itemid }) => itemid === 9) as Post) }];
    const own = await LoopbackJournal.start({ posts });
    try {
      await inFolder(async (folder) => {
        const out = [...flags(folder, own), '--include-locked'];
        const done = await ficferry(['migrate', own.address, ...out, ...cookies(folder)]);
        expect(done.code).toBe(0);
        const run = join(folder, 'run');
        const data = join(run, 'tarn_wick-bundle/data');
        for (const file of ['left-out.csv', 'index.html', 'bundle.json'])
          expect(readFileSync(join(data, file), 'utf8')).not.toContain(LOCKED_WORDS);
        expect(readFileSync(join(run, 'report.json'), 'utf8')).not.toContain(LOCKED_WORDS);
        expect(readFileSync(join(data, 'left-out.csv'), 'utf8')).toContain(`tarn_wick/${numberOf(DIARY)}`);
        const { works } = JSON.parse(readFileSync(join(data, 'bundle.json'), 'utf8'));
        const locked = works.find((work: { restricted: boolean }) => work.restricted);
        const secret = [
          `${data}/${locked.sheet}`,
          `${data}/${locked.chapters[0].markdown}`,
          `${run}/tarn_wick-bundle.zip`,
        ];
        if (process.platform !== 'win32') for (const path of secret) expect(statSync(path).mode & 0o777).toBe(0o600);
        await ficferry(['bundle', ...flags(folder, own)]);
        for (const path of secret.slice(0, 2)) expect(existsSync(path)).toBe(false);
        expect(readFileSync(join(data, 'bundle.json'), 'utf8')).not.toContain(locked.title);
      });
    } finally {
      await own.close();
    }
  });
});

describe('ficferry add', () => {
  it('tells what it passed over, and takes no page that stands for no entry', async () => {
    await inFolder(async (folder) => {
      const pages = join(folder, 'pages');
      mkdirSync(pages);
      writeFileSync(join(pages, 'notes.txt'), 'mine');
      writeFileSync(
        join(pages, 'login.html'),
        '<!-- saved from url=(0034)https://www.livejournal.com/login.bml --><title>Log in</title><body class="body-log-in"><p>Please log in to go on.</p><form action="/login.bml"><input name="returnto"></form></body></html>',
      );
      const added = await ficferry(['add', pages, '--out', join(folder, 'run')]);
      expect(added.stdout).toMatch(/0 pages added, 0 there already, 1 skipped:\n.*login\.html: it shows no entry/);
      expect(added.stdout).toMatch(/Passed over: .*1 file is neither a page nor a WARC\./);
      expect(added.code).toBe(4);
      const told = await ficferry(['add', pages, '--out', join(folder, 'run'), '--json']);
      expect(JSON.parse(told.stdout)).toMatchObject({ type: 'summary', added: 0, passedOver: [{}] });
    });
  });
});
