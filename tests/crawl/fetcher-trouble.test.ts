import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { siteAgents } from '../../src/crawl/fetch/agent.js';
import { decode } from '../../src/crawl/fetch/decode.js';
import { exchange } from '../../src/crawl/fetch/exchange.js';
import type { Wait } from '../../src/crawl/fetch/line.js';
import { realTime } from '../../src/crawl/fetch/pace.js';
import { failureOf } from '../../src/crawl/fetch/retry.js';
import { type Handler, rejection, text, type World, world } from './fetcher-help.js';

let here: World;
afterEach(() => here?.close());

const URL_1 = 'http://mine.ferry.test/1.html';
const well: Handler = (_, response) => response.end('well');
/** Misbehaves `times` over, then answers. */
const untilTry =
  (times: number, ill: Handler): Handler =>
  (asked, response, nth) =>
    (nth <= times ? ill : well)(asked, response, nth);

/** Asks for one page and tells of the waits. */
async function ask(handler: Handler, inside = {}) {
  here = await world(handler);
  const waits: Wait[] = [];
  const fetcher = here.fetcher({ onWait: (wait) => waits.push(wait) }, inside);
  return { waits, answer: fetcher.get(URL_1) };
}

describe('a site that is busy', () => {
  it('names seconds', async () => {
    const { waits, answer } = await ask(
      untilTry(1, (_, response) => response.writeHead(429, { 'retry-after': '60' }).end()),
    );
    expect(text((await answer).body)).toBe('well');
    expect(waits).toEqual([
      { seconds: 60, why: 'it answered 429 (Too Many Requests), trying again (2 of 5)', url: URL_1 },
    ]);
    expect(here.pages().map((one) => one.at)).toEqual([1000, 61_000]);
  });

  it('names a date, by a clock that is years ahead', async () => {
    const { waits, answer } = await ask(
      untilTry(1, (_, response) =>
        response
          .writeHead(503, { date: 'Sat, 01 Jan 2033 00:00:00 GMT', 'retry-after': 'Sat, 01 Jan 2033 00:00:45 GMT' })
          .end(),
      ),
    );
    await answer;
    expect(waits.map((wait) => wait.seconds)).toEqual([45]);
  });

  it('asks for more patience than there is', async () => {
    const { answer } = await ask((_, response) => response.writeHead(429, { 'retry-after': '86400' }).end());
    const error = await rejection(answer);
    expect(error).toMatchObject({ code: 'WAIT_TOO_LONG', exitCode: 3 });
    expect(error.message).toContain('24 h');
    expect(error.advice).toContain('same command');
    expect(here.time.passed).toBe(1000);
  });

  it('has a burst of 500', async () => {
    const { waits, answer } = await ask(untilTry(4, (_, response) => response.writeHead(500).end('oops')));
    expect(text((await answer).body)).toBe('well');
    expect(waits.map((wait) => wait.seconds)).toEqual([1, 2, 4, 8]);
  });

  it('is broken for good', async () => {
    const { answer } = await ask((_, response) => response.writeHead(502).end());
    const error = await rejection(answer);
    expect(error).toMatchObject({ code: 'NO_ANSWER', exitCode: 3 });
    expect(error.message).toBe(
      `mine.ferry.test gave no usable answer to ${URL_1}: it answered 502 (Bad Gateway), 5 times over`,
    );
    expect(here.pages()).toHaveLength(5);
  });
});

describe('a connection that fails', () => {
  it.each<[string, Handler]>([
    ['before the answer', (_, response) => response.destroy()],
    [
      'in the middle of the body',
      (_, response) => {
        response.writeHead(200, { 'content-length': '1000' }).write('half');
        setTimeout(() => response.destroy(), 5);
      },
    ],
    [
      'in the middle of a chunked body',
      (_, response) => {
        response.write('half');
        setTimeout(() => response.destroy(), 5);
      },
    ],
    [
      'after fewer bytes than announced',
      (_, response) => {
        response.socket?.end('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf');
      },
    ],
    [
      'in the middle of a gzip body whose length is right',
      (_, response) => {
        const packed = gzipSync(Buffer.alloc(5000, 'text '));
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed.subarray(0, packed.length - 12));
      },
    ],
    [
      'with a damaged gzip body',
      (_, response) => {
        const packed = gzipSync(Buffer.alloc(5000, 'text '));
        packed[20] = (packed[20] ?? 0) ^ 0xff;
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed);
      },
    ],
    [
      'with something that is no HTTP',
      (_, response) => {
        response.socket?.end('220 mail.ferry.test ESMTP\r\n');
      },
    ],
  ])('%s is tried again', async (_, ill) => {
    const { waits, answer } = await ask(untilTry(2, ill));
    expect(text((await answer).body)).toBe('well');
    expect(waits).toHaveLength(2);
  });

  it('for want of a server says so', async () => {
    here = await world(well);
    const { port } = await closedPort();
    const refused = here.fetcher();
    const other = await world(well, { site: { server: { host: '127.0.0.1', port } } });
    const error = await rejection(other.fetcher().get(URL_1));
    expect(error).toMatchObject({ code: 'ROBOTS', exitCode: 3 });
    expect(error.message).toContain('mine.ferry.test does not answer: it refused the connection, 3 times over');
    expect(error.advice).toContain('Check the address and your connection');
    await other.close();
    await refused.get(URL_1);
  });

  it('for want of a name says so', async () => {
    here = await world(well, { site: { server: undefined } });
    const fetcher = here.fetcher({ contact: 'me@mail.example' });
    const error = await rejection(fetcher.get('http://mine.ferry.test/'));
    expect(error.message).toContain('mine.ferry.test does not answer: ');
    expect(error.exitCode).toBe(3);
  });
});

describe('an answer without end', () => {
  const drip: Handler = (_, response) => {
    const timer = setInterval(() => response.write('x'), 20);
    response.on('close', () => clearInterval(timer));
  };
  it.each<[string, Handler, object]>([
    ['that never begins', () => {}, { response: 60 }],
    ['that stops in the middle', (_, response) => void response.write('half'), { idle: 60 }],
    ['that drips', drip, { idle: 1000, whole: 150 }],
  ])('%s is given up', async (_, handler, bounds) => {
    const { answer } = await ask(handler, { bounds });
    const error = await rejection(answer);
    expect(error).toMatchObject({ code: 'NO_ANSWER' });
    expect(error.message).toContain('its answer took too long, 3 times over');
    expect(here.pages()).toHaveLength(3);
  });

  it('is cut at the largest size of a page', async () => {
    const flood: Handler = (_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', more);
      more();
    };
    const { answer } = await ask(flood, { bounds: { body: 1_000_000 } });
    const error = await rejection(answer);
    expect(error).toMatchObject({ code: 'NO_ANSWER' });
    expect(error.message).toContain('larger than any page');
    expect(here.pages()).toHaveLength(1);
  });

  it('packed small is cut as well', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    expect(bomb.length).toBeLessThan(60_000);
    const { answer } = await ask((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    expect((await rejection(answer)).message).toContain('unpacks to more than any page');
    expect(here.pages()).toHaveLength(1);
  });
});

describe('a body', () => {
  const body = Buffer.from('\u0424\u0438\u043a '.repeat(3000));
  it.each<[string, Buffer]>([
    ['gzip', gzipSync(body)],
    ['x-gzip', gzipSync(body)],
    ['deflate', deflateSync(body)],
    ['deflate', deflateRawSync(body)],
    ['br', brotliCompressSync(body)],
    ['identity', body],
    ['br, GZIP', gzipSync(brotliCompressSync(body))],
  ])('packed as %s is unpacked, chunked or whole', async (encoding, packed) => {
    here = await world((asked, response) => {
      response.setHeader('content-encoding', encoding);
      if (asked.path === '/1.html') return void response.end(packed);
      response.write(packed.subarray(0, 100));
      response.end(packed.subarray(100));
    });
    const fetcher = here.fetcher();
    for (const path of ['1.html', 'chunked']) {
      const capture = await fetcher.get(`http://mine.ferry.test/${path}`);
      expect(Buffer.from(capture.body).equals(body)).toBe(true);
      expect(capture.headers['content-encoding']).toBeUndefined();
      expect(capture.headers['transfer-encoding']).toBeUndefined();
      expect(capture.headers['content-length']).toBe(String(body.length));
    }
  });

  it('of no bytes needs no unpacking', async () => {
    expect(await decode(new Uint8Array(), 'gzip', 10)).toHaveLength(0);
  });

  it('in an encoding that nobody asked for is an error', async () => {
    expect(await rejection(decode(body, 'compress', 10))).toMatchObject({ code: 'FICFERRY_ENCODING' });
  });
});

describe('leaving at once', () => {
  it('in the middle of a wait', async () => {
    const stop = new AbortController();
    here = await world((_, response) => response.writeHead(503, { 'retry-after': '600' }).end());
    const fetcher = here.fetcher(
      { signal: stop.signal, onWait: () => stop.abort(new Error('left')) },
      { time: realTime },
    );
    expect((await rejection(fetcher.get(URL_1))).message).toBe('left');
  });

  it('in the middle of an answer, and nothing is asked after it', async () => {
    const stop = new AbortController();
    here = await world((_, response) => {
      response.write('half');
      setTimeout(() => stop.abort(new Error('left')), 5);
    });
    const fetcher = here.fetcher({ signal: stop.signal });
    const both = [fetcher.get(URL_1), fetcher.get('http://mine.ferry.test/2.html')];
    for (const one of both) expect((await rejection(one)).message).toBe('left');
    expect(here.pages()).toHaveLength(1);
  });
});

describe('robots.txt', () => {
  const closed = 'User-agent: *\nDisallow: /\nDisallow: /calendar\n';

  it('is asked for once a host, before anything else', async () => {
    here = await world(well);
    const fetcher = here.fetcher();
    await Promise.all([fetcher.get(URL_1), fetcher.get('http://mine.ferry.test/2.html'), fetcher.plan(URL_1)]);
    await fetcher.get('http://www.ferry.test/go');
    expect(here.seen.map((one) => one.host + one.path)).toEqual([
      'mine.ferry.test/robots.txt',
      'mine.ferry.test/1.html',
      'mine.ferry.test/2.html',
      'www.ferry.test/robots.txt',
      'www.ferry.test/go',
    ]);
  });

  it('that closes a journal stops, and tells of --mine', async () => {
    here = await world(well, { robots: closed });
    const fetcher = here.fetcher();
    expect(await fetcher.plan(URL_1)).toEqual({
      host: 'mine.ferry.test',
      allowed: false,
      liftedByMine: false,
      refusal: expect.objectContaining({ code: 'ROBOTS' }),
      pauseSeconds: 1,
      source: 'file',
    });
    const error = await rejection(fetcher.get(URL_1));
    expect(error).toMatchObject({ code: 'ROBOTS', exitCode: 3 });
    expect(error.message).toContain('robots.txt of mine.ferry.test says "Disallow: /" (line 2)');
    expect(error.advice).toContain('say so with --mine');
    expect((await rejection(fetcher.get('http://www.ferry.test/go'))).advice).not.toContain('say so with --mine');
    expect(here.pages()).toEqual([]);
  });

  it('is lifted by --mine in that one rule on that one host', async () => {
    here = await world(well, { robots: closed });
    const fetcher = here.fetcher({ mine: 'mine.ferry.test' });
    expect(await fetcher.plan(URL_1)).toMatchObject({ allowed: true, liftedByMine: true });
    expect(text((await fetcher.get(URL_1)).body)).toBe('well');
    expect(await fetcher.plan('http://mine.ferry.test/calendar')).toMatchObject({
      allowed: false,
      liftedByMine: false,
    });
    const calendar = await rejection(fetcher.get('http://mine.ferry.test/calendar'));
    expect(calendar.message).toContain('says "Disallow: /calendar" (line 3), so http://mine.ferry.test/calendar');
    expect(await rejection(fetcher.get('http://theirs.ferry.test/1.html'))).toMatchObject({ code: 'ROBOTS' });
    expect(here.pages()).toHaveLength(1);
  });

  it('lengthens the pause, within reason', async () => {
    here = await world(well, {
      robots: (asked, response) =>
        response.end(`User-agent: *\nCrawl-delay: ${asked.host.startsWith('www') ? 1e9 : 7}`),
    });
    const fetcher = here.fetcher();
    expect(await fetcher.plan(URL_1)).toMatchObject({ crawlDelay: 7, pauseSeconds: 7, allowed: true });
    await fetcher.get(URL_1);
    expect(here.pages()[0]?.at).toBe(7000);
    expect((await fetcher.plan('http://www.ferry.test/')).pauseSeconds).toBe(900);
  });

  it.each<[string, Handler]>([
    ['5xx', (_, response) => response.writeHead(503).end('User-agent: *\nAllow: /')],
    ['no answer', (_, response) => response.destroy()],
  ])('that can’t be read (%s) stops', async (_, robots) => {
    here = await world(well, { robots });
    const error = await rejection(here.fetcher({ mine: 'mine.ferry.test' }).plan(URL_1));
    expect(error).toMatchObject({ code: 'ROBOTS', exitCode: 3 });
    expect(error.message).toContain('robots.txt of mine.ferry.test could not be read');
    expect(here.pages()).toEqual([]);
  });

  it.each<[string, string, Handler]>([
    ['404', 'missing', (_, response) => response.writeHead(404).end(closed)],
    ['a page', 'html', (_, response) => response.end('<html>\nUser-agent: *\nDisallow: /')],
    [
      'a redirect off the site',
      'missing',
      (_, response) => response.writeHead(302, { location: 'http://a.example/' }).end(),
    ],
    ['a redirect in a circle', 'missing', (_, response) => response.writeHead(302, { location: '/robots.txt' }).end()],
  ])('that is none (%s) allows everything', async (_, source, robots) => {
    here = await world(well, { robots });
    expect(await here.fetcher().plan(URL_1)).toMatchObject({ allowed: true, source });
    expect(here.seen.length).toBeLessThan(8);
  });

  it('is looked for where it moved', async () => {
    here = await world((_, response) => response.end(closed), {
      robots: (_, response) => response.writeHead(301, { location: 'http://www.ferry.test/rules' }).end(),
    });
    expect(await here.fetcher().plan(URL_1)).toMatchObject({ allowed: false, source: 'file' });
  });
});

it('a connection that never comes about is given up', async () => {
  const bounds = { connect: 50, response: 5000, idle: 5000, whole: 5000, body: 1000 };
  // Takes the connection and never agrees on keys, which is part of the same phase.
  const mute = net.createServer(() => {}).listen(0, '127.0.0.1');
  await once(mute, 'listening');
  const { port } = mute.address() as AddressInfo;
  const agents = siteAgents({ host: '127.0.0.1', port }, bounds.connect);
  const error = await rejection(
    exchange({ method: 'GET', url: 'https://mine.ferry.test/', userAgent: 'test', agents, bounds }),
  );
  expect(failureOf(error)).toMatchObject({ failure: 'unreachable' });
  agents.close();
  mute.close();
});

async function closedPort(): Promise<AddressInfo> {
  const server = http.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return address;
}
