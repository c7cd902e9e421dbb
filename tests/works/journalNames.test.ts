import { describe, expect, it } from 'vitest';
import type { Header } from '../../src/model.js';
import { planWorks } from '../../src/works/index.js';
import { config, key, record } from './records.js';

const fic = (number: number, header: Header, more: Parameters<typeof record>[2] = {}) =>
  record(number, { title: `Story ${number}`, fandoms: ['Harbour Lights'], ...header }, more);
const first = (...records: ReturnType<typeof record>[]) => {
  const { works } = planWorks(records, {}, config);
  return works.find(({ chapters }) => chapters[0]?.entry === key(1));
};
const asked = (work: ReturnType<typeof first>) =>
  work?.questions.filter(({ field }) => field === 'characters').map(({ text }) => text);

describe('first names from other fics of a journal', () => {
  const maren = fic(1, { relationships: ['Maren/Odo'] });

  it('are completed where they are completed in one way only', () => {
    const work = first(
      maren,
      fic(2, {}, { tags: ['character: maren vale'] }),
      fic(3, { characters: ['Odo Pell', 'Maren Vale'] }),
    );
    expect(work?.archive.relationships).toEqual(['Maren Vale/Odo Pell']);
    expect(work?.evidence.relationships).toEqual({
      from: 'inferred',
      raw: `Maren → Maren Vale (as in ${key(2)}); Odo → Odo Pell (as in ${key(3)})`,
    });
    expect(asked(work)).toEqual([]);
  });

  it('stay as written, with a question, where two would do', () => {
    const work = first(
      maren,
      fic(2, { characters: ['Maren Vale'] }),
      fic(3, { characters: ['Maren Holt', 'Odo Pell'] }),
    );
    expect(work?.archive.relationships).toEqual(['Maren/Odo Pell']);
    expect(asked(work)).toEqual(['Who is “Maren”: “Maren Holt” or “Maren Vale”?']);
  });

  it.each<[string, ReturnType<typeof record>]>([
    ['another fandom', fic(2, { fandoms: ['Grey Abbey'], characters: ['Maren Vale', 'Odo Pell'] })],
    ['another journal', fic(2, { characters: ['Maren Vale', 'Odo Pell'] }, { journal: 'somebody' })],
    ['a last name', fic(2, { characters: ['Vale Maren', 'Pell Odo'] })],
    ['a remark', fic(2, { characters: ['Maren (mentioned)', 'Odo and others'] })],
    ['no fic', fic(2, { characters: ['Maren Vale', 'Odo Pell'] }, { kind: 'other' })],
  ])('are not completed from %s', (_, other) => {
    expect(first(maren, other)?.archive.relationships).toEqual(['Maren/Odo']);
  });

  it('give way to the fic itself and to the vocabulary', () => {
    const own = fic(1, { characters: ['Maren Holt'], relationships: ['Maren/Odo'] });
    expect(first(own, fic(2, { characters: ['Maren Vale'] }))?.archive.relationships).toEqual(['Maren Holt/Odo']);
    const known = fic(1, { fandoms: ['SPN'], relationships: ['Dean/Castiel'] });
    const other = fic(2, { fandoms: ['SPN'], characters: ['Dean Marlowe'] });
    expect(first(known, other)?.archive.relationships).toEqual(['Castiel/Dean Winchester']);
  });

  it('settle what the vocabulary leaves open', () => {
    // Two Jacks in the fandoms of this crossover; elsewhere she says which she means.
    const open = fic(1, { fandoms: ['Lost', 'Pirates of the Caribbean'], characters: ['Jack'] });
    const other = fic(2, { fandoms: ['Lost', 'Pirates of the Caribbean'], characters: ['Jack Sparrow'] });
    expect(first(open)?.archive.characters).toEqual(['Jack']);
    expect(first(open, other)?.archive.characters).toEqual(['Jack Sparrow']);
  });
});
