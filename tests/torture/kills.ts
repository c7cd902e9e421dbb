/**
 * "Kills survived": the built program carries a journal with pictures and locked entries, and is killed again and again, by the
 * clock and before its Nth change of the disk, until a run gets through. Then another life begins.
 *
 * After each kill: the vault opens, of what it holds nothing was asked for again, no more was lost than what was under way, and
 * what is locked only its owner can read. After each life: the bundle of a run that nobody disturbed, manifest by manifest.
 */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { verifyBundle } from '../../src/bundle/index.js';
import { Vault } from '../../src/crawl/index.js';
import { digests, ficferry, inFolder, type Outcome } from '../cli/program.js';
import { give, PICTURES, PictureHost } from '../journal/pictureHost.js';
import { numberOf, POSTS, type Post } from '../journal/posts.js';
import { LoopbackJournal, OWNER_COOKIE } from '../journal/server.js';
import { dice, type Score, Tally } from './score.js';

const BUNDLE = 'tarn_wick-bundle';
const DIE_AT = pathToFileURL(fileURLToPath(new URL('dieAt.mjs', import.meta.url))).href;
/** Words of the locked story, and the tail of the locked picture's bytes. */
const LOCKED = ['heliotrope-under-lock', 'heliotrope-in-a-picture'];
/** Pictures that each host of pictures is asked for; the last one's is of the locked story. */
const EACH = 6;

/** @param size kills; lives that end by themselves come on top. Two lives go on side by side. */
export async function kills(size: number, seed: number): Promise<Score> {
  const tally = new Tally('kills survived');
  const left = { kills: size };
  const stages = { crawl: 0, pictures: 0, bundle: 0 };
  await Promise.all([0, 1].map((at) => hunt(tally, left, stages, dice(seed * 2 + at), 2 + at * 2)));
  const { score } = tally;
  return {
    ...score,
    what: `${score.what} (${Object.entries(stages)
      .map(([stage, count]) => `${count} in ${stage}`)
      .join(', ')})`,
  };
}

/** What a run was at when it was killed. */
type Stages = Record<'crawl' | 'pictures' | 'bundle', number>;

/** Lives of one hunter after another, while kills are left. @param net its hosts of pictures are 127.0.0.`net` and the next */
async function hunt(
  score: Tally,
  left: { kills: number },
  stages: Stages,
  roll: () => number,
  net: number,
): Promise<void> {
  const ground = await Ground.make(net);
  try {
    await inFolder(async (folder) => {
      const calm = await ground.calm(join(folder, 'calm'));
      for (let life = 1; left.kills > 0; life++) {
        const prey = new Prey(ground, join(folder, `life-${life}`), calm);
        while (left.kills > 0) {
          left.kills--;
          const blow = prey.blow(roll);
          const name = `life ${life} of hunter ${net}, ${JSON.stringify(blow)}`;
          let through = false;
          await score.try(name, async () => {
            const { outcome, wrong } = await prey.strike(blow);
            through = outcome.code !== null;
            if (!through) stages[prey.stage]++;
            return wrong;
          });
          if (through) break;
        }
        await score.try(`the end of life ${life} of hunter ${net}`, () => prey.end());
      }
    });
  } finally {
    await ground.close();
  }
}

/** The journal and its hosts of pictures; one hunter's own, so that what was asked can be told. */
class Ground {
  private constructor(
    readonly journal: LoopbackJournal,
    readonly hosts: PictureHost[],
  ) {}

  static async make(net: number): Promise<Ground> {
    const numbers = Array.from({ length: EACH }, (_, at) => at);
    const locked = Buffer.concat([PICTURES.png, Buffer.from('heliotrope-in-a-picture')]);
    const hosts = await Promise.all(
      [net, net + 1].map((last) =>
        PictureHost.start(
          `127.0.0.${last}`,
          Object.fromEntries(numbers.map((at) => [`/${at}.png`, give(at === EACH - 1 ? locked : PICTURES.png)])),
        ),
      ),
    );
    const fics = POSTS.filter(({ is, security }) => is === 'fic' && !security).slice(0, EACH - 1);
    const shows = new Map([...fics, POSTS.find(({ itemid }) => itemid === 9)].map((post, at) => [post?.itemid, at]));
    const posts = POSTS.map((post) => {
      const at = shows.get(post.itemid);
      const images =
        at === undefined ? '' : hosts.map((host) => `<br /><img src="${host.url(`/${at}.png`)}">`).join('');
      return { ...post, body: post.body + images };
    });
    return new Ground(await LoopbackJournal.start({ posts }), hosts);
  }

  /** Flags of a run in `folder`, with what they name. */
  flags(folder: string): string[] {
    mkdirSync(folder, { recursive: true });
    const config = this.journal.writeConfig(join(folder, 'config.yaml'));
    appendFileSync(config, `images: {pause: 0.001, allow: [${this.hosts.map(({ address }) => address).join(', ')}]}\n`);
    const [name, value] = OWNER_COOKIE.split('=');
    writeFileSync(join(folder, 'cookies.txt'), `#HttpOnly_.lj.test\tTRUE\t/\tFALSE\t4102444800\t${name}\t${value}\n`);
    const cookies = ['--cookies', join(folder, 'cookies.txt')];
    return ['--out', join(folder, 'run'), '--config', config, ...cookies, '--images', '--include-locked', '--adult'];
  }

  migrate(folder: string, env: Record<string, string>, after?: number): Promise<Outcome> {
    const signal = after === undefined ? undefined : ({ name: 'SIGKILL', after } as const);
    const flags = this.flags(folder);
    // Crawls of one site take turns on a machine, by locks among the temporary files: each hunter has its own.
    const NODE_OPTIONS = `--import ${DIE_AT}`;
    return ficferry(['migrate', this.journal.address, ...flags], {
      env: { TMPDIR: folder, NODE_OPTIONS, ...env },
      signal,
    });
  }

  /** What an undisturbed run comes to. */
  async calm(folder: string): Promise<Calm> {
    const began = Date.now();
    const done = await this.migrate(folder, { FICFERRY_COUNT: join(folder, 'changes') });
    if (done.code !== 0) throw new Error(`an undisturbed run ended with ${done.code}: ${done.stderr}`);
    return {
      milliseconds: Date.now() - began,
      changes: Number(readFileSync(join(folder, 'changes'), 'utf8')),
      bundle: digests(join(folder, 'run', BUNDLE)),
    };
  }

  forget(): void {
    this.journal.asked.length = 0;
    for (const { requested } of this.hosts) requested.length = 0;
  }

  /** Addresses asked for since `forget`, with those of strangers told apart. */
  asked(): { pages: string[]; pictures: string[][] } {
    const pages = this.journal.asked.filter(({ method, path }) => method === 'GET' && path !== '/robots.txt');
    return {
      pages: pages.map(({ host, path }) => `http://${host}${path}`),
      pictures: this.hosts.map((host) => host.paths.map((path) => host.url(path))),
    };
  }

  async close(): Promise<void> {
    for (const host of [this.journal, ...this.hosts]) await host.close();
  }
}

interface Calm {
  milliseconds: number;
  changes: number;
  bundle: Record<string, string>;
}

/** When a run is killed: after so many milliseconds, or before its Nth change of the disk, which may go half through. */
type Blow = { after: number } | { change: number; torn: boolean };

/** One life: a folder, and the runs in it. */
class Prey {
  #stands = new Set<string>();
  /** How far the life has come. */
  stage: keyof Stages = 'crawl';

  constructor(
    private readonly ground: Ground,
    private readonly folder: string,
    private readonly calm: Calm,
  ) {}

  /** Anywhere in a run, and more often in its first third, so that a life has several. */
  blow(roll: () => number): Blow {
    const far = roll() < 0.7 ? roll() / 3 : roll();
    if (roll() < 0.3) return { after: Math.round(150 + far * this.calm.milliseconds) };
    return { change: 1 + Math.floor(far * this.calm.changes), torn: roll() < 0.3 };
  }

  async strike(blow: Blow): Promise<{ outcome: Outcome; wrong: string | undefined }> {
    this.ground.forget();
    const env: Record<string, string> = {};
    if ('change' in blow) {
      env.FICFERRY_DIE_AT = String(blow.change);
      if (blow.torn) env.FICFERRY_DIE_TORN = '1';
    }
    const outcome = await this.ground.migrate(this.folder, env, 'after' in blow ? blow.after : undefined);
    return { outcome, wrong: (await this.#afterRun()) ?? died(outcome) };
  }

  async end(): Promise<string | undefined> {
    const { outcome, wrong } = await this.strike({ change: 0, torn: false });
    if (wrong) return wrong;
    if (outcome.code !== 0) return `it ended with ${outcome.code}: ${outcome.stderr}`;
    const bundle = join(this.folder, 'run', BUNDLE);
    const found = digests(bundle);
    for (const name of new Set([...Object.keys(found), ...Object.keys(this.calm.bundle)]))
      if (found[name] !== this.calm.bundle[name]) return `${name} is not that of an undisturbed run`;
    for (const path of [bundle, `${bundle}.zip`]) {
      const { ok, problems } = await verifyBundle(path);
      if (!ok) return `${path}: ${problems.join('; ')}`;
    }
    const left = readdirSync(join(this.folder, 'run')).filter((name) => /\.(part|old|new)\b/.test(name));
    return left.length > 0 ? `left behind: ${left.join(', ')}` : undefined;
  }

  /** What is wrong after a run, if anything is. */
  async #afterRun(): Promise<string | undefined> {
    const { pages, pictures } = this.ground.asked();
    const before = this.#stands;
    const { has, stands } = await vaultOf(join(this.folder, 'run/vault'));
    this.#stands = stands;
    if (pictures.flat().length > 0) this.stage = 'pictures';
    if (
      existsSync(join(this.folder, 'run')) &&
      readdirSync(join(this.folder, 'run')).some((name) => name.startsWith(BUNDLE))
    )
      this.stage = 'bundle';
    const again = [...pages, ...pictures.flat()].filter((url) => before.has(url));
    if (again.length > 0) return `asked for again: ${again.join(', ')}`;
    // A step of an owner's walk is kept with the page that proves her login: one of each may have been under way.
    const isWay = (url: string) => url.includes('/go.bml?');
    for (const asked of [pages.filter(isWay), pages.filter((url) => !isWay(url)), ...pictures]) {
      const lost = new Set(asked.filter((url) => !has.has(url)));
      if (lost.size > 1) return `asked for and not kept: ${[...lost].join(', ')}`;
    }
    return openSecrets(this.folder);
  }
}

function died({ code, stderr }: Outcome): string | undefined {
  return code === null || code === 0 ? undefined : `it ended with ${code}: ${stderr}`;
}

/**
 * Addresses of what a vault has and of what of it stands, so that nobody asks again. A list, an end of the chain, the calendar's
 * years and an adult notice are asked for again by design: there may be more behind them by now. The vault has to open, if there
 * is one.
 */
async function vaultOf(folder: string): Promise<{ has: Set<string>; stands: Set<string> }> {
  const none = { has: new Set<string>(), stands: new Set<string>() };
  const shelves = ['captures.warc.gz', 'restricted.warc.gz'].map((name) => join(folder, name));
  if (!shelves.some((path) => existsSync(path))) return none;
  const vault = await Vault.open(folder, { readOnly: true });
  const refs = [...vault.refs()];
  await vault.close();
  const gated = numberOf(POSTS.find(({ security }) => security === 'gate') as Post);
  const stands = refs.filter(
    ({ url, status, use }) =>
      use === 'picture' || status === 302 || (/\/\d+\.html/.test(url) && !url.includes(`/${gated}.html`)),
  );
  return { has: new Set(refs.map(({ url }) => url)), stands: new Set(stands.map(({ url }) => url)) };
}

/** Files that hold what is locked, and that others than their owner may read. */
function openSecrets(folder: string): string | undefined {
  if (process.platform === 'win32') return undefined;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    const { mode, size } = statSync(path);
    if (!statSync(path).isFile() || (mode & 0o077) === 0) continue;
    if (/restricted\./.test(name) && size > 0) return `${name} can be read by others`;
    const text = readFileSync(path, 'latin1');
    if (/\.zip(\.part)?$/.test(name) || LOCKED.some((words) => text.includes(words)))
      return `${name} can be read by others`;
  }
  return undefined;
}
