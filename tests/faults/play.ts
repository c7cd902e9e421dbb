/** Plays one row of the table: a run against the ill journal, then one against the same journal well again. */
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { exitOf } from '../../src/cli/exit.js';
import { wordsOf } from '../../src/cli/failure.js';
import { describe } from '../../src/cli/progress.js';
import { runSummary } from '../../src/cli/summary.js';
import { entriesOf } from '../../src/crawl/index.js';
import { migrate } from '../../src/migrate.js';
import { entryKey } from '../../src/model.js';
import type { RunEvent } from '../../src/outcome.js';
import { type Run, startRun } from '../../src/run.js';
import { openVault } from '../../src/stories.js';
import { inFolder } from '../cli/program.js';
import { QuickTime } from '../crawl/fetcher-help.js';
import { drawEntry } from '../journal/pages.js';
import { numberOf, POSTS, type Post } from '../journal/posts.js';
import { type Asked, LoopbackJournal, OWNER_COOKIE } from '../journal/server.js';
import type { Arrival, Clock, Fault, Flags, Here, Ill } from './fault.js';

/** The first one is back-dated, the ninth is locked; a run begins at the last and goes back. */
export const FEW: Post[] = POSTS.filter(({ itemid }) => [21, 1, 2, 3, 4, 6, 7, 9, 11, 20].includes(itemid));
const CONTACT = 'somebody@mail.example';
const SECRETS = [CONTACT, OWNER_COOKIE.split('=')[1] as string];

/** What one run came to. */
export interface Played {
  exit: number;
  /** Everything printed, on both streams. */
  lines: string[];
  /** What a run that stopped says of it. */
  failure: string[];
  asked: Arrival[];
  /** Entries the journal showed, by their running numbers. */
  shown: number[];
  mostAtOnce: number;
  /** The bundle's own list of its files with their checksums; absent where none was made. */
  manifest?: string;
  /** Every entry that the vault can read: key → all that is read of it. */
  entries: Record<string, string>;
}

class FaultyClock extends QuickTime implements Clock {
  jumped = 0;
  override now = () => Date.UTC(2026, 0, 1) + this.passed + this.jumped;
}

/** A journal in a folder, and runs against it. */
export class Stage {
  readonly time = new FaultyClock();
  ill: Ill = () => false;
  readonly #decoyAsked: string[] = [];
  #arrivals: Arrival[] = [];
  #underWay = 0;
  #mostAtOnce = 0;

  private constructor(
    readonly folder: string,
    readonly fault: Pick<Fault, 'journal' | 'bounds'>,
    readonly journal: LoopbackJournal,
    readonly decoy: string,
  ) {}

  static async with<T>(fault: Pick<Fault, 'journal' | 'bounds'>, work: (stage: Stage) => Promise<T>): Promise<T> {
    return inFolder(async (folder) => {
      let stage: Stage | undefined;
      const decoy = createServer((request, response) => {
        if (stage) stage.#decoyAsked.push(request.url ?? '');
        response.end('caught');
      }).listen(0, '127.0.0.1');
      await once(decoy, 'listening');
      const journal = await LoopbackJournal.start({
        posts: FEW,
        ...fault.journal,
        before: (asked, response) => (stage as Stage).#before(asked, response),
      });
      stage = new Stage(folder, fault, journal, `http://127.0.0.1:${(decoy.address() as AddressInfo).port}`);
      try {
        return await withTemporary(folder, () => work(stage as Stage));
      } finally {
        await journal.close();
        decoy.close();
      }
    });
  }

  get here(): Here {
    const { place, posts } = this.journal;
    return {
      time: this.time,
      posts,
      address: (itemid) => this.journal.entryAddress(itemid),
      page: (itemid) => {
        const post = posts.find((one) => one.itemid === itemid) as Post;
        return drawEntry(place, post, post.body);
      },
      journal: this.journal.address,
      www: `http://${place.www}/`,
      decoy: this.decoy,
    };
  }

  /** Hosts other than the journal's own site that were asked for anything. */
  strangers(): string[] {
    const own = this.journal.place.www.slice('www.'.length);
    const others = this.#arrivals.map(({ host }) => host).filter((host) => !host.endsWith(own));
    return [...others, ...this.#decoyAsked];
  }

  /** One run of `ficferry migrate`, within this process: the pipeline, and the words and codes of the program. */
  async run(flags: Flags = {}, cookiesLast?: number): Promise<Played> {
    const run = this.#start(flags, cookiesLast);
    const lines: string[] = [];
    const shownBefore = this.journal.shown.length;
    this.#arrivals = [];
    this.#mostAtOnce = 0;
    const tell = (event: RunEvent) => void lines.push(...(describe(event)?.split('\n') ?? []));
    let exit: number;
    let failure: string[] = [];
    try {
      const { end, outcome } = await migrate(run, tell, { stopping: () => false });
      if (!outcome) throw new Error('nobody asked it to stop');
      lines.push(...runSummary(run, outcome, end));
      exit = exitOf(end, outcome);
    } catch (error) {
      ({ lines: failure, code: exit } = wordsOf(error));
      lines.push(...failure);
    }
    return {
      exit,
      lines,
      failure,
      asked: this.#arrivals,
      shown: this.journal.shown.slice(shownBefore),
      mostAtOnce: this.#mostAtOnce,
      manifest: manifestOf(run),
      entries: await entriesIn(run),
    };
  }

  #start({ cookies, ...flags }: Flags, cookiesLast?: number): Run {
    const options = {
      ...flags,
      out: join(this.folder, 'run'),
      contact: CONTACT,
      config: this.journal.writeConfig(join(this.folder, 'config.yaml'), 'own'),
      ...(cookies && { cookies: this.#cookieFile(cookiesLast) }),
    };
    const inside = { time: this.time, random: () => 0, bounds: this.fault.bounds };
    return { ...startRun(options, this.journal.address), inside };
  }

  #cookieFile(seconds = 1e9): string {
    const [name, value] = OWNER_COOKIE.split('=');
    const file = join(this.folder, 'cookies.txt');
    const over = Math.round(this.time.now() / 1000) + seconds;
    writeFileSync(file, `# Netscape HTTP Cookie File\n.lj.test\tTRUE\t/\tFALSE\t${over}\t${name}\t${value}\n`);
    return file;
  }

  async #before(asked: Asked, response: ServerResponse): Promise<boolean> {
    await this.#hearWhoLeft();
    this.#underWay++;
    this.#mostAtOnce = Math.max(this.#mostAtOnce, this.#underWay);
    response.on('close', () => this.#underWay--);
    this.#arrivals.push({ host: asked.host, path: asked.path, at: this.time.ticks() });
    return this.ill(asked, response);
  }

  /** An asker that gave an answer up has left before it asks again; its end of the connection may come to notice a moment after. */
  async #hearWhoLeft(): Promise<void> {
    for (let turn = 0; this.#underWay > 0 && turn < 1000; turn++) await new Promise((heard) => setTimeout(heard, 1));
  }
}

/** Locks that concern a whole machine stay within the folder, so that rows wait for nobody. */
async function withTemporary<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = join(folder, 'tmp');
  mkdirSync(process.env.TMPDIR);
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

function manifestOf(run: Run): string | undefined {
  try {
    return readFileSync(join(run.folder, 'tarn_wick-bundle', 'manifest-sha256.txt'), 'utf8');
  } catch {
    return undefined;
  }
}

async function entriesIn(run: Run): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  try {
    await using vault = await openVault(run, { readOnly: true });
    for await (const { id, reading } of entriesOf(vault, run.sites)) {
      if (id && reading.kind === 'entry') {
        const { subject, postedAt, tags, body } = reading.entry;
        found[entryKey(id)] = JSON.stringify({ subject, postedAt, tags, html: body.html });
      }
    }
  } catch (error) {
    if ((error as { code?: string }).code !== 'NO_VAULT') throw error;
  }
  return found;
}

/** The same journal without any trouble, by what it has and what the run was allowed; made once for each. */
const undisturbed = new Map<string, Promise<Played>>();

function well(fault: Fault, flags: Flags): Promise<Played> {
  const key = JSON.stringify([fault.journal?.site, fault.journal?.posts?.map(numberOf), flags]);
  const { robots: _, ...journal } = fault.journal ?? {};
  const known = undisturbed.get(key) ?? Stage.with({ journal }, (stage) => stage.run(flags));
  undisturbed.set(key, known);
  return known;
}

/** Plays a row and says all that is not as the row says. */
export async function play(fault: Fault): Promise<string[]> {
  return Stage.with(fault, async (stage) => {
    const wrong: string[] = [];
    const mind = (holds: boolean, what: string) => void (holds || wrong.push(what));
    const flags = { ...fault.flags };
    const best = await well(fault, flags);
    const pause = fault.journal?.site === 'dreamwidth' ? 2200 : 1000;

    stage.ill = fault.ill(stage.here);
    const first = await stage.run(flags, fault.cookiesLast);
    mind(first.exit === fault.exit, `exit ${first.exit} in place of ${fault.exit}`);
    const spoken = fault.exit === 2 || fault.exit === 3 ? first.failure : first.lines;
    if (fault.says)
      mind(
        spoken.some((line) => fault.says?.test(line)),
        `nothing printed matches ${fault.says}`,
      );
    if (fault.exit === 3) mind(first.failure.length === 2, 'it is not one line and an advice');
    mind(
      first.failure.every((line) => !/\n/.test(line)),
      'a stack, or several lines in one',
    );
    for (const [key, read] of Object.entries(first.entries))
      mind(
        fault.keepsFirst || best.entries[key] === read,
        `${key} is not as the journal has it: ${read.slice(0, 200)}`,
      );
    if (fault.exit === 0 && !fault.carriesLess && !fault.keepsFirst)
      mind(first.manifest === best.manifest, 'the bundle is not that of an undisturbed journal');
    const also = fault.also?.(first);
    if (also) wrong.push(also);
    checkManners('the run', first, pause, stage, mind);

    stage.ill = () => false;
    const laterFlags = { ...flags, ...fault.laterFlags };
    const later = await stage.run(laterFlags);
    mind(later.exit === 0, `the later run ends with ${later.exit}: ${later.failure.join(' ')}`);
    const end = fault.keepsFirst ? first : await well(fault, laterFlags);
    mind(later.manifest === end.manifest, 'the bundle of the later run is not that of an undisturbed journal');
    const again = later.shown.filter(
      (itemid) => first.shown.includes(itemid) && !fault.shownToNobody?.includes(itemid),
    );
    mind(again.length === 0, `what was held is asked for again: ${again}`);
    checkManners('the later run', later, pause, stage, mind);
    if (wrong.length > 0) wrong.push(`printed:\n${first.lines.join('\n')}\nthen:\n${later.lines.join('\n')}`);
    return wrong;
  });
}

function checkManners(
  whose: string,
  { lines, asked, mostAtOnce }: Played,
  pause: number,
  stage: Stage,
  mind: (holds: boolean, what: string) => void,
): void {
  mind(mostAtOnce <= 1, `${whose} had ${mostAtOnce} requests under way at once`);
  const hasty = asked.filter(({ at }, index) => index > 0 && at - (asked[index - 1] as Arrival).at < pause);
  mind(hasty.length === 0, `${whose} was hasty: ${JSON.stringify(hasty)}`);
  mind(stage.strangers().length === 0, `${whose} asked other hosts: ${stage.strangers()}`);
  const told = SECRETS.filter((secret) => lines.some((line) => line.includes(secret)));
  mind(told.length === 0, `${whose} told a secret`);
}
