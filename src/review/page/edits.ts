/**
 * What a person does on the page → places in `decisions.yaml`. Pure; `docs/decisions.md` says what each key does.
 *
 * A work is named by its first post, but any of its posts may name it in the file: after a chapter was moved to the front, what was
 * decided before stands under another key and would win. So whoever decides a field anew takes it away under the other posts.
 */
import type { EntryKey, Header, Work } from '../../model.js';
import type { Edit, WorkRow } from '../model.js';

/** What is needed of a work to change it. */
export type Subject = Pick<Work, 'chapters'>;
/** Decided fields of a work as they stand in the file. */
export type Decided = Record<string, unknown>;
type Value = Edit['value'];

/** A work's posts in the order of its chapters; a post that was split into several chapters once. */
export function entriesOf({ chapters }: Subject): EntryKey[] {
  return [...new Set(chapters.map(({ entry }) => entry))];
}

/** How the file names it. */
export function keyOf(work: Subject): EntryKey {
  return work.chapters[0]?.entry ?? '';
}

/** One field of a work, in the archive's words. */
export function setField(work: Subject, decided: Decided, field: string, value: Value): Edit[] {
  const [key = '', ...others] = entriesOf(work);
  return [set(['works', key, field], value), ...(field in decided ? others.map((other) => gone(other, field)) : [])];
}

/** "There is none", whatever was read. */
export function setNone(work: Subject, decided: Decided, field: string): Edit[] {
  return setField(work, decided, field, null).map((edit, at) => (at === 0 ? { ...edit, none: true } : edit));
}

/** What was decided of a field goes; what was read counts again. */
export function takeBack(work: Subject, field: string): Edit[] {
  return entriesOf(work).map((entry) => gone(entry, field));
}

function gone(entry: EntryKey, field: string): Edit {
  return set(['works', entry, field], null);
}

function set(path: string[], value: Value): Edit {
  return { path, value };
}

// ---------------------------------------------------------------- looking

/** "Looked at", of one or of many. */
export function approve(rows: readonly Pick<WorkRow, 'key'>[]): Edit[] {
  return rows.map(({ key }) => set(['works', key, 'looked'], true));
}

/** What "Approve all without doubts" is about. */
export function withoutDoubts(rows: readonly WorkRow[]): WorkRow[] {
  return rows.filter(({ doubts, looked }) => doubts.length === 0 && !looked);
}

// ---------------------------------------------------------------- chapters

/** The chapter's own title; an empty one is taken away. */
export function chapterTitle(entry: EntryKey, title: string): Edit[] {
  return [set(['entries', entry, 'chapterTitle'], title.trim() || null)];
}

/** A chapter to another place, both from 0. */
export function moveChapter(work: Subject, decided: Decided, from: number, to: number): Edit[] {
  const order = entriesOf(work);
  const [moved] = order.splice(from, 1);
  if (moved === undefined || to < 0 || to > order.length) return [];
  order.splice(to, 0, moved);
  return setField(work, decided, 'order', order);
}

/** One chapter becomes a work of its own. */
export function splitOff(work: Subject, decided: Decided, entry: EntryKey): Edit[] {
  return [...without(work, decided, [entry]), ...alone(entry)];
}

/** A chapter and all behind it become a work of their own. */
export function splitFrom(work: Subject, decided: Decided, entry: EntryKey): Edit[] {
  const all = entriesOf(work);
  const going = all.slice(all.indexOf(entry));
  if (going.length === all.length) return [];
  if (going.length === 1) return splitOff(work, decided, entry);
  return [
    ...without(work, decided, going),
    ...alone(entry),
    ...going.slice(1).map((other) => set(['entries', other, 'work'], null)),
    set(['works', entry, 'order'], going),
  ];
}

/** Joins with no other by itself, and is in no work by name. */
function alone(entry: EntryKey): Edit[] {
  return [set(['entries', entry, 'separate'], true), set(['entries', entry, 'work'], null)];
}

/** One post is left out, and the rest stays. */
export function leaveOutChapter(work: Subject, decided: Decided, entry: EntryKey): Edit[] {
  return [...without(work, decided, [entry]), set(['entries', entry, 'leaveOut'], true)];
}

/** What was decided of the work, so that it is still true without some of its posts: its order, and under whose key it stands. */
function without(work: Subject, decided: Decided, going: readonly EntryKey[]): Edit[] {
  const staying = entriesOf(work).filter((entry) => !going.includes(entry));
  const [key] = staying;
  if (key === undefined) return [];
  const rest: Decided = { ...decided, ...('order' in decided && { order: staying }) };
  if (!going.includes(keyOf(work))) return 'order' in decided ? setField(work, decided, 'order', staying) : [];
  const carried = Object.entries(rest).map(([field, value]): Edit => {
    const path = ['works', key, field];
    return value === null ? { path, value, none: true } : { path, value: value as Value };
  });
  return carried.length === 0 ? [] : [...going.map((entry) => set(['works', entry], null)), ...carried];
}

/** The chapters of `other` behind those of `work`, which keeps its title; what was decided of `other` as a work goes. */
export function join(work: Subject & Pick<Work, 'title'>, decided: Decided, other: Subject): Edit[] {
  const [own, theirs] = [entriesOf(work), entriesOf(other)];
  return [
    ...theirs.flatMap((entry) => [
      set(['works', entry], null),
      set(['entries', entry, 'work'], null),
      set(['entries', entry, 'leaveOut'], null),
    ]),
    ...setField(work, decided, 'order', [...own, ...theirs]),
    ...setField(work, decided, 'title', work.title),
  ];
}

/** The whole work stays at home. */
export function takeOut(work: Subject, decided: Decided): Edit[] {
  return setField(work, decided, 'in', false);
}

// ---------------------------------------------------------------- everywhere

/** Section of `rules` for a field's names, and where the header keeps the author's own words for it. */
const RULES: Record<string, { section: string; words: keyof Header }> = {
  relationships: { section: 'names', words: 'relationships' },
  characters: { section: 'names', words: 'characters' },
  fandoms: { section: 'fandoms', words: 'fandoms' },
  authors: { section: 'authors', words: 'authors' },
  additionalTags: { section: 'tags', words: 'genres' },
};

/** A correction that may count for every work: where the author wrote `said`, she means `meant`; without that, no tag at all. */
export interface Everywhere {
  section: string;
  said: string;
  meant?: string;
  /** The name that stood in the archive's list before. */
  before: string;
}

/**
 * The rule behind a correction: exactly one name of a list was replaced by another, or one tag taken out. Her own word for it is the one at the same place
 * of the header's list, where both lists are as long; else the name that was replaced.
 */
export function everywhere(
  field: string,
  before: readonly string[],
  after: readonly string[],
  header: Header,
): Everywhere | undefined {
  const rule = RULES[field];
  const lost = before.filter((name) => !after.includes(name));
  const won = after.filter((name) => !before.includes(name));
  const [old, meant] = [lost[0], won[0]];
  if (!rule || old === undefined || lost.length > 1 || won.length > 1) return undefined;
  if (meant === undefined && rule.section !== 'tags') return undefined;
  const words = header[rule.words];
  const own = Array.isArray(words) && words.length === before.length ? words[before.indexOf(old)] : undefined;
  const said = typeof own === 'string' ? own : old;
  return { section: rule.section, said, ...(meant !== undefined && { meant }), before: old };
}

export function rule({ section, said, meant }: Everywhere): Edit[] {
  const path = ['rules', section, said];
  return [meant === undefined ? { path, value: null, none: true } : { path, value: meant }];
}
