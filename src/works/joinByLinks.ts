/** Parts that only the links between them tell of. */
import type { Edge, Edges } from './edges.js';
import { type Group, type Groups, hasParts, isBare, isDisjoint, mayUnite } from './groups.js';
import { type FicRecord, keyOfRecord } from './records.js';

/**
 * Joins parts without a title of their own ("Epilogue") to the group that links to them or that they link to, a first part without a mark to
 * the parts that call it "Part One", and a part of another title where the parts call it "Interlude". Where two works
 * would fit, nothing is joined.
 */
export function joinByLinks(groups: Groups, edges: Edges): void {
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const group of groups.list()) {
      if (groups.of(keyOfRecord(group.parts[0] as FicRecord)) !== group) continue;
      const found = candidates(group, groups, edges);
      const titled = found.filter((other) => !isBare(other));
      const [target] = titled.length === 1 ? titled : titled.length === 0 ? found : [];
      if (!target) continue;
      groups.unite(target, group);
      isChanged = true;
    }
  }
}

function candidates(group: Group, groups: Groups, edges: Edges): Group[] {
  const found = new Set<Group>();
  for (const record of [...group.parts, ...group.heads]) {
    const key = keyOfRecord(record);
    for (const edge of [...edges.from(record), ...edges.to(record)]) {
      const other = groups.of(edge.from === key ? edge.to : edge.from);
      if (other && other !== group && mayUnite(other, group) && isOneWork(group, other, edge, edge.to === key))
        found.add(other);
    }
  }
  return [...found];
}

/** @param isCalled true where the link leads from the other group to this one */
function isOneWork(group: Group, other: Group, { relation }: Edge, isCalled: boolean): boolean {
  const leadsOn = relation.kind === 'part' || relation.kind === 'next' || relation.kind === 'previous';
  if (isBare(group))
    return leadsOn || (relation.kind === 'index' && (group.heads.length > 0 || other.heads.length > 0));
  if (isBare(other)) return false;
  const isOneTitle = !isDisjoint(group.titles, other.titles);
  // A post without a header and of the story's name may be about the story.
  const isStory = group.parts.every(({ kind }) => kind === 'fic');
  if (isOneTitle) return leadsOn && hasParts(other) && ((isStory && !hasParts(group)) || relation.kind === 'part');
  const isOfOneLength = group.announced.size > 0 && !isDisjoint(group.announced, other.announced);
  if (group.parts.length === 1 && hasParts(group)) return leadsOn && isOfOneLength;
  const isInSeries = group.parts.some(({ header }) => header.series !== undefined);
  const isMissing =
    relation.kind === 'part' && (relation.named !== undefined || !other.numbers.has(relation.number ?? -1));
  return group.parts.length === 1 && !isInSeries && isCalled && other.parts.length > 1 && hasParts(other) && isMissing;
}
