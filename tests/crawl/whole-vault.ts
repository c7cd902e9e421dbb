/** A vault that was filled and closed, to be laid down with damage, and what must hold of it then. No test runner is needed. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type CaptureRef, type Place, Vault, type VaultOptions } from '../../src/crawl/vault/vault.js';
import { FicferryError } from '../../src/errors.js';
import type { Capture } from '../../src/model.js';

export const STRANGER = { adult: false, account: false };

/** A small page; fields may be given. */
export function page(number: number, own: Partial<Capture> = {}): Capture {
  const body = Buffer.from(`<title>Entry ${number}</title><p>The lamp was lit at ${number} o'clock.</p>`);
  return {
    url: `https://somebody.dreamwidth.org/${number}.html?format=light`,
    time: new Date(Date.UTC(2024, 0, 1, 0, 0, number)).toISOString(),
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body,
    access: STRANGER,
    ...own,
  };
}

/** Every file of a folder with its bytes, to see whether anything was touched. */
export function snapshot(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString('base64')]),
  );
}

export type Laid = Readonly<Record<string, Uint8Array | string | undefined>>;

export interface WholeVault {
  /** Bytes by name; a shelf that holds nothing has no files. */
  files: Readonly<Record<string, Buffer>>;
  /** By time. */
  refs: readonly CaptureRef[];
}

/** Fills an empty folder. Where addresses sort as they are given, lines of the sorted index stand in capture order. */
export async function fillVault(folder: string, captures: readonly (readonly [Capture, Place])[]): Promise<WholeVault> {
  const vault = await Vault.open(folder);
  for (const [capture, place] of captures) await vault.append(capture, place);
  const refs = [...vault.refs()];
  await vault.close();
  const files = Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
  return { files, refs };
}

/** Makes these the files of a folder, and no others; undefined is none. */
export function layFiles(folder: string, files: Laid): void {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) rmSync(join(folder, name));
  for (const [name, bytes] of Object.entries(files)) if (bytes !== undefined) writeFileSync(join(folder, name), bytes);
}

/**
 * Opens for writing; what is wrong unless it holds exactly these captures and all of them read. With `goOn` one more is
 * appended, and the vault opened again.
 */
export async function wrongWithVault(
  folder: string,
  refs: readonly CaptureRef[],
  goOn: boolean,
): Promise<string | undefined> {
  const vault = await openChecked(folder);
  const [last] = [page(9, { time: new Date(Date.UTC(2030, 0, 1)).toISOString() })];
  try {
    const found = [...vault.refs()];
    if (!isDeepStrictEqual(found, [...refs])) return `holds ${told(found)} instead of ${told(refs)}`;
    if (goOn) await vault.append(last, 'open');
  } finally {
    await vault.close();
  }
  if (!goOn) return undefined;
  const again = await refsChecked(folder, { readOnly: true });
  const same = isDeepStrictEqual(again.slice(0, -1), [...refs]) && again.at(-1)?.time === last.time;
  return same ? undefined : `holds ${told(again)} once it went on`;
}

/** What is wrong unless the vault says VAULT_DAMAGED with its file's name, in each of these modes, and touches nothing. */
export async function wrongUnlessDamaged(folder: string, readOnly: readonly boolean[]): Promise<string | undefined> {
  const before = snapshot(folder);
  for (const mode of readOnly) {
    const outcome = await refsChecked(folder, { readOnly: mode }).catch((error: unknown) => error);
    if (!(outcome instanceof FicferryError) || outcome.code !== 'VAULT_DAMAGED' || outcome.exitCode !== 5)
      return `gave ${outcome instanceof Error ? outcome.stack : told(outcome as CaptureRef[])}`;
    if (!/(?:captures|restricted)\.warc\.gz/.test(outcome.message)) return `says only "${outcome.message}"`;
  }
  return isDeepStrictEqual(snapshot(folder), before) ? undefined : 'was changed, damaged as it is';
}

/** What the vault names, once every record was read. */
export async function refsChecked(folder: string, options: VaultOptions): Promise<CaptureRef[]> {
  const vault = await openChecked(folder, options);
  const refs = [...vault.refs()];
  await vault.close();
  return refs;
}

export async function openChecked(folder: string, options: VaultOptions = {}): Promise<Vault> {
  const vault = await Vault.open(folder, options);
  try {
    await vault.check();
  } catch (error) {
    await vault.close();
    throw error;
  }
  return vault;
}

function told(refs: readonly CaptureRef[]): string {
  return refs.length === 0 ? 'nothing' : refs.map(({ url, offset }) => `${url} at ${offset}`).join(', ');
}
