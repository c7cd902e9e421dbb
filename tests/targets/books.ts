/** Works that are hard to make a book of, with their texts and pictures. */
import fc from 'fast-check';
import type { FoundPicture, Story } from '../../src/bundle/index.js';
import type { EntryKey, Work } from '../../src/model.js';
import { cleanHtml, toHtml } from '../../src/text/index.js';
import { chapter, work } from '../bundle/works.js';
import { PICTURES } from '../journal/pictureHost.js';
import { hostileSoup, soup } from '../text/soup.js';

const LAMP = 'http://pictures.example/lamp.png';
const MODERN = 'http://pictures.example/modern.webp';
const LOST = 'http://pictures.example/lost|stair.png';

/** Everything that HTML of old had and XHTML has not, or not there. */
const NASTY = `
<p>Dashes -- and ]]> and &amp;lt; and &lt;b&gt;, a &#1;control&#xfffe; letter, no&nbsp;break, [[TITLE]] 😀</p>
<center><big><big>Loud</big></big> <tt>typed</tt> <acronym title="What You See">WYS</acronym> <strike>gone</strike></center>
<p align=right lang="x-a-language-of-my-own-making" dir=ltr>Right</p><p lang=ar dir=rtl>مرحبا بالعالم</p>
<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rp>(</rp><rt>ji</rt><rp>)</rp></ruby> <ruby><b>字<rt>ji</rt></b></ruby> <rt>alone</rt> <ruby>one<br>two<rt>z</rt></ruby></p>
<table><tr><td>1<td align=right>2</tr><caption>Late caption</caption><thead><tr><th scope=nowhere><h2>Head</h2><p>in a cell</p><th scope=col>i</thead><tfoot><tr><td>3<td colspan=2>4</tfoot><thead><tr><th>5<th>6</thead></table>
<dl><dd>first<dt>last</dl><dl><dt>term<dt>other<dd>what<dd>it is<dt><h3>headed</h3><dd>too</dl>
<figure>before<figcaption>in the middle</figcaption>after</figure><details>text<summary>late</summary></details><details><summary>short</summary>long</details>
<address><h2>x</h2><address>y</address></address><ol type=a start=3><li>c<ul><ul><li>deep</ul></ul></ol><pre>  two

    lines</pre>
<p><dfn>a<i><dfn>b</dfn></i></dfn> <q cite="http://a.example/ b">q</q><del cite=x datetime=never>d</del><sub>s<sup>p</sup></sub></p>
<p><a href="http://a.example/?a|b=[c]#d#e">odd</a> <a href="http://a.example/100%">lone</a> <a href="http://[::1]:8080/">six</a> <a href="http://пример.рф/путь">wide</a> <a href="mailto:a@b.example">mail</a> <a href="ftp://a.example/x">ftp</a></p>
<p><img src="${LAMP}" width="50%" height=30 alt="the lamp"> <img src="${LAMP}"> <img src="${MODERN}" alt='so "modern" & <new>'> <img src="${LOST}"> <a href="http://a.example/"><img src="${LOST}" alt="linked"></a></p>
<p><a href="https://somebody.livejournal.com/519.html#cutid1">the next part</a> and <a href="https://somebody.livejournal.com/999.html">another story</a></p>`;

const texts = new Map<EntryKey, string>();

function add(number: number, html: string): EntryKey {
  const key = `livejournal/somebody/${number}`;
  texts.set(key, toHtml(cleanHtml(html)));
  return key;
}

/** As the vault has them. */
export async function storyOf(key: EntryKey): Promise<Story> {
  const leadsTo = (href: string): EntryKey | undefined => {
    const number = /^https:\/\/somebody\.livejournal\.com\/(\d+)\.html/.exec(href)?.[1];
    return number === undefined ? undefined : `livejournal/somebody/${number}`;
  };
  return { html: texts.get(key) ?? '', leadsTo };
}

export async function pictureOf(address: string): Promise<FoundPicture> {
  if (address === LAMP) return { kind: 'picture', type: { ending: 'png' }, body: PICTURES.png };
  if (address === MODERN) return { kind: 'picture', type: { ending: 'webp' }, body: PICTURES.webp };
  return { kind: 'none', why: 'it is not there any more (404)', gone: true };
}

/** Non-ASCII title, no summary, two authors, all that a title page can have, and the text above. */
export const nasty = work({
  slug: 'nasty',
  title: 'Ёж & <Маяк> ]]> -- "東"',
  authors: ['tarn & wick', 'Zoë'],
  summary: '',
  language: 'ptBR',
  notes: 'One -- ]]>\n\n<b>Two</b>',
  endNotes: 'The very end.',
  recipient: 'a <friend>',
  series: { name: 'Sea & Sky', number: 2.5 },
  related: [{ relation: 'sequel', title: 'Ёж', url: 'http://a.example/a|b' }],
  updated: '2009-05-02',
  chapters: [
    chapter(1, { entry: add(263, NASTY), title: 'One & <two>', summary: 'Said --', endNotes: 'An end\nof lines' }),
    chapter(2, {
      entry: add(519, '<p>Back to <a href="https://somebody.livejournal.com/263.html">the first</a>.</p>'),
    }),
  ],
});

/** In a language written from right to left, and for some readers only. */
export const locked = work({
  slug: 'locked',
  title: 'מגדלור',
  language: 'he',
  restricted: true,
  complete: false,
  chapters: [chapter(3, { entry: add(775, '<p>heliotrope</p>') })],
});

/** Dates unknown, nobody's, and of no known language; its fifty chapters are tag soup, the same on every run. */
export const fifty: Work = {
  ...work({ slug: 'fifty', title: 'Fifty', authors: [], language: 'und', notes: undefined, expectedChapters: 60 }),
  published: undefined,
  updated: undefined,
  chapters: fc
    .sample(fc.oneof({ weight: 3, arbitrary: soup }, hostileSoup), { seed: 20_090_501, numRuns: 50 })
    .map((html, at) =>
      chapter(at + 10, { entry: add((at + 10) * 256 + 7, html), postedAt: undefined, position: at + 1 }),
    ),
};
