/** Where a migration stands: what `ficferry status` tells, read from the folder alone. */
import { existsSync } from 'node:fs';
import { takeCensus } from './census.js';
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
  /** What to do next, in words. */
  next: string;
}

/** @throws FicferryError NO_VAULT, VAULT_DAMAGED */
export async function standing(run: Run): Promise<Standing> {
  const vault = await Vault.open(vaultFolder(run), { readOnly: true });
  try {
    const census = await takeCensus(vault, run, () => {});
    const journal = journalOf(run, vault);
    const others = census.records.filter(({ kind }) => kind === 'other').length;
    const leftOut = byReason(census.leftOut);
    const { complete, why } = await walked(run, vault);
    const { folder: bundle } = bundlePlaces(run, journal);
    const bundled = existsSync(bundle);
    return {
      folder: run.folder,
      journal,
      seen: census.seen,
      fics: census.records.length - others,
      leftOut: { ...(others > 0 && { other: others }), ...leftOut },
      numbers: census.accounts,
      complete,
      ...(why !== undefined && { why }),
      ...(bundled && { bundle }),
      next: nextStep(run, complete, bundled, leftOut),
    };
  } finally {
    await vault.close();
  }
}

/** Walks the chain through the vault alone; a vault of added pages or of a list has no chain to speak of. */
async function walked(run: Run, vault: Vault): Promise<{ complete: boolean; why?: string }> {
  const start = run.address ?? firstEntry(run, vault);
  if (!start) return { complete: false, why: 'the vault holds no entry' };
  try {
    return await walkVault(vault, run.sites, start);
  } catch (error) {
    if (error instanceof FicferryError && error.exitCode === EXIT.stopped)
      return { complete: false, why: error.message };
    throw error;
  }
}

function firstEntry(run: Run, vault: Vault): Address | undefined {
  for (const { url } of vault.refs()) {
    const address = run.sites.tryParse(url);
    if (address?.kind === 'entry') return address;
  }
  return undefined;
}

function nextStep(run: Run, complete: boolean, bundled: boolean, leftOut: Standing['leftOut']): string {
  if (!complete) return 'run the same crawl or migrate command again; it goes on where it was';
  if (leftOut.gate)
    return `${leftOut.gate} behind an adult notice: the same command with --adult reaches them, if you are of age`;
  if (!bundled) return `ficferry bundle --out ${run.folder}`;
  return 'open data/index.html of the bundle in your browser';
}
