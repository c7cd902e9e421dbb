import { describe, expect, it } from 'vitest';
import { planWorks } from '../../src/works/index.js';
import { config, key, record } from './records.js';
import { a, keyOfPost, recordOf, story } from './tideTales.js';

const work = (header: Parameters<typeof record>[1]) => planWorks([record(1, header)], {}, config).works[0];

describe('series', () => {
  it.each([
    ['This is part 3 of the Harbour verse.', { name: 'Harbour verse', number: 3 }],
    ['Third story in the Harbour Nights series!', { name: 'Harbour Nights series', number: 3 }],
    ['Set in my "Harbour universe".', { name: 'Harbour universe' }],
    ['Written for Wren. Part of the Long Dark series', { name: 'Long Dark series' }],
    ['She lives in verse and rhyme.', undefined],
    ['A series of unfortunate boats.', undefined],
    ['The whole universe is in the bucket.', undefined],
    ['They meet in the third episode of the series.', undefined],
  ])('%s', (notes, expected) => {
    expect(work({ title: 'Ebb', notes })?.series).toEqual(expected);
  });

  it('are the header’s before any sentence’s', () => {
    expect(
      work({ title: 'Ebb', notes: 'Part 3 of the Harbour verse', series: { name: 'Tides', number: 1 } })?.series,
    ).toEqual({
      name: 'Tides',
      number: 1,
    });
  });

  it('come from tags', () => {
    const post = {
      number: 1,
      day: '01-01',
      subject: 'Fic: Ebb',
      poster: 'ada',
      html: story(1),
      tags: ['verse: harbour'],
    };
    expect(planWorks([recordOf(post)], {}, config).works[0]).toMatchObject({
      series: { name: 'harbour' },
      evidence: { series: { from: 'tag', raw: 'verse: harbour' } },
    });
  });
});

describe('stories that belong to others', () => {
  it('are recorded as said, with the link', () => {
    const html = `<b>Title:</b> The Short Tide<br><b>Rating:</b> PG<br>Sequel to ${a(7, 'The Long Tide')}<br><br>${story(1)}`;
    const post = { number: 1, day: '01-01', subject: 'The Short Tide', poster: 'ada', html, tags: [] };
    expect(planWorks([recordOf(post)], {}, config).works[0]?.related).toEqual([
      { relation: 'sequel', title: 'The Long Tide', entry: keyOfPost(7) },
    ]);
  });

  it('are read from labels, notes and addresses elsewhere', () => {
    expect(work({ title: 'Ebb', other: [{ label: 'Prequel to', value: '“Flow”' }] })?.related).toEqual([
      { relation: 'prequel', title: 'Flow' },
    ]);
    expect(work({ title: 'Ebb', notes: 'A companion piece to Flow. Thanks!' })?.related).toEqual([
      { relation: 'companion', title: 'Flow' },
    ]);
    expect(
      work({ title: 'Ebb', notes: 'I may write a sequel to this one of these days when the moon is right.' })?.related,
    ).toBeUndefined();
    const links = [
      { to: 'https://x.example/1', url: 'https://x.example/1', text: 'Flow', before: 'Sequel to', prose: 2 },
    ];
    const [linked] = planWorks([record(1, { title: 'Ebb' }, { links })], {}, config).works;
    expect(linked?.related).toEqual([{ relation: 'sequel', title: 'Flow', url: 'https://x.example/1' }]);
    expect(linked?.chapters.map(({ entry }) => entry)).toEqual([key(1)]);
  });
});
