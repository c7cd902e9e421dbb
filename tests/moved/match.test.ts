import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { type ArchiveWork, type Candidate, type Match, matchWorks } from '../../src/moved/index.js';

const config = loadConfig();
const HARBOUR = 'Harbour Lights (TV)';

const ours = (
  slug: string,
  title: string,
  more: Partial<Omit<Candidate, 'archive'>> & { fandoms?: string[] } = {},
): Candidate => {
  const { fandoms = [HARBOUR], ...others } = more;
  return { slug, title, wordCount: 1000, archive: { fandoms }, ...others };
};
const theirs = (id: number, title: string, more: Partial<ArchiveWork> = {}): ArchiveWork => ({
  url: `https://archiveofourown.org/works/${id}`,
  id,
  title,
  fandoms: [HARBOUR],
  words: 1000,
  ...more,
});

/** `slug → number` for what is certain, `slug ?→ numbers` for what is doubtful, and nothing for the rest. */
function told(works: Candidate[], found: ArchiveWork[], said: [string, string | false][] = []): string[] {
  const number = (url: string) => url.split('/').at(-1);
  const line = ([slug, match]: [string, Match]) =>
    match.kind === 'moved'
      ? `${slug} → ${number(match.onArchive.url)} by ${match.onArchive.how}`
      : `${slug} ?→ ${match.found.map(({ url }) => number(url)).join(' ')}`;
  return [...matchWorks(works, found, new Map(said), config)].map(line).sort();
}

describe('one work and one address', () => {
  it.each([
    ['same title and fandom', ours('a', 'The Long Tide'), theirs(1, 'The Long Tide'), 'title and fandom'],
    ['case, marks and an article', ours('a', 'the long tide!'), theirs(1, 'Long Tide'), 'title and fandom'],
    [
      'words told by neither',
      ours('a', 'Tide', { wordCount: 0 }),
      theirs(1, 'Tide', { words: undefined }),
      'title and fandom',
    ],
    ['more chapters there', ours('a', 'Tide'), theirs(1, 'Tide', { words: 3900 }), 'title and fandom'],
    [
      'a fandom in the author’s words',
      ours('a', 'Tide', { fandoms: ['HP'] }),
      theirs(1, 'Tide', { fandoms: ['Harry Potter - J. K. Rowling'] }),
      'title and fandom',
    ],
    [
      'a fandom without its author',
      ours('a', 'Tide', { fandoms: ['Lamps'], wordCount: 400 }),
      theirs(1, 'Tide', { fandoms: ['Lamps - A. Wick'] }),
      'title and fandom',
    ],
    [
      'a fandom without its bracket',
      ours('a', 'Tide', { fandoms: ['harbour lights'] }),
      theirs(1, 'Tide'),
      'title and fandom',
    ],
    [
      'a fandom in another script',
      ours('a', 'Tide', { fandoms: ['灯塔'] }),
      theirs(1, 'Tide', { fandoms: ['灯塔 | Lighthouse (Video Game)'] }),
      'title and fandom',
    ],
    ['a title in another script', ours('a', 'Тихий час'), theirs(1, 'тихий час'), 'title and fandom'],
    ['a title of marks alone', ours('a', '???'), theirs(1, '???'), 'title and fandom'],
    [
      'another fandom and nearly the same words',
      ours('a', 'Tide', { fandoms: ['Other'] }),
      theirs(1, 'Tide', { words: 1040 }),
      'title and words',
    ],
    [
      'no fandom and nearly the same words',
      ours('a', 'Tide', { fandoms: [] }),
      theirs(1, 'Tide', { words: 995 }),
      'title and words',
    ],
    [
      'a drabble of no fandom',
      ours('a', 'Rain', { fandoms: [], wordCount: 100 }),
      theirs(1, 'Rain', { words: 102 }),
      'title and words',
    ],
  ])('are certain: %s', (_, work, found, how) => {
    expect(told([work], [found])).toEqual([`a → 1 by ${how}`]);
  });

  it.each([
    ['other fandom, words far apart', ours('a', 'Tide', { fandoms: ['Other'] }), theirs(1, 'Tide', { words: 1500 })],
    ['other fandom, words unknown', ours('a', 'Tide', { fandoms: ['Other'] }), theirs(1, 'Tide', { words: undefined })],
    [
      'two drabbles of two fandoms',
      ours('a', 'Rain', { fandoms: ['Other'], wordCount: 100 }),
      theirs(1, 'Rain', { words: 100 }),
    ],
    ['same fandom, many times as long', ours('a', 'Tide'), theirs(1, 'Tide', { words: 4100 })],
    ['a slip in the title', ours('a', 'The Long Tide'), theirs(1, 'The Logn Tide')],
  ])('are doubtful: %s', (_, work, found) => {
    expect(told([work], [found])).toEqual(['a ?→ 1']);
  });

  it.each([
    ['other titles', ours('a', 'The Long Tide'), theirs(1, 'The Short Tide')],
    ['titles too short to slip', ours('a', 'Salt'), theirs(1, 'Malt')],
    ['titles that differ in a number', ours('a', 'Seven Tides 12'), theirs(1, 'Seven Tides 13')],
  ])('are two: %s', (_, work, found) => {
    expect(told([work], [found])).toEqual([]);
  });

  it('tells drafts and locks', () => {
    const [match] = matchWorks(
      [ours('a', 'Tide')],
      [theirs(1, 'Tide', { draft: true, restricted: true })],
      new Map(),
      config,
    ).values();
    expect(match).toMatchObject({
      onArchive: { url: 'https://archiveofourown.org/works/1', draft: true, restricted: true },
    });
  });
});

describe('works of one title', () => {
  it('are told apart by fandom', () => {
    const works = [ours('a', 'Rain', { fandoms: ['One'] }), ours('b', 'Rain', { fandoms: ['Two'] })];
    const found = [
      theirs(1, 'Rain', { fandoms: ['Two'], words: undefined }),
      theirs(2, 'Rain', { fandoms: ['One'], words: undefined }),
    ];
    expect(told(works, found)).toEqual(['a → 2 by title and fandom', 'b → 1 by title and fandom']);
  });

  it('are told apart by words', () => {
    const works = [ours('a', 'Rain', { wordCount: 700 }), ours('b', 'Rain', { wordCount: 1200 })];
    expect(told(works, [theirs(1, 'Rain', { words: 1190 })])).toEqual(['b → 1 by title and fandom']);
  });

  it('are told apart by date', () => {
    const works = [ours('a', 'Rain', { updated: '2009-05-03' }), ours('b', 'Rain', { updated: '2011-01-01' })];
    const found = [theirs(1, 'Rain', { updated: '2011-01-02' })];
    expect(told(works, found)).toEqual(['b → 1 by title and fandom']);
  });

  it('are told apart by their part marks', () => {
    const works = [ours('a', 'Tide, part 1'), ours('b', 'Tide, part 2')];
    expect(told(works, [theirs(1, 'Tide, Part 2'), theirs(2, 'Tide - Part 1')])).toEqual([
      'a → 2 by title and fandom',
      'b → 1 by title and fandom',
    ]);
  });

  it('are asked about where nothing tells them apart', () => {
    const works = [ours('a', 'Rain'), ours('b', 'Rain')];
    expect(told(works, [theirs(1, 'Rain')])).toEqual(['a ?→ 1', 'b ?→ 1']);
    expect(told(works, [theirs(1, 'Rain'), theirs(2, 'Rain')])).toEqual(['a ?→ 1 2', 'b ?→ 1 2']);
    expect(told([ours('a', 'Rain')], [theirs(1, 'Rain'), theirs(2, 'Rain')])).toEqual(['a ?→ 1 2']);
  });

  it('share no address: what is left is asked about or alone', () => {
    const works = [ours('a', 'Rain'), ours('b', 'Rain', { fandoms: ['Two'], wordCount: 9000 })];
    expect(told(works, [theirs(1, 'Rain')])).toEqual(['a → 1 by title and fandom']);
  });
});

describe('the author’s word', () => {
  const works = [ours('a', 'Rain'), ours('b', 'Rain')];

  it('goes before any likeness, and frees the others of doubt', () => {
    const found = [theirs(1, 'Rain'), theirs(2, 'Rain')];
    expect(told(works, found, [['a', 'http://archiveofourown.org/works/2/chapters/9']])).toEqual([
      'a → 2 by decision',
      'b → 1 by title and fandom',
    ]);
  });

  it('counts without any page, and for an address that no page has', () => {
    expect(told(works, [], [['b', 'https://archiveofourown.org/works/77']])).toEqual(['b → 77 by decision']);
  });

  it('of false leaves a work alone', () => {
    expect(told(works, [theirs(1, 'Rain')], [['b', false]])).toEqual(['a → 1 by title and fandom']);
    expect(
      told(
        works,
        [theirs(1, 'Rain')],
        [
          ['a', false],
          ['b', false],
        ],
      ),
    ).toEqual([]);
  });
});

describe('any works and any lists', () => {
  const title = fc.constantFrom('Rain', 'The Long Tide', 'The Logn Tide', 'Long Tide 2/3', 'Salt', '???');
  const fandoms = fc.subarray(['One', 'Two', HARBOUR], { maxLength: 2 });
  const words = fc.constantFrom(100, 1000, 1010, 9000);
  const work = fc.record({ title, fandoms, wordCount: words });
  const listed = fc.record({ title, fandoms, words: fc.option(words, { nil: undefined }) });

  it('give no address to two works, and the same answer in any order', () => {
    fc.assert(
      fc.property(fc.array(work, { maxLength: 6 }), fc.array(listed, { maxLength: 6 }), (some, list) => {
        const works = some.map(({ title, fandoms, wordCount }, index) =>
          ours(`w${index}`, title, { fandoms, wordCount }),
        );
        const found = list.map(({ title, ...more }, index) => theirs(index + 1, title, more));
        const matches = matchWorks(works, found, new Map(), config);
        const urls = [...matches.values()].flatMap((match) => (match.kind === 'moved' ? match.onArchive.url : []));
        expect(new Set(urls).size).toBe(urls.length);
        // nothing that is certain is asked about as well
        for (const match of matches.values())
          if (match.kind === 'doubtful') for (const { url } of match.found) expect(urls).not.toContain(url);
        expect(told([...works].reverse(), [...found].reverse())).toEqual(told(works, found));
      }),
      { numRuns: 300 },
    );
  });
});
