import { describe, expect, it } from 'vitest';
import { entryLinks, textLink } from '../../src/journal/index.js';
import type { Entry } from '../../src/model.js';
import { entryOf, hasShared, readFile, shared, sites } from './reading.js';

const entry = (html: string): Entry => ({
  site: 'livejournal',
  journal: 'somebody',
  number: 23456,
  url: 'https://somebody.livejournal.com/23456.html',
  tags: [],
  security: 'public',
  layout: 'lj-modern',
  body: { form: 'rendered', html },
});

it('gives the entries a body links, in order, each once', () => {
  const html = `<a href="http://somebody.livejournal.com/24000.html?nc=3">1</a> <A HREF='/24001.html#cutid1'>2</A>
    <a href="https://www.livejournal.com/away?to=https%3A%2F%2Ffic-two.dreamwidth.org%2F286.html%3Fstyle%3Dlight">3</a>
    <a href="http://users.livejournal.com/somebody/24000.html">1 again</a> <a href="https://somebody.livejournal.com/23456.html#comments">itself</a>
    <a href="https://somebody.livejournal.com/tag/fic">tag</a> <a href="https://archive.example/works/1">elsewhere</a> <a name="cutid1">x</a> <a href="javascript:x">y</a>
    <a href="http://testfic.dw.test/2011/06/30/named-address.html">4</a>`;
  expect(entryLinks(sites, entry(html))).toEqual([
    'https://somebody.livejournal.com/24000.html',
    'https://somebody.livejournal.com/24001.html',
    'http://fic-two.dreamwidth.org/286.html',
    'http://testfic.dw.test/2011/06/30/named-address.html',
  ]);
});

describe('the text that a link leads to', () => {
  const from = entry('');
  const other = 'livejournal/somebody/24000';
  it.each([
    'https://somebody.livejournal.com/24000.html',
    'http://somebody.livejournal.com/24000.html?format=light',
    'https://somebody.livejournal.com/24000.html?style=mine&nc=12#cutid1',
    'https://www.livejournal.com/users/somebody/24000.html',
    'http://users.livejournal.com/somebody/24000.html#cutid2-end',
    'http://livejournal.com/users/somebody/24000.html',
    'https://m.livejournal.com/read/user/somebody/24000',
    '//somebody.livejournal.com/24000.html',
    '/24000.html',
    'https://www.livejournal.com/away?to=http%3A%2F%2Fsomebody.livejournal.com%2F24000.html%23cutid1',
  ])('%s', (href) => expect(textLink(sites, href, from)).toBe(other));

  it.each([
    ['the entry itself', 'https://somebody.livejournal.com/23456.html#cutid1'],
    ['its comments', 'https://somebody.livejournal.com/24000.html#comments'],
    ['one comment', 'https://somebody.livejournal.com/24000.html?thread=1234#t1234'],
    ['a reply', 'https://somebody.livejournal.com/24000.html?mode=reply'],
    ['a page of comments', 'https://somebody.livejournal.com/24000.html?page=2'],
    ['a note at the foot of another', 'https://somebody.livejournal.com/24000.html#note1'],
    ['a tag', 'https://somebody.livejournal.com/tag/fic'],
    ['a place elsewhere', 'https://archive.example/works/1'],
    ['nothing', 'mailto:somebody@a.example'],
    ['an entry by its name', 'http://testfic.dw.test/2011/06/30/named-address.html'],
  ])('none: %s', (_, href) => expect(textLink(sites, href, from)).toBeUndefined());

  it('is in whichever journal', () => {
    expect(textLink(sites, 'https://fic-two.dreamwidth.org/286.html', from)).toBe('dreamwidth/fic_two/286');
  });
});

it('reads a body that nests thousands deep', () => {
  expect(entryLinks(sites, entry(`${'<div>'.repeat(6000)}<a href="/24000.html">x</a>`))).toEqual([
    'https://somebody.livejournal.com/24000.html',
  ]);
});

describe.skipIf(!hasShared('pages'))('a master post', () => {
  it('links its parts', () => {
    const links = entryLinks(sites, entryOf(readFile(shared('pages/dreamwidth/journal/masterlist.html'))));
    expect(links).toEqual(
      ['2476', '2748', '3018', '3216', '3557'].map((number) => `http://testfic.dw.test/${number}.html`),
    );
  });
});
