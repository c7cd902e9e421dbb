/** `ficferry push`: from a bundle on the disk to works on the archive, and what is kept of it in the run's folder. */
import { dirname, join, resolve } from 'node:path';
import { type Bundle, openBundle, verifyBundle } from '../bundle/index.js';
import { writeWhole } from '../common/writeWhole.js';
import { type Config, loadConfig } from '../config.js';
import { lockOut } from '../crawl/index.js';
import { FicferryError } from '../errors.js';
import {
  archiveAddress,
  checkPages,
  ImportApi,
  inBatches,
  isLoopback,
  knownFrom,
  knownOf,
  Ledger,
  type PushEnd,
  type PushEvent,
  Pusher,
  type PushPlan,
  planPush,
  readLedger,
  redirectsCsv,
} from '../push/index.js';
import { doneFile, readDone } from '../run/done.js';
import type { Hand } from '../run/outcome.js';
import { readPeopleFile } from '../run/peopleFile.js';
import { peopleFile } from '../run/run.js';
import { baseAddress, pageUrls } from '../site/index.js';
import { VERSION } from '../version.js';

export interface PushFlags {
  archive: string;
  archivist: string;
  baseUrl: string;
  /** Works in one request. */
  batch?: number;
  collection?: string;
  claimEmails?: boolean;
  /** The run's folder; that of the bundle unless it was carried elsewhere. */
  out?: string;
  config?: string;
}

/** All that is known before the first request. */
export interface PushStart {
  flags: PushFlags;
  config: Config;
  bundle: Bundle;
  path: string;
  folder: string;
  /** Both with a slash at their ends. */
  archive: string;
  base: string;
  plan: PushPlan;
  batch: number;
  warnings: string[];
}

const USER_AGENT = `ficferry/${VERSION} (+one-off import by an archivist)`;

/**
 * Looks at everything that can be looked at without a request: addresses, the bundle's sums and contents against the archive's rules,
 * `people.csv`, and what earlier pushes came to.
 * @throws FicferryError BAD_OPTION, NOT_FOUND, BUNDLE_DAMAGED, BAD_PEOPLE, BAD_DECISIONS (the ticks), BAD_LEDGER
 */
export async function startPush(path: string, flags: PushFlags): Promise<PushStart> {
  const config = loadConfig(flags.config);
  const { archive: rules } = config;
  const archive = archiveAddress(flags.archive);
  const base = baseAddress(flags.baseUrl, rules, isLoopback(new URL(archive).hostname));
  const { problems } = await verifyBundle(path);
  const [first] = problems;
  if (first) {
    const more = problems.length > 1 ? `, and ${problems.length - 1} more` : '';
    const advice = `Look with: ficferry verify ${path}`;
    throw new FicferryError('BUNDLE_DAMAGED', `The bundle ${path} is not whole: ${first}${more}`, advice);
  }
  const open = await openBundle(path);
  await open.close();
  const folder = flags.out ?? dirname(resolve(path));
  const { people, warnings } = readPeopleFile(peopleFile({ folder }));
  const done = new Set(Object.keys(readDone(doneFile(path)).works));
  const known = knownFrom(readLedger(folder), archive);
  const options = { base, people, known, done, ...(flags.collection && { collection: flags.collection }) };
  const batch = Math.min(flags.batch ?? rules.api.worksAtOnce, rules.api.worksAtOnce);
  const plan = planPush(open.bundle, rules, options);
  return { flags, config, bundle: open.bundle, path, folder, archive, base, plan, batch, warnings };
}

/** The items as they would be sent, in their batches; nobody is asked for anything. */
export function dryRun({ plan, batch, flags }: PushStart): object[] {
  return inBatches(plan.parcels, batch).map((parcels) => ({
    archivist: flags.archivist,
    send_claim_emails: flags.claimEmails ?? false,
    works: parcels.map(({ item }) => item),
  }));
}

/**
 * Sends what there is to send. Every answer is in `push.jsonl` before the next request; `redirects.csv` is written at the end, also where
 * the archive stopped the push.
 * @throws FicferryError NO_PAGES before anything was sent; NO_ANSWER, WAIT_TOO_LONG, BAD_TOKEN, NO_API, OUT_BUSY, DISK
 */
export async function push(
  start: PushStart,
  token: string,
  tell: (event: PushEvent) => void,
  hand: Hand,
): Promise<PushEnd> {
  const { flags, config, folder, archive, plan } = start;
  const { api: bounds } = config.archive;
  await using _folder = await lockOut(folder);
  if (plan.parcels.length > 0) await lookAtPages(start, tell, hand);
  const ledger = new Ledger(folder);
  try {
    const { archivist, claimEmails: sendClaimEmails = false } = flags;
    const signal = hand.signal && { signal: hand.signal };
    const api = new ImportApi({ archive, archivist, token, sendClaimEmails, bounds, userAgent: USER_AGENT, ...signal });
    const known = knownFrom(readLedger(folder), archive);
    const { batch } = start;
    const pusher = new Pusher({ api, ledger, archive, bounds, batch, known, tell, stopping: hand.stopping, ...signal });
    const complete = await pusher.push(plan.parcels);
    return { pushed: pusher.pushed, without: plan.without, complete };
  } finally {
    ledger.close();
    writeRedirects(start);
  }
}

async function lookAtPages({ path, plan }: PushStart, tell: (event: PushEvent) => void, hand: Hand): Promise<void> {
  const open = await openBundle(path);
  try {
    const told = (done: number, of: number) => tell({ type: 'pages', done, of });
    const changed = await checkPages(plan.parcels, open.read, USER_AGENT, told, hand.signal);
    if (changed > 0) tell({ type: 'changed', pages: changed });
  } finally {
    await open.close();
  }
}

export function redirectsFile(folder: string): string {
  return join(folder, 'redirects.csv');
}

/** Of all works of the bundle that are on the archive by what is known now, of this push and earlier ones. */
function writeRedirects({ bundle, folder, archive, base }: PushStart): void {
  const known = knownFrom(readLedger(folder), archive);
  const redirects = bundle.works.flatMap((work) => {
    const state = knownOf(work, known);
    if (state?.state !== 'there' || state.archiveUrl === undefined) return [];
    const pages = pageUrls(work, base);
    const isElsewhere = state.by !== undefined && state.by !== pages[0];
    return [{ work, archiveUrl: state.archiveUrl, pages: isElsewhere ? [state.by as string] : pages }];
  });
  writeWhole(redirectsFile(folder), redirectsCsv(redirects));
}
