/** Handing the bundle over: its works as the archive's form takes them, her ticks, and the goes of an import. */
import {
  type BundleWork,
  copiedText,
  formFields,
  hasChapterForms,
  type OpenBundle,
  openBundle,
} from '../bundle/index.js';
import { today } from '../common/today.js';
import type { ArchivesFile } from '../config/archives.js';
import { FicferryError } from '../errors.js';
import { chapterPacket, workPacket } from '../filler/index.js';
import type { EntryKey } from '../model.js';
import { doneFile, readDone, writeDone } from '../run/done.js';
import { findBundle, type Run } from '../run/run.js';
import { isStale } from '../run/standing.js';
import { baseAddress, choices, GO_SIZE, type Go, importPacket, losses, planGoes, postBy } from '../site/index.js';
import type { HandOver } from './model.js';

type Archive = ArchivesFile['archive'];
type HandedWork = HandOver['works'][number];

/** Where nobody has said where the pages will stand: any address does, for which works are in no go. */
const SOMEWHERE = 'https://pages.example/';

/**
 * @param base where the pages will stand on the web; without it no goes are planned
 * @throws FicferryError BAD_OPTION where `base` is no address an archive fetches from; BUNDLE_DAMAGED, BAD_DECISIONS (the ticks)
 */
export async function handOver(run: Run, base?: string): Promise<HandOver> {
  const { archive } = run.config;
  const address = base === undefined || base.trim() === '' ? undefined : baseAddress(base.trim(), archive);
  const folder = findBundle(run.folder);
  if (folder === undefined) return { works: [], goes: [], postBy: postBy(today()) };
  return await withBundle(folder, ({ bundle }) => {
    const done = new Set(Object.keys(readDone(doneFile(folder)).works));
    const plan = planGoes(bundle, archive, { base: address ?? SOMEWHERE, size: GO_SIZE, done });
    const without = new Map(plan.without.map(({ work, why }) => [work.slug, why]));
    return {
      bundle: { folder, zip: `${folder}.zip`, stale: isStale(run, folder) },
      works: bundle.works.map((work) => handed(work, done, without.get(work.slug), archive)),
      goes: address === undefined ? [] : plan.goes.map((go, at) => shownGo(go, at, plan.goes.length, archive)),
      postBy: postBy(today()),
    };
  });
}

/**
 * What "Copy for the archive" copies on the sheet of a work: the work's form, or that of a chapter.
 * @param chapter its number, from 1
 * @throws FicferryError NOT_FOUND, BUNDLE_DAMAGED
 */
export async function packetOf(run: Run, key: EntryKey, chapter?: number): Promise<string> {
  return await withBundle(bundleOf(run), async ({ bundle, read }) => {
    const work = workIn(bundle.works, key);
    const index = (chapter ?? 1) - 1;
    if (!work.chapters[index]) throw new FicferryError('NOT_FOUND', `${work.title} has no chapter ${chapter}`);
    const packet = chapter === undefined ? workPacket(work, run.config.archive) : chapterPacket(work, index);
    const content = copiedText((await read(work.sheet)).toString('utf8'), index);
    return JSON.stringify({ ...packet, fields: { ...packet.fields, content } });
  });
}

/** Ticks a work that is through, or takes the tick away. @throws FicferryError NOT_FOUND, BUNDLE_DAMAGED, BAD_DECISIONS, DISK */
export async function tick(run: Run, key: EntryKey, done: boolean): Promise<void> {
  const folder = bundleOf(run);
  const { title } = await withBundle(folder, ({ bundle }) => workIn(bundle.works, key));
  // Read and written in one breath, so that of two ticks at a time none is lost.
  const file = doneFile(folder);
  const ticks = readDone(file);
  if (done) ticks.works[key] = title;
  else delete ticks.works[key];
  writeDone(file, ticks);
}

function handed(
  work: BundleWork,
  done: ReadonlySet<string>,
  without: string | undefined,
  archive: Archive,
): HandedWork {
  const { slug, title, chapters } = work;
  const key = keyOf(work);
  const hasForm = hasChapterForms(work);
  return {
    key,
    slug,
    title,
    done: done.has(key),
    ...(without !== undefined && { without }),
    fields: formFields(work, archive).flatMap(({ name, shown, copied }) =>
      shown ? [{ label: name, text: copied ?? shown }] : [],
    ),
    chapters: chapters.map((chapter) => ({
      title: chapter.title ?? (chapters.length > 1 ? `Chapter ${chapter.position}` : title),
      entry: chapter.entry,
      hasForm,
    })),
  };
}

function shownGo(go: Go, index: number, of: number, archive: Archive): HandOver['goes'][number] {
  return {
    title: `Go ${index + 1} of ${of}`,
    works: go.works.map(keyOf),
    urls: go.urls,
    choices: choices(go, archive),
    afterwards: losses(go).map(({ work, lost }) => `${work.title}: ${lost.join('; ')}`),
    packet: JSON.stringify(importPacket(go, archive)),
  };
}

function keyOf({ chapters }: BundleWork): EntryKey {
  return (chapters[0] as BundleWork['chapters'][number]).entry;
}

function workIn(works: readonly BundleWork[], key: EntryKey): BundleWork {
  const work = works.find((one) => keyOf(one) === key);
  if (work) return work;
  throw new FicferryError(
    'NOT_FOUND',
    `${key} is no work of the bundle`,
    'Make the bundle again, and it will be what you decided.',
  );
}

function bundleOf({ folder }: Run): string {
  const bundle = findBundle(folder);
  if (bundle !== undefined) return bundle;
  throw new FicferryError('NOT_FOUND', `There is no bundle in ${folder}`, 'Make it first.');
}

async function withBundle<T>(folder: string, use: (open: OpenBundle) => T | Promise<T>): Promise<T> {
  const open = await openBundle(folder);
  try {
    return await use(open);
  } finally {
    await open.close();
  }
}
