/** Shorter words are too near to others: "part" and "pair". */
const SHORTEST = 5;

/** Words by each form of themselves that lacks one letter, and by themselves: one edit apart is one lookup away. */
export function gapsOf(words: readonly string[]): Map<string, string[]> {
  const gaps = new Map<string, string[]>();
  for (const word of new Set(words)) {
    if (word.length < SHORTEST) continue;
    for (const form of [word, ...withoutOne(word)]) gaps.set(form, [...(gaps.get(form) ?? []), word]);
  }
  return gaps;
}

function withoutOne(word: string): string[] {
  return [...word].map((_, at) => word.slice(0, at) + word.slice(at + 1));
}

/** The known word one edit (a letter more, less, another, or two swapped) from a word; undefined where there is none. */
export function nearest(word: string, gaps: ReadonlyMap<string, readonly string[]>): string | undefined {
  if (word.length < SHORTEST || word.length > 30) return undefined;
  for (const form of [word, ...withoutOne(word)]) {
    for (const known of gaps.get(form) ?? []) if (isOneEdit(word, known)) return known;
  }
  return undefined;
}

function isOneEdit(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const [restA, restB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB === `${restA[1]}${restA[0]}`;
}
