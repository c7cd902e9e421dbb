/** The documents that a reader of a book sees: the title page, the chapters, the contents. */
import type { BundleWork } from '../../bundle/index.js';
import { textToHtml, toXhtml } from '../../text/index.js';
import type { Book, BookChapter } from './book.js';
import { Xml, xml } from './xml.js';

export const TITLE_PAGE = 'title.xhtml';
export const CONTENTS = 'nav.xhtml';
export const STYLE_SHEET = 'style.css';

/** Title, author, what the archive asks of a work, summary and notes. */
export function titlePage(book: Book): string {
  const { work } = book;
  const facts = factsOf(work).filter(([, values]) => values.length > 0);
  return document(
    book,
    work.title,
    xml`<section epub:type="titlepage">
<h1>${work.title}</h1>
${work.authors.length > 0 ? xml`<p class="author">${work.authors.join(', ')}</p>\n` : undefined}<dl class="facts" xml:lang="en" lang="en">
${facts.map(([name, values]) => xml`<dt>${name}</dt>\n${values.map((value) => xml`<dd>${value}</dd>\n`)}`)}</dl>
${aside('Summary', work.summary)}${aside('Notes', work.notes)}</section>`,
  );
}

type Fact = [name: string, values: (string | Xml)[]];

function factsOf(work: BundleWork): Fact[] {
  const { archive, series } = work;
  const chapters = `${work.chapters.length}/${work.expectedChapters ?? (work.complete ? work.chapters.length : '?')}`;
  return [
    ['Rating', [archive.rating]],
    ['Warnings', archive.warnings],
    ['Categories', archive.categories],
    ['Fandoms', archive.fandoms],
    ['Relationships', archive.relationships],
    ['Characters', archive.characters],
    ['Tags', archive.additionalTags],
    ['Series', series ? [series.number === undefined ? series.name : `${series.name}, part ${series.number}`] : []],
    ['Related', (work.related ?? []).map((other) => relation(other))],
    ['Gift to', some(work.recipient)],
    ['Chapters', work.chapters.length === 1 && work.complete ? [] : [chapters]],
    ['Words', [work.wordCount.toLocaleString('en-US')]],
    ['Published', some(work.published)],
    ['Last chapter', work.updated === work.published ? [] : some(work.updated)],
    ['Posted at', work.chapters.slice(0, 1).map(({ url }) => link(url))],
  ];
}

function some(value: string | undefined): string[] {
  return value === undefined ? [] : [value];
}

function relation({ relation, title, url }: NonNullable<BundleWork['related']>[number]): Xml {
  return xml`${relation} to ${url === undefined ? title : link(url, title)}`;
}

/** The text's own links go through `toXhtml`, which knows what an address may look like; so do these. */
function link(url: string, words = url): Xml {
  const html = xml`<a href="${url}">${words}</a>`.text;
  return new Xml(toXhtml(html).replace(/^<p>|<\/p>$/g, ''));
}

/** `text` is clean HTML made XHTML. */
export function chapterDocument(book: Book, { chapter, number, name }: BookChapter, text: string): string {
  const several = book.work.chapters.length > 1;
  const isLast = number === book.work.chapters.length;
  const heading = several || chapter.title !== undefined ? xml`<h1>${name}</h1>\n` : undefined;
  const posted = chapter.postedAt === undefined ? 'Posted' : `Posted on ${chapter.postedAt.slice(0, 10)}`;
  return document(
    book,
    name,
    xml`<section epub:type="chapter">
${heading}${aside('Summary', chapter.summary)}${aside('Notes', chapter.notes)}<div id="text">
${new Xml(text)}
</div>
${aside('Notes', chapter.endNotes)}${isLast ? aside('Notes', book.work.endNotes) : undefined}${several ? xml`<p class="posted"><span xml:lang="en" lang="en">${posted}</span>: ${link(chapter.url)}</p>\n` : undefined}</section>`,
  );
}

/** Plain text under a heading; nothing where there is none. */
function aside(heading: string, text: string | undefined): Xml | undefined {
  const html = textToHtml(text ?? '');
  if (html === '') return undefined;
  return xml`<div class="aside">
<h2 xml:lang="en" lang="en">${heading}</h2>
${new Xml(toXhtml(html))}
</div>
`;
}

/** The contents, as EPUB 3 has them; shown by the reader itself. */
export function contents(book: Book): string {
  const entries = [
    { file: TITLE_PAGE, name: book.work.title },
    ...book.chapters.map(({ file, name }) => ({ file, name })),
  ];
  // A book of one text has its title once.
  const shown = book.chapters.length === 1 ? entries.slice(1) : entries;
  return document(
    book,
    book.work.title,
    xml`<nav epub:type="toc" id="toc">
<h1 xml:lang="en" lang="en">Contents</h1>
<ol>
${shown.map(({ file, name }) => xml`<li><a href="${file}">${name}</a></li>\n`)}</ol>
</nav>
<nav epub:type="landmarks" hidden="hidden">
<ol>
<li><a epub:type="titlepage" href="${TITLE_PAGE}" xml:lang="en" lang="en">Title page</a></li>
<li><a epub:type="bodymatter" href="${book.chapters[0]?.file}" xml:lang="en" lang="en">Text</a></li>
</ol>
</nav>`,
  );
}

function document({ language, rightToLeft }: Book, title: string, body: Xml): string {
  const direction = rightToLeft ? xml` dir="rtl"` : undefined;
  return xml`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="${language}" lang="${language}"${direction}>
<head>
<meta charset="UTF-8" />
<title>${title}</title>
<link rel="stylesheet" type="text/css" href="${STYLE_SHEET}" />
</head>
<body>
${body}
</body>
</html>
`.text;
}
