/** A BagIt 1.0 bag (RFC 8493) in the making: files, their digests, and the tag files that list them. */
import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What a file of the bag comes to. */
export interface Filed {
  /** Bytes. */
  size: number;
  sha256: string;
}

/** Modes of files; the system takes away what the user's own mask forbids. */
export const ORDINARY = 0o666;
export const SECRET = 0o600;

/** The declaration every bag begins with. */
export const BAGIT_TXT = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

/** Writes the files of one bag. Nothing is synced to disk before `finish`. */
export class BagWriter {
  /** By path within the bag. */
  readonly files = new Map<string, Filed>();
  /** Of these files, those that hold what the journal shows to some readers only: nobody but their owner may read them. */
  readonly secret = new Set<string>();
  private readonly folders = new Set<string>();

  private constructor(readonly folder: string) {}

  /** Begins a bag in a new, empty folder; what stood there goes. */
  static async create(folder: string): Promise<BagWriter> {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const bag = new BagWriter(folder);
    bag.folders.add(folder);
    return bag;
  }

  /** Writes a payload file at once; `path` is relative to `data/`. */
  async add(path: string, content: string | Uint8Array, { secret = false } = {}): Promise<void> {
    const file = await this.open(path, { secret });
    try {
      await file.append(content);
    } finally {
      await file.close();
    }
  }

  /** Opens a payload file to be written in pieces; `path` is relative to `data/`. */
  async open(path: string, { secret = false } = {}): Promise<BagFile> {
    if (secret) this.secret.add(`data/${path}`);
    return this.create(`data/${path}`);
  }

  /**
   * Writes manifests and tag files and puts everything on the disk for good.
   * `info` is what `bag-info.txt` says besides the Payload-Oxum; it must hold no date, so that the same payload
   * makes the same bag.
   */
  async finish(info: readonly (readonly [string, string])[]): Promise<void> {
    const payload = this.sorted().filter(([path]) => isPayload(path));
    const octets = payload.reduce((sum, [, file]) => sum + file.size, 0);
    const lines = [...info, ['Payload-Oxum', `${octets}.${payload.length}`] as const];
    await this.tag('bagit.txt', BAGIT_TXT);
    await this.tag('bag-info.txt', lines.map(([name, value]) => `${name}: ${value}\n`).join(''));
    await this.tag('manifest-sha256.txt', manifest(this.files, isPayload));
    await this.tag('tagmanifest-sha256.txt', manifest(this.files, isTag));
    await this.sync();
  }

  /** Path and digest of every file so far, in the order of their paths. */
  sorted(): [string, Filed][] {
    return sorted(this.files);
  }

  private async tag(path: string, text: string): Promise<void> {
    const file = await this.create(path);
    await file.append(text);
    await file.close();
  }

  private async create(path: string): Promise<BagFile> {
    if (this.files.has(path)) throw new Error(`${path} is in the bag already`);
    const full = join(this.folder, path);
    const folder = dirname(full);
    if (!this.folders.has(folder)) {
      await mkdir(folder, { recursive: true });
      for (let at = folder; !this.folders.has(at); at = dirname(at)) this.folders.add(at);
    }
    // 'wx': two works of one slug must not write over each other.
    return new BagFile(await open(full, 'wx', this.secret.has(path) ? SECRET : ORDINARY), (filed) =>
      this.files.set(path, filed),
    );
  }

  /** A few at a time: the disk gathers them, and thousands of small files take seconds instead of minutes. */
  private async sync(): Promise<void> {
    const paths = [...this.files.keys()].map((path) => join(this.folder, path));
    const next = paths.values();
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (const path of next) await syncFile(path);
      }),
    );
    for (const folder of this.folders) await syncFolder(folder);
  }
}

/** One file of a bag, written from its beginning to its end. */
export class BagFile {
  private readonly hash: Hash = createHash('sha256');
  private size = 0;

  constructor(
    private readonly handle: FileHandle,
    private readonly done: (filed: Filed) => void,
  ) {}

  async append(content: string | Uint8Array): Promise<void> {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    this.hash.update(bytes);
    this.size += bytes.length;
    await this.handle.writeFile(bytes);
  }

  async close(): Promise<void> {
    await this.handle.close();
    this.done({ size: this.size, sha256: this.hash.digest('hex') });
  }
}

function sorted(files: ReadonlyMap<string, Filed>): [string, Filed][] {
  return [...files].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Which files `manifest-sha256.txt` lists. */
export function isPayload(path: string): boolean {
  return path.startsWith('data/');
}

/** Which files `tagmanifest-sha256.txt` lists: the others but itself. */
export function isTag(path: string): boolean {
  return !isPayload(path) && path !== 'tagmanifest-sha256.txt';
}

/** The text of a manifest, in sha256sum's own form, so that it can check a bag. Paths are ASCII and need no escapes. */
export function manifest(files: ReadonlyMap<string, Filed>, lists: (path: string) => boolean): string {
  return sorted(files)
    .filter(([path]) => lists(path))
    .map(([path, file]) => `${file.sha256}  ${path}\n`)
    .join('');
}

/** What stands in the file beside a ZIP, in sha256sum's own form. */
export function sumLine(sha256: string, name: string): string {
  return `${sha256}  ${name}\n`;
}

/** Waits until the file's bytes are on the disk. */
export async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The same for a folder's list of names; Windows can't open folders and needs no such call. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
