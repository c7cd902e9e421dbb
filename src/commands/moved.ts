/** `ficferry moved`: what an author puts up when her works are on the archive: old and new addresses, and a masterlist. */
import { join } from 'node:path';
import { writeWhole } from '../common/writeWhole.js';
import { lockOut, Vault } from '../crawl/index.js';
import type { EntryKey, Work } from '../model.js';
import { type Listing, listingOf, masterlistHtml, masterlistMarkdown, movedCsv } from '../moved/index.js';
import { takeCensus } from '../run/census.js';
import { type ArchiveAccount, markPlan, readOnArchive } from '../run/onArchive.js';
import type { Tell } from '../run/outcome.js';
import { type Run, readDecisions, vaultFolder } from '../run/run.js';
import { planWorks } from '../works/index.js';

export interface MovedOutcome {
  account: ArchiveAccount;
  listing: Listing;
  /** Locked entries of the journal that were not looked at. */
  locked: number;
  /** Paths of the files written; none where nothing is there to list. */
  files: string[];
  /** What only the author can answer, by the key that answers it in `decisions.yaml`. */
  questions: { entry: EntryKey; text: string }[];
  warnings: string[];
}

const TITLE = 'Masterlist';

/**
 * Writes `moved.csv`, `masterlist.html` and `masterlist.md` beside `report.json`, from the vault, the decisions and the pages;
 * asks the network for nothing, and needs no bundle. Locked works are listed with `--include-locked` alone.
 * @throws FicferryError NO_VAULT, VAULT_DAMAGED, BAD_DECISIONS, NOT_FOUND, BAD_PAGE, DISK
 */
export async function listMoved(run: Run, tell: Tell): Promise<MovedOutcome> {
  const decisions = readDecisions(run);
  const listed = readOnArchive(run);
  const vault = await Vault.open(vaultFolder(run), {
    readOnly: true,
    isSessionHop: (url) => run.sites.isSessionHop(url),
  });
  try {
    await using _folder = await lockOut(run.folder);
    const census = await takeCensus(vault, run, (done) => tell({ type: 'reading', done }));
    const plan = planWorks(census.records, decisions, run.config);
    const { works, account } = markPlan(plan, listed, run);
    const listing = listingOf(works, { withLocked: run.options.includeLocked ?? false });
    const locked = census.leftOut.filter(({ reason }) => reason === 'restricted').length;
    const warnings = [...listed.warnings, ...plan.warnings.map((text) => `decisions.yaml: ${text}`)];
    return { account, listing, locked, files: write(run, listing), questions: questionsOf(works), warnings };
  } finally {
    await vault.close();
  }
}

function questionsOf(works: readonly Work[]): MovedOutcome['questions'] {
  return works.flatMap(({ questions, chapters }) =>
    questions
      .filter(({ field }) => field === 'onArchive')
      .map(({ text }) => ({ entry: (chapters[0] as Work['chapters'][number]).entry, text })),
  );
}

function write(run: Run, { listed }: Listing): string[] {
  if (listed.length === 0) return [];
  const texts = {
    'moved.csv': movedCsv(listed),
    'masterlist.html': masterlistHtml(listed, TITLE),
    'masterlist.md': masterlistMarkdown(listed, TITLE),
  };
  // titles of locked works are their author's alone until she puts them up
  const secret = listed.some(({ restricted, onArchive }) => restricted || onArchive.restricted);
  return Object.entries(texts).map(([name, text]) => {
    const file = join(run.folder, name);
    writeWhole(file, text, { secret });
    return file;
  });
}
