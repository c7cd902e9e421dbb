/**
 * `--for epub`: a book of each work, to read and to keep, in EPUB 3.2.
 *
 * The files of the container are written here and packed with the same library as the bundle's ZIP. The libraries that
 * make EPUBs could not be had to make these: `epub-gen-memory` and `nodepub` put today's date, a random identifier or a
 * notice of copyright in the author's name into every book and change words of the text ("[[TITLE]]" for one, which is
 * how nodepub's templates are filled); `@smoores/epub` dates what it saves by the clock; the one that follows it, and
 * `@lesjoursfr/html-to-epub`, don't install on Node 20.
 */
import type { BundleWork } from '../bundle/index.js';
import { toXhtml } from '../text/index.js';
import { type Book, bookOf } from './epub/book.js';
import { container, type Entry } from './epub/container.js';
import { CONTENTS, chapterDocument, contents, STYLE_SHEET, TITLE_PAGE, titlePage } from './epub/documents.js';
import { CONTAINER_XML, FOLDER, PACKAGE, packageDocument } from './epub/package.js';
import { picturesFor, placeIn } from './epub/pictures.js';
import { STYLE } from './epub/style.js';
import type { Source, Target } from './target.js';

/** Restricted works are in the bundle where `--include-locked` let them in, and so they are here, for their owner's eyes. */
export const epub: Target = {
  name: 'epub',
  place: 'beside',
  async *files(source) {
    for (const work of source.bundle.works)
      yield { path: `${work.slug}.epub`, secret: work.restricted, content: container(entriesOf(work, source)) };
  },
};

async function* entriesOf(work: BundleWork, { storyOf, read }: Source): AsyncGenerator<Entry> {
  const book = bookOf(work);
  const pictures = picturesFor(work);
  const inBook = (name: string, content: string | Uint8Array): Entry => ({ name: `${FOLDER}/${name}`, content });
  yield { name: 'META-INF/container.xml', content: CONTAINER_XML };
  yield inBook(PACKAGE, packageDocument(book, [...pictures.values()]));
  yield inBook(CONTENTS, contents(book));
  yield inBook(STYLE_SHEET, STYLE);
  yield inBook(TITLE_PAGE, titlePage(book));
  for (const part of book.chapters) {
    const { html, leadsTo } = await storyOf(work, part.chapter);
    const linkTo = (href: string) => fileOf(book, leadsTo?.(href));
    yield inBook(part.file, chapterDocument(book, part, toXhtml(html, { linkTo, placeOf: placeIn(pictures) })));
  }
  for (const { from, file } of pictures.values()) yield inBook(file, await read(from));
}

/** Where a link leads within the book; undefined where it leads out of it. */
function fileOf(book: Book, entry: string | undefined): string | undefined {
  return entry === undefined ? undefined : book.chapters.find(({ chapter }) => chapter.entry === entry)?.file;
}
