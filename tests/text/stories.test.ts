/** Word for word: what a page says is its header and its story, and nothing is lost or added between them. */
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { readFic } from '../../src/fic/index.js';
import { textOf } from '../../src/text/index.js';
import { filesIn, hasShared, readFile, shared, sites } from '../journal/reading.js';
import { plainWords, shownText } from './soup.js';

const there = hasShared('pages/dreamwidth/journal');
const FOLDER = 'pages/dreamwidth/journal';

/** Of each fic, how many words its header has, counted by hand on the page; a pair where words stand before it. */
const HEADERS: Record<string, number | [before: number, header: number]> = {
  backdated: 6,
  boldlabels: 29,
  broken: 8,
  centerall: 22,
  centerdiv: 20,
  commented: 13,
  crosspost: 4,
  fakecut: 7,
  hdrincut: [15, 27],
  htmlsubject: 9,
  longfic: 21,
  markdown: 10,
  nocomments: 4,
  nocut: 8,
  nosubject: 0,
  plainlines: 31,
  prehtml: 8,
  richtext: 8,
  sameminA: 2,
  sameminB: 2,
  slugged: 5,
  strongcolon: 22,
  tablehdr: 18,
  // The mark of the part stands below the header and is taken with it, and so is the way back.
  tide1: 30,
  tide2: 29,
  tide3: 29,
  tide4: 29,
  tide5: 29,
  // Two stories in one post: the second's header stays.
  twocuts: [3, 4],
  unicode: 12,
};
const POSTS = ['hiatus', 'images', 'intro', 'lj_spoiler', 'manycomments', 'masterlist', 'rl1', 'sameday3'];
/** Words from this place on, this many, are the site's and are replaced by those. */
const REPLACED: Record<string, [at: number, count: number, by: string]> = {
  // Of the poll its number and question stay, its settings, answers and counts go; "Vote" is the author's own link.
  poll: [7, 26, ''],
  // A player shows no word by itself.
  podfic: [4, 0, 'Embedded content'],
};

describe.skipIf(!there)('every public entry of the sample journal', () => {
  const files = there ? filesIn(FOLDER) : [];
  const names = files.map((file) => file.slice(FOLDER.length + 1, -'.html'.length));
  const config = loadConfig();
  const read = (name: string) => {
    const reading = readFile(shared(`${FOLDER}/${name}.html`), '', 200, sites);
    if (reading.kind !== 'entry') return undefined;
    return { page: plainWords(shownText(reading.entry.body.html)), fic: readFic(reading.entry, config) };
  };

  it('is in one of the lists', () => {
    const known = [...Object.keys(HEADERS), ...POSTS, ...Object.keys(REPLACED)];
    expect(names.filter((name) => read(name)).sort()).toEqual(known.sort());
  });

  it.each(Object.keys(HEADERS))('%s is its header and its story', (name) => {
    const { page, fic } = read(name) as NonNullable<ReturnType<typeof read>>;
    const said = HEADERS[name] as (typeof HEADERS)[string];
    const [before, header] = typeof said === 'number' ? [0, said] : said;
    expect(fic.kind).toBe('fic');
    expect(plainWords(textOf(fic.html))).toEqual(page.toSpliced(before, header));
  });

  it.each(POSTS)('%s, which is no fic, is all there', (name) => {
    const { page, fic } = read(name) as NonNullable<ReturnType<typeof read>>;
    expect(fic.kind).toBe('other');
    expect(plainWords(textOf(fic.html))).toEqual(page);
  });

  it.each(Object.keys(REPLACED))('%s is all there but for what an archive can not show', (name) => {
    const { page, fic } = read(name) as NonNullable<ReturnType<typeof read>>;
    const [at, count, by] = REPLACED[name] as (typeof REPLACED)[string];
    expect(plainWords(textOf(fic.html))).toEqual(page.toSpliced(at, count, ...plainWords(by)));
  });
});
