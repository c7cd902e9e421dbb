import { z } from 'zod';

const Names = z.strictObject({
  /** Other spellings and short forms: "Mark", "Kirk", "SGA". */
  also: z.array(z.string()).default([]),
});

/** `config/vocabulary.yaml`: the archive's spellings of fandoms, characters, relationships and tags. */
export const VocabularyFile = z.strictObject({
  fandoms: z.record(
    z.string(),
    Names.extend({
      characters: z.record(z.string(), Names).default({}),
      /** Run-together and smush names: "McShep" → "Rodney McKay/John Sheppard". */
      relationships: z.record(z.string(), Names).default({}),
    }),
  ),
  /** Additional tags the archive knows: "Angst", "Alternate Universe - College/University". */
  tags: z.record(z.string(), Names),
  /** Words → the archive's category. */
  categories: z.record(z.string(), z.array(z.string())),
});
export type VocabularyFile = z.infer<typeof VocabularyFile>;
