/** Where a migration stands: what `ficferry status` tells, read from the folder alone. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type CalendarEnd, type JournalAccount, storedCalendar, stretchesOf, Vault } from '../crawl/index.js';
import { type EntryId, EntryKey, type LeftOutReason } from '../model.js';
import { type Census, takeCensus } from './census.js';
import { type Chains, explainChains, explainNumbers, type Unmet } from './gaps.js';
import { byReason } from './report.js';
import { bundlePlaces, journalOf, peopleFile, type Run, vaultFolder } from './run.js';
import { tagsFile } from './tagsFile.js';

export interface Standing {
  folder: string;
  journal: string;
  seen: number;
  fics: number;
  /** Entries that would be left out now, by reason. */
  leftOut: Partial<Record<LeftOutReason, number>>;
  numbers: JournalAccount[];
  /** Each of the numbers never met, or of their runs. */
  unmet: Unmet[];
  /** Both ends of the journal were reached without a gap. */
  complete: boolean;
  why?: string;
  /** Where the chain leads no further. */
  gaps: Chains['gaps'];
  /** Entries that no other leads to. */
  apart: Chains['apart'];
  /** What the calendar says, as far as the vault holds it. */
  calendar?: Omit<CalendarEnd, 'added'> & { added: string[] };
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
  chains: Chains;
  calendar: CalendarEnd | undefined;
  /** All of the journal was reached, by its chain or by its calendar. */
  through: boolean;
}

/** @throws FicferryError NO_VAULT, VAULT_DAMAGED */
export async function standing(run: Run): Promise<Standing> {
  const vault = await Vault.open(vaultFolder(run), { readOnly: true });
  try {
    const walked = await vaultStanding(run, vault);
    return standingOf(run, await takeCensus(vault, run, () => {}, walked.through), walked);
  } finally {
    await vault.close();
  }
}

/** @throws FicferryError VAULT_DAMAGED */
export async function vaultStanding(run: Run, vault: Vault): Promise<VaultStanding> {
  const journal = journalOf(run, vault);
  const { chains, calendar } = await chainsOf(run, vault, journal);
  const through = !chains.isUnwalked && (chains.gaps.length === 0 || (calendar?.whole ?? false));
  return { journal, chains, calendar, through };
}

/** From what was read of the vault, and the folder as it is now. */
export function standingOf(run: Run, census: Census, { journal, chains, calendar, through }: VaultStanding): Standing {
  const complete = !chains.isUnwalked && chains.gaps.length === 0;
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
    unmet: explainNumbers(census.accounts, entriesSeen(census), { walked: through, account: census.account }),
    complete,
    ...(complete ? {} : { why: chains.isUnwalked ? UNWALKED : chains.broken }),
    gaps: chains.gaps,
    apart: chains.apart,
    ...(calendar && { calendar: { ...calendar, added: calendar.added.map(({ url }) => url) } }),
    ...(bundled && { bundle, stale }),
    next: nextStep(run, { through, seen: census.seen, walk: census.walk, current: bundled && !stale, leftOut }),
  };
}

const UNWALKED =
  'no step of a walk is in the vault, so its entries come from a list, from files, or from a walk that had just begun';

/** Walks the chain through the vault alone, and holds the calendar against it. */
async function chainsOf(
  run: Run,
  vault: Vault,
  journal: string,
): Promise<{ chains: Chains; calendar: CalendarEnd | undefined }> {
  const site = siteOf(run, vault, journal);
  if (site === undefined) return { chains: explainChains([], new Set()), calendar: undefined };
  const stretches = await stretchesOf(vault, run.sites, { site, journal });
  const met = stretches
    .filter(({ earlier, later }) => !(earlier?.notYet && later?.notYet))
    .flatMap(({ chain }) => chain);
  const calendar = await storedCalendar(vault, run.sites, { site, journal }, met);
  const added = new Set(calendar?.added.map(({ url }) => url));
  return { chains: explainChains(stretches, added), calendar };
}

function siteOf(run: Run, vault: Vault, journal: string): string | undefined {
  for (const { url, use } of vault.refs()) {
    const address = use ? undefined : run.sites.tryParse(url);
    if (address?.kind === 'entry' && address.journal === journal) return address.site;
  }
  return undefined;
}

function entriesSeen({ records, leftOut }: Census): { id: EntryId; url: string }[] {
  const out = leftOut.flatMap(({ entry, url }) => {
    if (!EntryKey.safeParse(entry).success) return [];
    const [site, journal, number] = entry.split('/') as [string, string, string];
    return [{ id: { site, journal, number: Number(number) }, url }];
  });
  return [...records.map(({ entry }) => ({ id: entry, url: entry.url })), ...out];
}

/** Whether a bundle is older than what it is made from, by the files' times. */
export function isStale(run: Run, bundle: string): boolean {
  const timeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = ['captures.warc.gz', 'restricted.warc.gz'].map((name) => join(vaultFolder(run), name));
  const made = timeOf(join(bundle, 'bagit.txt'));
  return [...sources, join(run.folder, 'decisions.yaml'), peopleFile(run), tagsFile(run.folder)].some(
    (path) => timeOf(path) > made,
  );
}

function nextStep(
  run: Run,
  {
    through,
    seen,
    walk,
    current,
    leftOut,
  }: Pick<Standing, 'seen' | 'leftOut'> & Pick<Census, 'walk'> & { through: boolean; current: boolean },
): string {
  if (!through && (walk !== 'none' || seen === 0))
    return 'run the same crawl or migrate command again; it goes on where it was';
  if (!current) return `ficferry bundle --out ${run.folder}`;
  if (leftOut.gate)
    return `the same command with --adult reaches ${leftOut.gate} behind an adult notice, if you are of age`;
  return 'open data/index.html of the bundle in your browser';
}
