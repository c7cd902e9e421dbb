/** Thin edges: files of a vault, with what the disk says turned into our own errors. */
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, stat } from 'node:fs/promises';
import { asDiskError, FicferryError } from '../../errors.js';

/** Runs a step on a file; "disk full" and the like come out as DISK, naming `path`. */
export async function onDisk<T>(path: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw asDiskError(error, path);
  }
}

/** The same, with undefined where there is no such file. */
export function ifThere<T>(path: string, step: () => Promise<T>): Promise<T | undefined> {
  return onDisk(path, async () => {
    try {
      return await step();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  });
}

export async function makeFolder(folder: string): Promise<void> {
  await onDisk(folder, async () => {
    try {
      await mkdir(folder, { recursive: true });
    } catch (error) {
      // `mkdir` says EEXIST where a file stands at the very end of the path, ENOTDIR where one stands before it.
      const file = (error as NodeJS.ErrnoException).code === 'EEXIST' && !(await stat(folder)).isDirectory();
      throw file ? Object.assign(new Error('not a folder', { cause: error }), { code: 'ENOTDIR' }) : error;
    }
  });
}

/** Opens for reading and writing, made with `mode` where there is none. */
export function openOrMake(path: string, mode: number): Promise<FileHandle> {
  return onDisk(path, () => open(path, constants.O_RDWR | constants.O_CREAT, mode));
}

export async function writeAt(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    done += (await file.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
  }
}

/** At most `length` bytes; fewer at the end of the file. */
export async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}

/** Makes new names in a folder outlive a power loss. Some systems and file systems cannot; they are left to it. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!['EISDIR', 'EINVAL', 'EPERM', 'EACCES', 'ENOTSUP', 'EBADF'].includes(code)) throw asDiskError(error, folder);
  }
}

/** @param at byte of the file where the trouble is */
export function damaged(path: string, at: number, reason: string): FicferryError {
  return new FicferryError(
    'VAULT_DAMAGED',
    `The vault is damaged: ${path}, at byte ${at}: ${reason}`,
    'Nothing was changed. Put a sound copy of the file in its place, or move the vault folder away and crawl again.',
  );
}
