/** Which posts make a work: what was read of them, and the author's decisions over that. */
import type { Config } from '../config.js';
import type { Decisions } from './decisions.js';
import { type Joined, joinFics } from './joinParts.js';
import { type FicRecord, keyOfRecord } from './records.js';
import { Sets } from './sets.js';
import { titleKey } from './titles.js';
import { keyOf } from './words.js';

/**
 * Posts into works, each fic in exactly one, as a part or as the master post that leads it. What the author decided comes
 * first; the rest joins by itself (`joinFics`).
 * @param fics by date, on which it hangs which of two works of one title a part goes to
 * @param others posts that were read as no fic; only those that belong to a work come back
 */
export function joinParts(
  fics: readonly FicRecord[],
  others: readonly FicRecord[],
  decisions: Decisions,
  config: Config,
): Joined[] {
  const assigned = assignments(fics, decisions);
  const isFree = (record: FicRecord) =>
    !assigned.has(keyOfRecord(record)) && !decisions.entries?.[keyOfRecord(record)]?.separate;
  const works = joinFics(fics.filter(isFree), others.filter(isFree), config);
  const sets = new Sets([...fics, ...others].map(keyOfRecord));
  for (const { parts, heads } of works)
    for (const record of [...parts, ...heads]) sets.unite(keyOfRecord(parts[0] as FicRecord), keyOfRecord(record));
  for (const record of fics) {
    const target = assigned.get(keyOfRecord(record));
    if (target !== undefined)
      sets.unite(keyOfRecord(record), sets.has(target) ? target : namedWork(target, record, works, sets, config));
  }
  return gather(fics, works, sets).flatMap((work) => (isTakenApart(work, decisions) ? apart(work) : [work]));
}

/** The sets with what was found out about their records. A master post whose parts all went elsewhere is a fic again. */
function gather(fics: readonly FicRecord[], works: readonly Joined[], sets: Sets): Joined[] {
  const found = new Map<string, Joined>();
  const at = (record: FicRecord) => {
    const set = sets.find(keyOfRecord(record));
    const work: Joined = found.get(set) ?? { parts: [], heads: [], places: new Map(), questions: [] };
    found.set(set, work);
    return work;
  };
  const known = new Set<string>();
  for (const { parts, heads, places, questions } of works) {
    const work = at(parts[0] as FicRecord);
    work.parts.push(...parts);
    work.heads.push(...heads);
    for (const [key, place] of places) work.places.set(key, place);
    work.questions.push(...questions);
    for (const record of [...parts, ...heads]) known.add(keyOfRecord(record));
  }
  for (const record of fics) if (!known.has(keyOfRecord(record))) at(record).parts.push(record);
  return [...found.values()];
}

function apart({ parts, heads }: Joined): Joined[] {
  return [...parts, ...heads.filter(({ kind }) => kind === 'fic')].map((record) => ({
    parts: [record],
    heads: [],
    places: new Map(),
    questions: [],
  }));
}

/** Entry key → the work it was put into: a name, or an entry's key. */
function assignments(records: readonly FicRecord[], decisions: Decisions): Map<string, string> {
  const assigned = new Map<string, string>();
  for (const [work, { order }] of Object.entries(decisions.works ?? {})) {
    for (const key of order ?? []) if (key !== work) assigned.set(key, work);
  }
  for (const record of records) {
    const key = keyOfRecord(record);
    const work = decisions.entries?.[key]?.work;
    if (work !== undefined && work !== key) assigned.set(key, work);
  }
  return assigned;
}

/** A work joined already that has this title in the same journal; else a work of that name alone. */
function namedWork(name: string, record: FicRecord, works: readonly Joined[], sets: Sets, config: Config): string {
  const key = titleKey(name, config) || keyOf(name);
  const titled = works.find(({ parts }) =>
    parts.some((part) => isSameJournal(part, record) && titleKeyOf(part, config) === key),
  );
  if (titled) return keyOfRecord(titled.parts[0] as FicRecord);
  return sets.add(`${record.entry.site}/${record.entry.journal}: ${key}`);
}

function isSameJournal(a: FicRecord, b: FicRecord): boolean {
  return a.entry.site === b.entry.site && a.entry.journal === b.entry.journal;
}

function isTakenApart({ parts, heads }: Joined, decisions: Decisions): boolean {
  return [...parts, ...heads].some((record) => decisions.works?.[keyOfRecord(record)]?.separate);
}

export function titleKeyOf(record: FicRecord, config: Config): string {
  return titleKey(record.header.title ?? record.entry.subject ?? '', config);
}
