/** Where the pages of a journal's calendar come from: out of the vault while they stand, else from the site; or out of the vault alone. */
import { type CalendarPage, readCalendar, type Sites } from '../../journal/index.js';
import type { Access } from '../../model.js';
import type { CaptureRef } from '../vault/vault.js';
import type { Asking } from './asking.js';
import type { Shelf } from './catalogue.js';

/** A journal whose calendar is read. */
export interface OfJournal {
  site: string;
  journal: string;
}

/** `date` is as in a `CalendarAddress`. */
export interface CalendarPages {
  /**
   * The page as it is held, without asking anybody.
   * @param days of a month: the days that its year's page knows to have entries
   */
  held(date: string, days?: readonly string[]): Promise<CalendarPage | undefined>;
  /** The page as the site gives it, or why there is none: a clause for people. @throws FicferryError where the site stops us */
  ask(date: string, url: string): Promise<CalendarPage | string>;
}

/**
 * For a crawl. The way in and the years are asked for in every run: there is one of each year, and they are what tells that something
 * was added. A month's page stands once that month was over when it came, so that a run that goes on, or another a year later, does
 * not ask for a whole journal's months again; not where its year's page knows a day that it lacks, as after back-dating, nor where
 * the user's account is shown now and was not then.
 */
export class AskedCalendar implements CalendarPages {
  readonly #stored: Stored;

  constructor(
    vault: Shelf,
    private readonly sites: Sites,
    private readonly of: OfJournal,
    private readonly access: Access,
    private readonly asking: Pick<Asking, 'askCalendar'>,
  ) {
    this.#stored = new Stored(vault, sites, of);
  }

  async held(date: string, days: readonly string[] = []): Promise<CalendarPage | undefined> {
    const stands = ({ time, access }: CaptureRef) =>
      date.length === 'YYYY-MM'.length && time.slice(0, date.length) > date && (access.account || !this.access.account);
    const page = await this.#stored.newest(date, stands);
    if (!page) return undefined;
    const shown = new Set(page.days.filter((day) => day.startsWith(date)));
    // some layouts link no days on a month's page
    return shown.size === 0 || days.every((day) => shown.has(day)) ? page : undefined;
  }

  async ask(date: string, url: string): Promise<CalendarPage | string> {
    let found: CalendarPage | undefined;
    const { reading } = await this.asking.askCalendar(url, (answer) => {
      const page = readCalendar(this.sites, answer, this.of);
      if (showsMore(page, date)) found = page;
      return found !== undefined;
    });
    if (found) return found;
    const why = 'reason' in reading && reading.kind !== 'unreadable' ? reading.reason : 'nothing of it can be read';
    return `${url}: ${why}`;
  }
}

/** For telling where a migration stands: the newest capture of each page, whoever it was for. */
export class StoredCalendar implements CalendarPages {
  readonly #stored: Stored;

  constructor(vault: Shelf, sites: Sites, of: OfJournal) {
    this.#stored = new Stored(vault, sites, of);
  }

  get isEmpty(): boolean {
    return this.#stored.isEmpty;
  }

  held(date: string): Promise<CalendarPage | undefined> {
    return this.#stored.newest(date, () => true);
  }

  async ask(_date: string, url: string): Promise<string> {
    return `${url} is not in the vault yet`;
  }
}

/** Whether a page shows what pages of its kind are for: a month entries, others years or months. */
function showsMore(page: CalendarPage, date: string): boolean {
  return date.length === 'YYYY-MM'.length ? page.entries.length > 0 : page.years.size + page.months.size > 0;
}

/** The captures of one journal's calendar. */
class Stored {
  readonly #refs = new Map<string, CaptureRef[]>();

  constructor(
    private readonly vault: Shelf,
    private readonly sites: Sites,
    private readonly of: OfJournal,
  ) {
    for (const ref of vault.refs()) {
      const page = ref.use === 'calendar' ? sites.calendarPage(ref.url) : undefined;
      if (page?.site !== of.site || page.journal !== of.journal) continue;
      this.#refs.set(page.date, [...(this.#refs.get(page.date) ?? []), ref]);
    }
  }

  get isEmpty(): boolean {
    return this.#refs.size === 0;
  }

  async newest(date: string, stands: (ref: CaptureRef) => boolean): Promise<CalendarPage | undefined> {
    const ref = this.#refs.get(date)?.findLast(stands);
    return ref && readCalendar(this.sites, await this.vault.read(ref), this.of);
  }
}
