import { load } from 'cheerio';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.js';
import type { OnArchive } from '../../src/model.js';
import { listingOf, markWorks, masterlistHtml, masterlistMarkdown, movedCsv } from '../../src/moved/index.js';
import { chapter, longWork, work } from '../bundle/works.js';

const config = loadConfig();
const there = (id: number, more: Partial<OnArchive> = {}) => ({
  onArchive: { url: `https://archiveofourown.org/works/${id}`, how: 'decision' as const, ...more },
});
const { archive } = work();

const WORKS = [
  work({ ...there(1), title: '=SUM(1,2) "a*b*"', archive: { ...archive, fandoms: ['The Glasshouse Line'] } }),
  longWork({ ...there(2), archive: { ...archive, fandoms: ['Torchwood', 'Doctor Who'] }, complete: false }),
  work({
    ...there(3),
    slug: 'c',
    title: '<b>Café</b> [x](y)',
    archive: { ...archive, fandoms: ['the glasshouse line'], relationships: [] },
    summary: '1. One\n\n# Two & <three>',
  }),
  work({ ...there(4), slug: 'd', title: 'No Fandom', archive: { ...archive, fandoms: [] }, wordCount: 1 }),
];
const { listed } = listingOf(WORKS);

describe('what is listed', () => {
  it('is there, posted and open, and says what is not', () => {
    const some = [
      ...WORKS,
      work({ slug: 'e' }),
      work({ ...there(5, { draft: true }), slug: 'f' }),
      work({ ...there(6, { restricted: true }), slug: 'g' }),
      work({ ...there(7), slug: 'h', restricted: true }),
      work({ ...there(8, { draft: true }), slug: 'i', restricted: true }),
    ];
    expect(listingOf(some)).toMatchObject({ listed: WORKS, drafts: 2, locked: 2 });
    expect(listingOf(some, { withLocked: true })).toMatchObject({ drafts: 2, locked: 0 });
    expect(listingOf(some, { withLocked: true }).listed.map(({ slug }) => slug)).toEqual([
      ...WORKS.map(({ slug }) => slug),
      'g',
      'h',
    ]);
  });
});

describe('moved.csv', () => {
  it('has a line for each chapter, and no cell that runs', () => {
    const old = (number: number) => `https://somebody.livejournal.com/${number * 256 + 7}.html`;
    expect(movedCsv(listed.slice(0, 2)).split('\r\n')).toEqual([
      'old address,new address,title',
      `${old(1)},https://archiveofourown.org/works/1,"'=SUM(1,2) ""a*b*"""`,
      `${old(1)},https://archiveofourown.org/works/2,A Long Way`,
      `${old(2)},https://archiveofourown.org/works/2,A Long Way`,
      `${old(3)},https://archiveofourown.org/works/2,A Long Way`,
      '',
    ]);
  });
});

describe('the masterlist', () => {
  /** Headings, links and what stands after a link. */
  const outline = (html: string) =>
    load(html)('h1, h2, strong > a, blockquote')
      .toArray()
      .map((element) => {
        const $ = load(element);
        const href = $('a').attr('href');
        return `${element.tagName}: ${$.text().replace(/\s+/g, ' ').trim()}${href ? ` → ${href.split('/').at(-1)}` : ''}`;
      });
  const EXPECTED = [
    'h1: Masterlist',
    'h2: Doctor Who / Torchwood',
    'a: A Long Way → 2',
    'blockquote: Two keepers & one lamp.',
    'h2: The Glasshouse Line',
    'a: =SUM(1,2) "a*b*" → 1',
    'blockquote: Two keepers & one lamp.',
    'a: <b>Café</b> [x](y) → 3',
    'blockquote: 1. One # Two & <three>',
    'h2: No fandom named',
    'a: No Fandom → 4',
    'blockquote: Two keepers & one lamp.',
  ];

  it('is grouped by fandom and linked to the new addresses', () => {
    const html = masterlistHtml(listed, 'Masterlist');
    expect(outline(html)).toEqual(EXPECTED);
    expect(html).toContain('(Mature; Nyota Uhura/Montgomery "Scotty" Scott; 12 words; in progress)');
    expect(html).toContain('(Mature; 12 words)');
    expect(html).toContain('; 1 word)');
  });

  it('renders to the same from Markdown', () => {
    const html = new MarkdownIt({ html: true }).render(masterlistMarkdown(listed, 'Masterlist'));
    expect(outline(html)).toEqual(EXPECTED);
  });
});

describe('marking', () => {
  it('tells what the pages have beyond the journal, and changes no other work', () => {
    const works = [work({ title: 'Tide', chapters: [chapter(1)] }), work({ slug: 'other', title: 'Other' })];
    const listed = [
      { url: 'https://archiveofourown.org/works/1', id: 1, title: 'Tide', fandoms: ['Star Trek: The Original Series'] },
      { url: 'https://archiveofourown.org/works/2', id: 2, title: 'Elsewhere', fandoms: [] },
    ];
    const marked = markWorks(works, { works: listed }, new Map(), config);
    expect(marked.works).toEqual([
      { ...works[0], onArchive: { url: listed[0]?.url, how: 'title and fandom' } },
      works[1],
    ]);
    expect(marked.works[1]).toBe(works[1]);
    expect(marked.others).toEqual([listed[1]]);
    expect(marked.doubtful).toBe(0);
  });
});
