/** The pictures of clean HTML: which there are, and what stands in their place. */
import { type ChildNode, type Document, Element, type ParentNode, Text } from 'domhandler';
import { cleanHtml } from './clean.js';
import { NOTES } from './keep.js';
import { append, following, isElement, nameOf, setChildren } from './tree.js';

export interface Picture {
  /** Where it is, as `URL` writes it, without a fragment: the spellings of one address are one picture. */
  address: string;
  alt?: string;
}

/**
 * What becomes of a picture: shown from a place of the bundle, or in its place a link with its words, or these words alone;
 * undefined leaves it as it is.
 */
export type PicturePlace = { src: string } | 'link' | 'words' | undefined;
export type PlaceOf = (address: string) => PicturePlace;

/** The pictures of a text in the order in which they stand, each once. */
export function picturesOf(html: string): Picture[] {
  if (!html.includes('<img')) return [];
  const pictures = new Map<string, Picture>();
  for (const element of elementsOf(cleanHtml(html))) {
    const address = addressOf(element);
    const { alt } = element.attribs;
    if (!pictures.has(address)) pictures.set(address, { address, ...(alt ? { alt } : {}) });
  }
  return [...pictures.values()];
}

/** Changes the document it is given. */
export function placePictures(document: Document, placeOf: PlaceOf): Document {
  const others = new Map<ChildNode, ChildNode>();
  const parents = new Set<ParentNode>();
  for (const element of elementsOf(document)) {
    const place = placeOf(addressOf(element));
    if (typeof place === 'object') element.attribs.src = place.src;
    else if (place && element.parent) {
      others.set(element, place === 'link' ? linkTo(element) : wordsOf(element));
      parents.add(element.parent);
    }
  }
  for (const parent of parents)
    setChildren(
      parent,
      parent.children.map((child) => others.get(child) ?? child),
    );
  return document;
}

function* elementsOf(document: Document): Generator<Element> {
  let node: ChildNode | undefined = document.children[0];
  while (node) {
    if (isElement(node) && node.name === 'img') yield node;
    node = (isElement(node) && node.children[0]) || following(node, document);
  }
}

/** Clean HTML has no other than readable addresses of the web. */
function addressOf(element: Element): string {
  const url = new URL(element.attribs.src ?? '');
  url.hash = '';
  return url.href;
}

/** A picture within a link is a link already, and links don't nest. */
function linkTo(element: Element): ChildNode {
  const words = wordsOf(element);
  for (let at = element.parent; at; at = at.parent) if (nameOf(at) === 'a') return words;
  const link = new Element('a', { href: element.attribs.src ?? '' });
  append(link, words);
  return link;
}

function wordsOf(element: Element): Text {
  return new Text(element.attribs.alt || NOTES.picture);
}
