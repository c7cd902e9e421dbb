/** CSV as people open it: RFC 4180, lines ended by CRLF, nothing that runs as a formula. */

/** The whole text, header line first. */
export function csvText(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

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
