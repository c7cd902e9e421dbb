/**
 * What a careless pattern or list takes forever over, in the rooms that headers' shapes (`tests/fic/shapes.ts`) and soup
 * (`bench/soup.ts`) do not reach: at four times the size it should take four times as long; sixteen is quadratic.
 */
import { labelHtml, labelText } from '../../src/bundle/labels.js';
import { lookAtText } from '../../src/bundle/looks.js';
import { chapterMarkdown } from '../../src/bundle/markdown.js';
import { Promotion, textWithout } from '../../src/bundle/promotion.js';
import { cutPage } from '../../src/journal/cut.js';
import { readPage } from '../../src/journal/index.js';
import { splitHtml, textToHtml } from '../../src/text/index.js';
import { type FicLink, planWorks, titleKey } from '../../src/works/index.js';
import { slugOf } from '../../src/works/slug.js';
import { archive, work } from '../bundle/works.js';
import { drawEntry } from '../journal/pages.js';
import { POSTS } from '../journal/posts.js';
import { sites } from '../journal/reading.js';
import { config, key, record } from '../works/records.js';

/** Takes about `size` characters, or that many of whatever it is about. */
export type Grown = (size: number) => () => unknown;

const fill = (piece: string, size: number) => piece.repeat(Math.ceil(size / piece.length));
const PLACE = { scheme: 'https', host: 'tarn-wick.livejournal.com', www: 'www.livejournal.com', journal: 'tarn_wick' };

function pageWith(change: (html: string) => string): () => unknown {
  const post = POSTS[1] as (typeof POSTS)[number];
  const html = change(drawEntry(PLACE, { ...post, style: 'light' }, post.body));
  const answer = {
    url: 'https://tarn-wick.livejournal.com/270.html',
    status: 200,
    headers: {},
    body: Buffer.from(html),
  };
  return () => readPage(sites, answer);
}

/** Pieces of a page's markup, to be cut and read. */
const MARKUP = [
  '<',
  '</',
  '<a',
  '<!',
  '<!--',
  '<!-->',
  '<a b="',
  '<svg><g>',
  '<svg></g>',
  '<script>',
  '<script><!--<script>',
  '<style></',
  '<title></',
  '<select><style>',
  '&#',
  '<a b=c/',
  '<p class="',
  '<li>x',
  '<dl><dd>',
  '<td>',
];
/** Pieces of a body that was converted wrongly, or looks so. */
const BROKEN = [
  'Ã',
  'â€',
  'â€™ ',
  'Ð',
  'ÐŸ',
  'РџСЂ',
  'Ïðèâåò ',
  'Ï',
  'Ã¢â‚¬â„¢',
  '\u0092',
  '&#146;',
  '&Atilde;&copy;',
  'ï¿½',
  '\ufffd',
  'Â ',
];
/** Pieces of texts that are looked through for addresses and money. */
const PROMOTED = [
  'a.',
  'a@',
  'a@a.',
  '@',
  'a_',
  'a%',
  '(at) ',
  'jane (at) ',
  'x [at] y [dot] ',
  'a at b dot ',
  'paypal ',
  'paypal.com/',
  'amazon.co',
  'amazon.com/wishlist/',
  'https://',
  'ko-fi.',
  'tip ',
  'tip jar',
  '- ',
  '<b>a</b>@',
  '((((at',
  '*at*',
  'a-',
];
const TITLES = [
  'Part 1 of ',
  '1/',
  '(',
  'part ',
  'chapter 2 ',
  'the ',
  '1 of 2 ',
  "'",
  'é',
  'livejournal ',
  '-',
  ' ',
  '\u0301',
  '!',
  '&',
];
const PROSE = ['\n', ' \n', '\n ', '\n\n', 'a\n', '-', '<', ':', '\r', '\t', '"', '\u2028', '- ', '# ', '> ', "'"];

export const GROWN: Readonly<Record<string, Grown>> = {
  ...each('a page is cut', MARKUP, (piece, size) => {
    const html = `<html><body>${fill(piece, size)}</body></html>`;
    return () => cutPage(html, ['Site.entry']);
  }),
  ...each('a page is read', MARKUP, (piece, size) =>
    pageWith((html) => html.replace('</div>', () => `${fill(piece, size)}</div>`)),
  ),
  ...each('broken text is mended', BROKEN, (piece, size) =>
    pageWith((html) => html.replace('</div>', () => `${fill(piece, size)}</div>`)),
  ),
  ...each('a page title is read', [...TITLES, 'tarn_wick: ', ': ', ' - ', '| '], (piece, size) =>
    pageWith((html) => html.replace(/<title>[^<]*/, () => `<title>${fill(piece, size)}`)),
  ),
  ...each('a date is read', ['1', '1:', '20 ', '2012-', 'jan. ', '12/', '11:11 ', 'am'], (piece, size) =>
    pageWith((html) => html.replace(/@ <a[^@]*<\/font>/, () => `@ ${fill(piece, size)}</font>`)),
  ),
  ...each('a text is looked at', PROMOTED, (piece, size) => {
    const html = `<p>${fill(piece, size)} paypal @</p>`;
    return () => lookAtText(work(), 0, html, 'the text', archive);
  }),
  ...each('passages are taken out', PROMOTED, (piece, size) => {
    const promotion = Promotion.of(archive.promotion);
    const [text, removal] = [fill(piece, size), promotion.removal(true)];
    return () => removal && textWithout(text, removal);
  }),
  ...each('a title is compared', TITLES, (piece, size) => {
    const title = fill(piece, size);
    return () => [titleKey(title, config), slugOf(title, config)];
  }),
  ...each('a summary is written', PROSE, (piece, size) => {
    const text = `a${fill(piece, size)}b`;
    return () => [
      labelText(text),
      labelHtml(text),
      textToHtml(text),
      chapterMarkdown(work({ summary: text }), 0, 'Text.'),
    ];
  }),
  ...each(
    'a long chapter is split',
    ['<p>word</p>\n', '<p>word word <br />', '<blockquote>\n<p>a</p>\n</blockquote>\n', 'word '],
    (piece, size) => {
      const html = fill(piece, size);
      return () => splitHtml(html, 20_000);
    },
  ),
  'parts of one work are joined': many((n) => record(n, { title: 'The Long Tide', part: { number: n, of: 9999 } })),
  'posts of one title are kept apart': many((n) => record(n, { title: 'The Wall' })),
  'titles a letter apart are compared': many((n) =>
    record(n, {
      title: `A Long Enough Title ${String.fromCharCode(97 + (n % 26), 97 + ((n / 26) % 26))}`,
      part: { number: 1 + (n % 9), of: 9 },
    }),
  ),
  'a chain of links is followed': many((n) => record(n, { title: `Post ${n}` }, { links: [linkTo(n + 1)] })),
};

function each(
  what: string,
  pieces: readonly string[],
  grown: (piece: string, size: number) => () => unknown,
): Record<string, Grown> {
  return Object.fromEntries(
    pieces.map((piece) => [`${what}: ${JSON.stringify(piece)}`, (size: number) => grown(piece, size)]),
  );
}

function linkTo(n: number): FicLink {
  return { to: key(n), url: `https://lampwright.livejournal.com/${n}.html`, text: 'Next', before: '', prose: 0 };
}

/** A journal of posts, one for every hundred characters that were asked for. */
function many(make: (n: number) => ReturnType<typeof record>): Grown {
  return (size) => {
    const records = Array.from({ length: Math.ceil(size / 100) }, (_, index) => make(index + 1));
    return () => planWorks(records, {}, config);
  };
}

/** Large enough that what is quadratic shows. */
const SIZE = 50_000;
/** Milliseconds of work that collecting garbage alone may come to. */
const NOISE = 200;
const MOST = 10;

/** What is wrong with the way in which something grows; undefined where nothing is. */
export function wrongGrowth(grown: Grown): string | undefined {
  const whole = least(grown(4 * SIZE));
  if (whole < NOISE) return undefined;
  const ratio = whole / least(grown(SIZE));
  const times = `${ratio.toFixed(1)} times as long as for ${SIZE}`;
  return ratio > MOST ? `takes ${Math.round(whole)} ms of work for ${4 * SIZE}, ${times}` : undefined;
}

/** By the processor's own account, so that what else a machine does counts for little. */
function least(work: () => unknown): number {
  return Math.min(
    ...[1, 2, 3].map(() => {
      const began = process.cpuUsage().user;
      work();
      return (process.cpuUsage().user - began) / 1000;
    }),
  );
}
