/** Titles as they are compared. */
import type { Config } from '../config.js';
import { keyOf } from './words.js';

/**
 * The form in which titles of parts are compared: no case, punctuation, leading article or part marks at the end.
 * "The Long Tide (2/5)" and "long tide, part 3" have one key. Empty where nothing but marks is there.
 */
export function titleKey(title: string, config: Pick<Config, 'parts' | 'numbers' | 'articles'>): string {
  const marks = marksOf(config);
  const words = keyOf(title.replaceAll('&', ' and ').replace(/[!+]/g, ' ')).split(' ');
  let length = words.length;
  for (let before = -1; length !== before; ) {
    before = length;
    length = withoutMark(words, length, marks);
  }
  const start = length > 1 && marks.articles.has(words[0] as string) ? 1 : 0;
  return words.slice(start, length).join(' ');
}

interface Marks {
  part: Set<string>;
  of: Set<string>;
  numbers: Set<string>;
  articles: Set<string>;
}

const known = new WeakMap<object, Marks>();

function marksOf(config: Pick<Config, 'parts' | 'numbers' | 'articles'>): Marks {
  const made = known.get(config.parts) ?? {
    part: new Set(config.parts.part.map(keyOf)),
    of: new Set(config.parts.of.map(keyOf)),
    numbers: new Set(Object.values(config.numbers).flat().map(keyOf)),
    articles: new Set(config.articles.map(keyOf)),
  };
  known.set(config.parts, made);
  return made;
}

/** Length without one part mark at the end: "2/5", "1/" (of "1/?"), "part 2", "2 of 5". */
function withoutMark(words: string[], length: number, marks: Marks): number {
  const at = (back: number) => words[length - back] ?? '';
  const isNumber = (word: string) => /^\d+$/.test(word) || marks.numbers.has(word);
  if (/^\d+\/\d*$/.test(at(1))) return length - 1;
  if (isNumber(at(1)) && marks.part.has(at(2))) return length - 2;
  if (isNumber(at(1)) && marks.of.has(at(2)) && isNumber(at(3))) return length - 3 - (marks.part.has(at(4)) ? 1 : 0);
  // "Title, chapter (2/5)" leaves the word once the number is gone; "Part" alone is a title.
  if (length < words.length && length > 1 && marks.part.has(at(1))) return length - 1;
  return length;
}
