/**
 * Clean HTML → the XHTML of an EPUB 3 chapter: the same words in the same places, in the elements that HTML still has and
 * the order in which its schema wants them. What was told by an attribute or an element of old is told by a class.
 */
import type { ChildNode, Element } from 'domhandler';
import { strictAddress } from './address.js';
import { cleanHtml } from './clean.js';
import { isBlockName } from './html.js';
import { HEADINGS } from './keep.js';
import { type Places, putInPlace } from './places.js';
import { following, isElement, nameOf, setChildren } from './tree.js';
import { nodesToXml } from './xml.js';

/** The classes that `toXhtml` writes; whoever shows its text has a style for each. */
export const XHTML_CLASSES = [
  ...['address', 'big', 'center', 'dd', 'details', 'dl', 'dt', 'heading', 'justify', 'right', 'summary', 'tt'],
] as const;

/** Well-formed, in no namespace of its own; to stand in an element that declares XHTML's. */
export function toXhtml(html: string, places: Places = {}): string {
  const document = putInPlace(cleanHtml(html), places);
  let node: ChildNode | undefined = document.children[0];
  while (node) {
    if (isElement(node)) adapt(node);
    node = (isElement(node) && node.children[0]) || following(node, document);
  }
  return nodesToXml(document.children, (name) => name === 'div' || isBlockName(name));
}

/** Outer elements come first, so that what they did to their own children is there when those are asked. */
function adapt(element: Element): void {
  const { name } = element;
  RENAMED[name]?.(element);
  if (HEADINGS.has(name) && isWithin(element, 'dt', 'th')) become(element, 'p', 'heading');
  if (name === 'dfn' && isWithin(element, 'dfn')) become(element, 'span');
  writeAttributes(element);
}

const RENAMED: Readonly<Record<string, (element: Element) => void>> = {
  acronym: (element) => become(element, 'abbr'),
  strike: (element) => become(element, 's'),
  big: (element) => become(element, 'span', 'big'),
  tt: (element) => become(element, 'span', 'tt'),
  // An address may hold no heading and no address; a reader that can't open details would never show them.
  address: (element) => become(element, 'div', 'address'),
  details: (element) => become(element, 'div', 'details'),
  summary: (element) => become(element, 'p', 'summary'),
  dl: pairTerms,
  figcaption: (element) => {
    if (element.prev && element.next) become(element, 'p');
  },
  img: (element) => {
    element.attribs.alt ??= '';
  },
  ruby: annotate,
  rt: inRubyOnly,
  rp: inRubyOnly,
  table: sortTable,
};

function become(element: Element, name: string, className?: string): void {
  element.name = name;
  if (className !== undefined) addClass(element, className);
}

function addClass(element: Element, name: string): void {
  const { class: others } = element.attribs;
  element.attribs.class = others === undefined ? name : `${others} ${name}`;
}

function isWithin(element: Element, ...names: string[]): boolean {
  for (let at = element.parent; at; at = at.parent) if (names.includes(nameOf(at))) return true;
  return false;
}

/** A list of descriptions is terms, each run of them with what describes it. One of another kind was made for its look. */
function pairTerms(list: Element): void {
  const kinds = list.children.map(nameOf).join(' ');
  if (/^(?:dt (?:dt )*dd(?: dd)*(?: (?=dt)|$))+$/.test(kinds)) return;
  become(list, 'div', 'dl');
  for (const child of list.children) if (isElement(child)) become(child, 'div', child.name);
}

/** Bases, each with its reading; anything else between `<ruby>` and `</ruby>` is words. */
function annotate(ruby: Element): void {
  const kinds = ruby.children.map((child) => (/^r[tp]$/.test(nameOf(child)) ? nameOf(child) : 'base')).join(' ');
  if (!/^(?:(?:base )+(?:rt|rp rt rp)(?: (?=base)|$))+$/.test(kinds)) become(ruby, 'span');
}

function inRubyOnly(element: Element): void {
  if (nameOf(element.parent) !== 'ruby') become(element, 'span');
}

/** Caption, head, bodies, foot: so they are shown wherever they stand. A second head or foot is shown as a body. */
function sortTable(table: Element): void {
  const firsts = new Map<string, ChildNode>();
  for (const child of table.children) {
    const name = nameOf(child);
    if ((name === 'thead' || name === 'tfoot') && firsts.has(name)) become(child as Element, 'tbody');
    else firsts.set(name, child);
  }
  const place = (child: ChildNode) => ['caption', 'thead', 'tbody', 'tfoot'].indexOf(nameOf(child));
  setChildren(
    table,
    [...table.children].sort((one, other) => place(one) - place(other)),
  );
}

const SCOPES: ReadonlySet<string> = new Set(['row', 'col', 'rowgroup', 'colgroup']);

/** Attributes in XHTML's own form and order of old; what its schema would not take goes. */
function writeAttributes(element: Element): void {
  const { align, lang, scope, width, height, ...others } = element.attribs;
  element.attribs = others;
  if (align !== undefined) addClass(element, align);
  // A language's name of old tags, such as "i-klingon-in-the-long-form-of-1998", is none to a schema.
  if (lang !== undefined && LANGUAGE.test(lang)) Object.assign(element.attribs, { 'xml:lang': lang, lang });
  if (scope !== undefined && SCOPES.has(scope)) element.attribs.scope = scope;
  const lengths = Object.entries({ width, height }).filter((side): side is [string, string] => side[1] !== undefined);
  for (const [side, length] of lengths) if (!length.endsWith('%')) element.attribs[side] = length;
  const shares = lengths.filter(([, length]) => length.endsWith('%')).map(([side, length]) => `${side}: ${length}`);
  if (shares.length > 0) element.attribs.style = shares.join('; ');
  writeAddresses(element);
}

/** A link that a strict reader stumbles over is its words, and says where it led. */
function writeAddresses(element: Element): void {
  const { href, cite, ...others } = element.attribs;
  const links = href === undefined ? undefined : strictAddress(href);
  const said = cite === undefined ? undefined : strictAddress(cite);
  if (href !== undefined && links === undefined) {
    become(element, 'span');
    others.title ??= href;
  }
  element.attribs = {
    ...(links !== undefined && { href: links }),
    ...(said !== undefined && { cite: said }),
    ...others,
  };
}

const LANGUAGE = /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/;
