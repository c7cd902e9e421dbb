/** The posting forms over HTTP: what they keep, and what they refuse and say. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answers, submitForm } from './person.js';
import { StandIn } from './standIn.js';
import type { StoredWork } from './store.js';

let archive: StandIn;
beforeAll(async () => {
  archive = await StandIn.start({ today: '2026-08-22', collections: ['lamps2009'] });
});
afterAll(() => archive.close());
beforeEach(() => {
  archive.refusals.length = 0;
});

/** The least that is taken. */
const LEAST: Answers = {
  'work[title]': 'The Lighthouse',
  'work[fandom_string]': 'Keepers',
  'work[archive_warning_strings][]': ['No Archive Warnings Apply'],
  'work[language_id]': 'English',
  'work[chapter_attributes][content]': '<p>The lamp was lit.</p>',
};
const post = (answers: Answers = {}, button = 'post_button') =>
  submitForm(`${archive.address}/works/new`, { ...LEAST, ...answers }, button);
const newest = () => archive.works.at(-1) as StoredWork;
const refused = async (answers: Answers) => {
  const before = archive.works.length;
  const { errors } = await post(answers);
  expect(archive.works).toHaveLength(before);
  return errors.join('\n');
};

describe('a new work', () => {
  it('is kept as entered', async () => {
    const { url } = await post({
      'work[title]': 'Lamps & Oil <3',
      'work[rating_string]': 'Mature',
      'work[archive_warning_strings][]': ['Major Character Death', 'Rape/Non-Con'],
      'work[category_strings][]': ['F/M', 'Gen'],
      'work[fandom_string]': 'Keepers, Star Trek: The Original Series',
      'work[relationship_string]': 'Nyota Uhura/Montgomery "Scotty" Scott，Rodney McKay & John Sheppard',
      'work[character_string]': 'O’Brien, Nyota Uhura',
      'work[freeform_string]': 'Café, café, Café',
      'work[summary]': 'Two keepers & one lamp.',
      'work[notes]': 'For a friend.\n\nThank you!',
      'work[endnotes]': '<p class="x">The end.</p>',
      'work[language_id]': 'Deutsch',
      'work[restricted]': true,
      'work[collection_names]': 'lamps2009, unheard of',
      'work[recipients]': 'a friend',
      'work[backdate]': true,
      'work[chapter_attributes][published_at(3i)]': '1',
      'work[chapter_attributes][published_at(2i)]': 'May',
      'work[chapter_attributes][published_at(1i)]': '2009',
      'work[wip_length]': '7',
      'work[chapter_attributes][title]': 'Prologue',
    });
    expect(url).toBe(`${archive.address}/works/${newest().id}`);
    expect(newest()).toMatchObject({
      posted: true,
      title: 'Lamps & Oil <3',
      rating: 'Mature',
      warnings: ['Major Character Death', 'Rape/Non-Con'],
      categories: ['F/M', 'Gen'],
      fandoms: ['Keepers', 'Star Trek: The Original Series'],
      relationships: ['Nyota Uhura/Montgomery "Scotty" Scott', 'Rodney McKay & John Sheppard'],
      characters: ['O’Brien', 'Nyota Uhura'],
      additionalTags: ['Café', 'café'],
      summary: '<p>Two keepers &amp; one lamp.</p>',
      notes: '<p>For a friend.</p><p>Thank you!</p>',
      endNotes: '<p class="x">The end.</p>',
      language: 'de',
      restricted: true,
      collections: ['lamps2009'],
      recipients: ['a friend'],
      backdated: true,
      date: '2009-05-01',
      expectedChapters: 7,
      words: 4,
    });
    expect(newest().chapters).toMatchObject([
      { position: 1, title: 'Prologue', date: '2009-05-01', content: '<p>The lamp was lit.</p>', posted: true },
    ]);
  });

  it('is a draft until it is posted', async () => {
    const { url } = await post({}, 'preview_button');
    expect(url).toMatch(/\/works\/\d+\/preview$/);
    expect(newest().posted).toBe(false);
    await submitForm(url, {}, 'post_button');
    expect(newest().posted).toBe(true);
    await post({}, 'save_button');
    expect(newest().posted).toBe(false);
  });

  it('lands in today’s lists where the box for another date is not ticked', async () => {
    await post({ 'work[chapter_attributes][published_at(1i)]': '2009' });
    expect(newest()).toMatchObject({ date: '2026-08-22', backdated: false });
  });
});

describe('series', () => {
  it('are begun by a title, each time anew, and joined by a choice', async () => {
    await post({ 'work[series_attributes][title]': 'Lamps' });
    expect(newest().series).toMatchObject([{ title: 'Lamps', part: 1 }]);
    await post({ 'work[series_attributes][id]': 'Lamps' });
    expect(newest().series).toMatchObject([{ title: 'Lamps', part: 2 }]);
    await post({ 'work[series_attributes][title]': 'Lamps' });
    expect(newest().series).toMatchObject([{ title: 'Lamps', part: 1 }]);
    expect(archive.series.map(({ title }) => title)).toEqual(['Lamps', 'Lamps']);
  });
});

describe('chapters', () => {
  it('are added one by one, in between too', async () => {
    await post({ 'work[wip_length]': '?' });
    const work = newest();
    expect(work.expectedChapters).toBeUndefined();
    const add = (answers: Answers, button = 'post_without_preview_button') =>
      submitForm(`${archive.address}/works/${work.id}/chapters/new`, answers, button);
    await add({
      'chapter[title]': 'Home',
      'chapter[wip_length]': '3',
      'chapter[published_at(3i)]': '2',
      'chapter[published_at(2i)]': 'June',
      'chapter[published_at(1i)]': '2010',
      'chapter[summary]': 'They arrive.',
      'chapter[notes]': 'Almost.',
      'chapter[endnotes]': 'Done.',
      'chapter[content]': '<p>They are home.</p>',
    });
    await add({ 'chapter[position]': '2', 'chapter[title]': 'Between', 'chapter[content]': '<p>They walk on.</p>' });
    const held = archive.store.find(work.id) as StoredWork;
    expect(held.expectedChapters).toBe(3);
    expect(held.chapters.map(({ position, title }) => [position, title])).toEqual([
      [1, ''],
      [2, 'Between'],
      [3, 'Home'],
    ]);
    expect(held.chapters[2]).toMatchObject({
      summary: '<p>They arrive.</p>',
      notes: '<p>Almost.</p>',
      endNotes: '<p>Done.</p>',
      date: '2010-06-02',
      posted: true,
    });
    expect(held).toMatchObject({ words: 10, date: '2026-08-22' });
    await submitForm(
      `${archive.address}/works/${work.id}/chapters/${held.chapters[1]?.id}/edit`,
      { 'chapter[title]': 'In between' },
      'update_button',
    );
    expect(archive.store.find(work.id)?.chapters[1]?.title).toBe('In between');
  });

  it('are not in the form of a work that has several', async () => {
    const { id } = archive.works.find(({ chapters }) => chapters.length > 1) as StoredWork;
    const html = await (await fetch(`${archive.address}/works/${id}/edit`)).text();
    expect(html).not.toContain('work[chapter_attributes][content]');
    await submitForm(`${archive.address}/works/${id}/edit`, { 'work[title]': 'Renamed' }, 'update_button');
    expect(archive.store.find(id)).toMatchObject({ title: 'Renamed', posted: true, fandoms: ['Keepers'], words: 10 });
  });

  it('of fewer than ten characters are refused', async () => {
    const { id } = newest();
    const { errors } = await submitForm(
      `${archive.address}/works/${id}/chapters/new`,
      { 'chapter[content]': '' },
      'post_without_preview_button',
    );
    expect(errors).toEqual(['Content is 0 characters long; at least 10 are needed.']);
  });
});

describe('limits', () => {
  it.each([
    ['work[title]', 'Title'],
    ['work[fandom_string]', 'Fandom'],
    ['work[language_id]', 'Language'],
  ])('%s can’t be blank', async (name, said) => {
    expect(await refused({ [name]: '' })).toContain(`${said} cannot be blank.`);
  });

  it('a warning is needed', async () => {
    expect(await refused({ 'work[archive_warning_strings][]': [] })).toContain('Warning cannot be blank.');
  });

  it('prose is counted as stored, with its tags', async () => {
    // <p></p> are 7, and & is stored as five characters.
    await post({ 'work[summary]': `${'a'.repeat(1_238)}&`, 'work[notes]': 'a'.repeat(4_993) });
    expect(newest().summary).toHaveLength(1_250);
    expect(await refused({ 'work[summary]': `${'a'.repeat(1_239)}&` })).toContain('Summary is 1251 characters long');
    expect(await refused({ 'work[notes]': 'a'.repeat(4_994) })).toContain('Notes is 5001');
    expect(await refused({ 'work[endnotes]': 'a'.repeat(4_994) })).toContain('End notes is 5001');
  });

  it('a title has 255 characters', async () => {
    await post({ 'work[title]': '😀'.repeat(255) });
    expect(newest().title).toBe('😀'.repeat(255));
    expect(await refused({ 'work[title]': 'a'.repeat(256) })).toContain('Title is 256');
  });

  it('a text has 10 to 510,000 characters', async () => {
    const text = (length: number) => ({ 'work[chapter_attributes][content]': `<p>${'a'.repeat(length - 7)}</p>` });
    await post(text(10));
    await post(text(510_000));
    expect(newest().chapters[0]?.content).toHaveLength(510_000);
    expect(await refused(text(9))).toContain('Content is 9 characters long');
    expect(await refused(text(510_001))).toContain('Content is 510001 characters long');
  });

  it('a tag has 150 characters and none of those that no tag may have', async () => {
    await post({ 'work[freeform_string]': 'a'.repeat(150) });
    expect(await refused({ 'work[freeform_string]': 'a'.repeat(151) })).toContain('is 151 characters long');
    for (const char of ['^', '*', '<', '>', '{', '}', '=', '`', '\\', '%'])
      expect(await refused({ 'work[character_string]': `a${char}b` }), char).toContain('no tag may have');
  });

  it('a work has 75 tags of the author’s own', async () => {
    const tags = (count: number) => ({
      'work[freeform_string]': Array.from({ length: count }, (_, index) => `tag ${index}`).join(','),
    });
    await post(tags(74));
    expect(newest().additionalTags).toHaveLength(74);
    expect(await refused(tags(75))).toContain('76 tags');
  });

  it('a date is a day of the calendar and not ahead', async () => {
    const date = (day: string, month: string, year: string) => ({
      'work[backdate]': true,
      'work[chapter_attributes][published_at(3i)]': day,
      'work[chapter_attributes][published_at(2i)]': month,
      'work[chapter_attributes][published_at(1i)]': year,
    });
    expect(await refused(date('30', 'February', '2009'))).toContain('no day of the calendar');
    expect(await refused(date('23', 'August', '2026'))).toContain('in the future');
    await post(date('22', 'August', '2026'));
    expect(newest().date).toBe('2026-08-22');
  });

  it('names that are not canonical are refused', async () => {
    const html = {
      method: 'POST',
      body: new URLSearchParams([
        ['work[rating_string]', 'R'],
        ['work[category_strings][]', 'M/M/M'],
        ['work[archive_warning_strings][]', 'None'],
      ]),
    };
    const page = await (await fetch(`${archive.address}/works`, html)).text();
    for (const said of ['Rating &quot;R&quot;', 'Category &quot;M/M/M&quot;', 'Warning &quot;None&quot;'])
      expect(page).toContain(`${said} is not known here.`);
  });

  it('what was refused stands in the form again', async () => {
    const { html } = await post({ 'work[title]': '', 'work[summary]': 'Still here.', 'work[language_id]': 'Русский' });
    expect(html).toContain('Still here.');
    expect(html).toMatch(/<option lang="ru" value="\d+" selected="selected">/);
    expect(archive.refusals).toEqual(['Title cannot be blank.']);
  });
});

describe('edit multiple', () => {
  it('replaces what it says in all chosen works, drafts too, and leaves the rest', async () => {
    await post({ 'work[title]': 'One', 'work[category_strings][]': ['Gen'] });
    await post({ 'work[title]': 'Two' }, 'save_button');
    const [one, two] = archive.works.slice(-2) as [StoredWork, StoredWork];
    await fetch(`${archive.address}/users/somebody/works/update_multiple`, {
      method: 'POST',
      body: new URLSearchParams([
        ['_method', 'patch'],
        ['work_ids[]', String(one.id)],
        ['work_ids[]', String(two.id)],
        ['work[category_strings][]', 'F/M'],
        ['work[collections_to_add]', 'lamps2009'],
        ['work[restricted]', '1'],
        ['work[language_id]', ''],
        ['work[fandom_string]', ''],
      ]),
    });
    const both = {
      categories: ['F/M'],
      collections: ['lamps2009'],
      restricted: true,
      language: 'en',
      fandoms: ['Keepers'],
    };
    expect(archive.store.find(one.id)).toMatchObject({ ...both, title: 'One', posted: true });
    expect(archive.store.find(two.id)).toMatchObject({ ...both, title: 'Two', posted: false });
  });
});

it('pages may not be framed, and say nothing else of scripts', async () => {
  const { headers } = await fetch(`${archive.address}/works/new`);
  expect(headers.get('content-security-policy')).toBe("frame-ancestors 'self'");
});
