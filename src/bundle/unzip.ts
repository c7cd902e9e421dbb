/**
 * Reads a ZIP by its central directory, as much as checking a bundle takes: stored and deflated entries, ZIP64, no
 * encryption. Nothing is ever unpacked to disk. After APPNOTE.TXT 6.3.10, sections 4.3.7 to 4.3.16.
 */
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';

export interface ZipEntry {
  name: string;
  /** Bytes when unpacked, and as stored. */
  size: number;
  packed: number;
  method: number;
  crc: number;
  /** Where its local header stands. */
  offset: number;
}

/** Where the list of files stands. */
export interface ZipDirectory {
  start: number;
  length: number;
  count: number;
  /** Its numbers stand in the record of the large form. */
  large: boolean;
}

/** What is wrong with a ZIP, in words for people. */
export class ZipTrouble extends Error {}

export class ZipReader {
  private constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
    readonly entries: readonly ZipEntry[],
    readonly directory: ZipDirectory,
    /** Bytes of the whole. */
    readonly size: number,
  ) {}

  /** Reads the list of entries. Throws ZipTrouble where there is none to read. */
  static async open(path: string): Promise<ZipReader> {
    const handle = await open(path, 'r');
    try {
      const { size } = await handle.stat();
      const end = await findEnd(handle, size);
      if (end.start + end.length > size) throw new ZipTrouble('its list of files is cut off');
      const directory = await readAt(handle, end.start, end.length);
      return new ZipReader(path, handle, parseDirectory(directory, end.count), end, size);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** The unpacked bytes in pieces. Throws ZipTrouble when they don't agree with the list. */
  async *read(entry: ZipEntry): AsyncGenerator<Buffer> {
    const start = await this.dataStart(entry);
    if (entry.method !== STORED && entry.method !== DEFLATED)
      throw new ZipTrouble('is packed in a way that can’t be read');
    const raw = entry.packed === 0 ? [] : createReadStream(this.path, { start, end: start + entry.packed - 1 });
    const inflated = entry.method === STORED || Array.isArray(raw) ? undefined : createInflateRaw();
    const bytes = inflated ? pipeline(raw, inflated, () => undefined) : raw;
    let sum = 0;
    let size = 0;
    try {
      for await (const piece of bytes as AsyncIterable<Buffer>) {
        size += piece.length;
        // A small file may unpack to terabytes: stop at what it claims.
        if (size > entry.size) throw new ZipTrouble('unpacks to more than it claims');
        sum = crc32(piece, sum);
        yield piece;
      }
    } catch (error) {
      throw error instanceof ZipTrouble ? error : new ZipTrouble(`can’t be unpacked (${(error as Error).message})`);
    }
    // What follows the end of the packed bytes is nobody's, and zlib passes over it.
    if (inflated && inflated.bytesWritten !== entry.packed)
      throw new ZipTrouble('has something behind its packed bytes');
    if (size !== entry.size) throw new ZipTrouble(`unpacks to ${size} bytes instead of ${entry.size}`);
    if (sum !== entry.crc) throw new ZipTrouble('does not match its checksum in the ZIP');
  }

  /** The ZIP's own bytes, packed as they are. Throws ZipTrouble where it has none there. */
  bytes(at: number, length: number): Promise<Buffer> {
    return readAt(this.handle, at, length);
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  /** The local header repeats the name; where the two differ, programs disagree on what the file is called. */
  private async dataStart(entry: ZipEntry): Promise<number> {
    const header = await readAt(this.handle, entry.offset, 30);
    if (header.readUInt32LE(0) !== 0x04034b50) throw new ZipTrouble('has no header in the ZIP');
    const nameLength = header.readUInt16LE(26);
    const name = (await readAt(this.handle, entry.offset + 30, nameLength)).toString('utf8');
    if (name !== entry.name) throw new ZipTrouble(`is called "${name}" in its own header`);
    return entry.offset + 30 + nameLength + header.readUInt16LE(28);
  }
}

const STORED = 0;
const DEFLATED = 8;

async function readAt(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, at);
  if (bytesRead < length) throw new ZipTrouble('the ZIP is cut off');
  return buffer;
}

/** Where the central directory stands. The record at the end may be followed by a comment of up to 65,535 bytes. */
async function findEnd(handle: FileHandle, size: number): Promise<ZipDirectory> {
  const length = Math.min(size, 22 + 0xffff);
  const tail = await readAt(handle, size - length, length);
  for (let at = tail.length - 22; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== 0x06054b50) continue;
    const end = {
      count: tail.readUInt16LE(at + 10),
      length: tail.readUInt32LE(at + 12),
      start: tail.readUInt32LE(at + 16),
      large: false,
    };
    const big = end.count === 0xffff || end.length === 0xffffffff || end.start === 0xffffffff;
    return big ? findEnd64(handle, size - length + at) : end;
  }
  throw new ZipTrouble('it is no ZIP, or its end is cut off');
}

async function findEnd64(handle: FileHandle, end: number): Promise<ZipDirectory> {
  if (end < 20) throw new ZipTrouble('its list of files can’t be found');
  const locator = await readAt(handle, end - 20, 20);
  if (locator.readUInt32LE(0) !== 0x07064b50) throw new ZipTrouble('its list of files can’t be found');
  const record = await readAt(handle, Number(locator.readBigUInt64LE(8)), 56);
  if (record.readUInt32LE(0) !== 0x06064b50) throw new ZipTrouble('its list of files can’t be found');
  return {
    count: Number(record.readBigUInt64LE(32)),
    length: Number(record.readBigUInt64LE(40)),
    start: Number(record.readBigUInt64LE(48)),
    large: true,
  };
}

function parseDirectory(directory: Buffer, count: number): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50)
      throw new ZipTrouble('its list of files is damaged');
    const nameLength = directory.readUInt16LE(at + 28);
    const extraLength = directory.readUInt16LE(at + 30);
    const next = at + 46 + nameLength + extraLength + directory.readUInt16LE(at + 32);
    if (next > directory.length) throw new ZipTrouble('its list of files is damaged');
    const entry: ZipEntry = {
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      packed: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    };
    widen(entry, directory.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength));
    entries.push(entry);
    at = next;
  }
  return entries;
}

/** ZIP64: each number that did not fit stands in the extra field, in this order. */
function widen(entry: ZipEntry, extra: Buffer): void {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let field = at + 4;
    for (const key of ['size', 'packed', 'offset'] as const) {
      if (entry[key] !== 0xffffffff || field + 8 > extra.length) continue;
      entry[key] = Number(extra.readBigUInt64LE(field));
      field += 8;
    }
  }
}
