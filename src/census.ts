/** The first pass over a vault: every entry it knows is a record for joining, or left out with the reason. No text is kept. */
import { chainAccount, entriesOf, type JournalAccount, type StoredEntry, type Vault } from './crawl/index.js';
import { readFic } from './fic/index.js';
import { storyLink } from './journal/index.js';
import { tidyMemory } from './memory.js';
import { type EntryId, entryKey, type LeftOut, type LeftOutReason } from './model.js';
import type { Run } from './run.js';
import { textOf } from './text/index.js';
import { detectLanguage, type FicRecord, recordOfEntry } from './works/index.js';

export interface Census {
  records: FicRecord[];
  leftOut: LeftOut[];
  /** Every entry seen: records and left out together. */
  seen: number;
  /** Of each journal, by number. */
  accounts: JournalAccount[];
}

/** Reads every entry of the vault once. `onEntry` is told how many are done of how many captures there are at most. */
export async function takeCensus(vault: Vault, run: Run, onEntry: (done: number) => void): Promise<Census> {
  const records: FicRecord[] = [];
  const leftOut: LeftOut[] = [];
  const ids: EntryId[] = [];
  for await (const stored of entriesOf(vault, run.sites)) {
    if (stored.id) ids.push(structuredClone(stored.id));
    const reason = reasonToLeaveOut(stored, run);
    // Cloned, so that no string keeps the page that it was cut from in memory.
    if (reason) leftOut.push(structuredClone(leaveOut(stored, reason)));
    else records.push(structuredClone(recordOf(stored, run)));
    tidyMemory();
    onEntry(records.length + leftOut.length);
  }
  return { records, leftOut, seen: records.length + leftOut.length, accounts: chainAccount(ids) };
}

function reasonToLeaveOut({ reading, restricted }: StoredEntry, run: Run): LeftOutReason | undefined {
  if (reading.kind !== 'entry') return reading.kind;
  if (restricted && !run.options.includeLocked) return 'restricted';
  const wanted = run.options.poster?.replaceAll('-', '_').toLowerCase();
  if (wanted !== undefined && reading.entry.poster?.toLowerCase() !== wanted) return 'other-poster';
  return undefined;
}

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
