import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addressesIn, List, type ListOptions, readAddressFile } from '../../src/crawl/walk/source.js';
import type { Entry } from '../../src/model.js';
import { entry, FakeSite, go, sites, url } from './walk-chain.js';

const [A, B, C, D] = [286, 516, 920, 1229] as const;

async function list(
  site: FakeSite,
  addresses: string[],
  options: ListOptions = {},
  linksOf: (entry: Entry) => string[] = () => [],
) {
  const parsed = addresses.map((address) => sites.parse(address));
  const source = new List(site, sites, parsed, linksOf, options);
  const visits: (number | undefined)[] = [];
  for await (const visit of source.visits()) visits.push(visit.id?.number);
  const { complete, why, chain } = source.end();
  return { visits, chain: chain.map((look) => look.id?.number), complete, why };
}

describe('addressesIn', () => {
  it('takes any form of an address, one a line, and passes over blank lines and comments', () => {
    const text = [
      '\uFEFF# the ferry stories',
      '',
      'https://lamp-room.dreamwidth.org/286.html?format=light#comments',
      '  users.dreamwidth.org/lamp_room/516.html  ',
      '\t# and one by its name',
      'https://lamp-room.dreamwidth.org/2011/06/30/the-name.html',
    ].join('\r\n');
    expect(addressesIn(text, 'list.txt', sites)).toEqual([
      'https://lamp-room.dreamwidth.org/286.html',
      'https://lamp-room.dreamwidth.org/516.html',
      'https://lamp-room.dreamwidth.org/2011/06/30/the-name.html',
    ]);
  });

  it.each([
    ['a journal', 'https://lamp-room.dreamwidth.org/', 'BAD_ADDRESS'],
    ['no address', 'the one with the lamp', 'BAD_ADDRESS'],
    ['a site that is not known', 'https://journals.example/1.html', 'UNKNOWN_SITE'],
  ])('names file and line of %s', (_, line, code) => {
    expect(() => addressesIn(`# mine\n${line}\n`, 'list.txt', sites)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining('list.txt, line 2: ') }),
    );
  });

  it('refuses a list without addresses', () => {
    expect(() => addressesIn('# nothing\n\n', 'list.txt', sites)).toThrow(/list.txt holds no addresses/);
  });
});

describe('readAddressFile', () => {
  it('reads a file, and says so when there is none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ficferry-list-'));
    try {
      await writeFile(join(folder, 'list.txt'), `${url(A)}\n`);
      expect(await readAddressFile(join(folder, 'list.txt'), sites)).toEqual([url(A)]);
      await expect(readAddressFile(join(folder, 'none.txt'), sites)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('a list', () => {
  it('is visited in its own order, each entry once whatever its address, and no neighbour is asked for', async () => {
    const site = FakeSite.chain(A, B, C, D);
    const result = await list(site, [url(C), `${url(A)}?thread=7`, 'users.dreamwidth.org/lamp_room/920.html', url(A)]);
    expect(result).toEqual({ visits: [C, A], chain: [C, A], complete: true, why: undefined });
    expect(site.asks).toEqual([url(C), url(A)]);
  });

  it('knows an entry again that is listed by its name and by its number', async () => {
    const named = 'https://lamp-room.dreamwidth.org/2011/06/30/the-name.html';
    const site = FakeSite.chain(A, B).set(named, entry(B, { url: named }));
    expect((await list(site, [url(B), named, url(A)])).visits).toEqual([B, A]);
  });

  it('takes a go address for the entry that it leads to', async () => {
    expect((await list(FakeSite.chain(A, B), [go(A, 'next')])).visits).toEqual([B]);
  });

  it('goes on past what is no entry', async () => {
    const site = FakeSite.chain(A, B, C).set(url(B), { kind: 'locked', reason: 'for friends' });
    expect(await list(site, [url(A), url(B), url(C)])).toMatchObject({ visits: [A, B, C], complete: true });
  });

  it('visits the linked entries of the same site with expand, in order, right after the one that links them', async () => {
    const site = FakeSite.chain(A, B, C, D).set(url(7, 'somebody_else'), entry(7, { journal: 'somebody_else' }));
    const links = [
      url(B),
      'https://somebody.livejournal.com/1.html',
      'https://lamp-room.dreamwidth.org/',
      'https://elsewhere.example/9.html',
      url(A),
      url(7, 'somebody_else'),
    ];
    const result = await list(site, [url(A), url(D)], { expand: true }, ({ number }) => (number === A ? links : []));
    expect(result).toMatchObject({ visits: [A, B, 7, D], complete: true });
  });

  it('says that no links can be read from a page that is no entry', async () => {
    const site = FakeSite.chain(A).set(url(A), { kind: 'locked', reason: 'for friends' });
    const result = await list(site, [url(A)], { expand: true });
    expect(result).toMatchObject({ visits: [A], complete: false });
    expect(result.why).toBe(`no links could be read from ${url(A)} (locked)`);
  });

  it('counts linked entries towards the limit', async () => {
    const site = FakeSite.chain(A, B, C, D);
    const result = await list(site, [url(A)], { expand: true, limit: 2 }, () => [url(B), url(C)]);
    expect(result).toMatchObject({ visits: [A, B], complete: false, why: 'the limit of 2 is reached' });
    const whole = await list(FakeSite.chain(A, B), [url(A), url(B)], { limit: 2 });
    expect(whole).toMatchObject({ visits: [A, B], complete: true });
  });

  it('stops when asked to', async () => {
    const site = FakeSite.chain(A, B, C);
    const result = await list(site, [url(A), url(B), url(C)], { stopping: () => site.asks.length >= 2 });
    expect(result).toMatchObject({ visits: [A, B], complete: false, why: 'stopped on request' });
  });
});
