/** A capture as a WARC/1.1 response record, and back. */
import { createHash, randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { HeadersMultiMap, StatusAndHeaders, WARCRecord, WARCSerializer } from 'warcio';
import { type Access, type Capture, CaptureUse } from '../../model.js';

/** Our own field in a record's header: which access the page was got with, so that the index can be made anew. */
export const ACCESS_FIELD = 'WARC-Ficferry-Access';

/** Our own as well: what the address was asked for, where that was not a page. */
export const USE_FIELD = 'WARC-Ficferry-Use';

/** What is wrong with a record; the caller knows the file and the place. */
export class Damage extends Error {}

const ACCESSES: readonly Access[] = [
  Object.freeze({ adult: false, account: false }),
  Object.freeze({ adult: true, account: false }),
  Object.freeze({ adult: false, account: true }),
  Object.freeze({ adult: true, account: true }),
];

/** One shared, frozen object for each of the four accesses: a vault of 20,000 captures holds four, not 20,000. */
export function sharedAccess(access: Access): Access {
  return ACCESSES[(access.adult ? 1 : 0) + (access.account ? 2 : 0)] as Access;
}

export function accessWords(access: Access): string {
  const words = [access.adult && 'adult', access.account && 'account'].filter(Boolean);
  return words.join(' ') || 'stranger';
}

/** @returns undefined for anything that {@link accessWords} does not write */
export function accessOfWords(words: string | undefined): Access | undefined {
  return ACCESSES.find((access) => accessWords(access) === words);
}

/** The record of a capture that `storable` made, not yet packed, and the SHA-256 of its body, hexadecimal. */
export async function writeResponse(capture: Capture): Promise<{ content: Uint8Array; digest: string }> {
  const record = makeRecord(
    [
      ['WARC-Type', 'response'],
      ['WARC-Target-URI', capture.url],
      ['WARC-Date', capture.time],
      ['Content-Type', 'application/http; msgtype=response'],
      [ACCESS_FIELD, accessWords(capture.access)],
      ...(capture.use === undefined ? [] : [[USE_FIELD, capture.use] as [string, string]]),
    ],
    capture.body,
  );
  record.httpHeaders = new StatusAndHeaders({
    statusline: `HTTP/1.1 ${capture.status} ${STATUS_CODES[capture.status] ?? ''}`.trimEnd(),
    headers: singleValues(Object.entries(capture.headers)),
  });
  const content = await WARCSerializer.serialize(record);
  return { content, digest: String(record.warcPayloadDigest).slice('sha256:'.length) };
}

/** The record that a WARC begins with: who wrote it and how. */
export function writeWarcinfo(filename: string, time: string): Promise<Uint8Array> {
  const fields = { software: 'ficferry', format: 'WARC File Format 1.1', description: 'Bodies are stored decoded.' };
  const text = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  const record = makeRecord(
    [
      ['WARC-Type', 'warcinfo'],
      ['WARC-Date', time],
      ['WARC-Filename', filename],
      ['Content-Type', 'application/warc-fields'],
    ],
    Buffer.from(text.join('')),
  );
  return WARCSerializer.serialize(record);
}

/**
 * `WARCRecord.create` is not used: it rewrites the address, and it takes a value that holds ",,," for several values
 * (and throws, where that is the address).
 */
function makeRecord(fields: [string, string][], body: Uint8Array): WARCRecord {
  const headers = singleValues([...fields, ['WARC-Record-ID', `<urn:uuid:${randomUUID()}>`]]);
  return new WARCRecord({ warcHeaders: new StatusAndHeaders({ statusline: 'WARC/1.1', headers }), reader: [body] });
}

class SingleValues extends HeadersMultiMap {
  override isMultiValue(): boolean {
    return false;
  }
}

function singleValues(entries: [string, string][]): HeadersMultiMap {
  const headers = new SingleValues();
  for (const [name, value] of entries) headers.set(name, value);
  return headers;
}

/** A record read back. `capture` is absent for records of other types, such as the warcinfo at the beginning. */
export interface StoredRecord {
  capture?: Capture;
  /** SHA-256 of the body, hexadecimal. */
  digest?: string;
}

/**
 * Reads one unpacked record of our own writing.
 * @throws Damage where it is not whole, or its body is not the one that its digest was made of
 */
export function readRecord(content: Buffer): StoredRecord {
  const { first, fields, rest } = splitHead(content);
  if (!first.startsWith('WARC/1.')) throw new Damage('no WARC record begins here');
  const length = Number(fields['content-length'] ?? Number.NaN);
  const tail = rest.subarray(length).toString('latin1');
  if (!Number.isSafeInteger(length) || length < 0 || tail !== '\r\n\r\n') throw new Damage('the record is not whole');
  if (fields['warc-type'] !== 'response') return {};
  return readResponse(fields, rest.subarray(0, length));
}

function readResponse(fields: Record<string, string>, block: Buffer): StoredRecord {
  const http = splitHead(block);
  const status = Number(/^HTTP\/1\.1 (\d{3})(?: |$)/.exec(http.first)?.[1] ?? Number.NaN);
  const access = accessOfWords(fields[ACCESS_FIELD.toLowerCase()]);
  const url = fields['warc-target-uri'];
  const time = fields['warc-date'];
  if (!url || !time || !access || Number.isNaN(status)) throw new Damage('the record lacks a field of its header');
  const digest = sha256(http.rest);
  if (fields['warc-payload-digest'] !== `sha256:${digest}`) throw new Damage('the body does not match its digest');
  const use = CaptureUse.optional().safeParse(fields[USE_FIELD.toLowerCase()]);
  if (!use.success) throw new Damage('the record is of a use that is not known');
  const capture: Capture = { url, time, status, headers: http.fields, body: http.rest, access };
  return { capture: use.data === undefined ? capture : { ...capture, use: use.data }, digest };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A first line, fields by lower-case name, and what stands after the blank line. */
function splitHead(bytes: Buffer): { first: string; fields: Record<string, string>; rest: Buffer } {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) throw new Damage('a header has no end');
  const [first = '', ...lines] = bytes.toString('utf8', 0, end).split('\r\n');
  const entries = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), trimBlanks(line.slice(colon + 1))];
  });
  return { first, fields: Object.fromEntries(entries), rest: bytes.subarray(end + 4) };
}

/** Blanks and tabs only: a no-break space at the end of a value belongs to it. */
export function trimBlanks(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
