import { describe, expect, it } from 'vitest';
import type { Header } from '../../src/model.js';
import { type Decisions, type FicLink, type FicRecord, planWorks } from '../../src/works/index.js';
import { config, key, record } from './records.js';

const part = (
  number: number,
  title: string,
  place: number,
  of: number | undefined,
  more: Parameters<typeof record>[2] = {},
) => record(number, { title, part: { number: place, ...(of && { of }) } }, more);
const link = (number: number, text: string, before = ''): FicLink => ({
  to: key(number),
  url: `https://lampwright.livejournal.com/${number}.html`,
  text,
  before,
  prose: before.split(' ').length,
});
const named = (number: number, name: string, header: Header = {}, more: Parameters<typeof record>[2] = {}) =>
  record(number, { title: name, ...header }, { subject: name, ...more });
const table = (records: FicRecord[], decisions: Decisions = {}) =>
  planWorks(records, decisions, config).works.map(
    ({ title, chapters }) => `${title}: ${chapters.map(({ entry }) => entry.split('/')[2]).join(' ')}`,
  );

describe('parts that nothing decides on', () => {
  const two = [part(1, 'Ebb', 1, 2), part(2, 'Flow', 1, 2), part(3, 'Ebb', 2, 2), part(4, 'Flow', 2, 2)];

  it('stay alone, with a question', () => {
    const { works } = planWorks([...two, named(5, 'Epilogue')], {}, config);
    expect(works.map(({ chapters }) => chapters.length)).toEqual([2, 2, 1]);
    expect(works[2]?.questions).toContainEqual({
      field: 'chapters',
      text: 'Of which story is the post “Epilogue” of 2009-05-06 a part: “Ebb” or “Flow”?',
    });
  });

  it('go where a pairing, a link or the lack of them leads', () => {
    const paired = two.map((one) => ({
      ...one,
      header: { ...one.header, relationships: [one.header.title === 'Ebb' ? 'Tom/Ned' : 'Ada/Wren'] },
    }));
    expect(table([...paired, named(5, 'Epilogue', { relationships: ['Ada/Wren'] })])).toEqual([
      'Ebb: 1 3',
      'Flow: 2 4 5',
    ]);
    expect(table([...two, named(5, 'Epilogue', {}, { links: [link(3, 'Back')] })])).toEqual([
      'Ebb: 1 3 5',
      'Flow: 2 4',
    ]);
    const unfinished = [part(1, 'Ebb', 1, 5), part(2, 'Flow', 1, 2), part(4, 'Flow', 2, 2)];
    expect(table([...unfinished, named(5, 'Epilogue')])).toEqual(['Ebb: 1', 'Flow: 2 4 5']);
  });

  it('are not a year away', () => {
    expect(
      table([
        part(1, 'Ebb', 1, 2),
        part(3, 'Ebb', 2, 2),
        named(5, 'Epilogue', {}, { postedAt: '2010-05-06T10:00:00' }),
      ]),
    ).toEqual(['Ebb: 1 3', 'Epilogue: 5']);
  });
});

describe('a fake cut', () => {
  const cut = record(
    1,
    { title: 'Ebb', summary: 'Water.' },
    { links: [link(2, 'Read it here')], wordCount: 3, storyWords: 0 },
  );
  const text = (subject: string, more: Parameters<typeof record>[2] = {}) =>
    record(2, {}, { kind: 'other', evidence: { kind: { from: 'inferred', raw: 'no header' } }, subject, ...more });

  it.each(['Ebb', 'the story', 'Ebb, behind the cut'])('gives its header to the post it leads to: %s', (subject) => {
    const { works, leftOut } = planWorks([cut, text(subject)], {}, config);
    expect(works.map(({ title, summary, chapters }) => [title, summary, chapters.map(({ entry }) => entry)])).toEqual([
      ['Ebb', 'Water.', [key(2)]],
    ]);
    expect(leftOut.map(({ entry, detail }) => [entry, detail])).toEqual([
      [key(1), 'the post that leads to “Ebb”, whose header it gives'],
    ]);
    expect(works[0]?.questions.filter(({ field }) => field === 'text')).toEqual([]);
  });

  it('does not when the post is another’s, is decided on, is short, or one of several', () => {
    for (const other of [
      text('Ebb', { poster: 'ada' }),
      text('Ebb', { wordCount: 40 }),
      text('Ebb', { evidence: { kind: { from: 'decision', raw: '' } } }),
      text('Icons', { evidence: { kind: { from: 'subject', raw: 'subject says "icons"' } } }),
    ])
      expect(table([cut, other])).toEqual(['Ebb: 1']);
    const two = { ...cut, links: [link(2, 'here'), link(3, 'and here')] };
    expect(table([two, text('one'), { ...text('two'), entry: { ...text('two').entry, number: 3 } }])).toEqual([
      'Ebb: 1',
    ]);
  });
});

describe('titles a slip apart', () => {
  it.each([
    ['Nine Herrings', 'Nine Herings', 1],
    ['Nine Herrings', 'Nnie Herrings', 1],
    ['Room of 1912', 'Room of 1913', 2],
    ['Salt', 'Malt', 2],
    ['The Long Tide', 'The Lost Tale', 2],
  ])('%s and %s make %i', (one, other, expected) => {
    expect(table([part(1, one, 1, 2), part(2, other, 2, 2)])).toHaveLength(expected);
  });

  it('are two where the number is there already, the length is another or the author', () => {
    expect(table([part(1, 'Nine Herrings', 1, 2), part(2, 'Nine Herings', 1, 2)])).toHaveLength(2);
    expect(table([part(1, 'Nine Herrings', 1, 2), part(2, 'Nine Herings', 2, 3)])).toHaveLength(2);
    expect(table([part(1, 'Nine Herrings', 1, 2), part(2, 'Nine Herings', 2, 2, { poster: 'ada' })])).toHaveLength(2);
  });
});

describe('master posts', () => {
  const links = [link(2, 'Part One'), link(3, 'Part Two')];
  const parts = [part(2, 'Ebb', 1, 2), part(3, 'Ebb', 2, 2)];
  const master = record(1, { title: 'Ebb', summary: 'Water.' }, { links, wordCount: 4, storyWords: 0 });

  it('lead one work and are no chapter', () => {
    const { works, leftOut } = planWorks([master, ...parts], {}, config);
    expect(works.map(({ chapters, summary, complete }) => [chapters.length, summary, complete])).toEqual([
      [2, 'Water.', true],
    ]);
    expect(leftOut.map(({ entry }) => entry)).toEqual([key(1)]);
  });

  it('with a number of their own leave no gap', () => {
    const first = { ...master, header: { title: 'Ebb', part: { number: 1, of: 3 } } };
    const [work] = planWorks([first, part(2, 'Ebb', 2, 3), part(3, 'Ebb', 3, 3)], {}, config).works;
    expect(work).toMatchObject({ complete: true, expectedChapters: 2 });
    expect(work?.questions.filter(({ field }) => field === 'chapters')).toEqual([]);
  });

  it('make the work restricted where they are', () => {
    expect(planWorks([{ ...master, restricted: true }, ...parts], {}, config).works[0]?.restricted).toBe(true);
  });

  it('hold no story, lead but one work, and give way to decisions', () => {
    // With a story of its own it is a chapter, before the first.
    expect(table([{ ...master, storyWords: 500 }, ...parts])).toEqual(['Ebb: 1 2 3']);
    const all = record(1, { title: 'My stories' }, { links: [...links, link(4, 'Flow')], storyWords: 0, wordCount: 4 });
    expect(table([all, ...parts, part(4, 'Flow', 1, 2)])).toContain('My stories: 1');
    expect(table([master, ...parts], { entries: { [key(1)]: { kind: 'fic', separate: true } } })).toHaveLength(2);
    const out = planWorks([master, ...parts], { works: { [key(1)]: { in: false } } }, config);
    expect(out.works).toEqual([]);
    expect(out.leftOut.map(({ reason }) => reason)).toEqual(['decided', 'decided', 'decided']);
  });
});
