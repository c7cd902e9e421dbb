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

function grow(rows: readonly Row[], start: number): Cluster {
  const members = [start];
  const seen = new Set<string>(fieldsOf(rows[start] as Row));
  const dressed = (rows[start] as Row).pairs[0]?.dressed ?? false;
  for (
    let next = nextMember(rows, members, seen, dressed);
    next !== undefined;
    next = nextMember(rows, members, seen, dressed)
  ) {
    members.push(next);
    for (const field of fieldsOf(rows[next] as Row)) seen.add(field);
  }
  while (
    members.length > 1 &&
    (rows[members[members.length - 1] as number] as Row).kind === 'unknown' &&
    !endsHeader(rows, members)
  )
    members.pop();
  return members;
}

/** An unknown label at the end belongs to the header only when it is dressed like the rest or stands right under it. */
function endsHeader(rows: readonly Row[], members: Cluster): boolean {
  const row = rows[members[members.length - 1] as number] as Row;
  const first = rows[members[0] as number] as Row;
  const pair = row.pairs[0] as Row['pairs'][number];
  if (pair.dressed && first.pairs[0]?.dressed) return true;
  return !row.line.blankBefore && row.words <= 12;
}

function nextMember(
  rows: readonly Row[],
  members: Cluster,
  seen: ReadonlySet<string>,
  dressed: boolean,
): number | undefined {
  const last = members[members.length - 1] as number;
  const gap: Row[] = [];
  let rules = 0;
  for (let at = last + 1; at < rows.length && gap.length <= LONGEST_GAP; at++) {
    const row = rows[at] as Row;
    const entersCut = row.line.cut && !(rows[last] as Row).line.cut;
    if ((rows[last] as Row).line.cut && !row.line.cut) return undefined;
    if (entersCut && !continuesBehindCut(row, gap, dressed, seen)) return undefined;
    if (row.kind === 'rule') {
      if (++rules > 1) return undefined;
      continue;
    }
    if (row.kind === 'label' && repeatsTitle(row, rows, members, seen)) return undefined;
    if (row.kind !== 'text' && joins(rows, at, last, gap, rules, dressed, seen)) return at;
    gap.push(row);
  }
  return undefined;
}

/** Behind a cut goes on only what is said before a story: notes and warnings, right at its start. */
function continuesBehindCut(row: Row, gap: Row[], dressed: boolean, seen: ReadonlySet<string>): boolean {
  const fields = fieldsOf(row);
  const front =
    fields.length > 0 &&
    fields.every((field) => ['notes', 'warnings', 'spoilers', 'disclaimer', 'summary'].includes(field));
  return (
    gap.length === 0 && front && (dressed ? row.pairs[0]?.dressed === true : fields.every((field) => !seen.has(field)))
  );
}

/** A second title begins a second header. The same title again, or a chapter's, does not. */
function repeatsTitle(row: Row, rows: readonly Row[], members: Cluster, seen: ReadonlySet<string>): boolean {
  const pair = row.pairs.find((one) => one.meaning?.fields.includes('title'));
  if (!pair || !seen.has('title') || pair.meaning?.scope === 'part') return false;
  const titles = members
    .flatMap((at) => (rows[at] as Row).pairs)
    .filter((one) => one.meaning?.fields.includes('title'));
  return titles.every((one) => keyOf(one.value) !== keyOf(pair.value));
}

function joins(
  rows: readonly Row[],
  at: number,
  last: number,
  gap: readonly Row[],
  rules: number,
  dressed: boolean,
  seen: ReadonlySet<string>,
): boolean {
  const row = rows[at] as Row;
  const pair = row.pairs[0] as Row['pairs'][number];
  const chatter = chatterOf(gap, rows[last] as Row);
  const words = chatter.reduce((sum, one) => sum + one.words, 0);
  if (row.kind === 'unknown') {
    if (rules > 0 || chatter.length > 0) return false;
    return (pair.dressed && dressed) || (!row.line.blankBefore && gap.length === 0) || hasLabelSoon(rows, at);
  }
  if (pair.mark !== 'colon' && !pair.dressed)
    return chatter.length === 0 && rules === 0 && (gap.length === 0 || pair.value === '');
  if (chatter.length === 0 && rules === 0) return true;
  const isNew = fieldsOf(row).some((field) => !seen.has(field) || field === 'notes') || fieldsOf(row).length === 0;
  if (!isNew) return false;
  if (dressed) return pair.dressed && words <= CHATTER_DRESSED;
  return chatter.length <= 4 && words <= CHATTER_PLAIN && isFollowedByHeader(rows, at);
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
function isFollowedByHeader(rows: readonly Row[], at: number): boolean {
  const cut = (rows[at] as Row).line.cut;
  for (const row of rows.slice(at + 1, at + 4)) {
    if (row.kind === 'label' || row.kind === 'rule' || row.line.cut !== cut) return true;
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

/** The cluster that is the story's header: the first whole one, else what stands at the top, else the best. */
export function chooseCluster(rows: readonly Row[], clusters: readonly Cluster[]): Cluster | undefined {
  const weighed = clusters.map((cluster) => ({ cluster, ...weigh(rows, cluster) }));
  const whole = weighed.find((one) => one.fields >= 3 && one.weight >= 5 && !one.isInText);
  const top = weighed.find(
    (one) => one.isTop && !one.isInText && one.fields >= 1 && (one.weight >= 2 || one.fields >= 2 || one.dressed),
  );
  if (top && whole && top.fields * 2 >= whole.fields && (top.cluster[0] as number) < (whole.cluster[0] as number))
    return top.cluster;
  if (whole) return whole.cluster;
  if (top) return top.cluster;
  return weighed
    .filter((one) => one.fields >= 2 && one.weight >= 4 && !one.isInText)
    .sort((a, b) => b.weight - a.weight)[0]?.cluster;
}

interface Weight {
  fields: number;
  weight: number;
  isTop: boolean;
  dressed: boolean;
  /** One plain line in the midst of paragraphs: a letter or a joke of the story's. */
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
    isInText:
      cluster.length === 1 && !row.pairs[0]?.dressed && isParagraph(rows[start - 1]) && isParagraph(rows[start + 1]),
  };
}

function isParagraph(row: Row | undefined): boolean {
  return row !== undefined && row.kind === 'text' && row.words > 3;
}
