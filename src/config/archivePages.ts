import { z } from 'zod';

/** The first selector that finds something counts. */
const Selectors = z.array(z.string().min(1));

/** One kind of page that lists works. */
const List = z.strictObject({
  /** A page that has one of these is such a list, with works or without. */
  page: Selectors,
  /** One work each. Everything below is looked for within it. */
  item: z.string(),
  /** What marks the works of who is logged in; where any item has it, the others are passed over. */
  own: z.string().optional(),
  /** Title and address. */
  link: Selectors,
  /** A field whose value is the work's number, which stands even where a browser rewrote the link. */
  box: Selectors.optional(),
  fandoms: Selectors.optional(),
  /** Where the item names no fandom: what stands around it and names one for several works, and where in that. */
  group: z.string().optional(),
  groupName: Selectors.optional(),
  words: Selectors.optional(),
  chapters: Selectors.optional(),
  updated: Selectors.optional(),
  restricted: Selectors.optional(),
  draft: Selectors.optional(),
  /** What stands after the title of a draft. */
  draftMark: z.string().optional(),
});
export type ListShape = z.infer<typeof List>;

/** `config/archive-pages.yaml`: pages on which an otwarchive lists an author's works, as she saved them. */
export const ArchivePagesFile = z.strictObject({
  archivePages: z.strictObject({
    home: z.string(),
    aliases: z.array(z.string()),
    /** By kind, the one that tells most first. */
    lists: z.record(z.string(), List),
    noFandoms: z.array(z.string()),
    fandomJoint: z.string(),
    /** The beginnings of the months' names, January first, lower case. */
    months: z.array(z.string()).length(12),
    pageNow: Selectors,
    pageOthers: z.string(),
    yearNow: Selectors,
    others: z.array(z.strictObject({ is: z.string(), selector: z.string() })),
    words: z.strictObject({
      nearShare: z.number(),
      nearWords: z.number(),
      farTimes: z.number(),
      tellingWords: z.number(),
    }),
  }),
});
export type ArchivePagesFile = z.infer<typeof ArchivePagesFile>;
