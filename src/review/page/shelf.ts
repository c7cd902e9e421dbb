/** What is remembered of the list of works while another view is open: how it is narrowed, where it was left, and its order. */
import type { EntryKey } from '../../model.js';
import { type Filters, NO_FILTERS } from './filters.js';

export const shelf: { filters: Filters; scroll: number; last?: EntryKey; order: EntryKey[] } = {
  filters: NO_FILTERS,
  scroll: 0,
  order: [],
};

/** The work before or behind one, in the order in which she saw the list last. */
export function beside(key: EntryKey, step: 1 | -1): EntryKey | undefined {
  const at = shelf.order.indexOf(key);
  return at < 0 ? undefined : shelf.order[at + step];
}
