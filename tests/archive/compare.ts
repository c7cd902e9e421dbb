/** A work that the stand-in keeps, held against the bundle's, field by field. */
import { load } from 'cheerio';
import { expect } from 'vitest';
import type { BundleWork } from '../../src/bundle/index.js';
import { textToHtml } from '../../src/text/index.js';
import type { StoredWork } from './store.js';

/** What a reader sees of it, blanks apart. */
export const words = (html: string) =>
  load(html.replace(/<(?=\/?(?:p|br|hr))/gi, ' <'), null, false)
    .text()
    .replace(/\s+/g, ' ')
    .trim();

/** @param textOf a chapter's text where it is to be compared */
export function expectStored(
  stored: StoredWork | undefined,
  one: BundleWork,
  textOf: (index: number) => string | undefined,
): void {
  const { rating, warnings, categories, fandoms, relationships, characters, additionalTags, title, language } =
    stored as StoredWork;
  const lists = { rating, warnings, categories, fandoms, relationships, characters, additionalTags };
  const sorted = (value: object) =>
    JSON.parse(JSON.stringify(value, (_, some) => (Array.isArray(some) ? [...some].sort() : some)));
  expect(sorted({ ...lists, title, language })).toEqual(
    sorted({ ...one.archive, title: one.title, language: one.language }),
  );
  expect(words(stored?.summary ?? '')).toBe(words(textToHtml(one.summary ?? '')));
  expect(words(stored?.notes ?? '')).toBe(words(textToHtml(one.notes ?? '')));
  expect(stored?.chapters.map((has) => [has.title, has.date])).toEqual(
    one.chapters.map((had) => [had.title ?? '', had.postedAt?.slice(0, 10)]),
  );
  for (const [index, has] of stored?.chapters.entries() ?? []) {
    const text = textOf(index);
    if (text !== undefined) expect(words(has.content)).toBe(words(text));
  }
}
