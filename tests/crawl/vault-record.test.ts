import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WARCParser } from 'warcio';
import { packMember, unpackMember } from '../../src/crawl/vault/member.js';
import { readRecord, writeResponse } from '../../src/crawl/vault/record.js';
import { storable, vaultAddress } from '../../src/crawl/vault/storable.js';

const token = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}$/);
const value = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(',,,', 'a,,,b', 'x: y', '', ' ', '\t', '\r\n\r\n', 'WARC/1.1'),
);
const capture = fc.record({
  url: fc.webUrl({ withQueryParameters: true, withFragments: true }),
  time: fc
    .date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })
    .map((d) => d.toISOString()),
  status: fc.integer({ min: 100, max: 999 }),
  headers: fc.dictionary(token, value, { maxKeys: 6 }),
  body: fc.oneof(fc.uint8Array({ maxLength: 3000 }), fc.constant(new TextEncoder().encode('\r\n\r\nWARC/1.1\r\n\r\n'))),
  access: fc.record({ adult: fc.boolean(), account: fc.boolean() }),
});
const never = () => false;

describe('a record', () => {
  it('holds any capture, and is read back as it was stored', async () => {
    await fc.assert(
      fc.asyncProperty(capture, fc.uint8Array({ maxLength: 30 }), async (given, after) => {
        const clean = storable(given, never);
        const { content, digest } = await writeResponse(clean);
        const packed = packMember(content);
        const member = unpackMember(Buffer.concat([packed, after]));
        if (typeof member === 'string') throw new Error(member);
        expect(member.length).toBe(packed.length);
        const read = readRecord(member.content);
        expect(read.digest).toBe(digest);
        expect({ ...read.capture, body: undefined }).toEqual({ ...clean, body: undefined });
        expect(Buffer.compare(read.capture?.body as Uint8Array, given.body)).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps status, time, address and access, and every value that needs no mending', async () => {
    await fc.assert(
      fc.property(capture, (given) => {
        const clean = storable(given, never);
        expect(clean).toMatchObject({ status: given.status, time: given.time, access: given.access });
        expect(clean.url).toBe(new URL(given.url).href.split('#')[0]);
        for (const [name, text] of Object.entries(given.headers)) {
          const twice =
            Object.keys(given.headers).filter((other) => other.toLowerCase() === name.toLowerCase()).length > 1;
          if (twice || !/^[\x21-\x7e]+$/.test(text)) continue;
          if (/^(set-cookie2?|content-(encoding|length)|transfer-encoding)$/i.test(name)) continue;
          expect(clean.headers[name.toLowerCase()]).toBe(text);
        }
        expect(storable(clean, never)).toEqual(clean);
      }),
    );
  });

  it('is read the same by the parser of warcio', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(capture, { minLength: 1, maxLength: 3 }), async (given) => {
        const clean = given.map((one) => storable(one, never));
        const packed: Buffer[] = [];
        for (const one of clean) packed.push(packMember((await writeResponse(one)).content));
        let i = 0;
        for await (const record of new WARCParser([Buffer.concat(packed)], { keepHeadersCase: true })) {
          const own = clean[i++];
          expect(record.warcTargetURI).toBe(own?.url);
          expect(record.httpHeaders?.statusCode).toBe(own?.status);
          expect(record.httpHeaders?.headers.get('content-length')).toBe(String(own?.body.length));
          expect(Buffer.compare(await record.readFully(false), own?.body as Uint8Array)).toBe(0);
        }
        expect(i).toBe(clean.length);
      }),
      { numRuns: 60 },
    );
  });

  it('tells a member that is cut from one that is bad, and gunzip agrees', async () => {
    const packed = packMember(Buffer.from('The lamp was lit. '.repeat(50)));
    for (let cut = 0; cut < packed.length; cut++) expect(unpackMember(packed.subarray(0, cut)), `${cut}`).toBe('short');
    for (let at = 0; at < packed.length; at++) {
      const flipped = Buffer.from(packed);
      flipped[at] = (flipped[at] as number) ^ 0xff;
      expect(typeof unpackMember(flipped), `${at}`).toBe('string');
    }
  });

  it('knows one address by one name', () => {
    expect(vaultAddress('HTTP://A.test:80/x y?q=ü#z')).toBe('http://a.test/x%20y?q=%C3%BC');
    expect(() => vaultAddress('/x')).toThrow();
  });
});
