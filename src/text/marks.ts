/** Inline emphasis as a stack of marks, which the builder opens and closes as the text goes. */
import { lookOf, NESTING_MARKS, SINGULAR_MARKS } from './keep.js';

/** One inline element that is in force. Compared by identity: see `Marks.plain`. */
export interface Mark {
  readonly name: string;
  readonly attribs: Readonly<Record<string, string>>;
}
/** Marks in force at one place, outermost first. Never changed, always replaced. */
export type MarkList = readonly Mark[];

export const NO_MARKS: MarkList = [];

/** How many of one mark may be nested; more say nothing and would cost time in soup. */
const DEEPEST_MARK = 3;

/** Makes marks so that those without an identity of their own are one object per look, and can be run together. */
export class Marks {
  readonly #plain = new Map<string, Mark>();

  mark(name: string, attribs: Record<string, string>): Mark {
    if (SINGULAR_MARKS.has(name)) return { name, attribs };
    const key = Object.keys(attribs).length === 0 ? name : `${name} ${JSON.stringify(attribs)}`;
    let mark = this.#plain.get(key);
    if (!mark) {
      mark = { name, attribs };
      this.#plain.set(key, mark);
    }
    return mark;
  }
}

/** The list with one mark more, or the same list where that mark would say nothing new. */
export function withMark(list: MarkList, mark: Mark): MarkList {
  const { name } = mark;
  // A link in a link, or a reading in a reading: the inner one replaces the outer.
  if (name === 'a' || name === 'rt' || name === 'rp') return [...list.filter((other) => other.name !== name), mark];
  const same = list.filter((other) => lookOf(other.name) === lookOf(name)).length;
  return same >= (NESTING_MARKS.has(name) ? DEEPEST_MARK : 1) ? list : [...list, mark];
}

export function withoutMarks(list: MarkList, names: readonly string[]): MarkList {
  return list.some((mark) => names.includes(mark.name)) ? list.filter((mark) => !names.includes(mark.name)) : list;
}
