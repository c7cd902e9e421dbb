/** What stands elsewhere for those who keep the text than for those who read it where it was. */
import type { ChildNode, Document } from 'domhandler';
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

/** Changes the document it is given. Pictures first: one that becomes a link leads to where it was. */
export function putInPlace(document: Document, { linkTo, placeOf }: Places): Document {
  if (placeOf) placePictures(document, placeOf);
  let node: ChildNode | undefined = document.children[0];
  while (node) {
    if (isElement(node) && node.name === 'a') {
      const { href } = node.attribs;
      const other = href === undefined ? undefined : linkTo?.(href);
      if (other !== undefined) node.attribs.href = other;
    }
    node = (isElement(node) && node.children[0]) || following(node, document);
  }
  return document;
}
