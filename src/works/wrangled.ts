/** Tags as wranglers want them: laid over what was read and spelled, under what an author decided. */
import type { TagType, Wrangled } from '../config/vocabulary.js';
import type { Archive, EvidenceByField } from '../model.js';
import { distinct, keyOf } from './words.js';

const LISTS = ['fandoms', 'relationships', 'characters', 'additionalTags', 'warnings', 'categories'] as const;

/**
 * Each tag that a wrangler knows becomes what she made of it, in its place, or among the tags of another kind. Tags are known by type, and
 * without regard to case, accents and marks.
 */
export function wrangle(
  archive: Archive,
  wrangled: readonly Wrangled[],
): { archive: Archive; evidence: EvidenceByField } {
  if (wrangled.length === 0) return { archive, evidence: {} };
  const known = indexOf(wrangled);
  const next: Record<TagType, string[]> = {
    fandoms: [],
    relationships: [],
    characters: [],
    additionalTags: [],
    rating: [],
    warnings: [],
    categories: [],
  };
  const notes = new Map<TagType, string[]>();
  const more: string[] = [];
  for (const type of ['rating', ...LISTS] as const) {
    for (const tag of [archive[type]].flat()) {
      const made = known.get(`${type} ${keyOf(tag)}`);
      if (!made) next[type].push(tag);
      for (const one of made?.to ?? []) {
        next[one.type].push(one.tag);
        if (one.type !== type || one.tag !== tag) note(notes, one.type, `${tag} → ${one.tag}`);
      }
      for (const category of made?.categories ?? []) {
        more.push(category);
        if (!archive.categories.includes(category)) note(notes, 'categories', `${tag}: ${category}`);
      }
    }
  }
  const lists = Object.fromEntries(LISTS.map((type) => [type, distinct(next[type])]));
  const categories = distinct([...next.categories, ...more]);
  return {
    archive: { ...archive, ...lists, rating: next.rating[0] ?? archive.rating, categories },
    evidence: Object.fromEntries(
      [...notes].map(([type, said]) => [
        `archive.${type}`,
        { from: 'decision', raw: `tag wranglers: ${distinct(said, (text) => text).join('; ')}` },
      ]),
    ),
  };
}

function note(notes: Map<TagType, string[]>, type: TagType, text: string): void {
  notes.set(type, [...(notes.get(type) ?? []), text]);
}

const made = new WeakMap<readonly Wrangled[], Map<string, Wrangled>>();

/** By type and key; made once for a table. */
function indexOf(wrangled: readonly Wrangled[]): Map<string, Wrangled> {
  const known = made.get(wrangled) ?? new Map(wrangled.map((one) => [`${one.type} ${keyOf(one.tag)}`, one]));
  made.set(wrangled, known);
  return known;
}
