/** The import form over HTTP, with pages on a host of their own. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answers, submitForm } from './person.js';
import { Shelf, type Shelved, safePage } from './shelf.js';
import { StandIn } from './standIn.js';

const FULL = {
  Title: 'The Lighthouse',
  Summary: 'Two keepers &#38; one lamp.',
  Date: '2009-05-01',
  'Chapter Title': 'Prologue',
  Notes: 'For a friend.',
  Tags: 'Angst, Caf&#233;',
  Fandom: 'Keepers',
  Rating: 'M',
  Warnings: 'No Archive Warnings Apply',
  Relationship: 'A B/C D',
  Characters: 'A B, C D',
};
const pages: Record<string, Shelved> = {
  '/full': safePage(FULL),
  '/bare': safePage({ Title: 'Bare', Fandom: '' }),
  '/moved': { to: '/full' },
  '/empty': ' ',
  '/blank': safePage({ Title: 'Blank' }, ' '),
  '/digits': safePage({ Title: 'Digits', Date: '20090501' }),
  '/long': safePage({ Title: 'Long', Summary: 'a'.repeat(1_251) }),
  '/1': safePage({ ...FULL, Title: 'Long Way', Date: '2009-01-01' }, '<p>The first of three.</p>'),
  '/2': safePage(
    { 'Chapter Title': 'Two', Summary: 'S', Notes: 'N', Date: '2009-03-01' },
    '<p>The second of three.</p>',
  ),
  '/3': safePage({ Date: '2009-02-01' }, '<p>The third of three.</p>'),
};
for (let number = 0; number < 26; number++) pages[`/many/${number}`] = safePage({ Title: `Work ${number}` });

let shelf: Shelf;
let archive: StandIn;
beforeAll(async () => {
  shelf = await Shelf.start(pages);
});
afterAll(() => shelf.close());
beforeEach(async () => {
  await archive?.close();
  archive = await StandIn.start({ today: '2026-08-22' });
});
afterAll(() => archive.close());

const go = (paths: string[], answers: Answers = {}) =>
  submitForm(
    `${archive.address}/works/import`,
    {
      urls: paths.map((path) => (path.startsWith('/') ? shelf.address + path : path)).join('\n'),
      language_id: 'en',
      ...answers,
    },
    'commit',
  );

describe('one address', () => {
  it('becomes a draft with what its labels say', async () => {
    const { url } = await go(['/full']);
    const [work] = archive.works;
    expect(url).toBe(`${archive.address}/works/${work?.id}/preview`);
    expect(work).toMatchObject({
      posted: false,
      title: 'The Lighthouse',
      rating: 'Mature',
      warnings: ['No Archive Warnings Apply'],
      categories: [],
      fandoms: ['Keepers'],
      relationships: ['A B/C D'],
      characters: ['A B', 'C D'],
      additionalTags: ['Angst', 'Café'],
      summary: '<p>Two keepers &amp; one lamp.</p>',
      notes: '<p>For a friend.</p>',
      endNotes: '',
      language: 'en',
      restricted: false,
      backdated: true,
      date: '2009-05-01',
      expectedChapters: 1,
      series: [],
      collections: [],
      recipients: [],
      importedFrom: `${shelf.address}/full`,
    });
    expect(work?.chapters).toMatchObject([
      { title: 'Prologue', date: '2009-05-01', content: '<p>The lamp was lit again.</p>' },
    ]);
  });

  it('is posted at once where the form says so', async () => {
    const { url } = await go(['/full'], { post_without_preview: true });
    expect(url).toBe(`${archive.address}/works/${archive.works[0]?.id}`);
    expect(archive.works[0]?.posted).toBe(true);
  });

  it('is given what a work needs where the page says nothing', async () => {
    await go(['/bare']);
    expect(archive.works[0]).toMatchObject({
      rating: 'Not Rated',
      warnings: ['Choose Not To Use Archive Warnings'],
      fandoms: ['No Fandom'],
      date: '2026-08-22',
      backdated: false,
    });
  });

  it('is followed where it leads', async () => {
    await go(['/moved']);
    expect(archive.works[0]).toMatchObject({ title: 'The Lighthouse', importedFrom: `${shelf.address}/moved` });
  });
});

describe('the form', () => {
  it('sets language, categories and restriction for all', async () => {
    await go(['/full', '/bare'], {
      language_id: 'Русский',
      'work[category_strings][]': ['F/M', 'Gen'],
      restricted: true,
    });
    expect(archive.works).toHaveLength(2);
    for (const work of archive.works)
      expect(work).toMatchObject({ language: 'ru', categories: ['F/M', 'Gen'], restricted: true });
  });

  it('fills tags that a page leaves blank, and all of them with "override"', async () => {
    const tags = { 'work[fandom_string]': 'Other', 'work[rating_string]': 'Explicit', notes: 'From the form.' };
    await go(['/full', '/bare'], tags);
    expect(archive.works).toMatchObject([
      { fandoms: ['Keepers'], rating: 'Mature', notes: '<p>For a friend.</p>' },
      { fandoms: ['Other'], rating: 'Explicit', notes: '<p>From the form.</p>' },
    ]);
    archive.store.works.length = 0;
    await go(['/full'], { ...tags, override_tags: true });
    expect(archive.works[0]).toMatchObject({
      fandoms: ['Other'],
      rating: 'Explicit',
      notes: '<p>From the form.</p>',
      characters: ['A B', 'C D'],
    });
    archive.store.works.length = 0;
    await go(['/full'], { override_tags: true, detect_tags: 'false' });
    expect(archive.works[0]).toMatchObject({
      title: 'The Lighthouse',
      fandoms: ['No Fandom'],
      characters: [],
      notes: '',
    });
  });

  it('wants a language and an address', async () => {
    expect((await go(['/full'], { language_id: '' })).errors).toEqual(['Language cannot be blank.']);
    expect((await go([])).errors).toEqual(['Did you want to enter a URL?']);
  });

  it('falls back to English for a language it does not know', async () => {
    const body = new URLSearchParams({
      urls: `${shelf.address}/full`,
      language_id: '999999',
      import_multiple: 'works',
    });
    await fetch(`${archive.address}/works/import`, { method: 'POST', body });
    expect(archive.works[0]?.language).toBe('en');
  });

  it('takes 25 works at a time and not one more', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, number) => `/many/${number}`);
    expect((await go(many(26))).errors).toEqual(['You cannot import more than 25 works at a time.']);
    expect(archive.works).toHaveLength(0);
    await go(many(25));
    expect(archive.works).toHaveLength(25);
  });
});

describe('chapters in a single work', () => {
  it('are one work, complete, of the last chapter’s date', async () => {
    await go(['/1', '/2', '/3'], { import_multiple: 'chapters' });
    expect(archive.works).toHaveLength(1);
    expect(archive.works[0]).toMatchObject({
      title: 'Long Way',
      fandoms: ['Keepers'],
      date: '2009-02-01',
      expectedChapters: 3,
      importedFrom: `${shelf.address}/1`,
    });
    expect(archive.works[0]?.chapters).toMatchObject([
      { position: 1, title: 'Prologue', summary: '', notes: '', date: '2009-01-01' },
      { position: 2, title: 'Two', summary: '<p>S</p>', notes: '<p>N</p>', date: '2009-03-01' },
      { position: 3, title: '', date: '2009-02-01', content: '<p>The third of three.</p>' },
    ]);
  });

  it('may not be blank', async () => {
    const { errors } = await go(['/1', '/blank'], { import_multiple: 'chapters' });
    expect(errors).toEqual([expect.stringContaining('Chapter 2 of "Long Way" is blank.')]);
    expect(archive.works).toHaveLength(0);
  });
});

describe('what fails', () => {
  it('is told, and the rest is kept', async () => {
    const { errors } = await go(['/full', '/nowhere', '/empty', '/digits', '/long']);
    expect(archive.works.map(({ title }) => title)).toEqual(['The Lighthouse']);
    expect(errors).toEqual([
      expect.stringContaining("couldn't download anything"),
      expect.stringContaining("couldn't download anything"),
      expect.stringContaining('as a date'),
      expect.stringContaining('Summary is 1258 characters long'),
    ]);
  });

  it('is an address imported before, whatever its query, fragment, scheme or www', async () => {
    await go(['/full']);
    for (const path of ['/full', '/full?x=1', '/full#x', '/full/'])
      expect((await go([path])).errors.join(), path).toContain('has already been imported');
    expect(archive.store.importedFrom(`https://www.${shelf.address.slice('http://'.length)}/full`)).toBeDefined();
    // A work that was posted by hand is not known by any address.
    archive.store.works.forEach((work) => {
      delete work.importedFrom;
    });
    await go(['/full']);
    expect(archive.works).toHaveLength(2);
  });

  it('is an address that is not out on the web', async () => {
    const before = shelf.asked.length;
    for (const address of ['ftp://example.org/a', 'keepers', 'http://keepers/a', `${archive.address}/works/1`])
      expect((await go([address])).errors, address).toHaveLength(1);
    const strict = await StandIn.start({ allowLoopback: false });
    const { errors } = await submitForm(
      `${strict.address}/works/import`,
      { urls: `${shelf.address}/full http://localhost/a`, language_id: 'en' },
      'commit',
    );
    await strict.close();
    expect(errors).toHaveLength(2);
    expect(shelf.asked).toHaveLength(before);
  });
});
