import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainBody, read, STORY, story } from './support.js';

const header = (...lines: string[]) => read(`${lines.join('<br />')}<br /><br />${story}`, { subject: 'here' }).header;

describe('labels that no list holds', () => {
  it.each([
    ['Charaters: Tam, Orla', 'characters', ['Tam', 'Orla']],
    ['Disclamer: not mine', 'disclaimer', 'not mine'],
    ['Sumary: A rope.', 'summary', 'A rope.'],
    ['Spoliers: none', 'spoilers', 'none'],
    ['Wrod count: 300', 'wordCount', 300],
    ['Copyright disclaimer: not mine', 'disclaimer', 'not mine'],
    ['Spoilers (if any): none', 'spoilers', 'none'],
    ['Warnings/Enticements: goats', 'warnings', 'goats'],
    ["Recipient's name: bellringer", 'recipient', 'bellringer'],
    ['Nº de palabras: 1.250', 'wordCount', 1250],
    ['Challenge/Prompt: 4. rope', 'prompt', '4. rope'],
  ] as const)('%s', (line, field, value) => {
    expect(header('Title: Rope', line, 'Rating: G')).toMatchObject({ title: 'Rope', [field]: value, rating: 'G' });
  });
  it('several misspelt ones at the end', () => {
    const lines = ['Title: Rope', 'Disclamer: not mine', 'Sumary: A rope.', 'Charaters: Tam', 'Spoliers: none'];
    expect(header(...lines)).toMatchObject({
      disclaimer: 'not mine',
      summary: 'A rope.',
      characters: ['Tam'],
      spoilers: 'none',
    });
  });
  it('several on a line without a mark between', () => {
    expect(header('Title: Rope and Bell Rating: PG Pairing: Tam/Orla Words: 900', 'Summary: A rope.')).toMatchObject({
      title: 'Rope and Bell',
      rating: 'PG',
      relationships: ['Tam/Orla'],
      wordCount: 900,
    });
  });
  it('a value in a cell that begins with the mark', () => {
    const html = '<table><tr><td>Title</td><td>: Rope</td></tr><tr><td>Rating</td><td>- PG</td></tr></table>';
    expect(read(`${html}${story}`).header).toMatchObject({ title: 'Rope', rating: 'PG' });
  });
  it('a value on a line of its own that is shaped like a label', () => {
    const lines = ['<b>Title</b>', 'Rope', '<b>Fandom</b>', 'Harbour Lights: Winter', '<b>Rating</b>', 'PG'];
    expect(header(...lines)).toMatchObject({ title: 'Rope', fandoms: ['Harbour Lights: Winter'], rating: 'PG' });
  });
  it('a joint parts a label before its words are weighed', () => {
    expect(header('Title &amp; Author: Rope by bellringer', 'Rating: G')).toMatchObject({
      title: 'Rope',
      authors: ['bellringer'],
    });
    expect(header('Story Title: Rope', 'Author Name: bellringer', 'Rating: G')).toMatchObject({
      title: 'Rope',
      authors: ['bellringer'],
    });
  });
  it('a line that only begins with a label word is none', () => {
    const html = `<b>Title:</b> Rope<br /><b>Notes:</b> Late again.<br /><br />Unbetaed, because I am impatient.<br /><br /><a name="cutid1"></a>${story}`;
    expect(read(html).header.notes).toBe('Late again.\nUnbetaed, because I am impatient.');
  });
});

describe('marks between a label and its value', () => {
  it.each([
    (label: string, value: string) => `[ ${label} ] ${value}`,
    (label: string, value: string) => `[${label}] ${value}`,
    (label: string, value: string) => `${label} // ${value}`,
    (label: string, value: string) => `${label}; ${value}`,
    (label: string, value: string) => `${label}..... ${value}`,
    (label: string, value: string) => `★ ${label}: ${value}`,
    (label: string, value: string) => `${label} :: ${value}`,
  ])('%s', (way) => {
    const lines = [way('Title', 'Rope'), way('Pairing', 'Tam/Orla'), way('Rating', 'PG'), way('Words', '1,200')];
    const fic = read(`${lines.join('<br />')}<br /><br />${story}`, { subject: 'here' });
    expect(fic.header).toMatchObject({ title: 'Rope', relationships: ['Tam/Orla'], rating: 'PG', wordCount: 1200 });
    expect(plainBody(fic)).toBe(STORY.join(' '));
  });
  it('a label dressed like the one before it, whatever its words', () => {
    const fic = header(
      '<b>Title:</b> Rope',
      '<b>Disclaimer:</b> Not mine. <b>Kept at:</b> the belfry',
      '<b>Rating:</b> G',
    );
    expect(fic.disclaimer).toBe('Not mine.');
    expect(fic.other).toContainEqual({ label: 'Kept at', value: 'the belfry' });
  });
});

describe('subjects', () => {
  it.each([
    ['Stargate SG-1 fic: Rope', { title: 'Rope', fandoms: ['Stargate SG-1'] }],
    ['3 Merlin fics: Rope', { title: 'Rope' }],
    ['FIC: "Rope", Harbour Lights, Tam/Orla, PG', { title: 'Rope', fandoms: ['Harbour Lights'], rating: 'PG' }],
    ['Fic: Long Rope Part 2 (of 3)', { title: 'Long Rope', part: { number: 2, of: 3 } }],
    ['Fic: Rope (original slash)', { title: 'Rope', fandoms: ['original'] }],
  ])('%s', (subject, expected) => {
    expect(read(story, { subject }).header).toMatchObject(expected);
  });
  it('a fandom of the header is no part of the title', () => {
    const fic = read(`Fandom: Harbour Lights<br />Rating: G<br /><br />${story}`, { subject: 'Rope (Harbour Lights)' });
    expect(fic.header.title).toBe('Rope');
  });
  it('a canon under "Series" goes before its short form in the subject', () => {
    const fic = read(`Title: Rope<br />Series: Lantern Alchemist<br />Rating: G<br /><br />${story}`, {
      subject: '[LA] Rope',
    });
    expect(fic.header).toMatchObject({ fandoms: ['Lantern Alchemist'] });
    expect(fic.header.series).toBeUndefined();
  });
});

describe('what a post says of itself', () => {
  it('a disclaimer is not written under a recommendation', () => {
    const lines = ['TITLE: Rope', 'AUTHOR: The Bellringer', 'RATING: R', 'FEEDBACK: yes', 'DISCLAIMER: not mine'];
    const facts = { subject: '"Rope" by The Bellringer', poster: 'lamplighter' };
    expect(read(`${lines.join('<br />')}<br /><br />${story}`, facts).kind).toBe('fic');
  });
  it('a letter to whoever will write is no story', () => {
    const html = `Fandom: Harbour Lights<br />Characters: Tam<br />Likes: rope<br />Do not wants: goats<br /><br />${STORY[0]}`;
    expect(read(html, { subject: 'Dear Yuletide Author' }).kind).toBe('other');
  });
});

/** Words that stand nowhere else, so that each can be followed. */
const unique = fc.nat({ max: 1_000_000 }).map((number) => `q${number.toString(36)}z`);
const line = fc.oneof(
  fc
    .tuple(fc.constantFrom('Title', 'Rating', 'Summary', 'Notes', 'Archive', 'Wibble', 'Pairing', 'Words'), unique)
    .map(([label, word]) => `${label}: ${word}`),
  fc.array(unique, { minLength: 1, maxLength: 12 }).map((words) => words.join(' ')),
  fc.constantFrom('<hr />', '', '* * *', '<a name="cutid1"></a>'),
);

describe('no word is lost', () => {
  it('what is not in the body is in the header, with its label or its line', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const fic = read(lines.join('<br />'), { subject: 'here' });
        const body = plainBody(fic);
        const kept = `${body} ${JSON.stringify(fic.header)} ${JSON.stringify(fic.evidence)}`;
        const all: string[] = lines.join(' ').match(/q\w+z/g) ?? [];
        for (const word of all) expect(kept).toContain(word);
        // The body's words stand in the entry's order, none twice.
        let at = 0;
        for (const word of body.match(/q\w+z/g) ?? []) {
          at = all.indexOf(word, at) + 1;
          expect(at).toBeGreaterThan(0);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
