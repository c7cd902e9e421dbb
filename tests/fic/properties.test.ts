import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanHtml, linesOf } from '../../src/text/index.js';
import { SHAPES } from './shapes.js';
import { config, plainBody, read, STORY } from './support.js';

const word = fc.constantFrom(
  'rope',
  'goat',
  'bell',
  'lantern',
  'ferry',
  'Orla',
  'Tam',
  'harbour',
  'winter',
  'the',
  'of',
  'stair',
  'kettle',
  'Wick',
  'salt',
);
const phrase = (min: number, max: number) =>
  fc.array(word, { minLength: min, maxLength: max }).map((words) => words.join(' '));
const sentence = phrase(4, 14).map((text) => `Then ${text}.`);
const name = fc.constantFrom('Tam', 'Orla', 'Wick Abel', 'Bea', 'Corin');

/** Labels with the values they may have, each with what it should be read as. */
const FIELDS: Record<string, fc.Arbitrary<[string, string, unknown]>> = {
  title: phrase(1, 4).map((text) => ['Title', `A ${text}`, `A ${text}`]),
  rating: fc.constantFrom('G', 'PG', 'PG-13', 'R', 'NC-17').map((text) => ['Rating', text, text]),
  relationships: fc
    .uniqueArray(name, { minLength: 2, maxLength: 3 })
    .map((names) => ['Pairing', names.join('/'), [names.join('/')]]),
  characters: fc
    .uniqueArray(name, { minLength: 1, maxLength: 4 })
    .map((names) => ['Characters', names.join(', '), names]),
  wordCount: fc.integer({ min: 100, max: 99_999 }).map((count) => ['Word Count', count.toLocaleString('en'), count]),
  summary: sentence.map((text) => ['Summary', text, text]),
  disclaimer: sentence.map((text) => ['Disclaimer', text, text]),
  notes: sentence.map((text) => ['A/N', text, text]),
};

const headers = fc
  .tuple(
    FIELDS.title as fc.Arbitrary<[string, string, unknown]>,
    fc.shuffledSubarray(Object.keys(FIELDS).slice(1), { minLength: 2 }),
  )
  .chain(([title, fields]) =>
    fc
      .tuple(fc.constant(title), ...fields.map((field) => FIELDS[field] as fc.Arbitrary<[string, string, unknown]>))
      .map((values) => ({ fields: ['title', ...fields], values })),
  );

const WAYS: ((pairs: [string, string, unknown][]) => string)[] = [
  (pairs) => pairs.map(([a, b]) => `${a}: ${b}`).join('<br />'),
  (pairs) => pairs.map(([a, b]) => `<b>${a}:</b> ${b}`).join('<br>\n'),
  (pairs) => pairs.map(([a, b]) => `<strong>${a}</strong>: ${b}`).join('<br />'),
  (pairs) => pairs.map(([a, b]) => `<p><u>${a}:</u>&nbsp;${b}</p>`).join(''),
  (pairs) => `<center>${pairs.map(([a, b]) => `<b>${a}</b> ~ ${b}`).join('<br />')}</center>`,
  (pairs) => `<table>${pairs.map(([a, b]) => `<tr><td>${a}</td><td>${b}</td></tr>`).join('')}</table>`,
  (pairs) => `<dl>${pairs.map(([a, b]) => `<dt>${a}</dt><dd>${b}</dd>`).join('')}</dl>`,
  (pairs) => pairs.map(([a, b]) => `<b>${a}:</b><br />${b}`).join('<br /><br />'),
  (pairs) => pairs.map(([a, b]) => `<div><span style="color:red">${a}</span></div><div>${b}</div>`).join(''),
];
const PLACES: ((header: string, story: string) => string)[] = [
  (header, story) => `${header}<br /><br /><a name="cutid1"></a>${story}<a name="cutid1-end"></a>`,
  (header, story) => `<a name="cutid1"></a>${header}<hr />${story}<a name="cutid1-end"></a>`,
  (header, story) => `${header}<br /><br />${story}`,
  (header, story) => `${story}<br /><br />* * *<br /><br />${header}`,
];
/** What stories hold that looks like a header. */
const bait = fc.constantFrom(
  '"Note: it is late," said Orla.',
  'Note: come home at once.',
  'Warning: wet floor, said the sign.',
  'Rating the goats took all day.',
  'She wrote: Dear Tam.',
  'Tam: no.',
  'Summary of the day: rain.',
);

describe('any header in any markup', () => {
  it('is read whole, leaves the body whole, and takes no line of the story along', () => {
    fc.assert(
      fc.property(
        headers,
        fc.constantFrom(...WAYS),
        fc.constantFrom(...PLACES),
        fc.array(fc.oneof({ weight: 4, arbitrary: sentence }, { weight: 1, arbitrary: bait }), {
          minLength: 2,
          maxLength: 8,
        }),
        ({ fields, values }, way, place, middle) => {
          const lines = [STORY[0] as string, ...middle, STORY[5] as string];
          const fic = read(place(way(values), lines.join('<br /><br />')), { subject: 'here' });
          expect(fic.kind).toBe('fic');
          for (const [index, field] of fields.entries())
            expect(fic.header[field as 'title']).toEqual(values[index]?.[2]);
          expect(plainBody(fic)).toBe(lines.join(' '));
          for (const [index, field] of fields.entries()) expect(fic.evidence[field]?.raw).toContain(values[index]?.[1]);
        },
      ),
      { numRuns: 4000 },
    );
  });
});

/** Where anything may stand about a header, of which one half comes first, and a story. */
const SPOTS: ((first: string, second: string, any: string, story: string) => string[])[] = [
  (first, second, any, story) => [first, second, any, story],
  (first, second, any, story) => [any, first, second, story],
  (first, second, any, story) => [first, any, second, story],
  (first, second, any, story) => [first, second, story, any],
  (first, second, any, story) => [any, story, first, second],
  (first, second, any, story) => [first, second, `<a name="cutid1"></a>${any}`, story],
];
/** Words that may go: of a line that leads elsewhere, and of a label that nothing stands behind. */
const GONE = new Set(
  textWords(
    [
      ...[config.navigation.leads, config.navigation.fillers, config.parts.part, config.parts.of, config.parts.named],
      ...[config.and, config.qualifiers, config.scopes.work, config.scopes.part],
      ...[...Object.values(config.numbers), ...Object.values(config.labels)],
    ]
      .flat()
      .join(' ')
      .toLowerCase(),
  ),
);

describe('any page at all', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'Title:',
      'Rating: ',
      '<b>',
      '</b>',
      '<br />',
      '<hr>',
      '<a name="cutid1"></a>',
      '<table><tr><td>',
      '</table>',
      '<dl><dt>',
      '<dd>',
      'Notes/Warnings: ',
      '|',
      ' / ',
      '(1/2)',
      '««',
      ':::',
      'A/N',
      '\n',
      '&nbsp;',
      '<p>',
      'PG-13',
      '<center>',
    ),
    fc.string({ maxLength: 12 }),
    phrase(1, 6),
  );
  it('is read without an error, and as one of two kinds', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 60 }),
        fc.option(fc.string(), { nil: undefined }),
        fc.array(fc.string({ minLength: 1 }), { maxLength: 4 }),
        (pieces, subject, tags) => {
          const fic = read(pieces.join(''), subject === undefined ? { tags } : { subject, tags });
          expect(['fic', 'other']).toContain(fic.kind);
          expect(fic.evidence.kind).toBeDefined();
        },
      ),
      { numRuns: 400 },
    );
  });

  it('keeps every word: in the story, or in what was read from the header', () => {
    // A tag that never ends takes its neighbours' breaks along.
    const pieces = fc.array(
      piece.map((text) => (/^<[a-z/]/.test(text) ? text : text.replace(/[<&]/g, ''))),
      { maxLength: 40 },
    );
    const gap = fc.constantFrom('<br />', '<br /><br />', '<hr />');
    fc.assert(
      fc.property(
        pieces,
        fc.constantFrom(...WAYS),
        headers,
        fc.constantFrom(...SPOTS),
        gap,
        (pieces, way, { values }, spot, gap) => {
          const story = STORY.join('<br /><br />');
          const html = spot(way(values.slice(0, 2)), way(values.slice(2)), pieces.join(' '), story).join(gap);
          const fic = read(html, { subject: 'Fic: here' });
          const left = counted(wordsOf(html));
          for (const word of wordsOf(fic.html)) left.set(word, (left.get(word) ?? 0) - 1);
          const said = JSON.stringify([fic.header, fic.evidence]).replace(/\\(?:u[\da-f]{4}|.)/g, ' ');
          const kept = new Set(textWords(said.toLowerCase()));
          const lost = [...left].filter(
            ([word, count]) =>
              count > 0 &&
              !kept.has(word.toLowerCase()) &&
              !GONE.has(word.toLowerCase()) &&
              !/^\d{1,3}[a-z]?$/i.test(word),
          );
          expect(lost).toEqual([]);
          expect([...left].filter(([, count]) => count < 0)).toEqual([]);
        },
      ),
      { numRuns: 1500 },
    );
  });

  // A pattern that goes back over what it has read takes a minute or an hour for one of these; the test's time limit is 30 s.
  it.each(Object.keys(SHAPES))('is read in a time that grows with its size and no faster: %s', (shape) => {
    const html = (SHAPES[shape] as (size: number) => string)(300_000);
    expect(['fic', 'other']).toContain(read(html, { subject: html.slice(0, 5000), tags: [html.slice(0, 200)] }).kind);
  });
});

function textWords(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The words of a body as its lines show them. */
function wordsOf(html: string): string[] {
  return linesOf(cleanHtml(html)).flatMap(({ text }) => textWords(text));
}

function counted(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
