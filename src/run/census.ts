/** The first pass over a vault: every entry it knows is a record for joining, or left out with the reason. No text is kept. */
import { tidyMemory } from '../common/memory.js';
import { count } from '../common/wording.js';
import { chainAccount, entriesOf, type JournalAccount, type StoredEntry, type Vault } from '../crawl/index.js';
import { FicferryError } from '../errors.js';
import { readFic } from '../fic/index.js';
import { type Address, type Place, storyLink } from '../journal/index.js';
import { type EntryId, type EntryKey, entryKey, type LeftOut, type LeftOutReason } from '../model.js';
import { textOf } from '../text/index.js';
import { detectLanguage, type FicRecord, recordOfEntry } from '../works/index.js';
import type { Run } from './run.js';

export interface Census {
  records: FicRecord[];
  leftOut: LeftOut[];
  /** Every entry seen: records and left out together. */
  seen: number;
  /** Of each journal, by number. */
  accounts: JournalAccount[];
  /** How far a walk got: to `both` ends of the journal, or not. `none`: the captures come from a list or from files. */
  walk: 'both' | 'begun' | 'none';
  /** Some of it was asked for with the user's own account. */
  account: boolean;
  /** Captures of hosts that no site of the config has, and the hosts. */
  unknown: { captures: number; hosts: string[] };
}

/**
 * Reads every entry of the vault once. `onEntry` is told how many are done.
 * @param walked whether every entry that can be reached was, where the caller knows it; else the vault's ways tell
 * @throws FicferryError BAD_OPTION where the vault holds pages, and none of a site that the config knows
 */
export async function takeCensus(
  vault: Vault,
  run: Run,
  onEntry: (done: number) => void,
  walked?: boolean,
): Promise<Census> {
  const { walk, account, unknown, known, passed } = survey(vault, run);
  if (known === 0 && unknown.captures > 0) throw unknownOnly(run, unknown);
  const records: FicRecord[] = [];
  const leftOut: LeftOut[] = [];
  const ids: EntryId[] = [];
  const absent: EntryId[] = [];
  for await (const stored of entriesOf(vault, run.sites)) {
    if (stored.id) (isAbsent(stored) ? absent : ids).push(structuredClone(stored.id));
    const reason = reasonToLeaveOut(stored, run);
    // Cloned, so that no string keeps the page that it was cut from in memory.
    if (reason) leftOut.push(structuredClone(leaveOut(stored, reason)));
    else records.push(structuredClone(recordOf(stored, run)));
    tidyMemory();
    onEntry(records.length + leftOut.length);
  }
  const seen = new Set([...ids, ...absent].map(entryKey));
  for (const [key, place] of passed) {
    if (seen.has(key)) continue;
    ids.push({ site: place.site, journal: place.journal, number: place.number });
    leftOut.push({ entry: key, url: run.sites.entryUrl(place), reason: 'unreadable', detail: NO_PAGE });
  }
  const accounts = chainAccount(ids, { absent, walked: walked ?? walk === 'both', account });
  return { records, leftOut, seen: records.length + leftOut.length, accounts, walk, account, unknown };
}

interface Survey extends Pick<Census, 'walk' | 'account' | 'unknown'> {
  /** Captures of known sites. */
  known: number;
  /** Entries that a walk went past by their number, while no page of them came. */
  passed: Map<EntryKey, Place>;
}

/** What the vault's index tells without a page being read. */
function survey(vault: Vault, { sites }: Run): Survey {
  const hosts = new Map<string, number>();
  const ends = new Set<string | undefined>();
  const passed = new Map<EntryKey, Place>();
  const paged = new Set<EntryKey>();
  let known = 0;
  let begun = false;
  let account = false;
  for (const { url, status, access, use } of vault.refs()) {
    if (use) continue;
    account ||= access.account;
    const address = sites.tryParse(url);
    if (address) known++;
    else hosts.set(new URL(url).hostname, (hosts.get(new URL(url).hostname) ?? 0) + 1);
    const place = address && placeOf(address);
    if (place && address.kind === 'entry') paged.add(entryKey(place));
    if (address?.kind !== 'go') continue;
    if (place) passed.set(entryKey(place), place);
    begun = true;
    if (status === 200) ends.add(address.dir); // the end of a chain is a page; its other steps lead on
  }
  for (const key of paged) passed.delete(key);
  const captures = [...hosts.values()].reduce((sum, count) => sum + count, 0);
  const walk = ends.size === 2 ? 'both' : begun ? 'begun' : 'none';
  return { walk, account, known, passed, unknown: { captures, hosts: [...hosts.keys()].sort() } };
}

function placeOf({ site, domain, journal, number, community }: Address): Place | undefined {
  return journal === undefined || number === undefined
    ? undefined
    : { site, domain, journal, number, ...(community && { community }) };
}

/** For people: which captures were passed over, since the config knows no site for them. */
export function unknownText({ captures, hosts }: Census['unknown']): string {
  const named = hosts.slice(0, 3).join(', ') + (hosts.length > 3 ? ' and others' : '');
  return `${count(captures, 'page')} of ${named} in the vault: no site that ficferry knows`;
}

function unknownOnly(run: Run, unknown: Census['unknown']): FicferryError {
  const advice = 'Give the --config file with which they were fetched.';
  return new FicferryError('BAD_OPTION', `${run.folder} holds nothing but ${unknownText(unknown)}`, advice);
}

function isAbsent({ reading }: StoredEntry): boolean {
  return reading.kind === 'missing' || reading.kind === 'gone';
}

function reasonToLeaveOut({ reading, restricted }: StoredEntry, run: Run): LeftOutReason | undefined {
  if (reading.kind !== 'entry') return reading.kind;
  if (restricted && !run.options.includeLocked) return 'restricted';
  const wanted = run.options.poster?.replaceAll('-', '_').toLowerCase();
  if (wanted !== undefined && reading.entry.poster?.toLowerCase() !== wanted) return 'other-poster';
  return undefined;
}

const NO_PAGE = 'the site gave no usable answer for it; the same command, run later, asks again';

const DETAIL: Partial<Record<LeftOutReason, string>> = {
  restricted: 'a locked entry; --include-locked lets it into works/ and sheet/',
};

/** A locked entry's subject and date stay behind the lock with it. */
function leaveOut({ id, url, reading, restricted }: StoredEntry, reason: LeftOutReason): LeftOut {
  const base = { entry: id ? entryKey(id) : url, url, reason };
  if (reading.kind !== 'entry') return { ...base, detail: reading.reason };
  const { subject, postedAt, poster } = reading.entry;
  const detail = DETAIL[reason] ?? `posted by ${poster ?? 'somebody unnamed'}`;
  if (restricted) return { ...base, detail };
  return { ...base, ...(subject !== undefined && { subject }), ...(postedAt !== undefined && { postedAt }), detail };
}

function recordOf({ reading, restricted }: StoredEntry, run: Run): FicRecord {
  if (reading.kind !== 'entry') throw new TypeError('only an entry makes a record');
  const { entry } = reading;
  const fic = readFic(entry, run.config);
  const language = fic.kind === 'fic' ? detectLanguage(textOf(fic.html), run.config) : undefined;
  const more = { restricted, ...(language !== undefined && { language }) };
  return recordOfEntry(entry, fic, more, (href) => storyLink(run.sites, href, entry), run.config);
}
