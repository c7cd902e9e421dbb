/** Rows of the table through the built program: the exit code as the shell sees it, and what stands on standard error. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ficferry, inFolder, type Outcome } from '../cli/program.js';
import { LoopbackJournal, OWNER_COOKIE } from '../journal/server.js';
import { always, both, entry, html, type Ill, rules, status, step } from './fault.js';
import { strangerFrom } from './logins.js';
import { CONTACT, FEW, SECRETS } from './stage.js';

interface Trouble {
  what: string;
  ill: () => Ill;
  flags?: (folder: string) => string[];
  code: number;
  line: RegExp;
  advice: RegExp;
}

const TROUBLES: Trouble[] = [
  {
    what: 'cookies that run out while the run goes on',
    ill: () => strangerFrom(step(11)),
    flags: (folder) => ['--cookies', cookieFile(folder), '--include-locked'],
    code: 3,
    line: /^ficferry: The site answers http:.*1932\.html\?format=light as it answers somebody who is not logged in, so it no longer takes these cookies$/,
    advice:
      /^ {2}Log in with your browser, export the cookies again, and run the same command with the new file\. Nothing is lost\.$/,
  },
  {
    what: 'a ban page',
    ill: () => always(entry(6), html('<title>LiveJournal Bot Policy</title><h1>Bots</h1>')),
    code: 3,
    line: /^ficferry: The site has stopped us at http:.*1548\.html\?format=light: the site shows its bot policy$/,
    advice: /^ {2}Nothing is lost\. Wait some hours, .* then run the same command again\.$/,
  },
  {
    what: 'a wait of a day',
    ill: () => always(entry(6), status(503, { 'retry-after': '86400' })),
    code: 3,
    line: /^ficferry: tarn-wick\.lj\.test does not let us go on: it answered 503 .* asks for a wait of 24 h, which is longer than 15 min$/,
    advice: /^ {2}Nothing is lost: the same command, run later, goes on from here\.$/,
  },
  {
    what: 'a robots.txt that forbids',
    ill: () =>
      always(
        both(rules, ({ host }) => host.startsWith('tarn')),
        status(200, { 'content-type': 'text/plain' }, 'User-agent: *\nDisallow: /'),
      ),
    code: 3,
    line: /^ficferry: robots\.txt of tarn-wick\.lj\.test says "Disallow: \/" \(line 2\), so nothing of this journal may be fetched by robots$/,
    advice: /^ {2}This is often its owner's setting .* --mine: it lifts this one rule on this one host\.$/,
  },
];

describe('the program', () => {
  it.each(TROUBLES)('stops at $what with one line and an advice, and completes later', async (trouble) => {
    const { outcome, later } = await run(trouble);
    expect(outcome.code).toBe(trouble.code);
    const said = outcome.stderr.trimEnd().split('\n');
    expect(said.at(-2)).toMatch(trouble.line);
    expect(said.at(-1)).toMatch(trouble.advice);
    expect(said.filter((line) => line.startsWith('ficferry:'))).toHaveLength(1);
    expect(outcome.stderr).not.toMatch(/\n\s+at /);
    expect(outcome.stdout).toBe('');
    for (const secret of SECRETS) expect(outcome.stderr).not.toContain(secret);
    expect(later.code).toBe(0);
  });

  it('goes on past an entry that always fails, says so, and ends with 4', async () => {
    const { outcome, later } = await run({ ill: () => always(entry(6), status(500)) });
    expect(outcome.code).toBe(4);
    expect(outcome.stderr).toMatch(
      /\ntarn-wick\.lj\.test gave no usable answer to .*1548\.html.*, 5 times over; going on without this page, which the next run asks for again\n/,
    );
    expect(outcome.stdout).toMatch(
      /9 entries seen, 6 fics carried as 5 works, 3 left out:\n.*\n {2}1 unreadable: these need a look\n/,
    );
    expect(later.code).toBe(0);
    expect(later.stdout).toMatch(/9 entries seen, 7 fics carried as 5 works, 2 left out:\n/);
  });
});

/** The run against the ill journal, and the same command when it is well. */
async function run({ ill, flags }: Pick<Trouble, 'ill' | 'flags'>): Promise<{ outcome: Outcome; later: Outcome }> {
  let now: Ill = ill();
  const journal = await LoopbackJournal.start({ posts: FEW, before: (asked, response) => now(asked, response) });
  try {
    return await inFolder(async (folder) => {
      const config = journal.writeConfig(join(folder, 'config.yaml'));
      const more = flags?.(folder) ?? [];
      const out = join(folder, 'run');
      const command = ['migrate', journal.address, '--out', out, '--config', config, '--contact', CONTACT, ...more];
      // the lock on a site is the machine's, and others may be crawling
      const env = { TMPDIR: folder };
      const outcome = await ficferry(command, { env });
      now = () => false;
      return { outcome, later: await ficferry(command, { env }) };
    });
  } finally {
    await journal.close();
  }
}

function cookieFile(folder: string): string {
  const [name, value] = OWNER_COOKIE.split('=');
  const file = join(folder, 'cookies.txt');
  writeFileSync(file, `# Netscape HTTP Cookie File\n.lj.test\tTRUE\t/\tFALSE\t4102444800\t${name}\t${value}\n`);
  return file;
}
