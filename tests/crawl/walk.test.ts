import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceOptions } from '../../src/crawl/walk/source.js';
import { type Asker, openEntry, type Visit } from '../../src/crawl/walk/visit.js';
import { Walk } from '../../src/crawl/walk/walk.js';
import type { Sites } from '../../src/journal/index.js';
import { entry, FakeSite, go, sites, siteWithoutGo, url } from './walk-chain.js';

/** Numbers as a site gives them: itemid × 256 + anum. */
const [A, B, C, D, E] = [286, 516, 920, 1229, 1333] as const;

async function walk(asker: Asker, start: number | string, options?: SourceOptions, using: Sites = sites) {
  const walked = new Walk(asker, using, using.parse(typeof start === 'number' ? url(start) : start), options);
  const visits: Visit[] = [];
  for await (const visit of walked.visits()) visits.push(visit);
  const end = walked.end();
  return {
    visits: visits.map((visit) => visit.id?.number),
    kinds: end.chain.map((look) => look.kind),
    chain: end.chain.map((look) => look.id?.number),
    complete: end.complete,
    why: end.why,
  };
}

describe('a walk along go addresses', () => {
  it('goes back first and then forward, and tells the chain in journal order', async () => {
    const site = FakeSite.chain(A, B, C, D, E);
    const result = await walk(site, C);
    expect(result.visits).toEqual([C, B, A, D, E]);
    expect(result.chain).toEqual([A, B, C, D, E]);
    expect(result).toMatchObject({ complete: true, why: undefined });
    // five pages, and two ways out of each but the inner ones' way back: 4 steps and 2 ends
    expect(site.asks).toHaveLength(5 + 4 + 2);
  });

  it('finds the same chain from any entry of any chain, each entry once', async () => {
    const chains = fc.uniqueArray(fc.integer({ min: 256, max: 2 ** 31 - 1 }), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(chains, fc.nat(), async (numbers, at) => {
        const start = numbers[at % numbers.length] as number;
        const site = FakeSite.chain(...numbers);
        const result = await walk(site, start);
        expect(result.chain).toEqual(numbers);
        expect([...result.visits].sort()).toEqual([...numbers].sort());
        expect(new Set(site.asks).size).toBe(site.asks.length);
      }),
      { numRuns: 50 },
    );
  });

  it('goes on past entries that are gated, locked, unreadable or not there', async () => {
    const site = FakeSite.chain(A, B, C, D, E)
      .set(url(A), { kind: 'locked', reason: 'for friends' })
      .set(url(B), { kind: 'gate', reason: 'an adult notice' })
      .set(url(C), { kind: 'missing', reason: '404' })
      .set(url(D), { kind: 'unreadable', reason: 'odd' });
    const result = await walk(site, E);
    expect(result.chain).toEqual([A, B, C, D, E]);
    expect(result.kinds).toEqual(['locked', 'gate', 'missing', 'unreadable', 'entry']);
    expect(result.complete).toBe(true);
  });

  it('starts from an entry that is not there, where the chain still leads on from its number', async () => {
    const result = await walk(FakeSite.chain(A, B, C).set(url(B), { kind: 'gone', reason: '410' }), B);
    expect(result).toMatchObject({ chain: [A, B, C], complete: true });
  });

  it('learns the number of a named address from its page', async () => {
    const named = 'https://lamp-room.dreamwidth.org/2011/06/30/the-name.html';
    const site = FakeSite.chain(A, B, C)
      .set(url(B), { kind: 'redirect', to: named })
      .set(named, entry(B, { url: named }));
    expect(await walk(site, A)).toMatchObject({ chain: [A, B, C], complete: true });
    expect(await walk(site, named)).toMatchObject({ chain: [A, B, C], complete: true });
  });

  it('visits a named address and the number of the same entry once', async () => {
    const named = 'https://lamp-room.dreamwidth.org/2011/06/30/the-name.html';
    const site = FakeSite.chain(A, B)
      .set(named, entry(B, { url: named }))
      .set(go(A, 'next'), { kind: 'redirect', to: named });
    const result = await walk(site, B);
    expect(result.visits).toEqual([B, A]);
  });

  it('follows a renamed journal at the start, and no link to another journal later', async () => {
    const renamed = 'https://old-name.dreamwidth.org/516.html';
    const site = FakeSite.chain(A, B, C)
      .set(renamed, { kind: 'redirect', to: url(B) })
      .set(go(C, 'next'), { kind: 'redirect', to: url(D, 'somebody_else') })
      .set(url(D, 'somebody_else'), entry(D, { journal: 'somebody_else' }));
    const result = await walk(site, renamed);
    expect(result).toMatchObject({ chain: [A, B, C], complete: false });
    expect(result.why).toContain('another journal, somebody_else');
    expect(site.asks).not.toContain(url(D, 'somebody_else'));
  });

  it('never leaves the site', async () => {
    const site = FakeSite.chain(A, B)
      .set(go(B, 'next'), { kind: 'redirect', to: 'https://elsewhere.example/1.html' })
      .set(url(A), { kind: 'redirect', to: 'https://www.livejournal.com/login.bml' });
    const result = await walk(site, B);
    expect(result).toMatchObject({ chain: [A, B], kinds: ['unreadable', 'entry'], complete: false });
    expect(site.asks.filter((address) => !address.includes('dreamwidth.org'))).toEqual([]);
  });

  it('stops where the chain turns back on itself, and says so', async () => {
    const site = FakeSite.chain(A, B, C, D).set(go(B, 'prev'), { kind: 'redirect', to: url(D) });
    const result = await walk(site, C);
    expect(result.visits).toEqual([C, B, D]);
    expect(result.complete).toBe(false);
    expect(result.why).toMatch(/leads back to .*1229/);
  });

  it('knows an entry again where the chain turns back on it by its name', async () => {
    const named = 'https://lamp-room.dreamwidth.org/2011/06/30/the-name.html';
    const site = FakeSite.chain(A, B)
      .set(named, entry(A, { url: named }))
      .set(go(B, 'next'), { kind: 'redirect', to: named });
    const result = await walk(site, B);
    expect(result).toMatchObject({ visits: [B, A], complete: false });
    expect(result.why).toMatch(/leads back to .*the-name/);
  });

  it('stops at an entry whose way on leads to itself', async () => {
    const result = await walk(FakeSite.chain(A, B).set(go(B, 'next'), { kind: 'redirect', to: url(B) }), A);
    expect(result).toMatchObject({ chain: [A, B], complete: false });
  });

  it.each([
    [{ kind: 'missing', reason: '404' }],
    [{ kind: 'unreadable', reason: 'odd' }],
    [{ kind: 'list', entries: [] }],
  ] as const)('reports a go address that answers %o, and still goes the other way', async (reading) => {
    const result = await walk(FakeSite.chain(A, B, C).set(go(B, 'prev'), reading as never), B);
    expect(result).toMatchObject({ chain: [B, C], complete: false });
    expect(result.why).toMatch(/towards earlier entries, .*516.html the way on is/);
  });

  it.each([
    [
      'in a circle',
      (address: string, n: number) => ({ kind: 'redirect', to: `${address}&hop=${(n + 1) % 3}` }) as const,
    ],
    ['without end', (address: string, n: number) => ({ kind: 'redirect', to: `${address}&hop=${n + 1}` }) as const],
  ])('does not follow go addresses %s', async (_, next) => {
    const site = FakeSite.chain(A, B);
    const first = go(B, 'next');
    const other = 'https://www.dreamwidth.org/elsewhere?x=1';
    site.set(first, { kind: 'redirect', to: other });
    for (let n = 0; n < 50; n++) site.set(n === 0 ? other : `${other}&hop=${n}`, next(other, n));
    const result = await walk(site, A);
    expect(result).toMatchObject({ chain: [A, B], complete: false });
    expect(site.asks.length).toBeLessThan(20);
  });

  it('takes an entry whose redirects go round in a circle for unreadable, and goes on', async () => {
    const named = 'https://lamp-room.dreamwidth.org/2011/06/30/the-name.html';
    const site = FakeSite.chain(A, B, C)
      .set(url(B), { kind: 'redirect', to: named })
      .set(named, { kind: 'redirect', to: url(B) });
    expect(await walk(site, A)).toMatchObject({
      chain: [A, B, C],
      kinds: ['entry', 'unreadable', 'entry'],
      complete: true,
    });
  });

  it('stops after as many visits as the limit says, and can tell that there is more', async () => {
    const site = FakeSite.chain(A, B, C, D, E);
    const result = await walk(site, D, { limit: 3 });
    expect(result).toMatchObject({ visits: [D, C, B], chain: [B, C, D], complete: false });
    expect(result.why).toBe('the limit of 3 is reached');
    expect(site.asks).toHaveLength(5);
  });

  it('finishes the page in hand when asked to stop', async () => {
    let seen = 0;
    const site = FakeSite.chain(A, B, C, D, E);
    const result = await walk(site, E, { stopping: () => site.asks.includes(url(C)) && ++seen > 0 });
    expect(result).toMatchObject({ visits: [E, D, C], complete: false, why: 'stopped on request' });
    expect(seen).toBeGreaterThan(0);
  });
});

describe('openEntry', () => {
  it('says why an address leads to no entry, and does not ask twice to find out', async () => {
    const [one, two] = ['one', 'two'].map((name) => `https://lamp-room.dreamwidth.org/2011/06/30/${name}.html`) as [
      string,
      string,
    ];
    const site = new FakeSite().set(one, { kind: 'redirect', to: two }).set(two, { kind: 'redirect', to: one });
    const visit = await openEntry(site, sites, sites.parse(one));
    expect(visit).toEqual({
      url: one,
      reading: { kind: 'unreadable', reason: 'redirects in a circle' },
      fromVault: false,
    });
    expect(site.asks).toEqual([one, two]);
  });
});

describe('a walk over what is held', () => {
  it('asks for nothing but the two ends of a finished chain', async () => {
    const site = FakeSite.chain(A, B, C).holdAll();
    expect(await walk(site, B)).toMatchObject({ chain: [A, B, C], complete: true });
    expect(site.asks).toEqual([go(C, 'next'), go(A, 'prev')]);
  });

  it('finds what was added behind both ends since', async () => {
    const site = FakeSite.chain(B, C).holdAll();
    site.set(url(A), entry(A)).set(url(D), entry(D)).set(url(E), entry(E)).join(A, B, C, D, E);
    const result = await walk(site, C);
    expect(result).toMatchObject({ chain: [A, B, C, D, E], complete: true });
    expect([...site.asks].sort()).toEqual(
      [url(A), url(D), url(E), go(B, 'prev'), go(A, 'prev'), go(C, 'next'), go(D, 'next'), go(E, 'next')].sort(),
    );
  });

  it('asks for no end again while the chain was never finished', async () => {
    const site = FakeSite.chain(A, B, C, D).holdAll();
    site.held.delete(go(C, 'next'));
    site.held.delete(url(D));
    site.held.delete(go(D, 'next'));
    expect(await walk(site, B)).toMatchObject({ chain: [A, B, C, D], complete: true });
    expect(site.asks).toEqual([go(C, 'next'), url(D), go(D, 'next')]);
  });

  it('says so when an end that was met before can no longer be read', async () => {
    const site = FakeSite.chain(A, B).holdAll().set(go(B, 'next'), { kind: 'unreadable', reason: 'odd' });
    const result = await walk(site, A);
    expect(result).toMatchObject({ chain: [A, B], complete: false });
  });
});

describe('a walk on a site without go addresses', () => {
  const linked = (...numbers: number[]) => {
    const site = new FakeSite();
    for (const [index, number] of numbers.entries()) {
      const [before, after] = [numbers[index - 1], numbers[index + 1]];
      const previous = before === undefined ? undefined : url(before);
      site.set(url(number), entry(number, { previous, next: after === undefined ? undefined : url(after) }));
    }
    return site;
  };

  it('follows the links on the pages', async () => {
    const site = linked(A, B, C, D);
    expect(await walk(site, C, {}, siteWithoutGo)).toMatchObject({
      visits: [C, B, A, D],
      chain: [A, B, C, D],
      complete: true,
    });
    expect(site.asks).toHaveLength(4);
  });

  it('stops at a page that shows no links, and says so', async () => {
    const site = linked(A, B, C).set(url(B), { kind: 'gate', reason: 'an adult notice' });
    const result = await walk(site, C, {}, siteWithoutGo);
    expect(result).toMatchObject({ chain: [B, C], complete: false });
    expect(result.why).toContain('shows no link (gate)');
  });

  it('asks for the two end pages of a finished chain again, and for no other', async () => {
    const site = linked(A, B, C).holdAll();
    site.set(url(C), entry(C, { previous: url(B), next: url(D) })).set(url(D), entry(D, { previous: url(C) }));
    const result = await walk(site, B, {}, siteWithoutGo);
    expect(result).toMatchObject({ chain: [A, B, C, D], complete: true });
    expect(site.asks).toEqual([url(C), url(D), url(A)]);
  });
});

describe('a closer look', () => {
  const bare = { tags: [], postedAt: undefined };

  it('is taken at an entry without date or tags where both its neighbours have them', async () => {
    const site = FakeSite.chain(A, B, C, D, E)
      .set(url(B), entry(B, { tags: [] }))
      .set(url(D), entry(D, { postedAt: undefined }));
    await walk(site, A);
    expect(site.closerLooks).toEqual([url(B), url(D)]);
  });

  it('passes over refusals when it asks who the neighbours are', async () => {
    const site = FakeSite.chain(A, B, C)
      .set(url(A), entry(A))
      .set(url(B), { kind: 'gate', reason: '' })
      .set(url(C), entry(C, bare));
    await walk(site, A);
    expect(site.closerLooks).toEqual([url(C)]);
  });

  it('is not taken where a neighbour lacks them too, or where there is no neighbour', async () => {
    const site = FakeSite.chain(A, B, C, D)
      .set(url(B), entry(B, { tags: [] }))
      .set(url(C), entry(C, { tags: [] }));
    await walk(site, A);
    const alone = FakeSite.chain(A).set(url(A), entry(A, bare));
    await walk(alone, A);
    expect([...site.closerLooks, ...alone.closerLooks]).toEqual([]);
  });

  it('waits while the neighbour is not known yet', async () => {
    const site = FakeSite.chain(A, B, C).set(url(B), entry(B, bare));
    await walk(site, C, { limit: 2 });
    expect(site.closerLooks).toEqual([]);
  });

  it('is the same from wherever the walk starts', async () => {
    for (const start of [A, B, C, D, E]) {
      const site = FakeSite.chain(A, B, C, D, E).set(url(A), entry(A, bare)).set(url(C), entry(C, bare));
      await walk(site, start);
      expect(site.closerLooks).toEqual([url(A), url(C)]);
    }
  });
});
