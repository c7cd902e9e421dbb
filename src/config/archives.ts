import { z } from 'zod';

/** `config/archives.yaml`: what an otwarchive takes. Figures and names from its source at commit f4508f15. */
export const ArchivesFile = z.strictObject({
  archive: z.strictObject({
    ratings: z.array(z.string()),
    /** What `Rating:` must say on a page so that the importer reads the right one ("M", not "Mature"). */
    ratingLabels: z.record(z.string(), z.string()),
    warnings: z.array(z.string()),
    /** Words in the author's warnings → the archive's warning. */
    warningWords: z.record(z.string(), z.array(z.string())),
    categories: z.array(z.string()),
    limits: z.strictObject({
      title: z.number().int(),
      summary: z.number().int(),
      notes: z.number().int(),
      tag: z.number().int(),
      tags: z.number().int(),
      chapterMin: z.number().int(),
      chapterMax: z.number().int(),
      chapters: z.number().int(),
      addressPart: z.number().int(),
      url: z.number().int(),
    }),
    /** Characters no tag may hold. */
    tagForbidden: z.string(),
    /** No path of a bundle may hold these (the importer picks its reader by them). */
    siteNames: z.array(z.string()),
    elements: z.array(z.string()),
    /** Attributes kept, by element; `*` is every element. */
    attributes: z.record(z.string(), z.array(z.string())),
    /** ISO 639-3 (as the detector says it) → the archive's language code. */
    languages: z.record(z.string(), z.string()),
  }),
});
export type ArchivesFile = z.infer<typeof ArchivesFile>;
