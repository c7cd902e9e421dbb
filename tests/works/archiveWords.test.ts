import { describe, expect, it } from 'vitest';
import type { Header } from '../../src/model.js';
import { inArchiveWords } from '../../src/works/index.js';
import { plainName, Vocabulary } from '../../src/works/vocabulary.js';
import { keyOf } from '../../src/works/words.js';
import { config } from './records.js';

const say = (header: Header, tags: string[] = [], rules = {}, subject?: string) =>
  inArchiveWords({ header, evidence: {} }, { tags, ...(subject && { subject }) }, config, rules);

describe('names', () => {
  it('completes a pairing from prefixed tags', () => {
    const { archive, evidence } = say(
      { fandoms: ["grey's anatomy"], characters: ['Mark', 'Alex'], relationships: ['Mark/Alex'], rating: 'R' },
      ['character: mark sloan', 'character: alex karev', 'pairing: mark/alex', "fandom: grey's anatomy"],
    );
    expect(archive).toMatchObject({
      rating: 'Mature',
      fandoms: ["Grey's Anatomy"],
      characters: ['Mark Sloan', 'Alex Karev'],
      relationships: ['Mark Sloan/Alex Karev'],
    });
    expect(evidence.relationships).toMatchObject({
      from: 'tag',
      raw: expect.stringContaining('character: mark sloan'),
    });
  });

  it('completes from the tags where no fandom is known, in title case', () => {
    const { archive } = say({ fandoms: ['harbour lights'], relationships: ['Tom/Ned'] }, [
      'character: tom mcbride',
      "character: ned o'hara",
    ]);
    expect(archive.fandoms).toEqual(['Harbour Lights']);
    expect(archive.relationships).toEqual(["Tom McBride/Ned O'Hara"]);
    expect(archive.characters).toEqual(['Tom McBride', "Ned O'Hara"]);
  });

  it("completes from the header's own character list before the vocabulary", () => {
    // The vocabulary would say Dean Winchester; this author's Dean is somebody else.
    const { archive } = say({
      fandoms: ['Supernatural'],
      characters: ['Dean Marlowe', 'Sam Winchester'],
      relationships: ['Sam/Dean'],
    });
    expect(archive.relationships).toEqual(['Sam Winchester/Dean Marlowe']);
  });

  it("keeps the author's capitals", () => {
    expect(say({ fandoms: ['harbour LIGHTS'] }).archive.fandoms).toEqual(['harbour LIGHTS']);
    expect(say({ fandoms: ['HARBOUR LIGHTS'] }).archive.fandoms).toEqual(['Harbour Lights']);
    expect(say({ fandoms: ['WKRP'] }).archive.fandoms).toEqual(['WKRP']);
  });

  it.each([
    ['Kirk/Spock', 'Star Trek XI', 'James T. Kirk/Spock'],
    ['Kirk/Spock', 'Star Trek', 'James T. Kirk/Spock'],
    ['Spock/Kirk', 'TOS', 'James T. Kirk/Spock'],
    ['McShep', 'SGA', 'Rodney McKay/John Sheppard'],
    ['Sheppard/McKay', 'Stargate: Atlantis', 'Rodney McKay/John Sheppard'],
    ['Rodney & John', 'stargate atlantis', 'Rodney McKay & John Sheppard'],
    ['Harry/Draco', 'HP', 'Draco Malfoy/Harry Potter'],
    ['Sam/Demon!Dean', 'SPN', 'Dean Winchester/Sam Winchester'],
    ['Gwaine/Merlin', 'Merlin', 'Gwaine/Merlin (Merlin)'],
    ['Castiel/Jo', 'Supernatural', 'Castiel/Jo Harvelle'],
    ['Гарри/Драко', 'ГП', 'Draco Malfoy/Harry Potter'],
    ['Xander/OFC', 'BtVS', 'Xander Harris/Original Female Character(s)'],
    ['Peter/Elizabeth/Neal', 'White Collar', 'Elizabeth Burke/Peter Burke/Neal Caffrey'],
    ['R/S', 'HP', 'Sirius Black/Remus Lupin'],
    ['F/K', 'due South', 'Benton Fraser/Ray Kowalski'],
    ['K/S', 'TOS', 'James T. Kirk/Spock'],
    ['TnC', 'Star Trek: Voyager', 'Chakotay/Tom Paris'],
    ['C/P', 'VOY', 'Chakotay/Tom Paris'],
    ['Doctor/Rose', 'Doctor Who', 'The Doctor/Rose Tyler'],
    ['Naruto/Sasuke', 'naruto', 'Uchiha Sasuke/Uzumaki Naruto'],
    ['Naruto Uzumaki/Sakura Haruno', 'Naruto', 'Haruno Sakura/Uzumaki Naruto'],
    ['Kakashi/Iruka', 'Naruto Shippuuden', 'Hatake Kakashi/Umino Iruka'],
    ['Royai', 'Hagaren', 'Riza Hawkeye/Roy Mustang'],
    ['Roy/Ed', 'FMA', 'Edward Elric/Roy Mustang'],
    ['1x2', 'Gundam Wing', 'Duo Maxwell/Heero Yuy'],
    ['3/4', 'GW', 'Trowa Barton/Quatre Raberba Winner'],
    ['US/UK', 'Hetalia', 'America/England (Hetalia)'],
    ['GerIta', 'APH', 'Germany/North Italy (Hetalia)'],
    ['8059', 'KHR', 'Gokudera Hayato/Yamamoto Takeshi'],
    ['Tezuka/Fuji', 'Prince of Tennis', 'Fuji Shuusuke/Tezuka Kunimitsu'],
    ['Axel/Roxas', 'Kingdom Hearts', 'Axel/Roxas (Kingdom Hearts)'],
    ['Zutara', 'ATLA', 'Katara/Zuko (Avatar)'],
    ['J2', 'SPN RPF', 'Jensen Ackles/Jared Padalecki'],
    ['Derek/Stiles', 'Teen Wolf', 'Derek Hale/Stiles Stilinski'],
    ['Josh/Donna', 'West Wing', 'Josh Lyman/Donna Moss'],
    ['GSR', 'CSI', 'Gil Grissom/Sara Sidle'],
    ['Obi-Wan/Qui-Gon', 'Star Wars', 'Qui-Gon Jinn/Obi-Wan Kenobi'],
    ['Castle/Beckett', 'Castle', 'Kate Beckett/Richard Castle'],
    ['Frank/Gerard', 'Bandom', 'Frank Iero/Gerard Way'],
    ['Pete/Mikey', 'bandom', 'Mikey Way/Pete Wentz'],
    ['Viggo/Orlando', 'LotRPS', 'Orlando Bloom/Viggo Mortensen'],
    ['JC/Justin', '*NSYNC', 'JC Chasez/Justin Timberlake'],
    ['Grantaire/Enjolras', 'Les Mis', 'Enjolras/Grantaire (Les Misérables)'],
    ['Kai/Kyungsoo', 'EXO', 'Do Kyungsoo | D.O/Kim Jongin | Kai'],
    ['FemShep/Garrus', 'Mass Effect', 'Female Shepard/Garrus Vakarian'],
    ['yunjae', 'DBSK', 'Jung Yunho/Kim Jaejoong'],
    ['akame', 'KAT-TUN', 'Akanishi Jin/Kamenashi Kazuya'],
    ['Sam Tyler/Gene Hunt', 'Life on Mars', 'Gene Hunt/Sam Tyler'],
  ])('%s in %s is %s', (written, fandom, expected) => {
    const { archive, questions } = say({ fandoms: [fandom], relationships: [written] });
    expect(archive.relationships).toEqual([expected]);
    expect(questions.filter(({ field }) => field === 'relationships' || field === 'characters')).toEqual([]);
  });

  it('leaves an ambiguous name as written and asks', () => {
    const { archive, questions } = say({ fandoms: ['Supernatural'], relationships: ['Winchester/Castiel'] });
    expect(archive.relationships).toEqual(['Winchester/Castiel']);
    expect(questions.map(({ text }) => text)).toContain(
      'Who is “Winchester”: “Dean Winchester”, “Sam Winchester”, “John Winchester” or “Mary Winchester”?',
    );
  });

  it('asks where two full names in the tags would fit', () => {
    const { archive, questions } = say({ fandoms: ['harbour lights'], characters: ['Tom'] }, [
      'character: tom mcbride',
      'character: tom reed',
    ]);
    expect(archive.characters).toEqual(['Tom', 'Tom McBride', 'Tom Reed']);
    expect(questions.map(({ text }) => text)).toContain('Who is “Tom”: “Tom McBride” or “Tom Reed”?');
  });

  it('asks about a run-together name that nothing knows', () => {
    const { archive, questions } = say({ fandoms: ['Harbour Lights'], relationships: ['TomNed'] });
    expect(archive.relationships).toEqual(['TomNed']);
    expect(archive.characters).toEqual([]);
    expect(questions.map(({ text }) => text)).toContain('Who is meant by the pairing “TomNed”?');
  });

  it('takes a known character for no pairing', () => {
    const { archive, questions } = say({ fandoms: ['Шерлок'], relationships: ['Холмс', 'Джон Ватсон'] });
    expect(archive.relationships).toEqual([]);
    expect(archive.characters).toEqual(['Sherlock Holmes', 'John Watson']);
    expect(questions.map(({ text }) => text)).toContain('Who is meant by the pairing “Sherlock Holmes”?');
  });

  it("adds a pairing's members to the characters and says so", () => {
    const { archive, evidence } = say({ fandoms: ['House'], characters: ['Cuddy'], relationships: ['House/Wilson'] });
    expect(archive.characters).toEqual(['Lisa Cuddy', 'Greg House', 'James Wilson']);
    expect(evidence.characters?.from).toBe('inferred');
  });

  it('leaves the header’s evidence where it was', () => {
    const header = { fandoms: ['House'], relationships: ['House/Wilson'] };
    const own = { relationships: { from: 'header' as const, raw: 'Pairing: House/Wilson', line: 3 } };
    const { evidence } = inArchiveWords({ header, evidence: own }, { tags: [] }, config);
    expect(evidence.relationships).toEqual(own.relationships);
    expect(evidence['archive.relationships']?.raw).toContain('House → Greg House');
  });

  it('lets the author’s rules win', () => {
    const names = { 'mark/alex': 'Mark Twain/Alex Krycek', Ten: 'Tenth Doctor (Doctor Who)' };
    expect(say({ relationships: ['Mark / Alex'] }, [], { names }).archive.relationships).toEqual([
      'Mark Twain/Alex Krycek',
    ]);
    expect(say({ characters: ['Ten'] }, [], { names }).archive.characters).toEqual(['Tenth Doctor (Doctor Who)']);
  });

  it('keeps out of names what the archive splits tags at', () => {
    expect(say({ characters: ['Anna*, the Tall'] }).archive.characters).toEqual(['Anna the Tall']);
  });
});

describe('fandoms', () => {
  it('come from prefixed tags, and from a bare tag only with a question', () => {
    expect(say({}, ['fandom: due south']).archive.fandoms).toEqual(['due South']);
    const bare = say({}, ['spn', 'fic']);
    expect(bare.archive.fandoms).toEqual(['Supernatural (TV 2005)']);
    expect(bare.evidence.fandoms).toEqual({ from: 'tag', raw: 'spn' });
    expect(bare.questions.map(({ text }) => text)).toContain(
      'The tags say “spn”: is the fandom “Supernatural (TV 2005)”?',
    );
  });

  it('are asked for where nothing names them', () => {
    const { archive, questions } = say({ relationships: ['Jin/Haru'] });
    expect(archive.fandoms).toEqual([]);
    expect(questions).toContainEqual({ field: 'fandoms', text: 'Which fandom is this?' });
  });

  it('are taken from a pairing that one fandom alone lists, with a question', () => {
    const { archive, questions } = say({ relationships: ['House/Wilson'] });
    expect(archive.fandoms).toEqual(['House M.D.']);
    expect(archive.relationships).toEqual(['Greg House/James Wilson']);
    expect(questions.some(({ field }) => field === 'fandoms')).toBe(true);
  });

  it('are taken from three names that one fandom alone has, with a question', () => {
    const { archive, questions } = say({ relationships: ['Draco/Astoria', 'Harry/Ginny'] });
    expect(archive.fandoms).toEqual(['Harry Potter - J. K. Rowling']);
    expect(archive.relationships).toEqual(['Draco Malfoy/Astoria Greengrass', 'Harry Potter/Ginny Weasley']);
    expect(questions.map(({ text }) => text)).toContain(
      'No fandom is named, only “Draco, Astoria, Harry, Ginny”: is the fandom “Harry Potter - J. K. Rowling”?',
    );
    expect(say({ relationships: ['Draco/Astoria'] }).archive.fandoms).toEqual([]);
    expect(say({ relationships: ['Draco/Astoria'], characters: ['Zorblax'] }).archive.fandoms).toEqual([]);
  });

  it('are not taken from initials or numbers', () => {
    for (const pairing of ['R/S', 'A/V', '8059', '1x2'])
      expect(say({ relationships: [pairing] }).archive).toMatchObject({ fandoms: [], relationships: [pairing] });
  });

  it('stay as written where two would fit', () => {
    const { archive, questions } = say({ fandoms: ['star trek'] });
    expect(archive.fandoms).toEqual(['Star Trek']);
    expect(questions.some(({ field, text }) => field === 'fandoms' && text.includes('The Original Series'))).toBe(true);
  });
});

describe('the shipped vocabulary', () => {
  const vocabulary = Vocabulary.of(config);
  const fandoms = Object.entries(config.fandoms);

  /** Forms that several of these names claim, each once. */
  const claimedTwice = (names: Iterable<readonly [string, readonly string[]]>) => {
    const owners = new Map<string, string>();
    const twice = new Set<string>();
    for (const [name, forms] of names)
      for (const key of new Set([name, ...forms].map(keyOf))) {
        if (owners.has(key)) twice.add(key);
        owners.set(key, name);
      }
    return [...twice].sort();
  };

  it('has every pairing’s members among the fandom’s characters', () => {
    const strangers = fandoms.flatMap(([fandom, { relationships }]) =>
      Object.keys(relationships).flatMap((pairing) =>
        plainName(pairing)
          .split(/\/| & /)
          .filter((member) => vocabulary.character([fandom], member).length !== 1)
          .map((member) => `${fandom}: ${member}`),
      ),
    );
    expect(strangers).toEqual([]);
  });

  it('says one gender of a character in all fandoms, but of namesakes none', () => {
    const genders = fandoms.flatMap(([, { characters }]) =>
      Object.entries(characters).map(([name, { gender }]) => `${name}: ${gender}`),
    );
    const names = [...new Set(genders)].map((line) => line.replace(/: \w+$/, ''));
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual(['Teddy Altman']);
    expect(vocabulary.gender('Teddy Altman')).toBeUndefined();
    expect(vocabulary.gender('Arizona Robbins')).toBe('f');
  });

  it('gives each other spelling to one name of a fandom', () => {
    for (const [fandom, { characters, relationships }] of fandoms)
      for (const names of [characters, relationships])
        expect(claimedTwice(Object.entries(names).map(([name, { also }]) => [name, also])), fandom).toEqual([]);
  });

  it('gives each spelling of a fandom to one, but where several share it and the author is asked', () => {
    const names = fandoms.map(([name, { also }]) => [name, [plainName(name), ...also]] as const);
    expect(claimedTwice(names)).toEqual(['batman', 'dragon age', 'star trek', 'x men']);
  });

  it('has no name that the archive would refuse', () => {
    const names = fandoms.flatMap(([fandom, { characters, relationships }]) => [
      fandom,
      ...Object.keys(characters),
      ...Object.keys(relationships),
    ]);
    const { tagForbidden, limits } = config.archive;
    expect(names.filter((name) => [...name].some((letter) => tagForbidden.includes(letter)))).toEqual([]);
    expect(names.filter((name) => name.length > limits.tag)).toEqual([]);
  });
});

describe('rating', () => {
  it.each([
    ['R', 'Mature'],
    ['NC-17', 'Explicit'],
    ['G', 'General Audiences'],
    [undefined, 'Not Rated'],
  ])('%s is %s', (written, expected) => {
    expect(say(written ? { rating: written } : {}).archive.rating).toBe(expected);
  });

  it('asks about a rating it cannot read', () => {
    const { archive, questions } = say({ rating: 'three teapots' });
    expect(archive.rating).toBe('Not Rated');
    expect(questions).toContainEqual({ field: 'rating', text: "Which of the archive's ratings is “three teapots”?" });
  });
});

describe('warnings', () => {
  const none = ['Choose Not To Use Archive Warnings'];
  it.each<[string, string[], boolean]>([
    ['Character death', ['Major Character Death'], false],
    ['language, character death', ['Major Character Death'], false],
    ['no character death', none, true],
    ['No rape, violence or character death.', none, true],
    ['No beta. Character death', ['Major Character Death'], false],
    ['no spoilers, character death', ['Major Character Death'], false],
    ['No warnings except rape', ['Rape/Non-Con'], false],
    ['character death: none', none, true],
    ['non-con, graphic violence', ['Graphic Depictions Of Violence', 'Rape/Non-Con'], false],
    ['implied non-con', none, true],
    ['minor character death', none, true],
    ['rape (only implied)', none, true],
    ['underage drinking', none, false],
    ['underage', ['Underage Sex'], false],
    ['mild swearing', none, false],
    ['None', none, true],
    ['none that I can think of', none, true],
    ['смерть персонажа', ['Major Character Death'], false],
    ['melodrama, candles', none, false],
    ['the drapery is graphic', none, false],
  ])('%s', (written, expected, isAsked) => {
    const { archive, questions } = say({ warnings: written });
    expect(archive.warnings).toEqual(expected);
    expect(questions.some(({ field }) => field === 'warnings')).toBe(isAsked);
  });

  it('never claims that nothing applies', () => {
    for (const warnings of [undefined, 'none', 'No Archive Warnings Apply', 'nothing at all']) {
      expect(say(warnings ? { warnings } : {}).archive.warnings).toEqual(none);
    }
  });

  it('reads a genre or tag that is a warning and nothing else', () => {
    expect(say({ genres: ['deathfic'] }).archive.warnings).toEqual(['Major Character Death']);
    expect(say({}, ['character death']).archive.warnings).toEqual(['Major Character Death']);
    expect(say({}, ['no character death', 'character death notice']).archive.warnings).toEqual(none);
  });
});

describe('categories', () => {
  it.each<[string, Header, string[], string | undefined, string[], string | undefined]>([
    ['a genre', { genres: ['Slash', 'Angst'] }, [], undefined, ['M/M'], 'header'],
    ['its own label', { other: [{ label: 'Category', value: 'Het, Gen' }] }, [], undefined, ['Gen', 'F/M'], 'header'],
    ['another label', { other: [{ label: 'Archive', value: 'gen' }] }, [], undefined, [], undefined],
    ['a bare tag', {}, ['femslash'], undefined, ['F/F'], 'tag'],
    ['a tag with the sign', {}, ['f/m'], undefined, ['F/M'], 'tag'],
    ['the warnings', { warnings: 'slash, language' }, [], undefined, ['M/M'], 'header'],
    ['denied in the warnings', { warnings: 'no slash' }, [], undefined, [], undefined],
    ['the subject', {}, [], 'Four Bells (gen, PG)', ['Gen'], 'subject'],
    ['two men', { fandoms: ['House'], relationships: ['House/Wilson'] }, [], undefined, ['M/M'], 'inferred'],
    [
      'a woman and a man',
      { fandoms: ['X-Files'], relationships: ['Mulder/Scully'] },
      [],
      undefined,
      ['F/M'],
      'inferred',
    ],
    ['two women', { fandoms: ['BtVS'], relationships: ['Willow/Tara'] }, [], undefined, ['F/F'], 'inferred'],
    [
      'three',
      { fandoms: ['Leverage'], relationships: ['Hardison/Parker/Eliot'] },
      [],
      undefined,
      ['Multi'],
      'inferred',
    ],
    ['friends', { fandoms: ['House'], relationships: ['House & Wilson'] }, [], undefined, [], undefined],
    ['unknown people', { relationships: ['Tom/Ned'] }, [], undefined, [], undefined],
  ])('%s', (_, header, tags, subject, expected, from) => {
    const { archive, evidence, questions } = say(header, tags, {}, subject);
    expect(archive.categories).toEqual(expected);
    expect(evidence.categories?.from).toBe(from);
    // The form takes a work without one, so nobody is asked for three hundred of them.
    expect(questions.filter(({ field }) => field === 'categories')).toEqual([]);
  });
});

describe('additional tags', () => {
  it('are those the vocabulary knows', () => {
    const { archive, questions } = say({ genres: ['ангст', 'Humour', 'Curtain Fic'] }, [
      'h/c',
      'fic',
      'length: one-shot',
      'genre: au',
      '2009',
    ]);
    expect(archive.additionalTags).toEqual(['Angst', 'Humor', 'Hurt/Comfort', 'Alternate Universe']);
    expect(questions).toContainEqual({
      field: 'additionalTags',
      text: 'Should “Curtain Fic” become an additional tag?',
    });
  });

  it('are those the author approved, and none she refused', () => {
    const rules = { approveTags: ['Curtain Fic'], tags: { sad: 'Angst', christmas: null } };
    const { archive, questions } = say({ genres: ['curtain fic', 'sad'] }, ['christmas'], rules);
    expect(archive.additionalTags).toEqual(['Curtain Fic', 'Angst']);
    expect(questions.some(({ field }) => field === 'additionalTags')).toBe(false);
  });

  it('hold no category', () => {
    const { archive, questions } = say({ genres: ['slash'] }, ['gen']);
    expect(archive.additionalTags).toEqual([]);
    expect(questions.some(({ field }) => field === 'additionalTags')).toBe(false);
  });
});
