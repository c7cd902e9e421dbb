/** Where parts without a number stand: a prologue, an interlude, a first part that nobody knew would have others. */
import type { Config } from '../config.js';
import type { Edges } from './edges.js';
import type { Group } from './groups.js';
import { partNameOf } from './partNames.js';
import { type FicRecord, keyOfRecord } from './records.js';

export interface Placed {
  /** The group's parts; one whose number its siblings tell has it in its header. */
  parts: FicRecord[];
  /** Places of those without one: 2.5 stands between 2 and 3. */
  places: Map<string, number>;
}

export function placeParts(group: Group, edges: Edges, config: Config): Placed {
  const numbers = new Map<string, number>();
  for (const record of group.parts) if (record.header.part) numbers.set(keyOfRecord(record), record.header.part.number);
  const places = new Map<string, number>();
  if (group.parts.length === 1 || numbers.size === 0) return { parts: group.parts, places: namedPlaces(group, config) };
  const parts = group.parts.map((record) => {
    if (record.header.part) return record;
    const numbered = numberOf(record, group, new Set(numbers.values()), edges, config);
    if (numbered) {
      numbers.set(keyOfRecord(record), numbered.number);
      return withNumber(record, numbered);
    }
    places.set(keyOfRecord(record), placeOf(record, group, numbers, edges, config));
    return record;
  });
  return { parts, places };
}

/** Parts of which none has a number keep the order of their days between prologue and epilogue. */
function namedPlaces(group: Group, config: Config): Map<string, number> {
  const places = new Map<string, number>();
  for (const record of group.parts) {
    const { named } = partNameOf(record, config);
    if (named !== 'last') places.set(keyOfRecord(record), named === 'first' ? -1 : 0);
  }
  return places;
}

interface Numbered {
  number: number;
  raw: string;
}

/** The number by which a sibling or the master post links to it; a first part that lacks only the mark is 1. */
function numberOf(
  record: FicRecord,
  group: Group,
  taken: ReadonlySet<number>,
  edges: Edges,
  config: Config,
): Numbered | undefined {
  const { named } = partNameOf(record, config);
  const siblings = new Set([...group.parts, ...group.heads].map(keyOfRecord));
  for (const { from, relation, text } of edges.to(record)) {
    if (relation.kind !== 'part' || relation.number === undefined || taken.has(relation.number)) continue;
    if (siblings.has(from)) return { number: relation.number, raw: `linked as “${text}” in ${from}` };
  }
  if (named === undefined && !taken.has(1) && group.parts[0] === record)
    return { number: 1, raw: 'the first of its parts' };
  return undefined;
}

function withNumber(record: FicRecord, { number, raw }: Numbered): FicRecord {
  return {
    ...record,
    header: { ...record.header, part: { number } },
    evidence: { ...record.evidence, part: { from: 'inferred', raw } },
  };
}

function placeOf(
  record: FicRecord,
  group: Group,
  numbers: ReadonlyMap<string, number>,
  edges: Edges,
  config: Config,
): number {
  const { named } = partNameOf(record, config);
  const called = edges.to(record).find(({ relation }) => relation.kind === 'part' && relation.named !== undefined);
  const place = named ?? (called?.relation.kind === 'part' ? called.relation.named : undefined);
  if (place === 'first') return Math.min(...numbers.values()) - 0.5;
  if (place === 'last') return Number.POSITIVE_INFINITY;
  return betweenLinks(record, numbers, edges) ?? afterDate(record, group, numbers);
}

/** "Back to Part Two" and "On to Part Three", or the next of one and the previous of the other. */
function betweenLinks(record: FicRecord, numbers: ReadonlyMap<string, number>, edges: Edges): number | undefined {
  const lower: number[] = [];
  const upper: number[] = [];
  const note = (number: number | undefined, kind: string, isFrom: boolean) => {
    if (number === undefined) return;
    if (kind === (isFrom ? 'previous' : 'next')) lower.push(number);
    if (kind === (isFrom ? 'next' : 'previous')) upper.push(number);
  };
  for (const { to, relation } of edges.from(record)) note(numbers.get(to), relation.kind, true);
  for (const { from, relation } of edges.to(record)) note(numbers.get(from), relation.kind, false);
  if (lower.length > 0) return Math.max(...lower) + 0.5;
  return upper.length > 0 ? Math.min(...upper) - 0.5 : undefined;
}

/** Behind the last part that was posted before it. */
function afterDate(record: FicRecord, group: Group, numbers: ReadonlyMap<string, number>): number {
  const at = group.parts.indexOf(record);
  const before = group.parts.slice(0, at).findLast((part) => numbers.has(keyOfRecord(part)));
  const number = before && numbers.get(keyOfRecord(before));
  return number === undefined ? Math.min(...numbers.values()) - 0.5 : number + 0.5;
}
