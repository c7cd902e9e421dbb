/** What `status` says of gaps: stretches and accounts made by hand, and what a person is to be told of them. */
import { describe, expect, it } from 'vitest';
import { chainAccount, type Stretch } from '../../src/crawl/index.js';
import { explainChains, explainNumbers } from '../../src/run/gaps.js';

const url = (itemid: number) => `https://lamp-room.dreamwidth.org/${itemid * 256 + 7}.html`;
const id = (itemid: number) => ({ site: 'dreamwidth', journal: 'lamp_room', number: itemid * 256 + 7 });

function stretch(
  itemids: number[],
  more: Omit<Stretch, 'chain'> = {},
  kind: 'entry' | 'missing' | 'gone' = 'entry',
): Stretch {
  return { chain: itemids.map((itemid) => ({ id: id(itemid), url: url(itemid), kind })), ...more };
}

const barred = (why: string) => ({ why, notYet: false });
const NOT_YET = { why: 'the way on is unreadable: not in the vault yet', notYet: true };
const none = new Set<string>();

describe('a chain', () => {
  it('from end to end has no gap', () => {
    expect(explainChains([stretch([1, 2, 3])], none)).toEqual({ gaps: [], apart: [], isUnwalked: false });
  });

  it('of nothing was not walked', () => {
    expect(explainChains([], none)).toEqual({ gaps: [], apart: [], isUnwalked: true });
  });

  it('that is under way has a gap on each side', () => {
    const { gaps, broken } = explainChains([stretch([2, 3], { earlier: NOT_YET, later: NOT_YET })], none);
    expect(gaps).toEqual([
      { before: url(2), why: `from ${url(2)} the walk has not gone on to earlier entries yet` },
      { after: url(3), why: `from ${url(3)} the walk has not gone on to later entries yet` },
    ]);
    expect(broken).toBe(`${gaps[0]?.why}; ${gaps[1]?.why}`);
  });

  it('that is barred says where, on which side and why', () => {
    const { gaps } = explainChains([stretch([2, 3], { earlier: barred('the way on is missing: 404') })], none);
    expect(gaps).toEqual([{ before: url(2), why: `towards earlier entries, ${url(2)} the way on is missing: 404` }]);
  });

  it('in two pieces has one gap between them', () => {
    const pieces = [
      stretch([1, 2], { later: barred('leads to another journal, x') }),
      stretch([5, 6], { earlier: NOT_YET }),
    ];
    expect(explainChains(pieces, none).gaps).toEqual([
      {
        after: url(2),
        before: url(5),
        why: `towards later entries, ${url(2)} leads to another journal, x; from ${url(5)} the walk has not gone on to earlier entries yet`,
      },
    ]);
  });

  it('in two pieces of mixed numbers, as by back-dating, has two gaps, since nobody knows their order', () => {
    const pieces = [stretch([1, 9], { later: NOT_YET }), stretch([5, 6], { earlier: NOT_YET })];
    expect(explainChains(pieces, none).gaps.map(({ after, before }) => [after, before])).toEqual([
      [url(9), undefined],
      [undefined, url(5)],
    ]);
  });
});

describe('an entry apart from the chain', () => {
  const nowhere = { earlier: barred('the way on is missing: 404'), later: barred('the way on is missing: 404') };
  const notWalked = { earlier: NOT_YET, later: NOT_YET };

  it('that is not there was mistyped, and is no gap', () => {
    const found = explainChains([stretch([1, 2, 3]), stretch([390], nowhere, 'missing')], none);
    expect(found).toEqual({
      gaps: [],
      apart: [{ url: url(390), why: 'there is no such entry: its address may be mistyped, or it was deleted' }],
      isUnwalked: false,
    });
  });

  it('that the calendar lists is told from one of a list', () => {
    const { gaps, apart } = explainChains(
      [stretch([1, 3]), stretch([2], notWalked), stretch([7], notWalked)],
      new Set([url(2)]),
    );
    expect(gaps).toEqual([]);
    expect(apart.map((one) => [one.url, one.why.slice(0, 20)])).toEqual([
      [url(2), 'the calendar lists i'],
      [url(7), 'no walk has led to i'],
    ]);
  });

  it('alone in the vault is no walk', () => {
    expect(explainChains([stretch([4], notWalked)], none)).toMatchObject({ isUnwalked: true, gaps: [] });
  });

  it('that can be read and leads nowhere is a chain with two gaps', () => {
    expect(explainChains([stretch([4], nowhere)], none)).toMatchObject({
      isUnwalked: false,
      apart: [],
      gaps: [{ before: url(4) }, { after: url(4) }],
    });
  });
});

describe('numbers never met', () => {
  const seen = [2, 3, 6, 8].map((itemid) => ({ id: id(itemid), url: url(itemid) }));
  const accounts = chainAccount(seen.map((one) => one.id));

  it('are each placed between the entries with the nearest numbers', () => {
    expect(explainNumbers(accounts, seen, { walked: true }).map(({ why: _, ...unmet }) => unmet)).toEqual([
      { journal: 'lamp_room', first: 1, last: 1, before: url(2) },
      { journal: 'lamp_room', first: 4, last: 5, after: url(3), before: url(6) },
      { journal: 'lamp_room', first: 7, last: 7, after: url(6), before: url(8) },
    ]);
  });

  it.each([
    [{ walked: true }, 'locked, private or deleted'],
    [{ walked: false }, 'locked, private, deleted or not visited yet'],
    [{ walked: true, account: true }, 'deleted, or not for this account'],
    [{ walked: false, account: true }, 'deleted, not for this account or not visited yet'],
  ])('of a journal asked with %o may be %s', (asked, why) => {
    const [first] = explainNumbers(accounts, seen, asked);
    expect(first?.why).toBe(why);
    expect(
      chainAccount(
        seen.map((one) => one.id),
        asked,
      )[0]?.text,
    ).toBe(`4 numbers never met: ${why}`);
  });
});
