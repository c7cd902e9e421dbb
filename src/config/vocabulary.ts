import { z } from 'zod';

const Names = z.strictObject({
  /** Other spellings and short forms: "Bones", "Potter", "SGA". */
  also: z.array(z.string()).default([]),
});

const Character = Names.extend({
  /** What categories are inferred from; left out where it is open. */
  gender: z.enum(['f', 'm']).optional(),
});

/** `config/vocabulary.yaml`: the archive's spellings of fandoms, characters, relationships and tags. */
export const VocabularyFile = z.strictObject({
  fandoms: z.record(
    z.string(),
    Names.extend({
      /** First and last names are short forms by themselves where one character alone has them. */
      characters: z.record(z.string(), Character).default({}),
      /** Run-together and smush names: "McShep" → "Rodney McKay/John Sheppard". */
      relationships: z.record(z.string(), Names).default({}),
    }),
  ),
  /** Characters that every fandom may have: "Original Male Character(s)". No short forms but the listed ones. */
  anyFandom: z.record(z.string(), Character).default({}),
  /** Additional tags the archive knows: "Angst", "Alternate Universe - College/University". */
  tags: z.record(z.string(), Names),
  /** The archive's category → words that say it outright, lower case. */
  categories: z.record(z.string(), z.array(z.string())),
  /** Header labels whose value may be a category: "Category", "Type". Lower case. */
  categoryLabels: z.array(z.string()),
  /** First words of a title that don't count when titles are compared, lower case. */
  articles: z.array(z.string()),
  /** Words that stay small inside a name in title case. */
  smallWords: z.array(z.string()),
});
export type VocabularyFile = z.infer<typeof VocabularyFile>;
