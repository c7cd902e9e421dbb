/**
 * The vault: every response that was fetched, kept as a standard web archive.
 *
 * `captures.warc.gz` and, mode 0600, `restricted.warc.gz`, each with its index (`.cdxj`) beside it. What a run stored
 * survives the run's death at any moment; `vault/recover.ts` says how.
 */
import { FicferryError } from '../../errors.js';
import type { Access, Capture, CaptureUse } from '../../model.js';
import type { IndexEntry } from './cdxj.js';
import { makeFolder } from './disk.js';
import { sharedAccess } from './record.js';
import { ORDINARY, PRIVATE, Shelf } from './shelf.js';
import { type IsSessionHop, storable, vaultAddress } from './storable.js';

/** A stored capture without its bytes. `offset` and `length` are bytes in its WARC. */
export interface CaptureRef {
  url: string;
  /** ISO 8601, UTC, milliseconds. */
  time: string;
  status: number;
  access: Access;
  /** Absent for a page; what is of another use is read by nobody who looks for pages. */
  use?: CaptureUse;
  /** In which of the two WARCs it lies. */
  restricted: boolean;
  offset: number;
  length: number;
}

export interface VaultOptions {
  /** Nothing is made, mended or sorted; a torn tail is passed over. Throws NO_VAULT where there is none. */
  readOnly?: boolean;
  /** Addresses that carry a session: never stored, and header values that hold one are dropped. */
  isSessionHop?: IsSessionHop;
}

/** Where a capture goes: `restricted` is a file only its owner may read. */
export type Place = 'open' | 'restricted';

/**
 * One process writes at a time (the caller holds the lock of `--out`); others may read along.
 * Addresses are compared as `URL` writes them, without their fragment.
 */
export class Vault {
  readonly #shelves: Record<Place, Shelf>;
  readonly #options: VaultOptions;
  /** By time; in one file's order where times are equal. */
  #refs: CaptureRef[] = [];
  readonly #byUrl = new Map<string, CaptureRef[]>();
  /** Appends take turns, so that records do not mix. */
  #turn: Promise<unknown> = Promise.resolve();
  #closed: Promise<void> | undefined;

  private constructor(shelves: Record<Place, Shelf>, options: VaultOptions) {
    this.#shelves = shelves;
    this.#options = options;
  }

  /**
   * Opens the vault in `folder` (the one that holds the WARCs), makes the folder where there is none, and mends what a
   * crash left.
   * @throws FicferryError VAULT_DAMAGED (nothing was changed), NO_VAULT (read-only), DISK
   */
  static async open(folder: string, options: VaultOptions = {}): Promise<Vault> {
    const readOnly = options.readOnly ?? false;
    if (!readOnly) await makeFolder(folder);
    const open = await Shelf.inspect({ folder, name: 'captures', mode: ORDINARY, readOnly });
    try {
      const restricted = await Shelf.inspect({ folder, name: 'restricted', mode: PRIVATE, readOnly });
      const vault = new Vault({ open: open.shelf, restricted: restricted.shelf }, options);
      try {
        if (readOnly && !open.found && !restricted.found) throw noVault(folder);
        // Both were found sound before either is touched.
        if (!readOnly) await open.shelf.repair(open.entries);
        if (!readOnly) await restricted.shelf.repair(restricted.entries);
      } catch (error) {
        await restricted.shelf.release();
        throw error;
      }
      vault.#fill(open.entries, restricted.entries);
      return vault;
    } catch (error) {
      await open.shelf.release();
      throw error;
    }
  }

  #fill(open: readonly IndexEntry[], restricted: readonly IndexEntry[]): void {
    const refs = [
      ...open.map((entry) => refOf(entry, 'open')),
      ...restricted.map((entry) => refOf(entry, 'restricted')),
    ];
    for (const ref of refs.sort(byTime)) this.#add(ref);
  }

  /** Puts a ref in its place by time: nearly always at the end. */
  #add(ref: CaptureRef): void {
    let own = this.#byUrl.get(ref.url);
    if (!own) {
      own = [];
      this.#byUrl.set(ref.url, own);
    }
    insert(own, ref);
    insert(this.#refs, ref);
  }

  /** The latest capture of an address. */
  newest(url: string): CaptureRef | undefined {
    return this.all(url).at(-1);
  }

  /** Every capture of an address, oldest first. */
  all(url: string): readonly CaptureRef[] {
    return this.#byUrl.get(url) ?? this.#byUrl.get(URL.canParse(url) ? vaultAddress(url) : url) ?? [];
  }

  /** All captures of both files by time, as there are at the moment of asking. */
  refs(): Iterable<CaptureRef> {
    return [...this.#refs];
  }

  /**
   * @throws FicferryError VAULT_DAMAGED where the record does not unpack, its checksum or its digest is wrong, or it is
   *   not the one the index names
   */
  read(ref: CaptureRef): Promise<Capture> {
    return this.#shelves[ref.restricted ? 'restricted' : 'open'].read(ref);
  }

  /**
   * Stores a capture; when it returns, the capture survives a power loss. Cookies are dropped, and so are encodings,
   * since bodies are decoded: what `read` gives back is the capture as stored.
   * @throws FicferryError DISK; the vault stays sound and takes nothing more until it is opened again
   */
  append(capture: Capture, where: Place): Promise<CaptureRef> {
    if (this.#options.readOnly || this.#closed) throw new Error('This vault is not open for writing');
    const clean = storable(capture, this.#options.isSessionHop ?? (() => false));
    const added = this.#turn.then(async () => {
      const ref = refOf(await this.#shelves[where].append(clean), where);
      this.#add(ref);
      return ref;
    });
    this.#turn = added.catch(() => {});
    return added;
  }

  /**
   * Reads every record.
   * @throws FicferryError VAULT_DAMAGED at the first that does not read
   */
  async check(): Promise<{ captures: number; restricted: number }> {
    const refs = [...this.#refs];
    for (const ref of refs) await this.read(ref);
    return { captures: refs.length, restricted: refs.filter((ref) => ref.restricted).length };
  }

  /** Sorts the indexes and lets go of the files. May be called again. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await this.#turn;
    try {
      await this.#shelves.open.close();
    } finally {
      await this.#shelves.restricted.close();
    }
  }
}

function refOf(entry: IndexEntry, where: Place): CaptureRef {
  const { url, time, status, access, use, offset, length } = entry;
  const restricted = where === 'restricted';
  return { url, time, status, access: sharedAccess(access), ...(use && { use }), restricted, offset, length };
}

function byTime(a: CaptureRef, b: CaptureRef): number {
  if (a.time !== b.time) return a.time < b.time ? -1 : 1;
  return Number(a.restricted) - Number(b.restricted) || a.offset - b.offset;
}

/** Keeps the list in order; a clock that was set back, or a saved page's own date, puts a capture further in. */
function insert(refs: CaptureRef[], ref: CaptureRef): void {
  let low = 0;
  let high = refs.length;
  while (low < high) {
    // Looks at the end first, where nearly every capture belongs.
    const middle = high === refs.length ? high - 1 : (low + high) >> 1;
    if (byTime(refs[middle] as CaptureRef, ref) > 0) high = middle;
    else low = middle + 1;
  }
  refs.splice(low, 0, ref);
}

function noVault(folder: string): FicferryError {
  return new FicferryError(
    'NO_VAULT',
    `There is no vault in ${folder}`,
    'Fetch the journal first: ficferry crawl ADDRESS.',
  );
}
