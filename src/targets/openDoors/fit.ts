/** Cells within the widths of their columns. What does not fit is cut between tags and never within one, and is told. */
import type { ArchivesFile } from '../../config/archives.js';
import type { Cell, Row } from './rows.js';

export type Tables = ArchivesFile['archive']['openDoors']['tables'];
export type TableName = keyof Tables;

export interface Cut {
  title: string;
  column: string;
  /** How many characters the column holds. */
  width: number;
  /** What was left out, as it stood there. */
  without: string;
}

/** Columns that are lists, parted by ", ". */
const LISTS = new Set(['categories', 'tags', 'warnings', 'fandoms', 'characters', 'relationships']);
const REMARKS = 'import_notes';

/** Columns of HTML, in which a tab can be written as a reference. */
const HTML = new Set(['summary', 'notes', 'text']);

/**
 * A text without characters that spreadsheet programs drop or databases' clients stumble over: control characters say nothing in a name, and
 * in HTML nothing either but for the tab. Lines end as the web's do.
 */
export function plainly(text: string, isHtml = false): string {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\t/g, isHtml ? '&#9;' : ' ');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return lines.replace(/[\x00-\x08\x0b-\x1f\x7f]/g, isHtml ? '' : ' ');
}

/** The row with each text in its column's width; what was cut is named in its remarks, where there are any. */
export function fitted(table: TableName, row: Row, tables: Tables): { row: Row; cuts: Cut[] } {
  const cuts: Cut[] = [];
  const fit: Row = {};
  for (const [column, kind] of Object.entries(tables[table])) {
    const raw = row[column] ?? null;
    const value = typeof raw === 'string' ? plainly(raw, HTML.has(column)) : raw;
    fit[column] = typeof kind === 'number' && typeof value === 'string' ? cell(column, value, kind, cuts) : value;
  }
  const width = tables[table][REMARKS];
  if (cuts.length > 0 && typeof width === 'number') {
    const told = cuts.map(({ column, without }) => `Left out of ${column}: ${without}`);
    fit[REMARKS] = short([row[REMARKS], ...told].filter(Boolean).join('. '), width);
  }
  return { row: fit, cuts };
}

function cell(column: string, value: string, width: number, cuts: Cut[]): Cell {
  if (lengthOf(value) <= width) return value;
  const kept = LISTS.has(column) ? whole(value.split(', '), width) : short(value, width);
  const without = LISTS.has(column) ? value.slice(kept.length).replace(/^, /, '') : value.slice(kept.length - 1);
  cuts.push({ title: '', column, width, without });
  return kept;
}

/** As many of the first ones as fit. */
function whole(items: readonly string[], width: number): string {
  let text = '';
  for (const item of items) {
    const longer = text === '' ? item : `${text}, ${item}`;
    if (lengthOf(longer) > width) return text;
    text = longer;
  }
  return text;
}

function short(text: string, width: number): string {
  const letters = [...text];
  return letters.length <= width ? text : `${letters.slice(0, width - 1).join('')}…`;
}

/** Databases count characters, an emoji as one. */
function lengthOf(text: string): number {
  return [...text].length;
}
