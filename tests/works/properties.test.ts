import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Header } from '../../src/model.js';
import { type Decisions, type FicLink, type FicRecord, planWorks } from '../../src/works/index.js';
import { config, key, record } from './records.js';

/** Few titles, numbers and names, so that parts meet, clash, repeat and leave gaps. */
const header: fc.Arbitrary<Header> = fc.record(
  {
    title: fc.constantFrom(
      'Salt',
      'The Salt (2/3)',
      'Ebb & Flow',
      'Ebb & Flwo',
      'Epilogue',
      'Interlude',
      'Prologue: Salt',
      'livejournal',
      'con',
      '***',
      ' ',
      'Соль',
    ),
    chapterTitle: fc.constantFrom('Epilogue', 'Ebb'),
    series: fc.constant({ name: 'Salt verse', number: 2 }),
    authors: fc.subarray(['Ann', 'Bea'], { minLength: 1 }),
    fandoms: fc.subarray(['SGA', 'House', 'Harbour Lights'], { minLength: 1 }),
    relationships: fc.subarray(['Rodney/John', 'GerIta', 'a/', '&', 'Winchester/Castiel']),
    characters: fc.subarray(['Rodney', 'John', 'tom reed', '!', ',']),
    rating: fc.constantFrom('PG', 'NC-17', 'none', '?'),
    warnings: fc.string(),
    part: fc.record(
      { number: fc.integer({ min: 0, max: 4 }), of: fc.integer({ min: 1, max: 4 }) },
      { requiredKeys: ['number'] },
    ),
    status: fc.constantFrom('complete' as const, 'in-progress' as const),
    genres: fc.array(fc.constantFrom('Angst', 'slash', 'Curtain Fic', '/')),
    summary: fc.constantFrom('One.', 'Two.'),
    notes: fc.string(),
  },
  { requiredKeys: [] },
);
const link: fc.Arbitrary<FicLink> = fc
  .record({
    number: fc.integer({ min: 1, max: 16 }),
    text: fc.constantFrom('Part One', '2/3', 'Next', 'Back', 'Epilogue', 'Interlude', 'here', 'Master Post', ''),
    before: fc.constantFrom('', 'Sequel to', 'Continued', 'Part 3 is'),
    prose: fc.constantFrom(0, 40),
  })
  .map(({ number, ...words }) => ({
    to: key(number),
    url: `https://lampwright.livejournal.com/${number}.html`,
    ...words,
  }));
const facts = fc.record(
  {
    kind: fc.constantFrom('fic' as const, 'fic' as const, 'fic' as const, 'other' as const),
    journal: fc.constantFrom('lampwright', 'harbour_fic'),
    poster: fc.constantFrom('lampwright', 'somebody'),
    postedAt: fc.constantFrom('2009-05-01T10:00:00', '2009-05-02T10:00:00', '2010-01-01T00:00:00', undefined),
    subject: fc.constantFrom('Salt 1/3', 'A thing', 'Chapter 2', 'Epilogue', 'Salt: Masterlist', undefined),
    links: fc.array(link, { maxLength: 4 }),
    storyWords: fc.constantFrom(0, 50, 900),
    evidence: fc.constantFrom<FicRecord['evidence']>({}, { kind: { from: 'inferred' as const, raw: 'no header' } }),
    inComments: fc.constant('Continued in comments'),
    tags: fc.subarray(['angst', 'character: john sheppard', 'pairing: a/b', ':', 'gen']),
    restricted: fc.boolean(),
  },
  { requiredKeys: [] },
);
const records: fc.Arbitrary<FicRecord[]> = fc
  .array(fc.tuple(header, facts), { maxLength: 14 })
  .map((list) => list.map(([read, more], index) => record(index + 1, read, more)));

const someKey = fc.integer({ min: 1, max: 16 }).map(key);
const decisions: fc.Arbitrary<Decisions> = fc.record(
  {
    entries: fc.dictionary(
      someKey,
      fc.record(
        {
          kind: fc.constantFrom('fic' as const, 'other' as const),
          leaveOut: fc.constant(true as const),
          work: fc.oneof(someKey, fc.constantFrom('Salt', 'ebb and flow', 'Mine')),
          separate: fc.boolean(),
          place: fc.integer({ min: 1, max: 5 }),
        },
        { requiredKeys: [] },
      ),
      { maxKeys: 5 },
    ),
    works: fc.dictionary(
      someKey,
      fc.record(
        {
          in: fc.boolean(),
          separate: fc.boolean(),
          order: fc.array(someKey, { minLength: 1, maxLength: 3 }),
          title: fc.constant('Mine'),
        },
        { requiredKeys: [] },
      ),
      { maxKeys: 3 },
    ),
  },
  { requiredKeys: [] },
);

describe('whatever the records and decisions', () => {
  it('every record ends in exactly one work or among the left out', () => {
    fc.assert(
      fc.property(records, decisions, (list, decided) => {
        const { works, leftOut } = planWorks(list, decided, config);
        const ends = [
          ...works.flatMap(({ chapters }) => chapters.map(({ entry }) => entry)),
          ...leftOut.map(({ entry }) => entry),
        ];
        const keys = list.map(({ entry }) => `${entry.site}/${entry.journal}/${entry.number}`);
        expect([...ends].sort()).toEqual(keys.sort());
      }),
      { numRuns: 300 },
    );
  });

  it('the plan does not depend on their order', () => {
    const shuffled = records.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, decisions, ([list, other], decided) => {
        expect(planWorks(other, decided, config)).toEqual(planWorks(list, decided, config));
      }),
      { numRuns: 200 },
    );
  });

  it('works are fit to be packed: slugs, chapters in order, canonical words, questions that ask', () => {
    const { limits, siteNames, reservedNames, ratings, warnings, categories } = config.archive;
    fc.assert(
      fc.property(records, (list) => {
        const { works } = planWorks(list, {}, config);
        expect(new Set(works.map(({ slug }) => slug)).size).toBe(works.length);
        for (const work of works) {
          expect(work.slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
          expect(work.slug.length).toBeLessThanOrEqual(limits.addressPart);
          expect(siteNames.some((name) => work.slug.includes(name))).toBe(false);
          expect(reservedNames).not.toContain(work.slug);
          expect(work.title).not.toBe('');
          expect(work.chapters.map(({ position }) => position)).toEqual(work.chapters.map((_, index) => index + 1));
          expect(work.expectedChapters ?? work.chapters.length).toBeGreaterThanOrEqual(
            work.complete ? work.chapters.length : 1,
          );
          expect(ratings).toContain(work.archive.rating);
          expect(work.archive.warnings.length).toBeGreaterThan(0);
          for (const warning of work.archive.warnings) expect(warnings).toContain(warning);
          expect(work.archive.warnings).not.toContain('No Archive Warnings Apply');
          for (const category of work.archive.categories) expect(categories).toContain(category);
          for (const { text } of work.questions) expect(text).toMatch(/\?$/);
        }
      }),
      { numRuns: 200 },
    );
  });
});
