/** What is counted while an author types, by the rules that the bundle is held against. */
import { proseLength, titleLength } from '../../bundle/lengths.js';
import { characters, tagTrouble } from '../../bundle/tags.js';
import type { Limits } from '../model.js';

/** How much of a limit a text takes. */
export interface Count {
  used: number;
  limit: number;
}

/** Title and prose as the HTML they become; undefined for fields without a limit. */
export function countOf(field: string, text: string, limits: Limits): Count | undefined {
  if (field === 'title' || field === 'chapterTitle') return { used: titleLength(text), limit: limits.title };
  if (field === 'summary') return { used: proseLength(text), limit: limits.summary };
  if (field === 'notes' || field === 'endNotes') return { used: proseLength(text), limit: limits.notes };
  return undefined;
}

export function countTag(name: string, limits: Limits): Count {
  return { used: characters(name), limit: limits.tag };
}

/** Why the archive takes no such tag: the end of a sentence. */
export function troubleOf(name: string, limits: Limits): string | undefined {
  return tagTrouble(name, { tagForbidden: limits.forbiddenInTags.join(''), limits: { tag: limits.tag } });
}

/** Whether it is time to show how much is left. */
export function isNear({ used, limit }: Count): boolean {
  return used >= limit * 0.8;
}
