/** Text broken by wrong conversions, made here by other programs' decoders, and right text that must stay as it is. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { mendEntry } from '../../src/journal/mend.js';
import type { Entry } from '../../src/model.js';
import { ENGLISH, FRENCH, GERMAN, JAPANESE, RIGHT_TEXTS, RUSSIAN, SPANISH, UKRAINIAN } from './charsets.js';
import { filesIn, hasShared, shared } from './reading.js';

/** What a program makes of UTF-8 that it takes for another charset; bytes that are free there stay what they are, so that none is lost. */
function misread(text: string, charset: string): string {
  const one = (byte: number) => iconv.decode(Buffer.of(byte), charset).replace('\ufffd', String.fromCharCode(byte));
  return [...Buffer.from(text, 'utf8')].map(one).join('');
}

function entryWith(html: string, more: Partial<Entry> = {}): Entry {
  const place = {
    site: 'livejournal',
    journal: 'tarn_wick',
    number: 23456,
    url: 'https://tarn-wick.livejournal.com/23456.html',
  };
  return { ...place, tags: [], security: 'public', layout: 'lj-modern', body: { form: 'rendered', html }, ...more };
}

const mend = (html: string) => mendEntry(entryWith(html));
const mendText = (subject: string) => mendEntry(entryWith('', { subject }));

const TEXTS = {
  english: ENGLISH,
  french: FRENCH,
  german: GERMAN,
  spanish: SPANISH,
  russian: RUSSIAN,
  ukrainian: UKRAINIAN,
  japanese: JAPANESE,
};

describe('UTF-8 read as something else is mended', () => {
  it.each(
    Object.entries(TEXTS).flatMap(([language, text]) =>
      ['windows-1252', 'latin1'].map((charset) => [language, charset, text]),
    ),
  )('%s, read as %s, once, twice and three times', (_, charset, text) => {
    const once = misread(text as string, charset as string);
    const twice = misread(once, charset as string);
    for (const broken of [once, twice, misread(twice, charset as string)]) {
      expect(mend(broken).body.html).toBe(text);
      expect(mendText(broken).subject).toBe(text);
      expect(mend(broken).garbled).toBeUndefined();
    }
  });

  it.each([
    ['english', ENGLISH.replace(/[éï]/g, 'e'), 'windows-1251'],
    ['russian', RUSSIAN, 'windows-1251'],
    ['ukrainian', UKRAINIAN, 'windows-1251'],
    ['russian', RUSSIAN, 'koi8-r'],
    ['english', ENGLISH, 'macintosh'],
    ['spanish', SPANISH, 'macintosh'],
  ])('%s (%s), read as %s', (_, text, charset) => {
    const broken = misread(text, charset);
    expect(broken).not.toBe(text);
    expect(mend(broken).body.html).toBe(text);
    expect(mend(broken).garbled).toBeUndefined();
  });

  it.each([
    ['donâ€™t', 'don’t'],
    ['She â€“ or he', 'She – or he'],
    ['cafÃ©', 'café'],
    ['Ãœber', 'Über'],
    ['Ã‰TÃ‰', 'ÉTÉ'],
    ['GRÃœN', 'GRÜN'],
    ['sÃ»r', 'sûr'],
    ['MarÃ\u00ada', 'María'],
    ['20Â°C', '20°C'],
    ['Â£5 and Â©', '£5 and ©'],
    ['wÄ…ski, Å‚atwo', 'wąski, łatwo'],
    ['Ð¿Ñ€', 'пр'],
    ['РџСЂРёРІРµС‚', 'Привет'],
    ['donвЂ™t', 'don’t'],
    ['â™¥ â˜… â†’ â„¢', '♥ ★ → ™'],
    ['ðŸ˜€', '😀'],
    ['don\u0092t \u0096 no', 'don’t – no'],
    ['ï»¿Title', 'Title'],
    ['Ã¢â‚¬â„¢', '’'],
    ['ÃƒÂ©', 'é'],
    ['Â«Â\u00a0dÃ©jÃ\u00a0Â\u00a0Â»', '«\u00a0déjà\u00a0»'],
    ['â€œHello.â€ He left. â€œYes.â€\ufffd', '“Hello.” He left. “Yes.”'],
    ['One.Â\u00a0 Two.Â\u00a0 Three.Â\u00a0 Four.', 'One.\u00a0 Two.\u00a0 Three.\u00a0 Four.'],
  ])('%s', (broken, text) => {
    expect(mendText(broken).subject).toBe(text);
  });

  it('whatever the words, in texts made by chance', () => {
    const words = Object.values(TEXTS).map((text) => fc.constantFrom(...text.split(/[ \u00a0]/)));
    const text = fc.oneof(
      ...words.map((word) =>
        fc
          .array(word, { minLength: 8, maxLength: 40 })
          // something that is certain; the rest may lean on it
          .map((list) => `L’été, ${list.join(' ')}`),
      ),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(1, 2), fc.constantFrom('windows-1252', 'latin1'), (right, times, charset) => {
        let broken = right;
        for (let time = 0; time < times; time++) broken = misread(broken, charset);
        expect(mend(broken).body.html).toBe(right);
      }),
      { numRuns: 500 },
    );
  });
});

describe('windows-1251 and KOI8-R read as western text are mended', () => {
  const latin = (text: string, charset: string) => iconv.decode(iconv.encode(text, charset), 'windows-1252');

  it.each([
    ['Russian', RUSSIAN, 'windows-1251'],
    ['Russian', RUSSIAN.replace(/[«»—]/g, '-'), 'koi8-r'],
    ['Ukrainian', UKRAINIAN, 'windows-1251'],
  ])('%s (%s)', (_, text, charset) => {
    expect(mend(latin(text, charset)).body.html).toBe(text);
  });

  it('in a subject of one word, and in a word between English ones', () => {
    expect(mendText('Ïðèâåò').subject).toBe('Привет');
    expect(mend('<p>She said Ïðèâåò, and left the café.</p>').body.html).toBe(
      '<p>She said Привет, and left the café.</p>',
    );
  });

  it('written as references', () => {
    const broken = '<b>&Iuml;&eth;&egrave;&acirc;&aring;&ograve;</b>, &#234;&#224;&#234; &#228;&#229;&#235;&#224;?';
    expect(mend(broken).body.html).toBe('<b>Привет</b>, как дела?');
  });
});

describe('markup', () => {
  it('stays as it is, and references are read', () => {
    const html =
      '<p class="x">Don&acirc;&euro;&trade;t &#226;&#128;&#156;go&#226;&#8364;&#157;, â&euro;™tis &quot;â€¦&quot;<br>&amp;nbsp; &lt;b&gt; caf&eacute;&nbsp;&mdash;</p>';
    expect(mend(html).body.html).toBe(
      '<p class="x">Don’t “go”, ’tis &quot;…&quot;<br>&amp;nbsp; &lt;b&gt; caf&eacute;&nbsp;&mdash;</p>',
    );
  });

  it('keeps the tags of any soup', () => {
    const piece = fc.constantFrom(
      '<b>',
      '</b>',
      '<br />',
      'â€™',
      '&acirc;&euro;&trade;',
      'Ã©',
      'â',
      '€',
      '&euro;',
      ' ',
      'a',
      '&',
      ';',
      '<',
      '>',
      '"',
      'Ã',
      '\u00a0',
      '&nbsp;',
      '&#',
      'Ð¿Ñ€',
      '\ufffd',
    );
    const tags = (html: string) => html.match(/[<>"]/g);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        expect(tags(mend(pieces.join('')).body.html)).toEqual(tags(pieces.join('')));
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves the addresses of links alone', () => {
    const link = '<a href="http://example.org/Ð¿Ñ€Ð¸">Ð¿Ñ€Ð¸</a>';
    expect(mend(link).body.html).toBe('<a href="http://example.org/Ð¿Ñ€Ð¸">при</a>');
  });
});

describe('right text stays', () => {
  it.each(Object.entries(RIGHT_TEXTS))('%s', (_, text) => {
    for (const right of [
      text,
      text.toUpperCase(),
      text.toLowerCase(),
      text.replaceAll(' ', '\u00a0'),
      `<p>${text}</p>`,
    ]) {
      const entry = entryWith(right, { subject: right });
      expect(mendEntry(entry)).toBe(entry);
    }
  });

  it('beside broken text of another language too', () => {
    for (const [language, text] of Object.entries(RIGHT_TEXTS)) {
      const mended = mend(`<p>${text}</p><p>Donâ€™t</p>`);
      expect(`${language}: ${mended.body.html}`).toBe(`${language}: <p>${text}</p><p>Don’t</p>`);
    }
  });

  it('in any order of words, and with any mark behind them', () => {
    // but for Â and Ã as words: those with a no-break space behind them are what is left of one, where they are many
    const words = Object.values(RIGHT_TEXTS).flatMap((text) =>
      text.split(' ').filter((word) => !/^\P{L}*[ÂÃ]\P{L}*$/u.test(word)),
    );
    const mark = fc.constantFrom('', '…', '”', '“', '»', '\u00a0»', '—', '–', '™', '’', '…”', '»…', '\u00a0!', '®');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...words), mark), { minLength: 1, maxLength: 12 }), (list) => {
        const text = list.map(([word, end]) => word + end).join(' ');
        const entry = entryWith(text, { subject: text });
        expect(mendEntry(entry)).toBe(entry);
      }),
      { numRuns: 5000 },
    );
  });

  it.runIf(hasShared('pages'))('on every saved page', () => {
    const folders = ['pages/livejournal', 'pages/dreamwidth', 'pages/dreamwidth/journal'];
    for (const file of folders.flatMap(filesIn)) {
      const entry = entryWith(readFileSync(shared(file), 'utf8'));
      expect(mendEntry(entry)).toBe(entry);
    }
  });
});

describe('what is broken and not certain is left and told', () => {
  it.each([
    ['caf\ufffd noir', 1, 'caf\ufffd'],
    ['one\ufffd\ufffd, two\ufffd', 2, 'one\ufffd\ufffd,'],
    ['caf&#65533; noir', 1, 'caf\ufffd'],
    ['lone â€ here', 1, 'â€'],
    ['a\u009fb', 1, 'a\u009fb'],
    ['torn Ð\u0099\u0099 here', 1, 'Ð\u0099\u0099'],
    ['Ð¿Ñ€Ð¸Ñ', 1, 'Ð¿Ñ€Ð¸Ñ'],
  ])('%s', (html, places, raw) => {
    const entry = mend(html);
    expect(entry.body.html).toBe(html);
    expect(entry.mended).toBeUndefined();
    expect(entry.garbled).toEqual({ places, raw });
  });

  it('beside what was mended', () => {
    const entry = mendEntry(
      entryWith('<p>Donâ€™t go, itâ€™s caf\ufffd</p>', { subject: 'Itâ€™s', tags: ['fÃªte', 'plain'] }),
    );
    expect(entry).toMatchObject({
      subject: 'It’s',
      tags: ['fête', 'plain'],
      body: { html: '<p>Don’t go, it’s caf\ufffd</p>' },
      mended: { places: 4, raw: 'Itâ€™s', read: 'It’s' },
      garbled: { places: 1, raw: 'caf\ufffd' },
    });
  });

  it('and a character that was lost before it was broken is told too', () => {
    expect(mend('cafï¿½')).toMatchObject({ body: { html: 'caf\ufffd' }, garbled: { places: 1, raw: 'caf\ufffd' } });
  });
});
