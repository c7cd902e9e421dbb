/** What the works of a bundle can be made into: items for an archive, e-books. */
import { epub } from './epub.js';
import { openDoors } from './openDoors.js';
import { otwarchive } from './otwarchive.js';
import type { Target } from './target.js';

export { externalName, type Item, itemOf, pageAddresses } from './otwarchive.js';
export type { Source, Target, TargetFile } from './target.js';
export { type TargetSummary, writeTarget } from './write.js';
export { otwarchive };

/** By the names that `--for` takes. */
export const TARGETS: ReadonlyMap<string, Target> = new Map(
  [otwarchive, epub, openDoors].map((target) => [target.name, target]),
);
