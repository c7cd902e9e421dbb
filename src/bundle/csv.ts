/** `left-out.csv`: every entry that is in no work, and why. */
import { csvText } from '../common/csv.js';
import type { LeftOut } from '../model.js';

const COLUMNS = ['entry', 'url', 'subject', 'postedAt', 'reason', 'detail'] as const;

/** The whole file, header line first. */
export function leftOutCsv(leftOut: readonly LeftOut[]): string {
  return csvText(
    COLUMNS,
    leftOut.map((entry) => COLUMNS.map((column) => entry[column] ?? '')),
  );
}
