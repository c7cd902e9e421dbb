/** One WARC and its index: a vault has two, for open and for restricted captures. */
import { constants } from 'node:fs';
import { chmod, type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Capture } from '../../model.js';
import { type IndexEntry, indexEntry, parseIndex, sortLines } from './cdxj.js';
import { damaged, ifThere, onDisk, openOrMake, syncFolder, writeAt } from './disk.js';
import { packMember } from './member.js';
import { writeResponse, writeWarcinfo } from './record.js';
import { readIndexed, recover } from './recover.js';

/** Modes that files are made with; a private one is laid on files that are there, too. */
export const PRIVATE = 0o600;
export const ORDINARY = 0o666;

export interface ShelfOptions {
  folder: string;
  /** Name without endings: `captures`. */
  name: string;
  mode: typeof PRIVATE | typeof ORDINARY;
  readOnly: boolean;
}

export class Shelf {
  readonly #warcPath: string;
  readonly #indexPath: string;
  readonly #options: ShelfOptions;
  #warc: FileHandle | undefined;
  #index: FileHandle | undefined;
  /** Where the next record and the next index line go. */
  #end = 0;
  #indexEnd = 0;
  /** The WARC holds more than `#end`: a torn record. */
  #torn = false;
  /** The index on the disk lacks something or has too much. */
  #indexWrong = false;
  #sorted = true;
  /** The first failure to write; nothing is appended after it. */
  #broken: unknown;

  private constructor(options: ShelfOptions) {
    this.#options = options;
    this.#warcPath = join(options.folder, `${options.name}.warc.gz`);
    this.#indexPath = join(options.folder, `${options.name}.cdxj`);
  }

  /**
   * Looks at the files and changes nothing; {@link repair} does what is left to do.
   * @returns `found` is false where there is no WARC
   * @throws FicferryError VAULT_DAMAGED, DISK
   */
  static async inspect(options: ShelfOptions): Promise<{ shelf: Shelf; entries: IndexEntry[]; found: boolean }> {
    const shelf = new Shelf(options);
    try {
      return { shelf, ...(await shelf.#inspect()) };
    } catch (error) {
      await shelf.release();
      throw error;
    }
  }

  async #inspect(): Promise<{ entries: IndexEntry[]; found: boolean }> {
    // The index first: a run that goes on appending writes it after the WARC, so what it names is there.
    const text = await ifThere(this.#indexPath, () => readFile(this.#indexPath));
    const index = parseIndex(text?.toString('utf8') ?? '');
    this.#warc = await ifThere(this.#warcPath, () => open(this.#warcPath, this.#options.readOnly ? 'r' : 'r+'));
    this.#sorted = index.sorted;
    this.#indexWrong = !index.whole;
    if (!this.#warc) {
      if (index.entries.length === 0) return { entries: [], found: false };
      throw damaged(this.#warcPath, 0, `the file is missing, and its index names ${index.entries.length} captures`);
    }
    const { size } = await this.#warc.stat();
    const filename = `${this.#options.name}.warc.gz`;
    const archive = { file: this.#warc, path: this.#warcPath, filename, size };
    const findings = await onDisk(this.#warcPath, () => recover(archive, index.entries));
    this.#end = findings.end;
    this.#torn = findings.end < size;
    this.#indexEnd = text?.length ?? 0;
    if (findings.unindexed > 0) this.#indexWrong = true;
    return { entries: findings.entries, found: true };
  }

  /** Cuts the torn record and writes a wrong index anew. Only after every file of the vault was found sound. */
  async repair(entries: readonly IndexEntry[]): Promise<void> {
    await onDisk(this.#tempPath(), () => rm(this.#tempPath(), { force: true }));
    if (this.#options.mode === PRIVATE) {
      for (const path of [this.#warcPath, this.#indexPath]) await ifThere(path, () => chmod(path, PRIVATE));
    }
    if (this.#torn) {
      await onDisk(this.#warcPath, async () => {
        await this.#warc?.truncate(this.#end);
        await this.#warc?.datasync();
      });
      this.#torn = false;
    }
    if (this.#indexWrong) await this.#writeIndex(entries.map((entry) => entry.line));
  }

  /**
   * Packs and writes one capture that `storable` made: the record, forced to the disk, and then its index line.
   * Calls must not overlap.
   */
  async append(capture: Capture): Promise<IndexEntry> {
    if (this.#broken) throw this.#broken;
    const { content, digest } = await writeResponse(capture);
    const member = packMember(content);
    this.#warc ??= await openOrMake(this.#warcPath, this.#options.mode);
    this.#index ??= await openOrMake(this.#indexPath, this.#options.mode);
    const warc = this.#warc;
    const index = this.#index;
    if (this.#end === 0) await this.#begin(warc, capture.time);
    const filename = `${this.#options.name}.warc.gz`;
    const entry = indexEntry(capture, { offset: this.#end, length: member.length, filename, digest });
    await this.#attempt(this.#warcPath, async () => {
      await writeAt(warc, member, this.#end);
      await warc.datasync();
    });
    await this.#attempt(this.#indexPath, () => writeAt(index, Buffer.from(entry.line), this.#indexEnd));
    this.#end += member.length;
    this.#indexEnd += entry.line.length;
    this.#sorted = false;
    return entry;
  }

  async #begin(warc: FileHandle, time: string): Promise<void> {
    const member = packMember(await writeWarcinfo(`${this.#options.name}.warc.gz`, time));
    await this.#attempt(this.#warcPath, () => writeAt(warc, member, 0));
    this.#end = member.length;
    // Without this a power loss could keep the index and lose the WARC's name.
    await syncFolder(dirname(this.#warcPath));
  }

  /** On failure what was half written is cut off again, as far as the disk lets us, and the shelf takes nothing more. */
  async #attempt(path: string, step: () => Promise<void>): Promise<void> {
    try {
      await onDisk(path, step);
    } catch (error) {
      this.#broken = error;
      await this.#warc?.truncate(this.#end).catch(() => {});
      await this.#index?.truncate(this.#indexEnd).catch(() => {});
      throw error;
    }
  }

  /** @throws FicferryError VAULT_DAMAGED where the record does not read or is not the one named */
  read(entry: Omit<IndexEntry, 'line'>): Promise<Capture> {
    const file = this.#warc;
    if (!file) throw damaged(this.#warcPath, entry.offset, 'there is no such file');
    return onDisk(this.#warcPath, () => readIndexed({ file, path: this.#warcPath }, entry));
  }

  /** Sorts the index where it needs it, and lets go of the files. */
  async close(): Promise<void> {
    try {
      // After a failure to write the index stays as it is: whole, and sorted by the next run.
      if (!this.#options.readOnly && !this.#broken && !this.#sorted) await this.#writeIndex(await this.#indexLines());
    } finally {
      await this.release();
    }
  }

  async #indexLines(): Promise<string[]> {
    const text = await onDisk(this.#indexPath, () => readFile(this.#indexPath, 'utf8'));
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => `${line}\n`);
  }

  /** Beside the old index first, whole and on the disk, and then in its place: a crash leaves one of the two. */
  async #writeIndex(lines: string[]): Promise<void> {
    const temp = this.#tempPath();
    const text = sortLines(lines);
    await onDisk(this.#indexPath, async () => {
      try {
        await rm(temp, { force: true });
        const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;
        const file = await open(temp, flags, this.#options.mode);
        try {
          await writeAt(file, Buffer.from(text), 0);
          await file.sync();
        } finally {
          await file.close();
        }
        await this.#index?.close();
        this.#index = undefined;
        await rename(temp, this.#indexPath);
      } catch (error) {
        await rm(temp, { force: true }).catch(() => {});
        throw error;
      }
    });
    await syncFolder(dirname(this.#indexPath));
    this.#indexEnd = text.length;
    this.#indexWrong = false;
    this.#sorted = true;
  }

  #tempPath(): string {
    return `${this.#indexPath}.new`;
  }

  async release(): Promise<void> {
    const handles = [this.#warc, this.#index];
    this.#warc = undefined;
    this.#index = undefined;
    for (const handle of handles) await handle?.close();
  }
}
