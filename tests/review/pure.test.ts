/** The page's pure parts: filters, counts, addresses, steps, groups of questions. */
import { describe, expect, it } from 'vitest';
import { checkFields } from '../../src/bundle/limits.js';
import type { Limits, State, WorkRow } from '../../src/review/model.js';
import { countOf, troubleOf } from '../../src/review/page/counts.js';
import { choices, type Filters, filtered, indexed, NO_FILTERS, NONE } from '../../src/review/page/filters.js';
import { alike, grouped } from '../../src/review/page/groups.js';
import { hashOf, routeOf } from '../../src/review/page/route.js';
import { stepsOf } from '../../src/review/page/steps.js';
import { day, labelsOf, languageName, parts, sourceOf, webAddress } from '../../src/review/page/words.js';
import { archive, work } from '../bundle/works.js';

const row = (title: string, more: Partial<WorkRow> = {}): WorkRow => ({
  key: `livejournal/lampwright/${title.length * 256}`,
  slug: title,
  title,
  authors: ['lampwright'],
  fandoms: ['Due South'],
  relationships: [],
  rating: 'Mature',
  words: 1000,
  parts: 1,
  complete: true,
  published: '2008-05-01',
  doubts: [],
  looked: false,
  restricted: false,
  ...more,
});

const ROWS = [
  row('Été', { published: '2010-01-01', words: 60_000, fandoms: ['Firefly'] }),
  row('Snow', { doubts: ['no rating'], rating: '' }),
  row('The Thaw', { looked: true, doubts: ['no fandom'], fandoms: [], relationships: ['A B/C D'] }),
  row('Packing It', { parts: 3, complete: false, restricted: true, words: 999, published: undefined }),
  row('Letters Home', { doubts: ['no fandom', 'a question'], onArchive: 'https://archive.example/works/1' }),
];
const titles = (change: Partial<Filters>) =>
  filtered(indexed(ROWS), { ...NO_FILTERS, ...change }).map(({ title }) => title);

describe('the list of works', () => {
  it('shows what has most doubts first, then what was not looked at', () => {
    expect(titles({})).toEqual(['Letters Home', 'Snow', 'Packing It', 'Été', 'The Thaw']);
  });

  it('finds words without case and accents, all of them, in any order', () => {
    expect(titles({ text: 'ete' })).toEqual(['Été']);
    expect(titles({ text: 'home LETTERS' })).toEqual(['Letters Home']);
    expect(titles({ text: 'firefly mature' })).toEqual(['Été']);
    expect(titles({ text: 'snow firefly' })).toEqual([]);
  });

  it.each<[Partial<Filters>, string[]]>([
    [{ fandom: 'Firefly' }, ['Été']],
    [{ fandom: NONE }, ['The Thaw']],
    [{ pairing: 'A B/C D' }, ['The Thaw']],
    [{ rating: NONE }, ['Snow']],
    [{ length: 'novel' }, ['Été']],
    [{ length: 'drabble' }, ['Packing It']],
    [{ parts: 'several' }, ['Packing It']],
    [{ parts: 'unfinished' }, ['Packing It']],
    [{ year: '2010' }, ['Été']],
    [{ year: NONE }, ['Packing It']],
    [{ standing: 'doubts' }, ['Letters Home', 'Snow']],
    [{ standing: 'looked' }, ['The Thaw']],
    [{ standing: 'locked' }, ['Packing It']],
    [{ standing: 'archive' }, ['Letters Home']],
    [{ sort: 'longest', parts: 'one' }, ['Été', 'Letters Home', 'Snow', 'The Thaw']],
    [{ sort: 'newest', text: 'e', parts: 'one' }, ['Été', 'The Thaw', 'Snow', 'Letters Home']],
  ])('is narrowed by %j', (change, expected) => {
    expect(titles(change)).toEqual(expected);
  });

  it('offers what there is, with how many', () => {
    expect(choices(ROWS, ({ fandoms }) => fandoms, 'No fandom')).toEqual([
      { value: 'Due South', label: 'Due South', count: 3 },
      { value: 'Firefly', label: 'Firefly', count: 1 },
      { value: NONE, label: 'No fandom', count: 1 },
    ]);
  });
});

describe('what is counted while typing', () => {
  const limits = { ...archive.limits, forbiddenInTags: [...archive.tagForbidden] } as unknown as Limits;

  it('is what the bundle is held against', () => {
    // <p> and </p> are seven characters, <br /> six, &amp; five
    expect(countOf('summary', 'a & b\nc', limits)).toEqual({ used: 7 + 9 + 6 + 1, limit: 1250 });
    expect(countOf('title', ' <3 ', limits)).toEqual({ used: 5, limit: 255 });
    expect(countOf('recipient', 'x', limits)).toBeUndefined();
    for (const summary of ['x'.repeat(1243), 'x'.repeat(1244)]) {
      const { used = 0, limit = 0 } = countOf('summary', summary, limits) ?? {};
      const isRefused = checkFields(work({ summary }), archive).some(({ field }) => field === 'summary');
      expect(used > limit).toBe(isRefused);
    }
  });

  it('tells what no tag may hold', () => {
    expect(troubleOf('a<b', limits)).toContain('"<"');
    expect(troubleOf('x'.repeat(archive.limits.tag + 1), limits)).toContain('longer');
    expect(troubleOf('Hurt/Comfort', limits)).toBeUndefined();
  });
});

describe('addresses of views', () => {
  it('lead there and back', () => {
    for (const route of [
      { view: 'works' } as const,
      { view: 'work', key: 'livejournal/a_b/77' } as const,
      { view: 'work', key: 'dreamwidth/c/8', field: 'rating' } as const,
    ])
      expect(routeOf(hashOf(route))).toEqual(route);
  });

  it('are nothing else', () => {
    for (const hash of ['', '#', '#/', '#/nothing', '#/work/a/b', '#a-key']) expect(routeOf(hash)).toBeUndefined();
    expect(routeOf('#/work/a/%E0%A4%A/1')).toEqual({ view: 'work', key: 'a/%E0%A4%A/1' });
  });
});

describe('the way', () => {
  const state = (counts: Partial<State['counts']>, more: Partial<State> = {}): State => ({
    version: '1',
    runs: [],
    job: { kind: 'none', state: 'idle', visited: 0, fics: 0, told: [] },
    decisions: { file: '', revision: '1', editedElsewhere: false },
    counts: { works: 0, leftOut: 0, looked: 0, doubts: 0, questions: 0, ...counts },
    ...more,
  });
  const standing = { complete: true } as unknown as NonNullable<State['standing']>;
  const now = (one: State) => stepsOf(one).find((step) => step.state === 'now')?.title;

  it('goes on with what comes next', () => {
    expect(now(state({}))).toBe('Read your journal');
    expect(now(state({ works: 2, questions: 1 }, { standing }))).toBe('Answer questions');
    expect(now(state({ works: 2, looked: 1 }, { standing }))).toBe('Look over your works');
    expect(now(state({ works: 2, looked: 2 }, { standing }))).toBe('Make the bundle');
    expect(now(state({ works: 2, looked: 2 }, { standing: { ...standing, bundle: '/b', stale: true } }))).toBe(
      'Make the bundle',
    );
    expect(now(state({ works: 2, looked: 2 }, { standing: { ...standing, bundle: '/b' } }))).toBe('Hand it over');
  });

  it('waits for what is kept to be gone through', () => {
    const job: State['job'] = {
      kind: 'none',
      state: 'idle',
      now: 'Reading what was fetched: 3 entries',
      visited: 0,
      fics: 0,
      told: [],
    };
    expect(stepsOf(state({}, { job }))[0]?.text).toBe('Reading what was fetched: 3 entries.');
  });

  it('is back at the beginning while the journal is read', () => {
    const job: State['job'] = { kind: 'crawl', state: 'running', visited: 1, fics: 0, told: [] };
    expect(now(state({ works: 2, looked: 2 }, { standing, job }))).toBe('Read your journal');
  });
});

describe('questions', () => {
  const question = (field: string, labels: string[], key: string) => ({
    field,
    text: 'What?',
    work: key,
    title: key,
    answers: labels.map((label) => ({ label, edits: [{ path: ['works', key], value: label }] })),
  });

  it('of one kind are answered at once by what fits them all', () => {
    const list = [
      question('warnings', ['none', 'a'], '1'),
      question('rating', [], '9'),
      question('warnings', ['none'], '2'),
    ];
    expect(alike(grouped(list)[0] as never)).toEqual([]);
    const [group] = grouped([...list, question('warnings', ['b', 'none'], '3')]);
    expect(group?.questions).toHaveLength(3);
    expect(alike(group as never)).toEqual([
      { label: 'none', edits: ['1', '2', '3'].map((key) => ({ path: ['works', key], value: 'none' })) },
    ]);
  });
});

it('says things in words', () => {
  expect(day('2009-05-31T20:00:00')).toBe('31 May 2009');
  expect(day('someday')).toBe('someday');
  expect(parts({ parts: 3, expected: 7, complete: false })).toBe('3 of 7 chapters');
  expect(parts({ parts: 1, complete: true })).toBe('1 chapter');
  expect(sourceOf({ from: 'header', raw: '', line: 3 })).toBe('from the header, line 3');
  expect(labelsOf('relationships, archive.relationships, title')).toBe('relationships, title');
  expect(languageName('ptBR')).toBe('Brazilian Portuguese');
  expect(languageName('not a code')).toBe('not a code');
  expect(webAddress('javascript:alert(1)')).toBeUndefined();
});
