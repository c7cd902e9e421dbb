/**
 * The nouns of ficferry, in the order in which the data goes: capture, entry, fic, work.
 *
 * Every type that is ever written to a file is a zod schema, so that what is read back is checked.
 * Absent facts are left out, never null and never an empty string.
 */
import { z } from 'zod';

// ---------------------------------------------------------------- capture

/**
 * What the asker had shown the site when a page was answered. More access can only open more:
 * `adult` is the user's own declaration of age, `account` the user's own cookies.
 */
export const Access = z.object({ adult: z.boolean(), account: z.boolean() });
export type Access = z.infer<typeof Access>;

/** One stored response. `body` holds decoded bytes (no gzip, no chunks) in the page's own charset. */
export interface Capture {
  /** The address asked for, as asked (view included, fragment not). */
  url: string;
  /** When the answer came, ISO 8601 in UTC with milliseconds. */
  time: string;
  /** HTTP status; redirects are captures too and are never followed silently. */
  status: number;
  /** Lower-case names. Never holds set-cookie. */
  headers: Record<string, string>;
  body: Uint8Array;
  access: Access;
  /**
   * What it was asked for, where that is not to be read for an entry: a picture's address may be any address, an entry's too, and a page
   * of a calendar is looked at by nobody but the walk's second check.
   */
  use?: CaptureUse;
}

export const CaptureUse = z.enum(['picture', 'calendar']);
export type CaptureUse = z.infer<typeof CaptureUse>;

// ---------------------------------------------------------------- entry

/** Where an entry lives, whatever form its address was written in. */
export const EntryId = z.object({
  /** Key of the site in `config/sites.yaml`, such as `livejournal`. */
  site: z.string(),
  /** The journal's name with underscores, as the site itself writes it: `fic_two`, not `fic-two`. */
  journal: z.string(),
  /** The ditemid: itemid × 256 + anum. */
  number: z.number().int().positive(),
});
export type EntryId = z.infer<typeof EntryId>;

/** `site/journal/number`: the key of an entry in decisions, reports and bundles. */
export const EntryKey = z
  .string()
  .regex(/^[^/\s]+\/[^/\s]+\/\d+$/, 'site/journal/number, such as livejournal/somebody/23456');
export type EntryKey = z.infer<typeof EntryKey>;

export function entryKey(id: EntryId): EntryKey {
  return `${id.site}/${id.journal}/${id.number}`;
}

/** The running count of entries in a journal, dense from 1, so that gaps tell of entries not seen. */
export function itemid(number: number): number {
  return number >> 8;
}

/** `public` and `restricted` are proven by the page; `unknown` is treated as restricted under cookies. */
export const Security = z.enum(['public', 'restricted', 'unknown']);
export type Security = z.infer<typeof Security>;

/** Text that a wrong conversion broke ("donâ€™t") and that was mended, since only one text can have stood there. */
export const MendedText = z.object({
  places: z.number().int().positive(),
  /** The first of them, and what was made of it. */
  raw: z.string(),
  read: z.string(),
});
/** Characters that are lost (U+FFFD) or broken and were left, since what stood there is not certain. */
export const GarbledText = z.object({
  places: z.number().int().positive(),
  /** The first of them. */
  raw: z.string(),
});

/** A post as its page shows it. */
export const Entry = EntryId.extend({
  /** The plain address, without view or fragment. */
  url: z.string(),
  /** Absent where the page shows none, or the site's words for none ("(no subject)"). */
  subject: z.string().optional(),
  /** Account that posted; in a community not the journal. With underscores. */
  poster: z.string().optional(),
  /** Local wall-clock time `YYYY-MM-DDTHH:MM:SS`; these sites give no zone. */
  postedAt: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
    .optional(),
  tags: z.array(z.string()),
  mood: z.string().optional(),
  music: z.string().optional(),
  location: z.string().optional(),
  security: Security,
  /** Addresses of the neighbours as the page links them, or as the site's go template builds them. */
  previous: z.string().optional(),
  next: z.string().optional(),
  /** Which layout of `config/sites.yaml` the page was read by. */
  layout: z.string(),
  /** The body's inner HTML, a slice of the page without navigation, share bars or comments. */
  body: z.object({ form: z.enum(['rendered', 'raw']), html: z.string() }),
  mended: MendedText.optional(),
  garbled: GarbledText.optional(),
});
export type Entry = z.infer<typeof Entry>;

/** Why a page is no entry. `design.md`, "Kinds". */
export const Refusal = z.enum(['locked', 'gate', 'missing', 'gone', 'banned', 'unreadable']);
export type Refusal = z.infer<typeof Refusal>;

/** The form behind an adult notice; sending it is the user's own declaration of age. */
export interface GateForm {
  action: string;
  fields: Record<string, string>;
}

/** What one page turned out to be. Reading never throws: what can't be read says so. */
export type Reading =
  | { kind: 'entry'; entry: Entry }
  /** An answer that sends the asker on: a go hop, a named address. `to` is absolute. */
  | { kind: 'redirect'; to: string }
  /** A go address at an end of the chain ("There is no entry following this one."). */
  | { kind: 'end' }
  /** A journal's own page that lists entries (recent, day, month, tag), newest first as shown. */
  | { kind: 'list'; entries: string[] }
  /** `reason` is a short English clause for people; `gate` only where kind is `gate`. */
  | { kind: Refusal; reason: string; gate?: GateForm };

// ---------------------------------------------------------------- fic

/** Where a field came from. */
export const Source = z.enum(['header', 'subject', 'tag', 'inferred', 'decision']);
export type Source = z.infer<typeof Source>;

/** The raw words a field was read from, and on which line of the entry's one line view (1-based). */
export const Evidence = z.object({
  from: Source,
  raw: z.string(),
  line: z.number().int().positive().optional(),
});
export type Evidence = z.infer<typeof Evidence>;

export const Status = z.enum(['complete', 'in-progress']);
/** `of` is absent for "1/?". */
export const Part = z.object({ number: z.number().int().nonnegative(), of: z.number().int().positive().optional() });
export type Part = z.infer<typeof Part>;

/** What the author wrote, tidied but in the author's words: "Mark/Alex", rating "R". */
export const Header = z.object({
  title: z.string().optional(),
  authors: z.array(z.string()).optional(),
  fandoms: z.array(z.string()).optional(),
  relationships: z.array(z.string()).optional(),
  /** The pairings as posted, where words beside them ("past A/B", "C/D implied") are in no field. */
  pairingNote: z.string().optional(),
  characters: z.array(z.string()).optional(),
  rating: z.string().optional(),
  warnings: z.string().optional(),
  wordCount: z.number().int().nonnegative().optional(),
  status: Status.optional(),
  part: Part.optional(),
  /** The part's own title, as in "1/13: Prologue". */
  chapterTitle: z.string().optional(),
  genres: z.array(z.string()).optional(),
  summary: z.string().optional(),
  notes: z.string().optional(),
  endNotes: z.string().optional(),
  disclaimer: z.string().optional(),
  spoilers: z.string().optional(),
  betas: z.array(z.string()).optional(),
  prompt: z.string().optional(),
  recipient: z.string().optional(),
  language: z.string().optional(),
  series: z.object({ name: z.string(), number: z.number().optional() }).optional(),
  other: z.array(z.object({ label: z.string(), value: z.string() })).optional(),
});
export type Header = z.infer<typeof Header>;
export type HeaderField = keyof Header;

/** Evidence by field name; fields of Header and of Archive share the namespace, plus `kind`. */
export const EvidenceByField = z.record(z.string(), Evidence);
export type EvidenceByField = z.infer<typeof EvidenceByField>;

/** An entry with its header read. `other` is a readable post that is no fic. */
export interface Fic {
  kind: 'fic' | 'other';
  header: Header;
  evidence: EvidenceByField;
  /** The story without its header, clean HTML (`text/`); for `other` the whole body. */
  html: string;
  /** Words of the story as read, not as claimed. */
  wordCount: number;
}

// ---------------------------------------------------------------- work

/** The same facts in the archive's words: "Mark Sloan/Alex Karev", "Mature". */
export const Archive = z.object({
  rating: z.string(),
  warnings: z.array(z.string()),
  categories: z.array(z.string()),
  fandoms: z.array(z.string()),
  relationships: z.array(z.string()),
  characters: z.array(z.string()),
  additionalTags: z.array(z.string()),
});
export type Archive = z.infer<typeof Archive>;

/** Something only the author can answer, such as whether "Warnings: none" means that none apply. */
export const Question = z.object({
  field: z.string(),
  /** One English sentence, ending in a question mark. */
  text: z.string(),
});
export type Question = z.infer<typeof Question>;

export const Chapter = z.object({
  position: z.number().int().positive(),
  /** The entry this chapter is. */
  entry: EntryKey,
  url: z.string(),
  /** The account that posted it, where the journal is a community. A moderator may have posted for somebody else. */
  poster: z.string().optional(),
  title: z.string().optional(),
  postedAt: z.string().optional(),
  wordCount: z.number().int().nonnegative(),
  /** Which piece of its entry's text this chapter is, where that was too long for one chapter and was split. */
  piece: z.object({ number: z.number().int().positive(), of: z.number().int().positive() }).optional(),
  /** Where its text is, where the post holds hardly more than a link to it. */
  textAt: z.string().optional(),
  /** Chapter summary and notes where they differ from the work's. Plain text, newlines kept. */
  summary: z.string().optional(),
  notes: z.string().optional(),
  endNotes: z.string().optional(),
  /** Facts of the entry. */
  mended: MendedText.optional(),
  garbled: GarbledText.optional(),
});
export type Chapter = z.infer<typeof Chapter>;

/** Where the archive has a work already, and by what it was known: in one fandom, by its words, by the author's word, or by a push's record. */
export const OnArchive = z.object({
  url: z.string(),
  how: z.enum(['title and fandom', 'title and words', 'decision', 'push']),
  /** Not posted yet, so that nobody but its author can see it. */
  draft: z.boolean().optional(),
  /** Shown there to members only. */
  restricted: z.boolean().optional(),
});
export type OnArchive = z.infer<typeof OnArchive>;

/** Why whoever wrote a work of a community has not let it be carried: `no answer` yet, or `refused`. `authors` are those who have not. */
export const Withheld = z.object({ why: z.enum(['no answer', 'refused']), authors: z.array(z.string()).min(1) });
export type Withheld = z.infer<typeof Withheld>;

/** See `Work.redact`. */
export const Redact = z.union([z.boolean(), z.array(z.string().min(1)).min(1)]);
export type Redact = z.infer<typeof Redact>;

/** One or more fics joined, in the words of the target archive, with the author's decisions applied. */
export const Work = z.object({
  /** ASCII, lower case, at most 60 characters, unique in the bundle, free of journal sites' names. */
  slug: z.string(),
  title: z.string(),
  authors: z.array(z.string()),
  archive: Archive,
  /** Plain text with newlines; outputs make HTML of it. */
  summary: z.string().optional(),
  notes: z.string().optional(),
  endNotes: z.string().optional(),
  series: z.object({ name: z.string(), number: z.number().optional() }).optional(),
  /** Other stories that its author says it belongs to: "Sequel to The Long Tide". As said; `entry` or `url` where she linked it. */
  related: z
    .array(
      z.object({
        relation: z.enum(['sequel', 'prequel', 'companion']),
        title: z.string(),
        entry: EntryKey.optional(),
        url: z.string().optional(),
      }),
    )
    .optional(),
  recipient: z.string().optional(),
  /** The archive's code, such as `en`. */
  language: z.string(),
  complete: z.boolean(),
  /** Chapters the author announced ("3/7"); absent where unknown. */
  expectedChapters: z.number().int().positive().optional(),
  /** Dates of the first and the last chapter, `YYYY-MM-DD`. */
  published: z.string().optional(),
  updated: z.string().optional(),
  wordCount: z.number().int().nonnegative(),
  /** True where any chapter was locked: never in pages/, otwarchive/ or anything served. */
  restricted: z.boolean(),
  /** Posted in a community: those who wrote it say whether it may be carried. */
  community: z.boolean().optional(),
  /** They have not: as a locked work it is in no page, no item and no go. */
  withheld: Withheld.optional(),
  /** The archive has it already: it is in no item, page to import, or go. */
  onArchive: OnArchive.optional(),
  /** The author lets chapters that are too long be split. */
  split: z.boolean().optional(),
  /** What she has taken out of it: `true` addresses of e-mail and for money, a list these passages; `false`: she looked and leaves them. */
  redact: Redact.optional(),
  header: Header,
  evidence: EvidenceByField,
  questions: z.array(Question),
  chapters: z.array(Chapter).min(1),
});
export type Work = z.infer<typeof Work>;

// ---------------------------------------------------------------- accounts

/** Why an entry is in no work. */
export const LeftOutReason = z.enum([
  'other', // a readable post that is no fic
  'locked',
  'gate',
  'missing',
  'gone',
  'banned',
  'unreadable',
  'restricted', // readable under cookies, and --include-locked was not given
  'decided', // the author took it out
  'other-poster', // --poster named somebody else
]);
export type LeftOutReason = z.infer<typeof LeftOutReason>;

export const LeftOut = z.object({
  /** Entry key where the number is known, else the address. */
  entry: z.string(),
  url: z.string(),
  subject: z.string().optional(),
  postedAt: z.string().optional(),
  reason: LeftOutReason,
  detail: z.string(),
});
export type LeftOut = z.infer<typeof LeftOut>;
