/** Links between the chapters of a bundle: to its own files where people keep it, to the journal where an importer fetches it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'cheerio';
import MarkdownIt from 'markdown-it';
import { afterAll, describe, expect, it } from 'vitest';
import { verifyBundle, writeBundle } from '../../src/bundle/index.js';
import { textLink } from '../../src/journal/index.js';
import type { EntryKey } from '../../src/model.js';
import { cleanHtml, toHtml } from '../../src/text/index.js';
import { plainSites } from '../journal/reading.js';
import { chapter, config, longWork, work } from './works.js';

const home = mkdtempSync(join(tmpdir(), 'ficferry-links-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

// Entry numbers are those of `chapter`: 263, 519, 775 are the three chapters of the long work.
const J = 'https://somebody.livejournal.com';
const lighthouse = work({ chapters: [chapter(5)] });
const secret = work({ slug: 'secret', title: 'Secret', restricted: true, chapters: [chapter(6)] });
const works = [longWork(), lighthouse, secret];

const LINKS: Record<string, string> = {
  next: `${J}/775.html`,
  'next, cut': 'http://users.livejournal.com/somebody/775.html#cutid1',
  'next, light': `${J}/775.html?format=light`,
  first: '/263.html',
  other: 'https://www.livejournal.com/users/somebody/1287.html?style=mine',
  itself: `${J}/519.html#cutid1`,
  unknown: `${J}/9999.html`,
  comments: `${J}/775.html?thread=12#t12`,
  elsewhere: 'https://archive.example/works/1?a=1&b=2',
  locked: `${J}/1543.html`,
};
const BODY = Object.entries(LINKS)
  .map(([name, href]) => `<p><a href="${href.replace('&', '&amp;')}">${name}</a></p>`)
  .join('');

/** As `migrate` does: the text cleaned with the entry's address, and links read by the site's forms. */
const storyOf = async (key: EntryKey) => {
  const number = Number(key.split('/')[2]);
  const from = { site: 'livejournal', journal: 'somebody', number, url: `${J}/${number}.html` };
  const html = toHtml(cleanHtml(BODY, { base: from.url }));
  return { html, leadsTo: (href: string) => textLink(plainSites, href, from) };
};

await writeBundle({
  folder: join(home, 'somebody-bundle'),
  zip: join(home, 'somebody-bundle.zip'),
  journal: 'somebody',
  works,
  leftOut: [],
  newTags: { fandoms: [], characters: [], relationships: [], additionalTags: [], total: 0 },
  storyOf,
  config,
  version: '1.2.3',
});
const read = (path: string) => readFileSync(join(home, 'somebody-bundle/data', path), 'utf8');

/** name → where it leads. */
function linksOf(html: string): Record<string, string> {
  const page = load(html);
  const found: Record<string, string> = {};
  for (const link of page('a').toArray())
    if (page(link).text() in LINKS) found[page(link).text()] = page(link).attr('href') ?? '';
  return found;
}
const markdownLinks = (path: string) => linksOf(new MarkdownIt().render(read(path)));

const ABSOLUTE = { ...LINKS, first: `${J}/263.html` };

describe('the second chapter of three', () => {
  const stays = { itself: LINKS.itself, unknown: LINKS.unknown, comments: LINKS.comments, elsewhere: LINKS.elsewhere };

  it('leads from file to file in works/', () => {
    expect(markdownLinks('works/long-way/02.md')).toEqual({
      ...stays,
      next: '03.md',
      'next, cut': '03.md',
      'next, light': '03.md',
      first: '01.md',
      other: '../the-lighthouse/01.md',
      // The name of a locked work's file tells its title.
      locked: LINKS.locked,
    });
  });

  it('leads from chapter to chapter on the sheets', () => {
    const sheet = load(read('sheet/long-way.html'));
    const second = sheet.html(sheet('.story').eq(1));
    expect(linksOf(second)).toEqual({
      ...stays,
      next: '#c3',
      'next, cut': '#c3',
      'next, light': '#c3',
      first: '#c1',
      other: 'the-lighthouse.html#c1',
      locked: LINKS.locked,
    });
    expect(sheet('h2#c3').text()).toBe('Chapter 3: Home: at last');
    expect(load(read('sheet/the-lighthouse.html'))('h2#c1').length).toBe(1);
  });

  it('leads to the journal in pages/, and in the text that is copied into the archive', () => {
    expect(linksOf(read('pages/long-way/02.html'))).toEqual(ABSOLUTE);
    expect(linksOf(load(read('sheet/long-way.html'))('#c2-text').text())).toEqual(ABSOLUTE);
  });
});

describe('other chapters', () => {
  it('of a work of one lead into the long one', () => {
    expect(markdownLinks('works/the-lighthouse/01.md')).toMatchObject({
      next: '../long-way/03.md',
      other: LINKS.other,
      locked: LINKS.locked,
    });
  });

  it('of a locked work lead wherever they led', () => {
    expect(markdownLinks('works/secret/01.md')).toMatchObject({ next: '../long-way/03.md', locked: LINKS.locked });
  });

  it('make a sound bundle', async () => {
    expect((await verifyBundle(join(home, 'somebody-bundle'), config)).problems).toEqual([]);
  });
});
