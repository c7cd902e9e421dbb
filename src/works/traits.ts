/** Whose a story is and of which fandom: parts of one work agree in both. */
import type { Config } from '../config.js';
import type { FicRecord } from './records.js';
import { Vocabulary } from './vocabulary.js';
import { keyOf } from './words.js';

export interface Traits {
  journal: string;
  authors: Set<string>;
  posters: Set<string>;
  fandoms: Set<string>;
  pairings: Set<string>;
}

export function traitsOf({ header, entry }: FicRecord, config: Config): Traits {
  const vocabulary = Vocabulary.of(config);
  return {
    journal: `${entry.site}/${entry.journal}`,
    authors: new Set(header.authors?.map(keyOf)),
    posters: new Set([keyOf(entry.poster ?? '')]),
    fandoms: new Set(header.fandoms?.flatMap((fandom) => [keyOf(fandom), ...vocabulary.fandom(fandom)])),
    pairings: new Set(header.relationships?.map(keyOf)),
  };
}

/**
 * One journal; one author by the headers where both name one, else by the account that posted, which a community's
 * moderator may have done for the author whom the other part names; fandoms only where both name some.
 */
export function fits(a: Traits, b: Traits): boolean {
  if (a.journal !== b.journal) return false;
  const isOneAuthor =
    a.authors.size > 0 && b.authors.size > 0
      ? meet(a.authors, b.authors)
      : meet(a.posters, b.posters) || meet(a.authors, b.posters) || meet(a.posters, b.authors);
  return isOneAuthor && (a.fandoms.size === 0 || b.fandoms.size === 0 || meet(a.fandoms, b.fandoms));
}

/** How much speaks for these two besides: a pairing in common says more than a fandom. */
export function affinity(a: Traits, b: Traits): number {
  return (meet(a.pairings, b.pairings) ? 2 : 0) + (meet(a.fandoms, b.fandoms) ? 1 : 0);
}

export function absorb(into: Traits, from: Traits): void {
  for (const field of ['authors', 'posters', 'fandoms', 'pairings'] as const)
    for (const item of from[field]) into[field].add(item);
}

function meet(a: Set<string>, b: Set<string>): boolean {
  for (const item of a) if (b.has(item)) return true;
  return false;
}
