/** What journal sites put into a body that is not text: account tags, cuts, polls, players. */
import type { Element } from 'domhandler';
import { linkAddress } from './address.js';
import { NOTES, PLAYERS } from './keep.js';
import { following, isElement, plainText } from './tree.js';

export interface Account {
  /** The name as shown. */
  name: string;
  account: string;
  /** The tag wraps what the site shows of the account (icon, link), which its name replaces. */
  whole: boolean;
}

/**
 * `<lj user="x">` and Dreamwidth's `<user name="x">` as typed (never closed, so that the rest of the text is inside), or
 * `<span class="ljuser">` as shown.
 */
export function readAccount(element: Element): Account | undefined {
  const { name, attribs } = element;
  const typed =
    name === 'lj' ? (attribs.user ?? attribs.comm) : name === 'user' ? (attribs.name ?? attribs.user) : undefined;
  if (typed) return { name: attribs.title?.trim() || typed, account: typed, whole: false };
  if (name !== 'span' || !hasClass(element, 'ljuser')) return undefined;
  const said = attribs['data-ljuser'] ?? attribs['lj:user'];
  const shown = plainText([element]).replace(/\s+/g, ' ').trim();
  if (shown === '' && !said) return undefined;
  return { name: shown || (said as string), account: said || shown, whole: true };
}

/** A cut's anchors: `<a name="cutid1">` opens, `<a name="cutid1-end">` closes. Dreamwidth sets no end. */
export function readCutAnchor(element: Element): 'start' | 'end' | undefined {
  const match = /^cutid\d+(-end)?$/.exec(element.attribs.name ?? element.attribs.id ?? '');
  return match ? (match[1] ? 'end' : 'start') : undefined;
}

export function isCutTag(element: Element): boolean {
  return element.name === 'lj-cut' || element.name === 'cut';
}

/** Something that a link with a note stands for. `whole`: what is inside of the element goes with it. */
export interface Stand {
  note: string;
  href: string | undefined;
  whole: boolean;
}

export function readStandIn(element: Element, base: string | undefined): Stand | undefined {
  const { name } = element;
  if (PLAYERS.has(name)) return { note: NOTES.player, href: playerAddress(element, base), whole: true };
  if (hasClass(element, 'poll-container'))
    return { note: pollNote(element), href: pollAddress(element, base), whole: true };
  // As typed these are never closed: the rest of the text is inside.
  if (/^(?:lj-)?poll-\d+$/.test(name)) return { note: NOTES.poll, href: undefined, whole: false };
  if ((name === 'lj-embed' || name === 'site-embed') && !holdsPlayer(element)) {
    return { note: NOTES.player, href: undefined, whole: false };
  }
  return undefined;
}

function playerAddress(element: Element, base: string | undefined): string | undefined {
  const { src, data, code } = element.attribs;
  const own = linkAddress(src ?? data ?? code ?? '', base);
  if (own !== undefined) return own;
  for (const inner of descendants(element, 50)) {
    const { src: source, name, value } = inner.attribs;
    const told = inner.name === 'param' && /^(?:movie|src|url)$/i.test(name ?? '') ? value : source;
    const found = told === undefined ? undefined : linkAddress(told, base);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The poll's own page (`…/poll/?id=1`), which its title links. */
function pollAddress(element: Element, base: string | undefined): string | undefined {
  for (const inner of descendants(element, 50)) {
    const found = inner.name === 'a' && inner.attribs.href ? linkAddress(inner.attribs.href, base) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function pollNote(element: Element): string {
  for (const inner of descendants(element, 50)) {
    if (!hasClass(inner, 'poll-title')) continue;
    const title = plainText([inner]).replace(/\s+/g, ' ').trim();
    if (title !== '') return `[${title}]`;
  }
  return NOTES.poll;
}

function holdsPlayer(element: Element): boolean {
  for (const inner of descendants(element, 50)) if (PLAYERS.has(inner.name)) return true;
  return false;
}

/** The first elements within an element; a bound, since an unclosed one may hold the rest of the page. */
function* descendants(element: Element, bound: number): Iterable<Element> {
  let left = bound;
  let node = element.children[0];
  while (node && left > 0) {
    if (isElement(node)) {
      yield node;
      left--;
    }
    node = (isElement(node) && node.children[0]) || following(node, element);
  }
}

function hasClass(element: Element, name: string): boolean {
  const { class: classes } = element.attribs;
  return classes?.split(/\s+/).includes(name) ?? false;
}
