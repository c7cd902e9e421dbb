/** An entry read by a layout that the config knows. */
import type { Element } from 'domhandler';
import type { LayoutConfig, SitesFile } from '../config/sites.js';
import type { Entry, Security } from '../model.js';
import { type Body, cutBody } from './body.js';
import { dateOfEpoch, type Months, readDate, saysTime } from './dates.js';
import type { Facts } from './facts.js';
import { hrefOf } from './identity.js';
import { isWithin, type Page, startOf, textOf, within } from './page.js';
import {
  accountIn,
  accountsOfClasses,
  type Currents,
  currentsIn,
  cutTail,
  inSidebar,
  isOutside,
  labelled,
  neighbour,
  tagsOf,
} from './parts.js';
import type { Place, Sites } from './sites.js';
import { subjectOfTitle } from './titles.js';

/** What readers of entries are given. */
export interface Context {
  page: Page;
  sites: Sites;
  months: Months;
  facts: Facts;
  place: Place;
}

/** `undefined` where the page has no body in this layout; `brokenOff` where it ends within it. */
export function readEntry(
  context: Context,
  name: string,
  layout: LayoutConfig,
): { entry: Entry; brokenOff: boolean } | undefined {
  const { page, sites, place } = context;
  const { config } = sites;
  const subjectElement = page.first(layout.subject);
  const rules = { body: layout.body, bodyEnd: layout.bodyEnd, strip: [...config.strip, ...layout.strip] };
  const tail: Currents = {};
  const body = cutBody(page, rules, (element) => ({
    from: behindHead(context, element, layout),
    ...(layout.tail ? { tail: (html: string) => withoutTail(html, config, tail) } : {}),
  }));
  if (!body) return undefined;
  const subject = subjectOf(context, subjectElement);
  const comments = commentsAfter(page, body);
  const outside = (elements: Element[]) =>
    elements.filter((element) => isOutside(element, body) && startOf(element) < comments);
  const currents = { ...tail, ...currentsIn(outside(page.every(layout.currents)), config.currents) };
  const value = (selectors: string[]) => {
    const element = outside(page.every(selectors))[0];
    return (element && textOf(element)) || undefined;
  };
  const links = outside(tagLinks(page, layout, config));
  const tags = tagsOf(links);
  const entry: Entry = {
    site: place.site,
    journal: place.journal,
    number: place.number,
    url: sites.entryUrl(place),
    ...optional({
      subject,
      poster: posterOf(context, layout, body),
      postedAt: postedAt(context, layout, body, subject),
    }),
    tags: tags.length > 0 ? tags : [...new Set(page.metas('article:tag').filter((tag) => tag !== ''))],
    ...optional({
      mood: value(layout.mood) ?? currents.mood,
      music: value(layout.music) ?? currents.music,
      location: value(layout.location) ?? currents.location,
    }),
    security: securityOf(context, layout, body),
    ...optional({
      previous: neighbour(page, sites, place, 'prev', layout.previous, body),
      next: neighbour(page, sites, place, 'next', layout.next, body),
    }),
    layout: name,
    body: { form: 'rendered', html: body.html },
  };
  return { entry, brokenOff: body.brokenOff };
}

/** The given facts without those that are absent. */
export function optional<T extends Record<string, string | undefined>>(facts: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined && value !== '')) as {
    [K in keyof T]?: string;
  };
}

function withoutTail(html: string, config: SitesFile, currents: Currents): number {
  const tail = cutTail(html, config.currents);
  Object.assign(currents, tail.currents);
  return tail.length;
}

/**
 * Behind the subject, metadata and links that some layouts put at the start of the body's own element. An author may begin an
 * entry with a table, a rule of links or large letters too, so each has to look like what it is taken for.
 */
function behindHead(context: Context, element: Element, layout: LayoutConfig): number | undefined {
  const { page } = context;
  let end = element.sourceCodeLocation?.startTag?.endOffset;
  if (end === undefined || layout.bodyAfter.length === 0) return undefined;
  const heads = layout.bodyAfter
    .flatMap((selector) => page.select(selector))
    .filter((head) => head !== element && isWithin(head, element));
  for (const head of heads.sort((a, b) => startOf(a) - startOf(b))) {
    const at = head.sourceCodeLocation;
    if (!at?.endTag || at.startOffset < end) continue;
    if (!/^(\s|<\/?(p|br)\b[^<>]*>){0,20}$/i.test(page.html.slice(end, at.startOffset)) || !isHead(context, head))
      break;
    end = at.endOffset;
  }
  return end + (/^(\s|<\/?(br|p)\b[^<>]*>){0,20}/i.exec(page.html.slice(end, end + 200))?.[0].length ?? 0);
}

function isHead({ page, sites, months, place }: Context, head: Element): boolean {
  const text = textOf(head, 500);
  if (/entryheading/.test(head.attribs.class ?? '')) return true;
  const links = [...within(head)].filter((inner) => inner.name === 'a');
  if (links.some((link) => /[?&]dir=(prev|next)\b/.test(hrefOf(link)))) return text.length < 200;
  if (head.name === 'table')
    return (
      text === '' ||
      labelled(text, sites.config.currents) !== undefined ||
      isOfAccounts(text, links, sites, page.url || sites.entryUrl(place))
    );
  if (head.name === 'div') return false;
  if (saysTime(text) && (head.name === 'strong' || readDate(text, { months }) !== undefined)) return true;
  const titles = [page.meta('og:title'), page.title].filter((title) => title !== undefined);
  return titles.length === 0 || titles.some((title) => title.replace(/\s+/g, ' ').includes(text));
}

/** A little table with a userpic and the names of the poster and the community. */
function isOfAccounts(text: string, links: readonly Element[], sites: Sites, base: string): boolean {
  const said = links.map((link) => textOf(link)).join('');
  return (
    links.length > 0 &&
    text.replace(/[^\w-]/g, '') === said.replace(/[^\w-]/g, '') &&
    links.every((link) => accountIn(link, sites, base) !== undefined)
  );
}

export function subjectOf({ page, sites, facts, place }: Context, element: Element | undefined): string | undefined {
  const shown = element && textOf(element);
  const stated = facts.title || page.meta('og:title')?.replace(/\s+/g, ' ');
  const said = shown || (stated ?? subjectOfTitle(page, sites, place));
  if (!said || isNoSubject(said, sites.config.noSubject)) return undefined;
  // some pages without a subject put the journal's name into og:title
  if (!shown && !facts.title && said.toLowerCase() === place.journal) return undefined;
  return said;
}

function isNoSubject(text: string, words: readonly string[]): boolean {
  return words.includes(text.toLowerCase().trim());
}

function posterOf({ page, sites, facts, place }: Context, layout: LayoutConfig, body: Body): string | undefined {
  const named = facts.poster ?? accountsOfClasses(layout.classes ? page.first([layout.classes]) : undefined).poster;
  if (named) return named;
  for (const selector of layout.poster) {
    for (const element of page.select(selector)) {
      const account = isOutside(element, body)
        ? accountIn(element, sites, page.url || sites.entryUrl(place), place.journal)
        : undefined;
      if (account) return account;
    }
  }
  return authorOf(page, sites);
}

/** `article:author` is a profile's address on Dreamwidth. */
export function authorOf(page: Page, sites: Sites): string | undefined {
  const author = page.meta('article:author');
  return author ? sites.tryParse(author)?.journal : undefined;
}

/** What the page states goes before what it prints, since a printed date differs by layout. */
function postedAt(context: Context, layout: LayoutConfig, body: Body, subject: string | undefined): string | undefined {
  const stated = statedDate(context);
  if (stated) return stated;
  const hints = { months: context.months, order: layout.dateOrder };
  for (const selector of layout.date) {
    const elements = context.page.select(selector).filter((element) => isOutside(element, body));
    // a subject beside the date may hold numbers and dates of its own
    const texts = elements
      .map((element) => textOf(element, 400))
      .map((text) => (subject && text.endsWith(subject) ? text.slice(0, -subject.length) : text));
    const links = elements.flatMap(linksIn);
    const one = texts.find((text) => saysTime(text) && readDate(text, { ...hints, links }) !== undefined);
    const printed = [one, ...elements.map(attributeDate), texts.slice(0, 3).join(' ')];
    for (const text of printed) {
      const date = text === undefined ? undefined : readDate(text, { ...hints, links });
      if (date) return date;
    }
  }
  return undefined;
}

export function statedDate({ page, facts, months }: Context): string | undefined {
  const published = page.meta('article:published_time');
  return (
    (published && readDate(published, { months })) ||
    (facts.eventtime === undefined ? undefined : dateOfEpoch(facts.eventtime))
  );
}

function linksIn(element: Element): string[] {
  return [...within(element)].filter((inner) => inner.name === 'a').map(hrefOf);
}

/** `<abbr title="2012-01-20T13:21:00Z">` holds local time, whatever its Z says. */
export function attributeDate(element: Element): string | undefined {
  return element.attribs.title ?? element.attribs.datetime;
}

function tagLinks(page: Page, layout: LayoutConfig, config: SitesFile): Element[] {
  const links = page.every(layout.tags);
  if (links.length > 0) return links;
  // old light pages: a row "Entry tags:" among the metadata
  const rows = page.every(layout.currents).flatMap((element) => [element, ...within(element)]);
  const row = rows
    .filter((element) => element.name === 'tr' || element.name === 'li')
    .find((element) => labelled(textOf(element, 60), config.currents)?.[0] === 'tags');
  if (row) return [...within(row)].filter((element) => element.name === 'a');
  return page.select('a[rel~=tag]').filter((link) => !inSidebar(link, page));
}

/** Where the comments behind a body begin. Whatever stands in them is about themselves. */
function commentsAfter(page: Page, body: Body): number {
  const starts = ['#comments', '#Comments'].flatMap((selector) => page.select(selector)).map(startOf);
  return Math.min(Number.POSITIVE_INFINITY, ...starts.filter((start) => start >= body.end));
}

function securityOf({ page, sites, facts }: Context, layout: LayoutConfig, body: Body): Security {
  if (facts.isPublic !== undefined) return facts.isPublic ? 'public' : 'restricted';
  const shows = (selectors: string[]) =>
    selectors.some((selector) => page.select(selector).some((element) => isOutside(element, body)));
  if (shows(layout.restricted)) return 'restricted';
  if (shows(layout.public)) return 'public';
  return shows(sites.config.restricted) ? 'restricted' : 'unknown';
}
