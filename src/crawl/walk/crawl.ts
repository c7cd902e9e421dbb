/** One crawl: a source of entries, the vault, and the site where the vault does not answer. */
import { FicferryError } from '../../errors.js';
import { type Address, entryLinks, type Sites } from '../../journal/index.js';
import type { Entry, EntryId, Reading } from '../../model.js';
import { Asking, type Getter } from './asking.js';
import { Calendar, type CalendarEnd, placeOf } from './calendar.js';
import { AskedCalendar } from './calendarPages.js';
import { Catalogue, type Store } from './catalogue.js';
import { List, type Source, type SourceEnd } from './source.js';
import { findStart } from './start.js';
import type { Visit } from './visit.js';
import { Walk } from './walk.js';

export interface CrawlOptions {
  sites: Sites;
  vault: Store;
  fetcher: Getter;
  /** A journal or an entry to walk from, or a list of entries; with `expand` each listed entry's links are followed too. */
  start: Address | { from: readonly string[]; expand: boolean };
  /** After a walk, its journal's calendar is compared with it, and the entries that only the calendar lists are visited. */
  calendar?: boolean;
  /** Entries visited in all, those in the vault among them. */
  limit?: number;
  /** True once the user asked to stop: the page in hand is finished, the rest is left to the next run. */
  stopping?: () => boolean;
}

/** One visit, as the account of a crawl keeps it. */
export interface Link {
  id?: EntryId;
  url: string;
  kind: Reading['kind'];
}

export type CrawlEvent =
  /** One entry, once per crawl; its page is in the vault by now, whatever it turned out to be. */
  | {
      type: 'visit';
      /** The entry's plain address. */
      url: string;
      /** Absent where neither page nor address tells the number. */
      id?: EntryId;
      /** `entry`, or why it is none; never `redirect`, `end` or `list`. */
      kind: Reading['kind'];
      subject?: string;
      /** Where kind is `entry`. Whoever keeps it keeps its page in memory. */
      entry?: Entry;
      /** Nothing was asked of the site for this page. */
      fromVault: boolean;
      /** Visits so far, this one included. */
      visited: number;
      /** Requests made so far in this run for pages, go addresses and forms; robots.txt and retries are not counted. */
      asked: number;
    }
  /** Something a person should know; an English sentence without its full stop. */
  | { type: 'note'; text: string }
  /** The last event, also of a crawl that then throws. */
  | {
      type: 'end';
      /** Every entry that the source leads to was visited: for a walk, both ends of the chain were met. */
      complete: boolean;
      /** Where it is not complete. */
      why?: string;
      /** Something on the site bars the way to the rest, and its calendar does not reach that either. */
      barred?: true;
      /** Every visit: a walk's in journal order, then those that its calendar added; a list's as listed. */
      chain: Link[];
      /** What the calendar came to, where it was looked at. */
      calendar?: Omit<CalendarEnd, 'added'> & { added: Link[] };
      visited: number;
      asked: number;
    };

const NOTHING_LOCKED =
  'The cookies opened nothing that a stranger could not see. If there are locked entries, the site may not take these cookies any more: log in again, export fresh ones, and crawl into a new --out folder';

const GOES_ON = 'going on without this page, which the next run asks for again';

/**
 * Visits the entries that `start` leads to. Nothing is asked of the site that the vault holds (`held.ts`), and whatever is
 * asked is in the vault before its event comes.
 * @throws FicferryError after the `end` event: NO_START, JOURNAL_GONE, BANNED, COOKIES_EXPIRED, BAD_ADDRESS, UNKNOWN_SITE, and what
 * fetcher and vault throw
 */
export async function* crawl(options: CrawlOptions): AsyncGenerator<CrawlEvent> {
  const { sites, vault, fetcher } = options;
  const catalogue = Catalogue.of(vault, sites);
  const asking = new Asking(sites, vault, catalogue, fetcher);
  let source: Source | undefined;
  let calendar: Calendar | undefined;
  let visited = 0;
  let onlyPublic = true;
  let trouble: { error: unknown } | undefined;
  try {
    source = await sourceOf(options, asking, catalogue);
    for await (const visit of source.visits()) {
      onlyPublic &&= isPublic(visit);
      yield* tell(visit, ++visited, asking.asked);
    }
    asking.end();
    if (source instanceof Walk) {
      refuseLost(source);
      calendar = calendarOf(source, options, asking);
    }
    for await (const text of calendar?.read() ?? []) yield { type: 'note', text };
    for await (const visit of calendar?.visits() ?? []) {
      onlyPublic &&= isPublic(visit);
      yield* tell(visit, ++visited, asking.asked);
    }
    // Some sites take an expired login for a stranger's visit without a word, and lead past what is locked
    if (fetcher.access.account && onlyPublic) yield { type: 'note', text: NOTHING_LOCKED };
  } catch (error) {
    trouble = { error };
  }
  try {
    await asking.close();
  } catch (error) {
    trouble ??= { error };
  }
  yield endEvent({ source, calendar, trouble, visited, asked: asking.asked });
  if (trouble) throw trouble.error;
}

/** A calendar is looked at once the walk has gone as far as its chain leads; where a limit or the user ended it, there is more to walk. */
function calendarOf(walk: Walk, options: CrawlOptions, asking: Asking): Calendar | undefined {
  const { sites, vault, fetcher } = options;
  const { chain } = walk.end();
  const place = options.calendar && walk.isThrough() ? placeOf(chain, sites) : undefined;
  if (!place || sites.calendarUrl(place) === undefined) return undefined;
  const pages = new AskedCalendar(vault, sites, place, fetcher.access, asking);
  return new Calendar({ ...options, asker: asking, pages, place, chain });
}

/** What a crawl came to, also where it ends in trouble. */
function endEvent({ source, calendar, trouble, ...counts }: Ending): Extract<CrawlEvent, { type: 'end' }> {
  const { complete, why, barred, chain }: SourceEnd = source?.end() ?? { complete: false, chain: [] };
  const compared = calendar?.end();
  const said = trouble ? messageOf(trouble.error) : why;
  const added = compared?.added.map(linkOf) ?? [];
  return {
    type: 'end',
    complete: complete && !trouble,
    ...(said !== undefined && { why: said }),
    ...(barred && !compared?.whole && { barred }),
    chain: [...chain.map(linkOf), ...added],
    ...(compared && { calendar: { ...compared, added } }),
    ...counts,
  };
}

interface Ending {
  source: Source | undefined;
  calendar: Calendar | undefined;
  trouble: { error: unknown } | undefined;
  visited: number;
  asked: number;
}

function linkOf({ id, url, kind }: Link): Link {
  return { ...(id && { id }), url, kind };
}

async function sourceOf(options: CrawlOptions, asking: Asking, catalogue: Catalogue): Promise<Source> {
  const { sites, start } = options;
  if ('from' in start) {
    const addresses = start.from.map((address) => sites.parse(address));
    return new List(asking, sites, addresses, (entry) => entryLinks(sites, entry), {
      ...options,
      expand: start.expand,
    });
  }
  const first = start.kind === 'journal' ? await findStart(start, asking, catalogue, sites) : start;
  return new Walk(asking, sites, first, options);
}

function isPublic({ reading }: Visit): boolean {
  return reading.kind === 'entry' && reading.entry.security === 'public';
}

function* tell(visit: Visit, visited: number, asked: number): Generator<CrawlEvent> {
  yield visitEvent(visit, visited, asked);
  if (visit.unanswered) yield { type: 'note', text: `${visit.unanswered.message}; ${GOES_ON}` };
}

function visitEvent(visit: Visit, visited: number, asked: number): CrawlEvent {
  const { id, url, reading, fromVault } = visit;
  const entry = reading.kind === 'entry' ? reading.entry : undefined;
  return {
    type: 'visit',
    url,
    ...(id && { id: { site: id.site, journal: id.journal, number: id.number } }),
    kind: reading.kind,
    ...(entry?.subject !== undefined && { subject: entry.subject }),
    ...(entry && { entry }),
    fromVault,
    visited,
    asked,
  };
}

/** A start that is not there and from which nothing leads on is a wrong address rather than a journal of one entry. */
function refuseLost(walk: Walk): void {
  const start = walk.end().chain[0];
  if (!walk.isLost() || !start || (start.kind !== 'missing' && start.kind !== 'gone')) return;
  throw new FicferryError(
    'NO_START',
    `The entry ${start.url} is not there, and nothing leads on from it`,
    'Check the address, or give the journal or another entry of it.',
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
