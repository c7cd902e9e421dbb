/** A bag to be checked, be it a folder or a ZIP: its files by path, read in pieces. */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FicferryError } from '../errors.js';
import { type ZipEntry, ZipReader, ZipTrouble } from './unzip.js';
import { checkForm } from './zipForm.js';

/** Hears of something wrong with a bundle; `path` is relative to the bag and absent where it is about the whole. */
export type Report = (path: string | undefined, message: string) => void;

export interface BagSource {
  kind: 'folder' | 'zip';
  /** Every file, sorted. */
  paths: string[];
  /** Throws an error whose message says what is wrong with the file. */
  read(path: string): AsyncIterable<Buffer>;
  close(): Promise<void>;
}

/**
 * Opens a bundle's folder or ZIP; what is wrong with names, folders and the ZIP's own headers is reported at once.
 * @throws FicferryError NOT_FOUND where there is neither, BUNDLE_DAMAGED where the ZIP's list of files can't be read
 */
export async function openBag(path: string, report: Report): Promise<BagSource> {
  const info = await stat(path).catch(() => undefined);
  if (!info)
    throw new FicferryError('NOT_FOUND', `There is no bundle at ${path}`, 'Name a bundle’s folder or its .zip.');
  return info.isDirectory() ? openFolder(path, report) : openZip(path, report);
}

async function openFolder(folder: string, report: Report): Promise<BagSource> {
  const paths: string[] = [];
  const waiting = [''];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const items = await readdir(join(folder, at), { withFileTypes: true });
    if (items.length === 0) report(at || undefined, 'is an empty folder, and no bundle has one');
    for (const item of items) {
      const path = at === '' ? item.name : `${at}/${item.name}`;
      if (item.isDirectory()) waiting.push(path);
      else if (item.isFile()) paths.push(path);
      else report(path, 'is neither a file nor a folder');
    }
  }
  const read = (path: string) => createReadStream(join(folder, path));
  return { kind: 'folder', paths: paths.sort(), read, close: async () => undefined };
}

async function openZip(path: string, report: Report): Promise<BagSource> {
  const zip = await ZipReader.open(path).catch((error: unknown) => {
    if (!(error instanceof ZipTrouble)) throw error;
    const advice = 'Copy it again from where it was made, or make it again with "ficferry bundle".';
    throw new FicferryError('BUNDLE_DAMAGED', `${path} can't be read: ${error.message}`, advice, { cause: error });
  });
  const entries = new Map<string, ZipEntry>();
  const base = `${zip.entries[0]?.name.split('/')[0] ?? ''}/`;
  for (const entry of zip.entries) {
    const trouble = nameTrouble(entry.name, base);
    const inside = entry.name.slice(base.length);
    if (trouble) report(entry.name, trouble);
    else if (entries.has(inside)) report(inside, 'stands in the ZIP twice');
    else if (!entry.name.endsWith('/')) entries.set(inside, entry);
  }
  await checkForm(zip, report);
  const read = (name: string) => zip.read(entries.get(name) as ZipEntry);
  return { kind: 'zip', paths: [...entries.keys()].sort(), read, close: () => zip.close() };
}

function nameTrouble(name: string, base: string): string | undefined {
  if (!isSafePath(name.replace(/\/$/, ''))) return 'has a name that would lead out of the folder it is unpacked into';
  if (!name.startsWith(base)) return `stands outside the bundle's own folder, ${base}`;
  return undefined;
}

/** Relative, no way up, nothing that a file system reads in its own manner. */
export function isSafePath(path: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: names with control characters are what is refused here
  if (path === '' || /[\\:\x00-\x1f]/.test(path) || path.startsWith('~')) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
