/**
 * What `data/bundle.json` holds: the works as planned, where their files stand in the bag, and everything that was
 * left out or does not fit. `data/bundle.schema.json` is made from this.
 */
import { z } from 'zod';
import { Chapter, LeftOut, Work } from '../model.js';

/** A place where a work breaks a rule of the archive, or may. It is packed for people all the same. */
export const Misfit = z.object({
  /** The work's slug. */
  work: z.string(),
  title: z.string(),
  /** Name of the field in `Work` or `Chapter`, such as `summary` or `fandoms`. */
  field: z.string(),
  /** The chapter's position, where it is about a chapter. */
  chapter: z.number().int().positive().optional(),
  /**
   * `limit`: the archive would refuse it; `missing`: the archive would fill in a word of its own. `look`: its machine takes it,
   * but it is against the archive's rules or for the author to look at; the work counts as ready all the same.
   */
  kind: z.enum(['limit', 'missing', 'look']),
  /** What is wrong, in one sentence naming work and field. */
  message: z.string(),
  /** What the author can do about it. */
  advice: z.string(),
});
export type Misfit = z.infer<typeof Misfit>;

/** Whether a work with this is kept back from importers. */
export function keepsBack({ kind }: Misfit): boolean {
  return kind !== 'look';
}

/** Paths are relative to the bag's `data/`. The chapters of a work that is not `isOpen` have no page. */
export const BundleChapter = Chapter.extend({ markdown: z.string(), page: z.string().optional() });
export type BundleChapter = z.infer<typeof BundleChapter>;

/** A picture that a work shows: where it stands in the bag, or why it doesn't. */
export const BundlePicture = z.object({
  /** Where the text has it from. */
  url: z.string(),
  /** What the text says in its place. */
  alt: z.string().optional(),
  /** Position of the first chapter that shows it. */
  chapter: z.number().int().positive(),
  file: z.string().optional(),
  /** Where there is no file; a clause for people. Its text then has a link in its place. */
  missing: z.string().optional(),
});
export type BundlePicture = z.infer<typeof BundlePicture>;

/** `pictures` is absent where pictures were not asked for, or there are none. */
export const BundleWork = Work.extend({
  sheet: z.string(),
  chapters: z.array(BundleChapter).min(1),
  pictures: z.array(BundlePicture).optional(),
});
export type BundleWork = z.infer<typeof BundleWork>;

/** Tags that the archive may not have yet; its volunteers would sort each by hand. */
export const NewTags = z.object({
  fandoms: z.array(z.string()),
  characters: z.array(z.string()),
  relationships: z.array(z.string()),
  additionalTags: z.array(z.string()),
  total: z.number().int().nonnegative(),
});
export type NewTags = z.infer<typeof NewTags>;

export const Bundle = z.object({
  format: z.literal('ficferry-bundle'),
  version: z.literal(1),
  journal: z.string(),
  works: z.array(BundleWork),
  leftOut: z.array(LeftOut),
  misfits: z.array(Misfit),
  newTags: NewTags,
});
export type Bundle = z.infer<typeof Bundle>;

/** The JSON Schema (draft 2020-12) of `bundle.json`, as an object ready to be written. */
export function bundleSchema(): Record<string, unknown> {
  return { title: 'ficferry bundle, version 1', ...z.toJSONSchema(Bundle) };
}

/** Whether a work may stand where everybody can read it: its journal shows it to all, and nobody who wrote it keeps it back. */
export function isOpen({ restricted, withheld }: Pick<Work, 'restricted' | 'withheld'>): boolean {
  return !restricted && !withheld;
}

/** The works that the archive takes as they are. One that is not open is never sent. */
export function readyWorks({ works, misfits }: Pick<Bundle, 'works' | 'misfits'>): BundleWork[] {
  const unfit = new Set(misfits.filter(keepsBack).map((misfit) => misfit.work));
  return works.filter((work) => isOpen(work) && !work.onArchive && !unfit.has(work.slug));
}
