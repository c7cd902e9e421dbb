/** Which works go to the archive, and as what. */
import { describe, expect, it } from 'vitest';
import type { Bundle } from '../../src/bundle/index.js';
import { withPaths } from '../../src/bundle/names.js';
import type { Work } from '../../src/model.js';
import { type People, readPeople } from '../../src/people/index.js';
import { inBatches, type Known, planPush } from '../../src/push/index.js';
import { archive, chapter, longWork, work } from '../bundle/works.js';

const BASE = 'https://h.example/m/';
const table = `author,name on the archive,e-mail,permission,do not import
somebody,Some Body,some@example.org,yes,
Zoë,,zoe@example.org,yes,
Mute,,,yes,
Odd,,not an address,yes,
東京,,t@example.org,yes,
Nay,,nay@example.org,no,
Late,,late@example.org,,
`;
const people: People = readPeople(new TextEncoder().encode(table), 'people.csv').people;

function bundle(works: Work[], misfits: Bundle['misfits'] = []): Bundle {
  const newTags = { fandoms: [], characters: [], relationships: [], additionalTags: [], total: 0 };
  return {
    format: 'ficferry-bundle',
    version: 1,
    journal: 'c',
    works: works.map(withPaths),
    leftOut: [],
    misfits,
    newTags,
  };
}

const plan = (works: Work[], more: Partial<Parameters<typeof planPush>[2]> = {}, misfits: Bundle['misfits'] = []) =>
  planPush(bundle(works, misfits), archive, { base: BASE, people, known: new Map(), done: new Set(), ...more });
const whyNot = (one: Work, more = {}, misfits: Bundle['misfits'] = []) => plan([one], more, misfits).without[0]?.why;

describe('a work that goes', () => {
  it('is the bundle’s item with whole addresses and its author’s name and e-mail', () => {
    const [parcel] = plan([longWork({ authors: ['somebody', 'Zoë', 'Third'] })], { collection: 'rescued' }).parcels;
    expect(parcel?.item).toMatchObject({
      id: 'long-way',
      title: 'A Long Way',
      chapter_urls: [1, 2, 3].map((number) => `${BASE}pages/long-way/0${number}.html`),
      external_author_name: 'Some Body',
      external_author_email: 'some@example.org',
      external_coauthor_name: 'Zoe',
      external_coauthor_email: 'zoe@example.org',
      collection_names: 'rescued',
      detect_tags: false,
      override_tags: true,
    });
    expect([parcel?.url, parcel?.origins]).toEqual([
      `${BASE}pages/long-way/01.html`,
      ['https://somebody.livejournal.com/263.html', 'http://somebody.livejournal.com/263.html'],
    ]);
  });
});

describe('a work stays behind', () => {
  const key = chapter(1).entry;
  it.each<[string, string | undefined, RegExp | undefined]>([
    ['without anything against it it doesn’t', whyNot(work()), undefined],
    ['locked', whyNot(work({ restricted: true })), /^locked/],
    [
      'on the archive already',
      whyNot(work({ onArchive: { url: 'https://a.example/works/1', how: 'decision' } })),
      /^on the archive already/,
    ],
    [
      'kept back in the bundle',
      whyNot(work({ withheld: { why: 'no answer', authors: ['somebody'] } })),
      /^its author has let it go since/,
    ],
    ['refused since', whyNot(work({ authors: ['Nay'] })), /^Nay does not want it moved/],
    ['in a community, not asked', whyNot(work({ authors: ['Late'], community: true })), /^Late has not said yes yet/],
    [
      'in a community, a second author not asked',
      whyNot(work({ authors: ['somebody', 'Late'], community: true })),
      /^Late/,
    ],
    ['without an e-mail address', whyNot(work({ authors: ['Mute'] })), /^no e-mail address of Mute/],
    ['with a second author without one', whyNot(work({ authors: ['somebody', 'Mute'] })), /^no e-mail address of Mute/],
    ['of somebody unknown', whyNot(work({ authors: ['Who'] })), /^no e-mail address of Who/],
    ['with a wrong e-mail address', whyNot(work({ authors: ['Odd'] })), /“not an address”/],
    ['with a name the API drops', whyNot(work({ authors: ['東京'] })), /name on the archive/],
    ['done by hand', whyNot(work(), { done: new Set([key]) }), /^done by hand/],
    ['with an address too long', whyNot(work(), { base: `https://h.example/${'x'.repeat(230)}/` }), /longer than 255/],
    [
      'unfit',
      whyNot(work(), {}, [
        { work: 'the-lighthouse', title: '', field: 'summary', kind: 'limit', message: '', advice: '' },
      ]),
      /^it breaks a rule/,
    ],
  ])('%s', (_, why, expected) => {
    if (expected === undefined) expect(why).toBeUndefined();
    else expect(why).toMatch(expected);
  });

  it('where an earlier push brought it there, by any of its posts; not where it was refused or is uncertain', () => {
    const time = '2026-01-01T00:00:00Z';
    const known = (state: Known) => new Map([[chapter(2).entry, state]]);
    expect(
      plan([longWork()], { known: known({ state: 'there', how: 'created', archiveUrl: 'https://a/works/1', time }) })
        .there,
    ).toHaveLength(1);
    expect(plan([longWork()], { known: known({ state: 'refused', messages: [], time }) }).parcels).toHaveLength(1);
    expect(plan([longWork()], { known: known({ state: 'uncertain', time }) }).parcels).toHaveLength(1);
  });
});

describe('batches', () => {
  it('hold at most so many, all in order', () => {
    expect(inBatches([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(inBatches([], 2)).toEqual([]);
  });
});
