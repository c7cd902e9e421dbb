/** Writes a target's files into a folder of their own beside the bundle. */
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { asDiskError } from '../errors.js';
import type { Source, Target, TargetFile } from './target.js';

export interface TargetSummary {
  name: string;
  folder: string;
  files: number;
  /** What did not fit there, for people. */
  troubles: string[];
}

/** Modes of files; the system takes away what the user's own mask forbids. */
const ORDINARY = 0o666;
const SECRET = 0o600;

/**
 * The folder is written beside the old one and swapped in, so that it holds what this run made and nothing else: a locked
 * work of an earlier run is gone with it.
 *
 * @throws FicferryError DISK
 */
export async function writeTarget(target: Target, source: Source, folder: string): Promise<TargetSummary> {
  const part = `${folder}.part`;
  const old = `${folder}.old`;
  try {
    // A run that died left these; all that was in them can be made again, and is about to be.
    for (const path of [part, old]) await rm(path, { recursive: true, force: true });
    await mkdir(part, { recursive: true });
    let files = 0;
    for await (const file of target.files(source)) {
      await writeFile(part, file);
      files++;
    }
    await rename(folder, old).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    await rename(part, folder);
    await rm(old, { recursive: true, force: true });
    return { name: target.name, folder, files, troubles: target.troubles?.(source) ?? [] };
  } catch (error) {
    // Best effort: what is left is cleared by the next run.
    await rm(part, { recursive: true, force: true }).catch(() => undefined);
    throw asDiskError(error, folder);
  }
}

async function writeFile(folder: string, { path, secret, content }: TargetFile): Promise<void> {
  const full = join(folder, path);
  await mkdir(dirname(full), { recursive: true });
  const handle = await open(full, 'wx', secret ? SECRET : ORDINARY);
  try {
    for await (const piece of typeof content === 'string' ? [content] : content) await handle.writeFile(piece);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
