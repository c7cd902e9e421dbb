/** What goes out is looked at once more: addresses, money, days, blank chapters, and what is said of each. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkWorks } from '../../src/bundle/index.js';
import type { Work } from '../../src/model.js';
import { chapter, config, work } from './works.js';

const TEXT = '<p>A text of some length.</p>';
const check = (one: Work, html = TEXT, today?: string) => checkWorks([one], async () => ({ html }), config, today);
const kinds = async (html: string) => (await check(work(), html)).map(({ kind, field }) => `${kind} ${field}`);
const tags = (more: Partial<Work['archive']>) => work({ archive: { ...work().archive, ...more } });

describe('e-mail addresses in a text', () => {
  it('are told with chapter, words around and how to take them out', async () => {
    const html =
      '<p>She wrote.</p>\n<p>Feedback is loved: write to jane.doe+fic@mail.example.org and tell me all of it.</p>';
    const two = work({ chapters: [chapter(1), chapter(2)] });
    const [misfit, ...others] = await checkWorks(
      [two],
      async (key) => ({ html: key === two.chapters[1]?.entry ? html : TEXT }),
      config,
    );
    expect(others).toEqual([]);
    expect(misfit).toMatchObject({ kind: 'look', field: 'text', chapter: 2, work: 'the-lighthouse' });
    expect(misfit?.message).toBe(
      '"The Lighthouse": chapter 2 has an e-mail address: “Feedback is loved: write to jane.doe+fic@mail.example.org and tell me all of it.”.',
    );
    expect(misfit?.advice).toContain('works: livejournal/somebody/263, "redact: true"');
  });

  it.each([
    ['plain', 'jane@example.org'],
    ['in capitals', 'JANE@EXAMPLE.CO.UK'],
    ['in brackets', '(jane@example.org)'],
    ['behind dots', 'me...jane@example.org.'],
    ['of other letters', 'имя@пример.рф'],
    ['parted by a tag', '<b>jane</b>@<i>example.org</i>'],
    ['in disguise', 'jane (at) example (dot) org'],
    ['in square brackets', 'jane[at]example.org'],
    ['with @ in brackets', 'jane {@} example.org'],
    ['in words', 'jane at example dot org'],
    ['in capital words', 'jane AT example DOT co DOT uk'],
    ['in Russian', 'jane (собака) example.ru'],
    ['behind a link', '<a href="mailto:jane@example.org?subject=hi">write to me</a>'],
  ])('are found %s', async (_, html) => {
    expect(await kinds(`<p>Some words and ${html}</p>`)).toEqual(['look text']);
  });

  it.each([
    'He looked at dot matrices of the rose @}->--',
    'meet @ home. Now',
    'Follow @jane on @twitter, or @jane@social.example',
    'at 5 o’clock, dot dot dot com',
    'user@localhost',
    '<a href="https://www.pictures.example/photos/12345@N00/">a picture</a>',
  ])('are not seen in %s', async (html) => {
    expect(await kinds(`<p>Some words and ${html}</p>`)).toEqual([]);
  });

  it('are told once each, three of many', async () => {
    const html = ['a', 'b', 'a', 'c', 'd', 'e'].map((name) => `<p>${name}@example.org</p>`).join('\n');
    const [misfit, ...others] = await check(work(), html);
    expect(others).toEqual([]);
    expect(misfit?.message).toContain(
      'e-mail addresses: “a@example.org”; “b@example.org”; “c@example.org”; and 2 more.',
    );
  });

  it('are left alone where the author has looked', async () => {
    expect(await check(work({ redact: false }), '<p>jane@example.org, my tip jar</p>')).toEqual([]);
  });

  it('are found in texts that are made to be slow', async () => {
    for (const one of ['a', 'a.', 'a@', 'a at ', '(at)', 'www.', 'amazon.', ' '])
      await kinds(`<p>${one.repeat(300_000 / one.length)}@</p>`);
  }, 60_000);
});

describe('what asks for money in a text', () => {
  it.each([
    ['a link', '<a href="https://ko-fi.com/jane">thank me</a>', 'a link to https://ko-fi.com/jane'],
    ['an address', 'go to www.patreon.com/jane.', 'www.patreon.com/jane'],
    ['an address of its own', 'paypal.me/jane', 'paypal.me/jane'],
    ['a wish list', 'https://www.amazon.co.uk/hz/wishlist/ls/ABC', 'wishlist'],
    ['a picture', '<img src="https://www.paypalobjects.com/btn_donate.gif" alt="" />', 'paypalobjects'],
    ['words', 'I have a Tip <em>Jar</em> now', 'Tip Jar'],
    ['a name', 'donate by PayPal', 'PayPal'],
  ])('is told: %s', async (_, html, words) => {
    const misfits = await check(work(), `<p>Some words and ${html}</p>`);
    expect(misfits).toMatchObject([{ kind: 'look', field: 'text', chapter: 1 }]);
    expect(misfits[0]?.message).toContain('may ask for money');
    expect(misfits[0]?.message).toContain(words);
  });

  it.each([
    'the tip of the jar',
    'https://www.amazon.com/dp/0123456789',
    'notpaypal.computer',
    'the Amazon wished for it',
    'multiple jars',
  ])('is not seen in %s', async (html) => {
    expect(await kinds(`<p>${html}</p>`)).toEqual([]);
  });
});

describe('fields', () => {
  const field = async (more: Partial<Work>) =>
    (await check(work(more))).map((one) => [one.kind, one.field, one.chapter]);

  it('are looked through, of the work and of its chapters', async () => {
    const text = 'Write to jane@example.org.';
    for (const name of ['summary', 'notes', 'endNotes', 'title', 'recipient'] as const)
      expect(await field({ [name]: text }), name).toEqual([['look', name, undefined]]);
    expect(await field({ authors: ['Jane (jane@example.org)'] })).toEqual([['look', 'authors', undefined]]);
    for (const name of ['summary', 'notes', 'endNotes', 'title'] as const)
      expect(await field({ chapters: [chapter(1), chapter(2, { [name]: text })] }), name).toEqual([['look', name, 2]]);
  });

  it('of the header as it was posted count too, once', async () => {
    const notes = 'Write to jane@example.org.';
    expect(await field({ header: { disclaimer: 'Not mine. jane@example.org' } })).toEqual([
      ['look', 'header.disclaimer', undefined],
    ]);
    expect(await field({ notes, header: { notes } })).toEqual([['look', 'notes', undefined]]);
    expect(await field({ header: { other: [{ label: 'E-mail', value: 'jane@example.org' }] } })).toEqual([
      ['look', 'header.other', undefined],
    ]);
  });

  it('tell of tags in two places, and of relationships that name one', async () => {
    expect(await check(tags({ additionalTags: ['nyota uhura'] }))).toMatchObject([
      { kind: 'look', field: 'additionalTags' },
    ]);
    expect(await check(tags({ relationships: ['OT3'] }))).toMatchObject([{ kind: 'look', field: 'relationships' }]);
    expect(await check(tags({ relationships: ['Rodney McKay & John Sheppard', 'A B/C D/E F'] }))).toEqual([]);
  });

  it('tell of authors whose names an import can’t write', async () => {
    expect(await check(work({ authors: ['佐藤'] }))).toMatchObject([{ kind: 'look', field: 'authors' }]);
    expect(await check(work({ authors: ['佐藤', 'Жанна'] }))).toEqual([]);
  });
});

describe('links', () => {
  it('that lead nowhere from another site are told', async () => {
    const [misfit, ...others] = await check(
      work(),
      '<p>Read <a href="part2.html">on</a> or <a href="#n1">this</a>.</p>',
    );
    expect(others).toEqual([]);
    expect(misfit).toMatchObject({ kind: 'look', field: 'text' });
    expect(misfit?.message).toContain('part2.html; #n1.');
    expect(await kinds('<p>Read <a href="https://example.org/2">on</a>, <a name="n1">this</a>.</p>')).toEqual([]);
  });
});

describe('a chapter without words', () => {
  it('is blank, whatever its HTML is', async () => {
    for (const html of ['<p>&nbsp;</p>\n<p>&nbsp;</p>', '<hr />\n<hr />\n<hr />', '<p><em> <br /> </em></p>'])
      expect(await kinds(html), html).toEqual(['limit text']);
    expect(await kinds('<p><img src="https://pictures.example/page1.png" /></p>')).toEqual([]);
  });
});

describe('days', () => {
  const posted = (...days: (string | undefined)[]) =>
    work({
      published: undefined,
      updated: undefined,
      chapters: days.map((day, index) => {
        const { postedAt: _, ...rest } = chapter(index + 1);
        return { ...rest, ...(day && { postedAt: `${day}T12:00:00` }) };
      }),
    } as Partial<Work>);

  it('that the archive refuses keep a work back', async () => {
    const said = async (day: string) =>
      (await check(posted(day), TEXT, '2026-03-01')).map((one) => `${one.kind} ${one.message}`);
    expect(await said('2026-03-02')).toEqual([
      'limit "The Lighthouse": its date, 2026-03-02, lies in the future; the archive refuses it.',
    ]);
    expect(await said('2026-03-01')).toEqual([]);
    expect(await said('1949-12-31')).toEqual([
      'limit "The Lighthouse": its date, 1949-12-31, lies before 1950, where the archive’s dates begin.',
    ]);
    expect(await said('1950-01-01')).toEqual([]);
    expect(await said('2009-02-29')).toEqual([
      'limit "The Lighthouse": its date, 2009-02-29, is no day of the calendar.',
    ]);
    expect(await said('2008-02-29')).toEqual([]);
  });

  it('are looked at in each chapter, and in what was decided', async () => {
    const misfits = await check(posted('2009-05-01', '2038-01-19'), TEXT, '2026-03-01');
    expect(misfits).toMatchObject([{ kind: 'limit', field: 'postedAt', chapter: 2 }]);
    expect(misfits[0]?.advice).toContain('entries: livejournal/somebody/519: {date: ');
    expect(await check(work({ updated: '2038-01-19' }), TEXT, '2026-03-01')).toMatchObject([
      { kind: 'limit', field: 'updated' },
    ]);
  });

  it('that are missing are asked for', async () => {
    expect(await check(posted(undefined))).toMatchObject([{ kind: 'look', field: 'postedAt' }]);
    const [misfit] = await check(posted('2009-05-01', undefined, '2009-05-02', undefined));
    expect(misfit?.message).toBe('"The Lighthouse": chapters 2, 4 have no date; the archive would date them today.');
    expect(await check({ ...posted(undefined), published: '2009-05-01' })).toEqual([]);
  });
});

describe('a work without trouble', () => {
  /** Words of letters, digits and the marks of prose; none of what a rule is about. */
  const words = fc
    .stringMatching(/^[A-Za-zéüßжф漢][A-Za-zéüßжф漢0-9 ,.!?;:'"“”’—–&()/-]{9,200}$/)
    .filter((text) => !/paypal|patreon|venmo|webmoney|tipjar|cashapp|gofundme/i.test(text));
  const name = fc.stringMatching(/^[A-Z][a-zéж]{2,12} [A-Z][a-z]{2,12}$/);
  const sound = fc
    .record({
      title: words,
      summary: words,
      notes: words,
      text: fc.array(words, { minLength: 1, maxLength: 20 }),
      names: fc.uniqueArray(name, { minLength: 2, maxLength: 8, selector: (one) => one.toLowerCase() }),
      tags: fc.uniqueArray(fc.stringMatching(/^[a-z]{3,20}$/), { maxLength: 30 }),
      day: fc.date({ min: new Date('1950-01-02'), max: new Date('2026-01-01'), noInvalidDate: true }),
    })
    .map(({ title, summary, notes, text, names, tags: additionalTags, day }) => ({
      work: work({
        title,
        summary,
        notes,
        archive: { ...work().archive, characters: names, relationships: [names.slice(0, 2).join('/')], additionalTags },
        chapters: [chapter(1, { postedAt: `${day.toISOString().slice(0, 10)}T10:00:00` })],
      }),
      html: text.map((one) => `<p>${one.replaceAll('&', '&amp;')}</p>`).join('\n'),
    }));

  it('is told nothing', async () => {
    await fc.assert(
      fc.asyncProperty(sound, async (one) => {
        expect(await check(one.work, one.html, '2026-03-01')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});
