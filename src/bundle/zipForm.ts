/**
 * Whether a ZIP is, but for what it packs, byte for byte as `zip.ts` writes one. Its digests say nothing of headers, and programs that
 * unpack differ in which of them they go by: bytes between members, or a header that disagrees with the list, are a file to some.
 */
import type { ZipEntry, ZipReader } from './unzip.js';
import { ZipTrouble } from './unzip.js';

/** Hears of a member by its name, or of the whole. */
type Report = (name: string | undefined, message: string) => void;

/** As archiver writes them; after APPNOTE.TXT 4.3.7 to 4.3.16. */
const VERSION = 20;
const MADE_BY = 0x032d;
/** Sizes and checksum stand behind the data. */
const FLAGS = 8;
const DEFLATED = 8;
/** 1 January 1980, midnight. */
const TIME = 0;
const DAY = 0x21;
/** Of an ordinary file, and of one that only its owner may read. */
const MODES: readonly number[] = [0o100644, 0o100600];
const DESCRIPTOR = 16;

/** ZIPs of the large form (over 4 GB, or 65,535 files) are only read, and not compared. */
export async function checkForm(zip: ZipReader, report: Report): Promise<void> {
  if (zip.directory.large || zip.entries.some(isLarge)) return;
  try {
    const list = await zip.bytes(zip.directory.start, zip.size - zip.directory.start);
    const reached = await checkMembers(zip, list, report);
    if (reached.end !== zip.directory.start)
      report(undefined, 'the ZIP holds something between its files and the list of them');
    if (!list.subarray(reached.listed).equals(endRecord(zip)))
      report(undefined, 'the ZIP does not end with its list of files');
  } catch (error) {
    if (!(error instanceof ZipTrouble)) throw error;
    report(undefined, error.message);
  }
}

function isLarge({ size, packed, offset }: ZipEntry): boolean {
  return Math.max(size, packed, offset) > 0xffffffff;
}

/** @returns where the last member ends, and where its entry in the list does */
async function checkMembers(zip: ZipReader, list: Buffer, report: Report): Promise<{ end: number; listed: number }> {
  let end = 0;
  let listed = 0;
  let before = '';
  for (const entry of zip.entries) {
    const { name, offset, packed } = entry;
    const local = localHeader(entry);
    const data = offset + local.length;
    if (offset !== end) report(name, 'does not stand right behind the file before it in the ZIP');
    if (name < before) report(name, 'stands in another order than ficferry packs files in');
    if (!(await zip.bytes(offset, local.length)).equals(local))
      report(name, 'has another header in the ZIP than ficferry writes');
    if (!(await zip.bytes(data + packed, DESCRIPTOR)).equals(descriptor(entry)))
      report(name, 'is not followed in the ZIP by its checksum');
    const forms = MODES.map((mode) => listEntry(entry, mode));
    const [length] = forms.map((form) => form.length) as [number];
    const own = list.subarray(listed, listed + length);
    if (!forms.some((form) => form.equals(own)))
      report(name, 'is listed in the ZIP in another way than ficferry writes');
    end = data + packed + DESCRIPTOR;
    listed += length;
    before = name;
  }
  return { end, listed };
}

function localHeader({ name }: ZipEntry): Buffer {
  const bytes = Buffer.from(name);
  return Buffer.concat([
    numbers(4, 0x04034b50, 2, VERSION, 2, FLAGS, 2, DEFLATED, 2, TIME, 2, DAY),
    numbers(4, 0, 4, 0, 4, 0, 2, bytes.length, 2, 0),
    bytes,
  ]);
}

function descriptor({ crc, packed, size }: ZipEntry): Buffer {
  return numbers(4, 0x08074b50, 4, crc, 4, packed, 4, size);
}

function listEntry({ name, crc, packed, size, offset }: ZipEntry, mode: number): Buffer {
  const bytes = Buffer.from(name);
  // the low half is what MS-DOS knows of a file: "archive"
  const attributes = mode * 0x10000 + 0x20;
  return Buffer.concat([
    numbers(4, 0x02014b50, 2, MADE_BY, 2, VERSION, 2, FLAGS, 2, DEFLATED, 2, TIME, 2, DAY),
    numbers(4, crc, 4, packed, 4, size, 2, bytes.length, 2, 0, 2, 0, 2, 0, 2, 0, 4, attributes, 4, offset),
    bytes,
  ]);
}

function endRecord({ entries: { length: count }, directory: { start, length } }: ZipReader): Buffer {
  return numbers(4, 0x06054b50, 2, 0, 2, 0, 2, count, 2, count, 4, length, 4, start, 2, 0);
}

/** Little-endian numbers, each behind its width in bytes. */
function numbers(...pairs: number[]): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < pairs.length; at += 2) {
    const part = Buffer.alloc(pairs[at] as number);
    part.writeUIntLE(pairs[at + 1] as number, 0, part.length);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
