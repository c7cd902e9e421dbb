/** The ZIP that an EPUB is (OCF 3.2): `mimetype` first, as it is, then the rest; the same entries give the same bytes. */
import { once } from 'node:events';
import { ZipArchive } from 'archiver';

export interface Entry {
  name: string;
  content: string | Uint8Array;
}

/** The earliest date a ZIP can hold: a book says nothing of when it was made. */
const DATE = new Date('1980-01-01T00:00:00Z');

const MIMETYPE: Entry = { name: 'mimetype', content: 'application/epub+zip' };

/** Takes each entry when the one before it is written, so that one is in memory at a time. */
export async function* container(entries: AsyncIterable<Entry>): AsyncGenerator<Uint8Array> {
  const archive = new ZipArchive({ zlib: { level: 9 } });
  const packed = pack(archive, entries);
  // Its failure destroys the archive, and is met there first.
  packed.catch(() => undefined);
  try {
    for await (const piece of archive) yield piece as Uint8Array;
    await packed;
  } finally {
    archive.destroy();
  }
}

async function pack(archive: ZipArchive, entries: AsyncIterable<Entry>): Promise<void> {
  try {
    // Readers know an EPUB by these bytes at this place, so they are not compressed.
    await add(archive, MIMETYPE, true);
    for await (const entry of entries) await add(archive, entry, false);
    await archive.finalize();
  } catch (error) {
    archive.destroy(error as Error);
    throw error;
  }
}

async function add(archive: ZipArchive, { name, content }: Entry, store: boolean): Promise<void> {
  const added = once(archive, 'entry');
  archive.append(Buffer.from(content as string), { name, date: DATE, mode: 0o644, store });
  await added;
}
