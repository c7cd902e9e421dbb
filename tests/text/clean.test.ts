import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { cleanHtml, toHtml } from '../../src/text/index.js';

const base = 'https://somebody.livejournal.com/1234.html';
const clean = (html: string) => toHtml(cleanHtml(html, { base }));

/** name → [soup, clean] */
type Cases = Record<string, [string, string]>;
const check = (cases: Cases) =>
  it.each(Object.entries(cases))('%s', (_, [soup, expected]) => expect(clean(soup)).toBe(expected));

describe('paragraphs and lines', () =>
  check({
    'a break stays a break': ['one<br>two', '<p>one<br />two</p>'],
    'two breaks part paragraphs': ['one<br><br>two', '<p>one</p>\n<p>two</p>'],
    'white space between breaks says nothing': ['one<br />\n<br />\n two', '<p>one</p>\n<p>two</p>'],
    'three breaks leave a gap': ['one<br><br><br>two', '<p>one</p>\n<p>&nbsp;</p>\n<p>two</p>'],
    'breaks at the ends go': ['<br><br>one<br>', '<p>one</p>'],
    'a line of no-break spaces is empty': ['one<br>&nbsp; &nbsp;<br>two', '<p>one</p>\n<p>two</p>'],
    'divs are paragraphs': ['<div>one</div><div>two<div>three</div></div>', '<p>one</p>\n<p>two</p>\n<p>three</p>'],
    'empty paragraphs go': ['<p></p><p>one</p><p> <b></b></p><p>two</p>', '<p>one</p>\n<p>two</p>'],
    'an empty line on purpose stays': [
      '<p>one</p><p>&nbsp;</p><p>&nbsp;</p><p>two</p>',
      '<p>one</p>\n<p>&nbsp;</p>\n<p>two</p>',
    ],
    'empty lines by habit go': [
      [1, 2, 3, 4, 5, 6].map((n) => `<p>${n}</p><p>&nbsp;</p>`).join(''),
      [1, 2, 3, 4, 5, 6].map((n) => `<p>${n}</p>`).join('\n'),
    ],
    'indents stay': ['<p>&nbsp;&nbsp; one</p>', '<p>&nbsp;&nbsp; one</p>'],
    'source newlines are spaces': ['one\n  two\tthree', '<p>one two three</p>'],
    'Word paragraphs': [
      '<p class="MsoNormal" style="margin:0"><o:p><span lang="EN-GB">one</span></o:p></p>',
      '<p>one</p>',
    ],
    'no text, no document': [' <div><br></div>&nbsp; ', ''],
  }));

describe('emphasis', () =>
  check({
    'ends and begins again at each break': [
      '<i>one<br>two<br><br>three</i>',
      '<p><i>one</i><br /><i>two</i></p>\n<p><i>three</i></p>',
    ],
    'ends and begins again at blocks': [
      '<b>one<blockquote>two</blockquote></b>',
      '<p><b>one</b></p>\n<blockquote>\n<p><b>two</b></p>\n</blockquote>',
    ],
    'spaces stand outside': ['a<i> b </i>c', '<p>a <i>b</i> c</p>'],
    'neighbours join': ['<i>a</i><i>b</i> <i>c</i>', '<p><i>ab c</i></p>'],
    'crossed tags': ['<b>a<i>b</b>c</i>', '<p><b>a<i>b</i></b><i>c</i></p>'],
    'nothing is emphasised': ['a<b></b><i><br></i>b', '<p>a<br />b</p>'],
    'twice is once': ['<b><strong>a</strong></b>', '<p><b>a</b></p>'],
    'small in small is smaller': ['<small><small>a</small></small>', '<p><small><small>a</small></small></p>'],
    'style that means something': [
      '<span style="font-style: italic">a</span> <span style="FONT-WEIGHT: Bold">b</span> <font style="text-decoration: underline">c</font> <span style="text-decoration:line-through">d</span> <span style="font-weight: 700; color: red">e</span>',
      '<p><i>a</i> <b>b</b> <u>c</u> <s>d</s> <b>e</b></p>',
    ],
    'a font that says more than its face': [
      '<span style="font: italic bold 12px Georgia">a</span> <span style="font: 12px Bold Face">b</span>',
      '<p><i><b>a</b></i> b</p>',
    ],
    'style that ends something': ['<i>a <span style="font-style:normal">b</span></i>', '<p><i>a</i> b</p>'],
    'to be read by highlighting': [
      '<table bgcolor=#000000><tr><td><font color=black>the <i>whole</i> fic</font></td></tr></table><span style="font-size:0.1px;color:transparent">and more</span>',
      '<p>the <i>whole</i> fic</p>\n<p>and more</p>',
    ],
    'white on white is text': [
      '<font color="#ffffff"><span style="color:white;background:white">hidden words</span></font>',
      '<p>hidden words</p>',
    ],
    'not displayed is no text': ['a<span style="display: none">b</span>c', '<p>ac</p>'],
    unwrapped: ['<font face=x>a</font><nobr>b</nobr><lj-cut text="more">c</lj-cut><blink>d</blink>', '<p>abcd</p>'],
    ruby: ['<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>', '<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p>'],
  }));

describe('alignment', () =>
  check({
    center: ['<center>a<br>b</center>c', '<p align="center">a<br />b</p>\n<p>c</p>'],
    'div and style': [
      '<div align=CENTER>a</div><p style="text-align:right">b</p>',
      '<p align="center">a</p>\n<p align="right">b</p>',
    ],
    'left within center': ['<center><p align=left>a</p></center>', '<p>a</p>'],
    'blocks within': [
      '<center><blockquote>a</blockquote></center>',
      '<blockquote>\n<p align="center">a</p>\n</blockquote>',
    ],
    'right to left': ['<div dir="RTL">a</div>', '<p dir="rtl">a</p>'],
  }));

describe('scene breaks', () => {
  const breaks = [
    '***',
    '* * *',
    '~*~',
    '~',
    '#',
    '-x-',
    'oOo',
    '- - -',
    '-----',
    '_____',
    '~o~O~o~',
    'x x x',
    '•',
    '.:*:.',
    '<b>* * *</b>',
    '&nbsp;***&nbsp;',
    '★',
    'xXx',
    '-=-=-',
  ];
  it.each(breaks)('%s', (sign) => {
    expect(clean(`one<br><br>${sign}<br><br>two`)).toBe('<p>one</p>\n<hr />\n<p>two</p>');
    expect(clean(`one<br>${sign}<br>two`)).toBe('<p>one</p>\n<hr />\n<p>two</p>');
  });
  const texts = [
    '-',
    '...',
    '…',
    '—',
    '-_-',
    '^_^',
    'xxx',
    'XOXO',
    'ox',
    '1',
    '* * * later',
    '&gt;.&lt;',
    '?',
    '!!!',
    '&lt;3',
    ':)',
    'O',
    'x',
  ];
  it.each(texts)('%s is text', (text) => {
    expect(clean(`one<br><br>${text}<br><br>two`)).toBe(`<p>one</p>\n<p>${text}</p>\n<p>two</p>`);
  });
  check({
    'a centred xxx': ['<center>xxx</center>', '<hr />'],
    'hr, and two in a row': ['a<hr>***<hr noshade>b', '<p>a</p>\n<hr />\n<p>b</p>'],
    'no gap around it': ['a<br><br><br>***<br><br><br>b', '<p>a</p>\n<hr />\n<p>b</p>'],
    'a footnote link is none': ['<a href="http://a.example/">*</a>', '<p><a href="http://a.example/">*</a></p>'],
    'a cell is none': [
      '<table><tr><td>*<td>a</table>',
      '<table>\n<tbody>\n<tr>\n<td>*</td>\n<td>a</td>\n</tr>\n</tbody>\n</table>',
    ],
  });
});

describe('pictures as scene breaks', () => {
  const { pictureRules } = loadConfig();
  const withRules = (html: string) => toHtml(cleanHtml(html, { base, pictureRules }));
  const at = (name: string, more = '') => `<img src="http://a.example/i/${name}"${more}>`;
  const drawn: Record<string, string> = {
    'by its name': at('divider.gif'),
    'by a name that holds more': at('starDivider%202.png?raw=1'),
    'by words alone': at('blue_line_03.gif'),
    'by two words in one': at('goldbar1.gif'),
    'by its alt text': at('x.gif', ' alt="Scene break"'),
    'by its shape': at('img0044.jpg', ' width=400 height=12'),
    'as wide as the page': at('img0044.jpg', ' width="100%" height=4'),
    'two of them': `${at('hr.gif')} ${at('hr.gif')}`,
    'behind a proxy': '<img src="https://p.dreamwidth.org/0a1b/1-2/c.example/separator.gif">',
    'with signs beside it': `~ ${at('divider.gif')} ~`,
    'in another language': at('%D1%80%D0%B0%D0%B7%D0%B4%D0%B5%D0%BB%D0%B8%D1%82%D0%B5%D0%BB%D1%8C.png'),
  };
  it.each(Object.entries(drawn))('%s', (_, picture) => {
    expect(withRules(`one<br><br>${picture}<br><br>two`)).toBe('<p>one</p>\n<hr />\n<p>two</p>');
    expect(withRules(`<p>one</p><center>${picture}</center><div>two</div>`)).toBe('<p>one</p>\n<hr />\n<p>two</p>');
  });
  const pictures: Record<string, string> = {
    'of something': at('lighthouse.jpg'),
    'that shows a line of something': at('finish-line.jpg'),
    'whose folder has the word': at('dividers/sunset.jpg'),
    'a word within a word': at('online.jpg'),
    'a banner': at('banner.jpg', ' width=468 height=60'),
    'too high for its name': at('bar.jpg', ' width=640 height=480'),
    'in a link': `<a href="http://a.example/">${at('divider.gif')}</a>`,
    'with words beside it': `${at('divider.gif')} later`,
    'with another picture': `${at('divider.gif')}${at('lighthouse.jpg')}`,
  };
  it.each(Object.entries(pictures))('a picture %s is a picture', (_, picture) => {
    expect(withRules(`one<br><br>${picture}<br><br>two`)).toMatch(/^<p>one<\/p>\n<p>.*<img src=.*<\/p>\n<p>two<\/p>$/);
  });
  it('is content in a cell, and nothing is known without the rules', () => {
    expect(withRules(`<table><tr><td>${at('line.gif')}<td>a</table>`)).toContain('<img');
    expect(clean(`a<br>${at('divider.gif')}`)).toContain('<img');
  });
});

describe('lists and tables', () =>
  check({
    'text in items': ['<ul><li>a<li>b</ul>', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>'],
    'a list in an item': [
      '<ul><li>a<ol start=3><li>b</ol></ul>',
      '<ul>\n<li>\n<p>a</p>\n<ol start="3">\n<li>b</li>\n</ol>\n</li>\n</ul>',
    ],
    'a list in a list': [
      '<ul><li>a</li><ul><li>b</li></ul></ul>',
      '<ul>\n<li>\n<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>',
    ],
    'stray items': ['<li>a<li>b</li>c', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p>c</p>'],
    'text before and between items': [
      '<ol>a<li>b</li>c</ol>',
      '<ol>\n<li>a</li>\n<li>\n<p>b</p>\n<p>c</p>\n</li>\n</ol>',
    ],
    'a list to indent': ['<ul>a</ul>', '<blockquote>\n<p>a</p>\n</blockquote>'],
    'a description list': ['<dl><dt>a<dd>b</dl>', '<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>'],
    'a table as a frame': [
      '<table><tr><td>a<br><br>b</td></tr><tr><td>c</td></tr></table>',
      '<p>a</p>\n<p>b</p>\n<p>c</p>',
    ],
    'a table with spans': [
      '<table border=1><caption>t</caption><tr><th colspan=2 scope=col>a<tr><td>b<td></table>',
      '<table>\n<caption>t</caption>\n<tbody>\n<tr>\n<th colspan="2" scope="col">a</th>\n</tr>\n<tr>\n<td>b</td>\n<td></td>\n</tr>\n</tbody>\n</table>',
    ],
    'an empty table': ['<table><tr><td></td><td> </td></tr></table>a', '<p>a</p>'],
    details: ['<details><summary>a</summary>b</details>', '<details>\n<summary>a</summary>\n<p>b</p>\n</details>'],
    pre: ['<pre>\n  a\n<i>b\nc</i>\n\n</pre>', '<pre>  a\n<i>b</i>\n<i>c</i></pre>'],
    'breaks in pre': ['<pre>a<br>b</pre>', '<pre>a\nb</pre>'],
  }));

describe('addresses', () =>
  check({
    relative: ['<a href="/tag/x">a</a>', '<p><a href="https://somebody.livejournal.com/tag/x">a</a></p>'],
    'kept as written': [
      '<a href="http://a.example/?a=1&b=(2)">a</a>',
      '<p><a href="http://a.example/?a=1&amp;b=(2)">a</a></p>',
    ],
    'away links': [
      '<a href="https://www.livejournal.com/away?to=http%3A%2F%2Fb.example%2F%3Fq%3D1">a</a>',
      '<p><a href="http://b.example/?q=1">a</a></p>',
    ],
    'away links in every spelling': [
      '<a href="//livejournal.com/away?to=http://b.example/&amp;x=1">a</a> <a href="http://l-files.livejournal.com/x">b</a> <a href="https://www.livejournal.com/away/?to=javascript%3Aalert(1)">c</a>',
      '<p><a href="http://b.example/">a</a> <a href="http://l-files.livejournal.com/x">b</a> <a href="https://www.livejournal.com/away/?to=javascript%3Aalert(1)">c</a></p>',
    ],
    'picture proxies': [
      '<img src="https://imgprx.livejournal.net/st/abc/http://c.example/d.jpg" alt="d"><img src="https://p.dreamwidth.org/0a1b/1-2/c.example/e.png">',
      '<p><img src="http://c.example/d.jpg" alt="d" /><img src="http://c.example/e.png" /></p>',
    ],
    'a link over lines': [
      '<a href="http://a.example/">a<br>b</a>',
      '<p><a href="http://a.example/">a</a><br /><a href="http://a.example/">b</a></p>',
    ],
    'no scripts, however they are spelt': [
      '<a href="JAVA&#x73;cript:a()">a</a><a href="java&Tab;script:a()">b</a><a href="&#1;javascript:a()">c</a><a href="data:text/html,x">d</a><a href="vbscript:a">e</a><blockquote cite="javascript:a()">f</blockquote><svg onload=a()><a xlink:href="javascript:a()">g</a></svg>h',
      '<p>abcde</p>\n<blockquote>\n<p>f</p>\n</blockquote>\n<p>h</p>',
    ],
    'no scripts': [
      '<a href="java\nscript:alert(1)" onclick="x()">a</a><img src="data:image/gif;base64,AA" alt="b"><script>c</script><a href=" javascript:d">d</a>',
      '<p>abd</p>',
    ],
    'no forms': [
      '<form action="x">a<input value=b><select><option>c</select><textarea>d</textarea><button>e</button></form>',
      '<p>a</p>',
    ],
  }));

describe('what sites put in', () =>
  check({
    accounts: [
      '<span class="ljuser i-ljuser" data-ljuser="some_one"><a href="/profile"><img src="x.gif"></a><a href="/"><b>some_one</b></a></span> and <lj user="other"> and <lj comm=third>!',
      '<p>some_one and other and third!</p>',
    ],
    'cut anchors': ['a<br><a name="cutid1"></a>b<a name="cutid1-end"></a>', '<p>a<br />b</p>'],
    'a cut as typed, with crossed tags': ['a<lj-cut text="x"><i>b</lj-cut>c</i>d', '<p>a<i>bc</i>d</p>'],
    players: [
      'a<iframe src="https://www.youtube.com/embed/x">no</iframe>b<object><param name="movie" value="http://v.example/v"><embed src="http://w.example/"></object>',
      '<p>a</p>\n<p><a href="https://www.youtube.com/embed/x">[Embedded content]</a></p>\n<p>b</p>\n<p><a href="http://v.example/v">[Embedded content]</a></p>',
    ],
    polls: [
      '<poll-12>a<div class="poll-container"><div class="poll-title"><a href="/poll/?id=1">Poll #1</a> Which?</div>answers</div>',
      '<p>[Poll]</p>\n<p>a</p>\n<p><a href="https://somebody.livejournal.com/poll/?id=1">[Poll #1 Which?]</a></p>',
    ],
  }));

describe('another list of what is kept', () => {
  it('unwraps the rest', () => {
    const keep = { elements: ['p', 'i'], attributes: {} };
    const soup = '<b>a</b><i title=x>b</i><ul><li>c</ul><hr><h2>d</h2><a href="http://e.example/">e</a><pre>f</pre>';
    expect(toHtml(cleanHtml(soup, { keep }))).toBe('<p>a<i>b</i></p>\n<p>c</p>\n<p>d</p>\n<p>e</p>\n<p>f</p>');
  });
});
