/** What the author decided about her texts: too long chapters are split, passages are taken out, in every file of the bundle. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'cheerio';
import { afterAll, describe, expect, it } from 'vitest';
import { Bundle, type BundleOptions, checkWorks, verifyBundle, writeBundle } from '../../src/bundle/index.js';
import type { Work } from '../../src/model.js';
import { importPages } from '../archive/reader.js';
import { archive, chapter, config, work } from './works.js';

const base = mkdtempSync(join(tmpdir(), 'ficferry-mended-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

let runs = 0;
async function bundled(works: Work[], storyOf: BundleOptions['storyOf'], more: Partial<BundleOptions> = {}) {
  const folder = join(base, String(++runs));
  mkdirSync(folder);
  const summary = await writeBundle({
    folder: join(folder, 'b'),
    zip: join(folder, 'b.zip'),
    journal: 'somebody',
    works,
    leftOut: [],
    newTags: { fandoms: [], characters: [], relationships: [], additionalTags: [], total: 0 },
    storyOf,
    config,
    version: '1.2.3',
    ...more,
  });
  const data = join(folder, 'b', 'data');
  const read = (path: string) => readFileSync(join(data, path), 'utf8');
  expect((await verifyBundle(join(folder, 'b'), config)).problems).toEqual([]);
  return { summary, data, read, bundle: Bundle.parse(JSON.parse(read('bundle.json'))) };
}

describe('a chapter over the limit', () => {
  // 1,200,000 characters: three chapters; each paragraph has a number that is nowhere else
  const numbers = Array.from({ length: 12_000 }, (_, index) => String(index + 1).padStart(5, '0'));
  const long = numbers.map((number) => `<p>${number} ${'word '.repeat(16)}end.</p>`).join('\n');
  const storyOf = async (key: string) => ({ html: key === chapter(2).entry ? long : '<p>A short chapter.</p>' });
  const three = (more: Partial<Work> = {}) =>
    work({
      complete: false,
      expectedChapters: 7,
      chapters: [
        chapter(1),
        chapter(2, { title: 'The Storm', summary: 'It blows.', notes: 'Hold on.', endNotes: 'Phew.' }),
        chapter(3),
      ],
      ...more,
    });

  it('is told, with the way to split it', async () => {
    const [misfit, ...others] = await checkWorks([three()], storyOf, config);
    expect(others).toEqual([]);
    expect(misfit).toMatchObject({ kind: 'limit', field: 'text', chapter: 2 });
    expect(misfit?.advice).toContain('works: livejournal/somebody/263: {split: true}');
  });

  it('is split where the author says so, in pages, sheet, Markdown and items', async () => {
    const asked: string[] = [];
    const { summary, read, data, bundle } = await bundled([three({ split: true })], async (key) => {
      asked.push(key);
      return storyOf(key);
    });
    expect(summary).toMatchObject({ chapters: 5, ready: 1, misfits: [] });
    // once to count the pieces, and once to write them
    const entries = [1, 2, 3].map((number) => chapter(number).entry);
    expect(asked).toEqual([...entries, ...entries]);
    const [made] = bundle.works;
    expect(made?.expectedChapters).toBe(9);
    expect(made?.chapters.map(({ position, entry, title, piece }) => [position, entry, title, piece?.number])).toEqual([
      [1, entries[0], undefined, undefined],
      [2, entries[1], 'The Storm', 1],
      [3, entries[1], 'The Storm (continued)', 2],
      [4, entries[1], 'The Storm (continued, 2)', 3],
      [5, entries[2], undefined, undefined],
    ]);
    expect(made?.chapters.map(({ summary: said, notes, endNotes }) => [said, notes, endNotes])).toEqual([
      [undefined, undefined, undefined],
      ['It blows.', 'Hold on.', undefined],
      [undefined, undefined, undefined],
      [undefined, undefined, 'Phew.'],
      [undefined, undefined, undefined],
    ]);
    const pages = readdirSync(join(data, 'pages/the-lighthouse')).sort();
    expect(pages).toEqual(['01.html', '02.html', '03.html', '04.html', '05.html']);
    const imported = importPages(pages.map((page) => readFileSync(join(data, 'pages/the-lighthouse', page))));
    expect(imported.chapters.map(({ title }) => title)).toEqual(made?.chapters.map(({ title }) => title ?? ''));
    const texts = imported.chapters.slice(1, 4).map(({ content }) => content.trim());
    for (const text of texts) expect(text.length).toBeLessThanOrEqual(archive.limits.chapterMax);
    expect(texts.flatMap((text) => text.match(/\d{5}/g) ?? [])).toEqual(numbers);
    const markdown = ['02', '03', '04'].map((number) => read(`works/the-lighthouse/${number}.md`).split('---\n\n')[1]);
    expect(markdown.flatMap((text) => text?.match(/\b\d{5}\b/g) ?? [])).toEqual(numbers);
    const areas = load(read('sheet/the-lighthouse.html'))('textarea')
      .toArray()
      .map((area) => load(area, null, false).text());
    expect(areas.flatMap((text) => text.match(/\b\d{5}\b/g) ?? [])).toEqual(numbers);
    expect(JSON.parse(read('otwarchive/works.json')).works[0].chapter_urls).toHaveLength(5);
    expect(made?.chapters.slice(1, 4).reduce((sum, one) => sum + one.wordCount, 0)).toBe(12_000 * 18);
  }, 60_000);

  it('that links lead to is led to at its beginning', async () => {
    const link = {
      html: '<p>See <a href="https://somebody.livejournal.com/519.html">the storm</a>.</p>',
      leadsTo: () => chapter(2).entry,
    };
    const { read } = await bundled([three({ split: true })], async (key) =>
      key === chapter(3).entry ? link : storyOf(key),
    );
    expect(read('works/the-lighthouse/05.md')).toContain('[the storm](02.md)');
  }, 60_000);

  it('makes one more chapter than an importer takes, and that is told', async () => {
    const many = Array.from({ length: 199 }, (_, index) => chapter(1, { entry: `livejournal/somebody/${index + 1}` }));
    const one = work({ split: true, chapters: many });
    const misfits = await checkWorks(
      [one],
      async (key) => ({ html: key.endsWith('/7') ? long : '<p>A text.</p>' }),
      config,
    );
    expect(misfits).toMatchObject([{ kind: 'limit', field: 'chapters' }]);
    expect(misfits[0]?.message).toContain('201 chapters');
  }, 60_000);

  it('without a title is "Continued"', async () => {
    const { bundle } = await bundled([work({ split: true })], async () => ({ html: long }));
    expect(bundle.works[0]?.chapters.map(({ title }) => title)).toEqual([undefined, 'Continued', 'Continued, 2']);
  }, 60_000);

  it('is split in no work that fits', async () => {
    const { bundle } = await bundled([work({ split: true })], async () => ({ html: '<p>A short text.</p>' }));
    expect(bundle.works[0]?.chapters).toMatchObject([{ wordCount: 12 }]);
    expect(bundle.works[0]?.chapters[0]?.piece).toBeUndefined();
  });
});

describe('passages that the author takes out', () => {
  const html =
    '<p>Write to <a href="mailto:jane@example.org">me</a> or jane@<em>example.org</em> &amp; see <b>ko-fi.com/jane</b>.</p>\n' +
    '<p>She put a coin in the tip jar.</p>\n<p><a href="https://www.patreon.com/jane">Thank me</a> at home.</p>';
  const one = (more: Partial<Work> = {}) =>
    work({
      notes: 'To jane@example.org.',
      header: {
        notes: 'To jane@example.org.',
        disclaimer: 'Mail jane@example.org',
        other: [{ label: 'Email', value: 'jane@example.org' }],
      },
      evidence: { notes: { from: 'header', raw: 'Notes: To jane@example.org.', line: 2 } },
      chapters: [chapter(1), chapter(2, { notes: 'jane@example.org' })],
      ...more,
    });
  const storyOf = async () => ({ html });
  const everything = (data: string) =>
    readdirSync(data, { recursive: true, withFileTypes: true })
      .filter((item) => item.isFile() && item.name !== 'bundle.schema.json')
      .map((item) => readFileSync(join(item.parentPath, item.name), 'utf8'))
      .join('\n');

  it('are told first, and the work is ready all the same', async () => {
    const { summary, read } = await bundled([one()], storyOf);
    expect(summary.ready).toBe(1);
    expect(summary.misfits.map(({ kind, field, chapter: of }) => `${kind} ${field} ${of ?? ''}`)).toEqual([
      'look notes ',
      'look notes 2',
      'look text 1',
      'look text 1',
      'look text 2',
      'look text 2',
    ]);
    const overview = load(read('index.html'));
    expect(overview('h2').text()).toContain('To look at');
    expect(overview('h2').text()).not.toContain('To mend');
    expect(overview('.badge').text()).toBe('to look at');
    expect(load(read('sheet/the-lighthouse.html'))('p.ask').text()).toContain('an e-mail address');
  });

  it('are in no file, with redact: true; words stay and are told', async () => {
    const { summary, data, bundle, read } = await bundled([one({ redact: true })], storyOf);
    const all = everything(data);
    expect(all).not.toMatch(/jane@|example\.org|ko-fi\.com|patreon\.com/);
    const text =
      '<p>Write to me or [removed]<em></em> &amp; see <b>[removed]</b>.</p>\n<p>She put a coin in the tip jar.</p>\n<p>Thank me at home.</p>';
    expect(read('pages/the-lighthouse/01.html')).toContain(text);
    expect(bundle.works[0]).toMatchObject({ notes: 'To [removed].', header: { disclaimer: 'Mail [removed]' } });
    expect(summary.misfits.map(({ message }) => message)).toEqual([
      '"The Lighthouse": chapter 1 has what may ask for money: “She put a coin in the tip jar.”.',
      '"The Lighthouse": chapter 2 has what may ask for money: “She put a coin in the tip jar.”.',
    ]);
  });

  it('are those that a list names, and no more is said', async () => {
    const { summary, data, read } = await bundled(
      [one({ redact: ['JANE@example.org', 'a coin in the tip  jar', 'me'] })],
      storyOf,
    );
    expect(summary.misfits).toEqual([]);
    expect(everything(data)).not.toMatch(/jane@|JANE@|tip jar|example\.org/);
    expect(read('pages/the-lighthouse/01.html')).toContain(
      '<p>She put [removed].</p>\n<p><a href="https://www.patreon.com/jane">Thank [removed]</a> at home.</p>',
    );
  });

  it('are none where she looked and left them', async () => {
    const { summary, read } = await bundled([one({ redact: false })], storyOf);
    expect(summary.misfits).toEqual([]);
    expect(read('pages/the-lighthouse/01.html')).toContain(html);
  });
});

describe('days', () => {
  it('to come keep a work out of what is sent', async () => {
    const storyOf = async () => ({ html: '<p>A text of some length.</p>' });
    const { summary, read } = await bundled([work()], storyOf, { today: '2009-04-30' });
    expect(summary).toMatchObject({ ready: 0, misfits: [{ kind: 'limit', field: 'postedAt' }] });
    expect(load(read('index.html'))('.badge.bad').text()).toBe('to mend');
  });
});
