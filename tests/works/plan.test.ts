import { describe, expect, it } from 'vitest';
import type { Header } from '../../src/model.js';
import { type Decisions, type FicRecord, planWorks } from '../../src/works/index.js';
import { config, key, record } from './records.js';

const plan = (records: FicRecord[], decisions: Decisions = {}) => planWorks(records, decisions, config);
const part = (number: number, place: number, of: number | undefined, more: Header = {}, facts = {}) =>
  record(number, { title: 'The Long Tide', part: { number: place, ...(of && { of }) }, ...more }, facts);
/** "title: numbers of its entries" of each work, in order. */
const table = (records: FicRecord[], decisions: Decisions = {}) =>
  plan(records, decisions).works.map(
    (work) => `${work.title}: ${work.chapters.map(({ entry }) => entry.split('/')[2]).join(' ')}`,
  );

describe('joining parts', () => {
  it('joins parts of one title in the order of their numbers', () => {
    expect(table([part(1, 2, 3), part(2, 1, 3), part(3, 3, 3)])).toEqual(['The Long Tide: 2 1 3']);
  });

  it('overlooks case, punctuation, articles and part marks in titles', () => {
    const titles = [
      'The Long Tide',
      'long tide!',
      'The Long Tide (2/5)',
      'THE LONG TIDE, Part 4',
      'The Long Tide - 5 of 5',
    ];
    expect(table(titles.map((title, index) => part(index + 1, index + 1, 5, { title })))).toEqual([
      'The Long Tide: 1 2 3 4 5',
    ]);
  });

  it('keeps a number that belongs to the title', () => {
    const one = (number: number, title: string) => record(number, { title, part: { number: 1, of: 2 } });
    expect(table([one(1, 'Room 12'), one(2, 'Room 13')])).toEqual(['Room 12: 1', 'Room 13: 2']);
  });

  it('joins parts whose announced length grew', () => {
    const [work] = plan([part(1, 1, undefined), part(2, 2, undefined), part(3, 3, 3)]).works;
    expect(work).toMatchObject({
      complete: true,
      expectedChapters: 3,
      questions: expect.not.arrayContaining([expect.objectContaining({ field: 'chapters' })]),
    });
  });

  it('never joins by title alone, by series, across journals, authors or fandoms', () => {
    const series = { series: { name: 'Tides', number: 1 } };
    expect(table([record(1, { title: 'Salt' }), record(2, { title: 'Salt' })])).toEqual(['Salt: 1', 'Salt: 2']);
    expect(
      table([part(1, 1, 2, { title: 'Ebb', ...series }), part(2, 2, 2, { title: 'Flow', ...series })]),
    ).toHaveLength(2);
    expect(table([part(1, 1, 2), part(2, 2, 2, {}, { journal: 'harbour_fic' })])).toHaveLength(2);
    expect(table([part(1, 1, 2), part(2, 2, 2, {}, { poster: 'somebody' })])).toHaveLength(2);
    expect(table([part(1, 1, 2, { authors: ['Ann'] }), part(2, 2, 2, { authors: ['Bea'] })])).toHaveLength(2);
    expect(table([part(1, 1, 2, { fandoms: ['House'] }), part(2, 2, 2, { fandoms: ['Lost'] })])).toHaveLength(2);
  });

  it('joins where author or fandom are missing or written otherwise in one part', () => {
    const parts = [
      part(1, 1, 3, { authors: ['Ann'], fandoms: ['SGA'] }),
      part(2, 2, 3),
      part(3, 3, 3, { authors: ['ann'], fandoms: ['Stargate Atlantis'] }),
    ];
    expect(table(parts)).toEqual(['The Long Tide: 1 2 3']);
  });

  it('joins by the subject where no part has a title', () => {
    const untitled = (number: number, place: number) =>
      record(number, { part: { number: place, of: 2 } }, { subject: `Driftwood ${place}/2` });
    expect(plan([untitled(1, 1), untitled(2, 2)]).works.map(({ chapters }) => chapters.length)).toEqual([2]);
  });

  it('asks where a post holds hardly any words, and carries it', () => {
    const [work] = plan([record(1, { title: 'Elsewhere' }, { wordCount: 4 })]).works;
    expect(work?.questions).toContainEqual({
      field: 'text',
      text: 'Only 4 words of story stand in https://lampwright.livejournal.com/1.html: is the text elsewhere?',
    });
    expect(plan([record(2, { title: 'Drabble' }, { wordCount: 100 })]).works[0]?.questions).not.toContainEqual(
      expect.objectContaining({ field: 'text' }),
    );
  });

  it('asks what stood where characters are lost, and tells of each chapter what was mended', () => {
    const mended = { places: 3, raw: 'donâ€™t', read: 'don’t' };
    const one = { places: 1, raw: 'caf\ufffd' };
    const facts = [{ mended }, { garbled: one }, { garbled: { ...one, places: 4 } }];
    const [work] = plan(facts.map((fact, index) => part(index + 1, index + 1, 3, {}, fact))).works;
    expect(work?.chapters.map(({ mended: was, garbled }) => [was, garbled?.places])).toEqual([
      [mended, undefined],
      [undefined, 1],
      [undefined, 4],
    ]);
    expect(work?.questions.filter(({ field }) => field === 'text').map(({ text }) => text)).toEqual([
      'Characters of https://lampwright.livejournal.com/2.html are lost or broken at “caf\ufffd”: what stood there?',
      'Characters of https://lampwright.livejournal.com/3.html are lost or broken in 4 places, first at “caf\ufffd”: what stood there?',
    ]);
  });

  it('asks about a gap and calls no gappy work complete', () => {
    const [work] = plan([part(1, 1, 4), part(2, 3, 4), part(3, 4, 4)]).works;
    expect(work?.complete).toBe(false);
    expect(work?.questions).toContainEqual({
      field: 'chapters',
      text: 'Part 2 of “The Long Tide” is missing: where is it?',
    });
    const [other] = plan([part(1, 2, 9), part(2, 5, 9), part(3, 9, 9)]).works;
    expect(other?.questions).toContainEqual({
      field: 'chapters',
      text: 'Parts 1, 3–4 and 6–8 of “The Long Tide” are missing: where are they?',
    });
  });

  it('keeps both of two parts with one number, by date, and asks', () => {
    const [work] = plan([part(9, 2, 2), part(1, 1, 2), part(5, 2, 2)]).works;
    expect(work?.chapters.map(({ entry }) => entry)).toEqual([key(1), key(5), key(9)]);
    expect(work?.questions.map(({ text }) => text)).toContain(
      '2 posts are part 2 of “The Long Tide” (2009-05-06, 2009-05-10): do all belong to it?',
    );
  });

  it('counts a prologue that is part 0', () => {
    const [work] = plan([part(1, 0, 2), part(2, 1, 2), part(3, 2, 2)]).works;
    expect(work).toMatchObject({ complete: true, expectedChapters: 3 });
  });

  it('asks whether an unmarked post is the first part', () => {
    const { works } = plan([record(1, { title: 'The Long Tide' }), part(2, 2, 3), part(3, 3, 3)]);
    expect(works).toHaveLength(2);
    expect(works[1]?.questions.map(({ text }) => text)).toContain(
      `Is the post of 2009-05-02 (${key(1)}) the first part of “The Long Tide”?`,
    );
  });

  it.each<[string, FicRecord[], boolean]>([
    ['a fic without part marks', [record(1, { title: 'Salt' })], true],
    ['one that is called unfinished', [record(1, { title: 'Salt', status: 'in-progress' })], false],
    ['an open end', [part(1, 1, undefined)], false],
    ['an open end that says complete', [part(1, 1, undefined), part(2, 2, undefined, { status: 'complete' })], true],
    ['the last part outstanding', [part(1, 1, 3), part(2, 2, 3)], false],
    ['all parts, the first still called unfinished', [part(1, 1, 2, { status: 'in-progress' }), part(2, 2, 2)], true],
    ['called complete, but its parts are not here', [part(1, 1, 3, { status: 'complete' })], false],
  ])('%s: complete %#', (_, records, expected) => {
    expect(plan(records).works[0]?.complete).toBe(expected);
  });
});

describe('a work', () => {
  it('has its fields from the first part, filled and united from later ones', () => {
    const { works } = plan([
      part(1, 1, 3, {
        rating: 'PG',
        summary: 'A tide comes in.',
        notes: 'For the moon.',
        characters: ['Tom Reed'],
        warnings: 'none',
      }),
      part(
        2,
        2,
        3,
        {
          rating: 'NC-17',
          notes: 'Sorry for the wait!',
          characters: ['Ned Hale'],
          warnings: 'character death',
          chapterTitle: 'Ebb',
        },
        { tags: ['angst'] },
      ),
      part(3, 3, 3, {
        rating: 'R',
        summary: 'A tide comes in.',
        disclaimer: 'Not mine.',
        endNotes: 'Thank you for reading.',
      }),
    ]);
    expect(works).toHaveLength(1);
    const [work] = works;
    expect(work).toMatchObject({
      slug: 'the-long-tide',
      title: 'The Long Tide',
      authors: ['lampwright'],
      summary: 'A tide comes in.',
      notes: 'For the moon.',
      published: '2009-05-02',
      updated: '2009-05-04',
      wordCount: 3000,
      complete: true,
      restricted: false,
      language: 'en',
    });
    expect(work?.archive).toMatchObject({
      rating: 'Explicit',
      warnings: ['Major Character Death'],
      characters: ['Tom Reed', 'Ned Hale'],
      additionalTags: ['Angst'],
    });
    expect(work?.header).toMatchObject({ rating: 'NC-17', disclaimer: 'Not mine.' });
    expect(work?.header.part).toBeUndefined();
    expect(work?.evidence.authors).toEqual({ from: 'inferred', raw: 'lampwright' });
    expect(
      work?.chapters.map(({ position, title, summary, notes, endNotes }) => ({
        position,
        title,
        summary,
        notes,
        endNotes,
      })),
    ).toEqual([
      { position: 1 },
      { position: 2, title: 'Ebb', notes: 'Sorry for the wait!' },
      { position: 3, endNotes: 'Thank you for reading.' },
    ]);
  });

  it('of one chapter says everything itself', () => {
    const [work] = plan([record(1, { title: 'Salt', summary: 'Short.', notes: 'Hi.', endNotes: 'Bye.' })]).works;
    expect(work).toMatchObject({ summary: 'Short.', notes: 'Hi.', endNotes: 'Bye.' });
    expect(work?.chapters[0]).toEqual({
      position: 1,
      entry: key(1),
      url: 'https://lampwright.livejournal.com/1.html',
      postedAt: '2009-05-02T20:15:00',
      wordCount: 1000,
    });
  });

  it('tells in its notes what was said beside a pairing, which no tag tells', () => {
    const said = { title: 'Ebb', relationships: ['Tom/Ned', 'Tom/Ada'], pairingNote: 'Tom/Ned, past Tom/Ada' };
    const posted = 'Pairings as posted: Tom/Ned, past Tom/Ada';
    const [plain, noted, decided] = [
      planWorks([record(1, said)], {}, config),
      planWorks([record(1, { ...said, notes: 'For Bea.' })], {}, config),
      planWorks([record(1, said)], { works: { [key(1)]: { notes: 'Mine.' } } }, config),
    ].map(({ works }) => works[0]?.notes);
    expect([plain, noted, decided]).toEqual([posted, `For Bea.\n${posted}`, 'Mine.']);
  });

  it('is called by its subject, else by its date', () => {
    const { works } = plan([
      record(1, {}, { subject: 'A thing' }),
      record(2, {}, { subject: undefined }),
      record(3, {}, { subject: undefined, postedAt: undefined }),
    ]);
    expect(works.map(({ title }) => title)).toEqual(['A thing', 'Untitled (2009-05-03)', 'Untitled (3)']);
    expect(works[0]?.evidence.title).toEqual({ from: 'subject', raw: 'A thing' });
  });

  it('is restricted where any chapter is', () => {
    expect(plan([part(1, 1, 2), part(2, 2, 2, {}, { restricted: true })]).works[0]?.restricted).toBe(true);
  });

  it('is in the language the header names, else the one detected', () => {
    const language = (header: Header, detected?: string) =>
      plan([record(1, header, { ...(detected && { language: detected }) })]).works[0]?.language;
    expect(language({}, 'ru')).toBe('ru');
    expect(language({ language: 'Deutsch' }, 'en')).toBe('de');
    expect(language({})).toBe('en');
    const [work] = plan([record(1, { language: 'Gallifreyan' }, { language: 'fr' })]).works;
    expect(work?.language).toBe('fr');
    expect(work?.questions).toContainEqual({ field: 'language', text: 'Which language is “Gallifreyan”?' });
  });

  it('has a slug of its own, in the order of dates', () => {
    const works = plan([
      record(3, { title: 'Salt' }),
      record(1, { title: 'Salt!' }),
      record(2, { title: '***' }),
    ]).works;
    expect(works.map(({ slug, chapters }) => `${slug} ${chapters[0]?.entry}`)).toEqual([
      `salt ${key(1)}`,
      `work-2 ${key(2)}`,
      `salt-2 ${key(3)}`,
    ]);
  });
});

describe('what is left out', () => {
  it('is accounted for with its reason', () => {
    const other = record(
      1,
      {},
      { kind: 'other', evidence: { kind: { from: 'inferred', raw: 'a list of recommendations' } } },
    );
    const { works, leftOut } = plan([other, record(2, {}, { kind: 'other' }), record(3, { title: 'Salt' })]);
    expect(works.map(({ title }) => title)).toEqual(['Salt']);
    expect(leftOut).toEqual([
      {
        entry: key(1),
        url: 'https://lampwright.livejournal.com/1.html',
        subject: 'Post 1',
        postedAt: '2009-05-02T20:15:00',
        reason: 'other',
        detail: 'a list of recommendations',
      },
      {
        entry: key(2),
        url: 'https://lampwright.livejournal.com/2.html',
        subject: 'Post 2',
        postedAt: '2009-05-03T20:15:00',
        reason: 'other',
        detail: 'no story header was found',
      },
    ]);
  });
});
