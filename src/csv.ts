/** CSV as people open it: RFC 4180, lines ended by CRLF, nothing that runs as a formula. */

/** The whole text, header line first. */
export function csvText(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** A subject such as `=HYPERLINK(…)` would run as a formula where the file is opened: an apostrophe stops it. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
