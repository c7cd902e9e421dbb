/** Master posts: a header and links to the parts, and no story. They lead a work and are no chapter of it. */
import type { Config } from '../config.js';
import type { Edges } from './edges.js';
import { type Group, type Groups, hasParts, isBare, mayUnite } from './groups.js';
import { phrasesOf } from './phrases.js';
import { FEW_WORDS, type FicRecord, keyOfRecord } from './records.js';
import { titleKey } from './titles.js';
import { fits, traitsOf } from './traits.js';

/** A post that is no fic may have its header among these words; one with more is an essay about the story. */
const MOST_WORDS = 300;
/** So many parts must be linked where the post is no fic by itself, or has another title than the parts. */
const FEWEST_PARTS = 2;

/** Finds the master posts among fics and among posts that were read as no fic, and puts each at the head of its group. */
export function findMasterPosts(
  fics: readonly FicRecord[],
  others: readonly FicRecord[],
  groups: Groups,
  edges: Edges,
  config: Config,
): void {
  const posts = [
    ...fics.filter((post) => mayLead(post, FEW_WORDS)),
    ...others.filter((post) => mayLead(post, MOST_WORDS)),
  ];
  for (const post of posts) {
    const linked = linkedParts(post, groups, edges, config);
    const title = ownTitle(post, config);
    const [work, ...loose] = led(post, title, linked) ?? [];
    if (!work) continue;
    groups.detach(post);
    const target = groups.of(keyOfRecord(work)) as Group;
    for (const part of loose) {
      const group = groups.of(keyOfRecord(part)) as Group;
      if (group !== target && mayUnite(target, group)) groups.unite(target, group);
    }
    groups.lead(target, post);
  }
}

/** What the author decided about it is no master post but what she said. */
function mayLead({ evidence, storyWords }: FicRecord, most: number): boolean {
  return evidence.kind?.from !== 'decision' && storyWords < most;
}

interface Linked {
  part: FicRecord;
  group: Group;
}

function linkedParts(post: FicRecord, groups: Groups, edges: Edges, config: Config): Linked[] {
  const traits = traitsOf(post, config);
  return edges.from(post).flatMap(({ to, relation }) => {
    const group = relation.kind === 'series' ? undefined : groups.of(to);
    const part = group?.parts.find((one) => keyOfRecord(one) === to);
    return group && part && fits(traits, group.traits) ? [{ part, group }] : [];
  });
}

/** A part of the one work it leads, then the linked parts without a title of their own; undefined where it leads none. */
function led(post: FicRecord, title: string, linked: readonly Linked[]): FicRecord[] | undefined {
  const bare = linked.filter(({ group }) => isBare(group));
  const titled = linked.filter(({ group }) => !isBare(group));
  const works = new Map(titled.map((one) => [one.group, one.part]));
  const named = [...works].filter(([group]) => title !== '' && group.titles.has(title));
  const rest = bare.map(({ part }) => part);
  const [match] = named;
  const enough = (group: Group) => linked.filter((one) => one.group === group || isBare(one.group)).length;
  if (match && named.length === 1 && (post.kind === 'fic' || enough(match[0]) >= FEWEST_PARTS))
    return [match[1], ...rest];
  if (post.kind !== 'fic' || named.length > 0) return undefined;
  const [only] = works;
  if (works.size === 1 && only && hasParts(only[0]) && enough(only[0]) >= FEWEST_PARTS) return [only[1], ...rest];
  return works.size === 0 && rest.length > 0 ? rest : undefined;
}

/** "The Long Tide: Masterpost" leads "The Long Tide". */
function ownTitle({ header, entry }: FicRecord, config: Config): string {
  const { index } = phrasesOf(config);
  const words = titleKey(header.title ?? entry.subject ?? '', config).split(' ');
  for (let start = 1; start < words.length; start++) {
    if (start + index.lengthAt(words, start) === words.length) return words.slice(0, start).join(' ');
  }
  return words.slice(index.lengthAt(words, 0)).join(' ') || words.join(' ');
}
