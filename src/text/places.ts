/** What stands elsewhere for those who keep the text than for those who read it where it was. */
import type { ChildNode, Document } from 'domhandler';
import { cleanHtml } from './clean.js';
import { toHtml } from './html.js';
import { following, isElement } from './tree.js';

export interface Places {
  /** Another address for a link; undefined leaves it as it is. The result may be relative, so that it outlives no further `cleanHtml`. */
  linkTo?: (href: string) => string | undefined;
}

/** The same clean HTML with its links put where `places` has them. */
export function withPlaces(html: string, places: Places): string {
  return html.includes('<a ') ? toHtml(putInPlace(cleanHtml(html), places)) : html;
}

/** Changes the document it is given. */
export function putInPlace(document: Document, { linkTo }: Places): Document {
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
