/** Who wrote what in a community, what an archivist fills in, and what follows from it. */
import { describe, expect, it } from 'vitest';
import { FicferryError } from '../../src/errors.js';
import { People, peopleCsv, peopleIn, readPeople, withFilledIn, withheld } from '../../src/people/index.js';
import { chapter, work } from '../bundle/works.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readPeople(bytes(text), 'people.csv');
const journalOf = (account: string) => `https://${account}.example/`;
const posted = (poster: string, number = 1) => chapter(number, { poster });

describe('the people of a community', () => {
  const works = [
    work({ community: true, authors: ['tarn_wick'], chapters: [posted('tarn_wick')] }),
    work({ community: true, authors: ['Tarn Wick'], chapters: [posted('tarn_wick', 2)] }),
    work({ community: true, authors: ['Jane', 'Tarn_Wick'], chapters: [posted('the_mod', 3)] }),
    work({ community: true, authors: ['Jane'], chapters: [posted('the_mod', 4), posted('mod_two', 5)] }),
    work({ authors: ['somebody'], chapters: [chapter(6)] }),
  ];

  it('are those who wrote, not those who posted for them; one name in other letters is one person', () => {
    const people = peopleIn(works, journalOf);
    expect(people.map(({ author, works: many, journals, postedBy }) => [author, many, journals, postedBy])).toEqual([
      ['tarn_wick', 3, ['https://tarn_wick.example/'], ['the_mod']],
      ['Jane', 2, [], ['the_mod', 'mod_two']],
      ['somebody', 1, ['https://somebody.example/'], []],
    ]);
  });

  it('keep what was filled in, and stay though nothing of theirs is there any more', () => {
    const before = read(
      'author,e-mail,permission,do not import,note\nJANE,j@example.org,yes,,\nGone,,no,,left\n',
    ).people;
    const now = withFilledIn(peopleIn(works, journalOf), before);
    expect(now.of('Jane')).toMatchObject({ author: 'Jane', works: 2, email: 'j@example.org', permission: 'yes' });
    expect(now.of('gone')).toMatchObject({ works: 0, permission: 'no', note: 'left' });
    expect(readPeople(bytes(peopleCsv(now)), 'people.csv').people.all).toEqual(now.all);
  });

  it('keep the archivist’s own columns', () => {
    const before = read('asked on,author,Beta\n3 May,Jane,nobody\n').people;
    const text = peopleCsv(withFilledIn(peopleIn(works, journalOf), before));
    const { people } = readPeople(bytes(text), 'people.csv');
    expect(text.split('\r\n')[0]).toMatch(/,note,asked on,Beta$/);
    expect(people.of('Jane')?.more).toEqual({ 'asked on': '3 May', Beta: 'nobody' });
    expect(people.of('tarn_wick')?.more).toEqual({ 'asked on': '', Beta: '' });
  });
});

describe('people.csv', () => {
  it('is read with answers as people write them', () => {
    const { people, warnings } = read(
      'author,permission,do not import\na,YES,\nb,y,no\nc,No,\nd,asked in May,\ne,yes,YES\nf,yes,please not\ng,да,\n',
    );
    expect(people.all.map(({ author, permission, doNotImport }) => [author, permission, doNotImport])).toEqual([
      ['a', 'yes', false],
      ['b', 'yes', false],
      ['c', 'no', false],
      ['d', undefined, false],
      ['e', 'yes', true],
      ['f', 'yes', true],
      ['g', 'yes', false],
    ]);
    expect(warnings).toEqual([
      'people.csv, line 5: “asked in May” is neither yes nor no, and counts as no answer yet',
      'people.csv, line 7: “please not” under “do not import” is neither yes nor no, and counts as yes',
    ]);
  });

  it.each([
    ['name,mail\nx,y\n', 'people.csv has no column "author"'],
    ['author\nJane\n"jane "\n', 'people.csv, lines 2 and 3 are both jane'],
    ['author,note\n,x\n', 'people.csv, line 2: the author is missing'],
    ['author\n"Jane\n', /^people\.csv is no table: /],
  ])('is refused where it is no such table: %j', (text, message) => {
    const refused = (() => {
      try {
        return read(text);
      } catch (error) {
        return error;
      }
    })() as FicferryError;
    expect(refused).toBeInstanceOf(FicferryError);
    expect(refused.code).toBe('BAD_PEOPLE');
    expect(refused.message).toMatch(message);
  });
});

describe('a work', () => {
  const people = read('author,permission,do not import\nyes,yes,\nno,no,\nnever,yes,yes\nsilent,,\n').people;
  const of = (authors: string[], community = true) => withheld({ authors, community }, people);

  it('of a community goes where each of its authors said yes', () => {
    expect(of(['yes'])).toBeUndefined();
    expect(of(['silent'])).toEqual({ why: 'no answer', authors: ['silent'] });
    expect(of(['yes', 'nobody knows'])).toEqual({ why: 'no answer', authors: ['nobody knows'] });
    expect(of(['no', 'silent'])).toEqual({ why: 'refused', authors: ['no'] });
    expect(of(['never'])).toEqual({ why: 'refused', authors: ['never'] });
  });

  it('of her own journal needs nobody’s leave, and goes nowhere against her word', () => {
    expect(of(['silent'], false)).toBeUndefined();
    expect(of(['never'], false)).toEqual({ why: 'refused', authors: ['never'] });
    expect(withheld({ authors: ['x'] }, new People())).toBeUndefined();
    expect(withheld({ authors: ['x'], community: true }, new People())?.why).toBe('no answer');
    expect(withheld({ authors: [], community: true }, new People())).toEqual({
      why: 'no answer',
      authors: ['whoever wrote it'],
    });
  });
});
