/**
 * Pages fuzzed: mutated pages go through reading and cleaning as a run's pages do, to Markdown. Nothing may throw, take longer than
 * a second or stay in memory, and of hard shapes four times as much may take no more than four times as long or so (`growth.ts`).
 * A page is made again by its number and the seed (`fuzzedPage`).
 */
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext, Script } from 'node:vm';
import { loadConfig } from '../../src/config.js';
import { readFic } from '../../src/fic/index.js';
import { type Answer, readPage } from '../../src/journal/index.js';
import type { Entry } from '../../src/model.js';
import { toMarkdown } from '../../src/text/index.js';
import { sites } from '../journal/reading.js';
import { GROWN, wrongGrowth } from './growth.js';
import { mutate } from './mutate.js';
import { dice, type Score, Tally } from './score.js';
import { type Seed, seedPages } from './seeds.js';

/** Milliseconds that no page may take; what takes twenty times that is stopped, so that a run always ends. */
const LONGEST = 1000;
const STOPPED = 20 * LONGEST;
/** Bytes by which the heap may be larger in the second half of a run than in the first. Keeping 100 bytes of each page shows in 100,000. */
const GROWTH = 4 * 2 ** 20;
/** In fewer pages than this, tables and code that are still being made are all that a heap grows by. */
const TELLING = 2000;
/** Heap measurements in a run; the first ones, where tables and code are still made, count for neither half. */
const MEASURED = 48;

const config = loadConfig();

/** What became of a run, besides what did not pass. */
export interface FuzzFigures {
  pages: number;
  /** Pages that were read as an entry. */
  entries: number;
  bytes: number;
  seconds: number;
  slowest: { page: number; ms: number; how: string };
  /** Bytes in use after a collection, in the order of measuring. */
  heap: number[];
}

export const figures: FuzzFigures = {
  pages: 0,
  entries: 0,
  bytes: 0,
  seconds: 0,
  slowest: { page: 0, ms: 0, how: '' },
  heap: [],
};

/** @param size pages */
export async function fuzz(size: number, seed: number): Promise<Score> {
  const tally = new Tally('pages fuzzed');
  const collect = collector();
  const seeds = seedPages();
  Object.assign(figures, { pages: 0, entries: 0, bytes: 0, slowest: { page: 0, ms: 0, how: '' }, heap: [] });
  const began = performance.now();
  for (let number = 0; number < size; number++) {
    const page = fuzzedPage(seeds, seed, number);
    await tally.try(`page ${number} of seed ${seed} (${page.how})`, () => wrongWith(page.answer, number, page.how));
    figures.pages++;
    figures.bytes += page.answer.body.length;
    if (number % Math.ceil(size / MEASURED) === 0) {
      collect();
      figures.heap.push(getHeapStatistics().used_heap_size);
    }
  }
  figures.seconds = (performance.now() - began) / 1000;
  if (size >= TELLING) {
    await tally.try('the heap', () => growth(figures.heap));
    for (const [what, grown] of Object.entries(GROWN)) await tally.try(what, () => wrongGrowth(grown));
  }
  return tally.score;
}

/** The page that a run of this seed comes to as its `number`th. */
export function fuzzedPage(seeds: readonly Seed[], seed: number, number: number): { how: string; answer: Answer } {
  const roll = dice(Math.imul(seed, 0x9e3779b1) ^ number);
  const any = () => seeds[Math.floor(roll() * seeds.length)] as Seed;
  const from = any();
  const { page, names } = mutate(from.page, roll, any().page);
  const headers: Record<string, string> = {};
  if (roll() < 0.5)
    headers['content-type'] = roll() < 0.7 ? 'text/html; charset=utf-8' : 'text/html; charset=windows-1251';
  const url = roll() < 0.8 ? from.url : '';
  return {
    how: `${from.name}: ${names.join(', ')}`,
    answer: { url, status: 200, headers, body: Buffer.from(page, 'latin1') },
  };
}

/** What a run does with a page; twice where the first time took too long, since machines have other things to do. */
function wrongWith(answer: Answer, page: number, how: string): string | undefined {
  let ms = timed(() => take(answer));
  if (ms > LONGEST)
    ms = Math.min(
      ms,
      timed(() => take(answer)),
    );
  if (ms > figures.slowest.ms) figures.slowest = { page, ms, how };
  return ms > LONGEST ? `took ${Math.round(ms)} ms` : undefined;
}

/** Milliseconds of work: other programs may have the machine meanwhile, and other threads of this one may work along. */
function timed(work: () => void): number {
  const [began, worked] = [performance.now(), process.cpuUsage()];
  within(STOPPED, work);
  const { user, system } = process.cpuUsage(worked);
  return Math.min(performance.now() - began, (user + system) / 1000);
}

/** As far as Markdown. A page that is no entry is taken for the text of one, so that the cleaning sees it, too. */
function take(answer: Answer): void {
  const reading = readPage(sites, answer);
  if (reading.kind === 'unreadable' && reading.reason.startsWith('reading it failed')) throw new Error(reading.reason);
  if (reading.kind === 'entry') figures.entries++;
  const text = Buffer.from(answer.body).toString('utf8');
  const entry: Entry =
    reading.kind === 'entry'
      ? reading.entry
      : { ...NO_ENTRY, subject: text.slice(0, 200), body: { form: 'rendered', html: text } };
  toMarkdown(readFic(entry, config).html);
}

const NO_ENTRY = {
  site: 'livejournal',
  journal: 'tarn_wick',
  number: 5000,
  url: 'https://tarn-wick.livejournal.com/5000.html',
  tags: [],
  security: 'public',
  layout: 'none',
} as const satisfies Partial<Entry>;

/** Runs something that may never come back; the machine's own watch stops even a regular expression. */
function within(ms: number, work: () => void): void {
  (globalThis as { tortured?: () => void }).tortured = work;
  WORK.runInThisContext({ timeout: ms });
}
const WORK = new Script('globalThis.tortured()');

function growth(heap: readonly number[]): string | undefined {
  const settled = heap.slice(Math.ceil(heap.length / 6));
  const half = Math.floor(settled.length / 2);
  const [first, second] = [median(settled.slice(0, half)), median(settled.slice(half))];
  const more = second - first;
  return more > GROWTH ? `grew from ${mb(first)} to ${mb(second)} between the halves of the run` : undefined;
}

function median(list: readonly number[]): number {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
}

const mb = (size: number): string => `${(size / 2 ** 20).toFixed(1)} MB`;

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
