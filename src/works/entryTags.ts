/** The journal's tags, taken apart: "character: mark sloan" says what it is, "angst" does not. */
import type { Config } from '../config.js';
import type { HeaderField } from '../model.js';
import { keyOf } from './words.js';

export interface EntryTag {
  /** As the journal shows it. */
  raw: string;
  /** What its prefix names, where the labels know the prefix. */
  field?: HeaderField;
  /** The prefix itself, lower case, known or not. */
  prefix?: string;
  value: string;
}

/** Splits each tag at its first colon; a tag without one is all value. */
export function readTags(tags: readonly string[], { tagPrefixes }: Pick<Config, 'tagPrefixes'>): EntryTag[] {
  const fields = new Map<string, HeaderField>();
  for (const [field, prefixes] of Object.entries(tagPrefixes)) {
    for (const prefix of prefixes ?? []) fields.set(keyOf(prefix), field as HeaderField);
  }
  return tags.map((raw) => {
    const colon = raw.indexOf(':');
    const value = raw.slice(colon + 1).trim();
    if (colon < 1 || !value) return { raw, value: raw.trim() };
    const prefix = keyOf(raw.slice(0, colon));
    const field = fields.get(prefix);
    return { raw, prefix, value, ...(field && { field }) };
  });
}

/** Values of the tags with this field's prefix. */
export function tagged(tags: readonly EntryTag[], field: HeaderField): EntryTag[] {
  return tags.filter((tag) => tag.field === field);
}
