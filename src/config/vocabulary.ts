import { z } from 'zod';

const Names = z.strictObject({
  /** Other spellings and short forms: "Bones", "Potter", "SGA". */
  also: z.array(z.string()).default([]),
});

const Character = Names.extend({
  /** What categories are inferred from; left out where it is open. */
  gender: z.enum(['f', 'm']).optional(),
});

/** The archive's kinds of tags, as `Archive` has them. */
export const TagType = z.enum([
  'fandoms',
  'relationships',
  'characters',
  'additionalTags',
  'rating',
  'warnings',
  'categories',
]);
export type TagType = z.infer<typeof TagType>;

const Tag = z.strictObject({ type: TagType, tag: z.string().min(1) });

/** What tag wranglers made of one tag: one tag, several, or tags of other kinds. */
export const Wrangled = Tag.extend({
  to: z.array(Tag).min(1),
  /** Of a relationship. */
  categories: z.array(z.string()).default([]),
});
export type Wrangled = z.infer<typeof Wrangled>;

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
  /** Words that tell how posts hang together; compared by key, as whole words. */
  joining: z.strictObject({
    /** Parts with a name in place of a number, by where they stand in a work. */
    named: z.strictObject({ first: z.array(z.string()), between: z.array(z.string()), last: z.array(z.string()) }),
    /** Beside a link to a story of its own: "sequel to". */
    series: z.array(z.string()),
    /** Beside a link to a list of the parts, and at the end of such a post's title: "masterpost". */
    index: z.array(z.string()),
    /** Of a link to the next or the previous part. */
    next: z.array(z.string()),
    previous: z.array(z.string()),
    /** "continued", before one of `places` ("in comments") or before a link to where the text goes on. */
    goesOn: z.array(z.string()),
    places: z.array(z.string()),
    /** Before another story's title, by what this one is to it. */
    related: z.strictObject({
      sequel: z.array(z.string()),
      prequel: z.array(z.string()),
      companion: z.array(z.string()),
    }),
    /** "verse", "series"; before them the name, before that a joint ("of the"), before that a number or a word for a part. */
    seriesNouns: z.array(z.string()),
    seriesJoints: z.array(z.string()),
    seriesParts: z.array(z.string()),
    /** Of a link to the story where the post holds hardly any: "read here". */
    reads: z.array(z.string()),
  }),
  /** What `ficferry tags` read of a wranglers' table; it counts more than all of the above. */
  wrangled: z.array(Wrangled).default([]),
  /** First words of a title that don't count when titles are compared, lower case. */
  articles: z.array(z.string()),
  /** Words that stay small inside a name in title case. */
  smallWords: z.array(z.string()),
});
export type VocabularyFile = z.infer<typeof VocabularyFile>;
