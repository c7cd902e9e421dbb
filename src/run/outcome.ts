/** What a run tells while it goes on, what it comes to, and the user's hand on it. */
import type { BundleSummary } from '../bundle/index.js';
import type { CrawlEvent, PictureEnd, PictureEvent } from '../crawl/index.js';
import type { LeftOut, Work } from '../model.js';
import type { TargetSummary } from '../targets/index.js';
import type { Census } from './census.js';
import type { ArchiveAccount } from './onArchive.js';

/** What a run tells while it goes on; `--json` prints these as they are. */
export type RunEvent =
  /** `pause` is what the site is given after each answer, in seconds; absent where several hosts are asked. */
  | { type: 'plan'; lines: string[]; pause?: number }
  | (Omit<Extract<CrawlEvent, { type: 'visit' }>, 'entry'> & {
      /** Fics among the entries visited. */
      fics: number;
      /** Seconds a request has taken so far, pauses included. */
      pace: number;
    })
  | { type: 'wait'; seconds: number; why: string }
  | { type: 'note'; text: string }
  | CrawlEnd
  | PictureEvent
  | { type: 'reading'; done: number }
  | { type: 'packing'; done: number; total: number };
export type Tell = (event: RunEvent) => void;
export type { PictureEnd };
export type CrawlEnd = Extract<CrawlEvent, { type: 'end' }>;

/** Whether a crawl reached every entry that can be reached: by its walk, or by the calendar where the chain is broken. */
export function isThrough({ complete, calendar }: CrawlEnd): boolean {
  return complete || (calendar?.whole ?? false);
}

export interface BundleOutcome {
  census: Census;
  works: Work[];
  leftOut: LeftOut[];
  warnings: string[];
  bundle: BundleSummary;
  onArchive: ArchiveAccount;
  /** What `--for` asked for, beside the bundle. */
  targets: TargetSummary[];
  /** What `--by-author` made: bundles in a folder. */
  byAuthor?: { folder: string; bundles: number };
  /** Of the pictures' pass just made. */
  pictures?: PictureEnd;
}

/** The user's hand on a run: `stopping` after the first Ctrl-C, `signal` at the second. */
export interface Hand {
  stopping: () => boolean;
  signal?: AbortSignal;
}
