import { Element } from 'domhandler';
import { describe, expect, it } from 'vitest';
import { cleanHtml, countWords, linesOf, textOf, toHtml, toMarkdown, withoutLines } from '../../src/text/index.js';
import { parseSoup } from '../../src/text/soup.js';

const DEEP = 6000;
/** Enough for the slowest machine: what is quadratic takes hours. */
const LONG = 300_000;
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

  it.each(['font color=red', 'b', 'div', 'blockquote', 'ul><li', 'table><tr><td', 'a href="http://a.example/"'])(
    '20,000 times <%s> never closed arrives whole, in HTML and in Markdown',
    (tag) => {
      const html = toHtml(cleanHtml(`<${tag}>word `.repeat(20_000)));
      expect(countWords(html)).toBe(20_000);
      expect(toMarkdown(html).match(/word/g)).toHaveLength(20_000);
    },
    LONG,
  );

  it(
    '20,000 crossed tags',
    () => {
      const html = toHtml(cleanHtml('<b>one <i>two</b> three <font size=2></i>four<p>'.repeat(5000)));
      expect(countWords(html)).toBe(20_000);
      expect(toMarkdown(html).match(/four/g)).toHaveLength(5000);
    },
    LONG,
  );

  it('tables nested 200 deep', () => {
    const soup = `${'<table><tr><td>left</td><td>'.repeat(200)}middle${'</td></tr></table>'.repeat(200)}`;
    const html = toHtml(cleanHtml(soup));
    expect(countWords(html)).toBe(201);
    expect(toHtml(cleanHtml(html))).toBe(html);
    expect(toMarkdown(html).match(/left|middle/g)).toHaveLength(201);
  });

  it(
    '500,000 words',
    () => {
      const html = toHtml(
        cleanHtml('one <i>two</i> three four<br><br>five six seven eight nine ten.<br />'.repeat(50_000)),
      );
      expect(countWords(html)).toBe(500_000);
      expect(toMarkdown(html).match(/\*two\*/g)).toHaveLength(50_000);
    },
    LONG,
  );

  it.each([
    ['in words', 'word <i>word</i> &amp; "word" ', 'word'],
    ['without a space', 'abcdefghij', 'abcdefghij'],
  ])(
    'one line of 5 MB, %s',
    (_, piece, word) => {
      const times = Math.ceil(5_000_000 / piece.length);
      const count = (text: string) => text.split(word).length - 1;
      const html = toHtml(cleanHtml(piece.repeat(times)));
      const expected = count(piece) * times;
      expect(count(textOf(html))).toBe(expected);
      expect(count(toMarkdown(html).replaceAll('&nbsp;', ''))).toBe(expected);
    },
    LONG,
  );

  it(
    '5 MB of blanks in a line',
    () => {
      const html = toHtml(cleanHtml(`a${' &nbsp;'.repeat(700_000)}b`));
      expect(toMarkdown(html).length).toBeGreaterThan(4_000_000);
    },
    LONG,
  );

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
});
