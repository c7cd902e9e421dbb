/**
 * What the review page and its server say to each other: JSON both ways, checked by these schemas where it comes in.
 *
 * The page is told what there is and asks for changes; it decides nothing. A change is a list of places in `decisions.yaml` and
 * what shall stand there, so that everything that can be decided by hand can be decided on the page, and by the same rules.
 */
import { z } from 'zod';
import type { Misfit } from '../bundle/index.js';
import type { EntryKey, Evidence, LeftOut, Question, Work } from '../model.js';
import type { Standing } from '../run/standing.js';

// ---------------------------------------------------------------- what there is

/** `GET api/state`: asked for again and again while something is under way. */
export interface State {
  version: string;
  /** Absent until a journal was named. */
  run?: {
    folder: string;
    journal: string;
    site: string;
    address?: string;
    /** What was said at Begin, now or in an earlier process, so that the same can go on. */
    begun?: Omit<Begin, 'contact' | 'cookies'>;
  };
  /** Runs that are in the output folder already, where none was named. */
  runs: { folder: string; journal: string }[];
  /** Absent where there is no vault yet, and while it is written to. */
  standing?: Standing;
  job: Job;
  decisions: {
    file: string;
    /** Changes whenever the file does, whoever wrote it, and when the vault was read again. */
    revision: string;
    /** It was edited by somebody else since the page was last told; nothing of that is lost. */
    editedElsewhere: boolean;
    /** Why it can't be read now, with its line; nothing can be changed until it is mended. */
    trouble?: string;
    /** What undo would take back, in words. */
    undo?: string;
  };
  /** Counts for the head of the page. `looked` and `doubts` are of works. */
  counts: { works: number; leftOut: number; looked: number; doubts: number; questions: number };
}

/** A crawl or the making of a bundle; at most one at a time. */
export interface Job {
  kind: 'none' | 'crawl' | 'bundle';
  /** `pausing`: the page in hand is finished first. `paused`: the same command goes on. */
  state: 'idle' | 'running' | 'pausing' | 'paused' | 'done' | 'failed';
  /** What it does now, in one line for people. Where nothing is under way: how far the vault is read. */
  now?: string;
  visited: number;
  fics: number;
  /** Of a bundle: works packed, of how many. */
  done?: number;
  total?: number;
  /** The last lines it told, oldest first: what the site allows, waits, notes. */
  told: string[];
  /** Of a failed one, as the terminal would say it. */
  error?: { message: string; advice?: string };
  /** Of a bundle that is made. */
  bundle?: { folder: string; zip: string; ready: number; misfits: number };
}

/** `GET api/works`: the list. */
export interface WorkList {
  revision: string;
  works: WorkRow[];
  leftOut: LeftOutRow[];
  /** Decisions that came to nothing, in words. */
  warnings: string[];
}

export interface WorkRow {
  /** Key of its first post: how `decisions.yaml` names it. */
  key: EntryKey;
  slug: string;
  title: string;
  authors: string[];
  fandoms: string[];
  relationships: string[];
  rating: string;
  words: number;
  /** Chapters there are, and how many there will be where the author said. */
  parts: number;
  expected?: number;
  complete: boolean;
  published?: string;
  /** What needs a look: one short clause each, missing and doubtful fields first. Empty is "without doubts". */
  doubts: string[];
  looked: boolean;
  restricted: boolean;
  /** Why its authors have not let it go: it is in no page and no go. */
  withheld?: string;
  onArchive?: string;
}

export interface LeftOutRow extends LeftOut {
  /** It can be read, so that a button can take it in. */
  canTakeIn: boolean;
  /** The change that takes it in. */
  takeIn?: Edit[];
}

/** `GET api/work?key=`: one work, whole. */
export interface WorkDetail {
  revision: string;
  work: Work;
  looked: boolean;
  doubts: string[];
  /** By field: the line of which post it was read from; `line` is a line of that post's text. */
  from: Record<string, Evidence & { entry?: EntryKey }>;
  /** What the archive would refuse or its people would mind. Without the chapters' texts. */
  misfits: Misfit[];
  /** Decided fields of this work, as they stand in the file: what can be taken back. */
  decided: Record<string, unknown>;
  /** Keys of the works before and behind it in the list, for the keyboard. */
  previous?: EntryKey;
  next?: EntryKey;
}

/** `GET api/text?entry=`: a post as it was and as it will be. */
export interface PostText {
  entry: EntryKey;
  url: string;
  subject?: string;
  /** The original's lines. `field` is set where the line was read as part of the header, `taken` where it is not in the text any more. */
  lines: { number: number; text: string; taken: boolean; field?: string }[];
  /** Clean HTML as the archive will have it, without pictures' addresses: nothing in it asks for anything. */
  html: string;
  words: number;
  restricted: boolean;
}

/** `GET api/questions`: all that the reading left open, in one list. */
export interface QuestionList {
  revision: string;
  questions: (Question & {
    work: EntryKey;
    title: string /** Answers that can be chosen at once. */;
    answers: Answer[];
  })[];
}

/** A button: its words, and the change it makes. */
export interface Answer {
  label: string;
  edits: Edit[];
}

/** `GET api/suggest?field=&text=&fandoms=`: names of the vocabulary and of this journal, best first; at most twelve. */
export interface Suggestions {
  names: string[];
}

/** `GET api/limits`: what the page counts while typing, and the archive's fixed words. */
export interface Limits {
  /** Characters of HTML, as the archive counts. */
  title: number;
  summary: number;
  notes: number;
  tag: number;
  tags: number;
  forbiddenInTags: string[];
  ratings: string[];
  warnings: string[];
  categories: string[];
  languages: string[];
}

/** `GET api/handover?base=`: the bundle that is made, work by work, with what is ready to copy. */
export interface HandOver {
  /** `stale`: it is older than what it is made from. */
  bundle?: { folder: string; zip: string; stale: boolean };
  works: {
    key: EntryKey;
    slug: string;
    title: string;
    done: boolean;
    /** Why it is in no go. */
    without?: string;
    /** Fields in the order of the archive's form, those that have something to say; `text` is what goes into the form. */
    fields: { label: string; text: string }[];
    /** `hasForm`: the archive's chapter form is filled in for it, as in a work of several chapters. */
    chapters: { title: string; entry: EntryKey; hasForm: boolean }[];
  }[];
  /** With a base address: which works go together, as `ficferry goes` plans them. `packet` fills in the archive's import form. */
  goes: {
    title: string;
    works: EntryKey[];
    urls: string[];
    choices: string[];
    /** What is to be set by hand afterwards, work by work. */
    afterwards: string[];
    packet: string;
  }[];
  /** The last day to post the drafts, if they are imported today: `YYYY-MM-DD`. */
  postBy: string;
}

/**
 * `GET api/packet?key=&chapter=`: what the form filler's bookmark reads of a work, or of its chapter (from 1), its text included.
 * One at a time, since the texts of a journal are many megabytes.
 */
export interface Copied {
  packet: string;
}

// ---------------------------------------------------------------- what the page asks for

/** A place in `decisions.yaml` and what shall stand there; `null` takes it away, with what is left empty by that. */
export const Edit = z.strictObject({
  /** Such as `["works", "livejournal/lampwright/23456", "title"]` or `["rules", "names", "Mark/Alex"]`. */
  path: z
    .array(
      z
        .string()
        .min(1)
        .refine((key) => key !== '__proto__', 'no name'),
    )
    .min(2)
    .max(5),
  value: z.json(),
  /** With `value: null`: the word `null` itself shall stand there, which says "there is none" of a series or of a tag. */
  none: z.literal(true).optional(),
});
export type Edit = z.infer<typeof Edit>;

/** `POST api/decide`. */
export const Decide = z.strictObject({
  /** In words, for undo: "the rating of The Lamp Room". */
  what: z.string().min(1).max(300),
  edits: z.array(Edit).min(1).max(5000),
});
export type Decide = z.infer<typeof Decide>;

/** `POST api/plan` and `POST api/crawl`: what the author says before a crawl. */
export const Begin = z.strictObject({
  address: z.string().min(1),
  contact: z.string().optional(),
  /** Hers, or she has leave. */
  mine: z.boolean().default(false),
  /** She is of age and wants what is behind adult notices. */
  adult: z.boolean().default(false),
  /** Address of a masterlist, whose entries alone are carried. */
  from: z.string().optional(),
  images: z.boolean().default(false),
  /** Path of her cookies.txt. */
  cookies: z.string().optional(),
  includeLocked: z.boolean().default(false),
});
export type Begin = z.infer<typeof Begin>;

/** The answer to `POST api/plan`. */
export interface Plan {
  journal: string;
  folder: string;
  /** What robots.txt allows, the pace, and how long that takes. */
  lines: string[];
  /** Why it can't begin so, and what to say to mend that. */
  refused?: { message: string; advice?: string };
}

/** The answer to everything that failed. */
export interface Refusal {
  error: { message: string; advice?: string };
}
