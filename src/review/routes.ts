/** What the page can ask for: a table of method and path, and who answers. */
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { openWithSystem } from '../common/opener.js';
import { FicferryError } from '../errors.js';
import { EntryKey } from '../model.js';
import { findBundle, OUTPUT, type Run, type RunOptions } from '../run/run.js';
import type { Desk } from './desk.js';
import { handOver, packetOf, tick } from './handover.js';
import type { Jobs } from './job.js';
import { Begin, type Copied, Decide } from './model.js';
import { runOf, runsIn } from './remembered.js';

/** Who answers. */
export interface Rooms {
  desk: Desk;
  jobs: Jobs;
  /** What the command line said. */
  options: RunOptions;
  /** Where runs stand, unless the command line named a folder. */
  output?: string;
  /** Opens a file or folder with the system's opener. */
  opener?: (path: string) => void;
}

export interface Route {
  method: 'GET' | 'POST';
  /** Behind `/api/`. */
  path: string;
  /** What it gives is the answer; nothing is `{}`. @param asked the query of a GET, one value for each name, or the body of a POST: checked by `takes` */
  answer(asked: unknown, rooms: Rooms): unknown;
  takes: z.ZodType;
}

function route<Takes extends z.ZodType>(
  method: Route['method'],
  path: string,
  takes: Takes,
  answer: (asked: z.infer<Takes>, rooms: Rooms) => unknown,
): Route {
  return { method, path, takes, answer: answer as Route['answer'] };
}

const Nothing = z.strictObject({});
const Chapter = z
  .string()
  .regex(/^[1-9]\d{0,3}$/)
  .transform(Number)
  .optional();

export const ROUTES: readonly Route[] = [
  route('GET', 'state', Nothing, (_, { desk, jobs, ...rooms }) =>
    desk.state(jobs.state, runsIn(rooms.output ?? OUTPUT)),
  ),
  route('GET', 'works', Nothing, (_, { desk }) => desk.works()),
  route('GET', 'work', z.strictObject({ key: EntryKey }), ({ key }, { desk }) => desk.work(key)),
  route('GET', 'text', z.strictObject({ entry: EntryKey }), ({ entry }, { desk }) => desk.text(entry)),
  route('GET', 'questions', Nothing, (_, { desk }) => desk.questions()),
  route(
    'GET',
    'suggest',
    z.strictObject({ field: z.string(), text: z.string().default(''), fandoms: z.string().default('') }),
    ({ fandoms, ...asked }, { desk }) => desk.suggest({ ...asked, fandoms: fandoms.split('\n').filter(Boolean) }),
  ),
  route('GET', 'limits', Nothing, (_, { desk }) => desk.limits()),
  route('GET', 'handover', z.strictObject({ base: z.string().optional() }), ({ base }, { desk }) =>
    handOver(named(desk), base),
  ),
  route(
    'GET',
    'packet',
    z.strictObject({ key: EntryKey, chapter: Chapter }),
    async ({ key, chapter }, { desk }): Promise<Copied> => ({
      packet: await packetOf(named(desk), key, chapter),
    }),
  ),
  route('POST', 'decide', Decide, (asked, { desk }) => desk.decide(asked)),
  route('POST', 'undo', Nothing, (_, { desk }) => desk.undo()),
  route('POST', 'plan', Begin, (asked, { jobs }) => jobs.plan(asked)),
  route('POST', 'crawl', Begin, (asked, { jobs }) => jobs.crawl(asked)),
  route('POST', 'pause', Nothing, (_, { jobs }) => jobs.pause()),
  route('POST', 'bundle', Nothing, (_, { jobs }) => jobs.bundle()),
  route('POST', 'done', z.strictObject({ key: EntryKey, done: z.boolean() }), ({ key, done: ticked }, { desk }) =>
    tick(named(desk), key, ticked),
  ),
  route('POST', 'open', z.strictObject({ what: z.enum(['bundle', 'index']) }), ({ what }, rooms) => open(what, rooms)),
  route('POST', 'run', z.strictObject({ folder: z.string() }), ({ folder }, rooms) => choose(folder, rooms)),
];

/** @throws FicferryError NOT_FOUND for a folder that is none of the runs */
function choose(folder: string, { desk, options, output }: Rooms): void {
  const found = runsIn(output ?? OUTPUT).find((one) => resolve(one.folder) === resolve(folder));
  if (!found) throw new FicferryError('NOT_FOUND', `There is no run in ${folder}`, 'Choose one of the list.');
  desk.lay(runOf(found.folder, options));
}

function open(what: 'bundle' | 'index', { desk, opener = openWithSystem }: Rooms): void {
  const run = named(desk);
  const folder = findBundle(run.folder);
  if (!folder) throw new FicferryError('NOT_FOUND', `There is no bundle in ${run.folder} yet`, 'Make it first.');
  opener(resolve(what === 'bundle' ? folder : join(folder, 'data', 'index.html')));
}

function named({ run }: Desk): Run {
  if (run) return run;
  throw new FicferryError('BAD_OPTION', 'No journal was named yet', 'Name one at Begin.');
}
