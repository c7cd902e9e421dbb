/** Which posts are parts of one story, by what they say of themselves and of each other. Decisions are laid over this. */
import type { Config } from '../config.js';
import type { Question } from '../model.js';
import { Edges } from './edges.js';
import { throughFakeCuts } from './fakeCuts.js';
import { type Group, Groups, hasParts } from './groups.js';
import { joinByDates } from './joinByDates.js';
import { joinByLinks } from './joinByLinks.js';
import { joinBySpelling } from './joinBySpelling.js';
import { findMasterPosts } from './masterPosts.js';
import { partNameOf } from './partNames.js';
import { placeParts } from './placeParts.js';
import { byDate, dayOf, type FicRecord, keyOfRecord } from './records.js';
import { fits } from './traits.js';
import { quoted } from './words.js';

/** A post without a header is a part only where it is long enough to be one and a sibling or its name says so. */
const SHORTEST_PART = 100;

export interface Joined {
  /** Fics, and posts without a header that turned out to be parts; by date. */
  parts: FicRecord[];
  /** Master posts, which lead the work and are no chapter of it. */
  heads: FicRecord[];
  /** Entry key → place among the chapters, for parts without a number: 2.5 stands between 2 and 3. */
  places: Map<string, number>;
  questions: Question[];
}

/**
 * Parts of one title first; then master posts, links, slips of spelling, and last the days: each step joins only where one
 * work alone fits. Every fic is in exactly one result; others are in one only where they are part or master post of it.
 * @param allFics by date
 * @param allOthers posts that were read as no fic, by date
 */
export function joinFics(allFics: readonly FicRecord[], allOthers: readonly FicRecord[], config: Config): Joined[] {
  const { fics, others, fakeCuts } = throughFakeCuts(allFics, allOthers, allOthers.filter(mayBePart), config);
  const groups = new Groups(config);
  joinByTitle([...fics, ...others.filter(mayBePart)].sort(byDate), groups, config);
  for (const { cover, text } of fakeCuts) groups.lead(groups.of(keyOfRecord(text)) as Group, cover);
  const edges = new Edges([...fics, ...others], config);
  findMasterPosts(fics, others, groups, edges, config);
  joinByLinks(groups, edges);
  joinBySpelling(groups);
  joinByLinks(groups, edges);
  const { joined, doubts } = joinByDates(groups);
  const asked = new Map(joined.map((part) => [keyOfRecord(part), isItsPart(part)]));
  for (const { part, between } of doubts) asked.set(keyOfRecord(part), isWhosePart(part, between));
  return groups
    .list()
    .filter(({ parts }) => parts.some(({ kind }) => kind === 'fic'))
    .map((group) => finish(group, edges, asked, config));
}

/** Parts that say their title and number are one work where author and fandom agree; an equal title alone joins nothing. */
function joinByTitle(records: readonly FicRecord[], groups: Groups, config: Config): void {
  const byTitle = new Map<string, Group[]>();
  for (const record of records) {
    const group = groups.make(record);
    const { title } = partNameOf(record, config);
    if (!title || !hasParts(group) || record.kind !== 'fic') continue;
    const known = byTitle.get(title) ?? [];
    byTitle.set(title, known);
    const match = known.find((one) => fits(one.traits, group.traits));
    if (match) groups.unite(match, group);
    else known.push(group);
  }
}

/** Nothing but the lack of a header speaks against it. */
function mayBePart({ evidence, storyWords }: FicRecord): boolean {
  return evidence.kind?.from === 'inferred' && storyWords >= SHORTEST_PART;
}

function finish(group: Group, edges: Edges, asked: ReadonlyMap<string, Question>, config: Config): Joined {
  const { parts, places } = placeParts(group, edges, config);
  const questions = parts.flatMap((part) => asked.get(keyOfRecord(part)) ?? []);
  return { parts: parts.map(asFic), heads: group.heads, places, questions };
}

function asFic(record: FicRecord): FicRecord {
  if (record.kind === 'fic') return record;
  const raw = 'a part of a story, by its siblings';
  return { ...record, kind: 'fic', evidence: { ...record.evidence, kind: { from: 'inferred', raw } } };
}

function nameOf(record: FicRecord): string {
  const { subject } = record.entry;
  return `the post${subject ? ` ${quoted([subject])}` : ''} of ${dayOf(record) ?? 'an unknown day'}`;
}

function isItsPart(part: FicRecord): Question {
  return { field: 'chapters', text: `Only its date places ${nameOf(part)} in this work: does it belong here?` };
}

function isWhosePart(part: FicRecord, between: readonly Group[]): Question {
  const titles = between.map(
    ({ parts: [first] }) => first?.header.title ?? first?.entry.subject ?? 'an untitled story',
  );
  return { field: 'chapters', text: `Of which story is ${nameOf(part)} a part: ${quoted(titles, 'or')}?` };
}
