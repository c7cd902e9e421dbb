/** The honest account of a walk: by number, which entries of a journal were never met. */
import { type EntryId, itemid } from '../model.js';

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

/**
 * A site counts a journal's entries from 1 without gaps (`model.ts`, itemid), and a stranger's chain passes over locked
 * entries unseen: the numbers that no entry met has are the ones not seen, or not there any more.
 * @param known entries met in any way: visited, refused, in the vault; repeats do no harm
 * @returns one account for each journal, by site and name
 */
export function chainAccount(known: Iterable<EntryId>): JournalAccount[] {
  const journals = new Map<string, { site: string; journal: string; met: Set<number> }>();
  for (const { site, journal, number } of known) {
    const key = `${site}/${journal}`;
    const entry = journals.get(key) ?? { site, journal, met: new Set<number>() };
    entry.met.add(itemid(number));
    journals.set(key, entry);
  }
  return [...journals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => accountOf(entry));
}

function accountOf({ site, journal, met }: { site: string; journal: string; met: Set<number> }): JournalAccount {
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
  return { site, journal, largest: last, met: counted, neverMet, ranges, text: textOf(neverMet) };
}

function textOf(neverMet: number): string {
  if (neverMet === 0) return 'every number was met';
  return `${neverMet} ${neverMet === 1 ? 'number' : 'numbers'} never met: locked, private or deleted`;
}
