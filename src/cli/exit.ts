/** The exit code of a run that came to its end. */
import { EXIT } from '../errors.js';
import type { BundleOutcome, CrawlEnd } from '../run/outcome.js';

/** `look` where entries could not be read or reached; locked posts, notices and the end of `--limit` are no reason. */
export function exitOf(end: CrawlEnd | undefined, outcome?: BundleOutcome): number {
  const unread =
    end?.chain.some(({ kind }) => kind === 'unreadable') ||
    outcome?.leftOut.some(({ reason }) => reason === 'unreadable');
  return unread || end?.barred ? EXIT.look : EXIT.done;
}
