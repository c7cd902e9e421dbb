/** CSV as people open it, and as their spreadsheets save it again. */
import { parse } from 'csv-parse/sync';

/** RFC 4180, lines ended by CRLF, nothing that runs as a formula. The whole text, header line first. */
export function csvText(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** Before a text that spreadsheets are to read as UTF-8: without it some take it for the machine's own charset. */
export const BYTE_ORDER_MARK = '\ufeff';

/** What spreadsheets take for the beginning of a formula: the signs, wide ones too, and blanks that they pass over before one. */
const FORMULA = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/**
 * A subject such as `=HYPERLINK(…)` would run as a formula where the file is opened: an apostrophe before it stops that. So does one
 * more where apostrophes stand before such a sign already; whoever reads the file takes one away where that is what a value begins with.
 */
function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line of a table, by the columns' names in lower case; a column that the table lacks is an empty text. */
export interface CsvRow {
  /** 1-based, where the row begins. */
  line: number;
  cell: (column: string) => string;
}

export interface CsvTable {
  /** As they stand there. */
  columns: string[];
  /** Rows that hold nothing at all are left out. */
  rows: CsvRow[];
}

/**
 * Reads what `csvText` or a spreadsheet wrote: with or without a byte order mark, parted by commas, semicolons (where commas part
 * decimals) or tabs, in UTF-8 or, as older programs save it, UTF-16 or Windows-1252. Blanks around a value go.
 * @throws Error whose message says what is wrong with which line
 */
export function readCsv(bytes: Uint8Array): CsvTable {
  const text = decode(bytes);
  const records = parse(text, {
    bom: true,
    delimiter: delimiterOf(text),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  }) as unknown as { record: string[]; info: { lines: number } }[];
  const [head, ...body] = records;
  const columns = (head?.record ?? []).map((name) => plain(name));
  const places = new Map(columns.map((name, index) => [name.toLowerCase(), index]));
  const rows = body
    .filter(({ record }) => record.some((value) => value !== ''))
    .map(({ record, info }): CsvRow => {
      const inside = record.reduce((sum, value) => sum + value.split('\n').length - 1, 0);
      return {
        line: info.lines - inside,
        cell: (column) => plain(record[places.get(column.toLowerCase()) ?? -1] ?? ''),
      };
    });
  return { columns, rows };
}

/** The value without the apostrophe that `cell` put before a sign. */
function plain(text: string): string {
  return text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text;
}

function decode(bytes: Uint8Array): string {
  const mark = Buffer.from(bytes.subarray(0, 2)).toString('hex');
  if (mark === 'fffe') return new TextDecoder('utf-16le').decode(bytes);
  if (mark === 'feff') return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** The one that stands most often in the header line, outside of quotes. */
function delimiterOf(text: string): string {
  const head = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '');
  const often = (mark: string) => head.split(mark).length;
  return [';', '\t'].reduce((most, mark) => (often(mark) > often(most) ? mark : most), ',');
}
