/** What a link says about the post it leads to. */
import { type NamedPlace, type Phrases, phraseWords } from './phrases.js';
import type { FicLink } from './records.js';

export type Relation =
  /** "Part Two", "3", "Epilogue": a part of the same story, by number or name. */
  | { kind: 'part'; number?: number; named?: NamedPlace }
  /** "On to the next", "Back". */
  | { kind: 'next' | 'previous' }
  /** "Masterpost": the list of the parts. */
  | { kind: 'index' }
  /** "Sequel to …": a story of its own. */
  | { kind: 'series' }
  | { kind: 'plain' };

/** So many words before a link speak of it: "the second part of this stands". */
const WORDS_BEFORE = 8;
/** A link with more words is a title or a sentence. */
const LONGEST_MARK = 10;
/** "On" and "back" are common words: they tell a direction only where a link, or what leads to it, is short. */
const LONGEST_DIRECTION = 6;

/** A part mark in the link's own words or just before it beats a direction; "sequel" beats both. */
export function relationOf(link: Pick<FicLink, 'text' | 'before'>, phrases: Phrases): Relation {
  const text = phraseWords(link.text);
  const before = phraseWords(link.before).slice(-WORDS_BEFORE);
  if (phrases.series.isIn(text) || phrases.series.isIn(before)) return { kind: 'series' };
  const mark = partMark(text, phrases) ?? partMark(before, phrases);
  if (mark) return { kind: 'part', ...mark };
  if (phrases.index.isIn(text) || phrases.index.isIn(before)) return { kind: 'index' };
  for (const said of [text, before]) {
    if (said.length > LONGEST_DIRECTION) continue;
    for (const kind of ['next', 'previous'] as const) if (phrases[kind].lengthAt(said, 0) > 0) return { kind };
  }
  return { kind: 'plain' };
}

export interface PartMark {
  number?: number;
  named?: NamedPlace;
}

/** "Part Two", "chapter 3/7", "2/5", "II" alone, "Epilogue: The Shore"; undefined where the words hold no mark. */
export function partMark(said: readonly string[], phrases: Phrases): PartMark | undefined {
  if (said.length === 0 || said.length > LONGEST_MARK) return undefined;
  for (const [at, word] of said.entries()) {
    const counted = /^(\d{1,3})\/\d*$/.exec(word)?.[1];
    if (counted !== undefined) return { number: Number(counted) };
    const number = phrases.part.lengthAt(said, at) === 1 ? numberOf(said[at + 1], phrases) : undefined;
    if (number !== undefined) return { number };
  }
  const alone = said.length === 1 ? numberOf(said[0], phrases) : undefined;
  if (alone !== undefined) return { number: alone };
  const named = namedPlace(said, phrases);
  return named && { named };
}

/** Where a part stands that these words begin by naming: "epilogue" is last. */
export function namedPlace(said: readonly string[], { named }: Phrases): NamedPlace | undefined {
  return (['first', 'between', 'last'] as const).find((place) => named[place].lengthAt(said, 0) > 0);
}

function numberOf(word: string | undefined, { numbers }: Phrases): number | undefined {
  if (word === undefined) return undefined;
  const counted = /^(\d{1,3})(?:\/\d*)?$/.exec(word)?.[1];
  return counted === undefined ? numbers.get(word) : Number(counted);
}
