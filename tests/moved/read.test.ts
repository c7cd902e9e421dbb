import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { FicferryError } from '../../src/errors.js';
import { mergePages, readArchivePage, tidyWorkUrl } from '../../src/moved/index.js';
import { blurb, editPage, page, statisticsPage, worksPage } from './pages.js';

const shapes = loadConfig().archivePages;
const kinds = Object.keys(shapes.lists);
const read = (html: string, address?: string) =>
  readArchivePage({ html, file: 'saved.html', ...(address && { address }) }, shapes);

const TIDE = {
  id: 101,
  title: 'The Long Tide',
  fandoms: ['Harbour Lights (TV)', '灯塔 | Lighthouse'],
  words: 12_345,
  chapters: '<a href="/works/101/chapters/9">3</a>/7',
};
const LAMP = {
  id: 102,
  title: 'The Lamp & Room',
  fandoms: ['Harbour Lights (TV)'],
  words: 900,
  restricted: true,
  date: '1 Dec 2009',
};

describe('a works list', () => {
  it('tells title, number, fandoms, words, chapters, date and lock of each work', () => {
    expect(read(worksPage([TIDE, LAMP]))).toEqual({
      kind: 'works',
      works: [
        {
          url: 'https://archiveofourown.org/works/101',
          id: 101,
          title: 'The Long Tide',
          fandoms: ['Harbour Lights (TV)', '灯塔 | Lighthouse'],
          words: 12_345,
          chapters: { posted: 3, of: 7 },
          updated: '2014-03-17',
          restricted: false,
        },
        {
          url: 'https://archiveofourown.org/works/102',
          id: 102,
          title: 'The Lamp & Room',
          fandoms: ['Harbour Lights (TV)'],
          words: 900,
          chapters: { posted: 1, of: 1 },
          updated: '2009-12-01',
          restricted: true,
        },
      ],
    });
  });

  it('tells drafts, works in progress and works without a count', () => {
    const [draft] = read(worksPage([{ ...TIDE, draft: true, chapters: '1/?' }])).works;
    expect(draft).toMatchObject({ draft: true, chapters: { posted: 1 } });
    expect(draft?.chapters).not.toHaveProperty('of');
    expect(read(worksPage([{ id: 5, title: 'Old', fandoms: ['X'] }])).works[0]).not.toHaveProperty('words');
  });

  it('passes over the works of others on a page of who is logged in, and takes all where nobody is', () => {
    const others = { ...LAMP, own: false };
    expect(read(worksPage([TIDE, others])).works.map(({ id }) => id)).toEqual([101]);
    expect(read(worksPage([{ ...TIDE, own: false }, others])).works.map(({ id }) => id)).toEqual([101, 102]);
  });

  it.each([
    ['a relative link', '/works/101'],
    ['a link made absolute', 'https://archiveofourown.org/works/101'],
    ['an old name of the archive', 'http://insecure.archiveofourown.org/works/101'],
    ['a link made a file', 'file:///works/101'],
    ['a link made a file on a drive', 'file:///C:/works/101'],
    ['a collection', '/collections/yule/works/101'],
    ['a copy in a web archive', 'https://web.archive.org/web/20140317000000/http://archiveofourown.org/works/101'],
    ['a link with more', '/works/101/chapters/9?view_adult=true#main'],
    ['a saved copy of the work', 'The%20Long%20Tide_files/works/101.html'],
  ])('knows the address by %s', (_, href) => {
    expect(read(worksPage([{ ...TIDE, href }])).works[0]?.url).toBe('https://archiveofourown.org/works/101');
  });

  it('takes the number of a link that is gone from the item itself', () => {
    const html = worksPage([TIDE]).replace('href="/works/101"', 'href="#" data-was="/works/"');
    expect(read(html).works).toEqual([]);
    const bare = worksPage([{ ...TIDE, href: 'file:///tmp/works/index.html' }]);
    expect(read(bare).works[0]?.url).toBe('https://archiveofourown.org/works/101');
  });

  it('knows another archive by the page’s address, wherever that stands', () => {
    const own = 'https://archive.example.org/works/101';
    expect(read(worksPage([TIDE]), 'http://archive.example.org/users/lampwright/works').works[0]?.url).toBe(own);
    const comment = worksPage([TIDE]).replace(
      '<html',
      '<!-- saved from url=(0045)https://archive.example.org/users/lampwright -->\n<html',
    );
    expect(read(comment).works[0]?.url).toBe(own);
    const canonical = worksPage([TIDE], {
      head: '<link rel="canonical" href="https://archive.example.org/users/x/works">',
    });
    expect(read(canonical).works[0]?.url).toBe(own);
    expect(read(worksPage([{ ...TIDE, href: own }])).works[0]?.url).toBe(own);
  });

  it('says which page of how many it is', () => {
    expect(read(worksPage([TIDE], { now: 2, of: 12 })).page).toEqual({ number: 2, of: 12 });
    expect(read(worksPage([TIDE]))).not.toHaveProperty('page');
  });

  it('may be empty', () => {
    expect(read(worksPage([]))).toEqual({ kind: 'works', works: [] });
  });

  it('is read however deep the tags of a page are left open', () => {
    const deep = `${'<div>'.repeat(5000)}${worksPage([TIDE])}`;
    expect(read(deep).works).toHaveLength(1);
    const title = blurb(TIDE).replace('The Long Tide', `${'<i>'.repeat(5000)}The Long Tide`);
    expect(read(page(`<ol class="work index group">${title}</ol>`)).works[0]?.title).toBe('The Long Tide');
  });
});

describe('a statistics page', () => {
  const both = [
    {
      url: 'https://archiveofourown.org/works/101',
      id: 101,
      title: 'The Long Tide',
      fandoms: ['Harbour Lights (TV)', '灯塔 | Lighthouse'],
      words: 12_345,
    },
    {
      url: 'https://archiveofourown.org/works/102',
      id: 102,
      title: 'The Lamp & Room',
      fandoms: ['Harbour Lights (TV)'],
      words: 900,
    },
  ];

  it('tells a work of two fandoms once', () => {
    expect(read(statisticsPage([TIDE, LAMP]))).toEqual({ kind: 'statistics', works: both });
  });

  it('tells the same as a flat view, and in older markup', () => {
    expect(read(statisticsPage([TIDE, LAMP], { flat: true })).works).toEqual(both);
    expect(read(statisticsPage([TIDE, LAMP], { flat: true, wordClass: 'wordcount' })).works).toEqual(both);
  });

  it('of one year counts the words of that year, which are not the work’s', () => {
    const found = read(statisticsPage([TIDE], { year: '2014' }));
    expect(found.year).toBe('2014');
    expect(found.works[0]).not.toHaveProperty('words');
  });
});

describe('an "edit works" list', () => {
  it('tells titles, fandoms and drafts', () => {
    expect(read(editPage([TIDE, { ...LAMP, draft: true }])).works).toEqual([
      {
        url: 'https://archiveofourown.org/works/101',
        id: 101,
        title: 'The Long Tide',
        fandoms: ['Harbour Lights (TV)', '灯塔 | Lighthouse'],
      },
      {
        url: 'https://archiveofourown.org/works/102',
        id: 102,
        title: 'The Lamp & Room',
        fandoms: ['Harbour Lights (TV)'],
        draft: true,
      },
    ]);
  });

  it('takes the number from the box where the link is lost', () => {
    const html = editPage([LAMP]).replace('href="/works/102"', 'href="file:///tmp/edit/works/list.html"');
    expect(read(html).works[0]?.id).toBe(102);
  });
});

describe('a page that is no list', () => {
  const mistake = (html: string) => {
    try {
      read(html);
    } catch (error) {
      if (error instanceof FicferryError) return `${error.code}: ${error.message}. ${error.advice}`;
    }
    return 'no mistake';
  };

  it.each([
    ['nothing', '', /saved\.html is no list of your works on the archive: it is an empty file/],
    ['a page of anything', '<p>Hello, works</p>', /it is something else\. Log in to the archive and open your Works/],
    ['one work', page('<div id="workskin"><h2 class="title heading">A</h2></div>'), /it is one work itself/],
    [
      'bookmarks',
      page('<ol class="bookmark index group"><li class="bookmark blurb group"><a href="/works/3">A</a></li></ol>'),
      /it is a list of bookmarks/,
    ],
    ['a login form', page('<form id="new_user_session_loginform"></form>'), /it is the archive's login page/],
    [
      'MHTML',
      'From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html"\r\n',
      /single file \(MHTML\).*as HTML/,
    ],
    ['a PDF', '%PDF-1.7 …', /is a PDF/],
  ])('is a mistake that says what it is: %s', (_, html, expected) => {
    expect(mistake(html)).toMatch(/^BAD_PAGE: /);
    expect(mistake(html)).toMatch(expected);
  });
});

describe('several pages', () => {
  const merged = (...pages: string[]) =>
    mergePages(
      pages.map((html) => read(html)),
      kinds,
    );

  it('tell each work once, by what tells most, in whatever order they are given', () => {
    const older = worksPage([{ ...TIDE, words: 8000, date: '3 Jan 2012' }]);
    const pages = [editPage([TIDE, LAMP]), statisticsPage([TIDE, LAMP]), worksPage([TIDE]), older];
    const found = merged(...pages);
    expect(merged(...pages.reverse())).toEqual(found);
    expect(found.works.map(({ id, words, restricted, updated }) => ({ id, words, restricted, updated }))).toEqual([
      { id: 101, words: 12_345, restricted: false, updated: '2014-03-17' },
      { id: 102, words: 900, restricted: undefined, updated: undefined },
    ]);
    expect(found.warnings).toEqual([]);
  });

  it('are told to be incomplete where pages of the list are missing', () => {
    const list = (now: number) => worksPage([{ ...TIDE, id: 100 + now }], { now, of: 5 });
    expect(merged(list(2), list(5)).warnings).toEqual([
      'Of the 5 pages of the works list, 3 were not given (1, 3–4); "Edit Works" shows all on one page.',
    ]);
    expect(merged(list(2), editPage([TIDE])).warnings).toEqual([]);
    expect(merged(...[1, 2, 3, 4, 5].map(list)).warnings).toEqual([]);
    expect(merged(statisticsPage([TIDE], { year: '2014' })).warnings[0]).toMatch(/works of 2014 alone/);
  });
});

describe('an address of a work', () => {
  it.each([
    ['http://archiveofourown.org/works/12/chapters/34', 'https://archiveofourown.org/works/12'],
    ['https://ao3.org/works/12', 'https://archiveofourown.org/works/12'],
    ['https://squidge.example/works/12?view_full_work=true', 'https://squidge.example/works/12'],
    ['http://127.0.0.1:8080/works/12', 'http://127.0.0.1:8080/works/12'],
    ['https://archiveofourown.org/users/x/works', undefined],
    ['/works/12', undefined],
  ])('%s', (given, tidy) => {
    expect(tidyWorkUrl(given, shapes)).toBe(tidy);
  });
});
