/**
 * The second check on a walk: a journal's own calendar lists its entries month by month, and so finds what the chain passes over or
 * never reaches.
 */
import { count } from '../../common/wording.js';
import { FicferryError } from '../../errors.js';
import type { Address, CalendarPage, Place, Sites } from '../../journal/index.js';
import type { CalendarPages } from './calendarPages.js';
import { addressKey } from './catalogue.js';
import type { Look } from './looks.js';
import { lookOf, type SourceOptions } from './source.js';
import { type Asker, openEntry, type Visit, visitKey } from './visit.js';

/** What the comparison came to. */
export interface CalendarEnd {
  /** Every month that the calendar has was read, and every entry that it lists was visited. */
  whole: boolean;
  /** Where it is not whole. */
  why?: string;
  /** Entries that it lists, as far as it was read. */
  listed: number;
  /** Those of them that the walk did not meet, and what their pages are. */
  added: Look[];
  /** Entries that the walk could read and that a whole calendar does not list. */
  unlisted: number;
  /** For people: "the calendar lists 40 entries, and the walk met them all". */
  text: string;
}

/** Errors that end the reading and not the run: the walk is through, and its entries can be carried without a second check. */
const NO_MATTER = ['ROBOTS', 'NO_ANSWER', 'WAIT_TOO_LONG'];

export interface CalendarOptions extends SourceOptions {
  asker: Pick<Asker, 'ask'>;
  sites: Sites;
  pages: CalendarPages;
  /** The journal; its number is any entry's. */
  place: Place;
  /** What the walk met. */
  chain: readonly Look[];
  /** Without a network: entries that are not there are counted, and not visited. */
  isThere?: (address: Address) => boolean;
}

export class Calendar {
  readonly #met: Set<string>;
  readonly #listed = new Map<string, Address>();
  readonly #months = new Map<string, string>();
  readonly #days = new Set<string>();
  readonly #added: Look[] = [];
  /** What keeps it from being whole. */
  readonly #troubles: string[] = [];
  /** Set where the run's limit or the user ends it. */
  #stopped: string | undefined;
  /** Set where robots.txt, or the site, does not let it be read. */
  #barred: { robots: boolean; why: string } | undefined;

  constructor(private readonly options: CalendarOptions) {
    this.#met = new Set(options.chain.flatMap((look) => [visitKey(look), look.url]));
  }

  /**
   * Reads the calendar: the way in, each year, then each month that has entries. Yields notes for people.
   * @throws FicferryError BANNED, COOKIES_EXPIRED
   */
  async *read(): AsyncGenerator<string> {
    try {
      yield* this.#readPages();
    } catch (error) {
      if (!(error instanceof FicferryError)) throw error;
      if (error.code === 'BANNED') throw withoutCalendar(error);
      if (!NO_MATTER.includes(error.code)) throw error;
      this.#barred = { robots: error.code === 'ROBOTS', why: error.message };
    }
  }

  /** Visits the entries that the walk did not meet, in the order of their numbers. */
  async *visits(): AsyncGenerator<Visit> {
    const { asker, sites, isThere = () => true } = this.options;
    let waiting = 0;
    const entries = [...this.#listed].sort(([, a], [, b]) => (a.number ?? 0) - (b.number ?? 0));
    for (const [listed, address] of entries) {
      if (this.#met.has(listed)) continue;
      if (this.#hasToStop()) return;
      if (!isThere(address)) {
        waiting++;
        continue;
      }
      const visit = await openEntry(asker, sites, address);
      const key = visitKey(visit);
      // a named address tells its entry's number only now
      this.#listed.delete(listed);
      this.#listed.set(key, address);
      if (this.#met.has(key)) continue;
      this.#met.add(key);
      this.#added.push(lookOf(visit));
      yield visit;
    }
    if (waiting > 0) this.#troubles.unshift(`${count(waiting, 'entry')} of it not fetched yet`);
  }

  /** What the comparison came to; sensible at any time. */
  end(): CalendarEnd {
    const why = this.#barred?.why ?? this.#stopped ?? told(this.#troubles);
    const readable = this.options.chain.filter(({ kind }) => kind === 'entry');
    const found = {
      whole: why === undefined,
      ...(why !== undefined && { why }),
      listed: this.#listed.size,
      added: this.#added,
      unlisted: why === undefined ? readable.filter((look) => !this.#listed.has(visitKey(look))).length : 0,
    };
    return { ...found, text: textOf(found, this.#barred?.robots ?? false) };
  }

  async *#readPages(): AsyncGenerator<string> {
    const { pages, sites, place } = this.options;
    await this.#readYears();
    const missing: [month: string, url: string][] = [];
    for (const [month, url] of [...this.#months].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const days = [...this.#days].filter((day) => day.startsWith(month));
      const held = await pages.held(month, days);
      if (held) this.#list(held);
      else missing.push([month, url || (sites.calendarUrl(place, month) as string)]);
    }
    if (missing.length > 0 && !this.#hasToStop())
      yield `a second check on the walk, by the journal's calendar: ${pagesToAsk(missing.length)}`;
    for (const [month, url] of missing) {
      if (this.#hasToStop()) return;
      const page = await this.#ask(month, url);
      if (page) this.#list(page);
    }
  }

  /** The way in shows one year and links the others; a year's page may know of further ones. */
  async #readYears(): Promise<void> {
    const { pages, sites, place } = this.options;
    const years = new Map([['', sites.calendarUrl(place) ?? '']]);
    for (const [year, url] of years) {
      if (this.#hasToStop()) return;
      const page = (await pages.held(year)) ?? (await this.#ask(year, url));
      if (!page) continue;
      this.#list(page);
      for (const [month, address] of page.months) this.#months.set(month, this.#months.get(month) || address);
      for (const day of page.days) this.#days.add(day);
      for (const [other, address] of page.years) {
        // the year that the way in shows is linked by the others alone
        const isShown = year !== '' && [...this.#months.keys()].some((month) => month.startsWith(other));
        if (!isShown && !years.has(other)) years.set(other, address);
      }
    }
  }

  async #ask(date: string, url: string): Promise<CalendarPage | undefined> {
    const answer = await this.options.pages.ask(date, url);
    if (typeof answer !== 'string') return answer;
    this.#troubles.push(answer);
    return undefined;
  }

  #list(page: CalendarPage): void {
    for (const address of page.entries) this.#listed.set(addressKey(address), address);
  }

  #hasToStop(): boolean {
    const { stopping, limit = Number.POSITIVE_INFINITY, chain } = this.options;
    if (stopping?.()) this.#stopped = 'stopped on request';
    else if (chain.length + this.#added.length >= limit) this.#stopped = `the limit of ${limit} is reached`;
    return this.#stopped !== undefined;
  }
}

/** Whose calendar belongs to a chain; undefined where none of its entries tells. */
export function placeOf(chain: readonly Look[], sites: Pick<Sites, 'tryParse'>): Place | undefined {
  // a start that is not there may be an address of another name that the journal had
  const readableFirst = [...chain].sort((a, b) => Number(b.kind === 'entry') - Number(a.kind === 'entry'));
  for (const { id, url } of readableFirst) {
    const address = id && sites.tryParse(url);
    if (address) return { ...id, domain: address.domain, ...(address.community && { community: true }) };
  }
  return undefined;
}

function pagesToAsk(n: number): string {
  return n === 1 ? 'one month to ask for' : `${n} months to ask for`;
}

/** The first of the things that went wrong, and how many more there are. */
function told([first, ...others]: readonly string[]): string | undefined {
  return first === undefined || others.length === 0 ? first : `${first}; and ${count(others.length, 'page')} more`;
}

function withoutCalendar(error: FicferryError): FicferryError {
  const advice = `${error.advice ?? ''} The walk itself is through: with --no-calendar the calendar is left alone.`;
  return new FicferryError(error.code, error.message, advice.trim(), { cause: error });
}

function textOf({ whole, why, listed, added, unlisted }: Omit<CalendarEnd, 'text'>, robots: boolean): string {
  if (!whole && listed === 0)
    return robots ? `the calendar may not be read by robots: ${why}` : `the calendar could not be read: ${why}`;
  const lists = `the calendar lists ${count(listed, 'entry')}`;
  const them = listed === 1 ? 'it' : 'them all';
  const compared = added.length === 0 ? `, and the walk met ${them}` : `; ${fateOf(added)}`;
  const more = unlisted > 0 ? `; ${unlisted} that the walk met ${unlisted === 1 ? 'is' : 'are'} not in it` : '';
  return `${lists}${compared}${more}${whole ? '' : ` (it was not read whole: ${why})`}`;
}

function fateOf(added: readonly Look[]): string {
  const unread = added.filter(({ kind }) => kind !== 'entry').map(({ kind }) => kind);
  const missed = `${added.length} of them the walk did not meet`;
  if (unread.length === 0) return `${missed}, and ${added.length === 1 ? 'it was' : 'they were'} fetched`;
  const kinds = [...new Set(unread)].join(', ');
  return `${missed}: ${added.length - unread.length} fetched, ${unread.length} that cannot be read (${kinds})`;
}
