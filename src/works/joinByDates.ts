/** Parts called "Chapter 3" or "Epilogue" that no link places: by what is missing in the works of those days. */
import type { Group, Groups } from './groups.js';
import { hasParts, isBare, mayUnite } from './groups.js';
import { dayOf, type FicRecord } from './records.js';
import { affinity } from './traits.js';

/** Days between a part and the nearest of its siblings: a story that rests for longer isn't told by its date. */
const MOST_DAYS = 92;
const DAY = 24 * 60 * 60 * 1000;

/** A part that two works could have: only the author can say. */
export interface Doubt {
  part: FicRecord;
  between: Group[];
}

export interface ByDates {
  /** Parts that were joined, by nothing but the days they were posted. */
  joined: FicRecord[];
  doubts: Doubt[];
}

/** Joins each to the one work that lacks it; what joined last may be the neighbour that another waits for. */
export function joinByDates(groups: Groups): ByDates {
  const joined: FicRecord[] = [];
  for (;;) {
    const doubts: Doubt[] = [];
    let isChanged = false;
    const works = groups.list().filter(hasParts);
    for (const group of works.filter(isLoose)) {
      const [part] = group.parts;
      if (!part || !isLoose(group) || !groups.has(group)) continue;
      const found = works.filter(
        (other) =>
          other !== group &&
          groups.has(other) &&
          mayLack(other, group) &&
          lacks(other, group, part) &&
          mayUnite(other, group),
      );
      const best = Math.max(...found.map((other) => affinity(other.traits, group.traits)));
      const nearest = found.filter((other) => affinity(other.traits, group.traits) === best);
      const [target] = nearest;
      if (target && nearest.length === 1) {
        groups.unite(target, group);
        joined.push(part);
        isChanged = true;
      } else if (nearest.length > 1 && part.kind === 'fic') doubts.push({ part, between: nearest });
    }
    if (!isChanged) return { joined, doubts };
  }
}

function isLoose(group: Group): boolean {
  return isBare(group) && group.parts.length === 1 && group.heads.length === 0;
}

/** By numbers alone, which costs least to ask. */
function mayLack(work: Group, { numbers }: Group): boolean {
  const [number] = numbers;
  return (
    number === undefined ||
    (!work.numbers.has(number) && (work.numbers.has(number - 1) || work.numbers.has(number + 1)))
  );
}

/** The work has the neighbours of this part near it in time, and not the part itself. */
function lacks(work: Group, { numbers, named, announced }: Group, part: FicRecord): boolean {
  const day = timeOf(part);
  if (day === undefined) return false;
  const siblings = work.parts.flatMap((record) => {
    const time = timeOf(record);
    return time === undefined || Math.abs(time - day) > MOST_DAYS * DAY
      ? []
      : [{ time, number: record.header.part?.number }];
  });
  const [number] = numbers;
  if (number !== undefined) {
    if ([...work.announced].some((of) => of < number)) return false;
    const isOneLength =
      announced.size === 0 || work.announced.size === 0 || [...announced].some((of) => work.announced.has(of));
    return isOneLength && siblings.some((sibling) => sibling.number === number - 1 || sibling.number === number + 1);
  }
  const [place] = named;
  if (place === undefined || (place !== 'between' && work.named.has(place))) return false;
  const before = siblings.some(({ time }) => time <= day);
  const after = siblings.some(({ time }) => time >= day);
  if (place === 'first') return after && !siblings.some(({ time }) => time < day);
  if (place === 'between') return before && after;
  return before && !siblings.some(({ time }) => time > day) && isAtItsEnd(work);
}

/** An epilogue follows the last part, or stands in its place. */
function isAtItsEnd({ announced, numbers }: Group): boolean {
  return announced.size === 0 || numbers.size === 0 || Math.max(...numbers) >= Math.max(...announced) - 1;
}

const times = new WeakMap<FicRecord, number>();

/** Milliseconds of its day, without a zone, which these sites don't give; undefined where the post has no date. */
function timeOf(record: FicRecord): number | undefined {
  const known = times.get(record);
  const day = dayOf(record);
  const time = known ?? (day === undefined ? Number.NaN : Date.parse(`${day}T00:00:00Z`));
  times.set(record, time);
  return Number.isNaN(time) ? undefined : time;
}
