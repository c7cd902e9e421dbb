/** `left-out.csv`: every entry that is in no work, and why. RFC 4180, UTF-8, lines ended by CRLF. */
import type { LeftOut } from '../model.js';

const COLUMNS = ['entry', 'url', 'subject', 'postedAt', 'reason', 'detail'] as const;

/** The whole file, header line first. */
export function leftOutCsv(leftOut: readonly LeftOut[]): string {
  const rows = leftOut.map((entry) => COLUMNS.map((column) => cell(entry[column] ?? '')));
  return [COLUMNS as readonly string[], ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

/** A subject such as `=HYPERLINK(…)` would run as a formula where the file is opened: an apostrophe stops it. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
