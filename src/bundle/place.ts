/**
 * Puts a finished bundle where the old one stands, so that a crash at any moment leaves one of the two.
 *
 * A folder can't be renamed over another, so the old one steps aside first (`.old`). A run that died between the two
 * renames left only `.old`: the next run puts it back before it begins.
 */
import { rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './bag.js';

export interface Places {
  folder: string;
  zip: string;
}

/** Names that only exist while a bundle is being made. */
export function temporary({ folder, zip }: Places) {
  return {
    part: `${folder}.part`,
    old: `${folder}.old`,
    zipPart: `${zip}.part`,
    sum: `${zip}.sha256`,
    sumPart: `${zip}.sha256.part`,
  };
}

/** Undoes what a run that died left behind: restores a bundle caught between two renames and removes half-made ones. */
export async function recover(places: Places): Promise<void> {
  const { part, old, zipPart, sumPart } = temporary(places);
  if ((await exists(old)) && !(await exists(places.folder))) await rename(old, places.folder);
  await Promise.all([part, old, zipPart, sumPart].map((path) => rm(path, { recursive: true, force: true })));
}

/** Swaps the finished parts in: the folder, then the ZIP and its sum. */
export async function putInPlace(places: Places): Promise<void> {
  const { part, old, zipPart, sum, sumPart } = temporary(places);
  if (await exists(places.folder)) await rename(places.folder, old);
  await rename(part, places.folder);
  // Without the old sum first, a crash here would leave a sum that belies a sound ZIP.
  await rm(sum, { force: true });
  await rename(zipPart, places.zip);
  await rename(sumPart, sum);
  await syncFolder(dirname(places.folder));
  if (dirname(places.zip) !== dirname(places.folder)) await syncFolder(dirname(places.zip));
  await rm(old, { recursive: true, force: true });
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
