/** A journal in a folder, ill or well, and runs of the whole pipeline against it by a clock of its own. */
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { exitOf } from '../../src/cli/exit.js';
import { wordsOf } from '../../src/cli/failure.js';
import { runSummary } from '../../src/cli/summary.js';
import type { SiteConfig } from '../../src/config/sites.js';
import { type Config, loadConfig } from '../../src/config.js';
import { entriesOf } from '../../src/crawl/index.js';
import { Sites } from '../../src/journal/index.js';
import { migrate } from '../../src/migrate.js';
import { entryKey } from '../../src/model.js';
import type { RunEvent } from '../../src/run/outcome.js';
import type { Run } from '../../src/run/run.js';
import { openVault } from '../../src/run/stories.js';
import { eventWords } from '../../src/run/telling.js';
import { inFolder } from '../cli/program.js';
import { QuickTime } from '../crawl/fetcher-help.js';
import { drawEntry } from '../journal/pages.js';
import { POSTS, type Post } from '../journal/posts.js';
import { type Asked, LoopbackJournal, OWNER_COOKIE } from '../journal/server.js';
import type { Arrival, Clock, Fault, Flags, Here, Ill } from './fault.js';

/** The first one is back-dated, the ninth is locked; a run begins at the last and goes back. */
export const FEW: Post[] = POSTS.filter(({ itemid }) => [21, 1, 2, 3, 4, 6, 7, 9, 11, 20].includes(itemid));
export const CONTACT = 'somebody@mail.example';
export const SECRETS = [CONTACT, OWNER_COOKIE.split('=')[1] as string];

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
  /** The addresses of all that the vault holds. */
  kept: string[];
  /** The bundle's own list of its files with their checksums; absent where none was made. */
  manifest?: string;
  /** Every entry that the vault can read: key → all that is read of it. */
  entries: Record<string, string>;
}

const configs = new Map<string, Config>();

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
    const tell = (event: RunEvent) => void lines.push(...(eventWords(event)?.split('\n') ?? []));
    let exit: number;
    let failure: string[] = [];
    try {
      const { end, outcome } = await migrate(run, tell, { stopping: () => false });
      if (!outcome) throw new Error('nobody asked it to stop');
      lines.push(...runSummary(run, outcome, end));
      exit = exitOf(end, outcome);
    } catch (error) {
      const words = wordsOf(error);
      exit = words.code;
      failure = words.lines.map(plain);
      lines.push(...failure);
    }
    return {
      exit,
      lines: lines.map(plain),
      failure,
      asked: this.#arrivals,
      shown: this.journal.shown.slice(shownBefore),
      mostAtOnce: this.#mostAtOnce,
      manifest: manifestOf(run),
      ...(await heldBy(run)),
    };
  }

  #start({ cookies, ...flags }: Flags, cookiesLast?: number): Run {
    const folder = join(this.folder, 'run');
    const config = this.#config();
    const sites = new Sites(config);
    return {
      options: { ...flags, contact: CONTACT, ...(cookies && { cookies: this.#cookieFile(cookiesLast) }) },
      config,
      sites,
      address: sites.parseStart(this.journal.address),
      folder,
      inside: { time: this.time, random: () => 0, bounds: this.fault.bounds },
    };
  }

  /** The shipped config, leading here. It is read once, since what is made of it is kept by the object; rows are played one by one. */
  #config(): Config {
    const site = this.fault.journal?.site ?? 'livejournal';
    const config = configs.get(site) ?? loadConfig(this.journal.writeConfig(join(this.folder, 'config.yaml'), 'own'));
    configs.set(site, config);
    (config.sites[site] as SiteConfig).server = { host: '127.0.0.1', port: this.journal.port };
    return config;
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

async function heldBy(run: Run): Promise<Pick<Played, 'kept' | 'entries'>> {
  const found: Record<string, string> = {};
  let kept: string[] = [];
  try {
    await using vault = await openVault(run, { readOnly: true });
    kept = [...vault.refs()].map(({ url }) => url);
    for await (const { id, reading } of entriesOf(vault, run.sites)) {
      if (id && reading.kind === 'entry') {
        const { subject, postedAt, tags, body } = reading.entry;
        found[entryKey(id)] = JSON.stringify({ subject, postedAt, tags, html: body.html });
      }
    }
  } catch (error) {
    if ((error as { code?: string }).code !== 'NO_VAULT') throw error;
  }
  return { kept, entries: found };
}

/** Without the colours that stand there where CI says that it shows some. */
function plain(line: string): string {
  return stripVTControlCharacters(line);
}
