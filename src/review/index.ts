/** The page in the browser: a server for one person, over one run at a time. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../config.js';
import { FicferryError } from '../errors.js';
import { OUTPUT, type RunOptions, startRun } from '../run/run.js';
import { Desk } from './desk.js';
import { Jobs } from './job.js';
import { runOf, runsIn } from './remembered.js';
import type { Rooms } from './routes.js';
import { listen } from './server.js';

export interface Review {
  /** `http://127.0.0.1:PORT/#SECRET` */
  url: string;
  /** A page in hand is finished first. */
  close(): Promise<void>;
}

export interface ReviewOptions {
  /** `address`: the journal that the command line named. */
  options: RunOptions & { address?: string };
  /** Where runs stand unless `options.out` names a folder; `output` without it. */
  output?: string;
  /** The built page; beside the program without it. */
  pageFolder?: string;
  /** Any that is free without it. */
  port?: number;
  /** Opens a file or folder; the system's own opener without it. */
  opener?: (path: string) => void;
}

/**
 * Starts the server, with the run on the desk that was named, or that is the only one there is.
 * @throws FicferryError as `startRun`; BAD_OPTION where the port can't be had
 */
export async function startReview({
  options: said,
  output = OUTPUT,
  pageFolder = built(),
  port,
  opener,
}: ReviewOptions): Promise<Review> {
  const { address, ...options } = said;
  const isBusy = (): boolean => jobs.state.state === 'running' || jobs.state.state === 'pausing';
  const desk = new Desk(() => isBusy(), loadConfig(options.config));
  const jobs = new Jobs({
    options,
    get run() {
      return desk.run;
    },
    onRun: (run) => desk.lay(run),
    onVault: () => desk.vaultChanged(),
  });
  const folder = folderOf(options, output, address);
  if (folder !== undefined) desk.lay(runOf(folder, options, address));
  const rooms: Rooms = { desk, jobs, options, output, ...(opener && { opener }) };
  const listening = await listen(rooms, pageFolder, port);
  return {
    url: listening.url,
    close: async () => {
      await jobs.close();
      await listening.close();
      await desk.close();
    },
  };
}

function folderOf(options: RunOptions, output: string, address: string | undefined): string | undefined {
  if (options.out !== undefined) return options.out;
  if (address !== undefined) return startRun(options, address).folder;
  const [only, ...others] = runsIn(output);
  return others.length === 0 ? only?.folder : undefined;
}

/** From `dist/` as it was built, and from `src/` of a checkout. @throws FicferryError BAD_OPTION where it is not built */
function built(): string {
  const found = ['review/', '../../dist/review/']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new FicferryError('BAD_OPTION', 'The page is not built', 'Run npm run build first.');
}
