import { load } from 'cheerio';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chapterPage } from '../../src/bundle/page.js';
import type { Work } from '../../src/model.js';
import { importPages, readerOf, readPage } from '../archive/reader.js';
import { archive, chapter, longWork, work } from './works.js';

const STORY = '<p>The lamp was lit.</p>\n<p>Note: not a note. Title: not a title.</p>';
const pagesOf = (one: Work, html = STORY) =>
  one.chapters.map((_, index) => Buffer.from(chapterPage(one, index, html, archive)));

describe('a chapter page', () => {
  it('is written like this', () => {
    const page = chapterPage(work(), 0, '<p>Text.</p>', archive);
    expect(page).toBe(`<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<!--
Title: The Lighthouse
Summary: Two keepers &#38; one lamp.
Date: 2009-05-01
Chapter Title:
Notes: For a friend.<BR>Thank you!
Tags: Angst, Caf&#233;
Fandom: Star Trek&#58; The Original Series
Rating: M
Warnings: Choose Not To Use Archive Warnings
Relationship: Nyota Uhura/Montgomery "Scotty" Scott
Characters: Nyota Uhura, Montgomery "Scotty" Scott
-->
<title>The Lighthouse</title>
</head>
<body>
<div class="chapter-content">
<p>Text.</p>
</div>
</body>
</html>
`);
  });

  it('gives the importer the work', () => {
    const read = importPages(pagesOf(work()));
    expect(read).toMatchObject({
      title: 'The Lighthouse',
      summary: 'Two keepers &amp; one lamp.',
      notes: 'For a friend.<br>Thank you!',
      date: '2009-05-01',
      rating: 'Mature',
      warnings: ['Choose Not To Use Archive Warnings'],
      fandoms: ['Star Trek: The Original Series'],
      relationships: ['Nyota Uhura/Montgomery "Scotty" Scott'],
      characters: ['Nyota Uhura', 'Montgomery "Scotty" Scott'],
      tags: ['Angst', 'Café'],
    });
    expect(read.chapters[0]?.content.trim()).toBe(STORY);
  });

  it('gives later pages only what is the chapter’s, and the last page the work’s date', () => {
    const read = importPages(pagesOf(longWork()));
    expect(read.title).toBe('A Long Way');
    expect(read.date).toBe('2009-05-03');
    expect(read.chapters.map(({ content: _, ...rest }) => rest)).toEqual([
      { title: 'Prologue', summary: '', notes: '', date: '2009-05-01' },
      { title: '', summary: '', notes: '', date: '2009-05-02' },
      { title: 'Home: at last', summary: 'They arrive.', notes: 'Done.', date: '2009-05-03' },
    ]);
  });

  it('holds nothing that could end its comment early', () => {
    const page = chapterPage(work({ title: '--> a --- b --!> c', summary: '-->\n--' }), 0, '', archive);
    expect(page.split('-->')).toHaveLength(2);
    expect(page.slice(page.indexOf('Title:'), page.indexOf('\n-->'))).not.toContain('--');
  });

  it('leaves blank what is unknown, so that the text is not taken for it', () => {
    const bare = work({
      title: 'Bare',
      summary: undefined,
      notes: undefined,
      published: undefined,
      updated: undefined,
      chapters: [chapter(1, { postedAt: undefined })],
      archive: { ...work().archive, additionalTags: [], relationships: [], characters: [], fandoms: [] },
    });
    const prose =
      '<p>Note: a. Summary: b. Date: 2001-01-01. Tags: c. Pairing: d/e. Fandom: f. Characters: g. Posted: h</p>';
    expect(importPages(pagesOf(bare, prose))).toMatchObject({
      title: 'Bare',
      summary: '',
      notes: '',
      date: '',
      tags: [],
      relationships: [],
      characters: [],
      fandoms: [],
    });
  });

  it('takes the date of the work where the last chapter has none', () => {
    const one = work({ updated: '2010-02-03', chapters: [chapter(1), chapter(2, { postedAt: undefined })] });
    expect(importPages(pagesOf(one)).date).toBe('2010-02-03');
  });

  it('reads every rating back as it is', () => {
    for (const rating of archive.ratings) {
      expect(importPages(pagesOf(work({ archive: { ...work().archive, rating } }))).rating).toBe(rating);
    }
  });

  it('leaves out names that would fall apart into wrong tags', () => {
    const one = work({ archive: { ...work().archive, additionalTags: ['one, two', 'a{b', 'fine', 'x'.repeat(151)] } });
    expect(importPages(pagesOf(one)).tags).toEqual(['fine']);
  });

  it('would be misread without its charset: the stand-in can disagree', () => {
    const page = chapterPage(work(), 0, '<p>Café</p>', archive);
    expect(readPage(Buffer.from(page)).content.trim()).toBe('<p>Café</p>');
    expect(readPage(Buffer.from(page.replace('<meta charset="utf-8">', ''))).content.trim()).toBe('<p>CafÃ©</p>');
    expect(readPage(Buffer.from(page.replace('Rating: M', 'Rating: Mature'))).rating).toBe('Explicit');
  });

  it('stands where the importer takes no journal’s reader for it', () => {
    expect(readerOf('https://example.org/b/data/pages/the-lighthouse/01.html')).toBe('unknown');
    expect(readerOf('https://example.org/dreamwidth.org/01.html')).toBe('dreamwidth');
  });
});

/** Pieces that have broken importers, mixed with ordinary words. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'Title: x',
        'Chapter Title:',
        'Summary :y',
        'Notes:',
        'Footnote: z',
        'Date: 2001-01-01',
        'Posted on: 1',
        'Rating: NC-17',
        'Tags:',
        'Pairing: a/b',
        '-->',
        '--!>',
        '--',
        '-',
        '<!--',
        '<br>',
        '<p>',
        '</p>',
        '<b>',
        '</div>',
        '<script>',
        '&eacute;',
        '&#58;',
        '&amp;',
        '\n',
        '\n\n',
        '\r\n',
        '\u2028',
        '\t',
        '\u00a0',
        'é',
        '日本',
        '😀',
        '\ud800',
        'Ж',
        '\u0007',
        '"',
        "'",
        'word',
        ' ',
        '<3',
        '*',
        ';',
        '`',
        '\\',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

/** What one line of the archive can keep of a text: no control characters, no half characters. */
const oneLine = (text: string) =>
  text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/\p{Cs}/gu, '\ufffd')
    .trim();
/** Lines with something in them, whatever the tags between them. */
const linesOfText = (text: string) =>
  text
    .split(/\r\n?|\n/)
    .map(oneLine)
    .filter(Boolean);
const linesOfHtml = (html: string) =>
  load(html.replace(/<br>|<\/p>/g, '\n'), null, false)
    .text()
    .split('\n')
    .filter(Boolean);

const name = nasty
  .map((text) => oneLine([...text].filter((char) => !archive.tagForbidden.includes(char)).join('')).replace(/ +/g, ' '))
  .filter((text) => text !== '' && [...text].length <= 150);
const names = fc.array(name, { maxLength: 4 });

describe('whatever the fields hold', () => {
  it('the importer reads what the work says', () => {
    fc.assert(
      fc.property(
        fc.record({ title: nasty, summary: nasty, notes: nasty, chapterTitle: nasty, later: nasty, text: nasty }),
        fc.record({ fandoms: names, relationships: names, characters: names, additionalTags: names }),
        fc.constantFrom(...archive.ratings),
        (prose, tags, rating) => {
          const one = work({
            title: prose.title,
            summary: prose.summary,
            notes: prose.notes,
            archive: { ...work().archive, ...tags, rating },
            chapters: [
              chapter(1, { title: prose.chapterTitle }),
              chapter(2, { summary: prose.later, notes: prose.text, title: prose.later }),
            ],
          });
          const story = load(`<p>${prose.text}</p>`, null, false).html();
          const read = importPages(pagesOf(one, story));
          expect(read.title).toBe(oneLine(prose.title) || 'Untitled Imported Work');
          expect(linesOfHtml(read.summary)).toEqual(linesOfText(prose.summary));
          expect(linesOfHtml(read.notes)).toEqual(linesOfText(prose.notes));
          expect(read.date).toBe('2009-05-02');
          expect(read.rating).toBe(rating);
          expect(read.warnings).toEqual(['Choose Not To Use Archive Warnings']);
          expect(read.fandoms).toEqual(tags.fandoms);
          expect(read.relationships).toEqual(tags.relationships);
          expect(read.characters).toEqual(tags.characters);
          expect(read.tags).toEqual(tags.additionalTags);
          expect(read.chapters[0]?.title).toBe(oneLine(prose.chapterTitle));
          expect(read.chapters[1]?.title).toBe(oneLine(prose.later));
          expect(linesOfHtml(read.chapters[1]?.summary ?? '')).toEqual(linesOfText(prose.later));
          expect(linesOfHtml(read.chapters[1]?.notes ?? '')).toEqual(linesOfText(prose.text));
        },
      ),
      { numRuns: 300 },
    );
  });
});
