import { describe, expect, it } from 'vitest';
import { planWorks } from '../../src/works/index.js';
import { config } from './records.js';
import { keyOfPost, recordOf, tideTales, urlOf } from './tideTales.js';

const records = tideTales.map(recordOf);
const plan = planWorks(records, {}, config);
const numberOf = (key: string) => (Number(key.split('/')[2]) - 17) / 256;

describe('a community of 60 posts', () => {
  it('has sixty', () => {
    expect(tideTales).toHaveLength(60);
    expect(new Set(tideTales.map(({ number }) => number)).size).toBe(60);
  });

  it('is joined into exactly the right works', () => {
    const table = plan.works.map(({ title, chapters }) => [
      title,
      chapters.map(({ entry }) => numberOf(entry)).join(' '),
    ]);
    expect(table).toEqual([
      // title, posts in the order of chapters; works by the date of their first chapter's day
      ['The Long Tide', '1 4 8 9 13'],
      ['Saltmarsh Road', '2 5 10 14'],
      ['Kettle Weather', '3'],
      ['Salt', '6'],
      ['Salt', '7'],
      ['Room 12', '12'],
      ['Room 13', '16'],
      ['A Lantern for Ned', '17 19 23'],
      ['The Short Tide', '18'],
      ['Ebb', '22'],
      ['Flow', '24'],
      ['The Weathercock', '26 27 28 29 30'],
      ['Nine Herrings', '31 33 34 36 38'],
      ['The Coda Man', '35'],
      ['Candle Hours', '40 42 44'],
      ['Eel Pie', '41'],
      ['Storm Glass', '45'],
      ['Bread and Bells', '46 47 48 50'],
      ['Fourteen Knots', '52'],
      ['The Glass Mill', '55 56 57 58'],
    ]);
  });

  it('says which works are finished, and asks about the rest', () => {
    const long = plan.works.filter(({ chapters }) => chapters.length > 1);
    const asked = (questions: (typeof long)[number]['questions']) =>
      questions.filter(({ field }) => field === 'chapters').map(({ text }) => text);
    expect(long.map((work) => [work.title, work.complete, work.expectedChapters, ...asked(work.questions)])).toEqual([
      ['The Long Tide', true, 5],
      ['Saltmarsh Road', true, 4],
      [
        'A Lantern for Ned',
        false,
        4,
        `Part 3 of “A Lantern for Ned” is missing (the other parts link to ${urlOf(20)}): where is it?`,
      ],
      ['The Weathercock', true, undefined],
      ['Nine Herrings', true, 5],
      ['Candle Hours', false, undefined],
      ['Bread and Bells', true, 4],
      [
        'The Glass Mill',
        true,
        4,
        'Only its date places the post “Epilogue” of 2009-10-20 in this work: does it belong here?',
      ],
    ]);
  });

  it('names chapters that have a name', () => {
    const named = plan.works.flatMap(({ chapters }) =>
      chapters.flatMap(({ entry, title }) => (title ? [[numberOf(entry), title]] : [])),
    );
    expect(named).toEqual([
      [26, 'Prologue'],
      [30, 'Epilogue'],
      [34, 'Interlude'],
      [48, 'Low Water'],
      [58, 'Epilogue'],
    ]);
  });

  it('takes a work’s header from its master post, and leaves the post out as that', () => {
    const work = plan.works.find(({ title }) => title === 'The Weathercock');
    expect(work?.summary).toBe('A brass cockerel knows more than it should.');
    expect(work?.archive).toMatchObject({ rating: 'Explicit', warnings: ['Major Character Death'] });
    expect(plan.leftOut.find(({ entry }) => entry === keyOfPost(25))).toMatchObject({
      reason: 'other',
      detail: 'the master post of “The Weathercock”, whose header it gives',
    });
  });

  it('leaves out what is no story, and nothing else', () => {
    const out = plan.leftOut.map(({ entry }) => numberOf(entry)).sort((a, b) => a - b);
    expect(out).toEqual([11, 15, 21, 25, 32, 37, 39, 43, 49, 51, 53, 54, 59, 60, 61]);
  });

  it('asks for text that goes on elsewhere, with the address', () => {
    const asked = plan.works.flatMap(({ title, questions }) =>
      questions.filter(({ field }) => field === 'text').map(({ text }) => [title, text]),
    );
    expect(asked).toEqual([
      ['Eel Pie', `“Continued in the comments!”, says ${urlOf(41)}: will you add the text from the comments?`],
      [
        'Storm Glass',
        `Only 0 words of story stand in ${urlOf(45)}: is the text at https://archive.example.org/works/881?`,
      ],
    ]);
  });

  it('is joined alike in whatever order its posts come', () => {
    expect(planWorks([...records].reverse(), {}, config)).toEqual(plan);
  });
});
