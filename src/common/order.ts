import type { LeftOut } from '../model.js';

/** By code units: the same on every machine, whatever its locale. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** In the order of the journal's dates; what has none comes last. */
export function byDateThenEntry(a: LeftOut, b: LeftOut): number {
  return byText(`${a.postedAt ?? '~'} ${a.entry}`, `${b.postedAt ?? '~'} ${b.entry}`);
}
