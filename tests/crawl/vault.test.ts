import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  createReadStream,
  existsSync,
  readFileSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WARCParser } from 'warcio';
import { Vault } from '../../src/crawl/vault/vault.js';
import { tempFolder } from './vault-helpers.js';
import { page, STRANGER, snapshot } from './whole-vault.js';

describe('a vault', () => {
  it('gives back what it was given, now and after it is opened again', async () => {
    const folder = tempFolder();
    const vault = await Vault.open(folder);
    const body = Buffer.from([0, 0xff, 0x0d, 0x0a, 0x0d, 0x0a, 0xcf, 0xf0, 0xe8]);
    const headers = { 'Content-Type': 'text/html; charset=windows-1251', 'x-empty': '', 'x-wide': '  a\r\nb\u00a0 ' };
    const ref = await vault.append(
      page(7, { status: 404, headers, body, access: { adult: true, account: false } }),
      'open',
    );
    const expected = {
      url: 'https://somebody.dreamwidth.org/7.html?format=light',
      time: '2024-01-01T00:00:07.000Z',
      status: 404,
      headers: {
        'content-type': 'text/html; charset=windows-1251',
        'x-empty': '',
        'x-wide': 'a b\u00a0',
        'content-length': '9',
      },
      body,
      access: { adult: true, account: false },
    };
    expect(await vault.read(ref)).toEqual(expected);
    await vault.close();

    const again = await Vault.open(folder);
    expect([...again.refs()]).toEqual([ref]);
    expect(await again.read(ref)).toEqual(expected);
    await again.close();
  });

  it('finds captures by address and keeps two of one address', async () => {
    const folder = tempFolder();
    const vault = await Vault.open(folder);
    const url = 'https://somebody.dreamwidth.org/1.html';
    const first = await vault.append(page(1, { url: `${url}#comments` }), 'open');
    const second = await vault.append(page(2, { url: 'HTTPS://Somebody.Dreamwidth.org/1.html' }), 'restricted');
    const early = await vault.append(page(0, { url }), 'open');
    expect(vault.all(url)).toEqual([early, first, second]);
    expect(vault.newest('https://SOMEBODY.dreamwidth.org/1.html')).toBe(second);
    expect(vault.newest('https://somebody.dreamwidth.org/2.html')).toBeUndefined();
    expect(vault.newest('no address')).toBeUndefined();
    expect(first.url).toBe(url);
    const before = [...vault.refs()];
    await vault.close();
    const again = await Vault.open(folder, { readOnly: true });
    expect([...again.refs()]).toEqual(before);
    expect(await again.check()).toEqual({ captures: 3, restricted: 1 });
    await again.close();
  });

  it('takes appends that are asked for at once in turn', async () => {
    const folder = tempFolder();
    const vault = await Vault.open(folder);
    const numbers = Array.from({ length: 20 }, (_, i) => i + 1);
    await Promise.all(numbers.map((n) => vault.append(page(n), n % 2 ? 'open' : 'restricted')));
    expect(await vault.check()).toEqual({ captures: 20, restricted: 10 });
    await vault.close();
    await vault.close();
    expect(() => vault.append(page(1), 'open')).toThrow('not open for writing');
  });

  it('shares four access objects among all captures', async () => {
    const folder = tempFolder();
    const vault = await Vault.open(folder);
    for (let n = 1; n <= 8; n++)
      await vault.append(page(n, { access: { adult: n % 2 === 0, account: n > 4 } }), 'open');
    await vault.close();
    const again = await Vault.open(folder, { readOnly: true });
    expect(new Set([...again.refs()].map((ref) => ref.access)).size).toBe(4);
    await again.close();
  });

  it('keeps restricted captures in files that only their owner may read', async () => {
    const folder = tempFolder();
    const mask = process.umask(0);
    try {
      const vault = await Vault.open(folder);
      await vault.append(page(1), 'restricted');
      for (const name of ['restricted.warc.gz', 'restricted.cdxj']) {
        expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600);
      }
      await vault.close();
      expect(statSync(join(folder, 'restricted.cdxj')).mode & 0o777).toBe(0o600);
      expect(existsSync(join(folder, 'captures.warc.gz'))).toBe(false);

      chmodSync(join(folder, 'restricted.warc.gz'), 0o644);
      await (await Vault.open(folder)).close();
      expect(statSync(join(folder, 'restricted.warc.gz')).mode & 0o777).toBe(0o600);
    } finally {
      process.umask(mask);
    }
  });
});

describe('what is never stored', () => {
  const isSessionHop = (url: string) => new URL(url).pathname === '/__setdomsess';
  const secret = 'https://somebody.livejournal.com/__setdomsess?dest=x&v=SESSION123';

  it('drops cookies, encodings and values that carry a session', async () => {
    const folder = tempFolder();
    const vault = await Vault.open(folder, { isSessionHop });
    const headers = {
      'Set-Cookie': 'ljsession=SESSION123',
      'content-encoding': 'gzip',
      'Transfer-Encoding': 'chunked',
      'Content-Length': '99999',
      refresh: '0;URL=/__setdomsess?v=SESSION123',
      link: `<https://a.test/>; rel=x, <${secret}>; rel=next`,
      'x-nested': `https://a.test/?to=${encodeURIComponent(secret)}`,
      'x-nested-plain': `https://a.test/?to=${secret}`,
      'bad name': 'x',
      server: 'one',
    };
    const ref = await vault.append(page(1, { headers, body: Buffer.from('ok') }), 'open');
    expect((await vault.read(ref)).headers).toEqual({ 'content-length': '2', server: 'one' });
    await vault.close();
  });

  it('drops the body of a redirect along with the address it leads to', async () => {
    const folder = tempFolder();
    const vault = await Vault.open(folder, { isSessionHop });
    const hop = page(1, {
      status: 302,
      headers: { location: secret },
      body: Buffer.from(`<a href="${secret}">here</a>`),
    });
    const plain = page(2, { status: 302, headers: { location: '/3.html' }, body: Buffer.from('on') });
    expect(await vault.read(await vault.append(hop, 'open'))).toMatchObject({ headers: { 'content-length': '0' } });
    expect((await vault.read(await vault.append(plain, 'open'))).headers.location).toBe('/3.html');
    await vault.close();
  });

  it('refuses an address that carries a session, and what is no capture', async () => {
    const folder = tempFolder();
    const vault = await Vault.open(folder, { isSessionHop });
    expect(() => vault.append(page(1, { url: secret }), 'open')).toThrow('session');
    expect(() => vault.append(page(1, { status: 0 }), 'open')).toThrow('no HTTP status');
    expect(() => vault.append(page(1, { time: 'yesterday' }), 'open')).toThrow();
    expect(() => vault.append(page(1, { url: 'nowhere' }), 'open')).toThrow();
    await vault.close();
    expect(snapshot(folder)).toEqual({});
  });
});

describe('other tools', () => {
  async function written(): Promise<string> {
    const folder = tempFolder();
    const vault = await Vault.open(folder);
    for (const n of [3, 1, 2]) await vault.append(page(n), 'open');
    await vault.append(page(1, { status: 302, headers: { location: '/x?a=,,,b' }, body: Buffer.alloc(0) }), 'open');
    await vault.append(page(4, { url: 'https://www.livejournal.com/go.bml?itemid=9&dir=prev,,,x&Journal=A' }), 'open');
    await vault.append(page(5, { headers: { 'x-name': 'Зимний свет' }, body: Buffer.alloc(300_000, 'lamp ') }), 'open');
    await vault.close();
    return folder;
  }

  it('is sound gzip, one member for each record', async () => {
    const warc = join(await written(), 'captures.warc.gz');
    expect(spawnSync('gzip', ['-t', warc]).status).toBe(0);
    const text = spawnSync('gzip', ['-dc', warc], { encoding: 'utf8', maxBuffer: 1e8 }).stdout;
    expect(text.match(/^WARC\/1\.1\r$/gm)).toHaveLength(7);
    expect(text).toContain('WARC-Ficferry-Access: stranger\r\n');
  });

  it('reads the same with the parser of warcio', async () => {
    const folder = await written();
    const vault = await Vault.open(folder, { readOnly: true });
    const byOffset = new Map([...vault.refs()].map((ref) => [ref.offset, ref]));
    const parser = new WARCParser(createReadStream(join(folder, 'captures.warc.gz')));
    const types: string[] = [];
    for await (const record of parser) {
      types.push(record.warcType);
      const body = Buffer.from(await record.readFully(false));
      if (record.warcType !== 'response') continue;
      const ref = byOffset.get(parser.offset);
      const capture = ref && (await vault.read(ref));
      expect(record.warcTargetURI).toBe(capture?.url);
      expect(record.warcDate).toBe(capture?.time);
      expect(record.getResponseInfo()?.status).toBe(capture?.status);
      expect(record.getResponseInfo()?.headers.get('content-type')).toBe(capture?.headers['content-type'] ?? null);
      expect(body.equals(capture?.body as Uint8Array)).toBe(true);
    }
    expect(types).toEqual(['warcinfo', ...Array.from({ length: 6 }, () => 'response')]);
    await vault.close();
  });

  it('has the index that warcio would make, sorted by bytes, with our own keys added', async () => {
    const folder = await written();
    const made = spawnSync('npx', ['warcio', 'cdx-index', join(folder, 'captures.warc.gz')], {
      encoding: 'utf8',
    }).stdout;
    const own = readFileSync(join(folder, 'captures.cdxj'), 'utf8');
    const bare = own.replace(/,"time":"[^"]+","access":"[^"]+"\}$/gm, '}');
    const theirs = made
      .trim()
      .split('\n')
      .map((line) => line.replace(/"filename":"[^"]*"/, '"filename":"captures.warc.gz"'));
    expect(bare.trim().split('\n')).toEqual(theirs.sort());
    const sorted = spawnSync('sort', ['-c', join(folder, 'captures.cdxj')], { env: { ...process.env, LC_ALL: 'C' } });
    expect(sorted.status).toBe(0);
  });
});

describe('trouble with the disk', () => {
  it.skipIf(!existsSync('/dev/full'))('says that it is full, and takes nothing more', async () => {
    const folder = tempFolder();
    symlinkSync('/dev/full', join(folder, 'captures.warc.gz'));
    const vault = await Vault.open(folder);
    await expect(vault.append(page(1), 'open')).rejects.toMatchObject({ code: 'DISK', message: /disk is full/ });
    await expect(vault.append(page(2), 'open')).rejects.toMatchObject({ code: 'DISK' });
    expect([...vault.refs()]).toEqual([]);
    await vault.close();
  });

  it.skipIf(!existsSync('/dev/full'))('leaves a sound vault where the index could not be written', async () => {
    const folder = tempFolder();
    const vault = await Vault.open(folder);
    await vault.append(page(1), 'open');
    await vault.close();
    const again = await Vault.open(folder);
    // Only now, since reading that file never ends.
    symlinkSync('/dev/full', join(folder, 'restricted.cdxj'));
    await expect(again.append(page(2), 'restricted')).rejects.toMatchObject({ code: 'DISK' });
    unlinkSync(join(folder, 'restricted.cdxj'));
    await again.append(page(3), 'open');
    await again.close();
    const third = await Vault.open(folder, { readOnly: true });
    expect([...third.refs()].map((ref) => ref.time)).toEqual([page(1).time, page(3).time]);
    await third.close();
  });

  it('says where a file stands in place of the folder', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'file'), '');
    await expect(Vault.open(join(folder, 'file'))).rejects.toMatchObject({ code: 'DISK' });
    await expect(Vault.open(join(folder, 'file', 'vault'))).rejects.toMatchObject({ code: 'DISK' });
  });
});

describe('a vault opened to be read', () => {
  it('is not made where there is none', async () => {
    const folder = join(tempFolder(), 'vault');
    await expect(Vault.open(folder, { readOnly: true })).rejects.toMatchObject({ code: 'NO_VAULT' });
    expect(existsSync(folder)).toBe(false);
  });

  it('changes nothing, however the last run ended', async () => {
    const folder = tempFolder();
    const vault = await Vault.open(folder);
    for (const n of [3, 1, 2]) await vault.append(page(n), n === 2 ? 'restricted' : 'open');
    // Not closed: the index is unsorted. A torn record and a torn line come on top.
    writeFileSync(join(folder, 'captures.warc.gz'), Buffer.alloc(100), { flag: 'a' });
    writeFileSync(join(folder, 'captures.cdxj'), 'org,dreamwidth', { flag: 'a' });
    writeFileSync(join(folder, 'captures.cdxj.new'), 'org,drea');
    const before = snapshot(folder);
    const reader = await Vault.open(folder, { readOnly: true });
    expect(await reader.check()).toEqual({ captures: 3, restricted: 1 });
    expect(() => reader.append(page(4), 'open')).toThrow('not open for writing');
    await reader.close();
    expect(snapshot(folder)).toEqual(before);
    await vault.close();
  });
});

it('stores the access it is given in the record itself', async () => {
  const folder = tempFolder();
  const vault = await Vault.open(folder);
  const accesses = [
    STRANGER,
    { adult: true, account: false },
    { adult: false, account: true },
    { adult: true, account: true },
  ];
  for (const [i, access] of accesses.entries()) await vault.append(page(i, { access }), 'restricted');
  await vault.close();
  writeFileSync(join(folder, 'restricted.cdxj'), '');
  const again = await Vault.open(folder);
  expect([...again.refs()].map((ref) => ref.access)).toEqual(accesses);
  await again.close();
});
