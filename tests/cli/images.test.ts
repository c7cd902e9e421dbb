/** `--images` as a user meets it: the built program, a journal and three hosts of pictures on this machine. */
import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Vault } from '../../src/crawl/index.js';
import { give, HTML, lead, PICTURES, PictureHost } from '../journal/pictureHost.js';
import { POSTS, type Post } from '../journal/posts.js';
import { LoopbackJournal, OWNER_COOKIE } from '../journal/server.js';
import { digests, inFolder, type RunOptions, ficferry as runFicferry } from './program.js';

const BUNDLE = 'tarn_wick-bundle';
const CONTACT = 'canary-contact@example.org';
const MANY = 12;

let journal: LoopbackJournal;
/** A host that is there, one that leads inward, and what must never be asked. */
let one: PictureHost;
let two: PictureHost;
let inner: PictureHost;

/** Crawls of one site take turns on a machine, by locks among the temporary files; these are not to wait for other tests'. */
const ficferry = (args: string[], options: RunOptions = {}) =>
  runFicferry(args, { ...options, env: { TMPDIR: join(args[args.indexOf('--out') + 1] as string, '..') } });

/** The locked picture is told by its bytes. */
const LOCKED = Buffer.concat([PICTURES.png, Buffer.from('heliotrope-in-a-picture')]);
const image = (src: string, alt = '') => `<br /><br /><img src="${src}"${alt && ` alt="${alt}"`}>`;

function posts(): Post[] {
  const more: Record<number, string> = {
    1: image(one.url('/of-no-fic.png')),
    2: image(one.url('/lamp.png'), 'a lamp') + image(one.url('/lost.png'), 'the stair') + image(two.url('/parked.jpg')),
    4: image(one.url('/lamp.png')) + image('http://pics.lj.test/somebody/pic/1', 'hosted by the journal'),
    6: image(two.url('/inward.png'), 'inward'),
    9: image(one.url('/locked.png'), 'locked'),
    11: Array.from({ length: MANY }, (_, at) => image(one.url(`/many/${at}.gif`))).join(''),
  };
  return POSTS.map((post) => ({ ...post, body: post.body + (more[post.itemid] ?? '') }));
}

beforeAll(async () => {
  inner = await PictureHost.start('127.0.0.1', { '/secret.png': give(PICTURES.png) });
  const many = Array.from({ length: MANY }, (_, at) => [`/many/${at}.gif`, give(PICTURES.gif, 'image/gif')] as const);
  one = await PictureHost.start('127.0.0.2', {
    '/lamp.png': (response) => response.setHeader('set-cookie', 'tracked=1').end(PICTURES.png),
    '/locked.png': give(LOCKED),
    '/of-no-fic.png': give(PICTURES.png),
    ...Object.fromEntries(many),
  });
  two = await PictureHost.start('127.0.0.3', {
    '/parked.jpg': give(HTML, 'image/jpeg'),
    '/inward.png': lead(inner.url('/secret.png')),
  });
  journal = await LoopbackJournal.start({
    posts: posts(),
    before: ({ host }, response) => {
      if (host !== 'pics.lj.test') return false;
      response.writeHead(200, { 'content-type': 'image/png' }).end(PICTURES.png);
      return true;
    },
  });
});
afterAll(async () => {
  for (const host of [journal, one, two, inner]) await host.close();
});
beforeEach(() => {
  for (const host of [one, two, inner]) host.requested.length = 0;
  journal.asked.length = 0;
});

function config(folder: string, pause = 0.001): string[] {
  const file = join(folder, `config-${pause}.yaml`);
  journal.writeConfig(file);
  appendFileSync(file, `images: {pause: ${pause}, allow: [127.0.0.2, 127.0.0.3]}\n`);
  return ['--config', file];
}

function cookies(folder: string): string[] {
  const [name, value] = OWNER_COOKIE.split('=');
  const file = join(folder, 'cookies.txt');
  writeFileSync(file, `#HttpOnly_.lj.test\tTRUE\t/\tFALSE\t4102444800\t${name}\t${value}\n`);
  return ['--cookies', file];
}

const pictures = () => [...one.paths, ...two.paths, ...inner.paths];

function filesWith(folder: string, words: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .filter((name) => readFileSync(join(folder, name), 'latin1').includes(words))
    .sort();
}

describe('ficferry migrate --images', { timeout: 120_000 }, () => {
  it('carries the pictures of the works, and tells of each that is missing', async () => {
    await inFolder(async (folder) => {
      const run = join(folder, 'run');
      const args = ['--images', '--contact', CONTACT, '--out', run, ...cookies(folder), ...config(folder)];
      const done = await ficferry(['migrate', journal.address, '--include-locked', ...args]);
      expect(done.stderr).not.toMatch(/bug of ours/);
      expect(done.code).toBe(0);
      expect(done.stderr).toMatch(
        /Pictures: 18 pictures in your works, 18 to ask for from 3 hosts: about \d+ seconds?/,
      );
      expect(done.stdout).toMatch(/15 pictures carried, 3 could not be had and are links\./);
      expect(done.stdout).toMatch(/then: ficferry bundle --out \S+ --images/);
      const report = JSON.parse(readFileSync(join(run, 'report.json'), 'utf8'));
      expect(report.pictures.carried).toBe(15);
      expect(report.pictures.missing).toMatchObject([
        { work: 'weather-station', url: one.url('/lost.png'), why: 'it is not there any more (404)' },
        { work: 'weather-station', url: two.url('/parked.jpg'), why: 'what stands there now is no picture' },
        {
          work: 'the-salt-road',
          url: two.url('/inward.png'),
          why: expect.stringMatching(/not of the public internet/),
        },
      ]);
      const works = join(run, BUNDLE, 'data/works');
      expect(readdirSync(join(works, 'weather-station/images'))).toEqual(['001.png']);
      expect(readFileSync(join(works, 'weather-station/01.md'), 'utf8')).toContain(
        `![a lamp](images/001.png)\n\n[the stair](${one.url('/lost.png')})\n\n[\\[Picture\\]](${two.url('/parked.jpg')})`,
      );
      expect(readFileSync(join(works, 'the-salt-road/01.md'), 'utf8')).toContain(
        '![hosted by the journal](images/002.png)',
      );
      expect(readFileSync(join(works, 'the-salt-road/02.md'), 'utf8')).toContain(`[inward](${two.url('/inward.png')})`);
      for (const path of [BUNDLE, `${BUNDLE}.zip`])
        expect((await runFicferry(['verify', join(run, path)])).code).toBe(0);

      // What was asked, of whom, and as whom
      expect(inner.requested).toEqual([]);
      expect(pictures()).not.toContain('/of-no-fic.png');
      expect(pictures().filter((path) => path === '/lamp.png')).toHaveLength(1);
      for (const { headers } of [...one.requested, ...two.requested]) {
        expect(headers.cookie).toBeUndefined();
        expect(headers.referer).toBeUndefined();
        expect(JSON.stringify(headers)).not.toMatch(/canary-contact|tracked|ljsession/);
      }
      const own = journal.asked.filter(({ host }) => host === 'pics.lj.test');
      expect(own.map(({ path }) => path)).toEqual(['/robots.txt', '/somebody/pic/1']);
      for (const { cookie, userAgent } of own) expect([cookie, userAgent.includes(CONTACT)]).toEqual(['', true]);

      // The locked picture
      const secret = 'heliotrope-in-a-picture';
      expect(filesWith(join(run, BUNDLE), secret)).toEqual(['data/works/what-the-night-shift-keeps/images/001.png']);
      const path = join(works, 'what-the-night-shift-keeps/images/001.png');
      expect(statSync(path).mode & 0o777).toBe(0o600);
      const vault = await Vault.open(join(run, 'vault'), { readOnly: true });
      const places = [...vault.refs()].filter(({ url }) => url === one.url('/locked.png'));
      expect(places.map(({ restricted }) => restricted)).toEqual([true]);
      await vault.close();

      // Once more: what the vault has is not asked for, and the bundle is the same
      const before = digests(join(run, BUNDLE));
      for (const host of [one, two]) host.requested.length = 0;
      const again = await ficferry(['migrate', journal.address, '--include-locked', ...args]);
      expect(again.stderr).toMatch(/17 asked for before, 1 to ask for from 1 host/);
      expect(pictures()).toEqual([]);
      expect(digests(join(run, BUNDLE))).toEqual(before);

      // Without --include-locked the picture stays behind the lock with its post
      expect((await ficferry(['bundle', '--images', '--out', run, ...config(folder)])).code).toBe(0);
      expect(filesWith(join(run, BUNDLE), secret)).toEqual([]);
      expect(filesWith(join(run, BUNDLE), '/locked.png')).toEqual([]);
    });
  });

  it('changes nothing where it is not given', async () => {
    await inFolder(async (folder) => {
      const [plain, run] = [join(folder, 'plain'), join(folder, 'run')];
      const settings = config(folder);
      await ficferry(['migrate', journal.address, '--out', plain, ...settings]);
      expect(pictures()).toEqual([]);
      expect(JSON.parse(readFileSync(join(plain, 'report.json'), 'utf8')).pictures).toBeUndefined();

      const crawl = await ficferry(['crawl', journal.address, '--images', '--json', '--out', run, ...settings]);
      const events = crawl.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(events.filter(({ type }) => type === 'picture')).toHaveLength(17);
      expect(events.at(-1)).toMatchObject({ type: 'pictures', wanted: 17, carried: 14, complete: true });
      for (const host of [one, two]) host.requested.length = 0;
      // A vault that holds pictures makes the same bundle, report and summary without the flag
      const bundled = await ficferry(['bundle', '--out', run, ...settings]);
      expect(bundled.stdout).not.toMatch(/Passed over|picture/);
      expect(digests(join(run, BUNDLE))).toEqual(digests(join(plain, BUNDLE)));
      // and with it packs them without asking anybody
      const packed = await ficferry(['bundle', '--images', '--out', run, ...settings]);
      expect(packed.stdout).toMatch(/14 pictures carried, 3 could not be had/);
      expect(pictures()).toEqual([]);
      const status = JSON.parse((await ficferry(['status', '--json', '--out', run, ...settings])).stdout);
      expect(status).toMatchObject({ journal: 'tarn_wick', seen: 19, complete: true });
    });
  });

  it('goes on after Ctrl-C and after kills where it was, to the same bundle', async () => {
    await inFolder(async (folder) => {
      const [calm, hunted] = [join(folder, 'calm'), join(folder, 'hunted')];
      expect((await ficferry(['migrate', journal.address, '--images', '--out', calm, ...config(folder)])).code).toBe(0);
      const args = ['migrate', journal.address, '--images', '--out', hunted, ...config(folder, 0.1)];
      for (const [name, after] of [
        ['SIGKILL', 2],
        ['SIGINT', 3],
        ['SIGKILL', 2],
      ] as const) {
        const held = await heldPictures(hunted);
        one.requested.length = 0;
        const stopped = await ficferry(args, { signal: { name, when: () => one.paths.length >= after } });
        if (name === 'SIGINT')
          expect([stopped.code, stopped.stderr]).toEqual([
            130,
            expect.stringMatching(/Go on with:\n {2}ficferry migrate .* --images/),
          ]);
        expect(existsSync(join(hunted, BUNDLE))).toBe(false);
        expect(one.paths.filter((path) => held.has(one.url(path)))).toEqual([]);
      }
      const held = await heldPictures(hunted);
      expect(held.size).toBeGreaterThanOrEqual(5);
      one.requested.length = 0;
      const done = await ficferry(args);
      expect(done.code).toBe(0);
      expect(one.paths.filter((path) => held.has(one.url(path)))).toEqual([]);
      expect(digests(join(hunted, BUNDLE))).toEqual(digests(join(calm, BUNDLE)));
    });
  });
});

async function heldPictures(run: string): Promise<Set<string>> {
  const vault = await Vault.open(join(run, 'vault'), { readOnly: true }).catch(() => undefined);
  const urls = [...(vault?.refs() ?? [])].filter(({ use }) => use === 'picture').map(({ url }) => url);
  await vault?.close();
  return new Set(urls);
}
