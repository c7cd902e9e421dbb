/** The bundle's pictures in a book: those of the kinds that every reader shows. */
import type { BundleWork } from '../../bundle/index.js';
import type { PlaceOf } from '../../text/index.js';

export interface BookPicture {
  /** Where the bundle has it, relative to `data/`. */
  from: string;
  /** Where the book has it, beside its documents. */
  file: string;
  type: string;
}

/** What EPUB 3.2 lets stand without another picture to fall back on; WebP came later, and older readers show none. */
const TYPES: Readonly<Record<string, string>> = { gif: 'image/gif', jpg: 'image/jpeg', png: 'image/png' };

export function picturesFor(work: BundleWork): Map<string, BookPicture> {
  const found = new Map<string, BookPicture>();
  for (const { url, file } of work.pictures ?? []) {
    const type = TYPES[file?.split('.').at(-1) ?? ''];
    if (file !== undefined && type) found.set(url, { from: file, file: `images/${file.split('/').at(-1)}`, type });
  }
  return found;
}

/** A book fetches nothing: a picture that is not in it is a link with its words. */
export function placeIn(pictures: ReadonlyMap<string, BookPicture>): PlaceOf {
  return (address) => {
    const picture = pictures.get(address);
    return picture ? { src: picture.file } : 'link';
  };
}
