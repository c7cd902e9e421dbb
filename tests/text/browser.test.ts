import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanHtml, textOf, toHtml } from '../../src/text/index.js';
import { filesIn, readFile, shared as sharedFile, sites } from '../journal/reading.js';
import { haveProgram, shared } from '../outside.js';
import { ChromiumPage } from './browser.js';
import { hostileSoup, plainWords, soup } from './soup.js';

const hasBrowser = haveProgram('chromium');
const hasPages = hasBrowser && shared('pages') !== undefined;

const FOLDERS = [
  'livejournal',
  'dreamwidth',
  'dreamwidth/journal',
  ...'_light _site ciel core2base database drifting negatives summertime zesty'
    .split(' ')
    .map((name) => `dreamwidth/layouts/${name}`),
];

let browser: ChromiumPage;
beforeAll(async () => {
  if (hasBrowser) browser = await ChromiumPage.open();
}, 60_000);
afterAll(() => browser?.close());

/** Words in lower case, for a style may show them in capitals; what has no width parts none. */
const words = (text: string) => plainWords(text.replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '').toLowerCase());
const ours = (html: string) => words(textOf(toHtml(cleanHtml(html, { base: 'http://testfic.dw.test/1.html' }))));

const FIXTURES: Record<string, string> = {
  'breaks and blocks': 'one<br>two<br><br>three<div>four<p>five</div>six<center>seven</center>eight<hr>nine',
  'text in white on white':
    '<body bgcolor=white><font color="#fff">she <span style="background:white">was</span> the ghost</font>',
  'text hidden by its style': 'seen <span style="display:none">not seen</span> again <b hidden>nor this</b> end',
  'capitals by style': '<span style="text-transform: uppercase">loud</span> and quiet',
  'a fold': 'before<details><summary>warnings</summary>death, <i>mostly</i></details>after',
  ruby: '<ruby>漢<rt>kan</rt>字<rt>ji</rt></ruby> said he',
  'words half emphasised': 'un<i>believ</i>able a<sup>2</sup>b w<b>o</b>rd',
  'words that tags part':
    '<p>one</p>two<ul><li>three<li>four</ul>five<table><tr><td>six<td>seven<tr><td>eight</table>nine',
  'text that fell out of a table': '<table>lost<tr>found<td>cell</td>again</tr></table>end',
  'a caption and a foot':
    '<table><tfoot><tr><td>foot</td><td>x</td></tr></tfoot><caption>caption</caption><tr><td>body<td>y</table>',
  'crossed and unclosed': '<b>one<i>two</b>three</i><font><span>four<p>five<font color=red>six<blockquote>seven',
  'comments and scripts': 'a<!-- b -->c<script>d</script>e<style>f{}</style>g<noscript>h</noscript>i<!-->j-->k',
  'character references': '&eacute;t&eacute; &#8212; AT&T &lt;b&gt;bold&lt;/b&gt; &nbsp;x&nbsp; &copy &notit;',
  pre: '<pre>one\n  two</pre>three<xmp><b>four</b></xmp><listing>five</listing>',
  'a cut as typed':
    'before<lj-cut text="more">behind</lj-cut>after<cut>x</cut><nobr>no break</nobr><blink>blink</blink>',
  Word: '<p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal><st1:place w:st="on">Paris</st1:place>, again<![if !supportEmptyParas]><![endif]></p>',
  'definition lists': '<dl><dt>one<dd>two<dt>three</dl><dl>four</dl>',
  'framed text': '<fieldset><legend>Header</legend>Title: x</fieldset><table><tr><td>one<br><br>two</table>',
  'svg and maths': 'a<svg><circle r=1 /></svg>b',
  'an account as shown':
    'by <span class="ljuser i-ljuser" data-ljuser="some_one"><a href="/profile"><img src="x.gif" alt="[info]"></a><a href="/"><b>some_one</b></a></span>, who',
};

describe.skipIf(!hasBrowser)('the words of the clean HTML are those that Chromium shows', () => {
  it.each(Object.entries(FIXTURES))('%s', async (_, html) => {
    expect(ours(html)).toEqual(words((await browser.shown([html]))[0] as string));
  });

  it('whatever the soup', async () => {
    const bodies = fc.sample(soup, { numRuns: 1500, seed: 11 }).filter((html) => !html.includes('<lj '));
    const shown = await browser.shown(bodies);
    for (const [index, html] of bodies.entries()) expect(ours(html), html).toEqual(words(shown[index] as string));
    expect(bodies.length).toBeGreaterThan(500);
  }, 120_000);

  it('the clean HTML shows again what it says', async () => {
    const cleaned = fc.sample(hostileSoup, { numRuns: 500, seed: 12 }).map((html) => toHtml(cleanHtml(html)));
    const shown = await browser.shown(cleaned);
    for (const [index, html] of cleaned.entries())
      expect(words(textOf(html)), html).toEqual(words(shown[index] as string));
  }, 120_000);
});

/** As in `stories.test.ts`: from this word on, so many, are the site's and are replaced by those. */
const REPLACED: Record<string, [at: number, count: number, by: string[]]> = {
  poll: [7, 26, []],
  podfic: [4, 0, ['embedded', 'content']],
};

describe.skipIf(!hasPages)('on the sample pages', () => {
  const entries = (hasPages ? FOLDERS.flatMap((folder) => filesIn(`pages/${folder}`)) : []).flatMap((file) => {
    const reading = readFile(sharedFile(file), '', 200, sites);
    return reading.kind === 'entry' ? [{ file, html: reading.entry.body.html }] : [];
  });

  it('there are entries of each kind', () => expect(entries.length).toBeGreaterThanOrEqual(80));

  it.each(entries)('$file', async ({ file, html }) => {
    const shown = words((await browser.shown([html]))[0] as string);
    const name = /([^/]+)\.html$/.exec(file)?.[1] ?? '';
    const [at, count, by] = REPLACED[name] ?? [0, 0, []];
    expect(ours(html)).toEqual(shown.toSpliced(at, count, ...by));
  });

  // The body cut out by us, against what the page itself shows at that place.
  const whole = entries.filter(({ file }) => /\/journal\/|entry-modern/.test(file) && !/poll|podfic/.test(file));
  it.each(whole)('$file as a whole', async ({ file, html }) => {
    const selector = file.includes('entry-modern') ? '.aentry-post__text' : '.entry-content';
    const shown = await browser.shownOn(readFileSync(sharedFile(file), 'utf8'), selector);
    expect(ours(html)).toEqual(words(shown));
  });
});
