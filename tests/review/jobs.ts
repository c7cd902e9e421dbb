/** Jobs over the loopback journal, as the server has them, in a folder and a corner of the machine of their own. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Time } from '../../src/crawl/index.js';
import { Jobs } from '../../src/review/job.js';
import { Begin, type Job } from '../../src/review/model.js';
import type { Run, RunOptions } from '../../src/run/run.js';
import { type JournalOptions, LoopbackJournal } from '../journal/server.js';

export const ENTRY_PAGE = /^\/\d+\.html/;

export class Ground {
  private readonly before = process.env.TMPDIR;
  private readonly open: Jobs[] = [];
  private constructor(
    readonly folder: string,
    readonly journal: LoopbackJournal,
    readonly config: string,
  ) {}

  /** Crawls of one site take turns on a machine, by locks among the temporary files; these are its own. */
  static async make(options: JournalOptions = {}): Promise<Ground> {
    const folder = mkdtempSync(join(tmpdir(), 'ficferry-review-'));
    const journal = await LoopbackJournal.start(options);
    const ground = new Ground(folder, journal, journal.writeConfig(join(folder, 'config.yaml')));
    mkdirSync(join(folder, 'tmp'));
    process.env.TMPDIR = join(folder, 'tmp');
    return ground;
  }

  get out(): string {
    return join(this.folder, 'run');
  }

  /** What one process has: its jobs, and what the host was told. */
  jobs(options: RunOptions = {}, run?: Run, time?: Time): Jobs & { runs: Run[]; vaults: Job['state'][] } {
    const host = {
      options: { config: this.config, out: this.out, ...options },
      run,
      onRun: (named: Run) => {
        host.run = named;
        jobs.runs.push(named);
      },
      onVault: () => void jobs.vaults.push(jobs.state.state),
    };
    const jobs = Object.assign(new Jobs(host, time), { runs: [] as Run[], vaults: [] as Job['state'][] });
    this.open.push(jobs);
    return jobs;
  }

  begin(said: Partial<Begin> = {}): Begin {
    return Begin.parse({ address: this.journal.address, ...said });
  }

  /** Entry pages asked for, in order. */
  get entryPages(): string[] {
    return this.journal.asked.map(({ path }) => path).filter((path) => ENTRY_PAGE.test(path));
  }

  async close(): Promise<void> {
    await Promise.all(this.open.map((jobs) => jobs.close()));
    await this.journal.close();
    if (this.before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = this.before;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The job's last state, once it does nothing any more. */
export async function settled(jobs: Jobs): Promise<Job> {
  await until(() => jobs.state.state !== 'running' && jobs.state.state !== 'pausing');
  return jobs.state;
}

export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(5);
}
