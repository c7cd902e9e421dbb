/** The commands of a migration and what looks at one (migrate, crawl, bundle, moved, add, read, status, verify): each starts a run, lets the library work, prints what came of it, and sets the exit code. */
import { readFileSync } from 'node:fs';
import { verifyBundle } from '../bundle/index.js';
import { explain } from '../commands/explain.js';
import { listMoved } from '../commands/moved.js';
import { readSavedPage } from '../commands/read.js';
import { loadConfig } from '../config.js';
import { EXIT, FicferryError } from '../errors.js';
import { Sites } from '../journal/index.js';
import * as pipeline from '../migrate.js';
import type { BundleOutcome } from '../run/outcome.js';
import { type RunOptions, startRun } from '../run/run.js';
import { standing } from '../run/standing.js';
import { exitOf } from './exit.js';
import { holdHand } from './hand.js';
import { makeProgress } from './progress.js';
import { addSummary, crawlSummary, goOn, movedSummary, runSummary, standingLines, verifyLines } from './summary.js';

type Flags = RunOptions & { json?: boolean };

export async function migrate(address: string | undefined, flags: Flags): Promise<void> {
  const run = startRun(flags, address);
  const progress = makeProgress({ json: flags.json ?? false });
  const hand = holdHand(progress, () => goOn('migrate', address, flags));
  try {
    const { end, outcome } = await pipeline.migrate(run, (event) => progress.tell(event), hand);
    progress.clear();
    if (!outcome) return interrupted(goOn('migrate', address, flags));
    print(flags, runSummary(run, outcome, end), { type: 'summary', ...summaryFacts(outcome) });
    process.exitCode = exitOf(end, outcome);
  } finally {
    progress.clear();
    hand.release();
  }
}

export async function crawl(address: string | undefined, flags: Flags): Promise<void> {
  const run = startRun(flags, address);
  const progress = makeProgress({ json: flags.json ?? false });
  const hand = holdHand(progress, () => goOn('crawl', address, flags));
  try {
    const end = await pipeline.crawlJournal(run, (event) => progress.tell(event), hand);
    progress.clear();
    const pictures = await pipeline.crawlPictures(run, (event) => progress.tell(event), hand);
    progress.clear();
    if (hand.stopping()) return interrupted(goOn('crawl', address, flags));
    print(flags, crawlSummary(run, end, pictures), pictures && { type: 'pictures', ...pictures });
    process.exitCode = exitOf(end);
  } finally {
    progress.clear();
    hand.release();
  }
}

export async function bundle(address: string | undefined, flags: Flags): Promise<void> {
  const run = startRun(flags, address);
  const progress = makeProgress({ json: flags.json ?? false });
  try {
    const outcome = await pipeline.bundleJournal(run, (event) => progress.tell(event));
    progress.clear();
    print(flags, runSummary(run, outcome), { type: 'summary', ...summaryFacts(outcome) });
    process.exitCode = exitOf(undefined, outcome);
  } finally {
    progress.clear();
  }
}

export async function moved(address: string | undefined, flags: Flags): Promise<void> {
  const run = startRun(flags, address);
  const progress = makeProgress({ json: flags.json ?? false });
  try {
    const outcome = await listMoved(run, (event) => progress.tell(event));
    progress.clear();
    const { account, listing, locked, files, questions, warnings } = outcome;
    const facts = { ...account, moved: listing.listed.length, drafts: listing.drafts, locked: listing.locked + locked };
    print(flags, movedSummary(run, outcome), { type: 'summary', ...facts, files, questions, warnings });
  } finally {
    progress.clear();
  }
}

export async function add(path: string, flags: Flags): Promise<void> {
  const run = startRun(flags);
  const summary = await pipeline.addPages(run, path);
  const { skipped } = summary;
  print(flags, addSummary(run, summary), { type: 'summary', ...summary });
  process.exitCode = skipped.length > 0 ? EXIT.look : EXIT.done;
}

export function read(
  files: string[],
  flags: { url?: string; urlList?: string; config?: string; explain?: boolean },
): void {
  const config = loadConfig(flags.config);
  const sites = new Sites(config);
  const addresses = flags.urlList === undefined ? new Map<string, string>() : readUrlList(flags.urlList);
  if (flags.url !== undefined && files.length > 1) {
    throw new FicferryError(
      'BAD_OPTION',
      '--url is for one file',
      'For several, give --url-list with a line "file<TAB>address" for each.',
    );
  }
  for (const file of files) {
    const url = flags.url ?? addresses.get(file) ?? addresses.get(file.replace(/^.*[\\/]/, ''));
    if (url !== undefined) sites.parse(url);
    const found = readSavedPage({ file, bytes: readInput(file), url }, sites, config);
    if (flags.explain) for (const line of explain(found)) say(line);
    else process.stdout.write(`${JSON.stringify(found)}\n`);
  }
}

export async function status(address: string | undefined, flags: Flags): Promise<void> {
  const run = startRun(flags, address);
  const found = await standing(run);
  if (flags.json) process.stdout.write(`${JSON.stringify(found)}\n`);
  else for (const line of standingLines(found)) say(line);
}

export async function verify(bundlePath: string, flags: { json?: boolean; config?: string }): Promise<void> {
  const report = await verifyBundle(bundlePath, loadConfig(flags.config));
  if (flags.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else for (const line of verifyLines(bundlePath, report)) say(line);
  process.exitCode = report.ok ? EXIT.done : EXIT.damaged;
}

function summaryFacts(outcome: BundleOutcome): object {
  const { census, works, leftOut, bundle, onArchive } = outcome;
  return {
    seen: census.seen,
    works: works.length,
    leftOut: leftOut.length,
    ...(onArchive.pages + onArchive.there > 0 && { onArchive }),
    bundle: bundle.folder,
    zip: bundle.zip,
    sha256: bundle.sha256,
    misfits: bundle.misfits.length,
    newTags: bundle.newTags,
    ...(outcome.targets.length > 0 && { targets: outcome.targets }),
    ...(bundle.pictures && {
      pictures: { carried: bundle.pictures.carried, missing: bundle.pictures.missing.length },
    }),
  };
}

function print(flags: Flags, lines: string[], facts?: object): void {
  if (!flags.json) for (const line of lines) say(line);
  else if (facts) process.stdout.write(`${JSON.stringify(facts)}\n`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function interrupted(how: string): void {
  process.stderr.write(`Stopped as you asked; nothing is lost. Go on with:\n  ${how}\n`);
  process.exitCode = EXIT.interrupted;
}

function readInput(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new FicferryError('NOT_FOUND', `${file} can't be read`, 'Check the path.', { cause: error });
  }
}

function readUrlList(file: string): Map<string, string> {
  const lines = new TextDecoder()
    .decode(readInput(file))
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  return new Map(
    lines.map((line, index) => {
      const [name, url] = line.split('\t');
      if (name && url) return [name, url.trim()] as const;
      throw new FicferryError('BAD_OPTION', `${file}, line ${index + 1}: "file<TAB>address" was expected`);
    }),
  );
}
