/** What a made-up journal comes to with decisions laid over it: as much of the rules as the page's tests need, in their own words. */
import type { EntryKey, Work } from '../../src/model.js';
import type { Answer, Edit, LeftOutRow, WorkDetail, WorkRow } from '../../src/review/model.js';
import type { Journal, Made } from './madeUp.js';

/** `decisions.yaml` as plain data. */
export interface Decided {
  entries?: Record<string, Record<string, unknown>>;
  works?: Record<string, Record<string, unknown>>;
  rules?: Record<string, Record<string, unknown>>;
}

type Tree = Record<string, unknown>;

export function decide(before: Decided, edits: readonly Edit[]): Decided {
  const after = structuredClone(before) as Tree;
  for (const { path, value, none } of edits) {
    if (value === null && !none) takeAway(after, path);
    else put(after, path, value);
  }
  return after as Decided;
}

function put(tree: Tree, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) tree[key] = value;
  else {
    tree[key] ??= {};
    put(tree[key] as Tree, rest, value);
  }
}

function takeAway(tree: Tree, [key = '', ...rest]: readonly string[]): void {
  if (rest.length === 0) delete tree[key];
  else if (tree[key]) {
    takeAway(tree[key] as Tree, rest);
    if (Object.keys(tree[key] as Tree).length === 0) delete tree[key];
  }
}

export interface Laid {
  works: (Made & { looked: boolean; decided: Tree })[];
  leftOut: LeftOutRow[];
}

export function lay(journal: Journal, decisions: Decided): Laid {
  const leftOut = new Map<EntryKey, LeftOutRow>();
  for (const one of journal.leftOut) {
    const takeIn: Edit[] = [{ path: ['entries', one.entry, 'kind'], value: 'fic' }];
    const canTakeIn = one.reason === 'other';
    leftOut.set(one.entry, { ...one, canTakeIn, ...(canTakeIn && { takeIn }) });
  }
  let works: Made[] = structuredClone(journal.works);
  for (const [entry, { kind }] of Object.entries(decisions.entries ?? {})) {
    const out = leftOut.get(entry);
    if (kind !== 'fic' || !out || !works[0]) continue;
    leftOut.delete(entry);
    works.push(single(works[0], journal, entry, out.subject ?? ''));
  }
  works = parted(works, decisions, leftOut, journal);
  for (const [key, { order }] of Object.entries(decisions.works ?? {}))
    if (Array.isArray(order)) works = ordered(works, key, order as EntryKey[]);
  const laid = works.map((made) => withFields(made, decisions));
  const isIn = ({ decided }: Laid['works'][number]) => decided.in !== false;
  for (const { work } of laid.filter((one) => !isIn(one)))
    for (const { entry } of work.chapters) {
      const first = work.chapters[0]?.entry ?? entry;
      leftOut.set(entry, outRow(journal, entry, 'the work was taken out in decisions.yaml', ['works', first, 'in']));
    }
  return { works: laid.filter(isIn), leftOut: [...leftOut.values()] };
}

function outRow(journal: Journal, entry: EntryKey, detail: string, path: string[]): LeftOutRow {
  const { url = '', subject } = journal.posts.get(entry) ?? {};
  const takeIn: Edit[] = [{ path, value: null }];
  return { entry, url, ...(subject && { subject }), reason: 'decided', detail, canTakeIn: true, takeIn };
}

/** A work of one post that was in none, or in another. */
function single(like: Made, journal: Journal, entry: EntryKey, title: string): Made {
  const post = journal.posts.get(entry);
  const chapter = { position: 1, entry, url: post?.url ?? '', wordCount: post?.words ?? 0 };
  const work: Work = {
    ...structuredClone(like.work),
    title,
    slug: title.toLowerCase().replace(/\W+/g, '-'),
    chapters: [chapter],
    wordCount: chapter.wordCount,
    questions: [],
    complete: true,
    expectedChapters: undefined,
  };
  return { work, from: {}, doubts: [] };
}

/** Chapters that are left out or stand alone. */
function parted(works: Made[], decisions: Decided, leftOut: Map<EntryKey, LeftOutRow>, journal: Journal): Made[] {
  const alone: Made[] = [];
  for (const made of works) {
    const { chapters } = made.work;
    made.work.chapters = chapters.filter(({ entry, title }) => {
      const { leaveOut, separate } = decisions.entries?.[entry] ?? {};
      if (leaveOut)
        leftOut.set(entry, outRow(journal, entry, 'taken out in decisions.yaml', ['entries', entry, 'leaveOut']));
      else if (separate && chapters.length > 1) alone.push(single(made, journal, entry, title ?? made.work.title));
      else return true;
      return false;
    });
  }
  return [...works, ...alone].filter(({ work }) => work.chapters.length > 0);
}

function ordered(works: Made[], key: EntryKey, order: readonly EntryKey[]): Made[] {
  const own = works.find(({ work }) => work.chapters.some(({ entry }) => entry === key));
  if (!own) return works;
  for (const other of works) {
    if (other === own) continue;
    own.work.chapters.push(...other.work.chapters.filter(({ entry }) => order.includes(entry)));
    other.work.chapters = other.work.chapters.filter(({ entry }) => !order.includes(entry));
  }
  const rank = (entry: EntryKey) => (order.includes(entry) ? order.indexOf(entry) : Infinity);
  own.work.chapters.sort((a, b) => rank(a.entry) - rank(b.entry));
  return works.filter(({ work }) => work.chapters.length > 0);
}

function withFields({ work, from, doubts }: Made, decisions: Decided): Laid['works'][number] {
  const decided: Tree = Object.assign({}, ...work.chapters.map(({ entry }) => decisions.works?.[entry] ?? {}));
  const chapters = work.chapters.map((chapter, index) => {
    const title = decisions.entries?.[chapter.entry]?.chapterTitle ?? chapter.title;
    return { ...chapter, position: index + 1, ...(title !== undefined && { title: title as string }) };
  });
  const laid: Record<string, unknown> = {
    ...work,
    chapters,
    wordCount: sum(chapters.map(({ wordCount }) => wordCount)),
  };
  const archive: Record<string, unknown> = { ...work.archive };
  const settled = new Set<string>();
  const names = decisions.rules?.names ?? {};
  archive.relationships = work.archive.relationships.map((name) => {
    if (names[name] !== undefined) settled.add('relationships');
    return names[name] ?? name;
  });
  const evidence = { ...from };
  for (const [field, value] of Object.entries(decided)) {
    if (['in', 'order', 'looked'].includes(field)) continue;
    settled.add(field);
    evidence[field] = { from: 'decision', raw: String(value) };
    if (field in archive) archive[field] = value;
    else if (field === 'onArchive') laid.onArchive = value === false ? undefined : { url: value, how: 'decision' };
    else laid[field] = value ?? undefined;
  }
  if ('complete' in decided || 'order' in decided) settled.add('chapters');
  const questions = work.questions.filter(({ field }) => !settled.has(field));
  return {
    work: { ...(laid as unknown as Work), archive: archive as Work['archive'], questions },
    from: evidence,
    doubts: doubts.filter(({ field }) => !settled.has(field)),
    looked: decided.looked === true,
    decided,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

export function rowOf({ work, doubts, looked }: Laid['works'][number]): WorkRow {
  return {
    key: work.chapters[0]?.entry ?? '',
    slug: work.slug,
    title: work.title,
    authors: work.authors,
    fandoms: work.archive.fandoms,
    relationships: work.archive.relationships,
    rating: work.archive.rating,
    words: work.wordCount,
    parts: work.chapters.length,
    ...(work.expectedChapters && { expected: work.expectedChapters }),
    complete: work.complete,
    ...(work.published && { published: work.published }),
    doubts: [...doubts.map(({ text }) => text), ...work.questions.map(({ field }) => `a question about ${field}`)],
    looked,
    restricted: work.restricted,
    ...(work.onArchive && { onArchive: work.onArchive.url }),
  };
}

export function detailOf(laid: Laid, key: EntryKey, revision: string): WorkDetail | undefined {
  const at = laid.works.findIndex(({ work }) => work.chapters.some(({ entry }) => entry === key));
  const one = laid.works[at];
  if (!one) return undefined;
  const keyAt = (index: number) => laid.works[index]?.work.chapters[0]?.entry;
  const [previous, next] = [keyAt(at - 1), keyAt(at + 1)];
  const { work, from, looked, decided } = one;
  const misfits: WorkDetail['misfits'] = one.doubts
    .filter(({ field }) => field === 'rating' || field === 'fandoms')
    .map(({ field, text }) => ({
      work: work.slug,
      title: work.title,
      field,
      kind: 'missing',
      message: `“${work.title}” has ${text}.`,
      advice: 'Choose one.',
    }));
  return {
    revision,
    work,
    looked,
    doubts: rowOf(one).doubts,
    from,
    misfits,
    decided,
    ...(previous && { previous }),
    ...(next && { next }),
  };
}

export function answersOf(key: EntryKey, field: string): Answer[] {
  const set = (label: string, value: Edit['value']): Answer => ({
    label,
    edits: [{ path: ['works', key, field === 'chapters' ? 'complete' : field], value }],
  });
  if (field === 'warnings')
    return [
      set('No archive warnings apply', ['No Archive Warnings Apply']),
      set('I choose not to say', ['Choose Not To Use Archive Warnings']),
    ];
  return field === 'chapters' ? [set('It is complete as it is', true)] : [];
}
