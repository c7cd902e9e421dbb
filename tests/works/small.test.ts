import { describe, expect, it } from 'vitest';
import { VocabularyFile } from '../../src/config/vocabulary.js';
import { detectLanguage, languageOf, newTags } from '../../src/works/index.js';
import { Slugs, slugOf } from '../../src/works/slug.js';
import { Vocabulary } from '../../src/works/vocabulary.js';
import { keyOf, nameCase } from '../../src/works/words.js';
import { config } from './records.js';

describe('slugs', () => {
  it.each([
    ['The Lamp Room', 'the-lamp-room'],
    ["Don't Look Back!", 'dont-look-back'],
    ['Соль на подоконнике', 'sol-na-podokonnike'],
    ['Ёлка и щука', 'yolka-i-shchuka'],
    ['Café Größe Łódź', 'cafe-grosse-lodz'],
    ['Salt & Smoke', 'salt-and-smoke'],
    ['My LiveJournal year', 'my-year'],
    ['livelivejournaljournal', 'live-journal'],
    ['dream/width: Dreamwidth', 'dream-width'],
    ['***', ''],
    ['夜', ''],
  ])('%s → %s', (title, expected) => {
    expect(slugOf(title, config)).toBe(expected);
  });

  it('are cut between words, at sixty characters', () => {
    const title = 'The Trouble with Lighthouses: Five Ways in which the Keeper Never Came Home';
    expect(slugOf(title, config)).toBe('the-trouble-with-lighthouses-five-ways-in-which-the-keeper');
    expect(slugOf('a'.repeat(90), config)).toBe('a'.repeat(60));
  });

  it('are each given once, and none that Windows keeps for itself', () => {
    const slugs = new Slugs(config);
    expect(['Con', 'Salt', 'salt', 'Salt 2', 'Salt', '?', '?'].map((title) => slugs.next(title, 'work-7'))).toEqual([
      'con-work',
      'salt',
      'salt-2',
      'salt-2-2',
      'salt-3',
      'work-7',
      'work-7-2',
    ]);
    const long = 'b'.repeat(60);
    expect([slugs.next(long, 'x'), slugs.next(long, 'x')]).toEqual([long, `${'b'.repeat(58)}-2`]);
  });
});

describe('languages', () => {
  const english =
    'The lights went out all over the harbour, and nobody in the kitchen said a word for as long as it took the kettle to boil. ';
  const russian =
    'Когда в доме погас свет, никто на кухне не сказал ни слова, пока не закипел чайник, а за окном всё ещё шёл дождь. ';
  const german =
    'Als im Haus das Licht ausging, sagte niemand in der Küche ein Wort, bis das Wasser kochte, und draußen fiel noch immer der Regen. ';
  const italian =
    'Quando in casa si spense la luce nessuno in cucina disse una parola finché l’acqua non bollì, e fuori pioveva ancora. ';

  const dutch =
    'Toen in het huis het licht uitging zei niemand in de keuken een woord tot het water kookte, en buiten viel nog altijd de regen. ';
  const ukrainian =
    'Коли в будинку згасло світло, ніхто на кухні не сказав ні слова, поки не закипів чайник, а за вікном усе ще йшов дощ. ';
  // No small words are listed for it.
  const turkish =
    'Evde ışıklar söndüğünde su kaynayana kadar mutfakta kimse tek kelime etmedi ve dışarıda hâlâ yağmur yağıyordu, kapı çaldı. ';

  it.each([
    [english.repeat(2), 'en'],
    [russian.repeat(2), 'ru'],
    [german.repeat(2), 'de'],
    [italian.repeat(3), 'it'],
    [dutch.repeat(2), 'nl'],
    [ukrainian.repeat(3), 'uk'],
    [turkish.repeat(2), 'tr'],
    ['Der Regen fiel.', 'en'],
    ['Шёл дождь.', 'ru'],
    ['', 'en'],
    ['1234 !!', 'en'],
  ])('%s', (text, expected) => {
    expect(detectLanguage(text, config)).toBe(expected);
  });

  it('are known by name or code', () => {
    expect(['Russian', 'русский', 'ru', 'English', 'ptbr', 'Klingon'].map((name) => languageOf(name, config))).toEqual([
      'ru',
      'ru',
      'ru',
      'en',
      'ptBR',
      undefined,
    ]);
  });
});

describe('new tags', () => {
  it('are those the vocabulary does not know, each once', () => {
    const archive = {
      rating: 'Mature',
      warnings: [],
      categories: [],
      fandoms: ["Grey's Anatomy", 'Harbour Lights', 'Star Trek'],
      relationships: ['Mark Sloan/Alex Karev', 'Tom Reed/Ned Hale'],
      characters: ['Mark Sloan', 'Tom Reed', 'Kirk'],
      additionalTags: ['Angst', 'Curtain Fic'],
    };
    expect(newTags([{ archive }, { archive }], config)).toEqual({
      fandoms: ['Harbour Lights', 'Star Trek'],
      characters: ['Kirk', 'Tom Reed'],
      relationships: ['Tom Reed/Ned Hale'],
      additionalTags: ['Curtain Fic'],
      total: 6,
    });
  });
});

describe('words', () => {
  it('have one key however they are written', () => {
    expect(keyOf('Grey’s  Anatomy')).toBe(keyOf('GREYS ANATOMY'));
    expect(keyOf('Zoë Washburne')).toBe(keyOf('zoe washburne'));
    expect(keyOf('Kirk / Spock')).toBe('kirk/spock');
    expect(keyOf('h/c')).not.toBe(keyOf('hc'));
  });

  it('become names', () => {
    const cases = [
      "george o'malley",
      'rodney mckay',
      'wesley wyndam-pryce',
      'the lord of the rings',
      'fraser',
      'van helsing',
      'дин винчестер',
      'Ray kowalski',
      'JJ',
    ];
    expect(cases.map((name) => nameCase(name, config.smallWords))).toEqual([
      "George O'Malley",
      'Rodney McKay',
      'Wesley Wyndam-Pryce',
      'The Lord of the Rings',
      'Fraser',
      'Van Helsing',
      'Дин Винчестер',
      'Ray kowalski',
      'JJ',
    ]);
  });
});

describe('the shipped vocabulary', () => {
  const vocabulary = Vocabulary.of(config);

  it('is large enough to begin with', () => {
    expect(Object.keys(config.fandoms).length).toBeGreaterThanOrEqual(25);
    expect(Object.keys(config.tags).length).toBeGreaterThanOrEqual(60);
  });

  it('says each listed form of one character only', () => {
    for (const [fandom, { characters }] of Object.entries(config.fandoms)) {
      for (const [name, { also }] of Object.entries(characters)) {
        for (const form of [name, ...also])
          expect([form, vocabulary.character([fandom], form)]).toEqual([form, [name]]);
      }
    }
  });

  it('has every relationship between characters of its fandom, and each short name once', () => {
    for (const [fandom, { relationships }] of Object.entries(config.fandoms)) {
      for (const [name, { also }] of Object.entries(relationships)) {
        for (const member of name.replace(/ \([^()]*\)$/, '').split(/\/| & /)) {
          expect([name, member, vocabulary.character([fandom], member)]).toEqual([name, member, [expect.any(String)]]);
        }
        for (const form of also) expect([form, vocabulary.relationship([fandom], form)]).toEqual([form, [name]]);
      }
    }
  });

  it('holds nothing that the archive would refuse in a tag', () => {
    const names = Object.entries(config.fandoms).flatMap(([fandom, entry]) => [
      fandom,
      ...Object.keys(entry.characters),
      ...Object.keys(entry.relationships),
    ]);
    for (const name of [...names, ...Object.keys(config.tags), ...Object.keys(config.anyFandom)]) {
      expect([name, [...config.archive.tagForbidden].filter((letter) => name.includes(letter))]).toEqual([name, []]);
      expect(name.length).toBeLessThanOrEqual(config.archive.limits.tag);
    }
  });

  it('says categories and ratings as the archive does', () => {
    expect(Object.keys(config.categories)).toEqual(config.archive.categories);
    expect(Object.keys(config.archive.ratingLabels)).toEqual(config.archive.ratings);
    for (const warning of Object.keys(config.archive.warningWords)) expect(config.archive.warnings).toContain(warning);
  });

  it('grows by a user’s file', () => {
    const more = VocabularyFile.parse({
      fandoms: { 'Harbour Lights': { also: ['HL'], characters: { 'Tom Reed': { gender: 'm' } } } },
      tags: {},
      categories: {},
      categoryLabels: [],
      joining: config.joining,
      articles: [],
      smallWords: [],
    });
    const own = Vocabulary.of({ ...config, fandoms: { ...config.fandoms, ...more.fandoms } });
    expect(own.fandom('hl')).toEqual(['Highlander: The Series', 'Harbour Lights']);
    expect(own.character(['Harbour Lights'], 'tom')).toEqual(['Tom Reed']);
  });
});
