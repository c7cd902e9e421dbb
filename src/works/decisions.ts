/**
 * `decisions.yaml`: what the author decided, laid over what was read. Only `ficferry review` writes there, what she decides on its
 * page, line by line: her own lines and comments stay.
 *
 * Three parts, each optional: `entries` (one post), `works` (one work), `rules` (everywhere). `docs/decisions.md`
 * shows them with an example; the schema below is the whole of it, and an unknown key is a mistake with its line.
 */
import { z } from 'zod';
import { checkYaml } from '../config.js';
import { Archive, EntryKey, Header, Redact } from '../model.js';

/** Every field may be given a value, or `null` for "this isn't there, whatever was read". */
function clearable<Shape extends z.ZodRawShape>(shape: Shape) {
  const entries = Object.entries(shape).map(([name, type]) => [name, (type as z.ZodType).nullable().optional()]);
  return z.strictObject(
    Object.fromEntries(entries) as { [Name in keyof Shape]: z.ZodOptional<z.ZodNullable<Shape[Name]>> },
  );
}

/** A header's fields as they should have been read: in the author's words ("Mark/Alex", rating "R"). */
const HeaderFields = clearable(Header.shape);

const ArchiveShape = {
  /** One of the archive's ratings: "Mature". */
  rating: Archive.shape.rating,
  /** The archive's warnings; the only way to say "No Archive Warnings Apply". */
  warnings: Archive.shape.warnings,
  /** Gen, F/M, M/M, F/F, Multi, Other. */
  categories: Archive.shape.categories,
  fandoms: Archive.shape.fandoms,
  relationships: Archive.shape.relationships,
  characters: Archive.shape.characters,
  additionalTags: Archive.shape.additionalTags,
};

/** Facts in the archive's words, used as they are: a list given here replaces the whole list. */
const ArchiveFields = z.strictObject(ArchiveShape).partial();

/** `entries: {site/journal/number: …}`: one post. */
export const EntryDecision = z.strictObject({
  /** `fic` where the reading missed a story, `other` where it saw one that isn't. */
  kind: z.enum(['fic', 'other']).optional(),
  /** Leaves the post out: `true`, or the reason in the author's words. */
  leaveOut: z.union([z.literal(true), z.string().min(1)], { error: 'true or a reason was expected' }).optional(),
  /** Header fields, in place of what was read; `null` clears one. */
  fields: HeaderFields.optional(),
  /** Facts in the archive's words, for the work this post is in. The first chapter that gives one wins. */
  archive: ArchiveFields.optional(),
  /** Joins posts into one work: the same name on each, or the key of another post of that work. */
  work: z.string().min(1).optional(),
  /** Never joined with another post by its title. */
  separate: z.boolean().optional(),
  /** Place among the work's chapters, instead of the part number. */
  place: z.number().optional(),
  /** The chapter's own title. */
  chapterTitle: z.string().min(1).optional(),
  /** The day it was posted, where the journal shows none or another (posts pinned to the top have days to come). */
  date: z.iso.date('a date such as 2009-05-31 was expected').optional(),
});
export type EntryDecision = z.infer<typeof EntryDecision>;

const WORK_ADDRESS = /^https?:\/\/[^\s/]+\/(?:\S*\/)?works\/\d+/;
const NO_ADDRESS = 'an address such as https://archiveofourown.org/works/123 was expected, or false';

/** An address on the archive, or `false` for none. */
const OnArchiveWord = z.union([z.literal(false), z.string().regex(WORK_ADDRESS, NO_ADDRESS)], { error: NO_ADDRESS });

/** What may be done to texts before they go out. */
const Handling = {
  /** `true`: a chapter that is longer than the archive takes is split at a paragraph. */
  split: z.boolean().optional(),
  /** `true` takes e-mail addresses and addresses for money out, a list these passages; `false`: all stays, and no more is said. */
  redact: Redact.optional(),
};

/** `works: {site/journal/number: …}`: one work, named by any of its posts, best its first. In the archive's words. */
export const WorkDecision = z.strictObject({
  /** `false` leaves the whole work out. */
  in: z.boolean().optional(),
  /** `true` takes the work apart: each of its posts becomes a work of its own. */
  separate: z.boolean().optional(),
  /** Posts in the order of their chapters. Posts that aren't in the work yet are taken in; the rest follow as they were. */
  order: z.array(EntryKey).min(1).optional(),
  title: z.string().min(1).optional(),
  authors: z.array(z.string().min(1)).min(1).optional(),
  /** Plain text; newlines are kept. An empty text clears it, as it does for notes. */
  summary: z.string().optional(),
  notes: z.string().optional(),
  endNotes: z.string().optional(),
  series: z.strictObject({ name: z.string(), number: z.number().optional() }).nullable().optional(),
  recipient: z.string().optional(),
  /** The archive's language code: "en". */
  language: z.string().min(2).optional(),
  complete: z.boolean().optional(),
  expectedChapters: z.number().int().positive().optional(),
  /** Dates of the first and last chapter, `YYYY-MM-DD`. */
  published: z.iso.date('a date such as 2009-05-31 was expected').optional(),
  updated: z.iso.date('a date such as 2009-05-31 was expected').optional(),
  /** Where the archive has this work already; `false`: it has not, whatever looks like it. */
  onArchive: OnArchiveWord.optional(),
  /** `true`: the author looked at it and it is right as it is. Nothing that is made changes by it. */
  looked: z.boolean().optional(),
  ...Handling,
  ...ArchiveFields.shape,
});
export type WorkDecision = z.infer<typeof WorkDecision>;

/** `rules`: what a word means everywhere. Words are compared without case, accents or punctuation. */
export const Rules = z.strictObject({
  /** Characters and pairings: "Mark/Alex" → "Mark Sloan/Alex Karev", "Mark" → "Mark Sloan". */
  names: z.record(z.string(), z.string().min(1)).optional(),
  /** Fandoms: "hp" → "Harry Potter - J. K. Rowling". */
  fandoms: z.record(z.string(), z.string().min(1)).optional(),
  /** Authors: an account or an old name → the name to carry. */
  authors: z.record(z.string(), z.string().min(1)).optional(),
  /** Genres and tags → additional tags; `null`: never that. */
  tags: z.record(z.string(), z.string().min(1).nullable()).optional(),
  /** Genres and tags that may become additional tags as they are written here. */
  approveTags: z.array(z.string().min(1)).optional(),
  /** For every work that does not say otherwise. */
  ...Handling,
});
export type Rules = z.infer<typeof Rules>;

export const Decisions = z.strictObject({
  entries: z.record(EntryKey, EntryDecision).optional(),
  works: z.record(EntryKey, WorkDecision).optional(),
  rules: Rules.optional(),
});
export type Decisions = z.infer<typeof Decisions>;

/**
 * Reads the text of a `decisions.yaml`. An empty file decides nothing.
 * @param file its path or name, for messages
 * @throws FicferryError BAD_DECISIONS naming file, line and what was expected
 */
export function parseDecisions(text: string, file: string): Decisions {
  return checkYaml(Decisions, text, file, 'BAD_DECISIONS') as Decisions;
}

/** A small whole example; the one that `docs/decisions.md` explains. */
export const DECISIONS_EXAMPLE = `# What I decided about my fics. Only "ficferry review" writes here, and it keeps my own lines and comments.
entries:
  livejournal/lampwright/12801:
    kind: fic                    # it has no header, but it is a story
    fields:
      title: Salt on the Sill
      rating: PG
  livejournal/lampwright/13057:
    leaveOut: a friend's story, posted for her
  livejournal/lampwright/14081:
    work: The Long Tide          # the interlude has a title of its own
    place: 2.5
    chapterTitle: Interlude
  livejournal/lampwright/14337:
    work: The Long Tide
    fields:
      notes: null                # that line was dialogue, no note

works:
  livejournal/lampwright/23456:
    title: The Lamp Room
    warnings: [No Archive Warnings Apply]
    categories: [M/M]
    summary: |
      The lights go out and the work goes on.
  livejournal/lampwright/30210:
    in: false
  livejournal/lampwright/30720:
    onArchive: https://archiveofourown.org/works/123   # that one is this one
  livejournal/lampwright/31490:
    order: [livejournal/lampwright/31490, livejournal/lampwright/31234]
    complete: false
    looked: true                 # I read it through, and it is right

rules:
  names:
    Mark/Alex: Mark Sloan/Alex Karev
    Addie: Addison Montgomery
  fandoms:
    greys: Grey's Anatomy
  authors:
    lampwright: Lampwright
  tags:
    sad: Angst
    christmas: null
  approveTags: [Curtain Fic]
`;
