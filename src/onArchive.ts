/** The pages that `--on-archive` names, read from the disk, and what they come to for the works of a run. */
import { readFileSync } from 'node:fs';
import { FicferryError } from './errors.js';
import { type Found, type Marked, markWorks, mergePages, readArchivePage } from './moved/index.js';
import type { Run } from './run.js';
import type { WorkPlan } from './works/index.js';

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

/** @throws FicferryError NOT_FOUND, BAD_PAGE */
export function readOnArchive({ options, config }: Pick<Run, 'options' | 'config'>): Found {
  const shapes = config.archivePages;
  const pages = (options.onArchive ?? []).map((file) => readArchivePage({ html: textOfFile(file), file }, shapes));
  return mergePages(pages, Object.keys(shapes.lists));
}

/** The plan's works, marked by what the pages and the author say. */
export function markPlan(plan: WorkPlan, listed: Found, run: Run): Marked & { account: ArchiveAccount } {
  const marked = markWorks(plan.works, listed, plan.onArchive, run.config);
  const account = {
    pages: run.options.onArchive?.length ?? 0,
    listed: listed.works.length,
    there: marked.works.filter((work) => work.onArchive).length,
    doubtful: marked.doubtful,
    others: marked.others.length,
  };
  return { ...marked, account };
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
