/** How a misfit is told. */
import type { Work } from '../model.js';
import type { Misfit } from './format.js';

export const MEND = 'Change it in decisions.yaml and run "ficferry bundle" again.';

/** Where in a work it is. */
export interface Place {
  field: string;
  /** From 1. */
  chapter?: number;
}

/** @param said a clause, without the full stop */
export function misfit(work: Work, place: Place, kind: Misfit['kind'], said: string, advice: string): Misfit {
  return { work: work.slug, title: work.title, ...place, kind, message: `"${work.title}": ${said}.`, advice };
}

/** How `decisions.yaml` names a work. */
export function keyOf(work: Work): string {
  return work.chapters[0]?.entry ?? 'its first post';
}
