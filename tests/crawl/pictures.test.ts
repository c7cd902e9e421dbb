import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.js';
import {
  addPath,
  entriesOf,
  Fetcher,
  fetchPictures,
  PictureHosts,
  planPictures,
  storedPicture,
  Vault,
  type WantedPicture,
} from '../../src/crawl/index.js';
import type { PictureHostsInside } from '../../src/crawl/pictures/hosts.js';
import { pictureKind } from '../../src/crawl/pictures/kind.js';
import { Sites } from '../../src/journal/index.js';
import { give, HTML, lead, PICTURES, type PictureHandler, PictureHost } from '../journal/pictureHost.js';
import { LoopbackJournal } from '../journal/server.js';
import { QuickTime } from './fetcher-help.js';
import { tempFolder } from './vault-helpers.js';

const config = loadConfig();
const sites = new Sites(config);

const hosts: PictureHost[] = [];
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close();
});

async function host(address: string, paths: Record<string, PictureHandler>): Promise<PictureHost> {
  const started = await PictureHost.start(address, paths);
  hosts.push(started);
  return started;
}

interface Given {
  folder?: string;
  images?: Partial<typeof config.images>;
  inside?: Partial<PictureHostsInside>;
  stopping?: () => boolean;
  contact?: string;
}

/** One pass over these addresses; 127.0.0.2 to 127.0.0.4 are allowed, nothing else of this machine is. */
async function pass(addresses: (string | WantedPicture)[], given: Given = {}) {
  const { folder = tempFolder(), stopping, contact } = given;
  const images = { ...config.images, pause: 0.001, allow: ['127.0.0.2', '127.0.0.3', '127.0.0.4'], ...given.images };
  const wanted = addresses.map((one) => (typeof one === 'string' ? { address: one, restricted: false } : one));
  const vault = await Vault.open(folder);
  const asked = new PictureHosts({ sites, version: '9.9', images, contact }, { random: () => 0, ...given.inside });
  const events: string[] = [];
  try {
    const plan = await planPictures(vault, wanted, asked, images);
    const end = await fetchPictures({
      vault,
      plan,
      hosts: asked,
      images,
      lock: async () => ({ [Symbol.asyncDispose]: async () => {} }),
      stopping,
      onPicture: ({ done, total, kind }) => events.push(`${done}/${total} ${kind}`),
    });
    const whys = Object.fromEntries(end.missing.map(({ url, why }) => [new URL(url).pathname, why]));
    return { end, plan, whys, events, folder, images, refs: [...vault.refs()] };
  } finally {
    await asked.close();
    await vault.close();
  }
}

describe('what a picture is', () => {
  const kind = (body: string | Uint8Array) => pictureKind(Buffer.from(body), config.images.types)?.ending;

  it('is told by its first bytes', () => {
    expect(Object.values(PICTURES).map(kind)).toEqual(['png', 'gif', 'jpg', 'webp']);
    expect(kind(Buffer.from('0000001c667479706176696600000000', 'hex'))).toBe('avif');
    expect(kind(Buffer.from('424d3a000000000000003600', 'hex'))).toBe('bmp');
  });

  it('is no page, no drawing that may hold scripts, no text, and nothing too short to tell', () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    for (const other of [
      HTML,
      svg,
      `<?xml version="1.0"?>${svg}`,
      'BM is how this sentence begins',
      'RIFF....WAVEfmt ',
      '',
      'GIF',
    ])
      expect(kind(other), other).toBeUndefined();
    expect(kind(PICTURES.png.subarray(0, 7))).toBeUndefined();
  });
});

describe('the pictures’ pass', () => {
  it('keeps what is a picture, whatever it is called, and says why others are missing', async () => {
    const one = await host('127.0.0.2', {
      '/a.png': give(PICTURES.png),
      '/lies.jpg': give(PICTURES.gif, 'text/html'),
      '/parked.jpg': give(HTML, 'image/jpeg'),
      '/empty.png': give(''),
      '/drawing.svg': give('<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml'),
      '/gone.png': give(HTML, 'text/html', 410),
      '/not-for-you.png': give(HTML, 'text/html', 403),
    });
    const paths = [
      '/a.png',
      '/lies.jpg',
      '/parked.jpg',
      '/empty.png',
      '/drawing.svg',
      '/gone.png',
      '/never.png',
      '/not-for-you.png',
    ];
    const { end, whys, events } = await pass(paths.map((path) => one.url(path)));
    expect(end).toMatchObject({ wanted: 8, carried: 2, asked: 8, complete: true });
    expect(whys).toEqual({
      '/parked.jpg': 'what stands there now is no picture',
      '/empty.png': 'what stands there now is no picture',
      '/drawing.svg': 'what stands there now is no picture',
      '/gone.png': 'it is not there any more (410)',
      '/never.png': 'it is not there any more (404)',
      '/not-for-you.png': 'its host does not give it out (403)',
    });
    expect(events).toHaveLength(8);
    expect(events[0]).toBe('1/8 picture');
  });

  it('asks nothing again that the vault has an answer of, and goes on with the rest', async () => {
    let broken = true;
    const one = await host('127.0.0.2', {
      '/a.png': give(PICTURES.png),
      '/page.png': give(HTML, 'text/html'),
      '/moved.png': lead('/a.png', 301),
      '/later.png': (response) => (broken ? response.socket?.destroy() : give(PICTURES.gif)(response, {} as never)),
    });
    const urls = ['/a.png', '/page.png', '/moved.png', '/none.png', '/later.png'].map((path) => one.url(path));
    const first = await pass(urls);
    expect(first.whys['/later.png']).toMatch(/^127\.0\.0\.2:\d+ gave no usable answer: the connection broke off/);
    // The one that failed is the only one tried twice, and what another picture led to is there already
    expect(one.paths).toEqual(['/a.png', '/page.png', '/moved.png', '/none.png', '/later.png', '/later.png']);
    one.requested.length = 0;
    broken = false;
    const second = await pass(urls, { folder: first.folder });
    expect(second.plan.held).toBe(4);
    expect(one.paths).toEqual(['/later.png']);
    expect(second.end).toMatchObject({ carried: 3, asked: 1, complete: true });
    one.requested.length = 0;
    const third = await pass(urls, { folder: first.folder });
    expect(one.requested).toEqual([]);
    expect(third.end).toMatchObject({ wanted: 5, carried: 3, asked: 0, complete: true });
    expect(third.end.missing).toEqual(second.end.missing);
  });

  it('says nothing of the user, and takes nothing from a host to give it back', async () => {
    const one = await host('127.0.0.2', {
      '/a.png': (response) => response.setHeader('set-cookie', 'tracked=1; path=/').end(PICTURES.png),
      '/b.png': (response) => response.writeHead(302, { location: '/a.png?', 'set-cookie': 'seen=2' }).end(),
      '/a.png?': give(PICTURES.png),
    });
    const { end, refs } = await pass([one.url('/a.png'), one.url('/b.png')], { contact: 'canary@example.org' });
    expect(end.carried).toBe(2);
    expect(one.requested.length).toBeGreaterThanOrEqual(4);
    for (const { headers } of one.requested) {
      expect(Object.keys(headers).sort()).toEqual([
        'accept',
        'accept-encoding',
        'accept-language',
        'connection',
        'host',
        'user-agent',
      ]);
      expect(headers['user-agent']).toBe("ficferry/9.9 (+one-off migration of an author's own journal)");
      expect(JSON.stringify(headers)).not.toMatch(/canary|tracked|seen/);
    }
    expect(refs.every(({ use }) => use === 'picture')).toBe(true);
  });

  it('never sends a password that an address holds', async () => {
    const one = await host('127.0.0.2', { '/a.png': give(PICTURES.png) });
    const { whys } = await pass([one.url('/a.png').replace('http://', 'http://somebody:secret@')]);
    expect(whys).toEqual({ '/a.png': 'its address is none that can be asked for' });
    expect(one.requested).toEqual([]);
  });
});

describe('redirects to a picture', () => {
  it('are followed to other hosts, each of which is looked at anew', async () => {
    const inner = await host('127.0.0.1', { '/secret.png': give(PICTURES.png) });
    const two = await host('127.0.0.3', { '/b.png': give(PICTURES.png), '/on.png': lead(inner.url('/secret.png')) });
    const one = await host('127.0.0.2', {
      '/good.png': lead(two.url('/b.png'), 307),
      '/inner.png': lead(inner.url('/secret.png')),
      '/twice.png': lead(two.url('/on.png')),
      '/v6.png': lead('http://[::1]/x.png'),
      '/name.png': lead(`http://localhost:${inner.port}/secret.png`),
      '/file.png': lead('file:///etc/hostname'),
      '/broken.png': lead('http://[nonsense/'),
    });
    const names = ['good', 'inner', 'twice', 'v6', 'name', 'file', 'broken'];
    const { end, whys } = await pass([...names.map((name) => one.url(`/${name}.png`)), inner.url('/secret.png')]);
    expect(end.carried).toBe(1);
    for (const name of ['inner', 'twice', 'v6', 'name'])
      expect(whys[`/${name}.png`], name).toMatch(/not of the public internet/);
    expect(whys['/secret.png']).toMatch(/not of the public internet/);
    expect(whys['/file.png']).toBe('its address is none that can be asked for');
    expect(whys['/broken.png']).toBe('its host does not give it out (302)');
    expect(inner.requested).toEqual([]);
  });

  it('end where they are too many or go round', async () => {
    const paths = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`/${at}.png`, lead(`/${at + 1}.png`)]));
    const one = await host('127.0.0.2', { ...paths, '/9.png': give(PICTURES.png), '/round.png': lead('/round.png') });
    const { end, whys } = await pass([one.url('/0.png'), one.url('/4.png'), one.url('/round.png')]);
    expect(whys).toEqual({ '/0.png': 'its address leads on and on', '/round.png': 'its address leads on and on' });
    // Five hops lead to the sixth address
    expect(end.carried).toBe(1);
    expect(one.paths.filter((path) => path === '/round.png')).toHaveLength(1);
  });
});

describe('hosts that misbehave', () => {
  const large = { images: { largest: 1000 } };

  it('give no more than the largest picture, announced or not', async () => {
    let sent = 0;
    const one = await host('127.0.0.2', {
      '/announced.png': (response) => response.writeHead(200, { 'content-length': '1001' }).write(PICTURES.png),
      '/endless.png': (response) => {
        response.write(PICTURES.png);
        const timer = setInterval(() => response.write(Buffer.alloc(100)) && sent++, 1);
        response.on('close', () => clearInterval(timer));
      },
      '/packed.png': (response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(20_000)));
      },
      '/small.png': give(PICTURES.png),
    });
    const { end, whys } = await pass(
      ['/announced.png', '/endless.png', '/packed.png', '/small.png'].map((path) => one.url(path)),
      large,
    );
    expect(whys['/announced.png']).toBe('it is larger than 0.001 MB');
    expect(whys['/endless.png']).toBe('it is larger than 0.001 MB');
    expect(whys['/packed.png']).toBe('it is larger than 0.001 MB');
    expect(sent).toBeLessThan(100);
    expect(end.carried).toBe(1);
  });

  it('are left to the next run when they drip or say nothing', async () => {
    const one = await host('127.0.0.2', {
      '/silent.png': () => {},
      '/drip.png': (response) => {
        response.write(PICTURES.png);
        const timer = setInterval(() => response.write('.'), 20);
        response.on('close', () => clearInterval(timer));
      },
      '/c.png': give(PICTURES.png),
    });
    const two = await host('127.0.0.3', { '/d.png': give(PICTURES.png) });
    const urls = ['/silent.png', '/drip.png', '/c.png'].map((path) => one.url(path));
    const bounds = { response: 300, idle: 250, whole: 400 };
    const { end, whys } = await pass([...urls, two.url('/d.png')], { inside: { bounds } });
    expect(whys['/silent.png']).toMatch(/took too long/);
    expect(whys['/drip.png']).toMatch(/took too long/);
    // Two failures one upon the other: the third is not even tried, and another host's pictures come all the same
    expect(whys['/c.png']).toBe(whys['/drip.png']);
    expect(one.paths).toEqual(['/silent.png', '/silent.png', '/drip.png', '/drip.png']);
    expect(end.carried).toBe(1);
  });

  it('are asked once where nobody answers at all', async () => {
    const gone = await host('127.0.0.2', {});
    const urls = Array.from({ length: 20 }, (_, at) => gone.url(`/${at}.png`));
    await gone.close();
    hosts.length = 0;
    const waits: number[] = [];
    const time = new QuickTime();
    const { end } = await pass(urls, { inside: { time } });
    waits.push(...time.slept);
    expect(end.missing).toHaveLength(20);
    expect(new Set(end.missing.map(({ why }) => why)).size).toBe(1);
    expect(end.missing[0]?.why).toMatch(/refused the connection/);
    // One look at robots.txt and its second try
    expect(waits.length).toBeLessThanOrEqual(2);
  });

  it('may ask for a short wait, and are left where they ask for a long one', async () => {
    const one = await host('127.0.0.2', {
      '/busy.png': (response) => response.writeHead(503, { 'retry-after': '3' }).end(),
      '/never.png': (response) => response.writeHead(429, { 'retry-after': '3600' }).end(),
      '/after.png': give(PICTURES.png),
    });
    const time = new QuickTime();
    const { whys } = await pass(
      ['/busy.png', '/never.png', '/after.png'].map((path) => one.url(path)),
      { inside: { time } },
    );
    expect(time.slept).toContain(3000);
    expect(whys['/never.png']).toMatch(/asks for a wait of 1 h|asks for a wait of 60 min/);
    expect(whys['/after.png']).toBe(whys['/never.png']);
    expect(Math.max(...time.slept)).toBeLessThanOrEqual(3000);
  });
});

describe('manners', () => {
  it('keep to each host’s robots.txt and its pause, and to a pause of our own', async () => {
    const robots = 'User-agent: *\nDisallow: /private/\nCrawl-delay: 7\n';
    const one = await host('127.0.0.2', {
      '/robots.txt': give(robots, 'text/plain'),
      '/a.png': give(PICTURES.png),
      '/b.png': give(PICTURES.png),
      '/private/c.png': give(PICTURES.png),
    });
    const time = new QuickTime();
    const { end, whys } = await pass(
      ['/a.png', '/private/c.png', '/b.png'].map((path) => one.url(path)),
      { inside: { time } },
    );
    expect(end.carried).toBe(2);
    expect(whys['/private/c.png']).toMatch(/^robots\.txt of 127\.0\.0\.2:\d+ says "Disallow: \/private\/"$/);
    expect(one.requested.map(({ path }) => path)).toEqual(['/robots.txt', '/a.png', '/b.png']);
    expect(time.slept).toEqual([7000, 7000]);
  });

  it('ask nothing where robots.txt can’t be read', async () => {
    const one = await host('127.0.0.2', { '/robots.txt': give('', 'text/plain', 500), '/a.png': give(PICTURES.png) });
    const { whys } = await pass([one.url('/a.png')]);
    expect(whys['/a.png']).toMatch(/500/);
    expect(one.paths).toEqual([]);
  });

  it('give each host a pause of its own, and ask some side by side', async () => {
    let atOnce = 0;
    let most = 0;
    const slowly: PictureHandler = (response) => {
      most = Math.max(most, ++atOnce);
      setTimeout(() => {
        atOnce--;
        response.end(PICTURES.png);
      }, 80);
    };
    const paths = { '/a.png': slowly, '/b.png': slowly };
    const three = [await host('127.0.0.2', paths), await host('127.0.0.3', paths), await host('127.0.0.4', paths)];
    const urls = three.flatMap((one) => [one.url('/a.png'), one.url('/b.png')]);
    const { end } = await pass(urls, { images: { hosts: 2 } });
    expect(end.carried).toBe(6);
    expect(most).toBe(2);
  });

  it('stop after the picture in hand, and go on from there', async () => {
    const paths = Object.fromEntries(['/a.png', '/b.png', '/c.png'].map((path) => [path, give(PICTURES.png)]));
    const one = await host('127.0.0.2', paths);
    const urls = Object.keys(paths).map((path) => one.url(path));
    const first = await pass(urls, { stopping: () => one.paths.length >= 2 });
    expect(first.end).toMatchObject({ wanted: 3, carried: 2, complete: false });
    expect(first.whys['/c.png']).toBe('it was not asked for yet');
    one.requested.length = 0;
    const second = await pass(urls, { folder: first.folder });
    expect(second.end).toMatchObject({ carried: 3, complete: true });
    expect(one.paths).toEqual(['/c.png']);
  });
});

describe('pictures of locked entries', () => {
  it('are kept where nobody else may read, and do not serve an open entry', async () => {
    const one = await host('127.0.0.2', { '/a.png': lead('/b.png'), '/b.png': give(PICTURES.png) });
    const address = one.url('/a.png');
    const first = await pass([{ address, restricted: true }]);
    expect(first.refs.map(({ restricted }) => restricted)).toEqual([true, true]);
    expect(statSync(join(first.folder, 'restricted.warc.gz')).mode & 0o777).toBe(0o600);
    const vault = await Vault.open(first.folder, { readOnly: true });
    expect((await storedPicture(vault, address, true, first.images)).kind).toBe('picture');
    expect((await storedPicture(vault, address, false, first.images)).kind).toBe('unasked');
    await vault.close();
    const second = await pass([{ address, restricted: false }], { folder: first.folder });
    expect(second.end).toMatchObject({ carried: 1, asked: 2 });
    expect(second.refs.map(({ restricted }) => restricted).sort()).toEqual([false, false, true, true]);
  });
});

describe('the vault', () => {
  it('never takes for a page what was asked for as a picture, be it an entry’s own', async () => {
    const posts = await LoopbackJournal.start();
    hosts.push(posts as never);
    const [address, other] = [posts.entryAddress(2), posts.entryAddress(3)];
    const own = loadConfig(posts.writeConfig(join(tempFolder(), 'config.yaml')));
    const known = new Sites(own);
    const folder = tempFolder();
    const vault = await Vault.open(folder);
    const asked = new PictureHosts({ sites: known, version: '9.9', images: own.images });
    await vault.append(await asked.ask(address), 'open');
    const fetcher = new Fetcher({ sites: known, version: '9.9', adult: false });
    await vault.append(await fetcher.get(other), 'open');
    const entries = [];
    for await (const { url } of entriesOf(vault, known)) entries.push(url);
    expect(entries).toEqual([other]);
    expect(await storedPicture(vault, address, false, own.images)).toMatchObject({ kind: 'none', gone: true });
    // A page of the crawl is no answer to who asks for a picture, either
    expect((await storedPicture(vault, other, false, own.images)).kind).toBe('unasked');
    await vault.close();
    const into = await Vault.open(tempFolder());
    const summary = await addPath(join(folder, 'captures.warc.gz'), { sites: known, vault: into });
    expect(summary.added).toBe(1);
    expect([...into.refs()].map(({ url }) => url)).toEqual([other]);
    await into.close();
    await asked.close();
    await fetcher.close();
  });

  it('tells pictures from pages, with its index and without', async () => {
    const one = await host('127.0.0.2', { '/a.png': give(PICTURES.png) });
    const { folder } = await pass([one.url('/a.png')]);
    rmSync(join(folder, 'captures.cdxj'));
    const vault = await Vault.open(folder);
    const [ref] = [...vault.refs()];
    expect(ref?.use).toBe('picture');
    const capture = await vault.read(ref as NonNullable<typeof ref>);
    expect(capture.use).toBe('picture');
    expect(Buffer.from(capture.body).equals(PICTURES.png)).toBe(true);
    await vault.close();
  });
});
