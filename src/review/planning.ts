/** What a crawl would be, told before it begins: what the site allows, how many requests at what pace, and how long that takes. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { count } from '../common/wording.js';
import { Fetcher, lockSite, type Time } from '../crawl/index.js';
import { type CrawlPlan, crawlPlan, planLines } from '../run/plan.js';
import { type Run, refuseOtherJournal, VERSION, vaultFolder } from '../run/run.js';
import { type Start, startOf } from '../run/start.js';
import { openVault } from '../run/stories.js';

/** The pause behind the last answer of each site, which whoever asks next in this process keeps to. */
export class Quiet {
  readonly #until = new Map<string, number>();
  constructor(private readonly time: Time) {}

  /** @param seconds from now on */
  keep(site: string, seconds: number): void {
    this.#until.set(site, Math.max(this.#until.get(site) ?? 0, this.time.ticks() + seconds * 1000));
  }

  async over(site: string, signal?: AbortSignal): Promise<void> {
    const left = (this.#until.get(site) ?? 0) - this.time.ticks();
    if (left > 0) await this.time.sleep(left, signal);
  }
}

/** Nobody is waited for: a crawl that is under way elsewhere on this machine is told of. */
const BUSY = Symbol('another crawl of this site');

/** Plans crawls; of a site it asks the robots.txt alone, once for the same question. */
export class Planner {
  readonly #leave = new AbortController();
  readonly #answers = new Map<string, CrawlPlan>();
  #line: Promise<unknown> = Promise.resolve();

  constructor(private readonly quiet: Quiet) {}

  /** @returns lines for people. @throws FicferryError what a crawl of this run would be refused for, as far as that can be known */
  async plan(run: Run): Promise<string[]> {
    const start = await startOf(run);
    const held = await heldOf(run, start);
    const turn = this.#line.then(() => this.#robotsOf(run, start));
    this.#line = turn.catch(() => {});
    const robots = await turn;
    if (robots?.robots.refusal) throw robots.robots.refusal;
    const busy = `Another crawl of ${start.siteName} is under way on this machine; this one will wait for it to end.`;
    return [
      ...(robots ? planLines(run, start, robots) : [busy]),
      ...(held > 0
        ? [`${count(held, 'entry')} of the journal ${held === 1 ? 'is' : 'are'} in the vault already.`]
        : []),
      'It can be paused at any time and goes on where it was; closing the page stops nothing, and closing ficferry loses nothing.',
    ];
  }

  /** To be called before a crawl, which asks for itself: what was learnt is forgotten. */
  async done(): Promise<void> {
    await this.#line;
    this.#answers.clear();
  }

  async close(): Promise<void> {
    this.#leave.abort();
    await this.#line;
  }

  /** @returns undefined where somebody else is asking this site */
  async #robotsOf(run: Run, start: Start): Promise<CrawlPlan | undefined> {
    const { sites, options } = run;
    const mine = options.mine ? start.journalHost : undefined;
    const { site, url } = start.address;
    const question = JSON.stringify([url, options.contact, mine, options.delay]);
    const known = this.#answers.get(question);
    if (known) return known;
    const busy = new AbortController();
    const signal = AbortSignal.any([busy.signal, this.#leave.signal]);
    const fetcher = new Fetcher({
      sites,
      version: VERSION,
      contact: options.contact,
      delay: options.delay,
      adult: false,
      mine,
      signal,
    });
    try {
      await using _site = await lockSite(site, { onWait: () => busy.abort(BUSY), signal });
      await this.quiet.over(site, signal);
      const answer = await crawlPlan(run, start, fetcher);
      this.quiet.keep(site, answer.robots.pauseSeconds);
      this.#answers.set(question, answer);
      return answer;
    } catch (error) {
      if (error === BUSY) return undefined;
      throw error;
    } finally {
      this.quiet.keep(site, sites.site(site).pause);
      await fetcher.close();
    }
  }
}

/** Entries of the journal that are held. @throws FicferryError OUT_TAKEN, VAULT_DAMAGED */
async function heldOf(run: Run, start: Start): Promise<number> {
  if (!existsSync(join(vaultFolder(run), 'captures.warc.gz'))) return 0;
  await using vault = await openVault(run, { readOnly: true });
  refuseOtherJournal(run, start.address, vault);
  const numbers = new Set<number>();
  for (const { url, status, use } of vault.refs()) {
    const address = use || status !== 200 ? undefined : run.sites.tryParse(url);
    if (address?.kind === 'entry' && address.number !== undefined) numbers.add(address.number);
  }
  return numbers.size;
}
