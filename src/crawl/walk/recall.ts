/** What the vault's captures of one address come to. */
import { readPage, type Sites } from '../../journal/index.js';
import type { Reading } from '../../model.js';
import type { CaptureRef } from '../vault/vault.js';
import { addressKey, type Catalogue, type Shelf } from './catalogue.js';

/** A vault with its catalogue. */
export interface Captures {
  shelf: Shelf;
  catalogue: Catalogue;
  sites: Sites;
}

/** Whether a reading is to be believed. */
export type Stands = (reading: Reading, ref: CaptureRef) => boolean;

/**
 * An entry, where any capture under any view yields one; else the newest answer that stands. A redirect to another form of
 * the same address is on the way to an answer, and none itself.
 * @param key what the address is about (`addressKey`)
 */
export async function recall(
  key: string,
  { shelf, catalogue, sites }: Captures,
  stands: Stands = () => true,
): Promise<Reading | undefined> {
  let newest: Reading | undefined;
  for (const ref of catalogue.find(key).toReversed()) {
    const reading = readPage(sites, await shelf.read(ref));
    if (reading.kind === 'entry') return reading;
    if (!newest && stands(reading, ref) && !leadsTo(key, reading, sites)) newest = reading;
  }
  return newest;
}

/** Whether a reading is a redirect to what `key` stands for. */
export function leadsTo(key: string, reading: Reading, sites: Pick<Sites, 'tryParse'>): boolean {
  const target = reading.kind === 'redirect' ? sites.tryParse(reading.to) : undefined;
  return target !== undefined && addressKey(target) === key;
}
