/** Pages of a journal's calendar: the years, months and days that have entries, and the entries that a month lists. */
import type { Element } from 'domhandler';
import { hrefOf } from './identity.js';
import { isWithin, Page } from './page.js';
import type { Answer } from './read.js';
import type { Address, Sites } from './sites.js';

/** What a page links to, all of one journal. Dates are written as in `CalendarAddress`. */
export interface CalendarPage {
  /** Years, with the address that the page gives for each. */
  years: Map<string, string>;
  /** Months, with the address that the page gives; `''` for one that only its days tell of. */
  months: Map<string, string>;
  days: string[];
  /** Entries, each once, in the order of the page. */
  entries: Address[];
}

/**
 * Reads any page of a calendar, whatever its layout: every link to another page of the same calendar or to an entry of the same
 * journal counts. A page's chrome lists years too; of months, days and entries it shows favourites, and those are not counted.
 * An answer that is no page reads as one without links.
 */
export function readCalendar(
  sites: Sites,
  answer: Answer,
  { site, journal }: { site: string; journal: string },
): CalendarPage {
  const found: CalendarPage = { years: new Map(), months: new Map(), days: [], entries: [] };
  if (answer.status !== 200) return found;
  const page = Page.of(answer.body, answer.headers['content-type'], answer.url);
  const chrome = sites.config.chrome.flatMap((selector) => page.select(selector));
  const inChrome = (link: Element) => chrome.some((part) => isWithin(link, part));
  const entries = new Map<string, Address>();
  for (const link of page.tags('a')) {
    const href = hrefOf(link);
    const dated = sites.calendarPage(href, page.url);
    if (dated?.site === site && dated.journal === journal) addDate(found, dated, inChrome(link));
    const entry = dated ? undefined : sites.tryParse(href, page.url);
    if (entry?.kind === 'entry' && entry.site === site && entry.journal === journal && !inChrome(link))
      entries.set(entry.url, entry);
  }
  // cloned, so that no text keeps the page that it was cut from in memory
  return structuredClone({ ...found, days: [...new Set(found.days)], entries: [...entries.values()] });
}

function addDate(found: CalendarPage, { date, url }: { date: string; url: string }, inChrome: boolean): void {
  const [year = '', month] = date.split('-');
  if (year !== '' && month === undefined) found.years.set(year, found.years.get(year) ?? url);
  if (month === undefined || inChrome) return;
  const key = `${year}-${month}`;
  const own = date === key ? url : '';
  found.months.set(key, found.months.get(key) || own);
  if (date !== key) found.days.push(date);
}
