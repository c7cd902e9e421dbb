/** An entry whose text went through a wrong conversion once → the same with its text mended where that is certain. */
import { decodeHTML } from 'entities';
import type { Entry } from '../model.js';
import { mendLatinised } from './latinised.js';
import { mendMisreadings } from './mojibake.js';
import { type Mended, sumOf, type Text } from './places.js';

/** Texts of an entry that people wrote; their names on the page are of ASCII letters. */
const FACTS = ['subject', 'mood', 'music', 'location'] as const;

/** The same entry where nothing is broken. What was mended, and what was left, it says itself. */
export function mendEntry(entry: Entry): Entry {
  const named = FACTS.filter((name) => entry[name] !== undefined);
  const texts: Text[] = [
    ...named.map((name) => ({ text: entry[name] as string, html: false })),
    ...entry.tags.map((text) => ({ text, html: false })),
    { text: entry.body.html, html: true },
  ];
  const first = mendMisreadings(texts);
  const second = mendLatinised(texts.map(({ html }, at) => ({ text: first.texts[at] as string, html })));
  const facts = damage(sumOf(first, second));
  if (!facts.mended && !facts.garbled) return entry;
  const { texts: now } = second;
  return {
    ...entry,
    ...Object.fromEntries(named.map((name, at) => [name, now[at]])),
    tags: now.slice(named.length, -1),
    body: { ...entry.body, html: now.at(-1) as string },
    ...facts,
  };
}

/** The facts, with their first example as readers see it. */
function damage({ mended, left }: Omit<Mended, 'texts'>): Pick<Entry, 'mended' | 'garbled'> {
  return {
    ...(mended && {
      mended: { places: mended.places, raw: decodeHTML(mended.first), read: decodeHTML(mended.now) },
    }),
    ...(left && { garbled: { places: left.places, raw: decodeHTML(left.first) } }),
  };
}
