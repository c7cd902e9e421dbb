/** Decisions as plain data: what a list of edits makes of them, and what would take the edits back. */
import { isDeepStrictEqual } from 'node:util';
import type { Edit } from './model.js';

/** What a `decisions.yaml` holds, as its parser gives it. */
export type Data = Record<string, unknown>;

/** The data with the edits laid over it, one after the other; what is given stays as it is. */
export function lay(data: Data, edits: readonly Edit[]): Data {
  const laid = copied(data) as Data;
  for (const { path, value, none } of edits) {
    if (value === null && !none) takeAway(laid, path);
    else put(laid, path, copied(value));
  }
  return laid;
}

/** What stands at a place; undefined where nothing does. */
export function at(data: Data, path: readonly string[]): unknown {
  let found: unknown = data;
  for (const key of path) found = isData(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  return found;
}

/**
 * Edits that bring back what stood there before, for places where still stands what the edits put there: what somebody else changed
 * meanwhile is left alone.
 * @param now the data of today, from which alone it hangs which places are left alone
 */
export function takingBack(edits: readonly Edit[], before: Data, after: Data, now: Data): Edit[] {
  return edits
    .filter(({ path }) => isDeepStrictEqual(at(now, path), at(after, path)))
    .map(({ path }): Edit => {
      const value = at(before, path) as Edit['value'] | undefined;
      return value === null ? { path, value, none: true } : { path, value: value ?? null };
    })
    .reverse();
}

export function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function put(data: Data, path: readonly string[], value: unknown): void {
  let place = data;
  for (const key of path.slice(0, -1)) {
    if (!isData(place[key]) || !Object.hasOwn(place, key)) place[key] = {};
    place = place[key] as Data;
  }
  place[path.at(-1) as string] = value;
}

/** With the maps that are left empty by it. */
function takeAway(data: Data, path: readonly string[]): void {
  const [key, ...rest] = path as [string, ...string[]];
  if (!Object.hasOwn(data, key)) return;
  const inner = data[key];
  if (rest.length > 0 && !isData(inner)) return;
  if (rest.length > 0) takeAway(inner as Data, rest);
  if (rest.length === 0 || Object.keys(inner as Data).length === 0) delete data[key];
}

/** Every part on its own, also where aliases made two places one object. */
function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied);
  if (!isData(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copied(inner)]));
}
