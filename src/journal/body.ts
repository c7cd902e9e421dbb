/**
 * Cuts an entry's body out of a page's source. It is a slice of what the site sent and never a tree written out again:
 * serializers recurse over the depth of a page, and a tree has the author's mistakes mended in the wrong place.
 */
import type { Element } from 'domhandler';
import { isWithin, type Page, startOf } from './page.js';

export interface BodyRules {
  body: readonly string[];
  bodyEnd: readonly string[];
  strip: readonly string[];
}

export interface Body {
  html: string;
  /** The element that holds it. */
  element: Element;
  start: number;
  end: number;
  /** The page ends too early: neither its own end nor anything that stands behind a body has come. */
  brokenOff: boolean;
}

/** What stands in the body's own element besides the body. */
export interface Edges {
  /** Where, behind the element's start tag, the body begins: behind a subject or metadata. */
  from?: number;
  /** How much of a body's source is left when metadata and links are taken off its end. */
  tail?: (html: string) => number;
}

export function cutBody(page: Page, rules: BodyRules, edges: (element: Element) => Edges): Body | undefined {
  const element = page.first(rules.body);
  return element && sliceBody(page, element, rules, edges(element));
}

export function sliceBody(
  page: Page,
  element: Element,
  rules: Pick<BodyRules, 'bodyEnd' | 'strip'>,
  edges: Edges = {},
): Body | undefined {
  const location = element.sourceCodeLocation;
  const start = edges.from ?? location?.startTag?.endOffset;
  if (!location || start === undefined) return undefined;
  const mark = firstAfter(page, rules.bodyEnd, start);
  const closed = location.endTag?.startOffset;
  const outer = bodyEnd(page.html, { start, closed, ends: location.endOffset, mark });
  const end = edges.tail ? start + edges.tail(page.html.slice(start, outer)) : outer;
  // Closed or not: what looks like a body may stand in front of the body itself, in layouts whose cells all look alike
  const brokenOff = mark === undefined && !hasEnd(page);
  return { html: splice(page, element, start, end, rules.strip).trim(), element, start, end, brokenOff };
}

/** Whether the page's own end stands at its end. */
export function hasEnd(page: Page): boolean {
  return /<\/(body|html)\s*>\s*$/i.test(page.html.slice(-200));
}

interface Ends {
  start: number;
  /** Where the element's end tag stands. */
  closed: number | undefined;
  /** Where the parser ended the element, with or without a tag. */
  ends: number;
  /** Where what follows the body begins. */
  mark: number | undefined;
}

function bodyEnd(html: string, { start, closed, ends, mark }: Ends): number {
  const end = closed ?? ends;
  if (mark === undefined) return end;
  // an end tag of the site's own with nothing but more tags behind it; text there means that the author closed one tag too many
  if (closed !== undefined && closed < mark && !goesOn(html, closed, mark)) return closed;
  return withoutTags(html, start, mark);
}

/** Where the first element that follows the body begins. */
function firstAfter(page: Page, selectors: readonly string[], start: number): number | undefined {
  let first: number | undefined;
  for (const selector of selectors) {
    for (const element of page.select(selector)) {
      const at = startOf(element);
      if (at >= start && (first === undefined || at < first)) first = at;
    }
  }
  return first;
}

/**
 * Whether the author's words go on behind the end tag: text or a picture, with no tag of the page's own frame before it. Frames
 * have classes or ids, and what an author writes hardly ever has, but for account tags and what Word leaves behind.
 */
function goesOn(html: string, from: number, to: number): boolean {
  const tags = /<!--|<[^<>]*>|[^\s<]/g;
  tags.lastIndex = from;
  for (let found = tags.exec(html); found && found.index < to; found = tags.exec(html)) {
    const [tag] = found;
    if (tag === '<!--') {
      const close = html.indexOf('-->', found.index);
      if (close < 0) return false;
      tags.lastIndex = close + 3;
      continue;
    }
    if (!tag.startsWith('<') || /^<(img|embed|object|iframe|video|audio)\b/i.test(tag)) return true;
    if (/^<[a-z][^>]*\s(class|id)\s*=/i.test(tag) && !/\sclass\s*=\s*["']?\s*(ljuser|Mso)/i.test(tag)) return false;
  }
  return false;
}

/** Goes back from a place over the tags of the page's own frame: end tags, and start tags of blocks that hold nothing yet. */
function withoutTags(html: string, start: number, from: number): number {
  let end = from;
  while (end > start) {
    const space = /\s+$/.exec(html.slice(Math.max(start, end - 200), end))?.[0].length ?? 0;
    end -= space;
    if (html[end - 1] !== '>') {
      if (space === 0) break;
      continue;
    }
    const open = html.lastIndexOf('<', end - 1);
    if (open < start || !/^<(\/|!--|(div|p|table|tbody|tr|td|ul|li|dl|span)\b)/i.test(html.slice(open, open + 12)))
      break;
    end = open;
  }
  return end;
}

/** The slice without the elements to strip; one that was never closed stays, since it may hold what follows it. */
function splice(page: Page, body: Element, start: number, end: number, strip: readonly string[]): string {
  const ranges: [number, number][] = [];
  for (const selector of strip) {
    for (const element of page.select(selector)) {
      const location = element.sourceCodeLocation;
      if (!location || location.startOffset < start || location.startOffset >= end) continue;
      if (element === body || isWithin(body, element) || !(location.endTag || VOID.has(element.name))) continue;
      // its own end tag may be among those that were taken off the body's end
      if (location.endOffset <= end || !goesOn(page.html, end, location.endOffset)) {
        ranges.push([location.startOffset, Math.min(end, location.endOffset)]);
      }
    }
  }
  if (ranges.length === 0) return page.html.slice(start, end);
  ranges.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const kept: string[] = [];
  let at = start;
  for (const [from, to] of ranges) {
    if (from < at) continue;
    kept.push(page.html.slice(at, from));
    at = to;
  }
  kept.push(page.html.slice(at, end));
  return kept.join('');
}

const VOID = new Set(['img', 'br', 'hr', 'input', 'link', 'meta', 'embed', 'source', 'wbr']);
