/** The words of `joining` in `config/vocabulary.yaml`, ready to be looked for in a line. */
import type { Config } from '../config.js';
import type { Work } from '../model.js';
import { keyOf } from './words.js';

/** A line's words as phrases are looked for in it: "On to Part 2/5!" → on, to, part, 2/5. */
export function phraseWords(text: string): string[] {
  return keyOf(text.replace(/[!+&]/g, ' ')).split(' ').filter(Boolean);
}

/** Phrases of one or more words. */
export class PhraseSet {
  private readonly byFirst = new Map<string, string[][]>();

  constructor(phrases: readonly string[]) {
    for (const phrase of phrases) {
      const words = phraseWords(phrase);
      const [first] = words;
      if (first) this.byFirst.set(first, [...(this.byFirst.get(first) ?? []), words]);
    }
    for (const list of this.byFirst.values()) list.sort((a, b) => b.length - a.length);
  }

  /** Words of the longest phrase that stands at this place; 0 where none does. */
  lengthAt(words: readonly string[], start: number): number {
    const list = this.byFirst.get(words[start] ?? '') ?? [];
    return list.find((phrase) => phrase.every((word, offset) => words[start + offset] === word))?.length ?? 0;
  }

  isIn(words: readonly string[]): boolean {
    return words.some((_, start) => this.lengthAt(words, start) > 0);
  }

  isWhole(words: readonly string[]): boolean {
    return words.length > 0 && this.lengthAt(words, 0) === words.length;
  }
}

/** Where a named part stands: before the first number, after the last, or between two. */
export type NamedPlace = 'first' | 'between' | 'last';

/** What a story is to another that it names. */
export type Relatedness = NonNullable<Work['related']>[number]['relation'];

export interface Phrases {
  named: Record<NamedPlace, PhraseSet>;
  series: PhraseSet;
  index: PhraseSet;
  next: PhraseSet;
  previous: PhraseSet;
  goesOn: PhraseSet;
  places: PhraseSet;
  reads: PhraseSet;
  related: Record<Relatedness, PhraseSet>;
  seriesNouns: PhraseSet;
  seriesJoints: PhraseSet;
  seriesParts: PhraseSet;
  /** Words for "part" and for "of", and the numbers' words: "two", "ii", "second". */
  part: PhraseSet;
  of: PhraseSet;
  numbers: ReadonlyMap<string, number>;
}

const known = new WeakMap<object, Phrases>();

export function phrasesOf(config: Pick<Config, 'joining' | 'parts' | 'numbers'>): Phrases {
  const made = known.get(config) ?? makePhrases(config);
  known.set(config, made);
  return made;
}

function makePhrases({ joining, parts, numbers }: Pick<Config, 'joining' | 'parts' | 'numbers'>): Phrases {
  const { named, related, ...lists } = joining;
  const sets = Object.entries(lists).map(([name, words]) => [name, new PhraseSet(words)]);
  return {
    ...(Object.fromEntries(sets) as Record<keyof typeof lists, PhraseSet>),
    named: {
      first: new PhraseSet(named.first),
      between: new PhraseSet(named.between),
      last: new PhraseSet(named.last),
    },
    related: {
      sequel: new PhraseSet(related.sequel),
      prequel: new PhraseSet(related.prequel),
      companion: new PhraseSet(related.companion),
    },
    part: new PhraseSet(parts.part),
    of: new PhraseSet(parts.of),
    numbers: new Map(
      Object.values(numbers).flatMap((words) => words.map((word, number) => [keyOf(word), number] as const)),
    ),
  };
}
