/**
 * Sends works to the archive, batch by batch, and never one that it has.
 *
 * The archive goes on with an import though nobody waits for its answer any more. So before each batch its search is asked; before a batch
 * goes out `push.jsonl` says so; and where an answer was lost, here or in an earlier run, the search is asked again until no more of those
 * works turn up. Only what is not there then goes out again.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ArchivesFile } from '../config/archives.js';
import { FicferryError } from '../errors.js';
import type { EntryKey } from '../model.js';
import type { ImportApi } from './api.js';
import { decide, isWorthRetrying, type Outcome, type Verdict } from './decide.js';
import type { Ledger } from './ledger.js';
import {
  type Envelope,
  ImportEntry,
  type Known,
  type LedgerLine,
  type Parcel,
  type PushEvent,
  type PushedWork,
  SearchEntry,
} from './model.js';
import { inBatches, knownOf } from './plan.js';

export interface PusherOptions {
  api: ImportApi;
  ledger: Ledger;
  archive: string;
  bounds: ArchivesFile['archive']['api'];
  /** Works in one request. */
  batch: number;
  known: ReadonlyMap<EntryKey, Known>;
  tell: (event: PushEvent) => void;
  stopping: () => boolean;
  signal?: AbortSignal;
}

/** So often in a row a request may fail without any work having come of it. */
const MOST_TRIES = 5;
/** An import whose answer was lost longer ago than this is over, whatever became of it. In ms. */
const LONGEST_IMPORT = 3_600_000;
/** In so many steps the time is waited for in which nothing may change. */
const STEPS = 8;

export class Pusher {
  readonly pushed: PushedWork[] = [];
  readonly #again: Parcel[] = [];
  #last = 0;

  constructor(private readonly options: PusherOptions) {}

  /** @returns whether all batches went out; false where the user wanted it to stop. @throws FicferryError NO_ANSWER, WAIT_TOO_LONG, BAD_TOKEN, NO_API, DISK */
  async push(parcels: readonly Parcel[]): Promise<boolean> {
    if (!(await this.#round(parcels, true))) return false;
    return await this.#round(this.#again.splice(0), false);
  }

  /** @param first whether what fails for a passing reason may go in again */
  async #round(parcels: readonly Parcel[], first: boolean): Promise<boolean> {
    const batches = inBatches(parcels, this.options.batch);
    for (const [index, batch] of batches.entries()) {
      if (this.options.stopping()) return false;
      this.options.tell({ type: 'batch', number: index + 1, of: batches.length, works: batch.length });
      await this.#batch(batch, first);
    }
    return true;
  }

  async #batch(batch: readonly Parcel[], first: boolean): Promise<void> {
    let left = await this.#lookUp(batch);
    if (left.some((parcel) => this.#isUncertain(parcel))) left = await this.#settle(left);
    for (let tries = 1; left.length > 0; tries++) {
      this.#note({ type: 'sending', works: left.map(ledgerWork) });
      const outcome = await this.#ask(() => this.options.api.import(left.map(({ item }) => item)));
      const verdict = this.#decide(outcome, tries);
      if (verdict.do === 'take') {
        const silent = this.#record(left, verdict.envelope, first);
        if (silent.length === 0) return;
        if (tries >= MOST_TRIES) throw this.#noAnswer('it says nothing of some works', tries);
        // an answer that says nothing of a work leaves open what became of it
        left = await this.#settle(await this.#lookUp(silent));
      } else {
        this.#note({ type: 'lost', why: verdict.why });
        const before = left.length;
        await this.#wait(verdict.seconds, verdict.why);
        left = await this.#lookUp(left);
        if (verdict.working) left = await this.#settle(left);
        if (left.length < before) tries = 0;
        if (tries >= MOST_TRIES) throw this.#noAnswer(verdict.why, tries);
      }
    }
  }

  /** Whether an earlier run sent it not long ago and heard nothing. */
  #isUncertain({ work }: Parcel): boolean {
    const known = knownOf(work, this.options.known);
    return known?.state === 'uncertain' && Date.now() - Date.parse(known.time) < LONGEST_IMPORT;
  }

  /** Asks for works until for a while no more of them turn up; what is there is noted. @returns what is not */
  async #settle(parcels: readonly Parcel[]): Promise<Parcel[]> {
    const { settle } = this.options.bounds;
    let left = [...parcels];
    for (let step = 0; step < STEPS && left.length > 0; step++) {
      await this.#wait(settle / STEPS, 'the archive may still be at work on what was sent before');
      const now = await this.#lookUp(left);
      if (now.length < left.length) step = -1;
      left = now;
    }
    return left;
  }

  /** Asks the archive's search; what is there is noted. @returns what is not there */
  async #lookUp(parcels: readonly Parcel[]): Promise<Parcel[]> {
    const addresses = parcels.flatMap((parcel) => [parcel.url, ...parcel.origins]);
    const there = new Map<string, string>();
    for (const urls of inBatches(addresses, this.options.bounds.urlsAtOnce)) {
      for (const entry of (await this.#search(urls)).works) {
        const { success, data } = SearchEntry.safeParse(entry);
        const [found] = success ? data.search_results : [];
        if (success && data.status === 'found' && found) there.set(data.original_url, found.archive_url);
      }
    }
    return parcels.filter((parcel) => {
      const by = [parcel.url, ...parcel.origins].find((url) => there.has(url));
      if (by === undefined) return true;
      const archiveUrl = there.get(by) as string;
      this.#note({ type: 'found', work: ledgerWork(parcel), by, archiveUrl });
      // a work of this very push, whose answer was lost, was created by it
      this.#tell(
        parcel,
        'there',
        by === parcel.url ? 'it has it from this address' : `it has it from ${by}`,
        archiveUrl,
      );
      return false;
    });
  }

  async #search(urls: readonly string[]): Promise<Envelope> {
    for (let tries = 1; ; tries++) {
      const verdict = this.#decide(await this.#ask(() => this.options.api.search(urls)), tries);
      if (verdict.do === 'take') {
        if (verdict.envelope.status === 'ok') return verdict.envelope;
        throw this.#noAnswer(
          `its search answered ${verdict.envelope.status} (${verdict.envelope.messages.join(' ')})`,
          tries,
        );
      }
      if (tries >= MOST_TRIES) throw this.#noAnswer(verdict.why, tries);
      await this.#wait(verdict.seconds, verdict.why);
    }
  }

  /** Notes what the archive said of each work. @returns those of which it said nothing */
  #record(sent: readonly Parcel[], envelope: Envelope, first: boolean): Parcel[] {
    const entries = envelope.works.flatMap((entry) => ImportEntry.safeParse(entry).data ?? []);
    if (entries.length === 0)
      throw this.#noAnswer(`it answered ${envelope.status} (${envelope.messages.join(' ')})`, 1);
    return sent.filter((parcel) => {
      const entry = entries.find(
        ({ original_id: id, original_url: url }) => id === parcel.item.id || (!id && url === parcel.url),
      );
      if (entry) this.#recordOne(parcel, entry, first);
      return !entry;
    });
  }

  #recordOne(parcel: Parcel, { status, archive_url: archiveUrl, messages: said }: ImportEntry, first: boolean): void {
    const messages = said.flatMap((message) => message?.trim() || []);
    const address = archiveUrl || undefined;
    this.#note({
      type: 'answer',
      work: ledgerWork(parcel),
      status,
      ...(address && { archiveUrl: address }),
      messages,
    });
    if (status === 'created') this.#tell(parcel, 'created', '', address);
    else if (status === 'already_imported') this.#tell(parcel, 'there', messages.join(' '), address);
    else if (first && isWorthRetrying(status, messages)) this.#again.push(parcel);
    else this.#tell(parcel, 'refused', messages.join(' ') || status);
  }

  #tell({ work }: Parcel, outcome: PushedWork['outcome'], detail: string, archiveUrl?: string): void {
    const { slug, title } = work;
    const address = archiveUrl === undefined ? {} : { archiveUrl };
    this.pushed.push({ work, outcome, detail, ...address });
    this.options.tell({ type: 'work', slug, title, outcome, detail, ...address });
  }

  /** One request at a time, and a pause between two. */
  async #ask(request: () => Promise<Outcome>): Promise<Outcome> {
    const rest = this.#last + this.options.bounds.pause * 1000 - Date.now();
    if (rest > 0) await sleep(rest, undefined, { signal: this.options.signal });
    try {
      return await request();
    } finally {
      this.#last = Date.now();
    }
  }

  #decide(outcome: Outcome, tries: number): Exclude<Verdict, { do: 'stop' }> {
    const { retry, longestWait } = this.options.bounds;
    const verdict = decide(outcome, { tries, retry, longestWait, now: Date.now() });
    if (verdict.do !== 'stop') return verdict;
    throw new FicferryError(verdict.code, `${this.options.archive} stopped the push: ${verdict.why}`, verdict.advice);
  }

  #noAnswer(why: string, tries: number): FicferryError {
    const often = tries > 1 ? `, ${tries} times over` : '';
    const advice = 'Nothing is lost: the same command, run later, goes on from here.';
    return new FicferryError('NO_ANSWER', `${this.options.archive} gave no usable answer: ${why}${often}`, advice);
  }

  async #wait(seconds: number, why: string): Promise<void> {
    this.options.tell({ type: 'wait', seconds, why });
    await sleep(seconds * 1000, undefined, { signal: this.options.signal });
  }

  #note(line: Unstamped<LedgerLine>): void {
    const { archive, ledger } = this.options;
    ledger.write({ ...line, time: new Date().toISOString(), archive } as LedgerLine);
  }
}

type Unstamped<Line> = Line extends unknown ? Omit<Line, 'time' | 'archive'> : never;

function ledgerWork({ work, url }: Parcel): { id: string; title: string; entries: string[]; url: string } {
  return { id: work.slug, title: work.title, entries: work.chapters.map(({ entry }) => entry), url };
}
