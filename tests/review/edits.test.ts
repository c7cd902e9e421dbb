/** Edits of the page, held against what `planWorks` makes of the file that they leave. */
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Header, Work } from '../../src/model.js';
import type { Edit, WorkRow } from '../../src/review/model.js';
import * as edits from '../../src/review/page/edits.js';
import { parseDecisions, planWorks } from '../../src/works/index.js';
import { config, key, record } from '../works/records.js';
import { type Decided, decide } from './laid.js';

const part = (number: number, title: string, of: [number, number], more: Header = {}) =>
  record(number, {
    title,
    part: { number: of[0], of: of[1] },
    relationships: ['Bren/Ida'],
    fandoms: ['Grey’s Anatomy'],
    ...more,
  });

/** Three parts of one story, and another story. */
const RECORDS = [
  part(1, 'The Long Tide', [1, 3]),
  part(2, 'The Long Tide', [2, 3]),
  part(3, 'The Long Tide', [3, 3]),
  record(9, { title: 'Salt', fandoms: ['Grey’s Anatomy'] }),
];

/** An author at the page: what she does is written, and the works are made anew from it. */
class Desk {
  decisions: Decided = {};

  do(more: readonly Edit[]): this {
    this.decisions = decide(this.decisions, more);
    return this;
  }

  get works(): Work[] {
    return planWorks(RECORDS, parseDecisions(stringify(this.decisions), 'decisions.yaml'), config).works;
  }

  work(title: string): Work {
    const found = this.works.find((work) => work.title === title);
    if (!found) throw new Error(`no work ${title}`);
    return found;
  }

  /** What the server says is decided of a work. */
  decided(title: string): Record<string, unknown> {
    return Object.assign({}, ...edits.entriesOf(this.work(title)).map((entry) => this.decisions.works?.[entry] ?? {}));
  }

  /** Numbers of the posts of every work, by title. */
  get posts(): Record<string, number[]> {
    return Object.fromEntries(
      this.works.map(({ title, chapters }) => [title, chapters.map(({ entry }) => Number(entry.split('/')[2]))]),
    );
  }
}

describe('a field', () => {
  it('is decided under the work’s first post, and taken back', () => {
    const desk = new Desk();
    desk.do(edits.setField(desk.work('Salt'), {}, 'rating', 'Mature'));
    expect(desk.decisions).toEqual({ works: { [key(9)]: { rating: 'Mature' } } });
    expect(desk.work('Salt').archive.rating).toBe('Mature');
    desk.do(edits.takeBack(desk.work('Salt'), 'rating'));
    expect(desk.decisions).toEqual({});
  });

  it('counts although an earlier decision stands under another post of the work', () => {
    const desk = new Desk();
    desk.do(edits.setField(desk.work('The Long Tide'), {}, 'title', 'Ebb'));
    desk.do(edits.moveChapter(desk.work('Ebb'), desk.decided('Ebb'), 2, 0));
    expect(desk.posts.Ebb).toEqual([3, 1, 2]);
    desk.do(edits.setField(desk.work('Ebb'), desk.decided('Ebb'), 'title', 'Flood'));
    expect(desk.posts).toEqual({ Flood: [3, 1, 2], Salt: [9] });
  });

  it('can be said to be none', () => {
    const work = new Desk().work('Salt');
    expect(edits.setNone(work, {}, 'series')).toEqual([{ path: ['works', key(9), 'series'], value: null, none: true }]);
  });
});

describe('chapters', () => {
  it('are moved, and moved again', () => {
    const desk = new Desk();
    desk.do(edits.moveChapter(desk.work('The Long Tide'), {}, 0, 1));
    expect(desk.posts['The Long Tide']).toEqual([2, 1, 3]);
    desk.do(edits.moveChapter(desk.work('The Long Tide'), desk.decided('The Long Tide'), 2, 0));
    expect(desk.posts['The Long Tide']).toEqual([3, 2, 1]);
    expect(edits.moveChapter(desk.work('Salt'), {}, 0, 1)).toEqual([]);
  });

  it('are split off, out of an order too', () => {
    const desk = new Desk();
    desk.do(edits.moveChapter(desk.work('The Long Tide'), {}, 2, 1));
    desk.do(edits.splitOff(desk.work('The Long Tide'), desk.decided('The Long Tide'), key(3)));
    expect(desk.works.map(({ chapters }) => chapters.map(({ entry }) => entry))).toEqual([
      [key(1), key(2)],
      [key(3)],
      [key(9)],
    ]);
  });

  it('are split off from the beginning, and the rest keeps what was decided', () => {
    const desk = new Desk();
    desk.do(edits.setField(desk.work('The Long Tide'), {}, 'title', 'Ebb'));
    desk.do(edits.splitOff(desk.work('Ebb'), desk.decided('Ebb'), key(1)));
    expect(desk.posts).toEqual({ 'The Long Tide': [1], Ebb: [2, 3], Salt: [9] });
  });

  it('become a new work with all behind them', () => {
    const desk = new Desk();
    desk.do(edits.setField(desk.work('The Long Tide'), {}, 'title', 'Ebb'));
    desk.do(edits.splitFrom(desk.work('Ebb'), desk.decided('Ebb'), key(2)));
    expect(desk.posts).toEqual({ Ebb: [1], 'The Long Tide': [2, 3], Salt: [9] });
    expect(edits.splitFrom(desk.work('Ebb'), {}, key(1))).toEqual([]);
  });

  it('are left out, the first too', () => {
    const desk = new Desk();
    desk.do(edits.setField(desk.work('The Long Tide'), {}, 'summary', 'Water.'));
    desk.do(edits.leaveOutChapter(desk.work('The Long Tide'), desk.decided('The Long Tide'), key(1)));
    expect(desk.posts).toEqual({ 'The Long Tide': [2, 3], Salt: [9] });
    expect(desk.work('The Long Tide').summary).toBe('Water.');
  });

  it('come from another work, which leaves nothing behind', () => {
    const desk = new Desk();
    desk.do(edits.setField(desk.work('The Long Tide'), {}, 'title', 'Ebb'));
    desk.do(edits.join(desk.work('Salt'), desk.decided('Salt'), desk.work('Ebb')));
    expect(desk.posts).toEqual({ Salt: [9, 1, 2, 3] });
    expect(Object.keys(desk.decisions.works ?? {})).toEqual([key(9)]);
  });

  it('that were split off can be joined again', () => {
    const desk = new Desk();
    desk.do(edits.splitOff(desk.work('The Long Tide'), {}, key(3)));
    const [first, last] = desk.works;
    desk.do(edits.join(first as Work, {}, last as Work));
    expect(desk.posts).toEqual({ 'The Long Tide': [1, 2, 3], Salt: [9] });
  });

  it('of one split post are one post', () => {
    const { chapters } = new Desk().work('Salt');
    const twice = { chapters: [...chapters, ...chapters] };
    expect(edits.entriesOf(twice)).toEqual([key(9)]);
  });

  it('have titles of their own, or none', () => {
    const desk = new Desk().do(edits.chapterTitle(key(2), ' Slack '));
    expect(desk.work('The Long Tide').chapters[1]?.title).toBe('Slack');
    expect(desk.do(edits.chapterTitle(key(2), ' ')).decisions).toEqual({});
  });
});

it('a work is taken out whole', () => {
  const desk = new Desk();
  desk.do(edits.takeOut(desk.work('The Long Tide'), {}));
  expect(desk.posts).toEqual({ Salt: [9] });
});

describe('a name corrected', () => {
  it('counts everywhere under the author’s own word', () => {
    const desk = new Desk();
    const { header, archive } = desk.work('The Long Tide');
    const found = edits.everywhere('relationships', archive.relationships, ['Bren Hale/Ida Marrow'], header);
    expect(found).toMatchObject({ section: 'names', said: 'Bren/Ida', meant: 'Bren Hale/Ida Marrow' });
    desk.do(edits.rule(found as edits.Everywhere));
    expect(desk.work('The Long Tide').archive.relationships).toEqual(['Bren Hale/Ida Marrow']);
  });

  it('is no rule where more than one changed, or something was only added', () => {
    const header: Header = { relationships: ['A/B', 'C/D'] };
    expect(edits.everywhere('relationships', ['A/B', 'C/D'], ['E/F', 'G/H'], header)).toBeUndefined();
    expect(edits.everywhere('relationships', ['A/B'], ['A/B', 'G/H'], header)).toBeUndefined();
    expect(edits.everywhere('relationships', ['A/B'], [], header)).toBeUndefined();
    expect(edits.everywhere('warnings', ['A'], ['B'], header)).toBeUndefined();
  });

  it('is the name itself where the header has another number of them', () => {
    const found = edits.everywhere('fandoms', ['SGA'], ['Stargate Atlantis'], { fandoms: ['SGA', 'SG-1'] });
    expect(found).toMatchObject({ section: 'fandoms', said: 'SGA' });
  });

  it('may be a tag that is never to be one', () => {
    const found = edits.everywhere('additionalTags', ['Angst', 'Christmas'], ['Angst'], { genres: ['sad', 'xmas'] });
    expect(edits.rule(found as edits.Everywhere)).toEqual([
      { path: ['rules', 'tags', 'xmas'], value: null, none: true },
    ]);
  });
});

it('what has no doubts and was not looked at is approved at once', () => {
  const row = (number: number, more: Partial<WorkRow>) =>
    ({ key: key(number), doubts: [], looked: false, ...more }) as unknown as WorkRow;
  const rows = [row(1, {}), row(2, { doubts: ['no rating'] }), row(3, { looked: true }), row(4, {})];
  expect(edits.approve(edits.withoutDoubts(rows))).toEqual([
    { path: ['works', key(1), 'looked'], value: true },
    { path: ['works', key(4), 'looked'], value: true },
  ]);
});
