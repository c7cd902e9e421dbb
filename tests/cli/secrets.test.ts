/**
 * Secrets as canaries: values that let somebody in, and words that only some may read, are planted wherever a run meets them, and
 * looked for in all that it leaves and says, packed or not.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBundle } from '../../src/bundle/index.js';
import { serveSite } from '../../src/site/index.js';
import { POSTS, type Post } from '../journal/posts.js';
import { LoopbackJournal, OWNER_COOKIE } from '../journal/server.js';
import { haveProgram } from '../outside.js';
import { ficferry, type Outcome } from './program.js';

const BUNDLE = 'tarn_wick-bundle';
const CANARIES = {
  'the value of a cookie that the user gave': 'v2:u1:s2:t3',
  'the value of a second one': 'u41:canary-loggedin:7Zq',
  'the key in the address of a login’s step': 'canary-hop-K3y',
  'the value of a cookie that a step set': 'v1:canary-domsess:9wX',
  'the value of a cookie that pages set': 'canary-visit/cookie-4',
  'the address to write to': 'canary-contact@example.org',
};
/** The locked story's own words, of its text and its summary. */
const LOCKED = ['heliotrope-under-lock', 'For friends only, for now'];

const home = mkdtempSync(join(tmpdir(), 'ficferry-secrets-'));
const run = join(home, 'run');
let journal: LoopbackJournal;
let said: Outcome[];
/** Whether the login has been taken back. */
let over = false;

const [, LOGGED_IN, HOP, STEP, VISIT, CONTACT] = Object.values(CANARIES) as string[];
const hop = (host: string, dest: string) =>
  `http://${host}/__setdomsess?dest=${encodeURIComponent(dest)}&k=ljdomsess&v=${HOP}`;

/** As a site does that knows its user: a login hops from host to host, and its pages repeat what they were shown. */
function posts(): Post[] {
  const repeats = `<br /><a href="${hop('www.lj.test', 'http://tarn-wick.lj.test/')}">log out</a> <!-- ${LOGGED_IN} --><input type="hidden" value="${STEP}">`;
  return POSTS.map((post) => ({ ...post, body: post.body + repeats }));
}

beforeAll(async () => {
  journal = await LoopbackJournal.start({
    posts: posts(),
    before: ({ host, path, cookie }, response) => {
      response.setHeader('set-cookie', `ljvisit=${VISIT}; path=/; domain=.lj.test`);
      const known = cookie.includes(OWNER_COOKIE);
      const url = new URL(path, `http://${host}`);
      const dest = url.searchParams.get('dest') ?? `http://${host}${path}`;
      if (over && known && path.includes('.html')) {
        response.setHeader('set-cookie', [
          'ljsession=; path=/; domain=.lj.test; expires=Thu, 01 Jan 1970 00:00:00 GMT',
          `ljloggedin=; path=/; domain=.lj.test; expires=Thu, 01 Jan 1970 00:00:00 GMT`,
        ]);
        response.writeHead(302, { location: hop('www.lj.test', dest) }).end(hop('www.lj.test', dest));
        return true;
      }
      if (url.pathname === '/__setdomsess') {
        if (host === 'www.lj.test') response.writeHead(302, { location: hop('tarn-wick.lj.test', dest) });
        else response.writeHead(302, { location: dest, 'set-cookie': `ljdomsess.tarn_wick=${STEP}; path=/; HttpOnly` });
        response.end(`<a href="${hop(host, dest)}">moved</a>`);
        return true;
      }
      if (known && host !== 'www.lj.test' && path !== '/robots.txt' && !cookie.includes('ljdomsess')) {
        response.writeHead(302, { location: hop('www.lj.test', dest) }).end(hop('www.lj.test', dest));
        return true;
      }
      return false;
    },
  });
  said = await everyCommand();
});
afterAll(async () => {
  await journal.close();
  rmSync(home, { recursive: true, force: true });
});

/** Everything that writes, with the owner's cookies, and at the end with a login that is over. */
async function everyCommand(): Promise<Outcome[]> {
  const [name, value] = OWNER_COOKIE.split('=');
  const cookies = join(home, 'cookies.txt');
  const line = (key: string, of: string) => `#HttpOnly_.lj.test\tTRUE\t/\tFALSE\t4102444800\t${key}\t${of}\n`;
  writeFileSync(
    cookies,
    `# Netscape HTTP Cookie File\n${line(name as string, value as string)}${line('ljloggedin', LOGGED_IN as string)}`,
  );
  const config = ['--config', journal.writeConfig(join(home, 'config.yaml'))];
  const owner = ['--cookies', cookies, '--contact', CONTACT as string, '--adult'];
  const out = ['--out', run, ...config];
  const bundle = join(run, BUNDLE);
  const site = ['--base-url', 'https://canary.example/moving/', ...config];
  const all: Outcome[] = [];
  for (const args of [
    ['migrate', journal.address, ...owner, ...out, '--include-locked', '--for', 'epub', '--images'],
    ['status', ...out],
    ['status', '--json', ...out],
    ['verify', `${bundle}.zip`],
    ['site', bundle, join(home, 'public'), ...site],
    ['goes', bundle, '--html', join(home, 'goes.html'), ...site],
    ['done', 'weather-station', '--out', run],
    ['moved', ...out],
    ['crawl', journal.address, '--json', ...owner, ...out],
  ])
    all.push(await ficferry(args));
  over = true;
  all.push(await ficferry(['crawl', journal.address, ...owner, '--out', join(home, 'second'), ...config]));
  return all;
}

/** Every file, and what is packed in it: each with the bytes as they are. */
function* written(folder: string): Generator<[string, Buffer]> {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (!statSync(path).isFile() || name === 'cookies.txt') continue;
    const bytes = readFileSync(path);
    yield [name, bytes];
    if (name.endsWith('.gz')) yield [`${name}, unpacked`, gunzipSync(bytes)];
    if (/\.(zip|epub)$/.test(name)) {
      for (const member of execFileSync('unzip', ['-Z1', path], { encoding: 'utf8' }).trim().split('\n'))
        if (!member.endsWith('/')) yield [`${name}, ${member}`, execFileSync('unzip', ['-p', path, member])];
    }
  }
}

const formsOf = (canary: string) => [
  canary,
  encodeURIComponent(canary),
  Buffer.from(canary).toString('base64').slice(0, -4),
];

describe('a run with everything that is secret', () => {
  it('went as it should, so that what follows says something', () => {
    expect(said.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 3]);
    expect(said.at(-1)?.stderr).toMatch(/login/);
    const asked = journal.asked.map(({ path, cookie, userAgent }) => `${path} ${cookie} ${userAgent}`).join('\n');
    for (const canary of Object.values(CANARIES)) expect(asked, canary).toContain(canary);
  });

  it.skipIf(!haveProgram('unzip'))('leaves none of it in any file, packed or not', () => {
    const found: string[] = [];
    let files = 0;
    for (const [name, bytes] of written(home)) {
      files++;
      const text = bytes.toString('latin1');
      for (const [what, canary] of Object.entries(CANARIES))
        if (formsOf(canary).some((form) => text.includes(form))) found.push(`${name}: ${what}`);
    }
    expect(found).toEqual([]);
    expect(files).toBeGreaterThan(200);
  });

  it('says none of it', () => {
    for (const { stdout, stderr } of said)
      for (const canary of Object.values(CANARIES).filter((one) => one !== CONTACT))
        expect(`${stdout}${stderr}`).not.toContain(canary);
  });
});

describe('what is locked', () => {
  it.skipIf(process.platform === 'win32')('stands in files that only their owner may read, and in no others', () => {
    const holding: string[] = [];
    for (const [name, bytes] of written(home)) {
      if (!LOCKED.some((words) => bytes.includes(words))) continue;
      holding.push(name);
      const file = name.replace(/, .*/, '');
      expect(statSync(join(home, file)).mode & 0o777, name).toBe(0o600);
    }
    // The owner's vault, the bundle for herself alone, and the books that she asked for.
    const places = holding.map((name) =>
      name
        .replace(/^second\/|^run\//, '')
        .replace(/^tarn_wick-bundle(\/|\.zip, )/, '')
        .replace(/^(\S*\/)?data\/([^/]+).*/, '$2'),
    );
    expect(new Set(places.map((name) => name.replace(/^(vault|tarn_wick-epub)\b.*/, '$1')))).toEqual(
      new Set(['vault', 'tarn_wick-epub', 'bundle.json', 'sheet', 'works']),
    );
  });

  it('is in no page, no go, no item for the archive, and in nothing that is served', async () => {
    const data = join(run, BUNDLE, 'data');
    const open = [join(data, 'pages'), join(data, 'otwarchive'), join(home, 'public')];
    for (const folder of open)
      for (const [name, bytes] of written(folder))
        for (const words of LOCKED) expect(bytes.includes(words), name).toBe(false);
    for (const words of LOCKED) expect(readFileSync(join(home, 'goes.html'), 'utf8')).not.toContain(words);

    const bundle = await openBundle(join(run, BUNDLE));
    const served = await serveSite(bundle, 0);
    try {
      const { works } = bundle.bundle;
      const all = readdirSync(data, { recursive: true, encoding: 'utf8' });
      expect(works.some(({ restricted }) => restricted)).toBe(true);
      for (const path of ['', ...all, ...all.map((name) => `data/${name}`), `../${BUNDLE}.zip`]) {
        const answer = await body(new URL(path, served.url).href);
        for (const words of LOCKED) expect(answer.includes(words), path).toBe(false);
      }
    } finally {
      await served.close();
      await bundle.close();
    }
  });
});

function body(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, (response) => {
      let text = '';
      response.on('data', (bytes) => (text += bytes)).on('end', () => resolve(text));
    }).on('error', reject);
  });
}
