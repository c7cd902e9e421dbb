import type { LookupAddress } from 'node:dns';
import { got } from 'got';
import { afterEach, describe, expect, it } from 'vitest';
import { mayReach, publicAgents, type Resolve } from '../../src/crawl/fetch/public.js';
import { give, PICTURES, PictureHost } from '../journal/pictureHost.js';

describe('addresses of the public internet', () => {
  const may = mayReach([]);

  it.each([
    ['93.184.216.34', 'a server somewhere'],
    ['1.1.1.1', 'a server somewhere'],
    ['172.15.255.255', 'just below 172.16/12'],
    ['172.32.0.0', 'just above it'],
    ['100.63.255.255', 'just below the carriers’ own'],
    ['100.128.0.0', 'just above them'],
    ['2606:2800:220:1:248:1893:25c8:1946', 'a server somewhere'],
  ])('%s is one (%s)', (address) => expect(may(address)).toBe(true));

  it.each([
    ['127.0.0.1', 'this machine'],
    ['127.9.9.9', 'this machine'],
    ['0.0.0.0', 'this machine, as some systems have it'],
    ['10.0.0.1', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.1.1', 'private'],
    ['169.254.169.254', 'link-local, where clouds keep keys'],
    ['100.64.0.1', 'carrier-grade NAT'],
    ['100.127.255.255', 'carrier-grade NAT'],
    ['192.0.0.8', 'for protocols'],
    ['192.0.2.1', 'for examples'],
    ['198.18.0.1', 'for benchmarks'],
    ['198.51.100.1', 'for examples'],
    ['203.0.113.1', 'for examples'],
    ['224.0.0.1', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'broadcast'],
    ['::', 'unspecified'],
    ['::1', 'this machine'],
    ['::127.0.0.1', 'an IPv4 address in an old form'],
    ['::ffff:127.0.0.1', 'an IPv4 address mapped'],
    ['::ffff:93.184.216.34', 'an IPv4 address mapped'],
    ['::ffff:0:127.0.0.1', 'an IPv4 address translated'],
    ['64:ff9b::7f00:1', 'an IPv4 address behind NAT64'],
    ['64:ff9b:1::7f00:1', 'an IPv4 address behind a NAT64 of one’s own'],
    ['2002:7f00:1::', 'an IPv4 address in 6to4'],
    ['2001:0:7f00:1::', 'Teredo'],
    ['2001:db8::1', 'for examples'],
    ['fc00::1', 'unique local'],
    ['fd12:3456::1', 'unique local'],
    ['fe80::1', 'link-local'],
    ['fe80::1%lo', 'link-local, with its zone'],
    ['fec0::1', 'site-local'],
    ['ff02::1', 'multicast'],
    ['100::1', 'discarded'],
    ['5f00::1', 'for routers'],
    ['localhost', 'no address'],
    ['', 'no address'],
  ])('%s is none (%s)', (address) => expect(may(address)).toBe(false));

  it('may be joined by those that the config names, and by no others', () => {
    const some = mayReach(['127.0.0.2', '10.1.0.0/16', 'fd00::/8', '::1']);
    for (const address of ['127.0.0.2', '10.1.255.1', 'fd00::5', '::1', '1.1.1.1'])
      expect(some(address), address).toBe(true);
    for (const address of ['127.0.0.1', '127.0.0.3', '10.2.0.1', 'fc00::1', '::2', '::ffff:127.0.0.2'])
      expect(some(address), address).toBe(false);
  });
});

describe('connections', () => {
  const open: { close(): unknown }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  async function host(address: string): Promise<PictureHost> {
    const started = await PictureHost.start(address, { '/a.png': give(PICTURES.png) });
    open.push(started);
    return started;
  }

  /** Asks through agents that may reach 127.0.0.2 and no other address of this machine. */
  async function ask(url: string, resolve?: Resolve, agents = publicAgents(mayReach(['127.0.0.2']), 5_000, resolve)) {
    open.push(agents);
    try {
      const { statusCode } = await got(url, {
        agent: { http: agents.http, https: agents.https },
        retry: { limit: 0 },
        throwHttpErrors: false,
      });
      return statusCode;
    } catch (error) {
      return (error as { code?: string }).code;
    }
  }

  it('are not made to this machine, however its address is written', async () => {
    const { port } = await host('127.0.0.1');
    for (const name of [
      '127.0.0.1',
      '127.1',
      '0x7f000001',
      '2130706433',
      '017700000001',
      'localhost',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '0',
    ])
      expect(await ask(`http://${name}:${port}/a.png`), name).toBe('FICFERRY_NOT_PUBLIC');
  });

  it('are made to the address that was looked at, whatever its name says later', async () => {
    const [good, bad] = [await host('127.0.0.2'), await host('127.0.0.1')];
    const answers = [['127.0.0.2'], ['127.0.0.1'], ['127.0.0.1', '127.0.0.2']];
    let asked = 0;
    const turning: Resolve = (_, __, callback) => {
      const found = (answers[asked++] ?? []).map((address): LookupAddress => ({ address, family: 4 }));
      setImmediate(() => callback(null, found));
    };
    const url = `http://turning.test:${good.port}/a.png`;
    expect(await ask(url, turning)).toBe(200);
    // One look-up was all: there is no second one between looking and connecting
    expect(asked).toBe(1);
    expect(await ask(url, turning)).toBe('FICFERRY_NOT_PUBLIC');
    // Of several addresses the good one alone is tried
    expect(await ask(url, turning)).toBe(200);
    expect(good.requested).toHaveLength(2);
    expect(bad.requested).toHaveLength(0);
    expect(await ask(url, turning)).toBe('FICFERRY_NOT_PUBLIC');
  });

  it('say what a look-up says', async () => {
    const nobody: Resolve = (_, __, callback) => callback(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), []);
    expect(await ask('http://nobody.test/a.png', nobody)).toBe('ENOTFOUND');
  });
});
