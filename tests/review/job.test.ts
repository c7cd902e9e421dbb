import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { verifyBundle } from '../../src/bundle/index.js';
import { crawlJournal } from '../../src/migrate.js';
import type { Jobs } from '../../src/review/job.js';
import { Quiet } from '../../src/review/planning.js';
import { remembered } from '../../src/review/remembered.js';
import { startRun } from '../../src/run/run.js';
import { POSTS } from '../journal/posts.js';
import { type JournalOptions, OWNER_COOKIE } from '../journal/server.js';
import { ENTRY_PAGE, Ground, settled, until } from './jobs.js';

let ground: Ground;
afterEach(() => ground?.close());

async function world(options: JournalOptions = {}): Promise<Ground> {
  ground = await Ground.make(options);
  return ground;
}

/** Everything the run's folder says, its file names with it. */
function allIn(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .map((path) => (statSync(path).isFile() ? `${path}\n${readFileSync(path, 'latin1')}` : path))
    .join('\n');
}

function cookies(): string {
  const [name, value] = OWNER_COOKIE.split('=');
  const file = join(ground.folder, 'my-login.txt');
  writeFileSync(file, `#HttpOnly_.lj.test\tTRUE\t/\tFALSE\t4102444800\t${name}\t${value}\n`);
  return file;
}

/** The posts that a stranger's walk meets: all but the locked one. */
const SEEN = POSTS.filter(({ security }) => security !== 'friends').length;

describe('the plan', () => {
  it('says what robots may do, how many requests at what pace, and how long that takes', async () => {
    const { journal, out } = await world({ robots: 'User-agent: *\nCrawl-delay: 3\nDisallow: /calendar\n' });
    const plan = await ground.jobs().plan(ground.begin());
    expect(plan).toMatchObject({ journal: 'tarn_wick', folder: out });
    expect(plan.refused).toBeUndefined();
    expect(plan.lines[0]).toBe(`LiveJournal: robots.txt of ${new URL(journal.address).host} allows it.`);
    // 2 requests an entry, 3 s after each: 600 s for 100
    expect(plan.lines[1]).toMatch(
      /^One page at a time, a pause of 3 s after each, 2 requests for an entry: 100 entries take about 10 minutes/,
    );
    expect(journal.asked.map(({ path }) => path)).toEqual(['/robots.txt']);
    expect(existsSync(out)).toBe(false);
  });

  it('of a masterlist counts one request for an entry', async () => {
    await world();
    const plan = await ground.jobs().plan(ground.begin({ from: ground.journal.entryAddress(8) }));
    expect(plan.lines[1]).toContain('1 request for an entry');
  });

  it('asks once for the same question, and says what is held', async () => {
    await world({ robots: 'User-agent: *\nDisallow: /calendar\n' });
    const jobs = ground.jobs();
    await jobs.plan(ground.begin());
    await jobs.plan(ground.begin({ adult: true }));
    expect(ground.journal.asked).toHaveLength(1);
    await jobs.crawl(ground.begin());
    await settled(jobs);
    const { lines } = await jobs.plan(ground.begin());
    expect(lines).toContain(`${SEEN} entries of the journal are in the vault already.`);
  });

  it('says what keeps her from beginning, and what the page calls that which lifts it', async () => {
    await world({ robots: 'User-agent: *\nDisallow: /\n' });
    const jobs = ground.jobs();
    const { refused, lines } = await jobs.plan(ground.begin());
    expect(lines).toEqual([]);
    expect(refused?.message).toContain(
      'says "Disallow: /" (line 2), so nothing of this journal may be fetched by robots',
    );
    expect(refused?.advice).toContain('say so with “It is mine, or I have its owner’s leave”');
    const lifted = await jobs.plan(ground.begin({ mine: true }));
    expect(lifted.refused).toBeUndefined();
    expect(lifted.lines[0]).toContain('lifted, since you declared that the journal is yours');
    expect(ground.entryPages).toEqual([]);
  });

  it('refuses what no crawl could begin with', async () => {
    await world();
    const jobs = ground.jobs();
    const why = async (said: Parameters<Ground['begin']>[0]) => (await jobs.plan(ground.begin(said))).refused;
    expect((await why({ address: 'nonsense' }))?.message).toContain('nonsense');
    expect((await why({ cookies: join(ground.folder, 'none.txt') }))?.message).toContain('none.txt');
    expect((await why({ from: 'a list of mine' }))?.message).toContain('“Address of the masterlist” a list of mine');
    const { refused } = await ground
      .jobs({ config: undefined })
      .plan(ground.begin({ address: 'https://somebody.livejournal.com/' }));
    expect(refused).toEqual({
      message: 'LiveJournal asks robots for an address to write to, and none was given',
      advice: 'An e-mail address or a web address at which you can be reached, such as somebody@example.org.',
    });
    expect(ground.journal.asked).toEqual([]);
  });
});

/** Jobs whose crawl is paused, or closed, while the site answers the nth page of an entry. */
async function interruptedAt(nth: number, interrupt: (jobs: Jobs) => void): Promise<ReturnType<Ground['jobs']>> {
  let jobs: ReturnType<Ground['jobs']>;
  await world({
    before: ({ path }) => {
      if (ENTRY_PAGE.test(path) && ground.entryPages.length === nth) interrupt(jobs);
      return false;
    },
  });
  jobs = ground.jobs();
  await jobs.crawl(ground.begin());
  return jobs;
}

describe('a crawl', () => {
  it('tells what the site allows and how far it is, and ends', async () => {
    await world({ robots: 'User-agent: *\nDisallow: /calendar\n' });
    const jobs = ground.jobs();
    expect(jobs.state).toEqual({ kind: 'none', state: 'idle', visited: 0, fics: 0, told: [] });
    await jobs.crawl(ground.begin());
    expect(jobs.state).toMatchObject({ kind: 'crawl', state: 'running' });
    await until(() => jobs.state.visited > 2);
    expect(jobs.state.now).toMatch(/^\d+ entries, \d+ fics?, a page each \d+\.\d s · fetched: /);
    const end = await settled(jobs);
    // without a login, and with the adult notice in the way, 11 of the journal's 13 fics can be read
    expect(end).toMatchObject({ kind: 'crawl', state: 'done', visited: SEEN, fics: 11 });
    expect(end.now).toBeUndefined();
    expect(end.told[0]).toMatch(/^LiveJournal: robots\.txt of \S+ allows it\.$/);
    expect(end.told.at(-1)).toMatch(/^19 entries visited, \d+ requests made\.$/);
    expect(end.told.join('\n')).not.toContain('Ctrl-C');
    expect(jobs.runs.map(({ folder }) => folder)).toEqual([ground.out]);
    expect(jobs.vaults).toEqual(['done']);
  });

  it('finishes the page in hand when it is paused, goes on where it was, and asks for nothing twice', async () => {
    const jobs = await interruptedAt(5, (one) => {
      one.pause();
      expect(one.state.state).toBe('pausing');
    });
    const paused = await settled(jobs);
    expect(paused).toMatchObject({ kind: 'crawl', state: 'paused', visited: 5 });
    expect(ground.entryPages).toHaveLength(5);
    expect(jobs.vaults).toEqual(['paused']);
    await jobs.crawl(ground.begin());
    expect(await settled(jobs)).toMatchObject({ state: 'done', visited: SEEN });
    expect(new Set(ground.entryPages).size).toBe(ground.entryPages.length);
  });

  it('that is closed in the middle loses nothing, and the next process goes on', async () => {
    let closed: Promise<void> | undefined;
    const jobs = await interruptedAt(4, (one) => {
      closed ??= one.close();
    });
    await until(() => closed !== undefined);
    await closed;
    expect(jobs.state).toMatchObject({ state: 'paused', visited: 4 });
    await expect(jobs.crawl(ground.begin())).rejects.toMatchObject({ code: 'OUT_BUSY' });
    const next = ground.jobs();
    const { address, ...said } = remembered(ground.out) ?? { address: '' };
    await next.crawl(ground.begin({ address, ...said }));
    expect(await settled(next)).toMatchObject({ state: 'done', visited: SEEN });
    expect(new Set(ground.entryPages).size).toBe(ground.entryPages.length);
  });

  it('leaves at once where it only sleeps off a wait', async () => {
    await world({
      before: ({ path }, response) => {
        if (!ENTRY_PAGE.test(path) || ground.entryPages.length < 3) return false;
        response.writeHead(503, { 'retry-after': '200' }).end();
        return true;
      },
    });
    const jobs = ground.jobs();
    await jobs.crawl(ground.begin());
    await until(() => jobs.state.now?.startsWith('waiting 200 s') === true);
    jobs.pause();
    expect(await settled(jobs)).toMatchObject({ state: 'paused', visited: 2 });
    expect(jobs.state.told.some((line) => line.startsWith('waiting 200 s'))).toBe(true);
  });

  it('that fails says what the terminal says', async () => {
    const down: JournalOptions = {
      before: ({ path }, response) => {
        if (path !== '/go.bml' && !ENTRY_PAGE.test(path)) return false;
        response.writeHead(500).end();
        return true;
      },
    };
    await world(down);
    const jobs = ground.jobs();
    await jobs.crawl(ground.begin());
    const { state, error, now } = await settled(jobs);
    const run = startRun({ config: ground.config, out: join(ground.folder, 'terminal') }, ground.journal.address);
    const said = await crawlJournal(run, () => {}, { stopping: () => false }).catch((one: unknown) => one as Error);
    expect(said).toMatchObject({ code: 'NO_ANSWER' });
    expect(jobs.vaults).toEqual(['failed']);
    expect({ state, now, error }).toEqual({
      state: 'failed',
      now: undefined,
      error: { message: (said as Error).message, advice: (said as { advice?: string }).advice },
    });
    // it can be tried again
    await jobs.crawl(ground.begin());
    expect((await settled(jobs)).state).toBe('failed');
  });

  it('of what no crawl can begin with is refused, and leaves the job before it as it was', async () => {
    await world();
    const jobs = ground.jobs();
    await expect(jobs.crawl(ground.begin({ address: 'nonsense' }))).rejects.toMatchObject({ code: 'BAD_ADDRESS' });
    expect(jobs.state.kind).toBe('none');
    expect(() => jobs.pause()).toThrow('No crawl is under way');
  });

  it('refuses a second job, of either kind, and a plan', async () => {
    await world();
    const jobs = ground.jobs();
    const first = jobs.crawl(ground.begin());
    await expect(jobs.crawl(ground.begin())).rejects.toMatchObject({ code: 'OUT_BUSY' });
    await first;
    await expect(jobs.bundle()).rejects.toMatchObject({ code: 'OUT_BUSY' });
    await expect(jobs.plan(ground.begin())).rejects.toMatchObject({ code: 'OUT_BUSY' });
    expect((await settled(jobs)).state).toBe('done');
  });

  it('goes into the folder that is looked at, where that is the journal’s', async () => {
    await world();
    const away = { config: ground.config, out: join(ground.folder, 'elsewhere') };
    await crawlJournal(startRun({ ...away, limit: 1 }, ground.journal.address), () => {}, { stopping: () => false });
    const chosen = ground.jobs({ out: undefined }, startRun(away));
    expect((await chosen.plan(ground.begin())).folder).toBe(away.out);
    const other = ground.begin({ address: 'http://someone-else.lj.test/' });
    expect((await chosen.plan(other)).folder).toBe(join('output', 'someone_else'));
  });
});

describe('what was said at Begin', () => {
  it('is remembered for the next process, without her address and the way to her cookies', async () => {
    await world();
    const jobs = ground.jobs();
    const said = { mine: true, adult: true, includeLocked: true };
    const file = cookies();
    await jobs.crawl(ground.begin({ ...said, contact: 'canary@example.org', cookies: file }));
    // the locked fic and the gated one are read as well
    expect(await settled(jobs)).toMatchObject({ state: 'done', visited: POSTS.length, fics: 13 });
    const next = ground.jobs();
    await next.bundle();
    expect(await settled(next)).toMatchObject({ kind: 'bundle', state: 'done' });
    expect(remembered(ground.out)).toEqual({ address: ground.journal.address, images: false, ...said });
    expect(statSync(join(ground.out, 'review.json')).mode & 0o777).toBe(0o600);
    const left = allIn(ground.out);
    const secret = OWNER_COOKIE.split('=')[1] as string;
    for (const canary of ['canary@example.org', 'my-login.txt', secret]) expect(left).not.toContain(canary);
    expect(JSON.stringify([jobs.state, next.state])).not.toContain(secret);
    // --include-locked was remembered: the locked story is in the bundle of the process that was not told
    const works = readFileSync(join(ground.out, 'tarn_wick-bundle', 'data', 'bundle.json'), 'utf8');
    expect(works).toContain('What the Night Shift Keeps');
  });

  it('is not changed by a crawl that never got to its first page', async () => {
    await world();
    const jobs = ground.jobs();
    await jobs.crawl(ground.begin());
    await settled(jobs);
    await jobs.crawl(ground.begin({ address: 'http://someone-else.lj.test/', mine: true }));
    expect((await settled(jobs)).error?.message).toContain('holds another journal, tarn_wick');
    expect(remembered(ground.out)).toMatchObject({ address: ground.journal.address, mine: false });
  });

  it('that cannot be read is named, with what to do', async () => {
    await world();
    const jobs = ground.jobs();
    await jobs.crawl(ground.begin());
    await settled(jobs);
    writeFileSync(join(ground.out, 'review.json'), '{');
    await expect(jobs.bundle()).rejects.toMatchObject({
      code: 'BAD_OPTION',
      advice: expect.stringContaining('Remove it'),
    });
  });
});

describe('a bundle', () => {
  it('is made as the command makes it, and says how many works are ready', async () => {
    await world();
    const jobs = ground.jobs();
    await jobs.crawl(ground.begin({ adult: true }));
    await settled(jobs);
    await jobs.bundle();
    expect(jobs.state).toMatchObject({ kind: 'bundle', state: 'running' });
    const { state, bundle, done, total } = await settled(jobs);
    const folder = join(ground.out, 'tarn_wick-bundle');
    // twelve fics can be read, three of them are the parts of The Salt Road
    expect({ state, done, total }).toEqual({ state: 'done', done: 10, total: 10 });
    expect(bundle).toEqual({ folder, zip: `${folder}.zip`, ready: 10, misfits: 0 });
    expect(await verifyBundle(folder)).toMatchObject({ ok: true });
  });

  it('of a folder where nothing was fetched says so', async () => {
    await world();
    const jobs = ground.jobs();
    await jobs.bundle();
    expect(await settled(jobs)).toMatchObject({
      state: 'failed',
      error: { message: expect.stringContaining('vault') },
    });
  });
});

describe('the pause between two that ask the same site', () => {
  it('is kept from the last answer on, and a shorter one does not shorten it', async () => {
    let now = 1000;
    const slept: number[] = [];
    const sleep = async (ms: number) => {
      slept.push(ms);
      now += ms;
    };
    const quiet = new Quiet({ now: () => 0, ticks: () => now, sleep });
    await quiet.over('livejournal');
    quiet.keep('livejournal', 5);
    quiet.keep('livejournal', 1);
    now += 2000;
    await quiet.over('dreamwidth');
    await quiet.over('livejournal');
    await quiet.over('livejournal');
    expect(slept).toEqual([3000]);
  });

  it('is kept between a plan and the crawl, and between a crawl and the one that goes on', async () => {
    await world({ robots: 'User-agent: *\nDisallow: /calendar\n' });
    const slept: number[] = [];
    // A clock that goes on only while somebody sleeps: whatever is to be waited for is waited for in full.
    let now = 0;
    const sleep = async (ms: number) => {
      slept.push(ms);
      now += ms;
    };
    const jobs = ground.jobs({}, undefined, { now: () => 0, ticks: () => now, sleep });
    await jobs.plan(ground.begin());
    expect(slept).toEqual([]);
    // the loopback journal's pause is a thousandth of a second
    for (const waits of [1, 2]) {
      await jobs.crawl(ground.begin());
      await settled(jobs);
      expect(slept).toEqual(Array.from({ length: waits }, () => 1));
    }
  });
});
