import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { cleanHtml, countWords, linesOf, textOf, toHtml, toMarkdown } from '../../src/text/index.js';
import { ARCHIVE_KEEP } from '../../src/text/keep.js';
import { shared } from '../outside.js';
import { canonical } from './canonical.js';
import { plainWords, shownText } from './soup.js';

const FOLDER = shared('pages/dreamwidth/journal') ?? '';
const base = 'http://testfic.dw.test/1.html';
const renderer = new MarkdownIt({ html: true });

/** The inner HTML of the entry, found by counting its divs. */
function bodyOf(page: string): string | undefined {
  const start = page.indexOf('<div class="entry-content">');
  if (start < 0) return undefined;
  const tags = /<(\/?)div\b[^>]*>/g;
  tags.lastIndex = start;
  let depth = 0;
  for (let tag = tags.exec(page); tag; tag = tags.exec(page)) {
    depth += tag[1] ? -1 : 1;
    if (depth === 0) return page.slice(start + '<div class="entry-content">'.length, tag.index);
  }
  return undefined;
}

const there = FOLDER !== '';

describe.skipIf(!there)('every entry of the sample journal', () => {
  const files = there ? readdirSync(FOLDER).filter((name) => name.endsWith('.html')) : [];
  const bodies = files.flatMap((name) => {
    const body = bodyOf(readFileSync(join(FOLDER, name), 'utf8'));
    return body === undefined ? [] : [{ name, body }];
  });

  it('is there', () => expect(bodies.length).toBeGreaterThanOrEqual(38));

  it.each(bodies)('$name keeps its words', ({ name, body }) => {
    // Their poll and player are replaced by a link with a note.
    if (name === 'poll.html' || name === 'podfic.html') return;
    expect(plainWords(textOf(toHtml(cleanHtml(body, { base }))))).toEqual(plainWords(shownText(body)));
  });

  it.each(bodies)('$name is clean, stays clean, and is the same in Markdown', ({ body }) => {
    const clean = toHtml(cleanHtml(body, { base }));
    expect(toHtml(cleanHtml(clean, { base }))).toBe(clean);
    expect(canonical(renderer.render(toMarkdown(clean)))).toEqual(canonical(clean));
    const names = new Set([...clean.matchAll(/<([a-z][a-z\d-]*)/g)].map((match) => match[1]));
    for (const name of names) expect(ARCHIVE_KEEP.elements).toContain(name);
  });
});

describe.skipIf(!there)('what is looked for on some of them', () => {
  const read = (name: string) => cleanHtml(bodyOf(readFileSync(join(FOLDER, name), 'utf8')) as string, { base });

  it('a header table is five rows, and the story behind the cut follows', () => {
    const lines = linesOf(read('tablehdr.html'));
    expect(lines.slice(0, 5).map(({ kind }) => kind)).toEqual(['row', 'row', 'row', 'row', 'row']);
    expect(lines[2]?.cells).toEqual(['Pairing', 'Dru/Hollis']);
    expect(lines.map(({ cut }) => cut).indexOf(true)).toBe(5);
  });

  it('a title in a font in a center is a centred bold line', () => {
    const [title, by] = linesOf(read('centerdiv.html'));
    expect(title).toMatchObject({ text: 'Signal Lamp', centred: true, runs: [{ text: 'Signal Lamp', marks: ['b'] }] });
    expect(by).toMatchObject({ text: 'by testfic', centred: true, blankBefore: false });
  });

  it('the poster is known as an account', () => {
    const author = linesOf(read('boldlabels.html'))[1];
    expect(author?.text).toBe('Author: testfic');
    expect(author?.runs.at(-1)).toMatchObject({ text: 'testfic', user: 'testfic' });
  });

  it('a poll and a player are links with a note', () => {
    expect(toHtml(read('poll.html'))).toContain(
      '<a href="http://www.dw.test/poll/?id=1">[Poll #1 What should I write next?]</a>',
    );
    expect(toHtml(read('podfic.html'))).toContain('[Embedded content]');
  });

  it('50,000 words are all there', () => {
    expect(countWords(toHtml(read('longfic.html')))).toBeGreaterThan(50_000);
  });
});
