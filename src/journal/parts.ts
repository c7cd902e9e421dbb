/** The parts of an entry page that several readers look for in the same way: accounts, tags, moods, neighbours. */
import type { Element } from 'domhandler';
import type { SitesFile } from '../config/sites.js';
import { hrefOf } from './identity.js';
import { linesIn, type Page, startOf, textOf, within } from './page.js';
import type { Place, Sites } from './sites.js';

/** A part of the page in which nothing is looked for: the body, where an author may write anything. */
export interface Span {
  start: number;
  end: number;
}

export function isOutside(element: Element, span: Span | undefined): boolean {
  const at = startOf(element);
  return !span || at < span.start || at >= span.end;
}

const SIDE = /side|module|widget|nav|calendar|footer|archive/i;

/** Whether a part of the page around an element is called a sidebar, a module, an archive. */
export function inSidebar(element: Element, page: Page): boolean {
  for (
    let node: Element | null = element;
    node && node !== page.tags('body')[0];
    node = node.parent as Element | null
  ) {
    if (node.type === 'tag' && SIDE.test(`${node.attribs.class ?? ''} ${node.attribs.id ?? ''}`)) return true;
  }
  return false;
}

/**
 * The account that account tags or links to journals within an element name, with underscores. Where a poster's and a
 * community's stand together, in whatever order, it is the one that is not `journal`.
 */
export function accountIn(element: Element, sites: Sites, base: string, journal?: string): string | undefined {
  const all = [element, ...within(element)];
  const tagged = all.map(taggedAccount).filter((name) => name !== undefined);
  const found =
    tagged.length > 0
      ? tagged
      : all.map((inner) => linkedAccount(inner, sites, base)).filter((name) => name !== undefined);
  return found.find((name) => name !== journal) ?? found[0];
}

function taggedAccount({ attribs, name }: Element): string | undefined {
  const user =
    attribs['data-ljuser'] ?? attribs['lj:user'] ?? (name === 'lj' ? (attribs.user ?? attribs.comm) : undefined);
  return user && /^[\w-]+$/.test(user) ? accountName(user) : undefined;
}

function linkedAccount(element: Element, sites: Sites, base: string): string | undefined {
  const to = element.name === 'a' ? sites.tryParse(hrefOf(element), base) : undefined;
  return to?.kind === 'journal' || (to?.kind === 'other' && /\/(profile|info)\/?$/.test(to.url))
    ? to.journal
    : undefined;
}

function accountName(text: string): string {
  return text.toLowerCase().replaceAll('-', '_');
}

/** `poster-somebody journal-fic_two` among an element's classes; `journal-type-P` is something else. */
export function accountsOfClasses(element: Element | undefined): { poster?: string; journal?: string } {
  const found: { poster?: string; journal?: string } = {};
  for (const name of (element?.attribs.class ?? '').split(/\s+/)) {
    const [, what, account] = /^(poster|journal)-(?!type-)(\w[\w-]*)$/.exec(name) ?? [];
    if (what && account) found[what as 'poster' | 'journal'] = accountName(account);
  }
  return found;
}

/**
 * The tags that links name, in page order, each once. A link's text is the tag; its address is asked where the text was cut
 * short ("fandom: the lo…") and to pass over links that are no tags (the list of all tags, "edit").
 */
export function tagsOf(links: readonly Element[]): string[] {
  const tags = new Map<string, string>();
  for (const link of links) {
    const text = textOf(link).replace(/,$/, '').trim();
    const address = tagOfAddress(hrefOf(link));
    if (address === undefined && !/(^|\s)tag(\s|$)/.test(link.attribs.rel ?? '')) continue;
    const cut = /^(.+?)\s?(…|\.\.\.)$/.exec(text)?.[1];
    const tag =
      cut !== undefined && address?.toLowerCase().startsWith(cut.toLowerCase()) ? address : text || (address ?? '');
    if (tag !== '' && !tags.has(tag.toLowerCase())) tags.set(tag.toLowerCase(), tag);
  }
  return [...tags.values()];
}

/** `/tag/pairing:+a%2Fb/`, and Dreamwidth's `?tag=pairing:+a/b` for tags with a slash. */
function tagOfAddress(href: string): string | undefined {
  const raw = /[?&]tag=([^&#]+)/.exec(href)?.[1] ?? /\/tag\/([^?#]+)/.exec(href)?.[1]?.replace(/\/$/, '');
  if (raw === undefined || raw === '') return undefined;
  try {
    return decodeURIComponent(raw.replaceAll('+', ' ')).trim();
  } catch {
    return raw;
  }
}

export interface Currents {
  mood?: string;
  music?: string;
  location?: string;
}

/** "Current Mood: cheerful" and its like from a list of an entry's metadata. */
export function currentsIn(elements: readonly Element[], words: SitesFile['currents']): Currents {
  const found: Currents = {};
  for (const element of elements) {
    for (const line of linesIn(element)) {
      const [label, value] = labelled(line, words) ?? [];
      if (label && label !== 'tags' && value && found[label] === undefined) found[label] = value;
    }
  }
  return found;
}

/** A line that begins with one of the words for metadata: its kind and its value. */
export function labelled(
  line: string,
  words: SitesFile['currents'],
): [keyof SitesFile['currents'], string] | undefined {
  const [, head, value] = /^\[?\s*([^:|]{1,40}?)\s*[:|]\s*(.*?)\s*\]?$/.exec(line) ?? [];
  if (head === undefined || value === undefined) return undefined;
  for (const [kind, labels] of Object.entries(words)) {
    if (labels.includes(head.toLowerCase())) return [kind as keyof SitesFile['currents'], value];
  }
  return undefined;
}

/** How far back from a body's end metadata and links are looked for; a line of them is seldom longer. */
const TAIL = 3000;

/**
 * Takes metadata ("[ mood | cheerful ]", "Current Music: …", "Tags: …") and the page's own links (reply, previous, next) off
 * the end of a body, for layouts that print them into the same element: how much is left, and what was said.
 */
export function cutTail(html: string, words: SitesFile['currents']): { length: number; currents: Currents } {
  const currents: Currents = {};
  let length = html.length;
  for (;;) {
    const tail = html.slice(Math.max(0, length - TAIL), length);
    const end = tail.replace(/(\s|<\/?(br|p|div|center|ul)\b[^<>]*>){1,60}$/i, '').length;
    const breaks = [...tail.slice(0, end).matchAll(/<\/?(br|p|div|center|ul|li|table|hr)\b[^<>]*>/gi)];
    const last = breaks.at(-1);
    const start = last ? last.index + last[0].length : tail.length === length ? 0 : -1;
    const line = start < 0 ? '' : tail.slice(start, end);
    const text = line
      .replace(/<[^<>]*>/g, ' ')
      .replace(/&nbsp;/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    const [label, value] = labelled(text, words) ?? [];
    if (label && label !== 'tags' && value) currents[label] ??= value;
    if (!label && !isPageLinks(line))
      return { length: end === tail.length ? length : length - tail.length + end, currents };
    length = length - tail.length + start;
    if (length <= 0) return { length: 0, currents };
  }
}

/** Links to the page's own services with nothing but punctuation between them. */
function isPageLinks(line: string): boolean {
  const rest = line.replace(
    /<a\b[^<>]*[?&](mode=reply|dir=|itemid=|replyto=)[^<>]*>(.{0,200}?)<\/a>|<a\b[^<>]*#comments[^<>]*>(.{0,100}?)<\/a>/gi,
    '@',
  );
  return rest.includes('@') && !/[\p{L}\d]/u.test(rest.replace(/<[^<>]*>|&nbsp;/g, ''));
}

/**
 * The address of a neighbour: where the page links an entry of this journal, that; where it links a go address or nothing, the
 * site's own go address, so that the same entry has the same neighbours in every layout.
 */
export function neighbour(
  page: Page,
  sites: Sites,
  place: Place,
  dir: 'prev' | 'next',
  selectors: readonly string[],
  body: Span | undefined,
): string | undefined {
  const go = sites.goUrl(place, dir);
  const captions = sites.config.captions[dir === 'prev' ? 'previous' : 'next'];
  for (const link of candidates(page, selectors, captions)) {
    if (!isOutside(link, body)) continue;
    const to = sites.tryParse(hrefOf(link), page.url || sites.entryUrl(place));
    if (to?.journal !== place.journal || to.site !== place.site) continue;
    if (to.kind === 'go' && to.dir === dir && to.number === place.number) return go ?? to.url;
    if (to.kind === 'entry' && to.number !== place.number) return to.url;
  }
  return go;
}

function* candidates(page: Page, selectors: readonly string[], captions: readonly string[]): Generator<Element> {
  for (const selector of selectors) yield* page.select(selector);
  for (const link of page.tags('a')) {
    // most links of a page are no neighbours', and reading the text of every one is dear
    if (!/\.html|[?&]dir=/.test(hrefOf(link))) continue;
    const said = [link.attribs.title, ...[...within(link)].map((inner) => inner.attribs.alt), textOf(link)];
    if (said.some((text) => text !== undefined && captions.includes(plainCaption(text)))) yield link;
  }
}

/** "← Previous Entry" → "previous entry" */
function plainCaption(text: string): string {
  return text.toLowerCase().replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
}
