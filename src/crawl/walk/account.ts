/** The honest account of a walk: by number, which entries of a journal were never met. */
import { type EntryId, itemid } from '../../model.js';

export interface JournalAccount {
  site: string;
  journal: string;
  /** The largest itemid met; entries posted after it can't be told. */
  largest: number;
  /** How many itemids from 1 to the largest were met. */
  met: number;
  neverMet: number;
  /** The itemids never met, as runs from first to last, both included, rising. */
  ranges: [first: number, last: number][];
  /** For people: "3 numbers never met: locked, private or deleted". */
  text: string;
}

/** What is known of how the entries were asked for; it tells what may be the matter with a number never met. */
export interface Asked {
  /** Both ends of the journal were reached, or its whole calendar was read; else numbers may be missing that nobody asked for. */
  walked?: boolean;
  /** With the user's own account, so that what only a login shows was shown. */
  account?: boolean;
}

/** What may be the matter with a number never met: an English clause. */
export function whyNeverMet({ walked = true, account = false }: Asked): string {
  if (account) return walked ? 'deleted, or not for this account' : 'deleted, not for this account or not visited yet';
  return walked ? 'locked, private or deleted' : 'locked, private, deleted or not visited yet';
}

/**
 * A site counts a journal's entries from 1 without gaps (`model.ts`, itemid), and a stranger's chain passes over locked
 * entries unseen: the numbers that no entry met has are the ones not seen, or not there any more.
 * @param known entries met: visited, refused, in the vault; repeats do no harm
 * @param options.absent entries that the site says are not there. They count as met, and prove nothing of a journal's size: an
 * address mistyped by a digit is one of them
 * @returns one account for each journal, by site and name
 */
export function chainAccount(
  known: Iterable<EntryId>,
  { absent = [], ...asked }: { absent?: Iterable<EntryId> } & Asked = {},
): JournalAccount[] {
  const journals = new Map<string, { site: string; journal: string; met: Set<number>; largest: number }>();
  for (const { site, journal, number } of known) {
    const key = `${site}/${journal}`;
    const entry = journals.get(key) ?? { site, journal, met: new Set<number>(), largest: 0 };
    entry.met.add(itemid(number));
    entry.largest = Math.max(entry.largest, itemid(number));
    journals.set(key, entry);
  }
  for (const { site, journal, number } of absent) {
    const entry = journals.get(`${site}/${journal}`);
    if (entry && itemid(number) < entry.largest) entry.met.add(itemid(number));
  }
  return [...journals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => accountOf(entry, whyNeverMet(asked)));
}

function accountOf(
  { site, journal, met }: { site: string; journal: string; met: Set<number> },
  why: string,
): JournalAccount {
  const ranges: [number, number][] = [];
  let last = 0;
  let counted = 0;
  for (const id of [...met].sort((a, b) => a - b)) {
    if (id < 1) continue; // a number below 256 is no ditemid
    if (id > last + 1) ranges.push([last + 1, id - 1]);
    last = id;
    counted++;
  }
  const neverMet = last - counted;
  return { site, journal, largest: last, met: counted, neverMet, ranges, text: textOf(neverMet, why) };
}

function textOf(neverMet: number, why: string): string {
  if (neverMet === 0) return 'every number was met';
  return `${neverMet} ${neverMet === 1 ? 'number' : 'numbers'} never met: ${why}`;
}
