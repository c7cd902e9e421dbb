import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { cleanHtml, toHtml, toMarkdown } from '../../src/text/index.js';
import { canonical } from './canonical.js';

const renderer = new MarkdownIt({ html: true });

/** Cleans the soup, and checks that its Markdown renders to what the clean HTML shows. */
function markdown(soup: string): string {
  const html = toHtml(cleanHtml(soup));
  const result = toMarkdown(html);
  expect(canonical(renderer.render(result))).toEqual(canonical(html));
  return result;
}

type Cases = Record<string, [string, string]>;
const check = (cases: Cases) =>
  it.each(Object.entries(cases))('%s', (_, [soup, expected]) => expect(markdown(soup)).toBe(expected));

describe('emphasis', () =>
  check({
    'over paragraphs': ['<i>A<br><br>B</i>', '*A*\n\n*B*'],
    'over a break': ['<i>a<br>b</i>', '*a*\\\n*b*'],
    'a break at its end': ['<i>x<br></i>y', '*x*\\\ny'],
    'in a word': ['a<i>b</i>c<b>d</b>e', 'a*b*c**d**e'],
    neighbours: ['<i>a</i><i>b</i>', '*ab*'],
    'two kinds that touch': ['<b>a</b><i>b</i>', '**a**<i>b</i>'],
    'spaces inside': ['a<b> b </b>c', 'a **b** c'],
    both: ['<b><i>a</i></b>', '***a***'],
    'one in the other': ['<b>a <i>b</i></b> <i><b>c</b> d</i>', '**a *b*** ***c** d*'],
    'a quotation that touches a word': ['<i>"a"</i>b', '<i>"a"</i>b'],
    'a quotation that does not': ['<i>"a,"</i> b', '*"a,"* b'],
    'in a word, in another': ['<b>a<i>b</i>c</b>', '**a<i>b</i>c**'],
    strike: ['<s>a</s> <del>b</del>', '~~a~~ ~~b~~'],
    // `*+*~~` would open and close the other way about.
    'two kinds on a sign between words': ['<b><i>a</i>+<i><s>b</s></i></b>', '***a*+<i>~~b~~</i>**'],
    'two kinds in a word': ['a<i><s>b</s></i>c', 'a<i>~~b~~</i>c'],
    'what Markdown lacks': [
      '<u>a</u> <small>b</small> <sup>c</sup><sub>d</sub> <big>e</big>',
      '<u>a</u> <small>b</small> <sup>c</sup><sub>d</sub> <big>e</big>',
    ],
    ruby: [
      '<ruby>漢<rp>(</rp><rt>*kan*</rt><rp>)</rp></ruby>字',
      '<ruby>漢<rp>(</rp><rt>\\*kan\\*</rt><rp>)</rp></ruby>字',
    ],
    'a name typed as a tag, and what stood for a player': [
      'by <lj user="some_one"><iframe src="http://v.example/1">x</iframe>',
      'by some_one\n\n[\\[Embedded content\\]](http://v.example/1)',
    ],
    'by style, in a font of a colour': [
      '<font color=white><span style="font: italic 9px x">a</span> b</font>',
      '*a* b',
    ],
    'code with ticks': ['<code>a`b</code> x <code><i>c</i></code>', '``a`b`` x <code>*c*</code>'],
  }));

describe('text stays text', () =>
  check({
    'signs of Markdown': ['*a* _b_ `c` [d](e) ~~f~~ g\\', '\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\~\\~f\\~\\~ g\\\\'],
    'names with underscores': ['some_user_name', 'some_user_name'],
    'signs of HTML': ['&lt;b&gt;a&lt;/b&gt; &lt;3 a &amp; b &amp;amp;', '&lt;b>a&lt;/b> <3 a & b &amp;amp;'],
    'starts of blocks': [
      '# a<br>1. b<br>12) c<br>- d<br>+ e<br>&gt; f<br>|-|<br>2012. g<br>-',
      '\\# a\\\n1\\. b\\\n12\\) c\\\n\\- d\\\n\\+ e\\\n\\> f\\\n\\|-|\\\n2012\\. g\\\n\\-',
    ],
    'no starts of blocks': ['#a<br>1.5<br>-- d<br>+1', '#a\\\n1.5\\\n-- d\\\n+1'],
    'a backslash before a break': ['a\\<br>b', 'a\\\\\\\nb'],
    'an exclamation before a link': ['Go!<a href="http://a.example/">a</a> Go!', 'Go\\![a](http://a.example/) Go!'],
    'spaces among spaces': ['a&nbsp; b &emsp;c&nbsp;d', 'a&nbsp; b &#8195;c\u00a0d'],
    indents: ['&nbsp;&nbsp; a&nbsp;b', '&nbsp;&nbsp; a\u00a0b'],
    'a gap': ['a<br><br><br>b', 'a\n\n&nbsp;\n\nb'],
  }));

describe('blocks', () =>
  check({
    'scene breaks': ['a<br>***<br>b', 'a\n\n* * *\n\nb'],
    headings: ['<h2>a<br>b #</h2>', '## a<br />b \\#'],
    centred: ['<center>a<br><i>b</i><p>c</center>d', '<div align="center">\n\na\\\n*b*\n\nc\n\n</div>\n\nd'],
    quotes: ['<blockquote>a<br>b<p>c</blockquote><blockquote>d</blockquote>', '> a\\\n> b\n>\n> c\n\n> d'],
    lists: ['<ul><li>a<li>b<ol><li>c<li>d</ol></ul>', '- a\n- b\n\n  1. c\n  2. d'],
    'lists that touch': [
      '<ul><li>a</ul><ul><li>b</ul><ol start=7><li>c</ol><ol><li>d</ol>',
      '- a\n\n+ b\n\n7. c\n\n1) d',
    ],
    'lists that Markdown can not number': [
      '<ol type=A><li>a</ol><ol start=-1><li>*b</ol><ol start=1 type=1><li>c</ol>',
      '<ol type="A">\n<li>a</li>\n</ol>\n\n<ol start="-1">\n<li>*b</li>\n</ol>\n\n1. c',
    ],
    'a quote with a source': [
      '<blockquote cite="http://a.example/"><i>a</i><br><br>b</blockquote>',
      '<blockquote cite="http://a.example/">\n\n*a*\n\nb\n\n</blockquote>',
    ],
    'a scene break in an item': ['<ul><li><hr>a</ul>', '- * * *\n\n  a'],
    pre: ['<pre>a *b*\n\n  ```c</pre>', '````\na *b*\n\n  ```c\n````'],
    'pre with emphasis': ['<pre>a\n\n<i>b</i></pre>', '<pre>a\n\n<i>b</i></pre>'],
    tables: [
      '<table><tr><th>a<th>b<tr><td>c|d<td><i>e</i><br>f\\</table>',
      '| a | b |\n| --- | --- |\n| c\\|d | *e*<br />f\\\\ |',
    ],
    'a table without a head': ['<table><tr><td>a<td>b</table>', '|   |   |\n| --- | --- |\n| a | b |'],
    'a table with spans': [
      '<table><tr><td colspan=2>a<tr><td>b<td>*</table>',
      '<table>\n<tbody>\n<tr>\n<td colspan="2">a</td>\n</tr>\n<tr>\n<td>b</td>\n<td>*</td>\n</tr>\n</tbody>\n</table>',
    ],
    details: [
      '<details><summary>a</summary><i>b</i></details>',
      '<details>\n<summary>a</summary>\n\n*b*\n\n</details>',
    ],
    'a description list': ['<dl><dt>a<dd>*b*</dl>', '<dl>\n<dt>a</dt>\n<dd>*b*</dd>\n</dl>'],
    nothing: ['', ''],
  }));

describe('links and pictures', () =>
  check({
    'a link': [
      '<a href="http://a.example/b" title=\'say "c"\'><i>d</i> [e]</a>',
      '[*d* \\[e\\]](http://a.example/b "say \\"c\\"")',
    ],
    'an address with parentheses': ['<a href="http://a.example/b_(c)">d</a>', '[d](<http://a.example/b_(c)>)'],
    'a picture': ['<img src="http://a.example/b.png" alt="c [d]">', '![c \\[d\\]](http://a.example/b.png)'],
    'a picture in a link': [
      '<a href="http://a.example/"><img src="http://a.example/b.png"></a>',
      '[![](http://a.example/b.png)](http://a.example/)',
    ],
    'a picture with a size': [
      '<img src="http://a.example/b.png" width=10>',
      '<img src="http://a.example/b.png" width="10" />',
    ],
  }));
