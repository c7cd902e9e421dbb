/**
 * Another tool's WARC, packed or not, read for answers to GETs for pages.
 *
 * warcio reads the records; the unpacking is done before it by zlib, which notices damage where warcio's does not.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { WARCParser, type WARCRecord } from 'warcio';
import type { Capture } from '../../model.js';
import { decode } from '../fetch/decode.js';
import { ACCESS_FIELD, accessOfWords, USE_FIELD } from '../vault/record.js';
import type { CaptureRef } from '../vault/vault.js';
import { dechunk } from './chunks.js';
import { unpackedBytes } from './unpack.js';

export interface ArchiveTaker {
  /** What later records may name, in this archive or another: digests and places, filled as records are put. */
  originals: Map<string, CaptureRef>;
  /** Whether an address is one of a site of ours, and may be stored. */
  isOurs: (url: string) => boolean;
  put: (capture: Capture) => Promise<{ ref: CaptureRef } | { why: string }>;
  bodyOf: (ref: CaptureRef) => Promise<Uint8Array>;
}

export interface ArchiveAccount {
  /** What may have been a page and could not be taken. */
  skipped: string[];
  /** What is none of ours, counted. */
  passedOver: string[];
  /** Puts the records that only name an earlier one ("revisit"); to be called when all archives were read. */
  repeats: () => Promise<string[]>;
}

/** A page's body is never larger; 64 MiB. */
const MOST = 64 * 1024 * 1024;
/** Answers worth keeping: pages, ways on, and entries that are locked or gone. */
const isKept = (status: number) =>
  status === 200 || (status >= 300 && status < 400 && status !== 304) || [403, 404, 410].includes(status);

/** @throws FicferryError DISK and VAULT_DAMAGED of the vault; what is wrong with the archive is in the account */
export async function readArchive(path: string, taker: ArchiveTaker): Promise<ArchiveAccount> {
  const reader = new ArchiveReader(taker);
  let file: FileHandle | undefined;
  let records = 0;
  try {
    file = await open(path);
    for await (const record of new WARCParser(unpackedBytes(file))) {
      if (!record.warcHeaders.statusline.startsWith('WARC/')) throw new Error('no record begins where one is due');
      await reader.take(record);
      records++;
    }
    if (records === 0) throw new Error('it holds none');
  } catch (error) {
    if (error === reader.failure) throw error;
    const read = `only its first ${records} ${records === 1 ? 'record' : 'records'} could be read`;
    reader.skipped.push(`${read}: it is damaged or no WARC (${(error as Error).message})`);
  } finally {
    await file?.close();
  }
  await reader.flush();
  return reader;
}

interface Answer {
  url: string;
  /** Absent for a revisit that has no header of its own. */
  status?: number;
  headers: Record<string, string>;
  time: string;
  access: Capture['access'];
  body: Uint8Array;
  /** As the archive writes it, of the bytes as they were sent. */
  digest: string;
  /** Only for a revisit: the record it repeats. */
  repeats?: string;
}

class ArchiveReader implements ArchiveAccount {
  readonly skipped: string[] = [];
  /** What went wrong with the vault: the run's trouble, and not the archive's. */
  failure: unknown;
  readonly #taker: ArchiveTaker;
  readonly #counts = new Map<string, number>();
  /** The last answer; a request that follows may still say that it was no GET. */
  #held: Answer | undefined;
  /** The address of a request that was no GET; its answer follows. */
  #form: string | undefined;
  readonly #revisits: Answer[] = [];

  constructor(taker: ArchiveTaker) {
    this.#taker = taker;
  }

  get passedOver(): string[] {
    return [...this.#counts].map(([what, count]) => `${count} ${count === 1 ? 'record' : 'records'}: ${what}`);
  }

  async take(record: WARCRecord): Promise<void> {
    const url = record.warcTargetURI ?? '';
    if (record.warcType === 'request') {
      if (record.httpHeaders?.method === 'GET') return;
      if (this.#held?.url === url) this.#drop('answers to forms');
      else this.#form = url;
      return;
    }
    if (record.warcType !== 'response' && record.warcType !== 'revisit') return;
    await this.flush();
    const isForm = this.#form === url;
    this.#form = undefined;
    if (!/^https?:/i.test(url) || !this.#taker.isOurs(url)) this.#count('of no known site');
    else if (isForm) this.#count('answers to forms');
    // Of a vault of ours: no page, whatever its address
    else if (record.warcHeader(USE_FIELD)) this.#count('pictures');
    else this.#held = await this.#answerOf(record, url);
  }

  #drop(why: string): void {
    this.#held = undefined;
    this.#count(why);
  }

  #count(why: string): void {
    this.#counts.set(why, (this.#counts.get(why) ?? 0) + 1);
  }

  /** @returns undefined for what is no page; it has been counted or told */
  async #answerOf(record: WARCRecord, url: string): Promise<Answer | undefined> {
    const headers = Object.fromEntries(record.httpHeaders?.headers ?? []);
    const status = record.httpHeaders ? Number(record.httpHeaders.statusCode) : undefined;
    const repeated = record.warcType === 'revisit';
    const type = headers['content-type'] ?? 'text/html';
    if (!repeated && !isKept(status ?? 0)) return this.#none(`answers with status ${status}`);
    if (status === 200 && !/html/i.test(type)) return this.#none('no pages');
    if (record.warcContentLength > MOST) return this.#tell(`${url} is larger than a page can be`);
    const time = new Date(record.warcDate ?? '');
    if (Number.isNaN(time.getTime())) return this.#tell(`${url} has no date`);
    const raw = await record.readFully(false);
    if (isCutShort(record)) return this.#tell(`${url} is cut short`);
    const body = repeated ? new Uint8Array() : await bodyOf(raw, headers);
    if (!body) return this.#tell(`${url} has a body that does not unpack`);
    return {
      url,
      status,
      headers,
      time: time.toISOString(),
      access: accessOfWords(record.warcHeader(ACCESS_FIELD) ?? undefined) ?? { adult: false, account: false },
      body,
      digest: record.warcPayloadDigest ?? '',
      ...(repeated && { repeats: placeKey(record.warcRefersToTargetURI ?? url, record.warcRefersToDate ?? '') }),
    };
  }

  #none(why: string): undefined {
    this.#count(why);
  }

  #tell(why: string): undefined {
    this.skipped.push(why);
  }

  /** Stores the last answer. */
  async flush(): Promise<void> {
    const answer = this.#held;
    this.#held = undefined;
    if (!answer) return;
    if (answer.repeats !== undefined) {
      this.#revisits.push(answer);
      return;
    }
    const { url, time, headers, body, access } = answer;
    const capture = { url, time, status: answer.status as number, headers, body, access };
    const outcome = await this.#taker.put(capture).catch((error) => {
      this.failure = error;
      throw error;
    });
    if ('why' in outcome) return this.#tell(outcome.why);
    if (answer.digest !== '') this.#taker.originals.set(answer.digest, outcome.ref);
    this.#taker.originals.set(placeKey(url, time), outcome.ref);
  }

  async repeats(): Promise<string[]> {
    const told: string[] = [];
    for (const { url, time, status, headers, access, digest, repeats } of this.#revisits) {
      const ref = this.#taker.originals.get(digest) ?? this.#taker.originals.get(repeats ?? '');
      if (!ref) {
        told.push(`${url} is only named as a repetition of a page that was not there`);
        continue;
      }
      const body = await this.#taker.bodyOf(ref);
      const own = status === undefined || status === 304 ? ref.status : status;
      const outcome = await this.#taker.put({ url, time, status: own, headers, body, access });
      if ('why' in outcome) told.push(outcome.why);
    }
    return told;
  }
}

/** Whether the archive ended before the record did. */
function isCutShort(record: WARCRecord): boolean {
  const { limit } = record.reader as { limit?: number };
  return limit !== undefined && limit > 0;
}

/** Archives write dates with and without fractions of a second. */
function placeKey(url: string, date: string): string {
  return `${date.replace(/\D/g, '').slice(0, 14)} ${url}`;
}

/**
 * The body as it was before it was sent. Some tools store bodies already decoded and leave the headers as they were, so
 * what does not unpack and looks like a page is taken as it is.
 */
async function bodyOf(raw: Uint8Array, headers: Record<string, string>): Promise<Uint8Array | undefined> {
  const chunked = /chunked/i.test(headers['transfer-encoding'] ?? '');
  const whole = chunked ? dechunk(raw) : raw;
  try {
    if (whole) return await decode(whole, headers['content-encoding'], MOST);
  } catch {
    // Judged below, as the bytes that do not join into chunks are.
  }
  const start = Buffer.from(raw.subarray(0, 200)).toString('latin1');
  return /^(?:\xef\xbb\xbf)?\s*</.test(start) ? raw : undefined;
}
