import { describe, expect, it } from 'vitest';
import { STYLE } from '../../src/targets/epub/style.js';
import { toXhtml, XHTML_CLASSES } from '../../src/text/index.js';

/** Without the newlines between blocks. */
const xhtml = (html: string, places = {}) => toXhtml(html, places).replaceAll('\n', '');

describe('clean HTML as XHTML', () => {
  it('has letters and not names of letters, and none that XML forbids', () => {
    expect(xhtml('<p>a&nbsp;&eacute; &lt;b&gt; &amp;amp; ]]> -- &#1;c&#xffff;d 😀</p>')).toBe(
      '<p>a\u00a0é &lt;b&gt; &amp;amp; ]]&gt; -- cd 😀</p>',
    );
  });

  it.each([
    ['<center>c</center><p align=right>r</p>', '<p class="center">c</p><p class="right">r</p>'],
    ['<p><big>b</big> <tt>t</tt></p>', '<p><span class="big">b</span> <span class="tt">t</span></p>'],
    ['<p><acronym title="x">a</acronym> <strike>s</strike></p>', '<p><abbr title="x">a</abbr> <s>s</s></p>'],
    ['<p lang=ar dir=rtl>م</p>', '<p dir="rtl" xml:lang="ar" lang="ar">م</p>'],
    ['<p lang="ninelette">w</p>', '<p>w</p>'],
    ['<ol type=i start=3><li>x</ol>', '<ol type="i" start="3"><li>x</li></ol>'],
  ])('%s: what was told of old is told as of today', (html, expected) => {
    expect(xhtml(html)).toBe(expected);
  });

  it.each([
    ['<ruby>漢<rt>kan</rt></ruby>', '<ruby>漢<rt>kan</rt></ruby>'],
    [
      '<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rt>ji</rt></ruby>',
      '<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rt>ji</rt></ruby>',
    ], // prettier-ignore
    ['<ruby><b>字<rt>ji</rt></b></ruby>', '<span><b>字<span>ji</span></b></span>'],
    ['a <rt>alone</rt>', 'a <span>alone</span>'],
    ['<ruby>x<rt>y</rt><rt>z</rt></ruby>', '<span>x<span>y</span><span>z</span></span>'],
  ])('%s: readings stand over their bases, or are words', (html, expected) => {
    expect(xhtml(html)).toBe(`<p>${expected}</p>`);
  });

  it('has a table in order, whatever order it was written in', () => {
    const rows = (name: string) => `<tr><td>${name}1</td><td>${name}2</td></tr>`;
    expect(
      xhtml(
        `<table><tbody>${rows('a')}</tbody><caption>C</caption><tfoot>${rows('f')}</tfoot><thead>${rows('h')}</thead><thead>${rows('i')}</thead></table>`,
      ),
    ).toBe(
      `<table><caption>C</caption><thead>${rows('h')}</thead><tbody>${rows('a')}</tbody><tbody>${rows('i')}</tbody><tfoot>${rows('f')}</tfoot></table>`,
    );
  });

  it.each([
    [
      '<dl><dt>a<dt>b<dd>c<dd>d<dt>e<dd>f</dl>',
      '<dl><dt>a</dt><dt>b</dt><dd>c</dd><dd>d</dd><dt>e</dt><dd>f</dd></dl>',
    ],
    ['<dl><dd>a<dt>b</dl>', '<div class="dl"><div class="dd">a</div><div class="dt">b</div></div>'],
    ['<dl><dt><h3>h</h3><dd>d</dl>', '<dl><dt><p class="heading">h</p></dt><dd>d</dd></dl>'],
    ['<details><summary>s</summary>t</details>', '<div class="details"><p class="summary">s</p><p>t</p></div>'],
    ['<figure>a<figcaption>b</figcaption></figure>', '<figure><p>a</p><figcaption>b</figcaption></figure>'],
    ['<figure>a<figcaption>b</figcaption>c</figure>', '<figure><p>a</p><p>b</p><p>c</p></figure>'],
    ['<address><h2>x</h2></address>', '<div class="address"><h2>x</h2></div>'],
  ])('%s: every block holds what it may', (html, expected) => {
    expect(xhtml(html)).toBe(expected);
  });

  it.each([
    ['http://a.example/?a|b=[c]#d#e', 'http://a.example/?a%7Cb=%5Bc%5D#d%23e'],
    ['http://a.example/100%', 'http://a.example/100%25'],
    ['http://a.example/100%25', 'http://a.example/100%25'],
    ['http://under_score.example/~x/(y)', 'http://under_score.example/~x/(y)'],
    ['http://me:word@[::1]:8080/', 'http://me:word@[::1]:8080/'],
    ['http://127.0.0.1/', 'http://127.0.0.1/'],
    ['mailto:a@b.example', 'mailto:a@b.example'],
  ])('%s leads to %s', (address, expected) => {
    expect(xhtml(`<a href="${address}">x</a>`)).toBe(`<p><a href="${expected}">x</a></p>`);
  });

  it.each(['http://-a-.example/', 'https://1.2.3/', 'mailto:'])('%s is no link, and is not lost', (address) => {
    expect(xhtml(`<a href="${address}">x</a>`)).toBe(`<p><span title="${address}">x</span></p>`);
  });

  it('has pictures and links where they were put, with words for every picture', () => {
    const html =
      '<p><img src="http://a.example/1.png" width="50%" height="9"> <img src="http://a.example/2.png" alt="two"> <a href="http://a.example/3">x</a></p>'; // prettier-ignore
    const placeOf = (address: string) => (address.endsWith('1.png') ? { src: 'images/001.png' } : ('link' as const));
    expect(xhtml(html, { placeOf, linkTo: (href: string) => (href.endsWith('3') ? '03.xhtml' : undefined) })).toBe(
      '<p><img src="images/001.png" alt="" height="9" style="width: 50%" /> <a href="http://a.example/2.png">two</a> <a href="03.xhtml">x</a></p>',
    );
  });

  it('has a style for each of its classes', () => {
    for (const name of XHTML_CLASSES) expect(STYLE, name).toMatch(new RegExp(`\\.${name}\\b`));
    const written = xhtml('<center><big>b</big><tt>t</tt></center><details><summary>s</summary>t</details>');
    for (const [, name] of written.matchAll(/class="(\w+)"/g)) expect(XHTML_CLASSES).toContain(name);
  });
});
