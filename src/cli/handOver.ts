/** The commands for handing a bundle over to an archive: pages for a web host, a preview, the goes, and what is done. */
import { writeFileSync } from 'node:fs';
import { type BundleWork, openBundle } from '../bundle/index.js';
import { byText } from '../common/order.js';
import { today } from '../common/today.js';
import { count } from '../common/wording.js';
import { loadConfig } from '../config.js';
import { asDiskError, FicferryError } from '../errors.js';
import { doneFile, readDone, writeDone } from '../run/done.js';
import { findBundle, type RunOptions, startRun } from '../run/run.js';
import { baseAddress, GO_SIZE, goPage, planGoes, postBy, serveSite, writeSite } from '../site/index.js';
import { goLines } from './goes.js';
import { untilStopped } from './hand.js';

export async function site(path: string, folder: string, flags: { baseUrl: string; config?: string }): Promise<void> {
  const base = baseAddress(flags.baseUrl, loadConfig(flags.config).archive);
  const open = await openBundle(path);
  try {
    const files = await writeSite(open, folder);
    const hidden = open.bundle.works.filter((work) => work.restricted).length;
    say(`${count(files, 'file')} in ${folder}: put them on your web host, so that ${base} leads there.`);
    const withheld = open.bundle.works.filter((work) => work.withheld && !work.restricted).length;
    if (withheld > 0) say(`${count(withheld, 'work')} left out: their authors have not let them go (people.csv).`);
    if (hidden > 0) say(`${count(hidden, 'restricted work')} left out: locked stays locked.`);
    say(`Next: ficferry goes ${path} --base-url ${base}`);
  } finally {
    await open.close();
  }
}

export async function serve(
  path: string,
  flags: { port?: number; baseUrl?: string; config?: string; size?: number },
): Promise<void> {
  const { archive } = loadConfig(flags.config);
  const open = await openBundle(path);
  try {
    // Heard from the first line on: whoever reads the address may press Ctrl-C at once.
    const stopped = untilStopped();
    const preview = await serveSite(open, flags.port ?? 0, (line) => process.stderr.write(`${line}\n`));
    const base = flags.baseUrl === undefined ? preview.url : baseAddress(flags.baseUrl, archive, true);
    say(`A preview for you alone stands at ${preview.url} until you press Ctrl-C.`);
    if (flags.baseUrl === undefined)
      say('An archive can’t reach it; behind a tunnel, say which address leads here with --base-url.');
    const plan = planGoes(open.bundle, archive, { base, size: flags.size ?? GO_SIZE });
    for (const url of plan.goes.flatMap((go) => go.urls)) say(url);
    await stopped;
    await preview.close();
  } finally {
    await open.close();
  }
}

export async function goes(
  path: string,
  flags: { baseUrl: string; size?: number; html?: string; config?: string },
): Promise<void> {
  const { archive } = loadConfig(flags.config);
  const base = baseAddress(flags.baseUrl, archive);
  const open = await openBundle(path);
  try {
    const done = new Set(Object.keys(readDone(doneFile(path)).works));
    const plan = planGoes(open.bundle, archive, { base, size: flags.size ?? GO_SIZE, done });
    const by = postBy(today());
    if (flags.html === undefined) for (const line of goLines(plan, archive, by)) say(line);
    else {
      write(flags.html, goPage(plan, archive, by));
      say(`${count(plan.goes.length, 'go')} in ${flags.html}: open it in your browser.`);
    }
  } finally {
    await open.close();
  }
}

/** Ticks works, or takes the tick away; without a work it tells what is left. */
export async function done(slugs: string[], flags: RunOptions & { undo?: boolean }): Promise<void> {
  const path = bundleIn(startRun(flags).folder);
  const open = await openBundle(path);
  try {
    const { works } = open.bundle;
    const file = doneFile(path);
    const ticks = readDone(file);
    for (const slug of slugs) {
      const work = works.find((one) => one.slug === slug) ?? unknown(slug, works);
      const key = keyOf(work);
      if (flags.undo) delete ticks.works[key];
      else ticks.works[key] = work.title;
    }
    if (slugs.length > 0) writeDone(file, ticks);
    const left = works.filter((work) => ticks.works[keyOf(work)] === undefined);
    say(`${works.length - left.length} of ${count(works.length, 'work')} done.`);
    for (const work of [...left].sort((a, b) => byText(a.slug, b.slug))) say(`  to do: ${work.slug}  ${work.title}`);
  } finally {
    await open.close();
  }
}

/** The bundle of a run's folder. @throws FicferryError NOT_FOUND */
function bundleIn(folder: string): string {
  const bundle = findBundle(folder);
  if (bundle !== undefined) return bundle;
  throw new FicferryError(
    'NOT_FOUND',
    `There is no bundle in ${folder}`,
    `Make one with: ficferry bundle --out ${folder}`,
  );
}

function keyOf(work: BundleWork): string {
  return work.chapters[0]?.entry ?? work.slug;
}

function unknown(slug: string, works: readonly BundleWork[]): never {
  const near = works.map((work) => work.slug).filter((other) => other.includes(slug) || slug.includes(other));
  const advice =
    near.length > 0 ? `Did you mean ${near.slice(0, 3).join(', ')}?` : 'The sheets of data/sheet/ are named by them.';
  throw new FicferryError('NOT_FOUND', `There is no work ${slug} in this bundle`, advice);
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600 });
  } catch (error) {
    throw asDiskError(error, file);
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
