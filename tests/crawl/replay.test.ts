import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaptureRef } from '../../src/crawl/vault/vault.js';
import { chainAccount } from '../../src/crawl/walk/account.js';
import { stretchesOf } from '../../src/crawl/walk/offline.js';
import { entriesOf, readStory, type StoredEntry } from '../../src/crawl/walk/replay.js';
import type { Capture } from '../../src/model.js';
import {
  drawEntry,
  drawGate,
  END,
  go,
  HOME,
  LOGIN,
  light,
  Memory,
  type Post,
  run,
  SmallSite,
  sites,
  url,
} from './walk-site.js';

const [A, B, C, D] = [286, 516, 920, 1229] as const;

interface Kept extends Partial<Omit<Capture, 'body'>> {
  html: string;
  /** Minutes after the first. */
  at?: number;
  restricted?: boolean;
}

async function vaultOf(...captures: Kept[]): Promise<Memory> {
  const vault = new Memory();
  for (const [index, { html, at = index, restricted, ...capture }] of captures.entries()) {
    const whole: Capture = {
      url: url(A),
      time: new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString(),
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: Buffer.from(html),
      access: { adult: false, account: restricted ?? false },
      ...capture,
    };
    await vault.append(whole, restricted ? 'restricted' : 'open');
  }
  return vault;
}

async function stored(vault: Memory): Promise<StoredEntry[]> {
  const found: StoredEntry[] = [];
  for await (const entry of entriesOf(vault, sites)) found.push(entry);
  return found;
}

/** The subject of the one entry in a vault, or its kind and reason. */
async function best(...captures: Kept[]): Promise<string> {
  const [only, ...others] = await stored(await vaultOf(...captures));
  expect(others).toEqual([]);
  if (!only) return 'nothing';
  return only.reading.kind === 'entry' ? (only.reading.entry.subject ?? '') : only.reading.kind;
}

const draw = (subject: string, post: Post = {}) => drawEntry(A, { subject, ...post });

describe('the best reading of an entry', () => {
  it('is an entry over any refusal, however old', async () => {
    expect(await best({ html: draw('old') }, { html: '', status: 404 }, { html: LOGIN })).toBe('old');
  });

  it('is from an open capture over a restricted one, though that shows more', async () => {
    expect(
      await best(
        { url: light(A), html: draw('locked'), restricted: true },
        { html: draw('open', { tags: [], date: '' }), at: -5 },
      ),
    ).toBe('open');
  });

  it('is the one with date and tags, then the one with a date', async () => {
    expect(await best({ url: light(A), html: draw('no tags', { tags: [] }) }, { html: draw('whole') })).toBe('whole');
    expect(
      await best({ url: light(A), html: draw('no date', { date: '' }) }, { html: draw('no tags', { tags: [] }) }),
    ).toBe('no tags');
  });

  it("is in the site's first view, and never a later page of comments where there is another", async () => {
    expect(await best({ url: light(A), html: draw('light') }, { html: draw('plain') })).toBe('light');
    expect(await best({ html: draw('plain') }, { url: `${url(A)}?page=2`, html: draw('comments') })).toBe('plain');
  });

  it('is the newest of equals', async () => {
    expect(await best({ html: draw('second'), at: 7 }, { html: draw('first'), at: 3 })).toBe('second');
  });

  it('is the newest refusal where there is no entry', async () => {
    expect(await best({ html: drawGate(A) }, { html: '', status: 410 })).toBe('gone');
    expect(await best({ html: '', status: 404 }, { html: drawGate(A) })).toBe('gate');
  });

  it('follows a redirect to a login page, and says nothing of one whose end is not captured', async () => {
    const away: Kept = { html: '', status: 302, headers: { location: 'https://www.dreamwidth.org/login?returnto=x' } };
    expect(await best(away, { url: 'https://www.dreamwidth.org/login?returnto=x', html: LOGIN })).toBe('locked');
    expect(await best(away)).toBe('nothing');
    expect(await best({ ...away, headers: { location: 'https://elsewhere.example/' } })).toBe('unreadable');
  });

  it('is restricted only where restricted captures alone yield it', async () => {
    const restricted = async (...captures: Kept[]) =>
      (await stored(await vaultOf(...captures))).map((one) => one.restricted);
    expect(await restricted({ html: draw('a'), restricted: true })).toEqual([true]);
    expect(await restricted({ html: draw('a'), restricted: true }, { html: draw('b') })).toEqual([false]);
    expect(await restricted({ html: draw('a'), restricted: true }, { html: LOGIN })).toEqual([true]);
    expect(await restricted({ html: LOGIN, restricted: true })).toEqual([false]);
  });

  it('does not depend on the order in which the captures came', async () => {
    const captures: Kept[] = [
      { url: light(A), html: draw('light, no tags', { tags: [] }), at: 1 },
      { html: draw('plain'), at: 2 },
      { html: draw('plain again'), at: 3 },
      { url: light(A), html: draw('locked'), restricted: true, at: 4 },
      { html: '', status: 404, at: 5 },
    ];
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(captures, { minLength: captures.length }), async (shuffled) => {
        expect(await best(...shuffled)).toBe('plain again');
      }),
      { numRuns: 20 },
    );
  });
});

describe('the entries of a vault', () => {
  it('come by site, journal and number, and those without a number last', async () => {
    const named = `${HOME}2011/06/30/the-name.html`;
    const other = 'https://aaa.dreamwidth.org/9999.html';
    const vault = await vaultOf(
      { url: named, html: LOGIN },
      { url: url(C), html: drawEntry(C) },
      { url: go(C, 'next'), html: END },
      { url: HOME, html: '<p>?</p>' },
      { url: other, html: '', status: 404 },
      { url: light(B), html: drawEntry(B) },
    );
    expect((await stored(vault)).map(({ url: at, reading }) => [at, reading.kind])).toEqual([
      [other, 'missing'],
      [url(B), 'entry'],
      [url(C), 'entry'],
      [named, 'locked'],
    ]);
  });

  it('know an entry by its name and by its number as one', async () => {
    const named = `${HOME}2011/06/30/the-name.html`;
    const vault = await vaultOf(
      { url: url(B), html: '', status: 301, headers: { location: named } },
      { url: named, html: drawEntry(B) },
    );
    const found = await stored(vault);
    expect(found.map(({ id }) => id?.number)).toEqual([B]);
    expect((await readStory(vault, sites, `dreamwidth/lamp_room/${B}`))?.ref.url).toBe(named);
  });

  it('can be read again one by one, also without a first pass', async () => {
    const vault = await vaultOf({ html: draw('one') }, { url: url(B), html: drawEntry(B) });
    expect((await readStory(vault, sites, `dreamwidth/lamp_room/${A}`))?.reading).toMatchObject({
      entry: { subject: 'one' },
    });
    expect(await readStory(vault, sites, 'dreamwidth/lamp_room/77777')).toBeUndefined();
  });

  it('are read one page at a time, and pages of one whole capture once', async () => {
    const vault = await vaultOf(
      { html: draw('one') },
      { url: url(B), html: drawEntry(B) },
      { url: url(C), html: drawEntry(C) },
    );
    let reads = 0;
    const counting = {
      refs: () => vault.refs(),
      read: (ref: CaptureRef) => {
        reads++;
        return vault.read(ref);
      },
    };
    let seen = 0;
    for await (const _ of entriesOf(counting, sites)) expect(reads).toBe(++seen);
    expect(seen).toBe(3);
  });
});

describe('stretchesOf', () => {
  const JOURNAL = { site: 'dreamwidth', journal: 'lamp_room' };
  const stretches = async (vault: Memory) =>
    (await stretchesOf(vault, sites, JOURNAL)).map(({ chain, earlier, later }) => ({
      chain: chain.map(({ id }) => id?.number),
      ...(earlier && { earlier: earlier.notYet ? 'not yet' : earlier.why }),
      ...(later && { later: later.notYet ? 'not yet' : later.why }),
    }));

  it('tells one chain in journal order where both ends are captured', async () => {
    const site = SmallSite.chain(A, B, C).set(light(B), { html: drawGate(B) });
    const vault = new Memory();
    await run(site, vault, B);
    expect(await stretches(vault)).toEqual([{ chain: [A, B, C] }]);
    const [only] = await stretchesOf(vault, sites, JOURNAL);
    expect(only?.chain.map(({ kind }) => kind)).toEqual(['entry', 'gate', 'entry']);
  });

  it('says where a chain is not finished, and counts no page that was not captured', async () => {
    const site = SmallSite.chain(A, B, C);
    const vault = new Memory();
    await run(site, vault, C);
    vault.captures.length = 2; // C, and the way from C to B
    expect(await stretches(vault)).toEqual([{ chain: [C], earlier: 'not yet', later: 'not yet' }]);
  });

  it('says which ways are barred, and why', async () => {
    // back from B the site leads to C, and so to B again
    const site = SmallSite.chain(A, B, C).set(go(B, 'prev'), { status: 303, to: url(C) });
    const vault = new Memory();
    await run(site, vault, B);
    const back = (number: number) => `leads back to ${url(number)}, where the walk has been`;
    expect(await stretches(vault)).toEqual([{ chain: [C, B], earlier: back(B), later: back(C) }]);
  });

  it('keeps apart what does not lead to each other, and is one where a later start leads over all', async () => {
    const site = SmallSite.chain(A, B)
      .set(light(C), { html: drawEntry(C) })
      .set(light(D), { html: drawEntry(D) });
    for (const [from, dir, to] of [
      [C, 'next', D],
      [D, 'prev', C],
    ] as const)
      site.set(go(from, dir), { status: 303, to: url(to) });
    const vault = new Memory();
    await run(site, vault, D);
    await run(site, vault, B);
    expect(await stretches(vault)).toEqual([
      { chain: [A, B] },
      { chain: [C, D], earlier: expect.stringContaining('missing'), later: expect.stringContaining('missing') },
    ]);
    for (const [from, dir, to] of [
      [C, 'prev', B],
      [B, 'next', C],
    ] as const)
      site.set(go(from, dir), { status: 303, to: url(to) });
    // the end behind B is asked again, and from there the walk goes on
    await run(site, vault, A);
    expect(await stretches(vault)).toEqual([{ chain: [A, B, C, D], later: expect.stringContaining('missing') }]);
  });

  it('has nothing to tell of a journal of which there is nothing', async () => {
    expect(await stretches(new Memory())).toEqual([]);
  });
});

describe('chainAccount', () => {
  const of = (...itemids: number[]) =>
    itemids.map((id) => ({ site: 'dreamwidth', journal: 'lamp_room', number: id * 256 + 77 }));

  it('names the numbers never met as runs', () => {
    const [account] = chainAccount(of(2, 3, 7, 5, 3));
    expect(account).toMatchObject({
      largest: 7,
      met: 4,
      neverMet: 3,
      text: '3 numbers never met: locked, private or deleted',
    });
    expect(account?.ranges).toEqual([
      [1, 1],
      [4, 4],
      [6, 6],
    ]);
  });

  it('says one number, and none', () => {
    expect(chainAccount(of(1, 3))[0]?.text).toBe('1 number never met: locked, private or deleted');
    expect(chainAccount(of(1, 2))[0]).toMatchObject({ neverMet: 0, ranges: [], text: 'every number was met' });
    expect(chainAccount([])).toEqual([]);
  });

  it('keeps journals apart', () => {
    const accounts = chainAccount([...of(2), { site: 'dreamwidth', journal: 'another', number: 256 }]);
    expect(accounts.map(({ journal, neverMet }) => [journal, neverMet])).toEqual([
      ['another', 0],
      ['lamp_room', 1],
    ]);
  });

  it('accounts for each number up to the largest once, also where the largest is far away', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 2 ** 22 }), { minLength: 1, maxLength: 50 }), (itemids) => {
        const [account] = chainAccount(of(...itemids));
        const skipped = account?.ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
        expect(skipped).toBe(account?.neverMet);
        expect((account?.neverMet ?? 0) + new Set(itemids).size).toBe(Math.max(...itemids));
      }),
    );
  });
});
