/** Entries whose page shows less than their neighbours' pages do: the view may have left something out. */
import type { EntryId, Reading } from '../../model.js';

/** What is kept of a visit: enough for the account of the chain, and nothing of the page. */
export interface Look {
  id?: EntryId;
  url: string;
  kind: Reading['kind'];
  /** Of an entry only. */
  shows?: { date: boolean; tags: boolean };
}

/**
 * The entries of a chain that lack a date or tags while the nearest readable entry on each side has them. A view that drops
 * them drops them for some entries only, and many entries simply have no tags: two witnesses are asked for.
 * Past an end of the chain one witness is enough; past a side that was not walked to its end there is no telling yet.
 * @param ended whether the chain's first and last entry are known to be that
 */
export function worthACloserLook<T extends Look>(chain: readonly T[], ended: { first: boolean; last: boolean }): T[] {
  const before = nearestReadable(chain);
  const after = nearestReadable(chain.toReversed()).toReversed();
  return chain.filter((look, index) => {
    if (!look.shows) return false;
    const left = before[index]?.shows;
    const right = after[index]?.shows;
    if ((!left && !ended.first) || (!right && !ended.last) || (!left && !right)) return false;
    const lacks = (field: 'date' | 'tags') =>
      !look.shows?.[field] && left?.[field] !== false && right?.[field] !== false;
    return lacks('date') || lacks('tags');
  });
}

/** For each place the nearest entry before it. */
function nearestReadable<T extends Look>(chain: readonly T[]): (T | undefined)[] {
  let last: T | undefined;
  return chain.map((look) => {
    const nearest = last;
    if (look.shows) last = look;
    return nearest;
  });
}
