import fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { decode, encodingOf } from '../../src/journal/decode.js';

const read = (bytes: Uint8Array, type?: string) => decode(Buffer.from(bytes), encodingOf(Buffer.from(bytes), type));
const meta = (charset: string) => `<meta http-equiv="Content-Type" content="text/html; charset=${charset}">`;
const RUSSIAN = 'Название: Тихий дом. Жанр: драма, ангст';
const FRENCH = 'Résumé: un été à l’île — «café»';

it('is UTF-8 where it is valid UTF-8, whatever the label', () => {
  expect(read(Buffer.from(RUSSIAN), 'text/html; charset=windows-1251')).toBe(RUSSIAN);
  expect(read(Buffer.from(meta('iso-8859-1') + FRENCH))).toBe(meta('iso-8859-1') + FRENCH);
  expect(read(Buffer.from(`\uFEFF${FRENCH}`))).toBe(FRENCH);
});

it.each([
  ['windows-1251', RUSSIAN],
  ['koi8-r', RUSSIAN],
  ['windows-1252', FRENCH],
])('is what a label says: %s', (charset, text) => {
  const bytes = iconv.encode(text, charset);
  expect(read(bytes, `text/html; charset=${charset}`)).toBe(text);
  expect(read(iconv.encode(meta(charset) + text, charset))).toBe(meta(charset) + text);
  expect(read(bytes, `text/html; charset=${charset.toUpperCase()}`)).toBe(text);
});

it('is guessed where the label is wrong or vague', () => {
  expect(read(iconv.encode(RUSSIAN, 'windows-1251'), 'text/html; charset=utf-8')).toBe(RUSSIAN);
  expect(read(iconv.encode(RUSSIAN, 'windows-1251'))).toBe(RUSSIAN);
  expect(read(iconv.encode(RUSSIAN, 'windows-1251'), 'text/html; charset=iso-8859-1')).toBe(RUSSIAN);
  expect(read(iconv.encode(FRENCH, 'windows-1252'), 'text/html; charset=ISO-8859-1')).toBe(FRENCH);
  expect(read(iconv.encode(FRENCH, 'windows-1252'), 'text/html; charset=no-such-thing')).toBe(FRENCH);
});

it('stays UTF-8 where a byte or two is damaged', () => {
  const bytes = Buffer.from(RUSSIAN);
  bytes[3] = 0x20;
  expect(read(bytes, 'text/html; charset=utf-8')).toContain('Тихий дом');
});

it('reads UTF-16 by its mark', () => {
  expect(read(iconv.encode(RUSSIAN, 'utf-16le', { addBOM: true }))).toBe(RUSSIAN);
});

it('never throws', () => {
  fc.assert(
    fc.property(
      fc.uint8Array(),
      fc.option(fc.string(), { nil: undefined }),
      (bytes, type) => typeof read(bytes, type) === 'string',
    ),
  );
});
