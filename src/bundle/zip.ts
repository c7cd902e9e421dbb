/** The ZIP beside the folder: the same bag under one base directory, byte for byte the same on every run. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipArchive } from 'archiver';
import { ORDINARY, SECRET } from './bag.js';

/** The earliest date a ZIP can hold: a bundle says nothing of when it was made. */
const DATE = new Date('1980-01-01T00:00:00Z');

/**
 * Packs `paths` of `folder`, in the order given, under `base/`. Each entry is awaited before the next begins, so that
 * one piece of one file is in memory at a time. Where any of them is secret, so is the ZIP.
 */
export async function writeZip(
  zip: string,
  folder: string,
  base: string,
  paths: readonly string[],
  secret: ReadonlySet<string> = new Set(),
): Promise<void> {
  const archive = new ZipArchive({ zlib: { level: 6 } });
  // A file that can't be read is only a warning to archiver.
  archive.on('warning', (warning: Error) => archive.destroy(warning));
  const written = pipeline(archive, createWriteStream(zip, { flush: true, mode: secret.size > 0 ? SECRET : ORDINARY }));
  // On a full disk finalize() never settles: the first to fail ends the wait.
  await Promise.all([written, pack(archive, folder, base, paths, secret)]);
}

async function pack(
  archive: ZipArchive,
  folder: string,
  base: string,
  paths: readonly string[],
  secret: ReadonlySet<string>,
): Promise<void> {
  try {
    for (const path of paths)
      await addFile(archive, join(folder, path), `${base}/${path}`, secret.has(path) ? SECRET : 0o644);
    await archive.finalize();
  } catch (error) {
    archive.destroy(error as Error);
    throw error;
  }
}

async function addFile(archive: ZipArchive, path: string, name: string, mode: number): Promise<void> {
  const handle = await open(path, 'r');
  try {
    // A stream that fails inside archiver takes the process down, so this one ends instead and is asked afterwards.
    let failure: unknown;
    const source = Readable.from(
      pieces(handle, (error) => (failure = error)),
      { objectMode: false },
    );
    const added = once(archive, 'entry');
    archive.append(source, { name, date: DATE, mode });
    await added;
    if (failure) throw failure;
  } finally {
    await handle.close();
  }
}

const PIECE = 256 * 1024;

async function* pieces(handle: FileHandle, failed: (error: unknown) => void): AsyncGenerator<Buffer> {
  try {
    for (let at = 0; ; ) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(PIECE), 0, PIECE, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } catch (error) {
    failed(error);
  }
}
