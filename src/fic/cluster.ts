import type { HeaderField } from '../model.js';
import { fieldsOf, type Row } from './rows.js';
import { keyOf } from './words.js';

/** Label rows that belong together, by their place among the rows, in order. */
export type Cluster = number[];

/** So many rows without a label may stand between two labels of one header. */
const LONGEST_GAP = 8;
/** So many words of chatter may stand between two labels, where both are dressed alike; and where they are plain. */
const CHATTER_DRESSED = 250;
const CHATTER_PLAIN = 120;

/** Every group of label rows on the page, in one pass. */
export function findClusters(rows: readonly Row[]): Cluster[] {
  const clusters: Cluster[] = [];
  for (let at = 0; at < rows.length; at++) {
    if (!isSeed(rows, at)) continue;
    const cluster = grow(rows, at);
    clusters.push(cluster);
    at = cluster[cluster.length - 1] as number;
  }
  return clusters;
}

/** A label with a colon or in a dress of its own; bare words or a dash only where another label follows at once. */
function isSeed(rows: readonly Row[], at: number): boolean {
  const row = rows[at] as Row;
  if (row.kind !== 'label') return false;
  const pair = row.pairs[0] as Row['pairs'][number];
  if (row.pairs.length > 1 || (pair.mark === 'colon' && pair.value !== '') || (pair.dressed && pair.mark !== 'none'))
    return true;
  return rows.slice(at + 1, at + 4).some((next) => next.kind === 'label');
}

/** A header in the making. */
interface Growing {
  members: Cluster;
  fields: Set<string>;
  /** Keys of the titles met. */
  titles: Set<string>;
  /** The first label is dressed; the others have to be so too, where there is room for doubt. */
  dressed: boolean;
  /** Blank lines stand between the labels. */
  spaced: boolean;
}

function grow(rows: readonly Row[], start: number): Cluster {
  const it: Growing = {
    members: [],
    fields: new Set(),
    titles: new Set(),
    dressed: (rows[start] as Row).pairs[0]?.dressed ?? false,
    spaced: false,
  };
  for (let at = start - 1; at >= start - MOST_SLIPS && isSlipAbove(rows, at); at--) it.members.unshift(at);
  for (let next: number | undefined = start; next !== undefined; next = nextMember(rows, it)) {
    const row = rows[next] as Row;
    if (it.members.length > 0) it.spaced = row.line.blankBefore;
    it.members.push(next);
    for (const field of fieldsOf(row)) it.fields.add(field);
    for (const title of titlesOf(row)) it.titles.add(title);
  }
  dropTrailing(rows, it);
  return it.members;
}

/** So many misspelt labels may stand above the first that is spelt right. */
const MOST_SLIPS = 3;

function isSlipAbove(rows: readonly Row[], at: number): boolean {
  return rows[at]?.kind === 'unknown' && rows[at].pairs[0]?.slip === true && rows[at + 1]?.line.blankBefore !== true;
}

/** So many unknown labels may end a header; more are a play's or a log's lines. */
const MOST_TRAILING = 2;

/** Unknown labels at the end belong to the header only when they are dressed like the rest or stand right under it. */
function dropTrailing(rows: readonly Row[], { members, dressed }: Growing): void {
  let count = 0;
  while (count < members.length && isLooseLabel(rows[members[members.length - 1 - count] as number] as Row, dressed))
    count++;
  const last = rows[members[members.length - 1] as number] as Row;
  const near = count <= MOST_TRAILING && !last.line.blankBefore && last.words <= 12;
  if (!near) members.splice(members.length - count, count);
}

function isLooseLabel(row: Row, dressed: boolean): boolean {
  return row.kind === 'unknown' && !row.pairs[0]?.slip && !(dressed && row.pairs[0]?.dressed);
}

function titlesOf(row: Row): string[] {
  return row.pairs
    .filter((pair) => pair.meaning?.fields.includes('title') && pair.meaning.scope !== 'part')
    .map((pair) => keyOf(pair.value));
}

function nextMember(rows: readonly Row[], it: Growing): number | undefined {
  const last = it.members[it.members.length - 1] as number;
  const inCut = (rows[last] as Row).line.cut;
  const gap: Row[] = [];
  let rules = 0;
  for (let at = last + 1; at < rows.length && gap.length <= LONGEST_GAP; at++) {
    const row = rows[at] as Row;
    if (inCut && !row.line.cut) return undefined;
    if (!inCut && row.line.cut && !continuesBehindCut(row, gap, it)) return undefined;
    if (row.kind === 'rule') {
      if (++rules > 1) return undefined;
      continue;
    }
    if (row.kind === 'label' && repeatsTitle(row, it)) return undefined;
    if (row.kind !== 'text' && joins(rows, at, gap, rules, it)) return at;
    gap.push(row);
  }
  return undefined;
}

/** Behind a cut goes on only what is said before a story: notes and warnings, right at its start. */
function continuesBehindCut(row: Row, gap: Row[], it: Growing): boolean {
  const fields = fieldsOf(row);
  if (gap.length > 0 || fields.length === 0 || !fields.every((field) => FRONT.has(field))) return false;
  return it.dressed ? row.pairs[0]?.dressed === true : fields.every((field) => !it.fields.has(field));
}

const FRONT: ReadonlySet<HeaderField> = new Set(['notes', 'warnings', 'spoilers', 'disclaimer', 'summary']);

/** A second title begins a second header. The same title again, or a chapter's, does not. */
function repeatsTitle(row: Row, it: Growing): boolean {
  return it.titles.size > 0 && titlesOf(row).some((title) => !it.titles.has(title));
}

function joins(rows: readonly Row[], at: number, gap: readonly Row[], rules: number, it: Growing): boolean {
  const row = rows[at] as Row;
  const pair = row.pairs[0] as Row['pairs'][number];
  const chatter = chatterOf(gap, rows[it.members[it.members.length - 1] as number] as Row);
  const isNear = chatter.length === 0 && rules === 0;
  if (row.kind === 'unknown') {
    if (!isNear) return false;
    // "Fandom:" alone, and under it "Star Trek: Voyager": that is its value.
    const above = (rows[at - 1] as Row).pairs;
    if (!pair.dressed && gap.length === 0 && above[above.length - 1]?.value === '') return false;
    return (pair.dressed && it.dressed) || (!row.line.blankBefore && gap.length === 0) || hasLabelSoon(rows, at);
  }
  if (pair.mark !== 'colon' && !pair.dressed) return isNear && (gap.length === 0 || pair.value === '');
  if (isNear) return true;
  const fields = fieldsOf(row);
  if (fields.length > 0 && fields.every((field) => it.fields.has(field) && field !== 'notes')) return false;
  // Chatter, a divider and then a label at the very end: that was a story, however short, and a note after it.
  if (chatter.length > 0 && (rules > 0 || at + 4 > rows.length || chatter.some(isSpeech))) return false;
  const words = chatter.reduce((sum, one) => sum + one.words, 0);
  const first = (rows[it.members[0] as number] as Row).pairs[0];
  if ((first?.value === '') !== (pair.value === '')) return false;
  if (it.dressed) return pair.dressed && words <= CHATTER_DRESSED;
  return chatter.length <= 4 && words <= CHATTER_PLAIN && isFollowedByHeader(rows, at, it);
}

function isSpeech(row: Row): boolean {
  return /^["“«„]|^[—–]\s/.test(row.text);
}

/** Rows of a gap that don't simply go on with the value above: the first after a label alone is its value. */
function chatterOf(gap: readonly Row[], last: Row): Row[] {
  const pair = last.pairs[last.pairs.length - 1];
  let from = pair?.value === '' ? 1 : 0;
  while (from < gap.length && !(gap[from] as Row).line.blankBefore) from++;
  return gap.slice(from);
}

function hasLabelSoon(rows: readonly Row[], at: number): boolean {
  return rows.slice(at + 1, at + 3).some((row) => row.kind === 'label');
}

/** A plain label after chatter is the header's when more labels, a divider or the cut follow it: "Note: …" inside a story has none. */
function isFollowedByHeader(rows: readonly Row[], at: number, it: Growing): boolean {
  const cut = (rows[at] as Row).line.cut;
  for (const row of rows.slice(at + 1, at + 4)) {
    if (row.kind === 'rule' || row.line.cut !== cut) return true;
    if (row.kind === 'label') {
      const isNew = fieldsOf(row).some((field) => !fieldsOf(rows[at] as Row).includes(field));
      return isNew && (it.spaced || !row.line.blankBefore) && !repeatsTitle(row, it);
    }
    if (row.line.blankBefore) return false;
  }
  return false;
}

const WEIGHT: Record<string, number> = {
  title: 2,
  rating: 2,
  relationships: 2,
  fandoms: 2,
  summary: 2,
  wordCount: 2,
  characters: 2,
  disclaimer: 2,
  warnings: 2,
  spoilers: 2,
};
/** A header near the top may be one line ("Rating: G"); elsewhere it has to be plain that it is one. */
const TOP_ROWS = 10;

/** How many headers with a title there are; jokes and letters in a story's paragraphs don't count. */
export function countHeaders(rows: readonly Row[], clusters: readonly Cluster[]): number {
  return clusters.filter((cluster) => {
    const hasTitle = cluster.some((at) => fieldsOf(rows[at] as Row).includes('title'));
    return hasTitle && !weigh(rows, cluster).isInText;
  }).length;
}

/** The cluster that is the story's header: the first whole one, else what stands at the top, else the best. */
export function chooseCluster(rows: readonly Row[], clusters: readonly Cluster[]): Cluster | undefined {
  const weighed = clusters.map((cluster) => ({ cluster, ...weigh(rows, cluster) })).filter((one) => !one.isInText);
  const whole = weighed.find((one) => one.fields >= 3 && one.weight >= 5 && one.isPlain);
  const top = weighed.find(
    (one) => one.isTop && one.fields >= 1 && (one.weight >= 2 || one.fields >= 2 || one.dressed),
  );
  if (!top || !whole || (whole.cluster[0] as number) < (top.cluster[0] as number))
    return (whole ?? top ?? best(weighed))?.cluster;
  // "Warnings: …" above a cut gives way to the whole header behind it; a title and a rating don't.
  const stays = top.isPlain && (top.fields * 2 >= whole.fields || top.weight >= 4);
  return (stays ? top : whole).cluster;
}

function best(weighed: (Weight & { cluster: Cluster })[]): { cluster: Cluster } | undefined {
  return weighed.filter((one) => one.fields >= 2 && one.weight >= 4).sort((a, b) => b.weight - a.weight)[0];
}

interface Weight {
  fields: number;
  weight: number;
  isTop: boolean;
  dressed: boolean;
  /** It has a field that no letter or sign in a story has: "Note", "Warning" and "Summary" they may. */
  isPlain: boolean;
  /** One or two plain lines in the midst of paragraphs: a letter or a joke of the story's. */
  isInText: boolean;
}

function weigh(rows: readonly Row[], cluster: Cluster): Weight {
  const fields = new Set(cluster.flatMap((at) => fieldsOf(rows[at] as Row)));
  const start = cluster[0] as number;
  const row = rows[start] as Row;
  const cutStart = rows[start - TOP_ROWS]?.line.cut !== true || !row.line.cut;
  return {
    fields: fields.size,
    weight: [...fields].reduce((sum, field) => sum + (WEIGHT[field] ?? 1), 0),
    isTop: start < TOP_ROWS || (row.line.cut && cutStart && start < 40),
    dressed: row.pairs[0]?.dressed ?? false,
    isPlain: [...fields].some((field) => PLAIN.has(field)),
    isInText: cluster.length <= 2 && isParagraph(rows[start - 1]) && cluster.every((at) => isLetter(rows, at)),
  };
}

/** A plain line with a blank before and after it, with no bar between its labels. */
function isLetter(rows: readonly Row[], at: number): boolean {
  const row = rows[at] as Row;
  const next = rows[at + 1];
  if (at <= 2 && row.pairs.length === 1 && fieldsOf(row).some((field) => HEADS.has(field))) return false;
  const isPlain = !row.pairs[0]?.dressed && !/\s[|/~]\s|\|/.test(row.text);
  return (
    isPlain &&
    row.line.blankBefore &&
    next !== undefined &&
    next.kind !== 'rule' &&
    next.line.blankBefore &&
    next.line.cut === row.line.cut
  );
}

const PLAIN: ReadonlySet<HeaderField> = new Set([
  'title',
  'rating',
  'relationships',
  'fandoms',
  'wordCount',
  'characters',
  'authors',
  'genres',
]);

/** Fields that one line under a greeting may give: "Here you are. / Rating: G". */
const HEADS: ReadonlySet<HeaderField> = new Set(['title', 'rating', 'relationships', 'fandoms', 'summary']);

function isParagraph(row: Row | undefined): boolean {
  return row !== undefined && row.kind === 'text' && row.words > 3;
}
