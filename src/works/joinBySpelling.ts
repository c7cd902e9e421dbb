/** A title misspelt in one part. */
import { type Group, type Groups, isDisjoint, mayUnite } from './groups.js';

/** Letters of a title for which one slip, and for which two, are a slip and no other title: "Salt" and "Malt" are two. */
const LETTERS_FOR_ONE = 6;
const LETTERS_FOR_TWO = 12;
const LONGEST = 120;

/** Joins a part to the one group whose title is a slip away, which announces as many parts and lacks its number. */
export function joinBySpelling(groups: Groups): void {
  const numbered = groups.list().filter((group) => group.titles.size > 0 && group.numbers.size > 0);
  for (const group of [...numbered].sort((a, b) => a.parts.length - b.parts.length)) {
    if (!groups.has(group)) continue;
    const found = numbered.filter(
      (other) =>
        other !== group &&
        groups.has(other) &&
        other.parts.length >= group.parts.length &&
        isOneLength(group, other) &&
        isDisjoint(group.numbers, other.numbers) &&
        [...group.titles].some((title) => [...other.titles].some((one) => isSlip(title, one))) &&
        mayUnite(other, group),
    );
    const [target] = found;
    if (target && found.length === 1) groups.unite(target, group);
  }
}

/** "2/5" and "3/?" may be of one work, "2/5" and "3/7" are of two unless one title says otherwise. */
function isOneLength(a: Group, b: Group): boolean {
  return (a.announced.size === 0 && b.announced.size === 0) || !isDisjoint(a.announced, b.announced);
}

/** Titles that differ by a letter or two, and in no number. */
export function isSlip(a: string, b: string): boolean {
  const length = Math.min(a.length, b.length);
  const most = length >= LETTERS_FOR_TWO ? 2 : length >= LETTERS_FOR_ONE ? 1 : 0;
  if (most === 0 || Math.max(a.length, b.length) > LONGEST || Math.abs(a.length - b.length) > most) return false;
  // What both begin and end with counts nothing, and leaves little to compare.
  let start = 0;
  while (start < length && a[start] === b[start]) start++;
  let end = 0;
  while (end < length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  return isWithin(left, right, most) && digits(a) === digits(b);
}

function digits(text: string): string {
  return text.replace(/\P{N}+/gu, ' ').trim();
}

/** Letters put in, left out, exchanged, or two neighbours swapped: no more than so many. Stops at the first row that is beyond. */
function isWithin(a: string, b: string, most: number): boolean {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] as number) + 1);
      next.push(cost);
    }
    if (Math.min(...next) > most) return false;
    before = row;
    row = next;
  }
  return (row[b.length] as number) <= most;
}
