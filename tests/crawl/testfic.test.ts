/** The walk, the vault and the fetcher together, over real HTTP, on the saved pages of a running Dreamwidth. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { readCookieFile } from '../../src/crawl/fetch/cookies.js';
import { Fetcher } from '../../src/crawl/fetch/fetcher.js';
import { Vault } from '../../src/crawl/vault/vault.js';
import { chainAccount } from '../../src/crawl/walk/account.js';
import { type CrawlEvent, type CrawlOptions, crawl } from '../../src/crawl/walk/crawl.js';
import { entriesOf, readStory } from '../../src/crawl/walk/replay.js';
import { Sites } from '../../src/journal/index.js';
import { entryKey } from '../../src/model.js';
import { type Request, rowsOf, SAVED, TestficSite } from './testfic-site.js';

type Visit = Extract<CrawlEvent, { type: 'visit' }>;
type End = Extract<CrawlEvent, { type: 'end' }>;

// each run is some ninety requests over real HTTP, and pages read in full
describe.skipIf(!SAVED)('a journal on Dreamwidth', { timeout: 120_000 }, () => {
  const saved = SAVED as string;
  const rows = SAVED ? rowsOf(saved) : [];
  const open = rows.filter((row) => row.security === 'public');
  const numbers = (list: { number: number }[]) => list.map((row) => row.number);
  const address = (number: number) => `http://testfic.dw.test/${number}.html`;

  let site: TestficSite;
  let folder: string;
  let sites: Sites;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ficferry-walk-'));
    site = await TestficSite.start(saved);
    sites = new Sites(loadConfig(site.writeConfig(join(folder, 'config.yaml'))));
  });

  afterEach(async () => {
    await site.close();
    await rm(folder, { recursive: true });
  });

  interface Given extends Partial<Pick<CrawlOptions, 'limit' | 'stopping'>> {
    adult?: boolean;
    cookies?: boolean;
    vault?: string;
  }

  /** One run, as the program makes it: a vault opened, crawled into and closed. */
  async function run(start: string, { adult = false, cookies = false, vault: name = 'vault', ...options }: Given = {}) {
    site.requests.length = 0;
    const vault = await Vault.open(join(folder, name));
    const visits: Visit[] = [];
    let end: End | undefined;
    try {
      const fetcher = new Fetcher({
        sites,
        version: '0.0.0',
        adult,
        ...(cookies && { cookies: await readCookieFile(site.writeCookies(join(folder, 'cookies.txt'))) }),
      });
      for await (const event of crawl({ sites, vault, fetcher, start: sites.parse(start), ...options })) {
        if (event.type === 'visit') visits.push(event);
        if (event.type === 'end') end = event;
      }
    } finally {
      await vault.close();
    }
    if (!end) throw new Error('the crawl told no end');
    return { visits, end, requests: [...site.requests], chain: end.chain.map((link) => link.id?.number) };
  }

  const pages = (requests: Request[]) => requests.filter(({ host }) => host === 'testfic.dw.test');
  const hops = (requests: Request[]) => requests.filter(({ path }) => path.startsWith('/go?'));

  it.each([
    ['the first', 11627],
    ['a middle one', 5600],
    ['an adult notice', 6435],
    ['the last', 11308],
  ])('is walked by a stranger from %s through its 42 public entries in order', async (_, start) => {
    const { visits, end, chain, requests } = await run(address(start));
    expect(open).toHaveLength(42);
    expect(chain).toEqual(numbers(open));
    expect(end).toMatchObject({ complete: true, visited: 42, asked: 85 });
    const gates = end.chain.filter((link) => link.kind === 'gate').map((link) => link.id?.number);
    expect(gates).toEqual([6194, 6435]);
    expect(end.chain.filter((link) => link.kind === 'entry')).toHaveLength(40);
    expect(new Set(visits.map((visit) => visit.url)).size).toBe(42);
    // every page once, and from each the way to its neighbours: 41 steps and the two ends
    expect(pages(requests)).toHaveLength(42);
    expect(hops(requests)).toHaveLength(43);
    expect(requests).toHaveLength(85);
    // 4171, 4498 and 10255 are the entries 16, 17 and 40 of the journal
    const [account] = chainAccount(end.chain.flatMap((link) => link.id ?? []));
    expect(account).toMatchObject({ journal: 'testfic', largest: 45, neverMet: 3 });
    expect(account?.ranges).toEqual([
      [16, 17],
      [40, 40],
    ]);
    expect(account?.text).toBe('3 numbers never met: locked, private or deleted');
  });

  it('is walked from its own address, beginning with the first entry listed there', async () => {
    const { visits, chain, requests } = await run('http://testfic.dw.test/');
    expect(visits[0]?.id?.number).toBe(11308);
    expect(chain).toEqual(numbers(open));
    expect(requests).toHaveLength(86);
    // a later run starts from what the vault holds, and asks for the two notices and the two ends alone
    const later = await run('http://testfic.dw.test/');
    expect(later.chain).toEqual(numbers(open));
    expect(later.requests.map((request) => request.path.replace('?format=light', '')).sort()).toEqual(
      [
        '/6194.html',
        '/6435.html',
        '/go?journal=testfic&itemid=11308&dir=next',
        '/go?journal=testfic&itemid=11627&dir=prev',
      ].sort(),
    );
  });

  it('gives up the gated entries to --adult and the locked ones to --cookies, and asks for nothing else again', async () => {
    await run(address(5600));

    const adult = await run(address(5600), { adult: true });
    expect(adult.chain).toEqual(numbers(open));
    expect(adult.end.chain.every((link) => link.kind === 'entry')).toBe(true);
    const forms = adult.requests.filter(({ method }) => method === 'POST');
    expect(forms.map(({ path }) => path)).toEqual(['/journal/adult_explicit', '/journal/adult_concepts']);
    expect(pages(adult.requests).map(({ path }) => path.replace('?format=light', ''))).toEqual([
      '/6194.html',
      '/6194.html',
      '/6435.html',
      '/6435.html',
    ]);
    expect(hops(adult.requests)).toHaveLength(2);
    expect(adult.requests).toHaveLength(8);
    expect(adult.end.asked).toBe(8);

    const owner = await run(address(5600), { cookies: true });
    expect(owner.chain).toEqual(numbers(rows));
    expect(owner.end.chain.every((link) => link.kind === 'entry')).toBe(true);
    expect(
      pages(owner.requests)
        .map(({ path }) => Number(/\d+/.exec(path)?.[0]))
        .sort(),
    ).toEqual([10255, 4171, 4498]);
    // an owner's way may differ at every step, so all 44 steps and both ends are asked for
    expect(hops(owner.requests)).toHaveLength(46);
    expect(owner.requests).toHaveLength(49);
    expect(chainAccount(owner.end.chain.flatMap((link) => link.id ?? []))[0]).toMatchObject({ neverMet: 0 });

    // from another start, over steps that were captured the other way round
    const again = await run(address(286), { cookies: true, adult: true });
    expect(again.chain).toEqual(numbers(rows));
    expect(again.requests).toHaveLength(2);
  });

  it("does not take a stranger's walk for the owner's where the cookies have run out", async () => {
    site.loggedOut = true;
    // a new vault, one that a stranger filled, and one that was filled from another start
    await run(address(5600), { vault: 'filled' });
    for (const [vault, start] of [
      ['empty', 5600],
      ['filled', 5600],
      ['filled', 286],
    ] as const) {
      await expect(run(address(start), { cookies: true, vault })).rejects.toMatchObject({
        code: 'COOKIES_EXPIRED',
        exitCode: 3,
      });
      const stored = await Vault.open(join(folder, vault));
      const refs = [...stored.refs()];
      // what was got stays, as a stranger's
      expect(refs.filter((ref) => ref.access.account)).toEqual([]);
      await stored.close();
    }
    site.loggedOut = false;
    const owner = await run(address(5600), { cookies: true, vault: 'filled' });
    expect(owner.chain).toEqual(numbers(rows));
  });

  it('takes cookies that open locked entries, whatever marks the pages bear', async () => {
    site.marksEverybody = true;
    await run(address(5600));
    const owner = await run(address(5600), { cookies: true });
    expect(owner.chain).toEqual(numbers(rows));
    // both notices besides, which nobody declared adulthood for
    expect(owner.requests).toHaveLength(49 + 2);
    expect((await run(address(286), { cookies: true })).requests).toHaveLength(2 + 2);
  });

  it('yields each entry once when it is read again, the locked ones as restricted', async () => {
    await run(address(5600));
    await run(address(8411), { adult: true, cookies: true });
    const vault = await Vault.open(join(folder, 'vault'));
    const found = [];
    for await (const { id, reading, restricted } of entriesOf(vault, sites)) {
      found.push({ number: id?.number, kind: reading.kind, restricted });
    }
    const expected = rows.map(({ number, security }) => ({ number, kind: 'entry', restricted: security !== 'public' }));
    expect(found).toEqual(expected.sort((a, b) => a.number - b.number));
    const key = entryKey({ site: 'dreamwidth', journal: 'testfic', number: 4171 });
    expect((await readStory(vault, sites, key))?.reading).toMatchObject({ kind: 'entry', entry: { number: 4171 } });
    await vault.close();
  });

  it('is walked on where a killed run left off, and nothing held is asked for', async () => {
    const whole = await run(address(5600), { adult: true, cookies: true });
    expect(whole.chain).toEqual(numbers(rows));
    // 45 pages, both notices with their forms, 44 steps and two ends; the page behind the first notice is in a layout that
    // does not say who may read it, so a stranger asks for it too, notice and form included
    expect(whole.requests).toHaveLength(45 + 2 * 2 + 46 + 3);
    const full = await Vault.open(join(folder, 'vault'));
    const refs = [...full.refs()];
    expect(refs).toHaveLength(45 + 2 + 46);
    for (const kept of [1, 2, 30, 51, 60, 92, 93]) {
      const name = `cut-${kept}`;
      const cut = await Vault.open(join(folder, name));
      for (const ref of refs.slice(0, kept))
        await cut.append(await full.read(ref), ref.restricted ? 'restricted' : 'open');
      await cut.close();
      const resumed = await run(address(5600), { adult: true, cookies: true, vault: name });
      expect(resumed.chain).toEqual(numbers(rows));
      expect(resumed.end.complete).toBe(true);
      // a notice is no answer, and an end is asked for again only where both ends had been met
      const notices = [6194, 6435].map((number) => `${address(number)}?format=light`);
      const passed = (url: string) => refs.slice(0, kept).filter((ref) => ref.url === url).length === 2;
      const held = refs
        .slice(0, kept)
        .map((ref) => ref.url)
        .filter((url) => !notices.includes(url) || passed(url));
      const asked = resumed.requests
        .filter(({ method }) => method === 'GET')
        .map(({ host, path }) => `http://${host}${path}`);
      const twice = asked.filter((url) => held.includes(url));
      expect(twice).toHaveLength(kept === refs.length ? 2 : 0);
      expect(new Set([...held, ...asked]).size).toBe(new Set(refs.map((ref) => ref.url)).size);
    }
    await full.close();
  });

  it('goes on after a limit and after a stop', async () => {
    const first = await run(address(11308), { limit: 10 });
    expect(first.end).toMatchObject({ complete: false, visited: 10, why: 'the limit of 10 is reached' });
    expect(first.chain).toEqual(numbers(open).slice(-10));
    let polled = 0;
    const second = await run(address(11308), { stopping: () => ++polled > 40 });
    expect(second.end.complete).toBe(false);
    expect(second.end.why).toBe('stopped on request');
    const third = await run(address(11308));
    expect(third.chain).toEqual(numbers(open));
    expect(first.requests.length + second.requests.length + third.requests.length).toBe(
      85 + repeatedGates([second, third]),
    );
  });

  /** Notices are asked for again by each run that meets them. */
  function repeatedGates(runs: { requests: Request[] }[]): number {
    const asked = runs.flatMap(({ requests }) =>
      requests.filter(({ path }) => /6194|6435/.test(path) && !path.startsWith('/go')),
    );
    return asked.length - 2;
  }
});
