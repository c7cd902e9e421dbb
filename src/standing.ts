/** Where a migration stands: what `ficferry status` tells, read from the folder alone. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Census, takeCensus } from './census.js';
import { type JournalAccount, Vault, walkVault } from './crawl/index.js';
import { EXIT, FicferryError } from './errors.js';
import type { Address } from './journal/index.js';
import type { LeftOutReason } from './model.js';
import { byReason } from './report.js';
import { bundlePlaces, journalOf, type Run, vaultFolder } from './run.js';

export interface Standing {
  folder: string;
  journal: string;
  seen: number;
  fics: number;
  /** Entries that would be left out now, by reason. */
  leftOut: Partial<Record<LeftOutReason, number>>;
  numbers: JournalAccount[];
  /** Both ends of the journal were reached without a gap. */
  complete: boolean;
  why?: string;
  /** The bundle's folder, where there is one. */
  bundle?: string;
  /** The vault or the decisions were written to after the bundle was made. */
  stale?: boolean;
  /** What to do next, in words. */
  next: string;
}

/** What the vault alone tells; bundle and decisions may change without it. */
export interface VaultStanding {
  journal: string;
  complete: boolean;
  why?: string;
}

/** @throws FicferryError NO_VAULT, VAULT_DAMAGED */
export async function standing(run: Run): Promise<Standing> {
  const vault = await Vault.open(vaultFolder(run), { readOnly: true });
  try {
    const census = await takeCensus(vault, run, () => {});
    return standingOf(run, census, await vaultStanding(run, vault, census));
  } finally {
    await vault.close();
  }
}

/** @throws FicferryError VAULT_DAMAGED */
export async function vaultStanding(run: Run, vault: Vault, census: Census): Promise<VaultStanding> {
  const journal = journalOf(run, vault);
  return { journal, ...(await walked(run, vault, census, journal)) };
}

/** From what was read of the vault, and the folder as it is now. */
export function standingOf(run: Run, census: Census, { journal, complete, why }: VaultStanding): Standing {
  const others = census.records.filter(({ kind }) => kind === 'other').length;
  const leftOut = byReason(census.leftOut);
  const { folder: bundle } = bundlePlaces(run, journal);
  const bundled = existsSync(bundle);
  const stale = bundled && isStale(run, bundle);
  return {
    folder: run.folder,
    journal,
    seen: census.seen,
    fics: census.records.length - others,
    leftOut: { ...(others > 0 && { other: others }), ...leftOut },
    numbers: census.accounts,
    complete,
    ...(why !== undefined && { why }),
    ...(bundled && { bundle, stale }),
    next: nextStep(run, { complete, seen: census.seen, walk: census.walk, current: bundled && !stale, leftOut }),
  };
}

/** Walks the chain through the vault alone; a vault of added pages or of a list has no chain to speak of. */
async function walked(
  run: Run,
  vault: Vault,
  { walk, records }: Census,
  journal: string,
): Promise<{ complete: boolean; why?: string }> {
  if (walk === 'none')
    return {
      complete: false,
      why: 'no step of a walk is in the vault, so its entries come from a list, from files, or from a walk that had just begun',
    };
  // an address that was mistyped once is in the vault too, and in no chain
  const readable = records.find(({ entry }) => entry.journal === journal)?.entry.url;
  const start = (readable && run.sites.tryParse(readable)) || run.address || firstEntry(run, vault);
  if (!start) return { complete: false, why: 'the vault holds no entry' };
  try {
    const { complete, why } = await walkVault(vault, run.sites, start);
    return complete ? { complete } : { complete, why: walk === 'both' ? why : NOT_FINISHED };
  } catch (error) {
    if (error instanceof FicferryError && error.exitCode === EXIT.stopped)
      return { complete: false, why: error.message };
    throw error;
  }
}

const NOT_FINISHED = 'the walk has not reached both of its ends yet';

/** Whether a bundle is older than what it is made from, by the files' times. */
export function isStale(run: Run, bundle: string): boolean {
  const timeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = ['captures.warc.gz', 'restricted.warc.gz'].map((name) => join(vaultFolder(run), name));
  const made = timeOf(join(bundle, 'bagit.txt'));
  return [...sources, join(run.folder, 'decisions.yaml')].some((path) => timeOf(path) > made);
}

function firstEntry(run: Run, vault: Vault): Address | undefined {
  for (const { url, use } of vault.refs()) {
    if (use) continue;
    const address = run.sites.tryParse(url);
    if (address?.kind === 'entry') return address;
  }
  return undefined;
}

function nextStep(
  run: Run,
  {
    complete,
    seen,
    walk,
    current,
    leftOut,
  }: Pick<Standing, 'complete' | 'seen' | 'leftOut'> & Pick<Census, 'walk'> & { current: boolean },
): string {
  if (!complete && (walk !== 'none' || seen === 0))
    return 'run the same crawl or migrate command again; it goes on where it was';
  if (!current) return `ficferry bundle --out ${run.folder}`;
  if (leftOut.gate)
    return `the same command with --adult reaches ${leftOut.gate} behind an adult notice, if you are of age`;
  return 'open data/index.html of the bundle in your browser';
}
