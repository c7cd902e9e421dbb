import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Archive, Header, Work } from '../../src/model.js';
import { answersTo } from '../../src/review/answers.js';
import { doubtsOf } from '../../src/review/doubts.js';
import { lay } from '../../src/review/lay.js';
import { suggest } from '../../src/review/suggest.js';
import { type Decisions, Drafts, type FicRecord, planWorks } from '../../src/works/index.js';
import { config, key, record } from '../works/records.js';

const worksOf = (records: FicRecord[], decisions: Decisions = {}) => planWorks(records, decisions, config).works;

/** What is asked about a field, and what each answer makes of the works and of the questions about that field. */
function answered(records: FicRecord[], field: string, more: Partial<Work> = {}) {
  const works = worksOf(records);
  const context = { config, works, records: new Map(records.map((one) => [key(one.entry.number), one])) };
  return works.flatMap((work) =>
    work.questions
      .filter((question) => question.field === field)
      .flatMap((question) => answersTo(question, { ...work, ...more }, context))
      .map(({ label, edits }) => {
        const after = worksOf(records, lay({}, edits) as Decisions);
        const left = after.flatMap(({ questions }) => questions.filter((one) => one.field === field)).length;
        return { label, after, left };
      }),
  );
}

const fic = (number: number, header: Header, more: Parameters<typeof record>[2] = {}) =>
  record(number, { title: 'Ebb', fandoms: ['Lost'], rating: 'PG', ...header }, more);

describe('answers', () => {
  it('of a rating are the archive’s ratings', () => {
    const found = answered([fic(1, { rating: 'hot' })], 'rating');
    expect(found.map(({ label, after, left }) => [label, after[0]?.archive.rating, left])).toEqual(
      ['Not Rated', 'General Audiences', 'Teen And Up Audiences', 'Mature', 'Explicit'].map((name) => [name, name, 0]),
    );
  });

  it('of warnings say none, or all that may apply', () => {
    const none = answered([fic(1, { warnings: 'none' })], 'warnings');
    expect(none.map(({ after, left }) => [after[0]?.archive.warnings, left])).toEqual([
      [['No Archive Warnings Apply'], 0],
      [['Choose Not To Use Archive Warnings'], 0],
    ]);
    const open = answered([fic(1, { warnings: 'past rape, implied character death, graphic violence' })], 'warnings');
    expect(open.slice(0, 4).map(({ label, after, left }) => [label, after[0]?.archive.warnings, left])).toEqual([
      [
        'Major Character Death and Rape/Non-Con',
        ['Graphic Depictions Of Violence', 'Major Character Death', 'Rape/Non-Con'],
        0,
      ],
      ['Major Character Death', ['Graphic Depictions Of Violence', 'Major Character Death'], 0],
      ['Rape/Non-Con', ['Graphic Depictions Of Violence', 'Rape/Non-Con'], 0],
      ['Not that', ['Graphic Depictions Of Violence'], 0],
    ]);
  });

  it('of a fandom are the commonest, the one that the tags say, or the candidates everywhere', () => {
    const unnamed = answered(
      [fic(1, {}), fic(2, {}), fic(3, { fandoms: ['Heroes'] }), fic(4, { fandoms: undefined })],
      'fandoms',
    );
    expect(unnamed.map(({ label, left }) => [label, left])).toEqual([
      ['Lost', 0],
      ['Heroes (TV)', 0],
    ]);
    const tagged = answered([fic(1, { fandoms: undefined }, { tags: ['supernatural'] })], 'fandoms');
    expect(tagged.map(({ label, after, left }) => [label, after[0]?.archive.fandoms, left])).toEqual([
      ['Supernatural (TV 2005)', ['Supernatural (TV 2005)'], 0],
    ]);
    const many = answered(
      [fic(1, { fandoms: ['Star Trek'] }), fic(2, { title: 'Flow', fandoms: ['star trek'] })],
      'fandoms',
    );
    expect(many.length).toBeGreaterThan(3);
    for (const { label, after, left } of many) {
      expect(after.map(({ archive }) => archive.fandoms)).toEqual([[label], [label]]);
      expect(left).toBe(0);
    }
  });

  it('of a name are the candidates, everywhere and here', () => {
    const header: Header = {
      fandoms: ['The Salt House'],
      relationships: ['Maren/Odile'],
      characters: ['Maren Vale', 'Maren Holt'],
    };
    const found = answered([fic(1, header), fic(2, { ...header, title: 'Flow' })], 'characters').slice(0, 4);
    expect(found.map(({ label }) => label)).toEqual([
      'Maren Vale, everywhere',
      'Maren Holt, everywhere',
      'Maren Vale, only here',
      'Maren Holt, only here',
    ]);
    expect(found.map(({ after }) => after.map(({ archive }) => archive.relationships))).toEqual([
      [['Maren Vale/Odile'], ['Maren Vale/Odile']],
      [['Maren Holt/Odile'], ['Maren Holt/Odile']],
      [['Maren Vale/Odile'], ['Maren/Odile']],
      [['Maren Holt/Odile'], ['Maren/Odile']],
    ]);
    expect(found.map(({ left }) => left)).toEqual([0, 0, 1, 1]);
  });

  it('of tags say yes and never, and leave the other tags of the file alone', () => {
    const found = answered([fic(1, { genres: ['Lampfic', 'Pearfic'] })], 'additionalTags');
    expect(found.map(({ label, after, left }) => [label, after[0]?.archive.additionalTags, left])).toEqual([
      ['Yes, all', ['Lampfic', 'Pearfic'], 0],
      ['No, never', [], 0],
      ['Not this time', [], 0],
    ]);
  });

  it('of an opaque pairing and of a language', () => {
    expect(
      answered([fic(1, { relationships: ['Gerita'] })], 'relationships').map(({ after, left }) => [
        after[0]?.archive.relationships,
        left,
      ]),
    ).toEqual([[[], 0]]);
    expect(
      answered([fic(1, { language: 'Elvish' })], 'language').map(({ after, left }) => [after[0]?.language, left]),
    ).toEqual([['en', 0]]);
  });

  it('of chapters: what is missing, twice there, placed by its date, or may be the first', () => {
    const part = (number: number, at: number, of = 3) =>
      fic(number, { title: 'The Long Tide', part: { number: at, of } });
    const missing = answered([part(1, 1), part(2, 3)], 'chapters');
    expect(missing.map(({ after, left }) => [after[0]?.complete, left])).toEqual([
      [true, 0],
      [false, 0],
    ]);
    const twins = answered([part(1, 1, 2), part(2, 2, 2), part(3, 2, 2)], 'chapters');
    expect(twins.map(({ after, left }) => [after[0]?.chapters.length, left])).toEqual([[3, 0]]);

    const dated = [part(1, 1), part(2, 2), fic(3, { title: undefined, part: { number: 3 } }, { subject: 'Chapter 3' })];
    const byDate = answered(dated, 'chapters');
    expect(byDate.map(({ label, after, left }) => [label, after.map(({ chapters }) => chapters.length), left])).toEqual(
      [
        ['Yes', [3], 0],
        // now it is asked where its own parts 1 and 2 are
        ['No, it is a work of its own', [2, 1], 1],
      ],
    );

    // the first two answer that part 1 is missing
    const first = answered([fic(1, { title: 'The Long Tide' }), part(2, 2), part(3, 3)], 'chapters').slice(2);
    expect(first.map(({ label, after }) => [label, after.map(({ chapters }) => chapters.length)])).toEqual([
      ['Yes', [3]],
      ['No', [1, 2]],
    ]);
    expect(
      first.map(({ after }) =>
        after.flatMap(({ questions }) => questions.filter(({ text }) => text.includes('first part'))),
      ),
    ).toEqual([[], []]);
  });

  it('of a text say that it may stay', () => {
    const records = [fic(1, {}, { wordCount: 5 })];
    const [stay, leave] = answered(records, 'text');
    expect([stay?.label, stay?.after[0]?.title, leave?.label, leave?.after]).toEqual([
      'It may stay as it is',
      'Ebb',
      'Leave the work out',
      [],
    ]);
  });

  it('of what the archive may have are its addresses', () => {
    const [work] = worksOf([fic(1, {})]) as [Work];
    const ask = (text: string) =>
      answersTo({ field: 'onArchive', text }, work, { config, works: [work], records: new Map() });
    const [first, second] = ['https://archiveofourown.org/works/12', 'https://archiveofourown.org/works/34'] as const;
    expect(
      ask(`Is “Ebb” (https://x.example/1.html) what the archive has as “Ebb” (Lost; 12 words), ${first}?`),
    ).toEqual([
      { label: 'Yes', edits: [{ path: ['works', key(1), 'onArchive'], value: first }] },
      { label: 'No', edits: [{ path: ['works', key(1), 'onArchive'], value: false }] },
    ]);
    const two = `Is “Ebb” (https://x.example/1.html) one of these works of the archive: “Ebb” (Lost), ${first}; “Ebb”, ${second}?`;
    expect(ask(two).map(({ label }) => label)).toEqual([first, second, 'No']);
  });

  it('of a question that nobody knows are none', () => {
    const [work] = worksOf([fic(1, {})]) as [Work];
    expect(
      answersTo({ field: 'mood', text: 'How was it?' }, work, { config, works: [work], records: new Map() }),
    ).toEqual([]);
  });
});

describe('doubts', () => {
  const doubts = (records: FicRecord[], decisions: Decisions = {}) => {
    const [work] = worksOf(records, decisions) as [Work];
    return doubtsOf(work, config, '2026-11-26');
  };

  it('name what is missing first, each field once', () => {
    expect(doubts([record(1, {}, { subject: undefined })])).toEqual(['no fandom', 'no rating', 'its title is a guess']);
    expect(doubts([fic(1, {})])).toEqual([]);
    expect(doubts([fic(1, { rating: 'hot' })])).toEqual(['no rating']);
    expect(doubts([fic(1, { rating: undefined })], { works: { [key(1)]: { rating: 'Not Rated' } } })).toEqual([]);
  });

  it('name gaps, what keeps a work back, empty and garbled chapters, questions and guesses', () => {
    const part = (number: number, at: number, more: Parameters<typeof record>[2] = {}) =>
      fic(number, { part: { number: at, of: 5 } }, more);
    expect(doubts([part(1, 1), part(2, 3), part(3, 5)])).toEqual(['parts 2 and 4 are missing']);
    expect(doubts([part(1, 1), part(2, 2), part(3, 3), part(4, 5)])).toEqual(['part 4 is missing']);
    expect(doubts([fic(1, { summary: 'x'.repeat(1300) })])).toEqual([
      'the summary is 1,307 characters long as HTML; the archive takes 1,250 characters',
    ]);
    expect(doubts([fic(1, {}, { wordCount: 0 })])).toEqual(['no words in it']);
    expect(doubts([fic(1, {}, { garbled: { places: 2, raw: '?' } })])).toEqual([
      'a question about its text',
      'broken letters',
    ]);
    expect(doubts([fic(1, { warnings: 'none' })])).toEqual(['a question about its warnings']);
    expect(doubts([fic(1, {}, { evidence: { kind: { from: 'inferred', raw: 'x' } } })])).toEqual(['it has no header']);
    expect(doubts([fic(1, {}, { postedAt: '2030-01-01T10:00:00' })])).toHaveLength(1);
  });

  it('name names that nothing knows, until the author decided them', () => {
    const header: Header = { characters: ['Ann Lee', 'Bea Moss', 'Cat Dun', 'Dee Fry'] };
    expect(doubts([fic(1, header)])).toEqual(['not known here: “Ann Lee”, “Bea Moss”, “Cat Dun” and 1 more']);
    expect(doubts([fic(1, header)], { works: { [key(1)]: { characters: ['Ann Lee'] } } })).toEqual([]);
  });

  it('name what another story completed', () => {
    const [, second] = worksOf([
      fic(1, { fandoms: ['The Salt House'], characters: ['Maren Vale'] }),
      fic(2, { title: 'Flow', fandoms: ['The Salt House'], characters: ['Maren'] }),
    ]);
    expect(doubtsOf(second as Work, config)).toContain('“Maren” was taken for “Maren Vale”');
  });
});

describe('suggestions', () => {
  const works = worksOf([
    fic(1, { fandoms: ['The Salt House'], relationships: ['Maren Vale/Odile Marr'] }),
    fic(2, { title: 'Flow', fandoms: ['The Salt House'] }),
    fic(3, { title: 'Sand', fandoms: ['Lost'] }),
  ]);
  const suggested = (field: string, text: string, fandoms: string[] = []) =>
    suggest({ field, text, fandoms }, works, config);

  it('begin with what begins so, the journal’s names before others', () => {
    expect(suggested('fandoms', 'SALT')[0]).toBe('The Salt House');
    expect(suggested('fandoms', 'lost')[0]).toBe('Lost');
    expect(suggested('fandoms', '')).toEqual(['The Salt House', 'Lost', ...suggested('fandoms', '').slice(2)]);
    expect(suggested('characters', 'zoë', [])).toEqual(suggested('characters', 'zoe', []));
  });

  it('know other spellings', () => {
    expect(suggested('fandoms', 'sga')[0]).toBe('Stargate Atlantis');
    expect(suggested('relationships', 'mcshep', ['Stargate Atlantis'])[0]).toBe('Rodney McKay/John Sheppard');
  });

  it('complete the name behind the last stroke of a pairing', () => {
    expect(suggested('relationships', 'Odile Marr/mar')).toContain('Odile Marr/Maren Vale');
    expect(suggested('relationships', 'A & mar')).toContain('A & Maren Vale');
  });

  it('are twelve at most, each once, and none for what has no names', () => {
    const names = suggested('characters', 'a');
    expect(names).toHaveLength(12);
    expect(new Set(names).size).toBe(12);
    expect(suggested('title', 'a')).toEqual([]);
  });
});

describe('a plan after another', () => {
  it('is the plan that would have been made at once', () => {
    const records = Array.from({ length: 12 }, (_, at) =>
      fic(
        at + 1,
        {
          title: `Story ${Math.floor(at / 3)}`,
          ...(at % 3 !== 2 && { part: { number: (at % 3) + 1, of: 2 } }),
          characters: [at % 2 ? 'Maren' : 'Maren Vale'],
          fandoms: ['The Salt House'],
        },
        at === 11 ? { kind: 'other' } : {},
      ),
    );
    const keys = fc.integer({ min: 1, max: 12 }).map(key);
    const work = fc.record(
      {
        title: fc.constantFrom('A', 'B'),
        in: fc.boolean(),
        looked: fc.boolean(),
        complete: fc.boolean(),
        order: fc.array(keys, { minLength: 1, maxLength: 3 }),
        separate: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    const entry = fc.record(
      {
        separate: fc.boolean(),
        work: fc.oneof(keys, fc.constant('Story 1')),
        kind: fc.constantFrom('fic' as const, 'other' as const),
        place: fc.nat(4),
        archive: fc.constantFrom<Partial<Archive>>({ rating: 'Mature' }, { fandoms: ['X'] }),
      },
      { requiredKeys: [] },
    );
    const decisions = fc.record({
      works: fc.dictionary(keys, work, { maxKeys: 3 }),
      entries: fc.dictionary(keys, entry, { maxKeys: 3 }),
      rules: fc.constantFrom({}, { names: { Maren: 'Maren Holt' } }, { split: true }),
    });
    fc.assert(
      fc.property(fc.array(decisions, { minLength: 2, maxLength: 6 }), (all) => {
        const drafts = new Drafts();
        for (const one of all) expect(planWorks(records, one, config, drafts)).toEqual(planWorks(records, one, config));
      }),
      { numRuns: 150 },
    );
  });

  it('knows which works were looked at, and which posts name a work', () => {
    const records = [
      fic(1, { part: { number: 1, of: 2 } }),
      fic(2, { part: { number: 2, of: 2 } }),
      fic(3, { title: 'Flow' }),
    ];
    const plan = planWorks(records, { works: { [key(2)]: { looked: true }, [key(3)]: { in: false } } }, config);
    expect([...plan.looked]).toEqual(['ebb']);
    expect(plan.posts).toEqual([[key(1), key(2)], [key(3)]]);
    const { looked: _, ...bare } = plan;
    expect({ ...planWorks(records, { works: { [key(3)]: { in: false } } }, config), looked: _ }).toEqual({
      ...bare,
      looked: _,
    });
  });
});
