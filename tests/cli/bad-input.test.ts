/** Mistakes of the user's and troubles of a site: one line that says what is wrong and what to do, the right exit code, no stack. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LoopbackJournal } from '../journal/server.js';
import { ficferry, inFolder, type Outcome } from './program.js';

let journal: LoopbackJournal;
beforeAll(async () => {
  journal = await LoopbackJournal.start();
});
afterAll(() => journal.close());

function expectPlain(outcome: Outcome, code: number, says: RegExp): void {
  expect(outcome.stderr).toMatch(says);
  expect(outcome.stderr).not.toMatch(/\n\s+at |bug of ours/);
  expect(outcome.code).toBe(code);
}

describe('mistakes in what was typed', () => {
  const cases: [name: string, args: string[], code: number, says: RegExp][] = [
    ['no address', ['migrate'], 2, /No journal was named|There is no run/],
    ['no web address', ['migrate', 'my journal'], 2, /"my journal" is no address/],
    ['an unknown site', ['migrate', 'https://somebody.example.org/1.html'], 2, /somebody\.example\.org is on no site/],
    ['no contact for a live site', ['crawl', 'https://somebody.livejournal.com/'], 2, /--contact/],
    ['a contact that is none', ['crawl', 'https://somebody.livejournal.com/', '--contact', 'me'], 2, /contact/i],
    [
      'a delay that is no number',
      ['crawl', 'https://somebody.livejournal.com/', '--delay', 'slow'],
      2,
      /number of seconds/,
    ],
    ['an unknown command', ['carry'], 2, /unknown command/],
    ['an unknown flag', ['bundle', '--fast'], 2, /unknown option/],
    ['a config that is not there', ['read', 'x.html', '--config', 'none.yaml'], 2, /none\.yaml/],
    ['a page that is not there', ['read', 'none.html'], 2, /none\.html can't be read/],
    ['a bundle that is not there', ['verify', 'none'], 2, /none/],
    ['a list that is not there', ['crawl', 'https://somebody.livejournal.com/', '--from', 'none.txt'], 2, /none\.txt/],
    [
      'cookies that are not there',
      ['crawl', 'https://somebody.livejournal.com/', '--cookies', 'none.txt'],
      2,
      /none\.txt/,
    ],
    ['no vault', ['bundle', '--out', 'nothing'], 2, /nothing/],
    ['something to add that is not there', ['add', 'none', '--out', 'run'], 2, /none/],
  ];
  it.each(cases)('%s', async (_, args, code, says) => {
    await inFolder(async (cwd) => expectPlain(await ficferry(args, { cwd }), code, says));
  });

  it('a config mistake names file, line and what was expected', async () => {
    await inFolder(async (cwd) => {
      writeFileSync(join(cwd, 'mine.yaml'), 'sites:\n  livejournal:\n    pause: often\n');
      expectPlain(
        await ficferry(['read', 'x.html', '--config', 'mine.yaml'], { cwd }),
        2,
        /mine\.yaml, line 3: .*pause.*number/,
      );
      writeFileSync(join(cwd, 'mine.yaml'), 'sites:\n  livejournal: {hosts: ["*.x.test"]}\ncolours: red\n');
      expectPlain(
        await ficferry(['read', 'x.html', '--config', 'mine.yaml'], { cwd }),
        2,
        /mine\.yaml, line 3: "colours"/,
      );
      writeFileSync(join(cwd, 'mine.yaml'), 'sites: [\n');
      expectPlain(await ficferry(['read', 'x.html', '--config', 'mine.yaml'], { cwd }), 2, /mine\.yaml, line \d/);
    });
  });

  it('a mistake in decisions.yaml names file and line', async () => {
    await inFolder(async (cwd) => {
      const config = ['--config', journal.writeConfig(join(cwd, 'config.yaml'))];
      await ficferry(['crawl', journal.address, '--limit', '2', '--out', 'run', ...config], { cwd });
      writeFileSync(join(cwd, 'run/decisions.yaml'), 'entries:\n  livejournal/tarn_wick/5186:\n    kind: poem\n');
      expectPlain(await ficferry(['bundle', '--out', 'run', ...config], { cwd }), 2, /decisions\.yaml, line 3/);
    });
  });
});

describe('troubles of a site or a folder', () => {
  it('a journal that is not there', async () => {
    await inFolder(async (cwd) => {
      const config = ['--config', journal.writeConfig(join(cwd, 'config.yaml'))];
      const gone = await ficferry(['migrate', 'http://nobody.lj.test/', '--out', 'run', ...config], { cwd });
      expectPlain(gone, 3, /The journal http:\/\/nobody\.lj\.test\/ is not there/);
    });
  });

  it('a host that does not answer', async () => {
    await inFolder(async (cwd) => {
      const free = createServer().listen(0, '127.0.0.1');
      await new Promise((resolve) => free.once('listening', resolve));
      const { port } = free.address() as { port: number };
      await new Promise((resolve) => free.close(resolve));
      writeFileSync(
        join(cwd, 'config.yaml'),
        `sites: {livejournal: {hosts: ["*.lj.test"], scheme: http, server: {host: 127.0.0.1, port: ${port}}, pause: 0.001}}\n`,
      );
      const silent = await ficferry(['crawl', 'http://a.lj.test/', '--out', 'run', '--config', 'config.yaml'], { cwd });
      expectPlain(silent, 3, /does not answer/);
    });
  });

  it('a robots.txt that keeps everybody out, and --mine', async () => {
    const shy = await LoopbackJournal.start({ robots: 'User-agent: *\nDisallow: /\n' });
    try {
      await inFolder(async (cwd) => {
        const args = [
          'crawl',
          shy.entryAddress(20),
          '--limit',
          '1',
          '--out',
          'run',
          '--config',
          shy.writeConfig(join(cwd, 'c.yaml')),
        ];
        const refused = await ficferry(args, { cwd });
        expectPlain(refused, 3, /--mine/);
        expect(refused.stderr).not.toMatch(/allows it/);
        expect(shy.asked.map(({ path }) => path)).toEqual(['/robots.txt']);
        expect((await ficferry([...args, '--mine'], { cwd })).code).toBe(0);
      });
    } finally {
      await shy.close();
    }
  });

  it('a folder that belongs to another journal', async () => {
    const other = await LoopbackJournal.start({ journal: 'somebody_else' });
    try {
      await inFolder(async (cwd) => {
        await ficferry(
          [
            'crawl',
            journal.address,
            '--limit',
            '1',
            '--out',
            'run',
            '--config',
            journal.writeConfig(join(cwd, 'a.yaml')),
          ],
          { cwd },
        );
        const taken = await ficferry(
          ['crawl', other.address, '--out', 'run', '--config', other.writeConfig(join(cwd, 'b.yaml'))],
          { cwd },
        );
        expectPlain(taken, 2, /run holds another journal, tarn_wick on LiveJournal/);
        expect(other.asked).toEqual([]);
      });
    } finally {
      await other.close();
    }
  });

  it('a file where the folder should be', async () => {
    await inFolder(async (cwd) => {
      writeFileSync(join(cwd, 'run'), 'a file');
      const args = ['crawl', journal.address, '--out', 'run', '--config', journal.writeConfig(join(cwd, 'c.yaml'))];
      expectPlain(await ficferry(args, { cwd }), 6, /run/);
    });
  });

  it('a full disk', async (context) => {
    await inFolder(async (cwd) => {
      const small = join(cwd, 'small');
      mkdirSync(small);
      const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=48k', 'tmpfs', small]);
      if (mounted.status !== 0) {
        console.log('skipped: no small disk can be mounted here');
        return context.skip();
      }
      try {
        const config = ['--config', journal.writeConfig(join(cwd, 'c.yaml'))];
        const full = await ficferry(['migrate', journal.address, '--out', join(small, 'run'), ...config]);
        expectPlain(full, 6, /The disk is full/);
        spawnSync('mount', ['-o', 'remount,size=8m', small]);
        const done = await ficferry(['migrate', journal.address, '--out', join(small, 'run'), ...config]);
        expect(done.stdout).toMatch(/19 entries seen/);
      } finally {
        spawnSync('umount', [small]);
      }
    });
  });

  it('a bundle with one byte changed', async () => {
    await inFolder(async (cwd) => {
      const config = ['--config', journal.writeConfig(join(cwd, 'c.yaml'))];
      await ficferry(['migrate', journal.address, '--limit', '3', '--out', 'run', ...config], { cwd });
      const page = join(cwd, 'run/tarn_wick-bundle/data/pages/branch-line/01.html');
      const { readFileSync } = await import('node:fs');
      writeFileSync(page, readFileSync(page, 'utf8').replace('nine years', 'ten years'));
      const damaged = await ficferry(['verify', 'run/tarn_wick-bundle'], { cwd });
      expect(damaged.code).toBe(5);
      expect(damaged.stdout).toMatch(/pages\/branch-line\/01\.html/);
    });
  });
});

it('--help shows an example for each command', async () => {
  const commands = ['migrate', 'crawl', 'add', 'bundle', 'moved', 'read', 'status', 'verify'];
  const help = await ficferry(['--help']);
  expect(help.code).toBe(0);
  for (const command of commands) {
    expect(help.stdout).toContain(`  ${command} `);
    const own = await ficferry([command, '--help']);
    if (own.stdout.includes('--out')) expect(own.stdout).toContain('output/JOURNAL');
    expect(own.stdout).toMatch(new RegExp(`Example:\\n {2}ficferry ${command} `));
  }
});
