import { describe, expect, it } from 'vitest';
import { closesAll, forbidden, Robots } from '../../src/crawl/fetch/robots.js';

const HOST = 'http://mine.ferry.test';
const read = (body: string | Uint8Array, status = 200) =>
  Robots.of(`${HOST}/robots.txt`, { status, body: typeof body === 'string' ? new TextEncoder().encode(body) : body });
const ruleAt = (robots: Robots, path: string) => robots.against(HOST + path)?.text;

describe('whose rules count', () => {
  it('ours before everybody’s, and no others’', () => {
    const robots = read(
      'User-agent: *\nDisallow: /a\n\nUser-agent: FicFerry\nDisallow: /b\n\nUser-agent: otherbot\nDisallow: /\n',
    );
    expect(ruleAt(robots, '/a')).toBeUndefined();
    expect(ruleAt(robots, '/b')).toBe('Disallow: /b');
    expect(ruleAt(robots, '/c')).toBeUndefined();
  });

  it('a group for several names', () => {
    const robots = read('User-agent: otherbot\nUser-agent: ficferry\nDisallow: /x\n');
    expect(ruleAt(robots, '/x/1.html')).toBe('Disallow: /x');
  });
});

describe('which rule counts', () => {
  const robots = read(
    [
      'User-agent: *',
      'Disallow: /tag/ # not lists',
      'Allow: /tag/fic',
      'Disallow: /*?mode=reply',
      'Disallow: /20$',
    ].join('\r\n'),
  );
  it.each([
    ['/23456.html', undefined],
    ['/tag/other', 'Disallow: /tag/'],
    ['/tag/fic', undefined],
    ['/23456.html?mode=reply', 'Disallow: /*?mode=reply'],
    ['/20', 'Disallow: /20$'],
    ['/2012/', undefined],
  ])('%s', (path, rule) => {
    expect(ruleAt(robots, path)).toBe(rule);
  });

  it('is named with its line', () => {
    expect(robots.against(`${HOST}/tag/other`)?.line).toBe(2);
    expect(read('\ufeffUser-agent: *\r\n\r\n# words\r\nDisallow: /\r\n').against(`${HOST}/1.html`)?.line).toBe(4);
  });

  it('comes from a file of another host never', () => {
    expect(read('User-agent: *\nDisallow: /').against('http://www.ferry.test/1.html')).toBeUndefined();
  });
});

describe('what is no file of rules', () => {
  it.each([
    ['a page of HTML', '<!DOCTYPE html>\n<p>User-agent: *\nDisallow: /', 200, 'html'],
    ['a page after blanks', '\n\n  <html>', 200, 'html'],
    ['404', 'User-agent: *\nDisallow: /', 404, 'missing'],
    ['403', 'User-agent: *\nDisallow: /', 403, 'missing'],
    ['410', '', 410, 'missing'],
    ['an empty file', '', 200, 'file'],
    ['words', 'hello\nthere: you\nDisallow: /', 200, 'file'],
  ])('%s allows everything', (_, body, status, source) => {
    const robots = read(body, status);
    expect(ruleAt(robots, '/1.html')).toBeUndefined();
    expect(robots.source).toBe(source);
  });

  it('bytes beyond any sense are read to a bound', () => {
    const body = new Uint8Array(20 * 1024 * 1024).fill(0x41);
    expect(ruleAt(read(body), '/1.html')).toBeUndefined();
  });
});

it('takes the delay that is asked of us', () => {
  expect(read('User-agent: *\nCrawl-delay: 10').crawlDelay).toBe(10);
  expect(read('User-agent: *\nCrawl-delay: 10\n\nUser-agent: ficferry\nCrawl-delay: 2.5').crawlDelay).toBe(2.5);
  for (const odd of ['soon', '-4', '0', ''])
    expect(read(`User-agent: *\nCrawl-delay: ${odd}`).crawlDelay).toBeUndefined();
});

it('knows the rule that closes a host from one that closes a part', () => {
  const close = (text: string) => closesAll({ line: 1, text });
  expect(['Disallow: /', 'disallow:/', 'DISALLOW : /'].map(close)).toEqual([true, true, true]);
  expect(['Disallow: /*', 'Disallow: /a', 'Allow: /', 'Disallow:', 'Disallow: //'].map(close)).toEqual(
    Array(5).fill(false),
  );
});

it('shows no control characters of a stranger’s file, and not all of a long line', () => {
  const robots = read(`User-agent: *\nDisallow: /\u001b*${'b'.repeat(500)}\n`);
  const rule = robots.against(`${HOST}/%1B/${'b'.repeat(500)}`);
  expect(rule?.text).toBe(`Disallow: / *${'b'.repeat(107)}`);
});

describe('the refusal', () => {
  const whole = { line: 2, text: 'Disallow: /' };
  it('tells an owner of --mine', () => {
    const error = forbidden('mine.ferry.test', 'http://mine.ferry.test/1.html', whole, true);
    expect(error.message).toBe(
      'robots.txt of mine.ferry.test says "Disallow: /" (line 2), so nothing of this journal may be fetched by robots',
    );
    expect(error.advice).toContain('minimise my inclusion in search engines');
    expect(error.advice).toContain('--mine');
    expect(error.exitCode).toBe(3);
  });
  it('tells nobody of it where it would not help', () => {
    const error = forbidden('www.ferry.test', 'http://www.ferry.test/go', whole, false);
    expect(error.advice).not.toContain('say so with --mine');
    expect(forbidden('mine.ferry.test', 'x', { line: 3, text: 'Disallow: /tag' }, true).advice).not.toContain(
      'say so with',
    );
  });
});
