/** The index beside a WARC: one line for each capture, `SURT TIMESTAMP {JSON}`, all ASCII. */
import { getSurt } from 'warcio';
import { z } from 'zod';
import { type Access, type Capture, CaptureUse } from '../../model.js';
import { accessOfWords, accessWords } from './record.js';

/** Where a capture lies in its WARC, and what is known of it without reading it. */
export interface IndexEntry {
  url: string;
  time: string;
  status: number;
  access: Access;
  use?: CaptureUse;
  /** Bytes from the beginning of the WARC, and of the packed record. */
  offset: number;
  length: number;
  /** The line itself, with its newline. */
  line: string;
}

const Whole = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);

/** Numbers are strings, as other tools write them. `time` (with milliseconds), `access` and `use` are our own. */
const IndexJson = z.object({
  url: z.string(),
  mime: z.string().optional(),
  status: Whole,
  digest: z.string(),
  length: Whole,
  offset: Whole,
  filename: z.string(),
  time: z.iso.datetime(),
  access: z.string(),
  use: CaptureUse.optional(),
});

export function indexEntry(
  capture: Capture,
  place: { offset: number; length: number; filename: string; digest: string },
): IndexEntry {
  const json = {
    url: capture.url,
    mime: capture.headers['content-type']?.split(';', 1)[0]?.trim() || undefined,
    status: String(capture.status),
    digest: place.digest,
    length: String(place.length),
    offset: String(place.offset),
    filename: place.filename,
    time: capture.time,
    access: accessWords(capture.access),
    use: capture.use,
  };
  const { url, time, status, access, use } = capture;
  const line = `${getSurt(url)} ${timestamp(time)} ${asciiJson(json)}\n`;
  return { url, time, status, access, ...(use && { use }), offset: place.offset, length: place.length, line };
}

function timestamp(time: string): string {
  return time.replace(/[-:T]/g, '').slice(0, 14);
}

/** ASCII alone, so that sorting strings here and sorting bytes elsewhere give one order. */
function asciiJson(value: object): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export interface ParsedIndex {
  /** By place in the WARC, each once. */
  entries: IndexEntry[];
  /** True where every line was whole and none stood twice. */
  whole: boolean;
  /** True where the lines stand in the order that other tools search in. */
  sorted: boolean;
}

/** Reads what can be read; a torn, filled or foreign line is left out and makes the index not `whole`. */
export function parseIndex(text: string): ParsedIndex {
  const lines = text.split('\n');
  let whole = lines.pop() === '';
  let sorted = true;
  let before = '';
  const entries: IndexEntry[] = [];
  for (const line of lines) {
    const entry = parseLine(line);
    if (!entry) {
      whole = false;
      continue;
    }
    if (line < before) sorted = false;
    before = line;
    entries.push(entry);
  }
  entries.sort((a, b) => a.offset - b.offset);
  const once = entries.filter((entry, i) => entry.line !== entries[i - 1]?.line);
  return { entries: once, whole: whole && once.length === entries.length, sorted };
}

function parseLine(line: string): IndexEntry | undefined {
  const brace = line.indexOf(' {');
  if (brace < 0) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(line.slice(brace + 1));
  } catch {
    return undefined;
  }
  const result = IndexJson.safeParse(json);
  const access = result.success ? accessOfWords(result.data.access) : undefined;
  if (!result.success || !access) return undefined;
  const { url, time, status, use, offset, length } = result.data;
  // The key is made of the rest, so a damaged address or time shows here and not only when the record is read.
  if (line.slice(0, brace) !== `${getSurt(url)} ${timestamp(time)}`) return undefined;
  return { url, time, status, access, ...(use && { use }), offset, length, line: `${line}\n` };
}

/** The lines in the order that other tools search in: by bytes, as `LC_ALL=C sort` does. */
export function sortLines(lines: string[]): string {
  return lines.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).join('');
}
