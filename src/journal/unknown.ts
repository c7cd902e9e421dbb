/**
 * The last resort: an entry on a page whose layout nobody has described. The body is the largest block of text outside
 * navigation, sidebars and comments; the rest is what the page states, or what stands before the body and looks like it.
 */
import type { Element } from 'domhandler';
import type { Entry } from '../model.js';
import { hasEnd, sliceBody } from './body.js';
import { readDate } from './dates.js';
import { attributeDate, authorOf, type Context, optional, statedDate, subjectOf } from './entry.js';
import { type Page, startOf, textOf } from './page.js';
import { accountIn, inSidebar, isOutside, neighbour, type Span, tagsOf } from './parts.js';
import type { Sites } from './sites.js';

/** Shorter text than this is a remark of the site's, unless the page says that it is an entry. */
const LEAST = 40;
/** A block is gone into where it holds at least this much of the text around it. */
const SHARE = 0.75;

export interface Guess {
  entry: Entry;
  /** Whether the page has what only an entry's page has: a date before the text, or facts that it states. */
  sure: boolean;
  brokenOff: boolean;
}

export function guessEntry(context: Context): Guess | undefined {
  const { page, sites, place } = context;
  const block = largestBlock(page, sites);
  const strip = [...sites.config.strip, ...sites.config.chrome];
  const body =
    block && sliceBody(page, block, { bodyEnd: ['#comments', '#Comments', '.ljtags', '.lj-currents'], strip });
  if (!block || !body || textOf(block, LEAST * 2).length < LEAST) return undefined;
  const stated = statedDate(context);
  const postedAt = stated ?? printedDate(context, body);
  const links = page
    .tags('a')
    .filter((link) => /(^|\s)tag(\s|$)/.test(link.attribs.rel ?? '') && isOutside(link, body));
  const tags = tagsOf(links.filter((link) => !inSidebar(link, page)));
  const entry: Entry = {
    site: place.site,
    journal: place.journal,
    number: place.number,
    url: sites.entryUrl(place),
    ...optional({
      subject: subject(context, body),
      poster: context.facts.poster ?? authorOf(page, sites) ?? posterBefore(context, body),
      postedAt,
    }),
    tags: tags.length > 0 ? tags : [...new Set(page.metas('article:tag').filter((tag) => tag !== ''))],
    security: context.facts.isPublic === undefined ? 'unknown' : context.facts.isPublic ? 'public' : 'restricted',
    ...optional({
      previous: neighbour(page, sites, place, 'prev', [], body),
      next: neighbour(page, sites, place, 'next', [], body),
    }),
    layout: 'unknown',
    body: { form: 'rendered', html: body.html },
  };
  const type = page.meta('og:type');
  return {
    entry,
    sure:
      postedAt !== undefined &&
      (stated !== undefined || type === 'article' || context.facts.number !== undefined || entry.poster !== undefined),
    brokenOff: (body.brokenOff && !isClosed(block)) || endsWithin(page),
  };
}

/** The page ends inside some block, so that the largest text of it may be still to come. Styles that never close a page close their blocks. */
function endsWithin(page: Page): boolean {
  const blocks = ['div', 'article', 'section', 'table'].flatMap((name) => page.tags(name));
  return !hasEnd(page) && !blocks.every(isClosed);
}

function isClosed({ sourceCodeLocation }: Element): boolean {
  return sourceCodeLocation?.endTag !== undefined;
}

/** The block's text, for looking past it. */
export function largestText(page: Page, sites: Sites): string {
  const block = largestBlock(page, sites);
  return block ? textOf(block) : '';
}

/** Goes down from the page's body while one block holds nearly all of the text, and stops where the author's own markup may begin. */
function largestBlock(page: Page, sites: Sites): Element | undefined {
  const body = page.tags('body')[0];
  if (!body) return undefined;
  const sizes = sizesOf(body, new Set(sites.config.chrome.flatMap((selector) => page.select(selector))));
  let block = body;
  for (;;) {
    const inner = largestChild(block, sizes);
    if (
      !inner ||
      (sizes.get(inner) ?? 0) < SHARE * (sizes.get(block) ?? 0) ||
      !mayHold(inner, block, sites.config.bodyWords)
    )
      break;
    block = inner;
  }
  return block === body && page.tags('div').length + page.tags('td').length > 0 && (sizes.get(body) ?? 0) === 0
    ? undefined
    : block;
}

const BLOCKS = new Set([
  'div',
  'td',
  'tr',
  'tbody',
  'table',
  'article',
  'section',
  'main',
  'center',
  'dl',
  'dd',
  'form',
  'p',
]);
const FRAMES = new Set(['tr', 'tbody', 'table', 'td']);

/** A block with a class or id is the site's; a bare one is the site's only while no block that names the body has been reached. */
function mayHold(inner: Element, outer: Element, words: readonly string[]): boolean {
  if (!BLOCKS.has(inner.name)) return false;
  const named = inner.attribs.class !== undefined || inner.attribs.id !== undefined;
  const reached = words.some((word) =>
    `${outer.attribs.class ?? ''} ${outer.attribs.id ?? ''}`.toLowerCase().includes(word),
  );
  return named || (!reached && (FRAMES.has(inner.name) || inner.name === 'div'));
}

/** Letters of text in each block, chrome aside; one pass, since a page may nest thousands deep. */
function sizesOf(body: Element, chrome: ReadonlySet<Element>): Map<Element, number> {
  const sizes = new Map<Element, number>();
  const order: Element[] = [];
  const stack: Element[] = [body];
  for (let element = stack.pop(); element; element = stack.pop()) {
    order.push(element);
    let own = 0;
    for (const child of element.children) {
      if (child.type === 'text') own += child.data.trim().length;
      else if (child.type === 'tag' && !chrome.has(child as Element) && child.name !== 'noscript')
        stack.push(child as Element);
    }
    sizes.set(element, own);
  }
  for (const element of order.reverse()) {
    const parent = element.parent as Element | null;
    if (element !== body && parent) sizes.set(parent, (sizes.get(parent) ?? 0) + (sizes.get(element) ?? 0));
  }
  return sizes;
}

function largestChild(block: Element, sizes: ReadonlyMap<Element, number>): Element | undefined {
  let best: Element | undefined;
  for (const child of block.children) {
    if (
      child.type === 'tag' &&
      sizes.has(child as Element) &&
      (!best || (sizes.get(child as Element) ?? 0) > (sizes.get(best) ?? 0))
    )
      best = child as Element;
  }
  return best;
}

/** A date in a short element outside the body, before it rather than behind it. */
function printedDate({ page, months }: Context, body: Span): string | undefined {
  const comments = page.first(['#comments', '#Comments', '.comments']);
  const end = comments ? startOf(comments) : Number.POSITIVE_INFINITY;
  let behind: string | undefined;
  for (const element of page.elements()) {
    const at = startOf(element);
    const dated =
      element.name === 'time' ||
      element.name === 'abbr' ||
      /date|time|posted/i.test(element.attribs.class ?? '') ||
      element.name === 'td' ||
      element.name === 'span' ||
      element.name === 'p';
    if (
      !dated ||
      at < 0 ||
      at >= end ||
      !isOutside(element, body) ||
      isAround(element, body) ||
      inSidebar(element, page)
    )
      continue;
    const date =
      readDate(textOf(element, 160), { months }) ??
      (attributeDate(element) ? readDate(attributeDate(element) as string, { months }) : undefined);
    if (!date) continue;
    if (at < body.start) return date;
    behind ??= date;
  }
  return behind;
}

function isAround(element: Element, body: Span): boolean {
  const location = element.sourceCodeLocation;
  return (
    location !== undefined && location !== null && location.startOffset < body.start && location.endOffset > body.start
  );
}

function subject(context: Context, body: Span): string | undefined {
  const { page } = context;
  const stated = subjectOf(context, undefined);
  if (stated) return stated;
  const title = page.title;
  for (const name of ['h1', 'h2', 'h3', 'h4']) {
    const heading = page
      .tags(name)
      .filter((element) => startOf(element) < body.start && !inSidebar(element, page))
      .at(-1);
    const text = heading && textOf(heading, 300);
    if (text && text.toLowerCase() !== context.place.journal && title.includes(text) && title !== text)
      return subjectOf(context, heading);
  }
  return undefined;
}

function posterBefore({ page, sites, place }: Context, body: Span): string | undefined {
  for (const element of page.elements()) {
    if (element.attribs['lj:user'] === undefined && element.attribs['data-ljuser'] === undefined) continue;
    const at = startOf(element);
    if (at < body.start && !inSidebar(element, page) && !inControlStrip(element))
      return accountIn(element, sites, page.url || sites.entryUrl(place), place.journal);
  }
  return undefined;
}

/** The strip above a journal names the journal, whoever wrote the entry. */
function inControlStrip(element: Element): boolean {
  for (let node: Element | null = element; node; node = node.parent as Element | null) {
    if (/controlstrip|s-header|menu/.test(`${node.attribs?.id ?? ''} ${node.attribs?.class ?? ''}`)) return true;
  }
  return false;
}
