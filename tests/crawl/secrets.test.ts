import { afterEach, describe, expect, it } from 'vitest';
import { withoutSecrets } from '../../src/crawl/fetch/secrets.js';
import { parseCookieFile } from '../../src/crawl/index.js';
import { type World, world } from './fetcher-help.js';

const KEY = 'v2:u77:s8:tAbCdEf';
const clean = (text: string, values: string[] = [KEY], hops = ['/__setdomsess']) =>
  Buffer.from(withoutSecrets(Buffer.from(text), values, hops)).toString();

describe('what lets somebody in', () => {
  it.each([
    ['as it is', `a ${KEY} b`, `a ${'*'.repeat(17)} b`],
    ['as an address has it', 'k=v2%3Au77%3As8%3AtAbCdEf&x', `k=${'*'.repeat(23)}&x`],
    ['twice', `${KEY}${KEY}`, '*'.repeat(34)],
    ['in a session address', '<a href="/__setdomsess?d=1&v=9">out</a>', '<a href="/__setdomsess?*******">out</a>'],
    ['in one within another', 'to=%2F__setdomsess%3Fv%3D9&amp;x">', 'to=%2F__setdomsess%3F***********">'],
    ['in a script', String.raw`"https:\/\/a.b\/__setdomsess?v=9"`, String.raw`"https:\/\/a.b\/__setdomsess?***"`],
    ['at the end of a page', '/__setdomsess?v=9', '/__setdomsess?***'],
  ])('is blanked %s', (_, text, shown) => {
    expect(clean(text)).toBe(shown);
  });

  it('is no short value, no name and no address, which stand on a page by themselves', () => {
    for (const value of ['1', 'u77:s8', 'cat_girl_99', 'http://a.example/', ''])
      expect(clean(`by ${value} at`, [value])).toBe(`by ${value} at`);
  });

  it('leaves the very bytes of a page without any', () => {
    const body = Buffer.from([0xff, 0xfe, 0x00, 0x41]);
    expect(withoutSecrets(body, [KEY], ['/__setdomsess'])).toBe(body);
  });
});

describe('a capture', () => {
  let here: World;
  afterEach(() => here.close());

  it('holds neither the key that the user gave nor the one that the site set', async () => {
    here = await world((_, response) =>
      response
        .writeHead(200, {
          'content-type': 'text/html',
          'x-key': KEY,
          'set-cookie': 'ljdomsess.mine=v1:fresh/key#1; path=/',
        })
        .end(`<p>${KEY} and v1:fresh/key#1</p>`),
    );
    const cookies = parseCookieFile(`.ferry.test\tTRUE\t/\tFALSE\t0\tljsession\t${KEY}\n`, 'cookies.txt');
    const { headers, body } = await here.fetcher({ cookies }).get('http://mine.ferry.test/1.html');
    expect(headers['x-key']).toBe('*'.repeat(17));
    expect(Buffer.from(body).toString()).toBe(`<p>${'*'.repeat(17)} and ${'*'.repeat(14)}</p>`);
  });
});
