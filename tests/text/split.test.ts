import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanHtml, countWords, splitHtml, textOf, toHtml } from '../../src/text/index.js';
import { refused } from './allowed.js';
import { soup } from './soup.js';

const paragraph = (words: string, length: number) => `<p>${words.repeat(length)}</p>`;

describe('a text that is too long', () => {
  it('is left as it is where it fits', () => {
    expect(splitHtml('<p>One.</p>\n<p>Two.</p>', 24)).toEqual(['<p>One.</p>\n<p>Two.</p>']);
  });

  it('is cut behind the paragraph next to the middle', () => {
    const four = ['a', 'b', 'c', 'd'].map((letter) => paragraph(letter, 20));
    expect(splitHtml(four.join('\n'), 100)).toEqual([`${four[0]}\n${four[1]}`, `${four[2]}\n${four[3]}`]);
  });

  it('is cut about evenly, not into a long part and a stub', () => {
    const many = Array.from({ length: 11 }, () => paragraph('a', 93));
    // 11 × 100 and 10 newlines; two parts of 6 and 5 paragraphs, either first
    const parts = splitHtml(many.join('\n'), 1_100);
    expect(parts.map((part) => part.split('\n').length).sort()).toEqual([5, 6]);
  });

  it('keeps a heading with what follows it', () => {
    const html = `${paragraph('a', 40)}\n<h3>Two</h3>\n${paragraph('b', 40)}`;
    expect(splitHtml(html, 90)).toEqual([paragraph('a', 40), `<h3>Two</h3>\n${paragraph('b', 40)}`]);
  });

  it('closes what is open at a cut and opens it again', () => {
    const html = `<blockquote>\n${paragraph('a', 40)}\n${paragraph('b', 40)}\n</blockquote>`;
    expect(splitHtml(html, 90)).toEqual([
      `<blockquote>\n${paragraph('a', 40)}</blockquote>`,
      `<blockquote>${paragraph('b', 40)}\n</blockquote>`,
    ]);
  });

  it('is cut behind a line where it is one paragraph', () => {
    const html = `<p><em>${'a'.repeat(40)}<br />${'b'.repeat(40)}</em></p>`;
    expect(splitHtml(html, 90)).toEqual([`<p><em>${'a'.repeat(40)}</em></p>`, `<p><em>${'b'.repeat(40)}</em></p>`]);
  });

  it('is cut behind a sentence where it is one line, else behind a word', () => {
    expect(splitHtml('<p>One two three. Four five six.</p>', 25)).toEqual([
      '<p>One two three.</p>',
      '<p>Four five six.</p>',
    ]);
    expect(splitHtml('<p>one two three four five six</p>', 25)).toEqual([
      '<p>one two three</p>',
      '<p>four five six</p>',
    ]);
  });

  it('is cut between letters where it is one word, never within a reference or a letter of two units', () => {
    // the middle of 38 is 19, of which <p> takes 3
    expect(splitHtml(`<p>${'字'.repeat(31)}</p>`, 25)).toEqual([
      `<p>${'字'.repeat(16)}</p>`,
      `<p>${'字'.repeat(15)}</p>`,
    ]);
    for (const letter of ['&amp;', '😀', 'e\u0301']) {
      const parts = splitHtml(`<p>${letter.repeat(40)}</p>`, 60);
      for (const part of parts) expect(part).toMatch(new RegExp(`^<p>(?:${letter})+</p>$`, 'u'));
      expect(parts.join('').replaceAll(/<\/?p>/g, '')).toBe(letter.repeat(40));
    }
  });

  it('is given up where nothing can be cut', () => {
    const link = `<p><a href="https://example.org/${'a'.repeat(100)}">x</a></p>`;
    expect(splitHtml(link, 50)).toEqual([link]);
  });

  it('loses no word, and every part fits and is clean', () => {
    // what stands open at a cut of random soup is opened again: room for it
    const LONGEST = 1_500;
    fc.assert(
      fc.property(fc.array(soup, { minLength: 1, maxLength: 60 }), (soups) => {
        const html = toHtml(cleanHtml(soups.join('')));
        const parts = splitHtml(html, LONGEST);
        expect(squeezed(parts.join('\n'))).toBe(squeezed(html));
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(LONGEST);
          expect(refused(part)).toEqual([]);
          expect(countWords(part) > 0 || parts.length === 1 || part.length > LONGEST / 8).toBe(true);
        }
        expect(splitHtml(html, LONGEST)).toEqual(parts);
      }),
      { numRuns: 500 },
    );
  }, 120_000);
});

/** Every letter in order, without the white space and the rules that are written for them. */
function squeezed(html: string): string {
  return textOf(html).replace(/\s+/g, '');
}
