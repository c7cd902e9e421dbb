/** The pages that `--on-archive` names, read from the disk, and what they come to for the works of a run. */
import { readFileSync } from 'node:fs';
import { FicferryError } from '../errors.js';
import type { EntryKey, Work } from '../model.js';
import { type Found, type Marked, markWorks, mergePages, readArchivePage } from '../moved/index.js';
import { parseLedger, pushedFrom } from '../push/index.js';
import type { WorkPlan } from '../works/index.js';
import type { Run } from './run.js';

/** How many works the pages list, and what became of them. */
export interface ArchiveAccount {
  /** Pages that were given. */
  pages: number;
  /** Works that they list. */
  listed: number;
  /** Works of the journal that are there, by the pages or by the author's word. */
  there: number;
  /** Works that the author is asked about. */
  doubtful: number;
  /** Works of the archive that the journal has not. */
  others: number;
}

/** What `--on-archive` names: what saved pages list, and what the record of a push knows. */
export interface OnArchiveSaid extends Found {
  /** By the keys of its posts, a work's address. */
  pushed: ReadonlyMap<EntryKey, string>;
}

/** @throws FicferryError NOT_FOUND, BAD_PAGE, BAD_LEDGER */
export function readOnArchive({ options, config }: Pick<Run, 'options' | 'config'>): OnArchiveSaid {
  const shapes = config.archivePages;
  const files = options.onArchive ?? [];
  const isLedger = (file: string) => file.endsWith('.jsonl');
  const pages = files
    .filter((file) => !isLedger(file))
    .map((file) => readArchivePage({ html: textOfFile(file), file }, shapes));
  const lines = files.filter(isLedger).flatMap((file) => parseLedger(textOfFile(file), file));
  return { ...mergePages(pages, Object.keys(shapes.lists)), pushed: pushedFrom(lines) };
}

/** The plan's works, marked by what the pages and the author say. */
export function markPlan(plan: WorkPlan, listed: OnArchiveSaid, run: Run): Marked & { account: ArchiveAccount } {
  const pushed = new Map<string, string>();
  for (const { slug, chapters } of plan.works) {
    const url = chapters.map(({ entry }) => listed.pushed.get(entry)).find((one) => one !== undefined);
    // the author's own word counts more
    if (url !== undefined && !plan.onArchive.has(slug)) pushed.set(slug, url);
  }
  const marked = markWorks(plan.works, listed, new Map([...pushed, ...plan.onArchive]), run.config);
  const works = marked.works.map((work) => (pushed.has(work.slug) ? asPushed(work) : work));
  const account = {
    pages: run.options.onArchive?.length ?? 0,
    listed: listed.works.length,
    there: works.filter((work) => work.onArchive).length,
    doubtful: marked.doubtful,
    others: marked.others.length,
  };
  return { ...marked, works, account };
}

/** What comes by the API is shown to members only, until its author opens it and a page says so. */
function asPushed(work: Work): Work {
  return work.onArchive ? { ...work, onArchive: { restricted: true, ...work.onArchive, how: 'push' } } : work;
}

/** Browsers save in UTF-8, whatever the page was in; some editors keep UTF-16 and its mark. */
function textOfFile(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const advice = 'Name the pages that you saved from the archive, such as --on-archive works.html.';
    throw new FicferryError('NOT_FOUND', `${file} can't be read`, advice, { cause: error });
  }
  const mark = bytes.toString('hex', 0, 2);
  return new TextDecoder(mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8').decode(bytes);
}
