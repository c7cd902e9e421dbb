import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCookieFile, readCookieFile } from '../../src/crawl/fetch/cookies.js';
import { SiteJars } from '../../src/crawl/fetch/jars.js';
import { rejection } from './fetcher-help.js';

const NOW = Date.UTC(2026, 0, 1);
const LATER = NOW / 1000 + 86_400;
const row = (...fields: (string | number)[]) => fields.join('\t');
const ours = (host: string) => host === 'ferry.test' || host.endsWith('.ferry.test');
const read = (text: string) => parseCookieFile(text, 'cookies.txt');
const thrown = (text: string) => {
  try {
    read(text).login('Ferry', ours, NOW);
  } catch (error) {
    return error as Error & { code: string; advice: string };
  }
  throw new Error('it was expected to fail');
};

describe('a cookies.txt', () => {
  it('in all its forms', () => {
    const file = read(
      [
        '\ufeff# Netscape HTTP Cookie File',
        '# https://curl.se/docs/http-cookies.html',
        '',
        row('.ferry.test', 'TRUE', '/', 'TRUE', LATER, 'ljmastersession', 'v2:u1:s2:a=b//3'),
        row('#HttpOnly_.ferry.test', 'TRUE', '/', 'FALSE', LATER, 'ljloggedin', 'u1:s2'),
        row('mine.ferry.test', 'FALSE', '/', 'FALSE', 0, 'ljdomsess.mine', 'x'),
        row('#HttpOnly_www.ferry.test', 'false', '/misc', 'true', '1767312000.25', 'half', ''),
        '   ',
        row('.elsewhere.test', 'TRUE', '/', 'FALSE', -1, 'far', 'y'),
        '#.ferry.test\tTRUE\t/\tFALSE\t0\tremark\tz',
        '',
      ].join('\r\n'),
    );
    const all = file.live(() => true, NOW);
    expect(all.map((cookie) => cookie.name)).toEqual([
      'ljmastersession',
      'ljloggedin',
      'ljdomsess.mine',
      'half',
      'far',
    ]);
    expect(all[0]).toEqual({
      domain: 'ferry.test',
      below: true,
      path: '/',
      secure: true,
      httpOnly: false,
      expires: LATER,
      name: 'ljmastersession',
      value: 'v2:u1:s2:a=b//3',
    });
    expect(all[1]).toMatchObject({ httpOnly: true, secure: false });
    expect(all[2]).toMatchObject({ below: false });
    expect(all[2]).not.toHaveProperty('expires');
    expect(all[3]).toMatchObject({ httpOnly: true, path: '/misc', expires: 1_767_312_000, value: '' });
    expect(file.login('Ferry', ours, NOW)).toHaveLength(4);
  });

  it('whose editor took the tab of an empty value', () => {
    expect(read(row('.ferry.test', 'TRUE', '/', 'FALSE', 0, 'empty')).live(ours, NOW)).toMatchObject([
      { name: 'empty', value: '' },
    ]);
  });

  it.each([
    ['blanks for tabs', '.ferry.test TRUE / FALSE 0 ljsession SECRET', 'not 1'],
    ['too many fields', row('.ferry.test', 'TRUE', '/', 'FALSE', 0, 'ljsession', 'SECRET', 'SECRET'), 'not 8'],
    ['no host', row('fer ry', 'TRUE', '/', 'FALSE', 0, 'ljsession', 'SECRET'), 'first field'],
    ['no flag', row('.ferry.test', 'YES', '/', 'FALSE', 0, 'ljsession', 'SECRET'), 'second field'],
    ['no path', row('.ferry.test', 'TRUE', 'SECRET', 'FALSE', 0, 'ljsession', 'SECRET'), 'third field'],
    ['no second flag', row('.ferry.test', 'TRUE', '/', 'SECRET', 0, 'ljsession', 'SECRET'), 'fourth field'],
    ['no time', row('.ferry.test', 'TRUE', '/', 'FALSE', 'SECRET', 'ljsession', 'SECRET'), 'fifth field'],
    ['no name', row('.ferry.test', 'TRUE', '/', 'FALSE', 0, 'lj=SECRET', 'SECRET'), 'sixth field'],
    ['a value with a header in it', row('.ferry.test', 'TRUE', '/', 'FALSE', 0, 'a', 'SECRET; b=c'), 'seventh field'],
    ['a value beyond ASCII', row('.ferry.test', 'TRUE', '/', 'FALSE', 0, 'a', 'SECRETé'), 'seventh field'],
    ['JSON', '{"name": "ljsession", "value": "SECRET"}', 'not 1'],
  ])('with %s is refused by its line and without its value', (_, line, words) => {
    const error = thrown(`# one\n${line}\n`);
    expect(error).toMatchObject({ code: 'BAD_COOKIES', exitCode: 2 });
    expect(error.message).toContain('cookies.txt, line 2: ');
    expect(error.message).toContain(words);
    expect(inspect(error)).not.toContain('SECRET');
  });

  it('never shows a value, whatever is written in it', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.nat(6), (fields, at) => {
        const line = fields.toSpliced(at, 0, 'a-very-private-value').join('\t');
        try {
          expect(JSON.stringify(read(line)) + inspect(read(line), { depth: 9 })).not.toContain('a-very-private-value');
        } catch (error) {
          if ((error as { code?: string }).code !== 'BAD_COOKIES') throw error;
          expect(inspect(error)).not.toContain('a-very-private-value');
        }
      }),
    );
  });

  it('without a login for the site is of no use', () => {
    expect(thrown('# nothing\n').message).toBe('cookies.txt holds no cookies');
    expect(thrown(row('.elsewhere.test', 'TRUE', '/', 'FALSE', 0, 'ljsession', 'x')).message).toBe(
      'cookies.txt holds no cookies for Ferry',
    );
    expect(thrown(row('.ferry.test', 'TRUE', '/', 'FALSE', 0, 'ljuniq', 'x')).message).toBe(
      'cookies.txt holds cookies for Ferry, but no login',
    );
  });

  it('that has run out says when', () => {
    const error = thrown(row('.ferry.test', 'TRUE', '/', 'FALSE', NOW / 1000, 'ljsession', 'x'));
    expect(error.message).toBe('cookies.txt: the login for Ferry ran out on 2026-01-01');
    expect(error.advice).toContain('Log in');
  });

  it('that is not there is named', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'ficferry-')), 'cookies.txt');
    expect(await rejection(readCookieFile(path))).toMatchObject({ code: 'NOT_FOUND' });
    await writeFile(path, row('.ferry.test', 'TRUE', '/', 'FALSE', 0, 'ljsession', 'x'));
    expect((await readCookieFile(path)).hasLogin(ours, NOW)).toBe(true);
  });
});

describe('the jars of a site', () => {
  const cookie = (more: object) => ({
    domain: 'ferry.test',
    below: true,
    path: '/',
    secure: false,
    httpOnly: true,
    name: 'ljsession',
    value: 's',
    ...more,
  });

  it('send a cookie where it belongs', async () => {
    const jars = await SiteJars.of(
      ours,
      [cookie({}), cookie({ domain: 'mine.ferry.test', below: false, name: 'ljdomsess', value: 'd' })],
      {},
      { https: false, now: Date.now },
    );
    expect(await jars.header('http://mine.ferry.test/1.html', 'user')).toBe('ljsession=s; ljdomsess=d');
    expect(await jars.header('http://www.ferry.test/', 'user')).toBe('ljsession=s');
    expect(await jars.header('http://www.elsewhere.test/', 'user')).toBeUndefined();
    expect(await jars.header('http://mine.ferry.test/1.html', 'stranger')).toBeUndefined();
  });

  it('keep what the site sets, apart for the stranger, and nothing for hosts beyond it', async () => {
    const jars = await SiteJars.of(ours, [cookie({})], {}, { https: false, now: Date.now });
    await jars.keep(
      'http://mine.ferry.test/',
      ['ljuniq=u; domain=.ferry.test; path=/', 'x=1; domain=.test', 'garbage', ''],
      'user',
    );
    await jars.keep('http://mine.ferry.test/', ['ljuniq=other; domain=.ferry.test; path=/'], 'stranger');
    expect(await jars.header('http://www.ferry.test/', 'user')).toBe('ljsession=s; ljuniq=u');
    expect(await jars.header('http://www.ferry.test/', 'stranger')).toBe('ljuniq=other');
  });

  it('keep the user’s cookies off http where the site has https', async () => {
    const jars = await SiteJars.of(ours, [cookie({})], {}, { https: true, now: Date.now });
    expect(await jars.header('http://www.ferry.test/', 'user')).toBeUndefined();
    expect(await jars.header('https://www.ferry.test/', 'user')).toBe('ljsession=s');
    expect(jars.account('http://www.ferry.test/', 'user')).toBe(false);
    expect(jars.account('https://www.ferry.test/', 'user')).toBe(true);
  });

  it('know when the site takes the login back', async () => {
    const jars = await SiteJars.of(ours, [cookie({}), cookie({ name: 'ljuniq' })], {}, { https: false, now: Date.now });
    expect(await jars.stillKnown()).toBe(true);
    await jars.keep(
      'http://www.ferry.test/',
      ['ljsession=; domain=.ferry.test; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT'],
      'user',
    );
    expect(await jars.stillKnown()).toBe(false);
  });

  it('declare adulthood once', async () => {
    const jars = await SiteJars.of(ours, [], { adult_explicit: '1' }, { https: false, now: Date.now });
    expect(await jars.header('http://mine.ferry.test/', 'stranger')).toBe('adult_explicit=1');
    await jars.keep('http://mine.ferry.test/', ['adult_explicit=2; path=/'], 'user');
    expect(await jars.header('http://mine.ferry.test/', 'stranger')).toBe('adult_explicit=2');
  });
});
