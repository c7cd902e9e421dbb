import { describe, expect, it } from 'vitest';
import { read, story } from './support.js';

const bare = (subject: string, tags: string[] = []) => read(story, { subject, tags });

describe('a subject without a header', () => {
  it.each([
    ['Fic: Rope', { title: 'Rope' }],
    ['[Fic] Rope', { title: 'Rope' }],
    ['FIC - Rope', { title: 'Rope' }],
    ['Ficlet: "Rope"', { title: 'Rope' }],
    ['Фанфик: «Канат»', { title: 'Канат' }],
    [
      'Fic: Rope (Harbour Lights, Tam/Orla, PG-13) 2/5',
      {
        title: 'Rope',
        fandoms: ['Harbour Lights'],
        relationships: ['Tam/Orla'],
        rating: 'PG-13',
        part: { number: 2, of: 5 },
      },
    ],
    ['Fic: Rope 1/2 [Highlander]', { title: 'Rope', fandoms: ['Highlander'], part: { number: 1, of: 2 } }],
    ['[Merlin] Fic: Rope', { title: 'Rope', fandoms: ['Merlin'] }],
    ['Leverage fic: Rope', { title: 'Rope', fandoms: ['Leverage'] }],
    ['New fic: Rope', { title: 'Rope' }],
    [
      '[fic] Salt and Rope - Merlin, Tam/Orla, R',
      { title: 'Salt and Rope', fandoms: ['Merlin'], relationships: ['Tam/Orla'], rating: 'R' },
    ],
    ['Fic: Rope (1/?)', { title: 'Rope', part: { number: 1 } }],
    ['Fic: Rope, Part Two of Three', { title: 'Rope', part: { number: 2, of: 3 } }],
    ['Fic: Rope, Chapter 3: The Knot', { title: 'Rope', part: { number: 3 }, chapterTitle: 'The Knot' }],
    ['Fic: Rope - Epilogue', { title: 'Rope', chapterTitle: 'Epilogue' }],
    ['Fic: (01/01) Rope', { title: 'Rope', part: { number: 1, of: 1 } }],
    ['Fic: Rope (complete, 50k)', { title: 'Rope', status: 'complete', wordCount: 50_000 }],
    ['Fic: Rope (crossposted)', { title: 'Rope' }],
    ['Fic: The Five (or Six) Bells', { title: 'The Five (or Six) Bells' }],
    ['Fic: Seven of Nine Goats', { title: 'Seven of Nine Goats' }],
    ['Fic: The Part I Play', { title: 'The Part I Play' }],
    ['Fic: Sub-Chapter Nineteen', { title: 'Sub-Chapter Nineteen' }],
    [
      'Drabble "Rope" [Torchwood, Tam/Orla, PG-13]',
      { title: 'Rope', fandoms: ['Torchwood'], relationships: ['Tam/Orla'], rating: 'PG-13' },
    ],
    [
      'Fic: Rope / Merlin / Tam/Orla / PG-13',
      { title: 'Rope', fandoms: ['Merlin'], relationships: ['Tam/Orla'], rating: 'PG-13' },
    ],
    [
      'due South - "Rope" (Tam/Orla) PG',
      { title: 'Rope', fandoms: ['due South'], relationships: ['Tam/Orla'], rating: 'PG' },
    ],
    ['Fic: Rope (Master & Commander, gen, G)', { title: 'Rope', fandoms: ['Master & Commander'], rating: 'G' }],
  ])('%s', (subject, header) => {
    const fic = bare(subject);
    expect(fic.kind).toBe('fic');
    expect(fic.header).toEqual(header);
    for (const field of Object.keys(header)) expect(fic.evidence[field]).toEqual({ from: 'subject', raw: subject });
  });

  it('gives the part a title of its own where the header names the story', () => {
    const fic = read(`<b>Title:</b> Rope<br /><b>Rating:</b> G<br /><br /><a name="cutid1"></a>${story}`, {
      subject: '1/13: Prologue',
    });
    expect(fic.header).toEqual({ title: 'Rope', rating: 'G', part: { number: 1, of: 13 }, chapterTitle: 'Prologue' });
  });
});

describe('a fandom that only its place in the subject tells', () => {
  const labelled = (subject: string, line: string) =>
    read(
      `<b>Title:</b> Rope<br /><b>${line.split(':')[0]}:</b>${line.split(':')[1]}<br /><br /><a name="cutid1"></a>${story}`,
      { subject },
    ).header;
  it('is one', () => expect(labelled('Fic: Rope (Belfry, G)', 'Rating: G').fandoms).toEqual(['Belfry']));
  it('is none beside a name of the cast', () =>
    expect(labelled('Fic: Rope (Ten, Donna, G)', 'Characters: Tenth Doctor, Donna Noble').fandoms).toBeUndefined());
});

describe('sources', () => {
  const header = '<b>Title:</b> Rope<br /><b>Rating:</b> G<br /><br /><a name="cutid1"></a>';
  it('header beats subject, subject beats tags, and the evidence says so', () => {
    const fic = read(header + story, {
      subject: 'Fic: Cord (Tam/Orla, PG)',
      tags: [
        'rating: r',
        'pairing: wick/bea',
        'fandom: harbour lights',
        'character: tam',
        'character: orla',
        'язык: русский',
        'series: ropes',
      ],
    });
    expect(fic.header).toEqual({
      title: 'Rope',
      rating: 'G',
      relationships: ['Tam/Orla'],
      fandoms: ['harbour lights'],
      characters: ['tam', 'orla'],
      language: 'русский',
      series: { name: 'ropes' },
    });
    expect(fic.evidence).toMatchObject({
      title: { from: 'header', raw: 'Title: Rope', line: 1 },
      rating: { from: 'header', raw: 'Rating: G', line: 2 },
      relationships: { from: 'subject', raw: 'Fic: Cord (Tam/Orla, PG)' },
      fandoms: { from: 'tag', raw: 'fandom: harbour lights' },
      characters: { from: 'tag', raw: 'character: tam, character: orla' },
    });
  });
  it('bare tags count for nothing', () => {
    expect(read(header + story, { tags: ['spn', 'dean/castiel', 'pg-13'] }).header).toEqual({
      title: 'Rope',
      rating: 'G',
    });
  });
  it('one part read in two places is one', () => {
    const fic = read(header.replace('Rope', 'Rope, chapter 2') + story, { subject: 'Rope 2/6' });
    expect(fic.header.part).toEqual({ number: 2, of: 6 });
  });
});

describe('lines without labels', () => {
  it('reads facts under a title line', () => {
    const fic = read(
      `<center><b>Rope</b><br />by lamplighter<br /><small>Station Nine | Maren &amp; Pell | PG | 1100 words</small></center><br />${story}`,
      { subject: 'here' },
    );
    expect(fic.kind).toBe('fic');
    expect(fic.header).toEqual({
      title: 'Rope',
      authors: ['lamplighter'],
      fandoms: ['Station Nine'],
      characters: ['Maren', 'Pell'],
      rating: 'PG',
      wordCount: 1100,
    });
    expect(fic.html).not.toContain('Station Nine');
  });
  it('reads them after a labelled line too', () => {
    const fic = read(`<i>Title: Kettle | Rating: G | 100 words</i><br /><br />${story}`);
    expect(fic.header).toMatchObject({ title: 'Kettle', rating: 'G', wordCount: 100 });
  });
});
