/** What stands elsewhere for those who keep the text than for those who read it where it was. */
import type { ChildNode, Document, Element } from 'domhandler';
import { cleanHtml } from './clean.js';
import { toHtml } from './html.js';
import { type PlaceOf, placePictures } from './pictures.js';
import { following, isElement } from './tree.js';

export interface Places {
  /** Another address for a link; undefined leaves it as it is. The result may be relative, so that it outlives no further `cleanHtml`. */
  linkTo?: (href: string) => string | undefined;
  /** What becomes of a picture. */
  placeOf?: PlaceOf;
}

/** The same clean HTML with its links and pictures put where `places` has them. */
export function withPlaces(html: string, places: Places): string {
  const isTouched = (places.linkTo && html.includes('<a ')) || (places.placeOf && html.includes('<img'));
  return isTouched ? toHtml(putInPlace(cleanHtml(html), places)) : html;
}

/** The same clean HTML for a page that asks nobody for anything: pictures are their words, and a link tells no site where it was met. */
export function inertHtml(html: string): string {
  const document = putInPlace(cleanHtml(html), { placeOf: () => 'words' });
  for (const link of linksOf(document)) Object.assign(link.attribs, { rel: 'noreferrer noopener', target: '_blank' });
  return toHtml(document);
}

/** Changes the document it is given. Pictures first: one that becomes a link leads to where it was. */
export function putInPlace(document: Document, { linkTo, placeOf }: Places): Document {
  if (placeOf) placePictures(document, placeOf);
  for (const { attribs } of linksOf(document)) {
    const other = attribs.href === undefined ? undefined : linkTo?.(attribs.href);
    if (other !== undefined) attribs.href = other;
  }
  return document;
}

function* linksOf(document: Document): Generator<Element> {
  let node: ChildNode | undefined = document.children[0];
  while (node) {
    if (isElement(node) && node.name === 'a') yield node;
    node = (isElement(node) && node.children[0]) || following(node, document);
  }
}
