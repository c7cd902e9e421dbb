import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseCookieFile } from '../../src/crawl/fetch/cookies.js';
import type { Wait } from '../../src/crawl/fetch/line.js';
import { type Handler, rejection, text, type World, world } from './fetcher-help.js';

let here: World;
afterEach(() => here.close());

const page: Handler = (asked, response) => {
  response.setHeader('content-type', 'text/html').end(`page of ${asked.host}${asked.path}`);
};
const login = (more = '') =>
  parseCookieFile(`.ferry.test\tTRUE\t/\tFALSE\t0\tljsession\tVERYSECRET\n${more}`, 'cookies.txt');

describe('an answer', () => {
  it('comes as it was sent, to the server that stands in for the site', async () => {
    here = await world((_, response) => {
      response.writeHead(200, {
        'content-type': 'text/html; charset=windows-1251',
        'set-cookie': ['ljuniq=1; path=/'],
        'x-two': ['a', 'b'],
      });
      response.end(Buffer.from([0xcf, 0xf0, 0xe8]));
    });
    const capture = await here.fetcher().get('http://some-body.ferry.test/1.html?format=light#cutid1');
    expect(capture).toMatchObject({
      url: 'http://some-body.ferry.test/1.html?format=light',
      time: '2026-01-01T00:00:01.000Z', // one pause after robots.txt
      status: 200,
      access: { adult: false, account: false },
    });
    expect([...capture.body]).toEqual([0xcf, 0xf0, 0xe8]);
    expect(capture.headers).toMatchObject({
      'content-type': 'text/html; charset=windows-1251',
      'content-length': '3',
      'x-two': 'a, b',
    });
    expect(JSON.stringify(capture.headers)).not.toContain('ljuniq');
    expect(here.pages()).toMatchObject([{ method: 'GET', host: 'some-body.ferry.test', path: '/1.html?format=light' }]);
  });

  it.each([301, 302, 303, 307, 308])('that is a redirect (%i) is returned and not followed', async (status) => {
    here = await world((_, response) => response.writeHead(status, { location: '/12.html?a=1' }).end());
    const { fetcher } = here;
    const capture = await fetcher().get('http://www.ferry.test/go?dir=next');
    expect(capture).toMatchObject({ status, headers: { location: 'http://www.ferry.test/12.html?a=1' } });
    expect(here.pages()).toHaveLength(1);
  });

  it('may lead anywhere; that is not asked', async () => {
    here = await world((_, response) => response.writeHead(302, { location: 'https://elsewhere.example/' }).end());
    const fetcher = here.fetcher();
    expect((await fetcher.get('http://www.ferry.test/')).headers.location).toBe('https://elsewhere.example/');
    expect(await rejection(fetcher.get('https://elsewhere.example/'))).toMatchObject({
      code: 'BAD_ADDRESS',
      exitCode: 2,
    });
    expect(here.pages()).toHaveLength(1);
  });

  it.each([403, 404, 410])('of %i is an answer', async (status) => {
    here = await world((_, response) => response.writeHead(status).end('no'));
    expect((await here.fetcher().get('http://mine.ferry.test/1.html')).status).toBe(status);
  });
});

describe('what is refused before anything is asked', () => {
  it.each([
    'ftp://www.ferry.test/',
    'http://user:pass@www.ferry.test/',
    'nonsense',
    'http://ferry.test.example/',
    'file:///etc/passwd',
  ])('%s', async (url) => {
    here = await world(page);
    expect(await rejection(here.fetcher().get(url))).toMatchObject({ code: 'BAD_ADDRESS' });
    expect(here.seen).toEqual([]);
  });

  it('a live site without a contact', async () => {
    here = await world(page, { site: { server: undefined } });
    const error = await rejection(here.fetcher().plan('http://www.ferry.test/'));
    expect(error).toMatchObject({ code: 'NO_CONTACT', exitCode: 2 });
    expect(error.advice).toContain('--contact');
  });

  it('a server of one’s own that is not on this machine, without a contact', async () => {
    here = await world(page, { site: { server: { host: '192.0.2.1', port: 80 } } });
    expect(await rejection(here.fetcher().get('http://www.ferry.test/'))).toMatchObject({ code: 'NO_CONTACT' });
  });

  it.each([
    'nobody',
    'a@b',
    'a@b.c\r\nX-Evil: 1',
    'a(b)@c.org',
    'https://localhost/',
    'https://',
    'ftp://a.org',
    'é@a.org',
    `${'a'.repeat(255)}@b.org`,
  ])('the contact %j', async (contact) => {
    here = await world(page);
    expect(() => here.fetcher({ contact })).toThrow('neither an e-mail address nor a web address');
  });
});

describe('who we say we are', () => {
  it.each([
    [undefined, "ficferry/9.9 (+one-off migration of an author's own journal)"],
    ['me@mail.example', "ficferry/9.9 (+one-off migration of an author's own journal; contact: me@mail.example)"],
    [
      'https://me.example/about',
      "ficferry/9.9 (+one-off migration of an author's own journal; contact: https://me.example/about)",
    ],
  ])('with contact %s', async (contact, expected) => {
    here = await world(page);
    const capture = await here.fetcher({ contact }).get('http://mine.ferry.test/1.html');
    expect(here.seen.map((one) => one.headers['user-agent'])).toEqual([expected, expected]);
    expect(JSON.stringify({ ...capture, body: '' })).not.toContain('contact');
  });
});

describe('the pace', () => {
  it('is a pause after each response, with one request under way and one connection kept', async () => {
    here = await world((asked, response) => {
      here.time.passed += 700; // what it takes to answer is no part of the pause
      page(asked, response, 1);
    });
    const fetcher = here.fetcher();
    const urls = ['http://mine.ferry.test/1.html', 'http://www.ferry.test/go', 'http://mine.ferry.test/2.html'];
    await Promise.all(urls.map((url) => fetcher.get(url)));
    const gaps = here.seen.slice(1).map((one, at) => one.at - (here.seen[at]?.at ?? 0));
    expect(here.seen).toHaveLength(5); // and one robots.txt for each host
    expect(gaps.toSorted()).toEqual([1000, 1000, 1700, 1700]);
    expect(here.mostAtOnce()).toBe(1);
    await vi.waitFor(() => expect(here.connections()).toBe(1));
  });

  it.each([
    [3, 3],
    [0.2, 1],
    [0, 1],
  ])('with --delay %d is %d s', async (delay, pauseSeconds) => {
    here = await world(page);
    const fetcher = here.fetcher({ delay });
    expect(await fetcher.plan('http://mine.ferry.test/')).toMatchObject({ pauseSeconds });
    await fetcher.get('http://mine.ferry.test/1.html');
    expect(here.time.passed).toBe(pauseSeconds * 1000);
  });

  it('doubles after a 429 for the rest of the run', async () => {
    here = await world((asked, response, nth) => {
      if (asked.path === '/1.html' && nth <= 2) return void response.writeHead(429).end();
      page(asked, response, nth);
    });
    const fetcher = here.fetcher();
    for (const number of [1, 2, 3]) await fetcher.get(`http://mine.ferry.test/${number}.html`);
    const times = here.pages().map((one) => one.at);
    // 1 s after robots.txt; the doubled pause of 2 s (the first backoff, 1 s, is within it); the second backoff, half of
    // 2 s × 2²; then the doubled pause.
    expect(times).toEqual([1000, 3000, 7000, 9000, 11000]);
    expect((await fetcher.plan('http://mine.ferry.test/')).pauseSeconds).toBe(2);
  });
});

it('keeps its connection from page to page', async () => {
  here = await world(page);
  const fetcher = here.fetcher();
  for (const number of [1, 2, 3]) await fetcher.get(`http://mine.ferry.test/${number}.html`);
  expect(new Set(here.seen.map((one) => one.port)).size).toBe(1);
});

describe('cookies', () => {
  it('go to the site with the user, and not with a stranger', async () => {
    here = await world((asked, response) => {
      response.setHeader(
        'set-cookie',
        `seen=${asked.headers.cookie ? 'user' : 'stranger'}; domain=.ferry.test; path=/`,
      );
      page(asked, response, 1);
    });
    const fetcher = here.fetcher({ cookies: login('.other.test\tTRUE\t/\tFALSE\t0\tljsession\tOTHER\n') });
    expect(fetcher.access).toEqual({ adult: false, account: true });
    const own = await fetcher.get('http://mine.ferry.test/1.html');
    const strange = await fetcher.get('http://mine.ferry.test/1.html', { as: 'stranger' });
    await fetcher.get('http://mine.ferry.test/2.html');
    await fetcher.get('http://mine.ferry.test/2.html', { as: 'stranger' });
    expect(here.pages().map((one) => one.headers.cookie)).toEqual([
      'ljsession=VERYSECRET',
      undefined,
      'ljsession=VERYSECRET; seen=user',
      'seen=stranger',
    ]);
    expect(own.access).toEqual({ adult: false, account: true });
    expect(strange.access).toEqual({ adult: false, account: false });
    expect(here.seen[0]).toMatchObject({ path: '/robots.txt' });
    expect(here.seen[0]?.headers.cookie).toBeUndefined();
  });

  it('for other sites alone are refused', async () => {
    here = await world(page);
    const cookies = parseCookieFile('.other.test\tTRUE\t/\tFALSE\t0\tljsession\tx', 'cookies.txt');
    const error = await rejection(here.fetcher({ cookies }).get('http://mine.ferry.test/1.html'));
    expect(error).toMatchObject({ code: 'BAD_COOKIES', message: 'cookies.txt holds no cookies for Ferry' });
  });

  it('that the site takes back stop the run', async () => {
    here = await world((asked, response) => {
      response.setHeader('set-cookie', 'ljsession=; domain=.ferry.test; path=/; max-age=0');
      page(asked, response, 1);
    });
    const error = await rejection(here.fetcher({ cookies: login() }).get('http://mine.ferry.test/1.html'));
    expect(error).toMatchObject({ code: 'COOKIES_EXPIRED', exitCode: 3 });
  });
});

describe('a login’s hop', () => {
  const HOP = '/__setdomsess?dest=x&v=SESSIONKEY';

  it('is followed, keeps its cookies, and is nowhere to be seen', async () => {
    here = await world((asked, response) => {
      if (asked.path.startsWith('/__setdomsess')) {
        const location = asked.host.startsWith('www')
          ? `http://mine.ferry.test${HOP}2`
          : 'http://mine.ferry.test/1.html';
        return void response
          .writeHead(302, { location, 'set-cookie': `hop.${asked.host}=1; path=/; domain=.ferry.test` })
          .end(`<a href="${HOP}">`);
      }
      if (!asked.headers.cookie?.includes('hop.mine')) {
        return void response.writeHead(302, { location: `http://www.ferry.test${HOP}` }).end(HOP);
      }
      page(asked, response, 1);
    });
    const waits: Wait[] = [];
    const fetcher = here.fetcher({ cookies: login(), onWait: (wait) => waits.push(wait) });
    const capture = await fetcher.get('http://mine.ferry.test/1.html');
    expect(capture).toMatchObject({ url: 'http://mine.ferry.test/1.html', status: 200, access: { account: true } });
    expect(text(capture.body)).toBe('page of mine.ferry.test/1.html');
    expect(here.pages().map((one) => one.host + one.path.split('?')[0])).toEqual([
      'mine.ferry.test/1.html',
      'www.ferry.test/__setdomsess',
      'mine.ferry.test/__setdomsess',
      'mine.ferry.test/1.html',
    ]);
    expect(JSON.stringify([capture, waits])).not.toContain('SESSIONKEY');
  });

  it('that leads on to a page is told as a redirect to it', async () => {
    here = await world((asked, response) => {
      const location = asked.path.startsWith('/__setdomsess') ? 'http://mine.ferry.test/1.html' : HOP;
      response.writeHead(302, { location, 'x-back': HOP }).end(HOP);
    });
    const capture = await here.fetcher({ cookies: login() }).get('http://www.ferry.test/login/start');
    expect(capture).toMatchObject({
      url: 'http://www.ferry.test/login/start',
      status: 302,
      headers: { location: 'http://mine.ferry.test/1.html', 'content-length': '0' },
    });
    expect(JSON.stringify(capture) + text(capture.body)).not.toContain('SESSIONKEY');
  });

  it.each([
    ['goes round in circles', `http://mine.ferry.test${HOP}`],
    ['leads to another site', `http://www.other.test${HOP}`],
  ])('that %s ends', async (how, location) => {
    here = await world((_, response) => response.writeHead(302, { location }).end());
    const error = await rejection(here.fetcher({ cookies: login() }).get('http://mine.ferry.test/1.html'));
    expect(error).toMatchObject({ code: 'COOKIES_EXPIRED', message: `The login at Ferry ${how}` });
    expect(here.pages().length).toBeLessThan(9);
  });

  it('that fails is not named', async () => {
    here = await world((asked, response) => {
      if (asked.path === HOP) return void response.destroy();
      response.writeHead(302, { location: HOP }).end();
    });
    const waits: Wait[] = [];
    const fetcher = here.fetcher({ cookies: login(), onWait: (wait) => waits.push(wait) });
    const error = await rejection(fetcher.get('http://mine.ferry.test/1.html'));
    expect(error.message).toBe(
      'mine.ferry.test gave no usable answer to a step of the login: the connection broke off, 5 times over',
    );
    expect(waits).toHaveLength(4);
    expect(waits[0]?.url).toBe('http://mine.ferry.test/1.html');
    expect(`${JSON.stringify(waits)}${error.stack}${String(error.cause)}`).not.toContain('SESSIONKEY');
  });
});

describe('an adult notice', () => {
  const form = {
    action: '/journal/adult_explicit',
    fields: { ret: 'http://mine.ferry.test/1.html', adult_check: 'I am (18+)' },
  };
  const from = 'http://mine.ferry.test/1.html';
  const gate: Handler = (asked, response) => {
    if (asked.method === 'POST')
      return void response.writeHead(303, { location: from, 'set-cookie': 'passed=1; path=/' }).end();
    if (asked.headers.cookie?.includes('passed=1')) return page(asked, response, 1);
    response.setHeader('set-cookie', 'ljuniq=abc; domain=.ferry.test; path=/').end('gate');
  };

  it('is passed by its form, with the cookie it was shown to', async () => {
    here = await world(gate);
    const fetcher = here.fetcher({ adult: true });
    expect(text((await fetcher.get(from)).body)).toBe('gate');
    await fetcher.passGate(form, from);
    const capture = await fetcher.get(from);
    expect(text(capture.body)).toContain('page of');
    expect(capture.access).toEqual({ adult: true, account: false });
    expect(here.pages()[1]).toMatchObject({
      method: 'POST',
      path: '/journal/adult_explicit',
      at: 2000,
      headers: { cookie: 'ljuniq=abc', 'content-type': 'application/x-www-form-urlencoded', referer: from },
    });
    expect(Object.fromEntries(new URLSearchParams(here.pages()[1]?.body))).toEqual(form.fields);
  });

  it('stays shut without the declaration', async () => {
    here = await world(gate, { site: { adultCookies: { adult_explicit: '1' } } });
    const fetcher = here.fetcher();
    await fetcher.get(from);
    expect(here.pages()[0]?.headers.cookie).toBeUndefined();
    expect(await rejection(fetcher.passGate(form, from))).toMatchObject({ code: 'BAD_OPTION' });
    expect(here.pages()).toHaveLength(1);
  });

  it('is not answered to another site', async () => {
    here = await world(gate);
    const away = { ...form, action: 'http://www.other.test/journal/adult_explicit' };
    expect(await rejection(here.fetcher({ adult: true }).passGate(away, from))).toMatchObject({ code: 'BAD_ADDRESS' });
    expect(here.seen).toEqual([]);
  });

  it('is not met where a cookie declares adulthood', async () => {
    here = await world(page, { site: { adultCookies: { adult_explicit: '1', adult_concepts: '1' } } });
    await here.fetcher({ adult: true }).get(from, { as: 'stranger' });
    expect(here.pages()[0]?.headers.cookie).toBe('adult_explicit=1; adult_concepts=1');
  });
});
