/** What the links of a work's parts tell of numbers that no part has. */
import type { Config } from '../config.js';
import { relationOf } from './linkRelation.js';
import { phrasesOf } from './phrases.js';
import { type FicRecord, keyOfRecord } from './records.js';

export interface KnownNumbers {
  /** Never used: the part before leads to the part after, as "next" or as "previous". */
  skipped: Set<number>;
  /** Number → address of a post that a part or the master post calls so, and that is not in the work. */
  addresses: Map<number, string>;
}

/**
 * @param parts with the numbers they were given
 * @param heads master posts
 * @param carried keys of all fics: "Part Two" of a series may be a work of its own
 */
export function knownNumbers(
  parts: readonly FicRecord[],
  heads: readonly FicRecord[],
  carried: ReadonlySet<string>,
  config: Config,
): KnownNumbers {
  const phrases = phrasesOf(config);
  const numbers = new Map(
    parts.flatMap((part) => (part.header.part ? [[keyOfRecord(part), part.header.part.number] as const] : [])),
  );
  const taken = new Set(numbers.values());
  const present = new Set([...parts, ...heads].map(keyOfRecord));
  const known: KnownNumbers = { skipped: new Set(), addresses: new Map() };
  for (const record of [...parts, ...heads]) {
    const own = numbers.get(keyOfRecord(record));
    for (const link of record.links) {
      const relation = relationOf(link, phrases);
      const step = relation.kind === 'next' ? 1 : relation.kind === 'previous' ? -1 : 0;
      const called = relation.kind === 'part' ? relation.number : own !== undefined && step ? own + step : undefined;
      const other = numbers.get(link.to);
      if (present.has(link.to)) {
        if (step && own !== undefined && other !== undefined) skip(known.skipped, own, other, step);
      } else if (
        called !== undefined &&
        called >= 0 &&
        !carried.has(link.to) &&
        !taken.has(called) &&
        !known.addresses.has(called)
      )
        known.addresses.set(called, link.url);
    }
  }
  for (const number of taken) known.skipped.delete(number);
  return known;
}

/** "Next" from 2 to 4 says that there is no 3; a step of more than a few is no next part. */
const MOST_SKIPPED = 3;

function skip(skipped: Set<number>, own: number, other: number, step: number): void {
  const between = (other - own) * step - 1;
  if (between < 1 || between > MOST_SKIPPED) return;
  for (let number = own + step; number !== other; number += step) skipped.add(number);
}
