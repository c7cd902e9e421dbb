/** Writes a site as files for any web host. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { OpenBundle } from '../bundle/index.js';
import { asDiskError, FicferryError } from '../errors.js';
import { siteFiles } from './files.js';

/** All that a site has at its top: a folder with anything else in it is somebody's. */
const OURS = new Set(['robots.txt', 'index.html', 'pages']);

/**
 * Writes the pages into a folder that is empty, new, or holds an earlier site, which they replace.
 * @returns how many files
 * @throws FicferryError BAD_OPTION where something else is in the folder, DISK
 */
export async function writeSite(open: OpenBundle, folder: string): Promise<number> {
  try {
    const there = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    const others = there.filter((name) => !OURS.has(name));
    if (others.length > 0) {
      const advice = 'Choose an empty folder: what stands in it will be public.';
      throw new FicferryError('BAD_OPTION', `${folder} holds other files (${others.slice(0, 3).join(', ')})`, advice);
    }
    await rm(join(folder, 'pages'), { recursive: true, force: true });
    const files = siteFiles(open);
    for (const { path, read } of files) {
      const target = join(folder, path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, await read());
    }
    return files.length;
  } catch (error) {
    throw asDiskError(error, folder);
  }
}
