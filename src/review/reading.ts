/**
 * What a run's vault holds, read once and kept in memory while the page is open; its texts are read from the vault one by one.
 *
 * Nothing is locked and nothing is written, so that a crawl is never in the way of the page, nor the page of a crawl. While the
 * vault is written to, what was read last counts; then it is read again.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readStory, type StoredEntry, type Vault } from '../crawl/index.js';
import { FicferryError } from '../errors.js';
import type { EntryKey } from '../model.js';
import { type Census, takeCensus } from '../run/census.js';
import { type Run, vaultFolder } from '../run/run.js';
import { type VaultStanding, vaultStanding } from '../run/standing.js';
import { openVault } from '../run/stories.js';

export interface Held {
  census: Census;
  standing: VaultStanding;
  /** Counts the readings, so that what is made of one can be told from what is made of another. */
  number: number;
}

/** A vault that somebody else writes to is read again when it has been still for so long, in milliseconds. */
const STILL = 2000;

export class Reading {
  #held: (Held & { vault: Vault }) | undefined;
  #under: Promise<void> | undefined;
  #done = 0;
  #failure: unknown;
  /** The vault's files as they were when they were read, and as they were seen last. */
  #read: string | undefined;
  #seen = { stamp: '', since: 0 };
  #isDue = true;
  #isClosed = false;
  #number = 0;
  /** Texts that are being read. */
  readonly #texts = new Set<Promise<unknown>>();

  /** @param isBusy whether the vault is being written to by this process */
  constructor(
    readonly run: Run,
    private readonly isBusy: () => boolean,
  ) {}

  /** What was read last; undefined where nothing was yet. */
  get held(): Held | undefined {
    return this.#held;
  }

  /** How many entries the reading that is under way has read. */
  get progress(): number | undefined {
    return this.#under && this.#done;
  }

  /** Why the vault could not be read. A missing one is no failure: nothing was fetched yet. */
  get failure(): unknown {
    return this.#failure instanceof FicferryError && this.#failure.code === 'NO_VAULT' ? undefined : this.#failure;
  }

  /** The vault was written to, and no more is. */
  changed(): void {
    this.#isDue = true;
    this.look();
  }

  /** Looks whether the vault has to be read again, and begins to. */
  look(): void {
    if (this.#under || this.#isClosed || this.isBusy()) return;
    const stamp = stampOf(this.run);
    if (!this.#isDue && stamp === this.#read) return;
    if (!this.#isDue && !this.#isStill(stamp)) return;
    this.#isDue = false;
    this.#read = stamp;
    this.#done = 0;
    this.#under = this.#readAgain().finally(() => {
      this.#under = undefined;
    });
  }

  /** What was read last, waited for where it is read for the first time. @throws FicferryError as `takeCensus`, but for a missing vault */
  async ready(): Promise<Held | undefined> {
    this.look();
    if (!this.#held) await this.#under;
    if (!this.#held && this.failure) throw this.failure;
    return this.#held;
  }

  /** An entry that was read, once more with its text. */
  async entry(key: EntryKey): Promise<StoredEntry | undefined> {
    if (!this.#held) return undefined;
    const text = readStory(this.#held.vault, this.run.sites, key);
    const settled = text.catch(() => {}).finally(() => this.#texts.delete(settled));
    this.#texts.add(settled);
    return await text;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#under;
    await this.#let(this.#held?.vault);
    this.#held = undefined;
  }

  async #readAgain(): Promise<void> {
    let vault: Vault | undefined;
    try {
      vault = await openVault(this.run, { readOnly: true });
      const standing = await vaultStanding(this.run, vault);
      const onEntry = (done: number) => {
        this.#done = done;
        if (this.#isClosed) throw new Closed();
      };
      const census = await takeCensus(vault, this.run, onEntry, standing.through);
      const before = this.#held?.vault;
      this.#held = { census, standing, vault, number: ++this.#number };
      this.#failure = undefined;
      await this.#let(before);
    } catch (error) {
      await this.#let(vault);
      if (!(error instanceof Closed)) this.#failure = error;
    }
  }

  async #let(vault: Vault | undefined): Promise<void> {
    await Promise.all(this.#texts);
    await vault?.close();
  }

  #isStill(stamp: string): boolean {
    if (stamp !== this.#seen.stamp) this.#seen = { stamp, since: Date.now() };
    return Date.now() - this.#seen.since >= STILL;
  }
}

class Closed extends Error {}

function stampOf(run: Run): string {
  return ['captures.warc.gz', 'restricted.warc.gz']
    .map((name) => statSync(join(vaultFolder(run), name), { throwIfNoEntry: false }))
    .map((found) => (found ? `${found.size} ${found.mtimeMs}` : '-'))
    .join(' ');
}
