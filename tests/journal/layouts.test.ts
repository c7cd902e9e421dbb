/**
 * Layouts of which no page was saved, drawn small after the server's published layout sources, and what authors do to any
 * layout: tags never closed, closed once too often, tables, words that look like notices.
 */
import { describe, expect, it } from 'vitest';
import { readPage } from '../../src/journal/index.js';
import { entryOf, plain, plainSites, readText, sites } from './reading.js';

const URL = 'http://quiet-fics.livejournal.com/23456.html';
const WWW = 'http://www.livejournal.com';
const user = (name: string) =>
  `<span class='ljuser' lj:user='${name}'><a href='http://${name.replace('_', '-')}.livejournal.com/profile'><img src='i.gif' alt='[info]' /></a><a href='http://${name.replace('_', '-')}.livejournal.com/'><b>${name}</b></a></span>`;
const BAR = `<a href="${WWW}/go.bml?journal=quiet_fics&amp;itemid=23456&amp;dir=prev"><img alt="Previous Entry" src="p.gif"></a> <a href="${WWW}/tools/memadd.bml?journal=quiet_fics&amp;itemid=23456"><img alt="Add to Memories"></a> <a href="${WWW}/go.bml?journal=quiet_fics&amp;itemid=23456&amp;dir=next"><img alt="Next Entry"></a>`;
const TAGS = `<a rel="tag" href="http://quiet-fics.livejournal.com/tag/fandom:+lamps">fandom: lamps</a>, <a rel="tag" href="http://quiet-fics.livejournal.com/tag/fic/">fic</a>`;
const STORY =
  '<b>Title:</b> Wick<br /><b>Rating:</b> PG<br /><br />It burned low.<br /><br />Then it <i>burned</i> out.';
const COMMENTS = `<div id="Comments"><a name="t1"></a><b>Title: best of the week</b> Date: 2015-05-05 05:05:05 ${user('passer_by')}</div>`;
const page = (inside: string, title = 'Quiet Tales: Wick') =>
  `<html><head><title>${title}</title></head><body>${inside}</body></html>`;

const LAYOUTS: Record<string, (story: string) => string> = {
  'lj-generator': (story) =>
    page(`<table class="box" id="topbox"><tr><td><table><tr class="caption"><td class="caption"><b>Quiet Tales: Wick</b></td><td class="index">[<a class='index' href='/'>entries</a>]</td></tr></table></td></tr></table>
<table width="600" class="entrybox"><tr align='left'><td align="center"><table width="100%"><tr align='left'><td class="caption">Wick</td><td align="right" class="index">[Jan. 20th, 2012|<b>01:21 pm</b>]</td></tr>
<tr align='left'><td colspan="2" bgcolor="#fff"><div style='text-align: center'>${BAR}</div>
<table cellpadding="1" align="right"><tr><td><table cellpadding="2"><tr><td align="center"><a class="index" href="http://quiet-fics.livejournal.com/"><font color="#000">quiet_fics</font></a><br>[<a class="index" href="http://lamp-lighter.livejournal.com/"><font color="#000">lamp_lighter</font></a>]</td></tr></table></td></tr></table>
<table cellspacing="0"><tr><td class="meta">[</td><td class="meta" align="right"><b>Tags</b></td><td class="meta" align="center">|</td><td class="meta">${TAGS}</td><td class="meta">]</td></tr>
<tr><td class="meta">[</td><td class="meta" align="right"><b>Current Mood</b></td><td class="meta" align="center">|</td><td class="meta"><img src='m.gif'> wistful</td><td class="meta">]</td></tr></table><br />${story}
<div id='ljqrttopcomment' class='quickreply' style='display: none;'></div></td></tr>
<tr><td align='left' class='comments'><a href="${URL}">Link</a></td><td align='right' class='comments'><a href="${URL}?mode=reply">Reply</a><br/></td></tr></table></td></tr></table><p>${COMMENTS}`),
  'lj-notepad': (story) =>
    page(`<table><tr><td><h1>Quiet Tales: Wick</h1><table border='0' class='entry'><tr><td valign='top' width='100' align='center'><strong><a href='http://lamp-lighter.livejournal.com/'>lamp_lighter</a></strong></td>
<td valign="top" width='100%'><font size="+1">Jan. 20th, 2012 01:21 pm <span style='color: #000'>Wick</span> </font><p>${story}</p><p><strong>Current Mood:</strong> <img src='m.gif' alt='' /> wistful<br /></p><div class='ljtags'><strong>Tags:</strong> ${TAGS}</div><a href="${URL}#comments">2 comments</a> - <a href="${URL}?mode=reply">Leave a comment</a>${BAR}<div id='ljqrttopcomment'></div></td></tr><tr><td colspan="2"></td></tr></table></td></tr></table>${COMMENTS}`),
  punquin: (story) =>
    page(`<div align='center'><table id='main'><tr><td><table class='standard'><tr><td><p class='date'>January 20th, 2012</p><hr class='separator' /><div style='text-align: center'>${BAR}</div>
<table border='0' class='entry'><tr><td valign="top" class="poster"><a href='http://lamp-lighter.livejournal.com/'>lamp_lighter</a><br /></td><td valign='top'><strong>01:21 pm - <span style='color: #000'>Wick</span></strong><br />${story}<br /><strong>Current Mood:</strong> <img src='m.gif' alt='[mood icon]' /> wistful<br /><div class='ljtags'><strong>Tags:</strong> ${TAGS}</div></td></tr></table>
<p align='right' class='comments'>(<a href="${URL}?mode=reply">Leave a comment</a>)</p></td></tr></table></td></tr></table></div>${COMMENTS}`),
  'variable flow': (story) =>
    page(`<div id="page"><ul class="navbar"><li><a href="/">Recent</a></li></ul><div id="title"><h1>Quiet Tales</h1></div><div class="entry" id="entry91"><h2 class="entryheading">1/20/12 01:21 pm - ${user('lamp_lighter')} - Wick</h2><div class="entrylinkbar">${BAR}</div><div class="entrytext">${story}</div>
<div class="metadata"><div class="currentmood"><span class="metacaption">Current Mood:</span> <img src='m.gif'> wistful</div></div><div class='ljtags'><strong>Tags:</strong> ${TAGS}</div><ul class="entryextra"><li class="entrypostlink"><a href="${URL}?mode=reply">Leave a comment</a></li></ul></div></div>${COMMENTS}`),
  'clean and simple': (story) =>
    page(`<table><tr><td id="topbar"><h1>Quiet Tales</h1></td></tr><tr><td id="mainstuff"><div id="entries"><div class="day"><h3>January 20th, 2012</h3><div class="entry" id="entry91"><div class="entrytext"><div style='text-align: center'>${BAR}</div><span class="entryheading"><span class="altposter"><a href="http://lamp-lighter.livejournal.com/profile">lamp_lighter</a></span> @ <span class="timestamp">01:21 pm</span>:  <span class="subject"> Wick</span></span><br />
${story}<br /><br /><div class="currents"><div class="currentmood"><strong>Current Mood:</strong> <img src='m.gif'> wistful</div></div><strong>Tags:</strong> ${TAGS}<br /><div class="talklinks"><a href="${URL}?mode=reply">Leave a comment</a></div></div></div></div></div></td></tr></table>${COMMENTS}`),
  bloggish: (story) =>
    page(
      `<div id="alpha"><div class="alpha-inner"><div class="entry"><h2 class="entry-title">Wick</h2><p class="poster">${user('lamp_lighter')} in ${user('quiet_fics')}</p><abbr class="published" title="2012-01-20T13:21:00Z">20 January 2012 @ 01:21 pm</abbr><div class="entry-content">${story}</div><div class="lj-currents"><ul><li><strong>Current Mood:</strong> wistful</li></ul></div><div class="ljtags">Tags: ${TAGS}</div></div></div></div>${BAR}${COMMENTS}`,
    ),
  'dear diary': (story) =>
    page(
      `<h1>Quiet Tales</h1><div class="day"><div class="entry"><div class="entrysubject">Wick</div><div class="entrydate">January 20th, 2012, 01:21 pm</div><div class="entryposter">${user('lamp_lighter')}</div><div class="entrycontent">${story}</div><div class="currents"><b>Current Mood:</b> wistful</div><div class="ljtags">Tags: ${TAGS}</div></div></div>${BAR}${COMMENTS}`,
    ),
  minimalism: (story) =>
    page(
      `<dl class="hentry"><dt class="entry-title">Wick</dt><dd><abbr class="published" title="2012-01-20T13:21:00Z">Friday</abbr> <span class="entry-author">${user('lamp_lighter')}</span><div class="entry-content">${story}</div><div class="lj-currents"><p>Current Mood: wistful</p></div><div class="ljtags">Tags: ${TAGS}</div></dd></dl>${BAR}${COMMENTS}`,
    ),
  component: (story) =>
    page(
      `<table><tr><td class="entryHeader">January 20th, 2012 01:21 pm</td><td class="subject">Wick</td></tr><tr><td class="userpic">${user('lamp_lighter')}</td><td class="entry">${story}<div class="ljtags">Tags: ${TAGS}</div></td></tr><tr><td class="currents">Current Mood: wistful</td></tr></table>${BAR}${COMMENTS}`,
    ),
  'lj-light-old': (story) =>
    page(`<p><table><tr valign='middle'><td><img src='u.gif'></td><td>Lamp (${user('lamp_lighter')}) wrote in ${user('quiet_fics')},<br /><font size='-1'>@ <a href="/2012/">2012</a>-<a href="/2012/01/">01</a>-<a href="/2012/01/20/">20</a> 13:21:00</font></td></tr></table><table><tr><td>${BAR}</td></tr></table>
<div><table border=0><tr><td align=right><b>Current mood:</b></td><td>wistful</td></tr><tr><td align=right><b>Entry tags:</b></td><td>${TAGS}</td></tr></table><p>
<font face='Arial,Helvetica' size='+1'><i><b>Wick</b></i></font><br />
${story}</div><br style='clear: both' /><hr width='100%' size='2' align='center' />${COMMENTS}`),
  'singlepost with its time printed twice': (story) =>
    page(
      `<article class="b-singlepost hentry"><dl class="b-singlepost-author"><dd class="b-singlepost-author-userinfo">${user('lamp_lighter')} wrote in ${user('quiet_fics')}<div class="b-singlepost-author-userinfo-print"><time class="b-singlepost-author-date">2012-01-20 13:21:00</time></div><div class="b-singlepost-author-userinfo-screen"><time class="b-singlepost-author-date">2012-01-20 13:21:00</time></div></dd></dl><div class="b-singlepost-standout">${BAR}</div><div class="b-singlepost-wrapper"><h1 class="b-singlepost-title">Wick</h1><dl class="b-singlepost-about"><dt>Настроение:</dt><dd>wistful</dd></dl><div class="b-singlepost-bodywrapper"><article class=" b-singlepost-body entry-content e-content  ">${story}<div class="lj-like"><a href="#">Like</a></div></article></div><div class="b-singlepost-tags ljtags"><strong>Tags:</strong> ${TAGS}</div></div></article>${COMMENTS}`,
    ),
};

describe.each(Object.entries(LAYOUTS))('%s', (_, draw) => {
  const read = (story: string) =>
    readPage(plainSites, { url: URL, status: 200, headers: {}, body: Buffer.from(draw(story)) });

  it('is read whole', () => {
    const { body, layout, ...entry } = entryOf(read(STORY));
    expect(entry).toEqual({
      site: 'livejournal',
      journal: 'quiet_fics',
      number: 23456,
      url: 'https://quiet-fics.livejournal.com/23456.html',
      subject: 'Wick',
      poster: 'lamp_lighter',
      postedAt: '2012-01-20T13:21:00',
      tags: ['fandom: lamps', 'fic'],
      mood: 'wistful',
      security: 'unknown',
      previous: 'https://www.livejournal.com/go.bml?journal=quiet_fics&itemid=23456&dir=prev',
      next: 'https://www.livejournal.com/go.bml?journal=quiet_fics&itemid=23456&dir=next',
    });
    expect(layout).not.toBe('unknown');
    expect(body).toEqual({ form: 'rendered', html: STORY });
  });

  it.each([
    '<b>Title:</b> Wick<br><div>never closed<br><font color="red"><i>and so on<br>to the end',
    'one</div>two, after a stray end tag<br>three',
    '<table border="0"><tr><td>Title</td><td>Wick</td></tr><tr><td>Mood</td></tr></table><p>one</p>two',
    '<font size="+1">Big</font> words to begin with, and a <hr> rule, then Mood: odd<br>and more',
    '<p class="MsoNormal">one</p><p class="MsoNormal">two</p><blockquote>three',
    'This journal has been deleted, she read. There is no entry following this one. 404 Not Found. Log in!',
    `${'<blockquote><span>'.repeat(600)}deep`,
    '<ul><li>one<li>two</ul><a href="http://quiet-fics.livejournal.com/24000.html?mode=reply">reply there</a>, she said',
  ])('keeps every word of %.40s', (story) => {
    expect(plain(entryOf(read(story)).body.html)).toBe(plain(story));
  });
});

it('a body that nests six thousand deep is read, and never by recursion', () => {
  const story = `${'<span>'.repeat(6000)}deep`;
  const html = (LAYOUTS['lj-light-old'] as (story: string) => string)(story);
  expect(entryOf(readText(html, URL))).toMatchObject({ subject: 'Wick', body: { html: story } });
});

describe('a layout nobody described', () => {
  const story = `${'<p>The lamp burned low, and nobody in the house said so aloud.</p>'.repeat(12)}<p>This journal has been suspended, said the note.</p>`;
  const draw = (head: string) =>
    `<html><head><title>quiet_fics: Wick</title>${head}</head><body><div class="topnav"><a href="/">home</a> <a href="/profile">profile</a></div><div class="leftside"><h3>About</h3>${'A sidebar of some length. '.repeat(9)}</div>
<div class="main"><h2>Wick</h2><span class="when-date">Friday, January 20th, 2012, 1:21 pm</span> by ${user('lamp_lighter')}<div class="thebody entrystuff">${story}</div><div class="foot">Tags: ${TAGS}</div></div><div id="comments">${'Rating: great! '.repeat(99)}</div></body></html>`;

  it('gives its body and what stands around it', () => {
    const entry = entryOf(readText(draw(''), URL));
    expect(entry).toMatchObject({
      subject: 'Wick',
      poster: 'lamp_lighter',
      postedAt: '2012-01-20T13:21:00',
      tags: ['fandom: lamps', 'fic'],
      layout: 'unknown',
      security: 'unknown',
    });
    expect(entry.body.html).toBe(story);
  });

  it('is believed in what it states', () => {
    const entry = entryOf(
      readText(
        draw(
          '<meta property="og:title" content="Wick, again"/><meta property="article:published_time" content="2011-02-03T04:05:06"/><meta property="article:tag" content="x"/>',
        ),
        URL,
      ),
    );
    expect(entry).toMatchObject({ subject: 'Wick, again', postedAt: '2011-02-03T04:05:06' });
  });
});

it('takes words of a long text for an author’s, even on a page that says nothing else', () => {
  const text = `${'She counted the umbrellas on the bridge. '.repeat(60)} This journal has been deleted, said the sign.`;
  const html = `<html><body><div class="zz">${text}</div></body></html>`;
  expect(plain(entryOf(readText(html, URL)).body.html)).toBe(plain(text));
  expect(readText('<html><body><div class="zz">This journal has been deleted.</div></body></html>', URL).kind).toBe(
    'missing',
  );
});

describe('pages that are no entry', () => {
  const at = 'https://somebody.livejournal.com/23456.html';
  it.each([
    ['locked', '<title>Log in</title><body class="s-schemius body-log-in"><form><input name="returnto"></form>', 200],
    ['locked', '<title>x</title><p>Sorry, you are not authorized to view this protected entry.</p>', 200],
    ['locked', '<title>Protected Entry</title><p>no</p>', 403],
    ['locked', '<p>no</p>', 401],
    [
      'gate',
      '<title>Adult Content Notice</title><form method="POST" action="http://www.livejournal.com/misc/adult_explicit.bml"><input type="hidden" name="ret" value="r"><input type="submit" name="adult_check" value="Yes"></form>',
      200,
    ],
    ['gate', '<title>Внимание</title><p>Пожалуйста, подтвердите свой возраст, чтобы продолжить.</p>', 200],
    ['missing', '<title>Error</title><p>No such entry.</p>', 404],
    ['missing', '<title>Error</title><p>This journal has been deleted.</p>', 200],
    ['missing', '<title>x</title><p>This journal has been suspended.</p>', 404],
    ['gone', '<title>x</title><p>This journal has been deleted and purged.</p>', 200],
    ['gone', '<p>gone</p>', 410],
    ['banned', '<title>LiveJournal Bot Policy</title><p>Please read it.</p>', 200],
    ['banned', '<h1>429 Too Many Requests</h1>', 429],
    ['banned', '<title>Captcha Check</title><form><div class="h-captcha" data-sitekey="k"></div></form>', 200],
    ['end', '<title>No Entry</title><p>There is no entry following this one.</p>', 200],
    ['unreadable', '', 200],
    ['unreadable', '  \n ', 200],
    ['unreadable', '<html><head><title>Hello', 200],
    ['unreadable', '<p>Internal Server Error</p>', 500],
    ['unreadable', '<html><body><p>Hello.</p></body></html>', 200],
  ])('%s: %.60s', (kind, html, status) => {
    const reading = readText(html, at, status);
    expect(reading.kind).toBe(kind);
    if ('reason' in reading) expect(reading.reason).toMatch(/^\w.*[^.]$/);
  });

  it('give the form behind an adult notice, absolute', () => {
    const html =
      '<title>Discretion Advised</title><form method="post" action="/journal/adult_concepts"><input type="hidden" name="ret" value="a&amp;b"><input type="hidden" name="journalid" value="2"><input name="q"><input type="submit" name="adult_check" value="Yes"></form>';
    expect(readText(html, 'http://www.dw.test/x')).toMatchObject({
      gate: {
        action: 'http://www.dw.test/journal/adult_concepts',
        fields: { ret: 'a&b', journalid: '2', adult_check: 'Yes' },
      },
    });
  });

  it('send on', () => {
    const send = (location?: string) =>
      readText(
        '',
        'https://www.livejournal.com/go.bml?journal=a&itemid=1&dir=prev',
        302,
        location === undefined ? {} : { location },
      );
    expect(send('/x.html')).toEqual({ kind: 'redirect', to: 'https://www.livejournal.com/x.html' });
    expect(send('https://a.livejournal.com/2.html')).toEqual({
      kind: 'redirect',
      to: 'https://a.livejournal.com/2.html',
    });
    expect(send().kind).toBe('unreadable');
  });

  it('are no pages at all', () => {
    expect(readText('GIF89a', at, 200, { 'content-type': 'image/gif' })).toEqual({
      kind: 'unreadable',
      reason: 'the answer is no page (image/gif)',
    });
  });

  it('show a journal’s entries', () => {
    const links = ['24000', '23999', '24000']
      .map((n) => `<h3 class="entryunit__title"><a href="https://somebody.livejournal.com/${n}.html">x</a></h3>`)
      .join('');
    const html = `<html><body><article class="entryunit">${links}<a href="https://other.livejournal.com/5.html">theirs</a></article></body></html>`;
    const entries = ['https://somebody.livejournal.com/24000.html', 'https://somebody.livejournal.com/23999.html'];
    expect(readText(html, 'https://somebody.livejournal.com/')).toEqual({ kind: 'list', entries });
    expect(readText(html.replaceAll('entryunit', 'zz'), 'https://somebody.livejournal.com/?skip=20')).toEqual({
      kind: 'list',
      entries,
    });
  });
});

it('takes restricted entries for restricted, and public ones only on proof', () => {
  const modern = (entry: string, more = '') =>
    `<html><head><script>Site.entry = {"journal":"somebody","ditemid":513,"title":"T","eventtime":1327065660${entry}};</script></head><body><div class="aentry--post2017"><div class="aentry-post__text">x${more}</div></div></body></html>`;
  expect(entryOf(readText(modern(',"is_public":true'), 'https://somebody.livejournal.com/513.html')).security).toBe(
    'public',
  );
  expect(entryOf(readText(modern(',"is_public":false'), 'https://somebody.livejournal.com/513.html')).security).toBe(
    'restricted',
  );
  expect(entryOf(readText(modern(''), 'https://somebody.livejournal.com/513.html')).security).toBe('unknown');
  const light = (LAYOUTS['lj-light-old'] as (story: string) => string)('x').replace(
    'Lamp (',
    `<img src="${WWW}/img/icon_protected.gif" alt="[protected post]"> Lamp (`,
  );
  expect(entryOf(readText(light, URL)).security).toBe('restricted');
  const core2 = (security: string) =>
    `<html><head><link rel="canonical" href="http://testfic.dw.test/513.html"></head><body><div class="entry-wrapper security-${security} journal-type-P poster-other_one journal-testfic"><div class="entry"><div class="contents"><div class="entry-content">x</div></div></div></div></body></html>`;
  expect(entryOf(readText(core2('public')))).toMatchObject({ security: 'public', poster: 'other_one' });
  expect(entryOf(readText(core2('protected'))).security).toBe('restricted');
});

it('is not misled by other entries’ text in a script', () => {
  const fake = JSON.stringify({ text: 'Site.entry = {"journal":"evil","ditemid":7,"is_public":true};' });
  const html = `<html><head><script>Site.page = {"more_posts":[${fake}]}; Site.entry = {"journal":"somebody","ditemid":513,"title":"Mine","eventtime":1327065660};</script></head><body><div class="aentry--post2017"><div class="aentry-post__text">x</div></div></body></html>`;
  expect(entryOf(readText(html, 'https://somebody.livejournal.com/513.html'))).toMatchObject({
    journal: 'somebody',
    number: 513,
    subject: 'Mine',
    security: 'unknown',
  });
});

it('knows who wrote what in an old encoding', () => {
  const html =
    '<html><head><title>somebody: x</title></head><body><div class="entry"><div class="entryText">caf\xe9 na\xefve</div></div></body></html>';
  const reading = readPage(sites, {
    url: 'https://somebody.livejournal.com/513.html',
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: Buffer.from(html, 'latin1'),
  });
  expect(entryOf(reading).body.html).toBe('café naïve');
});
