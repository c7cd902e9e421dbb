/** An entry read by a layout that the config knows. */
import type { Element } from 'domhandler';
import type { LayoutConfig, SitesFile } from '../config/sites.js';
import type { Entry, Security } from '../model.js';
import { type Body, cutBody } from './body.js';
import { dateOfEpoch, type Months, readDate, saysTime } from './dates.js';
import type { Facts } from './facts.js';
import { hrefOf } from './identity.js';
import { isWithin, type Page, textOf, within } from './page.js';
import { accountIn, accountsOfClasses, currentsIn, cutTail, isOutside, labelled, neighbour, tagsOf } from './parts.js';
import type { Place, Sites } from './sites.js';

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
  const body = cutBody(page, rules, (element) => behindHead(page, element, layout, config));
  if (!body) return undefined;
  const outside = <T extends Element>(elements: T[]) => elements.filter((element) => isOutside(element, body));
  const tail = layout.tail ? cutTail(body.html, config.currents) : { html: body.html, currents: {} };
  const currents = { ...tail.currents, ...currentsIn(outside(page.every(layout.currents)), config.currents) };
  const value = (selectors: string[]) => {
    const element = outside(page.every(selectors))[0];
    return (element && textOf(element)) || undefined;
  };
  const links = tagLinks(page, layout, config).filter((link) => isOutside(link, body));
  const tags = tagsOf(links);
  const entry: Entry = {
    site: place.site,
    journal: place.journal,
    number: place.number,
    url: sites.entryUrl(place),
    ...optional({
      subject: subjectOf(context, subjectElement),
      poster: posterOf(context, layout, body),
      postedAt: postedAt(context, layout, body),
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
    body: { form: 'rendered', html: tail.html },
  };
  return { entry, brokenOff: body.brokenOff };
}

/** The given facts without those that are absent. */
export function optional<T extends Record<string, string | undefined>>(facts: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined && value !== '')) as {
    [K in keyof T]?: string;
  };
}

/**
 * Behind the subject and metadata that old light pages put at the start of the body's own element. An author may begin an
 * entry with a table or with large letters too, so a table has to hold metadata and large letters have to say the page's title.
 */
function behindHead(page: Page, element: Element, layout: LayoutConfig, config: SitesFile): number | undefined {
  let end = element.sourceCodeLocation?.startTag?.endOffset;
  if (end === undefined || layout.bodyAfter.length === 0) return undefined;
  const heads = layout.bodyAfter
    .flatMap((selector) => page.select(selector))
    .filter((head) => head !== element && isWithin(head, element));
  heads.sort((a, b) => (a.sourceCodeLocation?.startOffset ?? 0) - (b.sourceCodeLocation?.startOffset ?? 0));
  for (const head of heads) {
    const at = head.sourceCodeLocation;
    if (
      !at?.endTag ||
      at.startOffset < end ||
      !/^(\s|<\/?(p|br)\b[^<>]*>)*$/i.test(page.html.slice(end, at.startOffset))
    )
      break;
    if (!isHead(page, head, config)) break;
    end = at.endOffset;
  }
  return end + (/^(\s|<br\b[^<>]*>)*/i.exec(page.html.slice(end, end + 100))?.[0].length ?? 0);
}

function isHead(page: Page, head: Element, config: SitesFile): boolean {
  const text = textOf(head, 500);
  if (head.name === 'table') return text === '' || labelled(text, config.currents) !== undefined;
  const titles = [page.meta('og:title'), page.title].filter((title) => title !== undefined);
  return titles.length === 0 || titles.some((title) => title.replace(/\s+/g, ' ').includes(text));
}

export function subjectOf({ page, sites, facts, place }: Context, element: Element | undefined): string | undefined {
  const shown = element && textOf(element);
  const said = shown || facts.title || page.meta('og:title')?.replace(/\s+/g, ' ');
  if (!said || isNoSubject(said, sites.config.noSubject)) return undefined;
  // some pages without a subject put the journal's name into og:title
  if (!shown && !facts.title && said.toLowerCase() === place.journal) return undefined;
  return said;
}

function isNoSubject(text: string, words: readonly string[]): boolean {
  return words.includes(text.toLowerCase().trim());
}

function posterOf({ page, sites, facts }: Context, layout: LayoutConfig, body: Body): string | undefined {
  const named = facts.poster ?? accountsOfClasses(layout.classes ? page.first([layout.classes]) : undefined).poster;
  if (named) return named;
  for (const selector of layout.poster) {
    for (const element of page.select(selector)) {
      const account = isOutside(element, body) ? accountIn(element, sites, page.url) : undefined;
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
function postedAt(context: Context, layout: LayoutConfig, body: Body): string | undefined {
  const stated = statedDate(context);
  if (stated) return stated;
  const hints = { months: context.months, order: layout.dateOrder };
  for (const selector of layout.date) {
    const elements = context.page.select(selector).filter((element) => isOutside(element, body));
    const texts = elements.map((element) => textOf(element, 400));
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
  return row ? [...within(row)].filter((element) => element.name === 'a') : [];
}

function securityOf({ page, sites, facts }: Context, layout: LayoutConfig, body: Body): Security {
  if (facts.isPublic !== undefined) return facts.isPublic ? 'public' : 'restricted';
  const shows = (selectors: string[]) =>
    selectors.some((selector) => page.select(selector).some((element) => isOutside(element, body)));
  if (shows(layout.restricted)) return 'restricted';
  if (shows(layout.public)) return 'public';
  return shows(sites.config.restricted) ? 'restricted' : 'unknown';
}
