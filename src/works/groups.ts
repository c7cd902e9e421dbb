/** Works in the making: which records stand together so far. */
import type { Config } from '../config.js';
import { partNameOf } from './partNames.js';
import type { NamedPlace } from './phrases.js';
import { byDate, type FicRecord, keyOfRecord } from './records.js';
import { absorb, fits, type Traits, traitsOf } from './traits.js';

export interface Group {
  parts: FicRecord[];
  /** Master posts: a header and links, no story. */
  heads: FicRecord[];
  traits: Traits;
  /** Keys of its parts' titles; none where all are called "Chapter 3" or "Epilogue". */
  titles: Set<string>;
  numbers: Set<number>;
  announced: Set<number>;
  named: Set<NamedPlace>;
}

export class Groups {
  private readonly all = new Set<Group>();
  private readonly byKey = new Map<string, Group>();

  constructor(private readonly config: Config) {}

  /** In the order in which they were made. */
  list(): Group[] {
    return [...this.all];
  }

  has(group: Group): boolean {
    return this.all.has(group);
  }

  of(key: string): Group | undefined {
    return this.byKey.get(key);
  }

  make(record: FicRecord): Group {
    const { title, number, named } = partNameOf(record, this.config);
    const of = record.header.part?.of;
    const group: Group = {
      parts: [record],
      heads: [],
      traits: traitsOf(record, this.config),
      titles: new Set(title ? [title] : []),
      numbers: new Set(number === undefined ? [] : [number]),
      announced: new Set(of === undefined ? [] : [of]),
      named: new Set(named ? [named] : []),
    };
    this.all.add(group);
    this.byKey.set(keyOfRecord(record), group);
    return group;
  }

  /** The second becomes part of the first. */
  unite(into: Group, from: Group): void {
    if (into === from) return;
    into.parts = [...into.parts, ...from.parts].sort(byDate);
    into.heads = [...into.heads, ...from.heads].sort(byDate);
    absorb(into.traits, from.traits);
    for (const field of ['titles', 'numbers', 'announced', 'named'] as const)
      for (const item of from[field]) (into[field] as Set<unknown>).add(item);
    for (const record of [...from.parts, ...from.heads]) this.byKey.set(keyOfRecord(record), into);
    this.all.delete(from);
  }

  /** Takes a record out of its group, which is made anew from the others; it is in none until it becomes a head. */
  detach(record: FicRecord): void {
    const group = this.byKey.get(keyOfRecord(record));
    if (!group) return;
    this.byKey.delete(keyOfRecord(record));
    this.all.delete(group);
    const rest = [...group.parts.filter((part) => part !== record)];
    const [first, ...others] = rest.map((part) => this.make(part));
    if (!first) return;
    for (const other of others) this.unite(first, other);
    first.heads = group.heads;
    for (const head of first.heads) this.byKey.set(keyOfRecord(head), first);
  }

  /** A master post leads a group; its header counts, its title and number do not. */
  lead(group: Group, head: FicRecord): void {
    group.heads = [...group.heads, head].sort(byDate);
    absorb(group.traits, traitsOf(head, this.config));
    this.byKey.set(keyOfRecord(head), group);
  }
}

/** Nothing speaks against one work: author, fandom and journal agree, and no number, prologue or epilogue is there twice. */
export function mayUnite(a: Group, b: Group): boolean {
  const isTwice = (place: NamedPlace) => a.named.has(place) && b.named.has(place);
  return fits(a.traits, b.traits) && isDisjoint(a.numbers, b.numbers) && !isTwice('first') && !isTwice('last');
}

export function isDisjoint<Item>(a: ReadonlySet<Item>, b: ReadonlySet<Item>): boolean {
  for (const item of a) if (b.has(item)) return false;
  return true;
}

/** No part has a title of its own. */
export function isBare(group: Group): boolean {
  return group.titles.size === 0;
}

/** Parts are numbered or named, so that more of them may be expected. */
export function hasParts(group: Group): boolean {
  return group.numbers.size > 0 || group.named.size > 0;
}
