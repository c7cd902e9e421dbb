/** Works and left-out posts as the page's lists show them. Pure. */
import { isDeepStrictEqual } from 'node:util';
import type { EntryKey, LeftOut, Work } from '../model.js';
import { withheldText } from '../people/index.js';
import type { Decisions, FicRecord, WorkDecision, WorkPlan } from '../works/index.js';
import type { Edit, LeftOutRow, WorkDetail, WorkRow } from './model.js';

/** What a list is made of beside the works. */
export interface Around {
  records: ReadonlyMap<EntryKey, FicRecord>;
  decisions: Decisions;
  /** Entry → the posts of its work, the strongest first; also of works that were taken out. */
  groups: ReadonlyMap<EntryKey, readonly EntryKey[]>;
}

export function groupsOf({ posts }: Pick<WorkPlan, 'posts'>): Map<EntryKey, readonly EntryKey[]> {
  return new Map(posts.flatMap((group) => group.map((key) => [key, group] as const)));
}

/** How `decisions.yaml` names a work: by its first post. */
export function keyOfWork(work: Pick<Work, 'chapters'>): EntryKey {
  return work.chapters[0]?.entry as EntryKey;
}

export function rowOf(work: Work, { doubts, looked }: { doubts: string[]; looked: boolean }): WorkRow {
  const { slug, title, authors, archive, wordCount, chapters, complete, restricted } = work;
  return {
    key: keyOfWork(work),
    slug,
    title,
    authors,
    fandoms: archive.fandoms,
    relationships: archive.relationships,
    rating: archive.rating,
    words: wordCount,
    parts: chapters.length,
    ...(work.expectedChapters !== undefined && { expected: work.expectedChapters }),
    complete,
    ...(work.published && { published: work.published }),
    doubts,
    looked,
    restricted,
    ...(work.withheld && { withheld: withheldText(work.withheld) }),
    ...(work.onArchive && { onArchive: work.onArchive.url }),
  };
}

export function leftOutRow(left: LeftOut, around: Around): LeftOutRow {
  const record = around.records.get(left.entry);
  if (!record) return { ...left, canTakeIn: false };
  return { ...left, canTakeIn: true, takeIn: takeIn(left.entry, record, around) };
}

/** What was decided against the post goes; where nothing was, it is a story now. */
function takeIn(entry: EntryKey, record: FicRecord, { decisions, groups }: Around): Edit[] {
  const { kind, leaveOut, work } = decisions.entries?.[entry] ?? {};
  const out = (groups.get(entry) ?? []).filter((key) => decisions.works?.[key]?.in === false);
  const edits: Edit[] = out.map((key) => ({ path: ['works', key, 'in'], value: null }));
  if (leaveOut !== undefined) edits.push({ path: ['entries', entry, 'leaveOut'], value: null });
  if (kind === 'other' && record.kind === 'fic') edits.push({ path: ['entries', entry, 'kind'], value: null });
  const isStory = record.kind === 'fic' || kind === 'fic' || work !== undefined || out.length > 0;
  if (edits.length === 0 || (kind === 'other' && record.kind !== 'fic') || !isStory)
    edits.push({ path: ['entries', entry, 'kind'], value: 'fic' });
  return edits;
}

/** Decided fields of a work: where several of its posts have one, that which counts. */
export function decidedOf(group: readonly EntryKey[], decisions: Decisions): WorkDecision {
  const { looked: _, ...decided }: WorkDecision = Object.assign(
    {},
    ...group.flatMap((key) => decisions.works?.[key] ?? []).reverse(),
  );
  return decided;
}

/** Evidence by field, with the post whose line it is. */
export function fromOf(
  { evidence, chapters }: Work,
  group: readonly EntryKey[],
  { records }: Around,
): WorkDetail['from'] {
  const posts = group.length > 0 ? group : chapters.map(({ entry }) => entry);
  const from: WorkDetail['from'] = {};
  for (const [field, found] of Object.entries(evidence)) {
    const own = field.replace(/^archive\./, '');
    const entry = posts.find((key) => isDeepStrictEqual(records.get(key)?.evidence[own], found));
    const isRead = found.from !== 'decision' && found.from !== 'inferred';
    from[field] = { ...found, ...(isRead && entry !== undefined && { entry }) };
  }
  return from;
}

/**
 * A work may be named by any of its posts, and what the strongest says counts. So what the page decides of a field takes away what
 * stands of it under the other posts, which the page does not know of where they are master posts.
 */
export function alsoElsewhere(edits: readonly Edit[], { decisions, groups }: Around): Edit[] {
  const isTouched = (key: string, field: string) =>
    edits.some(({ path }) => path[0] === 'works' && path[1] === key && (path.length === 2 || path[2] === field));
  const more = edits.flatMap(({ path: [part, key = '', field] }) => {
    if (part !== 'works' || field === undefined) return [];
    return (groups.get(key) ?? [])
      .filter((other) => other !== key && field in (decisions.works?.[other] ?? {}) && !isTouched(other, field))
      .map((other): Edit => ({ path: ['works', other, field], value: null }));
  });
  return [...more, ...edits];
}
