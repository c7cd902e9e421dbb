/** What a row of the table is, and the words in which rows are written. */
import type { ServerResponse } from 'node:http';
import type { FetcherInside } from '../../src/crawl/index.js';
import type { RunOptions } from '../../src/run/run.js';
import type { QuickTime } from '../crawl/fetcher-help.js';
import type { Post } from '../journal/posts.js';
import type { Asked, JournalOptions } from '../journal/server.js';

/** One way in which a journal misbehaves, and what comes of it. The words are those of docs/faults.md. */
export interface Fault {
  /** What happens, in plain words. */
  name: string;
  /** What ficferry does about it. */
  does: string;
  /** The exit code of a run that meets it. */
  exit: 0 | 2 | 3 | 4;
  /** What its author does. */
  author: string;
  ill(here: Here): Ill;
  /** Some line that is printed matches; of a run that stops, the line that says why. */
  says?: RegExp;
  flags?: Flags;
  /** A run that was made before, when the journal was still well. */
  earlier?: Flags;
  /** In the later run besides, when the journal is well again. */
  laterFlags?: Flags;
  journal?: Pick<JournalOptions, 'site' | 'robots' | 'posts'>;
  bounds?: FetcherInside['bounds'];
  /** The cookies run out so many seconds after the run began; they last where not said. */
  cookiesLast?: number;
  /** The run carries less than the journal has, though nothing needs a look. */
  carriesLess?: boolean;
  /** Entries are not what an undisturbed journal shows; the later run leaves them as the first run found them. */
  keepsFirst?: boolean;
  /** Entries that the ill journal showed to somebody it no longer knew, so that they are not held. */
  shownToNobody?: number[];
  /** What else must hold after the run, or what is wrong. */
  also?(played: { lines: string[]; asked: Arrival[]; kept: string[] }): string | undefined;
}

export type Flags = Pick<RunOptions, 'adult' | 'mine' | 'includeLocked'> & { cookies?: boolean };

/** Answers in the journal's place where it misbehaves, and says whether it did. It may change what the journal is told, too. */
export type Ill = (asked: Asked, response: ServerResponse) => boolean;

/** What a misbehaving journal has at hand. */
export interface Here {
  time: Clock;
  posts: Post[];
  /** An entry's address, and its page as a stranger sees it. */
  address(itemid: number): string;
  page(itemid: number): string;
  journal: string;
  www: string;
  /** A server on this machine that nobody may ask anything. */
  decoy: string;
}

/** One request as it came. */
export interface Arrival {
  host: string;
  path: string;
  /** By the clock that is never set, in ms. */
  at: number;
}

export interface Clock extends QuickTime {
  /** How far the wall clock was set away from where it would be, in ms. */
  jumped: number;
}

export interface Group {
  title: string;
  faults: Fault[];
}

// ------------------------------------------------------------ which requests

export type Which = (asked: Asked) => boolean;

export const entry =
  (itemid?: number): Which =>
  ({ path }) => {
    const number = /^\/(\d+)\.html/.exec(path)?.[1];
    return number !== undefined && (itemid === undefined || Number(number) >> 8 === itemid);
  };

/** The step away from an entry. */
export const step =
  (itemid?: number): Which =>
  ({ path }) => {
    const number = /^\/go(?:\.bml)?\?.*\bitemid=(\d+)/.exec(path)?.[1];
    return number !== undefined && (itemid === undefined || Number(number) >> 8 === itemid);
  };

export const light: Which = ({ path }) => path.includes('format=light');
export const front: Which = ({ path }) => path === '/' || path.startsWith('/?');
export const rules: Which = ({ path }) => path === '/robots.txt';
export const page: Which = (asked) => !rules(asked);
export const both =
  (one: Which, other: Which): Which =>
  (asked) =>
    one(asked) && other(asked);
export const either =
  (...some: Which[]): Which =>
  (asked) =>
    some.some((one) => one(asked));

/** From the first request that fits on, every page. */
export function fromThenOn(which: Which): Which {
  let begun = false;
  return (asked) => {
    begun ||= which(asked);
    return begun && page(asked);
  };
}

// ------------------------------------------------------------ how they are answered

type Answer = (response: ServerResponse, asked: Asked) => void;

export const always =
  (which: Which, answer: Answer): Ill =>
  (asked, response) => {
    if (!which(asked)) return false;
    answer(response, asked);
    return true;
  };

/** So often, and then the journal is well. */
export function times(most: number, which: Which, answer: Answer): Ill {
  let met = 0;
  return always((asked) => which(asked) && ++met <= most, answer);
}

export const once = (which: Which, answer: Answer): Ill => times(1, which, answer);

/** So often for each address. */
export function timesEach(most: number, which: Which, answer: Answer): Ill {
  const met = new Map<string, number>();
  return always((asked) => {
    if (!which(asked)) return false;
    met.set(asked.path, (met.get(asked.path) ?? 0) + 1);
    return (met.get(asked.path) as number) <= most;
  }, answer);
}

export const all =
  (...some: Ill[]): Ill =>
  (asked, response) =>
    some.some((one) => one(asked, response));

export const status =
  (code: number, headers: Record<string, string> = {}, body = 'trouble'): Answer =>
  (response) => {
    response.writeHead(code, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);
  };

export const html = (body: string): Answer => status(200, {}, body);
export const redirect = (to: string): Answer => status(302, { location: to }, '');
