import { Element } from 'domhandler';
import { describe, expect, it } from 'vitest';
import { cleanHtml, countWords, linesOf, toHtml, toMarkdown, withoutLines } from '../../src/text/index.js';
import { parseSoup } from '../../src/text/soup.js';

const DEEP = 6000;
const TAGS =
  'font div blockquote b i small center span ul><li dl><dd table><tr><td li p h2 a><b x-y nobr ruby><rt'.split(' ');

/** Bounds are on shape and words, never on time; what is quadratic here shows as a test that times out. */
describe('nesting as deep as it comes', () => {
  it.each(TAGS)('<%s> never closed', (tag) => {
    const document = cleanHtml(`<${tag}>word `.repeat(DEEP));
    const html = toHtml(document);
    expect(countWords(html)).toBe(DEEP);
    expect(toHtml(cleanHtml(html))).toBe(html);
    expect(countWords(toHtml(withoutLines(document, new Set())))).toBe(DEEP);
    expect(linesOf(document).length).toBeGreaterThan(0);
    expect(toMarkdown(html)).toContain('word');
  });

  it.each(TAGS)('20,000 times <%s> makes no deeper tree than a browser would', (tag) => {
    let node: unknown = parseSoup(`<${tag}>`.repeat(20_000))[0];
    let depth = 0;
    for (; node instanceof Element; node = node.children.at(-1)) depth++;
    expect(depth).toBeLessThanOrEqual(2100);
  });

  it('fonts that all differ and never end', () => {
    const soup = Array.from({ length: DEEP }, (_, index) => `<p><font color="#${index}">word<b title="${index}">`).join(
      '',
    );
    expect(countWords(toHtml(cleanHtml(soup)))).toBe(DEEP);
  });

  it('emphasis behind all of it is not lost', () => {
    expect(toHtml(cleanHtml(`${'<font color=red>'.repeat(DEEP)}<i>word</i>`))).toBe('<p><i>word</i></p>');
  });

  it('names typed without an end', () => {
    expect(countWords(toHtml(cleanHtml('<lj user="name"> '.repeat(DEEP))))).toBe(DEEP);
  });

  it('one line of a million characters', () => {
    const line = 'word <i>word</i> &amp; "word" '.repeat(1_000_000 / 30);
    const html = toHtml(cleanHtml(line));
    expect(countWords(html)).toBe((3 * 1_000_000) / 30 - (((3 * 1_000_000) / 30) % 3));
  });
});
