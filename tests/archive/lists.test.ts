/** The author's own lists, read by their elements and classes as a reader of saved pages would. */
import { load } from 'cheerio';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { submitForm } from './person.js';
import { StandIn } from './standIn.js';
import type { StoredWork } from './store.js';

let archive: StandIn;
beforeAll(async () => {
  archive = await StandIn.start({ today: '2026-08-22', author: 'tarn_wick' });
  const post = (title: string, more: Record<string, string | boolean | string[]>, button = 'post_button') =>
    submitForm(
      `${archive.address}/works/new`,
      {
        'work[title]': title,
        'work[fandom_string]': 'Keepers',
        'work[archive_warning_strings][]': ['Choose Not To Use Archive Warnings'],
        'work[language_id]': 'en',
        'work[chapter_attributes][content]': 'word '.repeat(1_234),
        ...more,
      },
      button,
    );
  await post('Lamps & Oil', {
    'work[fandom_string]': 'Zed, Keepers & Co',
    'work[category_strings][]': ['F/M', 'Gen'],
    'work[relationship_string]': 'A/B',
    'work[character_string]': 'A, B',
    'work[freeform_string]': 'Angst',
    'work[summary]': 'Two lamps.',
    'work[series_attributes][title]': 'All Lamps',
    'work[restricted]': true,
    'work[wip_length]': '3',
    'work[backdate]': true,
    'work[chapter_attributes][published_at(3i)]': '1',
    'work[chapter_attributes][published_at(2i)]': 'May',
    'work[chapter_attributes][published_at(1i)]': '2009',
  });
  await post('Not Yet', {}, 'save_button');
  await post('Short', { 'work[chapter_attributes][content]': 'Of four words only.' });
});
afterAll(() => archive.close());

const page = async (path: string) => load(await (await fetch(archive.address + path)).text());

it('works are blurbs, newest first, without drafts', async () => {
  const $ = await page('/users/tarn_wick/works');
  const blurbs = $('ol.work.index > li.work.blurb').toArray();
  expect(blurbs.map((one) => $(one).find('h4.heading a').first().text())).toEqual(['Short', 'Lamps & Oil']);
  const one = $(blurbs[1]);
  const texts = (selector: string) =>
    one
      .find(selector)
      .toArray()
      .map((item) => $(item).text());
  expect(one.attr('id')).toBe(`work_${archive.works[0]?.id}`);
  expect(one.find('h4.heading a').first().attr('href')).toBe(`/works/${archive.works[0]?.id}`);
  expect(texts('h4.heading a[rel=author]')).toEqual(['tarn_wick']);
  expect(texts('h5.fandoms a.tag')).toEqual(['Zed', 'Keepers & Co']);
  expect(texts('ul.required-tags span.text')).toEqual([
    'Not Rated',
    'Creator Chose Not To Use Archive Warnings',
    'F/M, Gen',
    'Work in Progress',
  ]);
  expect(texts('p.datetime')).toEqual(['01 May 2009']);
  expect(texts('li.warnings a')).toEqual(['Creator Chose Not To Use Archive Warnings']);
  expect(texts('li.relationships a')).toEqual(['A/B']);
  expect(texts('li.characters a')).toEqual(['A', 'B']);
  expect(texts('li.freeforms a')).toEqual(['Angst']);
  expect(texts('blockquote.summary p')).toEqual(['Two lamps.']);
  expect(texts('ul.series li')).toEqual(['Part 1 of All Lamps']);
  expect(texts('dd.language')).toEqual(['English']);
  expect(texts('dd.words')).toEqual(['1,234']);
  expect(texts('dd.chapters')).toEqual(['1/3']);
  expect(one.find('img[title=Restricted]')).toHaveLength(1);
});

it('drafts have a page of their own', async () => {
  const $ = await page('/users/tarn_wick/works/drafts');
  expect($('li.work.blurb h4.heading a:first-child').text()).toBe('Not Yet');
});

it('statistics go by fandom, so that a work may stand there twice', async () => {
  const lines = async (path: string) => {
    const $ = await page(path);
    return $('li.fandom')
      .toArray()
      .map((group) => [
        $(group).find('h5.heading').text(),
        $(group).find('dt > a').text(),
        $(group).find('dt span').text(),
      ]);
  };
  expect(await lines('/users/tarn_wick/stats')).toEqual([
    ['Keepers', 'Short', '(4 words)'],
    ['Keepers & Co', 'Lamps & Oil', '(1,234 words)'],
    ['Zed', 'Lamps & Oil', '(1,234 words)'],
  ]);
  expect(await lines('/users/tarn_wick/stats?flat_view=true')).toEqual([
    ['All Fandoms', 'Lamps & OilShort', '(Zed, Keepers & Co)(1,234 words)(Keepers)(4 words)'],
  ]);
});

it('"Edit Multiple Works" lists drafts too', async () => {
  const $ = await page('/users/tarn_wick/works/show_multiple');
  const lines = $('fieldset.fandom li a')
    .toArray()
    .map((item) => [$(item).attr('href'), $(item).text()]);
  const [long, draft, short] = archive.works.map(({ id }) => `/works/${id}`);
  expect(lines).toEqual([
    [draft, 'Not Yet (Draft)'],
    [short, 'Short'],
    [long, 'Lamps & Oil'],
    [long, 'Lamps & Oil'],
  ]);
});

it('a list has twenty works to a page', async () => {
  const work = archive.works[0] as StoredWork;
  for (let count = 0; count < 20; count++) archive.store.save({ ...structuredClone(work), id: 0 });
  const first = await page('/users/tarn_wick/works');
  expect(first('li.work.blurb')).toHaveLength(20);
  const next = await page(first('a[rel=next]').attr('href') ?? '');
  expect(next('li.work.blurb')).toHaveLength(2);
  expect(next('a[rel=next]')).toHaveLength(0);
});

it('everything held can be had as JSON', async () => {
  const held = (await (await fetch(`${archive.address}/debug/works.json`)).json()) as { works: unknown[] };
  expect(held.works).toEqual(JSON.parse(JSON.stringify(archive.works)));
});

it('a work’s own page shows it', async () => {
  const $ = await page(`/works/${archive.works[0]?.id}`);
  expect($('h2.title').text()).toBe('Lamps & Oil');
  expect($('dd.fandom a').length).toBe(2);
  expect($('dd.published').text()).toBe('2009-05-01');
  expect((await fetch(`${archive.address}/works/1`)).status).toBe(404);
});
