import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startReview } from '../../src/review/index.js';
import type { State, WorkList } from '../../src/review/model.js';
import { Ground, type Heard, type Served } from './served.js';

let ground: Ground;
let served: Served;
const opened: string[] = [];
beforeAll(async () => {
  ground = await Ground.make();
  const out = await ground.crawl('tarn_wick');
  served = await ground.review({ out }, (path) => opened.push(path));
  await served.get('works');
});
afterAll(async () => {
  await served.close();
  await ground.close();
});

const key = () => ({ 'x-ficferry-secret': served.secret });
const json = { 'content-type': 'application/json' };
const message = ({ text }: Heard): string => JSON.parse(text).error.message;

/** Every path that answers something of hers. */
const GETS = [
  'state',
  'works',
  'work?key=livejournal/tarn_wick/713',
  'text?entry=livejournal/tarn_wick/713',
  'questions',
  'suggest?field=fandoms&text=a',
  'limits',
  'handover',
  'packet?key=livejournal/tarn_wick/713',
];
const POSTS = ['decide', 'undo', 'plan', 'crawl', 'pause', 'bundle', 'done', 'open', 'run'];

describe('without the secret', () => {
  it.each([...GETS.map((path) => ['GET', path]), ...POSTS.map((path) => ['POST', path])])(
    '%s %s says nothing',
    async (method = '', path) => {
      const wrong = `${served.secret.slice(0, -1)}${served.secret.endsWith('A') ? 'B' : 'A'}`;
      const tries: Record<string, string>[] = [
        {},
        { 'x-ficferry-secret': '' },
        { 'x-ficferry-secret': wrong },
        { cookie: `x-ficferry-secret=${served.secret}; secret=${served.secret}` },
        { authorization: `Bearer ${served.secret}` },
      ];
      for (const headers of tries) {
        const body = method === 'POST' ? '{}' : undefined;
        const heard = await served.ask(method, `/api/${path}`, { ...json, ...headers }, body);
        expect(heard.status).toBe(403);
        expect(heard.text).toBe(
          '{"error":{"message":"Open the page by the address that ficferry printed","advice":"It ends in \\"#\\" and a key."}}',
        );
      }
      const query = `${path}${path?.includes('?') ? '&' : '?'}x-ficferry-secret=${served.secret}`;
      expect((await served.ask(method, `/api/${query}`, json)).status).toBe(403);
    },
  );

  it('is another one each time', async () => {
    const other = await startReview({
      options: { out: ground.at('nowhere'), config: ground.config },
      pageFolder: ground.page(),
    });
    expect(new URL(other.url).hash).toMatch(/^#[\w-]{43}$/);
    expect(new URL(other.url).hash.slice(1)).not.toBe(served.secret);
    await other.close();
  });
});

describe('from elsewhere', () => {
  it.each([
    'evil.example',
    `evil.example:80`,
    'localhost',
    '127.0.0.1',
    '[::1]',
    '127.0.0.1:1',
    '127.0.0.1.evil.example',
  ])('a request to the host %s is refused, also for the shell', async (host) => {
    for (const path of ['/', '/app.js', '/api/state', '/nothing'])
      expect((await served.ask('GET', path, { ...key(), host })).status).toBe(403);
    const named = host.includes(':') ? host : `${host}:${served.port}`;
    if (named !== `127.0.0.1:${served.port}`)
      expect((await served.ask('GET', '/api/state', { ...key(), host: named })).status).toBe(403);
  });

  it('a request that names no host, or another in its line, is refused', async () => {
    const say = (text: string) =>
      new Promise<string>((resolve) => {
        let heard = '';
        const socket = connect(served.port, '127.0.0.1', () => socket.end(text));
        socket.on('data', (bytes) => {
          heard += bytes;
        });
        socket.on('close', () => resolve(heard.split('\r\n')[0] ?? ''));
      });
    const secret = `x-ficferry-secret: ${served.secret}\r\n`;
    expect(await say(`GET /api/state HTTP/1.0\r\n${secret}\r\n`)).toMatch(/ 403 /);
    expect(await say(`GET /api/state HTTP/1.1\r\n${secret}\r\n`)).toMatch(/ 400 /);
    const host = `Host: 127.0.0.1:${served.port}\r\nConnection: close\r\n`;
    expect(await say(`GET http://evil.example/api/state HTTP/1.1\r\n${host}${secret}\r\n`)).toMatch(/ 404 /);
    expect(await say(`GET /api/state HTTP/1.1\r\n${host}${secret}\r\n`)).toMatch(/ 200 /);
  });

  it.each(['https://evil.example', 'null', 'http://localhost', 'http://127.0.0.1', 'file://'])(
    'the origin %s is refused',
    async (origin) => {
      for (const [method, path] of [
        ['GET', '/'],
        ['GET', '/api/state'],
        ['POST', '/api/undo'],
      ] as const) {
        const heard = await served.ask(
          method,
          path,
          { ...key(), ...json, origin },
          method === 'POST' ? '{}' : undefined,
        );
        expect(heard.status).toBe(403);
        expect(heard.headers['access-control-allow-origin']).toBeUndefined();
      }
    },
  );

  it('its own origin is answered', async () => {
    const origin = `http://127.0.0.1:${served.port}`;
    expect((await served.ask('GET', '/api/state', { ...key(), origin })).status).toBe(200);
  });

  it('no preflight is granted', async () => {
    for (const origin of ['https://evil.example', `http://127.0.0.1:${served.port}`]) {
      const heard = await served.ask('OPTIONS', '/api/state', {
        origin,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'x-ficferry-secret',
      });
      expect(heard.status).toBe(403);
      expect(Object.keys(heard.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
    expect((await served.ask('OPTIONS', '/api/state', key())).status).toBe(405);
  });
});

describe('whatever is asked', () => {
  it.each(['/', '/app.js', '/nothing', '/api/state', '/api/nothing'])(
    '%s has the headers that keep the page in',
    async (path) => {
      for (const headers of [{}, key()]) {
        const { headers: said } = await served.ask('GET', path, headers as Record<string, string>);
        expect(said).toMatchObject({
          'content-security-policy':
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-store',
          'referrer-policy': 'no-referrer',
          'cross-origin-resource-policy': 'same-origin',
          'cross-origin-opener-policy': 'same-origin',
        });
        expect(said['set-cookie']).toBeUndefined();
      }
    },
  );

  it('of the disk only the shell is answered', async () => {
    writeFileSync(ground.at('page', 'secret.txt'), 'not for the page');
    for (const [path, type] of [
      ['/', 'text/html'],
      ['/index.html', 'text/html'],
      ['/app.js', 'text/javascript'],
      ['/style.css', 'text/css'],
    ]) {
      const heard = await served.ask('GET', path as string);
      expect([heard.status, heard.headers['content-type']]).toEqual([200, `${type}; charset=utf-8`]);
    }
    expect((await served.ask('HEAD', '/')).text).toBe('');
    for (const path of [
      '/secret.txt',
      '/../config.yaml',
      '/..%2fconfig.yaml',
      '/%2e%2e/config.yaml',
      '//etc/passwd',
      '/./index.html',
      '/index.html/',
      '/INDEX.HTML',
      '/app.js%00',
      '/__proto__',
      '/constructor',
      '/api/',
      '/api',
      '/api/constructor',
      '/api/state/',
      '/api//state',
    ])
      expect([path, (await served.ask('GET', path, key())).status]).toEqual([path, 404]);
  });

  it('other methods are refused, and the ones there are are named', async () => {
    for (const [path, allow] of [
      ['/', 'GET, HEAD'],
      ['/api/state', 'GET'],
      ['/api/decide', 'POST'],
    ]) {
      for (const method of ['PUT', 'DELETE', 'PATCH', 'TRACE', path === '/api/decide' ? 'GET' : 'POST']) {
        const heard = await served.ask(method, path as string, key());
        expect([method, heard.status, heard.headers.allow]).toEqual([method, 405, allow]);
      }
    }
  });

  it('a body that is no JSON, of another type, too long or of another shape is refused', async () => {
    const decide = (headers: Record<string, string>, body: string | Buffer) =>
      served.ask('POST', '/api/decide', { ...key(), ...headers }, body);
    expect((await decide({ 'content-type': 'text/plain' }, '{}')).status).toBe(415);
    expect((await decide({ 'content-type': 'application/x-www-form-urlencoded' }, 'a=b')).status).toBe(415);
    expect((await decide({}, '{}')).status).toBe(415);
    expect(message(await decide(json, '{"what":'))).toMatch(/no JSON/);
    expect(message(await decide(json, '{"what":"a","edits":[]}'))).toMatch(/^decide → edits: /);
    expect(
      message(await decide(json, '{"what":"a","edits":[{"path":["works","__proto__","title"],"value":"x"}]}')),
    ).toMatch(/no name/);
    const long = await decide(json, JSON.stringify({ what: 'x'.repeat(9 * 2 ** 20), edits: [] })).catch(
      (error: Error) => error,
    );
    // the connection is closed over it: either is heard
    if (!(long instanceof Error)) expect(long.status).toBe(413);
    expect((await served.get<State>('state')).decisions.undo).toBeUndefined();
  });

  it('a question of another shape is refused', async () => {
    for (const path of [
      'work',
      'work?key=x',
      'work?key=a/b/1&key=a/b/2',
      'works?x=1',
      'text?entry=../../etc',
      'packet?key=a/b/1&chapter=0',
    ])
      expect([path, (await served.ask('GET', `/api/${path}`, key())).status]).toEqual([path, 400]);
    expect((await served.ask('GET', '/api/work?key=a/b/1', key())).status).toBe(404);
    expect((await served.ask('GET', '/api/text?entry=a/b/1', key())).status).toBe(404);
  });

  it('listens on 127.0.0.1 alone', async () => {
    const refused = await new Promise((resolve) => {
      const socket = connect(served.port, '127.0.0.2');
      socket.on('connect', () => resolve('connected'));
      socket.on('error', () => resolve('refused'));
    });
    expect(refused).toBe('refused');
  });

  it('says when a port is taken', async () => {
    const again = startReview({
      options: { out: ground.at('nowhere'), config: ground.config },
      pageFolder: ground.page(),
      port: served.port,
    });
    await expect(again).rejects.toMatchObject({ code: 'BAD_OPTION', message: `Port ${served.port} is in use` });
  });
});

describe('the runs', () => {
  it('are listed where none is named, and one of them is chosen', async () => {
    const posts = (await ground.crawl('second', { limit: 3 })).split('second')[0];
    const choosing = await ground.review();
    try {
      const state = await choosing.get<State>('state');
      expect(state.run).toBeUndefined();
      expect(state.runs.map(({ journal }) => journal)).toEqual(['second', 'tarn_wick']);
      expect((await choosing.get<WorkList>('works')).works).toEqual([]);
      expect(await choosing.get('limits')).toMatchObject({ title: 255 });
      await expect(
        choosing.post('decide', { what: 'a', edits: [{ path: ['rules', 'split'], value: true }] }),
      ).rejects.toThrow('400 No journal was named yet');
      await expect(choosing.post('run', { folder: `${posts}../page` })).rejects.toThrow('404 There is no run in');
      await choosing.post('run', { folder: state.runs[1]?.folder });
      expect((await choosing.get<WorkList>('works')).works).toHaveLength(9);
      expect((await choosing.get<State>('state')).run).toMatchObject({ journal: 'tarn_wick', site: 'LiveJournal' });
    } finally {
      await choosing.close();
    }
  });

  it('opens the bundle that was made, and nothing before', async () => {
    await expect(served.post('open', { what: 'bundle' })).rejects.toThrow('404 There is no bundle');
    await served.post('bundle');
    await expect.poll(async () => (await served.get<State>('state')).job.state, { timeout: 30_000 }).toBe('done');
    await served.post('open', { what: 'index' });
    expect(opened).toEqual([ground.at('output', 'tarn_wick', 'tarn_wick-bundle', 'data', 'index.html')]);
    await expect(served.post('open', { what: '/etc/passwd' })).rejects.toThrow('400 ');
  });
});
