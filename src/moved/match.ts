/** Which work of the archive is which of the journal's. */
import { byText } from '../common/order.js';
import type { Config } from '../config.js';
import type { OnArchive, Work } from '../model.js';
import { fandomKeys, isSlip, keyOf, titleKey } from '../works/index.js';
import { tidyWorkUrl } from './address.js';
import type { ArchiveWork } from './found.js';

/** What matching needs of a work; a `Work` fits. */
export type Candidate = Pick<Work, 'slug' | 'title' | 'wordCount' | 'published' | 'updated'> & {
  archive: Pick<Work['archive'], 'fandoms'>;
  header?: Pick<Work['header'], 'fandoms'>;
};

export type Match =
  | { kind: 'moved'; onArchive: OnArchive; found?: ArchiveWork }
  /** Only the author knows which of these it is, or whether it is any. */
  | { kind: 'doubtful'; found: ArchiveWork[] };

/** How alike two are. */
interface Pair {
  work: Candidate;
  found: ArchiveWork;
  /** By what it is certain; absent where it is not. */
  how?: OnArchive['how'];
  /** Compared item by item, the larger the likelier. Equal ranks: nothing tells the two pairs apart. */
  rank: number[];
}

/** Dates so many days apart are one: the journal's are local, the archive's its reader's. */
const SAME_DAYS = 1;

/**
 * Matches works with what the archive's pages list, by slug; a work that is not in the result is not there. One work of the
 * archive is certain for one work at most: where several fit, fandom, words and dates decide, and where those don't, the author is
 * asked about each.
 *
 * Certain is the same title in one fandom, unless one is many times as long as the other, or the same title with about as many
 * words. Doubtful is the same title otherwise, and a title that is a slip away.
 * @param said the author's word, by slug: an address, or `false` for "none of them"
 */
export function matchWorks(
  works: readonly Candidate[],
  found: readonly ArchiveWork[],
  said: ReadonlyMap<string, string | false>,
  config: Config,
): Map<string, Match> {
  const matches = new Map<string, Match>();
  const taken = new Set<string>();
  for (const { slug } of works) {
    const word = said.get(slug);
    if (word === undefined || word === false) continue;
    const url = tidyWorkUrl(word, config.archivePages) ?? word;
    const one = found.find((other) => other.url === url);
    matches.set(slug, { kind: 'moved', onArchive: onArchive('decision', url, one), ...(one && { found: one }) });
    taken.add(url);
  }
  const open = works.filter(({ slug }) => !said.has(slug));
  const left = found.filter(({ url }) => !taken.has(url));
  const pairs = pairsOf(open, left, config);
  const certain = pairs.filter(({ how }) => how !== undefined).sort((a, b) => compare(b, a));
  for (const tie of ties(certain)) settle(tie, matches, taken);
  askAboutRest(pairs, matches, taken);
  return matches;
}

/** Pairs that nothing tells apart: one that shares neither its work nor its address with another is certain, the rest is asked about. */
function settle(tie: readonly Pair[], matches: Map<string, Match>, taken: Set<string>): void {
  const fresh = tie.filter(({ work, found }) => !matches.has(work.slug) && !taken.has(found.url));
  const bySlug = grouped(fresh, ({ work }) => work.slug);
  const byUrl = grouped(fresh, ({ found }) => found.url);
  for (const [slug, pairs] of bySlug) {
    const [{ how, found }] = pairs as [Pair];
    const isAlone = pairs.length === 1 && byUrl.get(found.url)?.length === 1;
    if (isAlone && how) matches.set(slug, { kind: 'moved', onArchive: onArchive(how, found.url, found), found });
    else matches.set(slug, { kind: 'doubtful', found: pairs.map((pair) => pair.found) });
  }
  // what is asked about is no longer there for a lesser likeness
  for (const url of byUrl.keys()) taken.add(url);
}

function grouped<T>(list: readonly T[], nameOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const group = groups.get(nameOf(item));
    if (group) group.push(item);
    else groups.set(nameOf(item), [item]);
  }
  return groups;
}

/** Pairs that are alike and not certain, of works and addresses that nothing certain has taken. */
function askAboutRest(pairs: readonly Pair[], matches: Map<string, Match>, taken: ReadonlySet<string>): void {
  const rest = pairs.filter(({ work, found }) => !matches.has(work.slug) && !taken.has(found.url));
  for (const { work, found } of rest.sort((a, b) => compare(b, a))) {
    const known = matches.get(work.slug);
    if (known?.kind === 'doubtful') known.found.push(found);
    else matches.set(work.slug, { kind: 'doubtful', found: [found] });
  }
}

function onArchive(how: OnArchive['how'], url: string, found: ArchiveWork | undefined): OnArchive {
  return { url, how, ...(found?.draft && { draft: true }), ...(found?.restricted && { restricted: true }) };
}

/** A title and fandoms, in the forms in which they are compared. */
interface Forms {
  title: string;
  /** With its part marks and article. */
  whole: string;
  fandoms: Set<string>;
}

/** Every pair whose titles are the same or, of what has no namesake, a slip apart. */
function pairsOf(works: readonly Candidate[], found: readonly ArchiveWork[], config: Config): Pair[] {
  const known = new Map<string, Set<string>>();
  const formsOf = (title: string, names: readonly string[]): Forms => {
    const fandoms = new Set<string>();
    for (const name of names) {
      const keys = known.get(name) ?? fandomKeys(name, config);
      known.set(name, keys);
      for (const key of keys) fandoms.add(key);
    }
    return { title: keyOfTitle(title, config), whole: keyOf(title), fandoms };
  };
  const theirs = found.map((one) => ({ one, forms: formsOf(one.title, one.fandoms) }));
  const ours = works.map((work) => ({
    work,
    forms: formsOf(work.title, [...work.archive.fandoms, ...(work.header?.fandoms ?? [])]),
  }));
  const keyed = grouped(theirs, ({ forms }) => forms.title);
  const names = new Set(ours.map(({ forms }) => forms.title));
  const strays = [...keyed].filter(([key]) => !names.has(key));
  return ours.flatMap(({ work, forms }) => {
    const same = keyed.get(forms.title);
    if (same) return same.map((other) => pairOf(work, forms, other.one, other.forms, config));
    const near = strays.filter(([key]) => isSlip(forms.title, key)).flatMap(([, ones]) => ones);
    return near.map((other) => pairOf(work, forms, other.one, other.forms, config));
  });
}

/** "Part Two" and "???" are titles too, though nothing is left of them without marks. */
function keyOfTitle(title: string, config: Config): string {
  return titleKey(title, config) || keyOf(title) || title.trim();
}

function pairOf(work: Candidate, ours: Forms, found: ArchiveWork, theirs: Forms, config: Config): Pair {
  const { nearShare, nearWords, farTimes, tellingWords } = config.archivePages.words;
  const isSameTitle = ours.title === theirs.title;
  const [less, more] = [work.wordCount, found.words ?? 0].sort((a, b) => a - b) as [number, number];
  const areKnown = found.words !== undefined && less > 0;
  const isNear = areKnown && more - less <= Math.max(nearWords, more * nearShare);
  const isFar = areKnown && more - less > nearWords && more > less * farTimes;
  const fandom = haveOneFandom(ours.fandoms, theirs.fandoms);
  // two drabbles called "Rain" have a hundred words each, and are of two fandoms
  const doWordsTell = isNear && (fandom !== false || less >= tellingWords);
  const how =
    isSameTitle && fandom === true && !isFar
      ? 'title and fandom'
      : isSameTitle && doWordsTell
        ? 'title and words'
        : undefined;
  const rank = [
    how ? 1 : 0,
    isSameTitle ? 1 : 0,
    // "Tide, part 1" and "Tide, part 2" have one key
    ours.whole === theirs.whole ? 1 : 0,
    fandom === true ? 2 : fandom === undefined ? 1 : 0,
    // parts of a thousand: a count that is one word nearer decides nothing between long works
    areKnown ? Math.round((less / more) * 1000) : 0,
    isOneDate(work, found) ? 1 : 0,
  ];
  return { work, found, rank, ...(how && { how }) };
}

/** Undefined where one of the two names none. */
function haveOneFandom(ours: ReadonlySet<string>, theirs: ReadonlySet<string>): boolean | undefined {
  return ours.size === 0 || theirs.size === 0 ? undefined : [...theirs].some((key) => ours.has(key));
}

function isOneDate({ published, updated }: Candidate, found: ArchiveWork): boolean {
  const there = Date.parse(found.updated ?? '');
  const isSame = (day: string | undefined) => Math.abs(Date.parse(day ?? '') - there) <= SAME_DAYS * 86_400_000;
  return isSame(updated) || isSame(published);
}

/** By rank; then by names, so that the order of the input counts nothing. */
function compare(a: Pair, b: Pair): number {
  return compareRank(a, b) || byText(b.work.slug, a.work.slug) || byText(b.found.url, a.found.url);
}

function compareRank(a: Pair, b: Pair): number {
  for (const [index, value] of a.rank.entries()) {
    const difference = value - (b.rank[index] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Runs of pairs of one rank, in their order. */
function ties(sorted: readonly Pair[]): Pair[][] {
  const runs: Pair[][] = [];
  for (const pair of sorted) {
    const run = runs.at(-1);
    if (run && compareRank(run[0] as Pair, pair) === 0) run.push(pair);
    else runs.push([pair]);
  }
  return runs;
}
