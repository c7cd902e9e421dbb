import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { cleanHtml, countWords, textOf, textToHtml, toHtml } from '../../src/text/index.js';
import { canonical } from './canonical.js';

describe('textOf', () => {
  it('lays blocks out as lines', () => {
    const html = toHtml(
      cleanHtml(
        '<h2>T</h2>a <i>b</i>c<br>d<ul><li>e<li>f</ul><hr><table><tr><td>g<td>h<tr><td>i<td>j</table><pre>k\n  l</pre>&nbsp;m &lt;n&gt;',
      ),
    );
    expect(textOf(html)).toBe('T\n\na bc\nd\n\ne\nf\n\n* * *\n\ng\th\ni\tj\n\nk\n  l\n\n\u00a0m <n>');
  });
});

describe('countWords', () => {
  it.each([
    ['<p>one two</p><p>three</p>', 3],
    ["<p>don't well-known o\u2019clock</p>", 3],
    ['<p>one--two \u2014 three</p>', 3],
    ['<p>half<i>word</i></p>', 1],
    ['<p>\u6f6e\u306e\u97f3 3 caf\u00e9s</p>', 5],
    ['<p>one<br />two</p><hr /><p>&nbsp;</p>', 2],
    ['<table><tr><td>one</td><td>two</td></tr></table>', 2],
    ['', 0],
  ])('%s', (html, words) => expect(countWords(html)).toBe(words));
});

describe('textToHtml', () => {
  it('makes paragraphs and breaks, and escapes', () => {
    expect(textToHtml('a & b\r\n<i>c</i>\n\n \n d\n')).toBe('<p>a &amp; b<br />&lt;i&gt;c&lt;/i&gt;</p>\n<p>d</p>');
    expect(textToHtml(' \n ')).toBe('');
  });
});

describe('the tests\u2019 own reader', () => {
  const same = (one: string, two: string) => JSON.stringify(canonical(one)) === JSON.stringify(canonical(two));
  const render = (markdown: string) => new MarkdownIt({ html: true }).render(markdown);
  it('sees what is the same', () => {
    expect(same('<p><b>a</b> c</p>', '<p><strong>a </strong>c</p>')).toBe(true);
    expect(same('<p align="center">a</p>', render('<div align="center">\n\na\n\n</div>'))).toBe(true);
  });
  it.each([
    ['<p>a</p><p>b</p>', '<p>a<br>b</p>'],
    ['<p>a<br>b</p>', '<p>a b</p>'],
    ['<p><i>a</i></p>', '<p>*a*</p>'],
    ['<p><i>a</i>b</p>', '<p><i>ab</i></p>'],
    ['<p><a href="http://x.y/">a</a></p>', '<p><a href="http://x.y/z">a</a></p>'],
    ['<p align="center">a</p>', '<p>a</p>'],
    ['<ul><li>a</li></ul>', '<ol><li>a</li></ol>'],
    ['<blockquote><p>a</p></blockquote>', '<p>a</p>'],
    ['<p>a</p><hr><p>b</p>', '<p>a</p><p>b</p>'],
    ['<p>&nbsp;a</p>', '<p>a</p>'],
  ])('sees that %s and %s differ', (one, two) => expect(same(one, two)).toBe(false));
});
