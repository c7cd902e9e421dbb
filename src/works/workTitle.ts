/** The title of a work of several posts. */
import type { Config } from '../config.js';
import { partNameOf } from './partNames.js';
import { dayOf, type FicRecord } from './records.js';

/**
 * The title of a work: the one that most posts have (one may misspell it, an interlude may have its own), the first of these as
 * it is written; else the subject, else "Untitled (2009-05-31)".
 */
export function titleOf(records: readonly FicRecord[], config: Config): string {
  const first = records[0] as FicRecord;
  const byKey = new Map<string, string[]>();
  for (const record of records) {
    const title = record.header.title?.trim();
    const key = title ? partNameOf(record, config).title : '';
    if (title && (key || records.length === 1)) byKey.set(key, [...(byKey.get(key) ?? []), title]);
  }
  const [most] = [...byKey.values()].sort((a, b) => b.length - a.length);
  const given = most?.[0] ?? records.map(({ header }) => header.title?.trim()).find((title) => title);
  return given || first.entry.subject?.trim() || `Untitled (${dayOf(first) ?? first.entry.number})`;
}
