/** What the import API says, what a push keeps of it, and what it comes to. */
import { z } from 'zod';
import type { BundleWork } from '../bundle/index.js';
import { EntryKey } from '../model.js';
import type { Item } from '../targets/index.js';

// ---------------------------------------------------------------- the API

/** One work's part of an answer to an import. Statuses as otwarchive's `api/v2/works_controller.rb` gives them. */
export const ImportEntry = z.looseObject({
  status: z.string(),
  archive_url: z.string().nullish(),
  original_id: z.string().nullish(),
  original_url: z.string().nullish(),
  messages: z.array(z.string().nullable()).default([]),
});
export type ImportEntry = z.infer<typeof ImportEntry>;

/** One address's part of an answer to a search. */
export const SearchEntry = z.looseObject({
  status: z.string(),
  original_url: z.string(),
  search_results: z.array(z.looseObject({ archive_url: z.string() })).default([]),
});

/** What stands around both. An error within the archive has one message, not a list. */
export const Envelope = z.looseObject({
  status: z.string(),
  messages: z.union([z.array(z.string()), z.string().transform((text) => [text])]).default([]),
  works: z.array(z.unknown()).default([]),
});
export type Envelope = z.infer<typeof Envelope>;

// ---------------------------------------------------------------- what is sent

/** An item as it is sent: with whole addresses and its author's e-mail. */
export type SentItem = Item & {
  external_author_email: string;
  external_coauthor_email?: string;
  collection_names?: string;
};

/** A work that is to go, and the addresses by which the archive may know it already. */
export interface Parcel {
  work: BundleWork;
  item: SentItem;
  /** Its first page, by which the archive keeps it. */
  url: string;
  /** Its first post in the journal, by which somebody may have imported it. */
  origins: string[];
}

// ---------------------------------------------------------------- push.jsonl

const LedgerWork = z.object({ id: z.string(), title: z.string(), entries: z.array(EntryKey).min(1), url: z.string() });
const common = { time: z.iso.datetime(), archive: z.string() };

/** One line of `push.jsonl`. Nothing secret: no token, no e-mail address, no text. */
export const LedgerLine = z.discriminatedUnion('type', [
  /** Before a batch goes out: whether it arrived is not known until another line says so. */
  z.object({ type: z.literal('sending'), ...common, works: z.array(LedgerWork) }),
  /** The archive's word on one work. */
  z.object({
    type: z.literal('answer'),
    ...common,
    work: LedgerWork,
    status: z.string(),
    archiveUrl: z.string().optional(),
    messages: z.array(z.string()),
  }),
  /** The archive's search has it, by which address. */
  z.object({ type: z.literal('found'), ...common, work: LedgerWork, by: z.string(), archiveUrl: z.string() }),
  /** A batch that had no usable answer. */
  z.object({ type: z.literal('lost'), ...common, why: z.string() }),
]);
export type LedgerLine = z.infer<typeof LedgerLine>;

/** What the lines say of a work at one archive. */
export type Known =
  /** `by`: the address by which the archive's search had it. */
  | { state: 'there'; archiveUrl?: string; how: 'created' | 'already_imported' | 'found'; by?: string; time: string }
  | { state: 'refused'; messages: string[]; time: string }
  /** It was sent, and nobody knows what came of it. */
  | { state: 'uncertain'; time: string };

// ---------------------------------------------------------------- what comes of it

export interface PushedWork {
  work: BundleWork;
  outcome: 'created' | 'there' | 'refused';
  archiveUrl?: string;
  /** What the archive said, or by which address it had the work. */
  detail: string;
}

export type PushEvent =
  | { type: 'pages'; done: number; of: number }
  /** Pages that the host shows in another form than the bundle has them. */
  | { type: 'changed'; pages: number }
  | { type: 'batch'; number: number; of: number; works: number }
  | { type: 'wait'; seconds: number; why: string }
  | { type: 'work'; slug: string; title: string; outcome: PushedWork['outcome']; archiveUrl?: string; detail: string };

export interface PushEnd {
  pushed: PushedWork[];
  /** Works that are not for the archive, or are there already; why, for people. */
  without: { work: BundleWork; why: string }[];
  /** All is done that can be; false after Ctrl-C. */
  complete: boolean;
}
