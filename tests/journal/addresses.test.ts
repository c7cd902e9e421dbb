import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { SitesFile } from '../../src/config/sites.js';
import { overlay } from '../../src/config.js';
import { FicferryError } from '../../src/errors.js';
import { Sites } from '../../src/journal/index.js';

const shipped = parseYaml(readFileSync(new URL('../../config/sites.yaml', import.meta.url), 'utf8'));
const sites = new Sites(SitesFile.parse(shipped));
const own = new Sites(
  SitesFile.parse(overlay(shipped, { sites: { dreamwidth: { hosts: ['*.dw.test'], scheme: 'http' } } })),
);

const PLAIN = 'https://examplejournal.livejournal.com/23456.html';

describe('an entry', () => {
  it.each([
    PLAIN,
    'http://examplejournal.livejournal.com/23456.html',
    'examplejournal.livejournal.com/23456.html',
    'www.examplejournal.livejournal.com/23456.html/',
    '  https://ExampleJournal.LiveJournal.com/23456.html  ',
    '//examplejournal.livejournal.com/23456.html',
    `${PLAIN}?format=light`,
    `${PLAIN}?style=mine`,
    `${PLAIN}?nc=17`,
    `${PLAIN}?mode=reply`,
    `${PLAIN}?thread=91234#t91234`,
    `${PLAIN}?page=2#comments`,
    `${PLAIN}?view=918#t918`,
    `${PLAIN}#cutid1`,
    `${PLAIN}?20260101`,
    'https://users.livejournal.com/examplejournal/23456.html',
    'http://community.livejournal.com/examplejournal/23456.html',
    'http://www.livejournal.com/users/examplejournal/23456.html',
    'http://www.livejournal.com/community/examplejournal/23456.html?mode=reply',
    'livejournal.com/~examplejournal/23456.html',
    'livejournal.com/%7Eexamplejournal/23456.html',
    'https://m.livejournal.com/read/user/examplejournal/23456',
    'https://m.livejournal.com/read/user/examplejournal/23456/comments#comments',
  ])('%s', (written) => {
    expect(sites.parse(written)).toEqual({
      site: 'livejournal',
      domain: 'livejournal.com',
      journal: 'examplejournal',
      number: 23456,
      kind: 'entry',
      url: PLAIN,
    });
  });

  it.each([
    [
      'https://fic-two.dreamwidth.org/286.html?style=light',
      'dreamwidth',
      'fic_two',
      286,
      'https://fic-two.dreamwidth.org/286.html',
    ],
    [
      'https://fic_two.dreamwidth.org/286.html',
      'dreamwidth',
      'fic_two',
      286,
      'https://fic-two.dreamwidth.org/286.html',
    ],
    [
      'www.dreamwidth.org/users/fic_two/286.html',
      'dreamwidth',
      'fic_two',
      286,
      'https://fic-two.dreamwidth.org/286.html',
    ],
    [
      'http://sleepy.insanejournal.com/1024.html',
      'insanejournal',
      'sleepy',
      1024,
      'http://sleepy.insanejournal.com/1024.html',
    ],
    [
      'http://sleepy.deadjournal.com/1024.html',
      'deadjournal',
      'sleepy',
      1024,
      'http://sleepy.deadjournal.com/1024.html',
    ],
    [
      'http://www.deadjournal.com/users/sleepy/1024.html',
      'deadjournal',
      'sleepy',
      1024,
      'http://sleepy.deadjournal.com/1024.html',
    ],
    ['http://sleepy.scribbld.net/1024.html', 'scribbld', 'sleepy', 1024, 'http://sleepy.scribbld.net/1024.html'],
    [
      'users.livejournal.com/_night_/99.html',
      'livejournal',
      '_night_',
      99,
      'https://users.livejournal.com/_night_/99.html',
    ],
    [
      'users.livejournal.com/-night/99.html',
      'livejournal',
      '_night',
      99,
      'https://users.livejournal.com/_night/99.html',
    ],
  ])('%s', (written, site, journal, number, url) => {
    expect(sites.parse(written)).toMatchObject({ site, journal, number, url, kind: 'entry' });
  });

  it('keeps an asylum, which has no host of its own', () => {
    const found = sites.parse('https://asylums.insanejournal.com/quiet_fics/77.html?nc=2');
    expect(found).toMatchObject({ journal: 'quiet_fics', number: 77, community: true });
    expect(found.url).toBe('http://asylums.insanejournal.com/quiet_fics/77.html');
    expect(sites.entryUrl({ ...found, journal: 'quiet_fics', number: 77 })).toBe(found.url);
  });

  it('may have a name in place of a number', () => {
    expect(own.parse('http://testfic.dw.test/2011/06/30/named-address.html?style=site')).toEqual({
      site: 'dreamwidth',
      domain: 'dw.test',
      journal: 'testfic',
      name: '2011/06/30/named-address',
      kind: 'entry',
      url: 'http://testfic.dw.test/2011/06/30/named-address.html',
    });
  });
});

describe('a journal', () => {
  it.each([
    ['examplejournal.livejournal.com', 'https://examplejournal.livejournal.com/'],
    ['https://examplejournal.livejournal.com/?style=mine#top', 'https://examplejournal.livejournal.com/'],
    ['http://www.livejournal.com/users/examplejournal/', 'https://examplejournal.livejournal.com/'],
    ['https://www.livejournal.com/~examplejournal', 'https://examplejournal.livejournal.com/'],
    ['community.livejournal.com/examplejournal', 'https://examplejournal.livejournal.com/'],
    ['https://m.livejournal.com/read/user/examplejournal', 'https://examplejournal.livejournal.com/'],
  ])('%s', (written, url) => {
    expect(sites.parse(written)).toMatchObject({ kind: 'journal', journal: 'examplejournal', url });
  });
});

describe('a go address', () => {
  it('is read in any order and with the view dropped', () => {
    expect(own.parse('http://www.dw.test/go?dir=prev&itemid=2748&journal=testfic&style=site')).toEqual({
      site: 'dreamwidth',
      domain: 'dw.test',
      journal: 'testfic',
      number: 2748,
      dir: 'prev',
      kind: 'go',
      url: 'http://www.dw.test/go?journal=testfic&itemid=2748&dir=prev',
    });
    expect(sites.parse('http://livejournal.com/go.bml?itemid=23456&dir=next&journal=examplejournal').url).toBe(
      'https://www.livejournal.com/go.bml?journal=examplejournal&itemid=23456&dir=next',
    );
  });

  it('to a comment is none', () => {
    expect(own.parse('http://www.dw.test/go?redir_type=threadroot&journal=testfic&talkid=567').kind).toBe('other');
  });
});

describe('other pages of a site', () => {
  it.each([
    ['https://examplejournal.livejournal.com/profile', 'examplejournal'],
    ['https://examplejournal.livejournal.com/tag/fic', 'examplejournal'],
    ['https://examplejournal.livejournal.com/?tag=a/b', 'examplejournal'],
    ['https://examplejournal.livejournal.com/?skip=20', 'examplejournal'],
    ['https://examplejournal.livejournal.com/2012/01/20/', 'examplejournal'],
    ['https://examplejournal.livejournal.com/data/rss', 'examplejournal'],
    ['https://examplejournal.livejournal.com/23456.htm', 'examplejournal'],
    ['https://users.livejournal.com/_night/calendar', '_night'],
    ['https://www.livejournal.com/userinfo.bml?user=x', undefined],
    ['https://www.livejournal.com/', undefined],
    ['https://users.livejournal.com/', undefined],
  ])('%s', (written, journal) => {
    expect(sites.parse(written)).toMatchObject({ kind: 'other', ...(journal === undefined ? {} : { journal }) });
    expect(sites.parse(written).journal).toBe(journal);
  });

  it('stand for their journal where a crawl starts', () => {
    expect(sites.parseStart('https://fic-two.livejournal.com/tag/fic')).toMatchObject({
      kind: 'journal',
      journal: 'fic_two',
      url: 'https://fic-two.livejournal.com/',
    });
    expect(() => sites.parseStart('https://www.livejournal.com/update.bml')).toThrow(FicferryError);
  });
});

describe('building', () => {
  const place = { site: 'livejournal', domain: 'livejournal.com', journal: 'examplejournal', number: 23456 };
  it('addresses of entries, journals and neighbours', () => {
    expect(sites.entryUrl(place)).toBe(PLAIN);
    expect(sites.entryUrl(place, 'format=light')).toBe(`${PLAIN}?format=light`);
    expect(sites.entryUrl({ ...place, journal: 'fic_two' })).toBe('https://fic-two.livejournal.com/23456.html');
    expect(sites.entryUrl({ ...place, journal: 'night_' })).toBe('https://users.livejournal.com/night_/23456.html');
    expect(sites.journalUrl({ ...place, journal: '_night' })).toBe('https://users.livejournal.com/_night/');
    expect(sites.goUrl(place, 'prev')).toBe(
      'https://www.livejournal.com/go.bml?journal=examplejournal&itemid=23456&dir=prev',
    );
    expect(own.goUrl({ site: 'dreamwidth', domain: 'dw.test', journal: 'testfic', number: 2748 }, 'next')).toBe(
      'http://www.dw.test/go?journal=testfic&itemid=2748&dir=next',
    );
  });

  it('and reading are each other’s inverse', () => {
    const name = fc
      .stringMatching(/^[a-z0-9_]{1,25}$/)
      .filter((text) => /[a-z0-9]/.test(text) && text !== 'www' && !sites.site('livejournal').reserved.includes(text));
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(shipped.sites)),
        name,
        fc.integer({ min: 1, max: 2 ** 31 - 1 }),
        (site, journal, number) => {
          const domain = (sites.site(site).hosts[0] as string).slice(2);
          const built = sites.entryUrl({ site, domain, journal, number }, 'format=light');
          expect(sites.parse(built)).toMatchObject({ site, domain, journal, number, kind: 'entry' });
          const go = sites.goUrl({ site, domain, journal, number }, 'next') as string;
          expect(sites.parse(go)).toMatchObject({ site, domain, journal, number, kind: 'go', dir: 'next', url: go });
          expect(sites.parse(sites.journalUrl({ site, domain, journal }))).toMatchObject({
            site,
            journal,
            kind: 'journal',
          });
        },
      ),
    );
  });

  it('never throws on any link a page may hold', () => {
    fc.assert(fc.property(fc.string(), (text) => void sites.tryParse(text, PLAIN)));
    expect(sites.tryParse('/24000.html', PLAIN)).toMatchObject({ number: 24000, journal: 'examplejournal' });
    expect(sites.tryParse('javascript:void(0)', PLAIN)).toBeUndefined();
    expect(sites.tryParse('https://archive.example/works/1')).toBeUndefined();
  });
});

describe('what can’t be used', () => {
  const failing = (text: string) => {
    try {
      sites.parse(text);
    } catch (error) {
      return error as FicferryError;
    }
    throw new Error('nothing was thrown');
  };
  it.each([
    '',
    'examplejournal',
    'some words here',
    'ftp://x.livejournal.com/1.html',
    'mailto:a@livejournal.com',
    'http://',
  ])('%s', (text) => {
    expect(failing(text)).toMatchObject({ code: 'BAD_ADDRESS', exitCode: 2 });
    expect(failing(text).advice).toContain('https://somebody.livejournal.com/23456.html');
  });
  it('a site nobody told us of', () => {
    const error = failing('https://somebody.tumblr.example/1.html');
    expect(error).toMatchObject({ code: 'UNKNOWN_SITE', exitCode: 2 });
    expect(error.message).toContain('somebody.tumblr.example');
    expect(error.advice).toMatch(/LiveJournal.*Dreamwidth.*InsaneJournal.*DeadJournal/);
    expect(error.advice).toContain('--config');
  });
  it('a host that only ends like a known one', () => {
    expect(failing('https://notlivejournal.com/1.html').code).toBe('UNKNOWN_SITE');
  });
});

it('follows a leaving link to where it leads, and knows session hops', () => {
  expect(sites.unwrap('https://www.livejournal.com/away?to=https%3A%2F%2Ffic-two.dreamwidth.org%2F286.html')).toBe(
    'https://fic-two.dreamwidth.org/286.html',
  );
  expect(sites.unwrap('/24000.html', PLAIN)).toBe('https://examplejournal.livejournal.com/24000.html');
  expect(sites.isSessionHop('https://examplejournal.livejournal.com/__setdomsess?dest=x&v=secret')).toBe(true);
  expect(sites.isSessionHop(PLAIN)).toBe(false);
  expect(sites.owns('https://v.dreamwidth.org/1/2')).toBe('dreamwidth');
  expect(sites.owns('https://example.org/')).toBeUndefined();
});
