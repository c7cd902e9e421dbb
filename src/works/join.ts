/** Which fics are parts of one work. */
import type { Config } from '../config.js';
import type { Decisions } from './decisions.js';
import { type FicRecord, keyOfRecord } from './records.js';
import { titleKey } from './titles.js';
import { Vocabulary } from './vocabulary.js';
import { keyOf } from './words.js';

/**
 * Parts into works, each record in exactly one. What the author decided comes first; then parts join that have a part
 * number, one title, one author and one journal, and no fandoms that contradict each other. An equal title alone,
 * or a series alone, joins nothing.
 * @param sorted by date, on which it hangs which of two works of one title a part goes to
 */
export function joinParts(sorted: readonly FicRecord[], decisions: Decisions, config: Config): FicRecord[][] {
  const assigned = assignments(sorted, decisions);
  const sets = new Sets(sorted.map(keyOfRecord));
  const free = sorted.filter(
    (record) => !assigned.has(keyOfRecord(record)) && !decisions.entries?.[keyOfRecord(record)]?.separate,
  );
  const works = autoJoin(free, config);
  for (const work of works)
    for (const record of work) sets.unite(keyOfRecord(work[0] as FicRecord), keyOfRecord(record));
  for (const record of sorted) {
    const target = assigned.get(keyOfRecord(record));
    if (target !== undefined)
      sets.unite(keyOfRecord(record), sets.has(target) ? target : namedWork(target, record, works, sets, config));
  }
  const joined = new Map<string, FicRecord[]>();
  for (const record of sorted) {
    const set = sets.find(keyOfRecord(record));
    const work = joined.get(set);
    if (work) work.push(record);
    else joined.set(set, [record]);
  }
  return [...joined.values()].flatMap((work) =>
    isTakenApart(work, decisions) ? work.map((record) => [record]) : [work],
  );
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
function namedWork(name: string, record: FicRecord, works: FicRecord[][], sets: Sets, config: Config): string {
  const key = titleKey(name, config) || keyOf(name);
  const titled = works.find((work) =>
    work.some((part) => isSameJournal(part, record) && titleKeyOf(part, config) === key),
  );
  if (titled) return keyOfRecord(titled[0] as FicRecord);
  return sets.add(`${record.entry.site}/${record.entry.journal}: ${key}`);
}

function isSameJournal(a: FicRecord, b: FicRecord): boolean {
  return a.entry.site === b.entry.site && a.entry.journal === b.entry.journal;
}

function isTakenApart(work: FicRecord[], decisions: Decisions): boolean {
  return work.some((record) => decisions.works?.[keyOfRecord(record)]?.separate);
}

/** Parts by title first, then by author and fandom; whatever has no part number stands alone. */
function autoJoin(records: readonly FicRecord[], config: Config): FicRecord[][] {
  const byTitle = new Map<string, Candidate[]>();
  const works: FicRecord[][] = [];
  for (const record of records) {
    const title = titleKeyOf(record, config);
    if (!record.header.part || !title) {
      works.push([record]);
      continue;
    }
    const bucket = `${record.entry.site}/${record.entry.journal}/${title}`;
    const candidates = byTitle.get(bucket) ?? [];
    byTitle.set(bucket, candidates);
    const traits = traitsOf(record, config);
    const match = candidates.find((candidate) => fits(traits, candidate.traits));
    if (match) {
      match.work.push(record);
      absorb(match.traits, traits);
    } else {
      const work = [record];
      works.push(work);
      candidates.push({ work, traits });
    }
  }
  return works;
}

interface Candidate {
  work: FicRecord[];
  traits: Traits;
}

interface Traits {
  authors: Set<string>;
  posters: Set<string>;
  fandoms: Set<string>;
}

export function titleKeyOf(record: FicRecord, config: Config): string {
  return titleKey(record.header.title ?? record.entry.subject ?? '', config);
}

function traitsOf({ header, entry }: FicRecord, config: Config): Traits {
  const vocabulary = Vocabulary.of(config);
  return {
    authors: new Set(header.authors?.map(keyOf)),
    posters: new Set([keyOf(entry.poster ?? '')]),
    fandoms: new Set(header.fandoms?.flatMap((fandom) => [keyOf(fandom), ...vocabulary.fandom(fandom)])),
  };
}

/** One author by the headers where both name one, else by the account that posted; fandoms only where both name some. */
function fits(a: Traits, b: Traits): boolean {
  const isOneAuthor =
    a.authors.size > 0 && b.authors.size > 0 ? meet(a.authors, b.authors) : meet(a.posters, b.posters);
  return isOneAuthor && (a.fandoms.size === 0 || b.fandoms.size === 0 || meet(a.fandoms, b.fandoms));
}

function meet(a: Set<string>, b: Set<string>): boolean {
  for (const item of a) if (b.has(item)) return true;
  return false;
}

function absorb(into: Traits, from: Traits): void {
  for (const field of ['authors', 'posters', 'fandoms'] as const) for (const item of from[field]) into[field].add(item);
}

/** Disjoint sets of entry keys and work names. */
class Sets {
  private readonly parent = new Map<string, string>();

  constructor(keys: readonly string[]) {
    for (const key of keys) this.parent.set(key, key);
  }

  has(key: string): boolean {
    return this.parent.has(key);
  }

  add(key: string): string {
    if (!this.parent.has(key)) this.parent.set(key, key);
    return key;
  }

  find(key: string): string {
    let root = key;
    for (let up = this.parent.get(root); up !== undefined && up !== root; up = this.parent.get(root)) root = up;
    for (let step = key; step !== root; ) {
      const up = this.parent.get(step) as string;
      this.parent.set(step, root);
      step = up;
    }
    return root;
  }

  unite(a: string, b: string): void {
    this.parent.set(this.find(a), this.find(b));
  }
}
