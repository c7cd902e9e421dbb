/**
 * What a WARC holds, as far as its index does not say so.
 *
 * The index is trusted for the middle; whatever it does not cover is read record by record. Records are forced to the
 * disk before their index lines are written, so a crash leaves at most: a record without its line (kept, and indexed
 * again), or a last record that is cut short or filled with zeros (cut). Anything else is damage, and is only reported.
 */
import type { FileHandle } from 'node:fs/promises';
import { type IndexEntry, indexEntry } from './cdxj.js';
import { damaged, readAt } from './disk.js';
import { MEMBER_HEADER, type Member, unpackMember } from './member.js';
import { Damage, readRecord, type StoredRecord } from './record.js';

export interface Archive {
  file: FileHandle;
  /** For messages. */
  path: string;
  /** For index lines. */
  filename: string;
  /** Bytes of the file as found. */
  size: number;
}

export interface Findings {
  /** All captures of the WARC, in its order. */
  entries: IndexEntry[];
  /** How many of them the index did not have. */
  unindexed: number;
  /** Where the last whole record ends; what follows is a torn one. */
  end: number;
}

/**
 * Lays the index over the WARC.
 * @param indexed by place in the WARC
 * @throws FicferryError VAULT_DAMAGED
 */
export async function recover(archive: Archive, indexed: readonly IndexEntry[]): Promise<Findings> {
  const entries: IndexEntry[] = [];
  let at = 0;
  for (const entry of indexed) {
    if (entry.offset < at) throw damaged(archive.path, entry.offset, 'the index has two captures in one place');
    if (entry.offset > at) {
      const gap = await readGap(archive, at, Math.min(entry.offset, archive.size));
      if (gap.end < entry.offset) throw damaged(archive.path, gap.end, 'no whole record begins here');
      for (const found of gap.entries) entries.push(found);
    }
    entries.push(entry);
    at = entry.offset + entry.length;
    if (at > archive.size)
      throw damaged(archive.path, entry.offset, 'the file ends before a record that its index names');
  }
  const last = indexed.at(-1);
  if (last) await readIndexed(archive, last);
  const tail = await readGap(archive, at, archive.size);
  if (tail.end < archive.size && (await holdsRecordAfter(archive, tail.end + 1))) {
    throw damaged(archive.path, tail.end, 'no whole record begins here, and whole records follow');
  }
  for (const found of tail.entries) entries.push(found);
  return { entries, unindexed: entries.length - indexed.length, end: tail.end };
}

/**
 * Reads a record that the index has.
 * @throws FicferryError VAULT_DAMAGED where it does not read, or is not what the index says
 */
export async function readIndexed(
  { file, path }: Pick<Archive, 'file' | 'path'>,
  entry: Omit<IndexEntry, 'line'>,
): Promise<NonNullable<StoredRecord['capture']>> {
  const bytes = await readAt(file, entry.offset, entry.length);
  const member = unpackMember(bytes);
  if (typeof member === 'string' || member.length !== entry.length) {
    throw damaged(path, entry.offset, 'the record does not unpack');
  }
  const { capture } = parse(path, entry.offset, member);
  const { url, time, status, access, use } = entry;
  const same = capture?.url === url && capture.time === time && capture.status === status && capture.use === use;
  // Accesses are shared objects: the same words are the same object.
  if (!same || capture.access !== access)
    throw damaged(path, entry.offset, 'the record is not the one that the index names');
  return capture;
}

function parse(path: string, offset: number, member: Member): StoredRecord {
  try {
    return readRecord(member.content);
  } catch (error) {
    if (error instanceof Damage) throw damaged(path, offset, error.message);
    throw error;
  }
}

/** Reads record after record; `end` is where the first that is not whole begins, or `to`. */
async function readGap(archive: Archive, from: number, to: number): Promise<{ entries: IndexEntry[]; end: number }> {
  const entries: IndexEntry[] = [];
  let at = from;
  while (at < to) {
    const member = await memberAt(archive.file, at, to);
    if (!member) break;
    const { capture, digest } = parse(archive.path, at, member);
    const place = { offset: at, length: member.length, filename: archive.filename };
    if (capture && digest !== undefined) entries.push(indexEntry(capture, { ...place, digest }));
    at += member.length;
  }
  return { entries, end: at };
}

/** A modern LiveJournal page packs into about 215 KB; the first window holds it whole. */
const WINDOW = 256 * 1024;

async function memberAt(file: FileHandle, at: number, to: number): Promise<Member | undefined> {
  for (let window = WINDOW; ; window *= 4) {
    const member = unpackMember(await readAt(file, at, Math.min(window, to - at)));
    if (member === 'bad') return undefined;
    if (member !== 'short') return member;
    if (at + window >= to) return undefined;
  }
}

/** Whether a whole record begins anywhere from `from` on. Its ten bytes of header are looked for, then it is unpacked. */
async function holdsRecordAfter({ file, size }: Archive, from: number): Promise<boolean> {
  for (let at = from; at < size; at += WINDOW) {
    // Windows overlap by a header, so that one which lies across two is seen.
    const window = await readAt(file, at, Math.min(WINDOW + MEMBER_HEADER.length - 1, size - at));
    for (let i = window.indexOf(MEMBER_HEADER); i >= 0; i = window.indexOf(MEMBER_HEADER, i + 1)) {
      if (await memberAt(file, at + i, size)) return true;
    }
  }
  return false;
}
