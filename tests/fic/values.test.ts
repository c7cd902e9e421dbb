import { describe, expect, it } from 'vitest';
import { ratingOf } from '../../src/fic/index.js';
import type { Header } from '../../src/model.js';
import { config, read, story } from './support.js';

/** The header of a fic with these lines above the cut. */
function header(...lines: string[]): Header {
  return read(`${lines.join('<br />')}<br /><br /><a name="cutid1"></a>${story}<a name="cutid1-end"></a>`).header;
}

describe('ratings', () => {
  it.each([
    ['G', 'General Audiences'],
    ['PG', 'General Audiences'],
    ['PG (for now)', 'General Audiences'],
    ['Gen', 'General Audiences'],
    ['All ages', 'General Audiences'],
    ['K+', 'General Audiences'],
    ['Verde', 'General Audiences'],
    ['для всех', 'General Audiences'],
    ['PG13', 'Teen And Up Audiences'],
    ['pg 13', 'Teen And Up Audiences'],
    ['PG-13 (some swearing)', 'Teen And Up Audiences'],
    ['T', 'Teen And Up Audiences'],
    ['FRT-13', 'Teen And Up Audiences'],
    ['Giallo', 'Teen And Up Audiences'],
    ['R', 'Mature'],
    ['R for adult themes and an explicit limerick', 'Mature'],
    ['hard R', 'Mature'],
    ['Rated R', 'Mature'],
    ['a strong R', 'Mature'],
    ['M', 'Mature'],
    ['FRM', 'Mature'],
    ['P16', 'Mature'],
    ['arancione', 'Mature'],
    ['NC-17', 'Explicit'],
    ['nc17', 'Explicit'],
    ['18+', 'Explicit'],
    ['FRAO', 'Explicit'],
    ['Adult', 'Explicit'],
    ['rosso', 'Explicit'],
    ['PG to NC-17', 'Explicit'],
    ['PG-13/R', 'Mature'],
    ['PG-13 this chapter, R overall', 'Mature'],
    ['PG-13 overall, NC-17 in part four', 'Explicit'],
    ['G - PG-13', 'Teen And Up Audiences'],
  ])('%s is %s', (text, rating) => expect(ratingOf(text, config.ratings)).toBe(rating));

  it.each(['', 'Not rated', 'ask me later', 'who knows', 'unrated'])('%j is none', (text) =>
    expect(ratingOf(text, config.ratings)).toBeUndefined(),
  );

  it('keeps the remark in the header as written', () => {
    expect(header('Title: Rope', 'Rating: R for rope burns').rating).toBe('R for rope burns');
  });
});

describe('words beside a pairing', () => {
  it.each([
    ['Sam/Dean, past Sam/Jess', ['Sam/Dean', 'Sam/Jess']],
    ['Orla/Tam (main), Bea/Wick implied', ['Orla/Tam', 'Bea/Wick']],
    ['unrequited Orla/Tam', ['Orla/Tam']],
  ])('%s is kept as posted', (value, relationships) => {
    expect(header('Title: Rope', `Pairing: ${value}`)).toMatchObject({ relationships, pairingNote: value });
  });

  it.each([
    'Orla/Tam',
    'Orla / Tam and Bea/Wick',
    'OrlaxTam',
    'Orla x Tam & Bea x Wick',
    'none',
    'gen',
    'Orla/Tam; Bea/Wick.',
  ])('%s has none', (value) => expect(header('Title: Rope', `Pairing: ${value}`).pairingNote).toBeUndefined());
});

describe('word counts', () => {
  it.each([
    ['Words: 883', 883],
    ['Word Count: ~2,300', 2300],
    ['Word Count: approx. 900', 900],
    ['Wordcount: 1.2k', 1200],
    ['Words: 112K', 112_000],
    ['Words: +9100 words.', 9100],
    ['Word count: 5 803 words', 5803],
    ['Word count: 5&nbsp;803', 5803],
    ['Parole: 1.250 (Word)', 1250],
    ['Wörter: 3.412', 3412],
    ['Length: 2400 words, more or less', 2400],
    ['Length: 2,400', 2400],
    ['Размер: мини, 2300 слов', 2300],
    ['Объём: около 2,5 тысяч слов', 2500],
    ['Length: 3500ish words', 3500],
    ['Length: 2200+ words', 2200],
    ['Length: one-shot, 4.5k words', 4500],
    ['Word count for this chapter: 4,015', 4015],
    ['How long will this take: 1,150 words', 1150],
  ])('%s', (line, count) => expect(header('Title: Rope', line).wordCount).toBe(count));

  it.each([
    'Length: 34 minutes',
    'Length: 12 chapters',
    'Size: 1.2 MB',
    'Word count: see notes',
    'Word count: too many',
    'Length: 12:34',
    'Размер: миди',
  ])('%s is no count of words, and is kept', (line) => {
    const read = header('Title: Rope', line, 'Rating: G');
    expect(read.wordCount).toBeUndefined();
    expect(read.other?.[0]?.value).toBe(line.slice(line.indexOf(':') + 2));
  });
});

describe('pairings and characters', () => {
  it.each([
    ['Pairing: Tam/Orla', ['Tam/Orla']],
    ['Pairing: Tam / Orla', ['Tam/Orla']],
    ['Pairing: Tam x Orla', ['Tam/Orla']],
    ['Pairing: TamxOrla', ['Tam/Orla']],
    ['Pairing: Tam/Orla/Wick', ['Tam/Orla/Wick']],
    ['Pairings: Tam/Orla (main), Wick/Bea implied', ['Tam/Orla', 'Wick/Bea']],
    ['Pairings: past Tam/Orla; hints of Wick/Bea', ['Tam/Orla', 'Wick/Bea']],
    ['Pairings: Tam/Orla and Wick/Bea', ['Tam/Orla', 'Wick/Bea']],
    ['Pairing: pre-slash Tam/Wick, if you squint', ['Tam/Wick']],
    ['Pairing: TamOrla', ['TamOrla']],
    ['Pairing: evil!Tam/Orla', ['evil!Tam/Orla']],
    ['Пейринг: Там/Орла, намёк на Уик/Беа', ['Там/Орла', 'Уик/Беа']],
    ['Pairing: Tam/Orla in a manner of speaking; traces here and there of Wick/Bea', ['Tam/Orla', 'Wick/Bea']],
    ['Pareja: Tam/Orla si entrecierras los ojos', ['Tam/Orla']],
    ['Pairing: mentions of the Doctor/Orla', ['the Doctor/Orla']],
    ['Pairing: von Wick/Orla', ['von Wick/Orla']],
    ['Pairing: Tam/Orla, barely', ['Tam/Orla']],
    ['Pairing: tam/orla, wick', ['tam/orla', 'wick']],
    ['Pairing: 8059, 1827', ['8059', '1827']],
    ['Claim: Tam/Orla', ['Tam/Orla']],
  ])('%s', (line, pairings) => expect(header('Title: Rope', line).relationships).toEqual(pairings));

  it.each(['Pairing: none', 'Pairing: gen', 'Pairings: None (or friendship, if you like)', 'Пейринг: нет'])(
    '%s is no pairing, whatever the tags say',
    (line) => {
      const fic = read(`Title: Rope<br />${line}<br /><br /><a name="cutid1"></a>${story}`, {
        tags: ['pairing: tam/orla'],
      });
      expect(fic.header.relationships).toBeUndefined();
    },
  );

  it.each([
    ['Characters: Tam, Orla and Wick', ['Tam', 'Orla', 'Wick']],
    ['Characters: Tam & Orla', ['Tam', 'Orla']],
    ['Character(s): Bea (the goat); Tam', ['Bea', 'Tam']],
    ['Personaggi: Tam e Orla', ['Tam', 'Orla']],
    ['Персонажи: Там, Орла', ['Там', 'Орла']],
  ])('%s', (line, names) => expect(header('Title: Rope', line).characters).toEqual(names));
});

describe('composite labels', () => {
  it('splits characters from pairings', () => {
    const read = header('Title: Rope', 'Character(s)/Pairing: Tam, Orla, Tam/Orla');
    expect(read).toMatchObject({ characters: ['Tam', 'Orla'], relationships: ['Tam/Orla'] });
  });
  it('gives prose to both', () => {
    const read = header('Title: Rope', 'Notes/Warnings: There is a goat. It bites (hard).');
    expect(read.notes).toBe('There is a goat. It bites (hard).');
    expect(read.warnings).toBe(read.notes);
  });
  it('parts a rating from a count, in either order', () => {
    expect(header('Title: Rope', 'Word Count/Rating: 1,210 words/Gen')).toMatchObject({
      wordCount: 1210,
      rating: 'Gen',
    });
    expect(header('Title: Rope', 'Rating &amp; Word Count: PG-13, 1210 words')).toMatchObject({
      wordCount: 1210,
      rating: 'PG-13',
    });
  });
  it('parts a rating from warnings', () => {
    expect(header('Title: Rope', 'Rating/Warnings: R, a goat is harmed')).toMatchObject({
      rating: 'R',
      warnings: 'a goat is harmed',
    });
    expect(header('Title: Rope', 'Rating and Warnings: G').warnings).toBeUndefined();
  });
  it('parts a pairing from a rating', () => {
    expect(header('Title: Rope', 'Pairing/Rating: Tam/Orla, R')).toMatchObject({
      relationships: ['Tam/Orla'],
      rating: 'R',
    });
    expect(header('Title: Rope', 'Rating/Pairing: PG / Tam/Orla')).toMatchObject({
      relationships: ['Tam/Orla'],
      rating: 'PG',
    });
  });
  it('parts a fandom from a pairing', () => {
    expect(header('Title: Rope', 'Fandom/Pairing: Harbour Lights, Tam/Orla')).toMatchObject({
      fandoms: ['Harbour Lights'],
      relationships: ['Tam/Orla'],
    });
  });
});

describe('names of people and canons', () => {
  it.each([
    ['Fandom: Leverage/White Collar', ['Leverage', 'White Collar']],
    ['Fandom: Harbour Lights (some Station Nine)', ['Harbour Lights']],
    ['Fandoms: Harbour Lights; Station Nine', ['Harbour Lights', 'Station Nine']],
    ['Fandom: Star Trek: Deep Space Nine', ['Star Trek: Deep Space Nine']],
    ['Фандом «Гавань»', ['Гавань']],
  ])('%s', (line, fandoms) => expect(header('Title: Rope', 'Rating: G', line).fandoms).toEqual(fandoms));

  it('finds a pairing after the fandom', () => {
    expect(header('Title: Rope', 'Fandom: Harbour Lights, Tam/Orla')).toMatchObject({
      fandoms: ['Harbour Lights'],
      relationships: ['Tam/Orla'],
    });
  });
  it('takes account tags as bare names', () => {
    const user = (name: string) =>
      `<span class='ljuser' lj:user='${name}'><a href='https://${name}.livejournal.com/profile'><img src='x.gif' /></a><a href='https://${name}.livejournal.com/'><b>${name}</b></a></span>`;
    const read = header(
      'Title: Rope',
      `Author: ${user('lamp_lighter')}`,
      `Beta: Endless thanks to ${user('goat_herd')}, who is patient and kind`,
    );
    expect(read).toMatchObject({ authors: ['lamp_lighter'], betas: ['goat_herd'] });
  });
  it('names no author where the header names none', () => {
    expect(header('Title: Rope', 'Rating: G').authors).toBeUndefined();
  });
  it.each([
    ['Beta: Dora and Pim', ['Dora', 'Pim']],
    ['Betas: thanks to Dora for the commas', ['Dora']],
    ['Беты и соавторы: zimny, Черника', ['zimny', 'Черника']],
  ])('%s', (line, betas) => expect(header('Title: Rope', line).betas).toEqual(betas));
  it('keeps an article that is part of a name, and no thanks', () => {
    expect(header('Title: Rope', 'Author: the ferryman').authors).toEqual(['the ferryman']);
    const user = `<span class='ljuser' lj:user='goat_herd'><a href='https://goat-herd.livejournal.com/'><b>goat_herd</b></a></span>`;
    expect(header('Title: Rope', `Beta: ${user}, you are a star! :)`).betas).toEqual(['goat_herd']);
  });
  it.each(['Beta: none', 'Beta: unbeta’d', 'Beta: me, myself'])('%s names nobody', (line) =>
    expect(header('Title: Rope', line, 'Rating: G').betas).toBeUndefined(),
  );
});

describe('status, parts and series', () => {
  it.each([
    ['Status: Complete', 'complete'],
    ['Status: WIP (3/?)', 'in-progress'],
    ['WIP?: No', 'complete'],
    ['Complete: no', 'in-progress'],
    ['Type: Oneshot', 'complete'],
    ['Статус: закончен', 'complete'],
    ['Stato: in corso', 'in-progress'],
  ])('%s', (line, status) => expect(header('Title: Rope', line).status).toBe(status));

  it.each([
    [['Title: Rope (2/5)'], { number: 2, of: 5 }],
    [['Title: Rope (1/?)'], { number: 1 }],
    [['Title: Rope, Part Two of Three'], { number: 2, of: 3 }],
    [['Title: Rope', 'Chapter: 4/9'], { number: 4, of: 9 }],
    [['Titel: Seil', 'Teil: 1/3'], { number: 1, of: 3 }],
    [['Название: Канат', 'Глава: вторая'], { number: 2 }],
  ])('%j', (lines, part) => {
    const read = header(...lines, 'Rating: G');
    expect(read.part).toEqual(part);
    expect(['Rope', 'Seil', 'Канат']).toContain(read.title);
  });

  it.each([
    ['Series: Ropes, #3', { name: 'Ropes', number: 3 }],
    ['Series: Part 2 of the Belfry verse', { name: 'Belfry verse', number: 2 }],
    ['Verse: Belfry', { name: 'Belfry' }],
    ['Цикл: Канаты, №3', { name: 'Канаты', number: 3 }],
  ])('%s', (line, series) => expect(header('Title: Rope', line).series).toEqual(series));

  it('takes a canon named as the series for the fandom', () => {
    const fic = read(`Title: Rope<br />Series: Hikaru no Go<br />Rating: G<br /><br /><a name="cutid1"></a>${story}`, {
      tags: ['hikaru no go'],
    });
    expect(fic.header).toMatchObject({ fandoms: ['Hikaru no Go'] });
    expect(fic.header.series).toBeUndefined();
  });
});

describe('labels', () => {
  it.each([
    [
      'a question',
      ['Title: Rope', 'Spoilers? Nothing past the goat.', 'Rating: G'],
      { spoilers: 'Nothing past the goat.' },
    ],
    [
      'no more than a title with a comma before a bar',
      ['Title: Noon, A | Rating: G | 40 words'],
      { title: 'Noon, A', rating: 'G', wordCount: 40 },
    ],
    ['one after a comma', ['Author: Wick, beta: Dora', 'Rating: G'], { authors: ['Wick'], betas: ['Dora'] }],
    [
      'misspelt ones, from the first',
      ['Tittle: Rope', 'Auther: Wick', 'Rating: G'],
      { title: 'Rope', authors: ['Wick'] },
    ],
    [
      'a head word in the midst',
      ['Rating: G', 'Standard disclaimer of doom: Not my goat.'],
      { disclaimer: 'Not my goat.' },
    ],
    [
      'of the whole and of the part',
      ['Titre : Corde', 'Résumé général : Une corde.', 'Résumé du chapitre : Un nœud.'],
      { summary: 'Une corde.' },
    ],
  ])('%s', (_, lines, expected) => expect(header(...lines)).toMatchObject(expected));

  it('that speak of the story this was made from are none of this one', () => {
    const read = header(
      '<b>Title:</b> Rope',
      '<b>Spoilers:</b> all',
      '<b>Title, Author and URL of original story:</b> Cord by Dora',
      '<b>Notes:</b> Hello.',
    );
    expect(read).toMatchObject({ title: 'Rope', spoilers: 'all', notes: 'Hello.' });
    expect(read.authors).toBeUndefined();
  });
});

describe('lines without labels', () => {
  const bare = (lines: string[], facts: Parameters<typeof read>[1]) =>
    read(`${lines.join('<br />')}<br /><br /><a name="cutid1"></a>${story}<a name="cutid1-end"></a>`, facts).header;
  it('between bars, with a cast', () => {
    expect(bare(['Rope', 'Merlin | Tam Wick, Orla Bea | G | 940 words'], { subject: 'Rope' })).toMatchObject({
      title: 'Rope',
      fandoms: ['Merlin'],
      characters: ['Tam Wick', 'Orla Bea'],
      rating: 'G',
      wordCount: 940,
    });
  });
  it('with a fandom that only a tag knows', () => {
    expect(
      bare(['harbour lights // tam, orla, wick // g // 960 words'], { subject: 'rope', tags: ['harbour lights'] }),
    ).toMatchObject({
      title: 'rope',
      fandoms: ['harbour lights'],
      wordCount: 960,
    });
  });
  it('and a count said in passing above the cut', () => {
    expect(bare(['Not mine, alas. About 500 words. Cold feet.'], { subject: 'Ficlet: Rope (gen, G)' }).wordCount).toBe(
      500,
    );
  });
});

describe('texts', () => {
  it('prefers the summary of the whole to the chapter’s', () => {
    expect(header('Title: Rope', 'Chapter Summary: A knot.', 'Series Summary: A rope.').summary).toBe('A rope.');
    expect(header('Title: Rope', 'Summary: A rope.', 'Chapter Summary: A knot.').summary).toBe('A rope.');
  });
  it('goes on over unlabelled lines, and joins several notes', () => {
    const read = header('Title: Rope', 'Summary: A rope.', 'And a goat.', 'Notes: First.', 'Notes Part Deux: Second.');
    expect(read).toMatchObject({ summary: 'A rope.\nAnd a goat.', notes: 'First.\nSecond.' });
  });
  it('takes the paragraphs after the notes up to the cut', () => {
    expect(header('Title: Rope', 'A/N: Late again.', '<br />Sorry about the goat.').notes).toBe(
      'Late again.\nSorry about the goat.',
    );
  });
  it('keeps what it knows no field for', () => {
    expect(header('Title: Rope', 'Rating: G', 'Feedback: is cake', 'Goat Breed: unknown').other).toEqual([
      { label: 'Feedback', value: 'is cake' },
      { label: 'Goat Breed', value: 'unknown' },
    ]);
  });
  it('forgives one wrong letter in a label', () => {
    expect(header('Title: Rope', 'Summery: A rope.', 'Disclamier: Not my goat.')).toMatchObject({
      summary: 'A rope.',
      disclaimer: 'Not my goat.',
    });
  });
  it('reads recipient and prompt', () => {
    expect(header('Title: Rope', 'Written for: goat_herd', 'Prompt: "bells"')).toMatchObject({
      recipient: 'goat_herd',
      prompt: '"bells"',
    });
  });
});
