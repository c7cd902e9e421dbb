/** What tables and lists of the source are for; only their own parts are looked at, never what is in them. */
import type { Element } from 'domhandler';
import { isElement } from './tree.js';

/** No row has more than one cell: a frame around a page, a text in a box. */
export function isColumn(table: Element): boolean {
  for (const section of table.children) {
    if (!isElement(section)) continue;
    const rows = section.name === 'tr' ? [section] : section.children;
    for (const row of rows) if (isElement(row) && row.name === 'tr' && cells(row) > 1) return false;
  }
  return true;
}

function cells(row: Element): number {
  let count = 0;
  for (const cell of row.children) if (isElement(cell) && (cell.name === 'td' || cell.name === 'th')) count++;
  return count;
}

/** A list has items, a description list has terms or descriptions (or groups of them). */
export function opensList(list: Element): boolean {
  const parts = list.name === 'dl' ? ['dt', 'dd', 'div'] : ['li'];
  return list.children.some((child) => isElement(child) && parts.includes(child.name));
}
