/**
 * A crawl or the making of a bundle as a job of the page: begun, told of, paused, gone on with. It is the pipeline of the command
 * line; what is new here is that somebody looks at it from outside. Nothing of a job is kept but what the pipeline keeps: a
 * crawl goes on because the vault knows what it holds.
 */
import { count } from '../common/wording.js';
import { realTime, type Time } from '../crawl/index.js';
import { FicferryError } from '../errors.js';
import { bundleJournal, crawlJournal, crawlPictures } from '../migrate.js';
import type { CrawlEnd, Hand, PictureEnd, RunEvent } from '../run/outcome.js';
import { journalOf, type Run, type RunOptions, startRun } from '../run/run.js';
import { startOf } from '../run/start.js';
import { openVault } from '../run/stories.js';
import { eventWords } from '../run/telling.js';
import type { Begin, Job, Plan } from './model.js';
import { plainly, withLabels } from './plainly.js';
import { Planner, Quiet } from './planning.js';
import { optionsOf, remember, remembered, runOf } from './remembered.js';

export interface JobsHost {
  /** What the command line said; `out` where it named a folder. */
  readonly options: RunOptions;
  /** The run that is looked at now, where one was named or chosen. */
  readonly run: Run | undefined;
  /** A crawl of this run is under way: it was named, or what is wanted of it changed. */
  onRun(run: Run): void;
  /** The vault was written to, and no more is: read it again. */
  onVault(): void;
}

/** So many of the last lines told are kept. */
const TOLD = 60;

const IDLE: Job = { kind: 'none', state: 'idle', visited: 0, fics: 0, told: [] };

export class Jobs {
  #job: Job = IDLE;
  #hand = new Stop();
  #work: Promise<void> = Promise.resolve();
  #closed = false;
  readonly #quiet: Quiet;
  readonly #planner: Planner;

  /** @param time what pauses between jobs are measured by; tests put their own in its place */
  constructor(
    private readonly host: JobsHost,
    time: Time = realTime,
  ) {
    this.#quiet = new Quiet(time);
    this.#planner = new Planner(this.#quiet);
  }

  get state(): Job {
    return { ...this.#job, told: [...this.#job.told] };
  }

  /** What a crawl would be. Of the site its robots.txt alone is asked. @throws FicferryError OUT_BUSY while a job is under way */
  async plan(begin: Begin): Promise<Plan> {
    this.#refuseSecond();
    let run: Run | undefined;
    try {
      run = await this.#runFor(begin);
      return { ...named(run), lines: (await this.#planner.plan(run)).map(withLabels) };
    } catch (error) {
      if (!(error instanceof FicferryError)) throw error;
      return { ...named(run), lines: [], refused: plainly(error) };
    }
  }

  /**
   * Begins a crawl, or goes on with it: the vault knows what it holds. Returns once it is under way; how it ends is told by `state`.
   * @throws FicferryError OUT_BUSY while a job is under way; BAD_ADDRESS, UNKNOWN_SITE, BAD_OPTION, NOT_FOUND, BAD_COOKIES
   */
  async crawl(begin: Begin): Promise<void> {
    this.#refuseSecond();
    const before = this.#job;
    this.#take('crawl', 'asking what the site allows');
    const begun = this.#begin(begin);
    this.#work = begun.then(({ ended }) => ended).catch(() => {});
    try {
      await begun;
    } catch (error) {
      this.#job = before;
      throw error;
    }
  }

  /** The page in hand is finished, and the crawl then stops; going on is the same `crawl` again. */
  pause(): void {
    if (this.#job.kind !== 'crawl' || this.#job.state !== 'running')
      throw new FicferryError('BAD_OPTION', 'No crawl is under way that could be paused');
    this.#change({ state: 'pausing' });
    this.#hand.stop();
  }

  /** Makes the bundle anew. @throws FicferryError OUT_BUSY while a job is under way; BAD_OPTION where there is no run */
  async bundle(): Promise<void> {
    this.#refuseSecond();
    const { options, run: chosen } = this.host;
    const run = runOf((chosen ?? startRun(options, undefined)).folder, options, chosen?.address?.url);
    this.#take('bundle');
    this.#work = this.#ended(this.#bundle(run));
  }

  /** Finishes the page in hand. Nothing can be begun any more. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#job.kind === 'crawl' && this.#job.state === 'running') this.pause();
    await Promise.all([this.#planner.close(), this.#work]);
  }

  // ------------------------------------------------------------ the work

  /** @returns its end in an object, so that it is not waited for */
  async #begin(begin: Begin): Promise<{ ended: Promise<void> }> {
    const run = await this.#runFor(begin);
    const { address } = await startOf(run);
    const crawled = this.#ended(this.#crawl(run, begin, address.site));
    return { ended: crawled.then(() => this.host.onVault()) };
  }

  async #crawl(run: Run, begin: Begin, site: string): Promise<void> {
    const hand = this.#hand;
    let end: CrawlEnd | undefined;
    let pictures: PictureEnd | undefined;
    let pause = run.sites.site(site).pause;
    const tell = (event: RunEvent): void => {
      if (event.type === 'plan' && event.pause !== undefined) {
        // the folder is this crawl's now, and the journal in it is the right one
        pause = event.pause;
        remember(run.folder, begin);
        this.host.onRun(run);
      }
      this.#tell(event);
    };
    try {
      await this.#planner.done();
      await this.#quiet.over(site, hand.signal);
      end = await crawlJournal(run, tell, hand);
      pictures = await crawlPictures(run, tell, hand);
    } catch (error) {
      if (!hand.signal.aborted) throw error;
    } finally {
      this.#quiet.keep(site, pause);
    }
    const through = end?.complete === true && (!begin.images || pictures?.complete === true);
    const paused = hand.stopping() && !through;
    if (end) this.#say(endWords(end));
    this.#change({ state: paused ? 'paused' : 'done', now: undefined });
  }

  async #bundle(run: Run): Promise<void> {
    const { bundle, warnings } = await bundleJournal(run, (event) => this.#tell(event));
    for (const warning of warnings) this.#say(warning);
    const { folder, zip, ready, misfits } = bundle;
    this.#change({ state: 'done', now: undefined, bundle: { folder, zip, ready, misfits: misfits.length } });
  }

  /** A job that failed says so in its state, and in nothing else. */
  async #ended(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.#change({ state: 'failed', now: undefined, error: plainly(error) });
    }
  }

  // ------------------------------------------------------------ the state

  #refuseSecond(): void {
    const { kind, state } = this.#job;
    if (this.#closed) throw new FicferryError('OUT_BUSY', 'ficferry is closing', 'Start it again.');
    if (state !== 'running' && state !== 'pausing') return;
    throw kind === 'crawl'
      ? new FicferryError('OUT_BUSY', 'A crawl is under way', 'Pause it first, or wait for its end.')
      : new FicferryError('OUT_BUSY', 'A bundle is being made', 'It takes a moment; then try again.');
  }

  #take(kind: 'crawl' | 'bundle', now?: string): void {
    this.#hand = new Stop();
    this.#job = { kind, state: 'running', ...(now !== undefined && { now }), visited: 0, fics: 0, told: [] };
  }

  #change(change: Partial<Job>): void {
    const job: Job = { ...this.#job, ...change };
    if (job.now === undefined) delete job.now;
    this.#job = job;
  }

  #say(words: string): void {
    this.#change({ told: [...this.#job.told, ...withLabels(words).split('\n')].slice(-TOLD) });
  }

  #tell(event: RunEvent): void {
    this.#hand.met(event);
    const words = eventWords(event);
    if (words === undefined) return;
    if (event.type === 'plan' || event.type === 'note' || event.type === 'wait') this.#say(words);
    if (event.type !== 'plan') this.#change({ now: words });
    if (event.type === 'visit') this.#change({ visited: event.visited, fics: event.fics });
    if (event.type === 'packing') this.#change({ done: event.done, total: event.total });
  }

  // ------------------------------------------------------------ the run

  /**
   * The run that she describes: in the folder that the command line named, else in the one looked at where it is that journal's,
   * else in the journal's own.
   */
  async #runFor(begin: Begin): Promise<Run> {
    const { options, run: chosen } = this.host;
    const said = { ...options, ...optionsOf(begin) };
    const run = startRun(said, begin.address);
    if (options.out !== undefined || !chosen || chosen.folder === run.folder) return run;
    return (await isOfJournal(chosen, run)) ? startRun({ ...said, out: chosen.folder }, begin.address) : run;
  }
}

/** Whether what `held` holds is the journal that `asked` names. */
async function isOfJournal(held: Run, asked: Run): Promise<boolean> {
  const journal = asked.address?.journal;
  const said = remembered(held.folder)?.address;
  if (said !== undefined) return held.sites.tryParse(said)?.journal === journal;
  try {
    await using vault = await openVault(held, { readOnly: true });
    return journalOf(held, vault) === journal;
  } catch (error) {
    if (error instanceof FicferryError) return false;
    throw error;
  }
}

function named(run: Run | undefined): Pick<Plan, 'journal' | 'folder'> {
  return { journal: run?.address?.journal ?? '', folder: run?.folder ?? '' };
}

function endWords({ visited, asked, complete, why }: CrawlEnd): string {
  const said = `${count(visited, 'entry')} visited, ${count(asked, 'request')} made.`;
  return complete || why === undefined ? said : `${said} Not all of the journal was met: ${why}.`;
}

/**
 * The author's hand on a crawl. Asked to stop, a crawl finishes what is in hand; where nothing is, because it has not begun to
 * ask or is sleeping off a wait, it leaves at once.
 */
class Stop implements Hand {
  readonly #leave = new AbortController();
  #stopping = false;
  /** When something may be in hand again, in ms since 1970; before the first word it is not known, and nothing is lost. */
  #idleUntil = Number.POSITIVE_INFINITY;

  readonly stopping = (): boolean => this.#stopping;
  get signal(): AbortSignal {
    return this.#leave.signal;
  }

  met(event: RunEvent): void {
    if (event.type === 'note') return;
    this.#idleUntil = event.type === 'wait' ? Date.now() + event.seconds * 1000 : 0;
  }

  stop(): void {
    this.#stopping = true;
    if (Date.now() < this.#idleUntil) this.#leave.abort();
  }
}
