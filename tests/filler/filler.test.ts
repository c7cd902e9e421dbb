/**
 * The author's way by hand, in a real browser: the sheets' buttons, the bookmark, and the archive's forms as the stand-in has
 * them. What is posted must be what the bundle says, field by field; nothing may be sent before she presses a button.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { load } from 'cheerio';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bundle, type BundleWork, writeBundle } from '../../src/bundle/index.js';
import type { Work } from '../../src/model.js';
import { importPacket, planGoes } from '../../src/site/index.js';
import { textToHtml } from '../../src/text/index.js';
import { StandIn } from '../archive/standIn.js';
import type { StoredWork } from '../archive/store.js';
import { chapter, config, longWork, work } from '../bundle/works.js';
import { haveProgram } from '../outside.js';
import { Desk } from './browser.js';

const TEXT =
  '<p>The lamp was <em>lit</em>, &amp; it was “warm”.</p>\n<p align="center">Note: Title: none &lt;b&gt;</p>\n<hr />\n<p>Two.</p>';
const storyOf = async (key: string) => ({ html: `${TEXT}\n<p>${key}</p>` });

const works: Work[] = [
  work({ recipient: 'a_friend', series: { name: 'Lamps & Co', number: 1 }, endNotes: 'Done.\n\nReally.' }),
  work({
    slug: 'noch',
    title: 'Ночь, улица «Фонарь»',
    language: 'ru',
    restricted: true,
    archive: {
      ...work().archive,
      rating: 'Explicit',
      warnings: ['Major Character Death', 'Rape/Non-Con'],
      categories: ['M/M', 'Multi'],
      additionalTags: [],
    },
    summary: 'Кратко: <b>нет</b> & всё.',
    chapters: [chapter(5, { postedAt: '2004-02-29T10:00:00' })],
    published: '2004-02-29',
  }),
  longWork({ complete: false, expectedChapters: 7, series: { name: 'Lamps & Co', number: 2 }, notes: undefined }),
];

const folder = mkdtempSync(join(tmpdir(), 'ficferry-filler-'));
const data = join(folder, 'b', 'data');
let bundle: Bundle;

describe.skipIf(!haveProgram('chromium'))('by hand, with the form filler', () => {
  let desk: Desk;
  let archive: StandIn;
  let sheet: Page;
  let form: Page;
  let bookmark: string;

  beforeAll(async () => {
    const newTags = { fandoms: [], characters: [], relationships: [], additionalTags: [], total: 0 };
    const places = { folder: join(folder, 'b'), zip: join(folder, 'b.zip') };
    await writeBundle({ ...places, journal: 'somebody', works, leftOut: [], newTags, storyOf, config, version: '1' });
    bundle = JSON.parse(readFileSync(join(data, 'bundle.json'), 'utf8')) as Bundle;
    desk = await Desk.open();
    archive = await StandIn.start({ today: '2026-01-31' });
    sheet = await desk.context.newPage();
    form = await desk.context.newPage();
    await sheet.goto(pathToFileURL(join(data, 'index.html')).href);
    const href = (await sheet.locator('a.bookmark').getAttribute('href')) as string;
    bookmark = decodeURIComponent(href.replace(/^javascript:/, ''));
  });
  afterAll(async () => {
    await desk?.close();
    await archive?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const openSheet = (one: BundleWork) => sheet.goto(pathToFileURL(join(data, one.sheet)).href);
  /** Presses a button of the sheet and reads the clipboard where reading is allowed. */
  const copied = async (button: string): Promise<string> => {
    await sheet.bringToFront();
    await sheet.locator(button).click();
    await sheet.locator(button, { hasText: 'Copied' }).waitFor();
    await form.goto(`${archive.address}/works/new`);
    await form.bringToFront();
    return (await form.evaluate('navigator.clipboard.readText()')) as string;
  };
  /** Clicks the bookmark on a form and pastes; the box's lines come back. */
  const fill = async (address: string, text: string): Promise<string[]> => {
    await form.goto(address);
    await form.evaluate(bookmark);
    await form.locator('#ficferry-filler textarea').fill(text);
    await form.locator('#ficferry-filler button', { hasText: 'Fill in' }).click();
    return form.locator('#ficferry-filler [role=status] p').allInnerTexts();
  };
  const press = (name: string) =>
    Promise.all([form.waitForEvent('load'), form.locator(`[name="${name}"]`).first().click()]);

  it('each button copies exactly its field', async () => {
    for (const one of bundle.works) {
      await openSheet(one);
      const fields: [string, string | undefined][] = [
        ['Copy fandoms', one.archive.fandoms.join(', ')],
        ['Copy relationships', one.archive.relationships.join(', ')],
        ['Copy work title', one.title],
        ['Copy summary', one.summary && textToHtml(one.summary)],
        ['Copy notes at the end', one.endNotes && textToHtml(one.endNotes)],
      ];
      for (const [label, value] of fields)
        if (value) expect(await copied(`button[aria-label="${label}"]`), `${label} of ${one.title}`).toBe(value);
      const { html } = await storyOf(one.chapters[0]?.entry ?? '');
      expect(await copied('button[data-copy="c1-text"]')).toBe(html);
    }
  });

  it('shows what to choose and tick, which no button can copy', async () => {
    await openSheet(bundle.works.find((one) => one.restricted) as BundleWork);
    const picks = await sheet.locator('dd:has(.pick)').allInnerTexts();
    expect(picks.map((text) => text.split('\n')[0])).toEqual([
      'Tick this box',
      'Choose Explicit',
      'Tick Major Character Death, Rape/Non-Con',
      'Tick M/M, Multi',
      'Choose 2004-02-29',
      'Choose Russian',
    ]);
  });

  it('posts works that are what the bundle says, and sends nothing by itself', async () => {
    for (const one of bundle.works) {
      const before = archive.submissions.length;
      await openSheet(one);
      const said = await fill(`${archive.address}/works/new`, await copied('button[data-copy="w-packet"]'));
      expect(said.slice(1)).toEqual([]);
      expect(archive.submissions).toHaveLength(before);
      await press('post_button');
      expect(archive.refusals).toEqual([]);
      const stored = archive.works.at(-1) as StoredWork;
      for (const index of one.chapters.keys()) {
        if (index === 0) continue;
        await openSheet(one);
        const lines = await fill(
          `${archive.address}/works/${stored.id}/chapters/new`,
          await copied(`button[data-copy="c${index + 1}-packet"]`),
        );
        expect(lines.slice(1)).toEqual([]);
        await press('post_without_preview_button');
      }
      expect(archive.submissions).toHaveLength(before + one.chapters.length);
      await expectEqual(archive.works.at(-1) as StoredWork, one);
    }
    expect(archive.series.map(({ title }) => title)).toEqual(['Lamps & Co']);
  });

  it('fills in the form of a work that is there, and the import form by a go', async () => {
    const [one] = bundle.works as [BundleWork];
    await openSheet(one);
    const packet = JSON.parse(await copied('button[data-copy="w-packet"]')) as { fields: Record<string, unknown> };
    const text = JSON.stringify({
      ...packet,
      fields: { ...packet.fields, title: 'Another title', fandoms: ['Only This'] },
    });
    const stored = archive.works[0] as StoredWork;
    expect((await fill(`${archive.address}/works/${stored.id}/edit`, text)).slice(1)).toEqual([]);
    await press('update_button');
    expect([archive.works[0]?.title, archive.works[0]?.fandoms]).toEqual(['Another title', ['Only This']]);

    const { goes } = planGoes(bundle, config.archive, { base: 'https://you.example.org/moving/', size: 10 });
    for (const go of goes) {
      const lines = await fill(`${archive.address}/works/import`, JSON.stringify(importPacket(go, config.archive)));
      expect(lines).toEqual([expect.stringContaining('fields filled in')]);
      expect((await form.locator('[name="urls"]').inputValue()).split('\n')).toEqual(go.urls);
      expect(await form.locator(`[name="import_multiple"][value="${go.each}"]`).isChecked()).toBe(true);
      expect(await form.locator('[name="language_id"] option:checked').getAttribute('lang')).toBe(go.language);
      for (const category of config.archive.categories)
        expect(await form.locator(`[name="work[category_strings][]"][value="${category}"]`).isChecked()).toBe(
          go.categories.includes(category),
        );
    }
  });

  it('says what is wrong in words, and touches nothing then', async () => {
    await openSheet(bundle.works[0] as BundleWork);
    const text = await copied('button[data-copy="w-packet"]');
    const title = () => form.locator('[name="work[title]"]').inputValue();
    expect(await fill(`${archive.address}/works/new`, text.slice(0, 50))).toEqual([
      expect.stringContaining('not a text from'),
    ]);
    expect(await fill(`${archive.address}/works/new`, '{"ficferry":2,"fields":{}}')).toEqual([
      expect.stringContaining('this version'),
    ]);
    const other = JSON.stringify({ ...JSON.parse(text), form: 'chapter' });
    expect(await fill(`${archive.address}/works/new`, other)).toEqual([
      expect.stringContaining('New Chapter form, and this is its New Work form'),
    ]);
    expect(await title()).toBe('');
    expect(await fill(`${archive.address}/users/somebody/works`, text)).toEqual([
      expect.stringContaining('no form here that ficferry knows'),
    ]);
    const strange = JSON.parse(text) as { fields: Record<string, unknown> };
    strange.fields.rating = 'Spicy';
    const said = await fill(`${archive.address}/works/new`, JSON.stringify(strange));
    expect(said.slice(1)).toEqual(['Not filled in: rating: there is no choice spicy']);
  });

  it('asks nobody for anything: the sheets no address at all, the filler none of the form’s page', async () => {
    expect(desk.asked.filter((line) => !line.includes('file:') && !line.includes(archive.address))).toEqual([]);
    await form.goto(`${archive.address}/works/new`);
    const before = desk.asked.length;
    await form.evaluate(bookmark);
    await form.locator('#ficferry-filler textarea').fill('{}');
    await form.locator('#ficferry-filler button', { hasText: 'Fill in' }).click();
    await form.locator('#ficferry-filler button', { hasText: 'Close' }).click();
    expect(desk.asked.slice(before)).toEqual([]);
    expect(await form.locator('#ficferry-filler').count()).toBe(0);
  });
});

/** HTML as its words and elements, since the archive writes it anew. */
const shape = (html: string) =>
  load(
    html,
    null,
    false,
  )('*')
    .toArray()
    .map((element) => ('tagName' in element ? element.tagName : ''))
    .join(' ');
const words = (html: string) =>
  load(html.replace(/<(?=\/?(?:p|br|hr))/g, ' <'), null, false)
    .text()
    .replace(/\s+/g, ' ')
    .trim();

async function expectEqual(stored: StoredWork, one: BundleWork): Promise<void> {
  const { rating, warnings, categories, fandoms, relationships, characters, additionalTags } = stored;
  expect({ rating, warnings, categories, fandoms, relationships, characters, additionalTags }).toEqual(one.archive);
  const { title, language, restricted, posted, backdated } = stored;
  expect({ title, language, restricted, posted, backdated }).toEqual({
    title: one.title,
    language: one.language,
    restricted: one.restricted,
    posted: true,
    backdated: true,
  });
  expect(stored.recipients).toEqual(one.recipient ? [one.recipient] : []);
  expect(stored.series.map((series) => series.title)).toEqual(one.series ? [one.series.name] : []);
  expect(stored.expectedChapters).toBe(one.complete ? one.chapters.length : one.expectedChapters);
  for (const field of ['summary', 'notes', 'endNotes'] as const)
    expect(words(stored[field]), field).toBe(words(textToHtml(one[field] ?? '')));
  expect(stored.chapters).toHaveLength(one.chapters.length);
  for (const [index, had] of one.chapters.entries()) {
    const has = stored.chapters[index];
    expect(has?.title).toBe(had.title ?? '');
    expect(has?.date).toBe(had.postedAt?.slice(0, 10));
    const { html } = await storyOf(had.entry);
    expect(words(has?.content ?? '')).toBe(words(html));
    expect(shape(has?.content ?? '')).toBe(shape(html));
    if (index === 0) continue;
    expect(words(has?.summary ?? '')).toBe(words(textToHtml(had.summary ?? '')));
    expect(words(has?.notes ?? '')).toBe(words(textToHtml(had.notes ?? '')));
  }
}
