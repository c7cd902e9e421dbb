/** Pages in every charset under every label, by their bytes, through the reading of a whole page. */
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { encodingOf } from '../../src/journal/decode.js';
import { readPage } from '../../src/journal/index.js';
import { FRENCH, GERMAN, RUSSIAN, UKRAINIAN } from './charsets.js';
import { drawEntry, type Place } from './pages.js';
import type { Post } from './posts.js';
import { entryOf, plainSites } from './reading.js';

const PLACE: Place = {
  scheme: 'https',
  host: 'tarn-wick.livejournal.com',
  www: 'www.livejournal.com',
  journal: 'tarn_wick',
};
const ADDRESS = 'https://tarn-wick.livejournal.com/23456.html';

/** An old page, as the sites served it before 2010: the label in a meta element, and nothing else that says it. */
function page(text: string, label?: string): string {
  const post: Post = { itemid: 91, anum: 160, style: 'light', at: '2006-03-03T12:30', is: 'fic', body: '' };
  const drawn = drawEntry(PLACE, post, `An English line, as stories have them.<br /><br />${text}`);
  return drawn.replace(
    /<meta[^>]*charset[^>]*>/,
    label ? `<meta http-equiv="Content-Type" content="text/html; charset=${label}">` : '',
  );
}

function bodyRead(bytes: Buffer, header?: string): string {
  const headers: Record<string, string> = header ? { 'content-type': `text/html; charset=${header}` } : {};
  return entryOf(readPage(plainSites, { url: ADDRESS, status: 200, headers, body: bytes })).body.html;
}

const CASES: [what: string, text: string, charset: string, labels: (string | undefined)[]][] = [
  ['Russian', RUSSIAN, 'utf-8', [undefined, 'utf-8', 'windows-1251', 'koi8-r', 'windows-1252', 'iso-8859-1']],
  [
    'Russian',
    RUSSIAN,
    'windows-1251',
    [
      undefined,
      'utf-8',
      'windows-1251',
      'cp1251',
      'koi8-r',
      'windows-1252',
      'iso-8859-1',
      'nonsense',
      'base64',
      'utf-16',
    ],
  ],
  [
    'Russian',
    RUSSIAN.replace(/[«»—]/g, '-'),
    'koi8-r',
    [undefined, 'utf-8', 'windows-1251', 'koi8-r', 'koi', 'windows-1252', 'iso-8859-15'],
  ],
  ['Ukrainian', UKRAINIAN, 'windows-1251', [undefined, 'utf-8', 'windows-1251', 'koi8-u', 'iso-8859-1']],
  ['Ukrainian', UKRAINIAN, 'koi8-u', [undefined, 'utf-8', 'koi8-u', 'koi8-r', 'windows-1251']],
  [
    'French',
    FRENCH,
    'windows-1252',
    [undefined, 'utf-8', 'windows-1252', 'iso-8859-1', 'latin1', 'windows-1251', 'koi8-r'],
  ],
  ['German', GERMAN, 'windows-1252', [undefined, 'utf-8', 'windows-1252', 'iso-8859-1', 'windows-1251', 'koi8-r']],
  ['French', FRENCH, 'utf-8', [undefined, 'utf-8', 'windows-1252', 'windows-1251', 'koi8-r', 'shift_jis']],
];

it.each(
  CASES.flatMap(([what, text, charset, labels]) =>
    labels.map((label) => [what, charset, label ?? 'nothing', text] as const),
  ),
)('%s in %s, labelled %s', (_, charset, label, text) => {
  const said = label === 'nothing' ? undefined : label;
  expect(bodyRead(iconv.encode(page(text, said), charset))).toContain(text);
  expect(bodyRead(iconv.encode(page(text), charset), said)).toContain(text);
});

it.each([
  ['windows-1250', 'Příliš žluťoučký kůň úpěl ďábelské ódy'],
  ['iso-8859-2', 'Wróciła do domu późno wieczorem, żółć'],
  ['windows-1255', 'היא חזרה הביתה מאוחר בערב ועמדה זמן רב'],
  ['windows-1253', 'Γύρισε σπίτι αργά το βράδυ'],
  ['windows-1254', 'Eve geç döndü, şaşırdı, üzüldü'],
  ['windows-1257', 'Ji grįžo namo vėlai vakare, ačiū'],
  ['iso-8859-15', 'l’œuf à 5 €'.replace('’', "'")],
  ['euc-jp', '彼女は夜遅く家に帰り、長い間窓のそばに立っていた'],
  ['shift_jis', '彼女は夜遅く家に帰り、長い間窓のそばに立っていた'],
  ['gbk', '她晚上很晚才回家，在窗前站了很久'],
  ['big5', '她晚上很晚才回家，在窗前站了很久'],
  ['euc-kr', '그녀는 밤늦게 집에 돌아와 창가에 오래 서 있었다'],
  ['koi8-r', 'Ъ'],
  ['windows-1251', 'РТЙ'],
])('a label of %s that nothing contradicts is believed', (charset, text) => {
  expect(bodyRead(iconv.encode(page(text, charset), charset))).toContain(text);
});

it('takes the page’s own label where the server’s is a UTF-8 that cannot be', () => {
  const text = 'Příliš žluťoučký kůň úpěl ďábelské ódy';
  expect(bodyRead(iconv.encode(page(text, 'windows-1250'), 'windows-1250'), 'utf-8')).toContain(text);
});

it('reads a label only where labels stand', () => {
  const text = iconv.encode(
    `<script charset="koi8-r" src="x.js"></script>${page(RUSSIAN, 'windows-1251')}`,
    'windows-1251',
  );
  expect(encodingOf(text, undefined)).toBe('windows-1251');
  expect(
    encodingOf(
      iconv.encode(`<?xml version="1.0" encoding="windows-1250"?>${page('Žluťoučký kůň')}`, 'windows-1250'),
      undefined,
    ),
  ).toBe('windows-1250');
});

it('makes no Cyrillic of western words, however many have accents', () => {
  const letter = fc.constantFrom(...'abcdefghijklmnoprstuvy');
  const accented = fc.constantFrom(...'àâäåæçèéêëíïñóôöøúûüýÀÉÖÜß');
  const wordWith = (mark: fc.Arbitrary<string | null>) =>
    fc
      .tuple(fc.array(letter, { minLength: 1, maxLength: 7 }), mark, fc.array(letter, { maxLength: 4 }))
      .map(([start, mark, end]) => start.join('') + (mark ?? '') + end.join(''));
  const lone = fc.constantFrom('à', 'É', 'y', 'ô', 'Ö!', 'où', '«été»', 'a', 'çà', '“à”', '– ü –');
  // "çà, à" and no other accent may as well be "за, а", so that some stand within words
  const phrase = fc
    .tuple(wordWith(accented), fc.array(wordWith(fc.option(accented)), { maxLength: 8 }), fc.option(lone))
    .map(([first, more, last]) => [...(last === null ? [] : [last]), first, ...more].join(' '));
  const text = fc.array(phrase, { minLength: 1, maxLength: 12 });
  const label = fc.constantFrom(
    undefined,
    'text/html',
    'text/html; charset=utf-8',
    'text/html; charset=iso-8859-1',
    'text/html; charset=windows-1252',
  );
  fc.assert(
    fc.property(text, label, (phrases, type) => {
      const bytes = iconv.encode(phrases.join(' '), 'windows-1252');
      expect(encodingOf(bytes, type)).toMatch(/^(utf-8|windows-1252)$/);
    }),
    { numRuns: 1000 },
  );
});

it('reads Russian of a few words in either charset, in any case', () => {
  // a text of one word over and over may be any word of another charset's
  const words = fc.uniqueArray(
    fc.constantFrom(
      ...RUSSIAN.replace(/[^а-яё ]/gi, '')
        .split(/ +/)
        .filter((word) => word.length > 3),
    ),
    { minLength: 4, maxLength: 9 },
  );
  const dress = fc.constantFrom(
    (text: string) => text,
    (text: string) => text.toLowerCase(),
    (text: string) => text.toUpperCase(),
  );
  fc.assert(
    fc.property(words, dress, fc.constantFrom('windows-1251', 'koi8-r'), (list, as, charset) => {
      const text = as(list.join(' '));
      const bytes = iconv.encode(text, charset);
      expect(iconv.decode(bytes, encodingOf(bytes, undefined))).toBe(text);
    }),
    { numRuns: 1000 },
  );
});
