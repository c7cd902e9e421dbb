/** One answer of a site → what it is. */
import type { Entry, Reading } from '../model.js';
import { type Months, monthsOf } from './dates.js';
import { readEntry } from './entry.js';
import { readFacts } from './facts.js';
import { identify, placeOf } from './identity.js';
import { guessList, readList } from './lists.js';
import { mendEntry } from './mend.js';
import { findNotice, noticeText } from './notices.js';
import { Page } from './page.js';
import type { Sites } from './sites.js';
import { guessEntry, largestText } from './unknown.js';

/** A Capture, or a saved file with what is known of it. */
export interface Answer {
  /** The address it was asked for at; `''` for a saved file whose address nobody gave. */
  url: string;
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

/** One answer of a site → what it is. Never throws. */
export function readPage(sites: Sites, answer: Answer): Reading {
  const { status, headers, url } = answer;
  if (status >= 300 && status < 400 && status !== 304) return redirect(headers.location, url);
  const type = headers['content-type'];
  if (type !== undefined && !/html|xml|text\/plain/i.test(type))
    return unreadable(`the answer is no page (${type.slice(0, 60)})`);
  if (status < 400 && !hasText(answer.body)) return unreadable('the page is empty');
  try {
    // a reading is kept while thousands more are made; cloning lets go of the page that its texts were cut from
    return structuredClone(readHtml(sites, Page.of(answer.body, type, url), status));
  } catch (error) {
    return unreadable(`reading it failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The same of a parsed page. */
export function readHtml(sites: Sites, page: Page, status: number): Reading {
  const { notices, layouts } = sites.config;
  const asked = page.url === '' ? undefined : sites.tryParse(page.url);
  const whole = () => noticeText(page);
  const certain = findNotice(
    notices.filter((notice) => notice.sure),
    page,
    status,
    whole,
  );
  if (certain) return certain;
  if (status >= 400) return unreadable(`the site answered with status ${status}`);
  const facts = readFacts(page.scripts());
  const identity = identify(page, sites, facts);
  const list = readList(page, sites, identity, asked);
  if (list) return { kind: 'list', entries: list };
  const place = placeOf(identity);
  const context = place && { page, sites, facts, place, months: months(sites) };
  if (context) {
    // a site's own layouts first; others for what its users brought along
    for (const name of new Set([...sites.site(context.place.site).layouts, ...Object.keys(layouts)])) {
      const layout = layouts[name];
      const read = layout && page.has(layout.mark) ? readEntry(context, name, layout) : undefined;
      if (read) return finish(read.entry, read.brokenOff);
    }
  }
  const guess = context && guessEntry(context);
  if (guess?.sure) return finish(guess.entry, guess.brokenOff);
  // words of a long text are an author's and no notice of the site's
  const long = largestText(page, sites);
  const beside = () => noticeText(page, long.length > LONG ? long : '');
  const notice = findNotice(
    notices.filter((one) => !one.sure),
    page,
    status,
    beside,
  );
  if (notice) return notice;
  if (asked && asked.kind !== 'entry') {
    const entries = guessList(page, sites, identity);
    if (entries) return { kind: 'list', entries };
  }
  if (guess && guess.entry.body.html.length > LONG) return finish(guess.entry, guess.brokenOff);
  return unreadable(
    asked && asked.kind !== 'entry'
      ? 'the page shows no entry and no list of entries'
      : whyNot(page, place !== undefined),
  );
}

/** More than the longest notice that is known, in characters. */
const LONG = 1500;

function finish(entry: Entry, brokenOff: boolean): Reading {
  return brokenOff
    ? unreadable('the page breaks off in the middle of the entry')
    : { kind: 'entry', entry: mendEntry(entry) };
}

function whyNot(page: Page, known: boolean): string {
  if (!/<\/html\s*>/i.test(page.html.slice(-500)) && !/<\/body\s*>/i.test(page.html.slice(-500)))
    return 'the page breaks off before any entry';
  return known ? 'no entry was found on the page' : 'the page does not say which entry it is; give its address';
}

function redirect(location: string | undefined, base: string): Reading {
  if (location !== undefined && URL.canParse(location, base || undefined))
    return { kind: 'redirect', to: new URL(location, base || undefined).href };
  return unreadable('the site sends on to no address');
}

function hasText(body: Uint8Array): boolean {
  return body.some((byte) => byte > 0x20);
}

function unreadable(reason: string): Reading {
  return { kind: 'unreadable', reason };
}

const known = new WeakMap<Sites, Months>();

function months(sites: Sites): Months {
  let found = known.get(sites);
  if (!found) {
    found = monthsOf(sites.config.months);
    known.set(sites, found);
  }
  return found;
}
