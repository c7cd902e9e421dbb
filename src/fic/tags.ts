import type { HeaderField } from '../model.js';
import type { Lexicon } from './lexicon.js';
import { keyOf, tidy } from './words.js';

/** A tag with a prefix that names a field: "fandom: the dark is rising". */
export interface TagFact {
  field: HeaderField;
  value: string;
  /** The tag as it stands. */
  raw: string;
}

/** What an entry's tags say. Bare tags count for nothing here. */
export interface TagFacts {
  facts: TagFact[];
  /** Tags such as "reccer: x", that only a recommendation has. */
  notFic: string[];
  /** Keys of the fandoms that prefixed tags name. */
  fandoms: Set<string>;
  /** Keys of the tags without a prefix. */
  bare: Set<string>;
}

export function readTags(tags: readonly string[], lexicon: Lexicon): TagFacts {
  const result: TagFacts = { facts: [], notFic: [], fandoms: new Set(), bare: new Set() };
  for (const tag of tags) {
    const match = /^[^\p{L}\p{N}]{0,2}([\p{L} ]{1,24}?)\s*[:：]+\s*(\S.*)$/u.exec(tag);
    const prefix = keyOf(match?.[1] ?? '');
    const field = match ? lexicon.tagPrefixes.get(prefix) : undefined;
    if (match && field) result.facts.push({ field, value: tidy(match[2] as string), raw: tag });
    else if (match && lexicon.notFic.tagPrefixes.has(prefix)) result.notFic.push(tag);
    else result.bare.add(keyOf(tag.replace(/^[!*#~]+/, '')));
    if (field === 'fandoms') result.fandoms.add(keyOf((match as RegExpExecArray)[2] as string));
  }
  return result;
}
