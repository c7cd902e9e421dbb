/** What is kept of HTML, rule by rule. */
import { describe, expect, it } from 'vitest';
import { countWords, sanitise } from './sanitise.js';

const kept = (html: string) => sanitise(html, 'content');

describe('elements and attributes', () => {
  it('on the list stay', () => {
    const html = '<p>a <b>b</b> <i>c</i> <q>d</q></p><blockquote><p>e</p></blockquote><ul><li>f</li></ul><hr>';
    expect(kept(html)).toBe(html);
    expect(kept('<details open=""><summary>s</summary><p>x</p></details>')).toContain('<p>x</p>');
  });

  it('off the list go, with what a script or style holds', () => {
    expect(kept('<p>a <font color="red">b</font></p>')).toBe('<p>a b</p>');
    expect(kept('<p>a</p><script>alert(1)</script><style>p {}</style>')).toBe('<p>a</p>');
    expect(kept('<p>by <lj user="x">!</p>')).toBe('<p>by !</p>');
  });

  it('keep neither style nor id, and class only in text and notes', () => {
    const html = '<p id="i" style="color: red" class="c" align="center" lang="de" dir="ltr" title="t">a</p>';
    expect(kept(html)).toBe('<p class="c" align="center" lang="de" dir="ltr" title="t">a</p>');
    expect(sanitise(html, 'notes')).toContain('class="c"');
    expect(sanitise(html, 'summary')).not.toContain('class');
  });

  it('show pictures from the web alone', () => {
    expect(kept('<p><img src="https://example.org/a.png" alt="x"></p>')).toBe(
      '<p><img src="https://example.org/a.png" alt="x"></p>',
    );
    expect(kept('<p><img src="a.png" alt="x"></p>')).toBe('<p><img alt="x"></p>');
    expect(kept('<p><a href="javascript:alert(1)">x</a></p>')).toBe('<p><a>x</a></p>');
  });
});

describe('paragraphs', () => {
  it('are put around loose text', () => {
    expect(kept('a <i>b</i> c')).toBe('<p>a <i>b</i> c</p>');
    expect(kept('a<hr>b')).toBe('<p>a</p><hr><p>b</p>');
    expect(kept('<div>a</div>')).toBe('<div><p>a</p></div>');
  });

  it('are parted by an inline tag that is not on the list, outside of a <p>', () => {
    expect(kept('a <font>b</font> c')).toBe('<p>a </p><p>b</p><p> c</p>');
    expect(kept('<p>a <font>b</font> c</p>')).toBe('<p>a b c</p>');
    expect(kept('a <nobr>b</nobr>')).toBe('<p>a </p><p>b</p>');
  });

  it('are parted by two line breaks, not by one', () => {
    expect(kept('a<br>b')).toBe('<p>a<br>b</p>');
    expect(kept('a<br><br>b')).toBe('<p>a</p><p>b</p>');
    expect(kept('a<br><br><br>b')).toBe('<p>a</p><p>&nbsp;</p><p>b</p>');
    expect(kept('<p><i>a<br><br>b</i></p>')).toBe('<p><i>a</i></p><p><i>b</i></p>');
  });

  it('take newlines for line breaks, except between blocks', () => {
    expect(kept('a\nb\r\n\r\nc')).toBe('<p>a<br>b</p><p>c</p>');
    expect(kept('<p>a</p>\n<p>b</p>\n')).toBe('<p>a</p><p>b</p>');
  });
});

it('words are counted without tags', () => {
  expect(countWords('<p>One two</p><p>three<br>four</p>')).toBe(4);
});
