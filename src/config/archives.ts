import { z } from 'zod';
import { TagType } from './vocabulary.js';

/** `config/archives.yaml`: what an otwarchive takes. Figures and names from its source at commit f4508f15. */
export const ArchivesFile = z.strictObject({
  archive: z.strictObject({
    ratings: z.array(z.string()),
    /** What `Rating:` must say on a page so that the importer reads the right one ("M", not "Mature"). */
    ratingLabels: z.record(z.string(), z.string()),
    warnings: z.array(z.string()),
    /** The warning that claims nothing; used where the author named none. */
    undecidedWarning: z.string(),
    /** The archive's warning → words in the author's warnings that say the same, lower case. */
    warningWords: z.record(z.string(), z.array(z.string())),
    /** Phrases that hold a warning's word and mean something else: "underage drinking". */
    notWarnings: z.array(z.string()),
    /** What authors write where they have nothing to warn of, lower case; more words may follow ("none that I know of"). */
    noWarnings: z.array(z.string()),
    /** Words that, before a warning's words in the same clause, take it back ("no character death"). */
    negations: z.array(z.string()),
    /** Words at which a new clause begins, beside commas: "no warnings except …". */
    clauseWords: z.array(z.string()),
    /** Words that, shortly before or after a warning's words, leave it open, so that the author is asked ("implied non-con"). */
    warningRemarks: z.array(z.string()),
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
      firstYear: z.number().int(),
    }),
    /** The import API. Its limits are exclusive at 200; times in seconds. */
    api: z.strictObject({
      /** Below the archive's address. */
      works: z.string(),
      search: z.string(),
      worksAtOnce: z.number().int().positive(),
      urlsAtOnce: z.number().int().positive(),
      /** Between two requests. */
      pause: z.number().nonnegative(),
      /** An answer is waited for so long, and so long again for each page that the archive fetches; a browser's patience is no measure. */
      answer: z.number().positive(),
      answerPage: z.number().positive(),
      /** An import whose answer was lost counts as over when no work came of it for so long. */
      settle: z.number().positive(),
      /** Before a request that failed is made again; doubled with each further try. */
      retry: z.number().positive(),
      /** The longest wait that is honoured where the archive asks for one. */
      longestWait: z.number().positive(),
    }),
    /** The tables that Open Doors archivists work with. */
    openDoors: z.strictObject({
      /** Table → column → what it holds: `id`, `int`, `flag`, `datetime`, `text` (of any length), or a number: so many characters. */
      tables: z.record(
        z.enum(['authors', 'stories', 'chapters', 'story_links']),
        z.record(z.string(), z.union([z.enum(['id', 'int', 'flag', 'datetime', 'text']), z.number().int().positive()])),
      ),
      /** The columns of "NAME - tags.csv", by what is in them. */
      tagSheet: z.strictObject({
        id: z.string(),
        tag: z.string(),
        type: z.string(),
        parent: z.string(),
        description: z.string(),
        fandom: z.string(),
        recommended: z.string(),
        recommendedType: z.string(),
        category: z.string(),
        notes: z.string(),
        used: z.string(),
      }),
      /** The columns of "NAME - authors with stories.csv", by what is in them. */
      storySheet: z.strictObject({
        id: z.string(),
        title: z.string(),
        summary: z.string(),
        creator: z.string(),
        email: z.string(),
        newEmail: z.string(),
        account: z.string(),
        searched: z.string(),
        onArchive: z.string(),
        status: z.string(),
        importer: z.string(),
        date: z.string(),
        link: z.string(),
        notes: z.string(),
      }),
      /** What tag wranglers call the archive's kinds of tags; the first is how we write it. */
      types: z.record(TagType, z.array(z.string()).min(1)),
    }),
    /** What archives forbid, or ask archivists to take out. */
    promotion: z.strictObject({
      /** Stands where something was taken out. */
      removed: z.string(),
      /** Words for "@" and "." in disguised addresses, and the endings by which those without brackets are known. */
      at: z.array(z.string()),
      dot: z.array(z.string()),
      endings: z.array(z.string()),
      /** Hosts that take money; `*` in a host is its ending, in a path anything. Their subdomains count too. */
      hosts: z.array(z.string()),
      /** Words that ask for money, without case; a space is a space or a hyphen. */
      words: z.array(z.string()),
    }),
    /** Characters no tag may hold. */
    tagForbidden: z.string(),
    /** No path of a bundle may hold these (the importer picks its reader by them). */
    siteNames: z.array(z.string()),
    /** File names that Windows keeps for itself, lower case. */
    reservedNames: z.array(z.string()),
    elements: z.array(z.string()),
    /** Attributes kept, by element; `*` is every element. */
    attributes: z.record(z.string(), z.array(z.string())),
    /** The archive's own forms → fields → where each stands; the order is that of filling in. */
    forms: z.record(
      z.enum(['work', 'chapter', 'import']),
      z.record(
        z.string(),
        z.strictObject({
          name: z.string(),
          shows: z.string().optional(),
          among: z.string().optional(),
          tells: z.boolean().optional(),
        }),
      ),
    ),
    /** ISO 639-3 (as the detector says it) → the archive's language code. */
    languages: z.record(z.string(), z.string()),
    /** The archive's language code → the commonest small words of that language, lower case. */
    functionWords: z.record(z.string(), z.array(z.string())),
    /** The archive's language code → what a header may call that language, lower case. */
    languageNames: z.record(z.string(), z.array(z.string())),
    /** Lower-case letters that don't decompose into ASCII → how they are written in addresses. */
    transliteration: z.record(z.string(), z.string()),
  }),
});
export type ArchivesFile = z.infer<typeof ArchivesFile>;
