/** `package.opf`: what a book is called and what is in it, for a reader's library. */
import type { Book } from './book.js';
import { CONTENTS, STYLE_SHEET, TITLE_PAGE } from './documents.js';
import type { BookPicture } from './pictures.js';
import { type Xml, xml } from './xml.js';

/** Everything of the book stands in this folder of the container. */
export const FOLDER = 'EPUB';
export const PACKAGE = 'package.opf';

/** Where a reader begins. */
export const CONTAINER_XML = xml`<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="${FOLDER}/${PACKAGE}" media-type="application/oebps-package+xml" />
</rootfiles>
</container>
`.text;

export function packageDocument(book: Book, pictures: readonly BookPicture[]): string {
  const { identifier, language, modified, chapters, rightToLeft } = book;
  const xhtml = 'application/xhtml+xml';
  return xml`<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="${language}"${rightToLeft ? xml` dir="rtl"` : undefined}>
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">${identifier}</dc:identifier>
<dc:language>${language}</dc:language>
<meta property="dcterms:modified">${modified}</meta>
${described(book)}</metadata>
<manifest>
<item id="nav" href="${CONTENTS}" media-type="${xhtml}" properties="nav" />
<item id="style" href="${STYLE_SHEET}" media-type="text/css" />
<item id="title-page" href="${TITLE_PAGE}" media-type="${xhtml}" />
${chapters.map(({ file, number }) => xml`<item id="chapter-${number}" href="${file}" media-type="${xhtml}" />\n`)}${pictures.map(({ file, type }, at) => xml`<item id="picture-${at + 1}" href="${file}" media-type="${type}" />\n`)}</manifest>
<spine${rightToLeft ? xml` page-progression-direction="rtl"` : undefined}>
<itemref idref="title-page" />
${chapters.map(({ number }) => xml`<itemref idref="chapter-${number}" />\n`)}</spine>
</package>
`.text;
}

/** What is left out where it is not known. */
function described({ work }: Book): (Xml | undefined)[] {
  const { archive, series, summary, published } = work;
  const subjects = [...archive.fandoms, ...archive.relationships, ...archive.characters, ...archive.additionalTags];
  const [first] = work.chapters;
  return [
    xml`<dc:title>${work.title.trim() || '–'}</dc:title>\n`,
    ...work.authors.map((author, at) => {
      const id = `author-${at + 1}`;
      return xml`<dc:creator id="${id}">${author}</dc:creator>\n<meta refines="#${id}" property="role" scheme="marc:relators">aut</meta>\n`;
    }),
    summary?.trim() ? xml`<dc:description>${summary}</dc:description>\n` : undefined,
    published === undefined ? undefined : xml`<dc:date>${published}</dc:date>\n`,
    ...[...new Set(subjects)].map((subject) => xml`<dc:subject>${subject}</dc:subject>\n`),
    first && xml`<dc:source>${first.url}</dc:source>\n`,
    series &&
      xml`<meta property="belongs-to-collection" id="series">${series.name}</meta>\n<meta refines="#series" property="collection-type">series</meta>\n`,
    series?.number === undefined
      ? undefined
      : xml`<meta refines="#series" property="group-position">${series.number}</meta>\n`,
  ];
}
