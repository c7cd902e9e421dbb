import { describe, expect, it } from 'vitest';
import {
  BAN,
  drawEntry,
  drawGate,
  drawRecent,
  END,
  go,
  HOME,
  LOGIN,
  light,
  Memory,
  NOT_YOURS,
  run,
  SmallSite,
  url,
} from './walk-site.js';

const [A, B, C, D] = [286, 516, 920, 1229] as const;
const owner = { account: true };

describe('what a crawl tells', () => {
  it('is one visit for each entry, and an end', async () => {
    const { events, asked } = await run(SmallSite.chain(A, B), new Memory(), B);
    expect(events).toEqual([
      {
        type: 'visit',
        url: url(B),
        id: { site: 'dreamwidth', journal: 'lamp_room', number: B },
        kind: 'entry',
        subject: 'Post 516',
        entry: expect.objectContaining({ number: B, tags: ['fic'] }),
        fromVault: false,
        visited: 1,
        asked: 1,
      },
      expect.objectContaining({ type: 'visit', url: url(A), visited: 2, asked: 3 }),
      {
        type: 'end',
        complete: true,
        chain: [A, B].map((number) => ({
          id: { site: 'dreamwidth', journal: 'lamp_room', number },
          url: url(number),
          kind: 'entry',
        })),
        visited: 2,
        asked: 5,
      },
    ]);
    expect(asked).toEqual([light(B), go(B, 'prev'), light(A), go(A, 'prev'), go(B, 'next')].map((at) => `GET ${at}`));
  });

  it('keeps everything asked, and says what came from the vault', async () => {
    const site = SmallSite.chain(A, B);
    const vault = new Memory();
    await run(site, vault, B);
    expect(vault.kept).toEqual(
      [light(B), go(B, 'prev'), light(A), go(A, 'prev'), go(B, 'next')].map((at) => `open ${at}`),
    );
    const again = await run(site, vault, A);
    expect(again.events.flatMap((event) => (event.type === 'visit' ? [event.fromVault] : []))).toEqual([true, true]);
    expect(again.asked).toEqual([`GET ${go(B, 'next')}`, `GET ${go(A, 'prev')}`]);
  });

  it('tells its end also where the site stops it, and keeps what it has', async () => {
    const site = SmallSite.chain(A, B, C).set(light(A), { html: BAN });
    const vault = new Memory();
    const { end, error } = await run(site, vault, C);
    expect(error).toMatchObject({ code: 'BANNED', exitCode: 3 });
    expect(end).toMatchObject({ complete: false, visited: 2, why: expect.stringContaining(light(A)) });
    expect(vault.kept).toEqual([light(C), go(C, 'prev'), light(B), go(B, 'prev')].map((at) => `open ${at}`));
    site.set(light(A), { html: drawEntry(A) });
    const later = await run(site, vault, C);
    expect(later.asked).toEqual([light(A), go(A, 'prev'), go(C, 'next')].map((at) => `GET ${at}`));
    expect(later.end.complete).toBe(true);
  });

  it('refuses a start that is not there and leads nowhere', async () => {
    const { error } = await run(new SmallSite(), new Memory(), A);
    expect(error).toMatchObject({ code: 'NO_START', message: expect.stringContaining(url(A)) });
  });
});

describe('a chain captured from one start', () => {
  it('is gone over from any other, and only its ends are asked for', async () => {
    const site = SmallSite.chain(A, B, C, D);
    const vault = new Memory();
    await run(site, vault, C);
    for (const start of [A, B, C, D]) {
      const { asked, kinds } = await run(site, vault, start);
      expect(kinds).toEqual([A, B, C, D].map((number) => `${number} entry`));
      expect(asked).toEqual([`GET ${go(D, 'next')}`, `GET ${go(A, 'prev')}`]);
    }
  });

  it('is believed as it was asked for before it is told from the other side', async () => {
    const site = SmallSite.chain(A, B, C).set(go(C, 'prev'), { status: 303, to: url(A) });
    const vault = new Memory();
    await run(site, vault, B); // B's next is C, so C's prev would be B
    await vault.append(await site.get(go(C, 'prev')), 'open');
    const { kinds } = await run(site, vault, C);
    expect(kinds.slice(0, 2)).toEqual([`${A} entry`, `${C} entry`]);
  });

  it('by a stranger is no way for an owner', async () => {
    const site = SmallSite.chain(A, B);
    const vault = new Memory();
    await run(site, vault, B);
    const { asked } = await run(site, vault, A, owner);
    expect(asked).toContain(`GET ${go(A, 'next')}`);
  });
});

describe('views', () => {
  it('are gone through until one yields the entry, which is then held', async () => {
    const site = SmallSite.chain(A, B)
      .set(light(A), { html: '<p>?</p>' })
      .set(url(A), { html: drawEntry(A) });
    const vault = new Memory();
    const { kinds, asked } = await run(site, vault, B);
    expect(kinds).toEqual([`${A} entry`, `${B} entry`]);
    expect(asked.slice(2, 4)).toEqual([`GET ${light(A)}`, `GET ${url(A)}`]);
    expect((await run(site, vault, B)).asked).toHaveLength(2);
  });

  it('are asked for once in a run where none yields an entry, and again in the next', async () => {
    const site = SmallSite.chain(A, B).set(light(A), { html: '<p>?</p>' }).set(url(A), { html: '<p>?</p>' });
    const vault = new Memory();
    expect((await run(site, vault, { from: [url(A), light(A), url(B), go(B, 'prev')], expand: false })).asked).toEqual(
      [light(A), url(A), light(B), go(B, 'prev')].map((at) => `GET ${at}`),
    );
    expect((await run(site, vault, { from: [url(A)], expand: false })).asked).toHaveLength(2);
  });

  it('give way to the plain page for an entry without tags between entries with tags, once for all runs', async () => {
    const bare = drawEntry(B, { tags: [] });
    const site = SmallSite.chain(A, B, C).set(light(B), { html: bare }).set(url(B), { html: bare });
    const vault = new Memory();
    expect((await run(site, vault, C)).asked.at(-1)).toBe(`GET ${url(B)}`);
    expect((await run(site, vault, C)).asked).not.toContain(`GET ${url(B)}`);
  });

  it('that the site drops by a redirect to the plain page lead to the entry', async () => {
    const site = SmallSite.chain(A, B)
      .set(light(A), { status: 301, to: url(A) })
      .set(url(A), { html: drawEntry(A) });
    const vault = new Memory();
    expect((await run(site, vault, B)).kinds).toEqual([`${A} entry`, `${B} entry`]);
    expect((await run(site, vault, B)).asked).toHaveLength(2);
  });

  it('that redirect to themselves are no entry', async () => {
    const site = SmallSite.chain(A, B)
      .set(light(A), { status: 302, to: light(A) })
      .set(url(A), { status: 302, to: url(A) });
    const { kinds, asked } = await run(site, new Memory(), B);
    expect(kinds).toEqual([`${A} unreadable`, `${B} entry`]);
    expect(asked.length).toBeLessThan(20);
  });
});

describe('an adult notice', () => {
  const gated = (number: number) =>
    SmallSite.chain(A, B).set(light(number), ({ passed }) => ({ html: passed ? drawEntry(number) : drawGate(number) }));

  it('stays a notice without the declaration', async () => {
    const { kinds, asked } = await run(gated(A), new Memory(), B);
    expect(kinds).toEqual([`${A} gate`, `${B} entry`]);
    expect(asked.some((line) => line.startsWith('POST'))).toBe(false);
  });

  it('is passed with it: the notice, the form, the page again', async () => {
    const site = gated(A);
    const vault = new Memory();
    await run(site, vault, B);
    const { kinds, asked, end } = await run(site, vault, B, { adult: true });
    expect(kinds).toEqual([`${A} entry`, `${B} entry`]);
    const form = 'POST https://www.dreamwidth.org/journal/adult_concepts';
    expect(asked).toEqual([`GET ${light(A)}`, form, `GET ${light(A)}`, `GET ${go(B, 'next')}`, `GET ${go(A, 'prev')}`]);
    expect(end.asked).toBe(5);
  });

  it('that comes again after the form stays a notice', async () => {
    const site = SmallSite.chain(A, B).set(light(A), { html: drawGate(A) });
    const { kinds, asked } = await run(site, new Memory(), B, { adult: true });
    expect(kinds).toEqual([`${A} gate`, `${B} entry`]);
    expect(asked.filter((line) => line.startsWith('POST'))).toHaveLength(1);
  });
});

describe('with cookies', () => {
  it('what is proven public is kept openly, what is locked is not, nor are ways, ends and refusals', async () => {
    const site = SmallSite.chain(A, B, C)
      .set(light(B), { html: drawEntry(B, { security: 'protected' }) })
      .set(light(C), { status: 403, html: NOT_YOURS });
    const vault = new Memory();
    const { kinds } = await run(site, vault, A, owner);
    expect(kinds).toEqual([`${A} entry`, `${B} entry`, `${C} locked`]);
    expect(vault.kept.filter((line) => line.startsWith('open'))).toEqual([`open ${light(A)}`]);
    expect(vault.kept.filter((line) => line.startsWith('restricted'))).toHaveLength(6);
    expect(site.asked.some((line) => line.endsWith('(stranger)'))).toBe(false);
  });

  it('an entry that does not say who may read it is asked for once as a stranger', async () => {
    const unmarked = (number: number) => ({ html: drawEntry(number, { security: '' }) });
    const site = SmallSite.chain(A, B)
      .set(light(A), unmarked(A))
      .set(light(B), ({ access }) => (access.account ? unmarked(B) : { html: LOGIN }));
    const vault = new Memory();
    const { kinds, asked } = await run(site, vault, A, owner);
    expect(kinds).toEqual([`${A} entry`, `${B} entry`]);
    expect(asked.filter((line) => line.endsWith('(stranger)'))).toEqual([
      `GET ${light(A)} (stranger)`,
      `GET ${light(B)} (stranger)`,
    ]);
    expect(vault.kept).toContain(`open ${light(A)}`);
    expect(vault.kept).not.toContain(`restricted ${light(A)}`);
    expect(vault.captures.find(({ ref }) => ref.url === light(A))?.ref.access.account).toBe(false);
    expect(vault.kept).toContain(`restricted ${light(B)}`);
    expect(vault.kept).not.toContain(`open ${light(B)}`);
    // both are held now, whoever is asked
    expect((await run(site, vault, A, owner)).asked).toHaveLength(2);
  });

  it('the page that a stranger is shown has to be the same entry', async () => {
    const site = SmallSite.chain(A).set(light(A), ({ access }) => ({
      html: drawEntry(access.account ? A : B, { security: '' }),
    }));
    const vault = new Memory();
    await run(site, vault, A, owner);
    expect(vault.kept).toContain(`restricted ${light(A)}`);
  });

  it('a stranger passes an adult notice too before an entry counts as locked', async () => {
    const site = SmallSite.chain(A).set(light(A), ({ passed }) => ({
      html: passed ? drawEntry(A, { security: '' }) : drawGate(A),
    }));
    const vault = new Memory();
    const { asked } = await run(site, vault, A, { account: true, adult: true });
    expect(asked.filter((line) => line.startsWith('POST'))).toHaveLength(2);
    expect(vault.kept.filter((line) => line.endsWith(light(A)))).toEqual([
      `restricted ${light(A)}`,
      `open ${light(A)}`,
    ]);
  });

  it('ways and refusals are asked for again, entries are not', async () => {
    const site = SmallSite.chain(A, C)
      .set(light(B), ({ access }) =>
        access.account ? { html: drawEntry(B, { security: 'protected' }) } : { html: LOGIN },
      )
      .set(go(A, 'next'), ({ access }) => ({ status: 303, to: url(access.account ? B : C) }))
      .set(go(B, 'prev'), { status: 303, to: url(A) })
      .set(go(B, 'next'), { status: 303, to: url(C) });
    const vault = new Memory();
    expect((await run(site, vault, A)).kinds).toEqual([`${A} entry`, `${C} entry`]);
    const { kinds, asked } = await run(site, vault, A, owner);
    expect(kinds).toEqual([`${A} entry`, `${B} entry`, `${C} entry`]);
    expect(asked).toEqual(
      [go(A, 'prev'), go(A, 'next'), light(B), go(B, 'next'), go(C, 'next')].map((at) => `GET ${at}`),
    );
    // a stranger's run afterwards goes the owner's way, which is held, and asks for the ends alone
    const later = await run(site, vault, A);
    expect(later.kinds).toEqual([`${A} entry`, `${B} entry`, `${C} entry`]);
    expect(later.asked).toHaveLength(2);
  });

  it('a login page at the first page means expired cookies', async () => {
    const site = SmallSite.chain(A, B).set(light(B), { html: LOGIN });
    const { error, end } = await run(site, new Memory(), B, owner);
    expect(error).toMatchObject({ code: 'COOKIES_EXPIRED', exitCode: 3 });
    expect(end.complete).toBe(false);
  });

  it('so do three login pages in a row, and two do not', async () => {
    const three = SmallSite.chain(A, B, C, D);
    for (const number of [A, B, C]) three.set(light(number), { html: LOGIN });
    expect((await run(three, new Memory(), D, owner)).error).toMatchObject({ code: 'COOKIES_EXPIRED' });
    const two = SmallSite.chain(A, B, C, D);
    for (const number of [A, C]) two.set(light(number), { html: LOGIN });
    const { error, kinds } = await run(two, new Memory(), D, owner);
    expect(error).toBeUndefined();
    expect(kinds).toEqual([`${A} locked`, `${B} entry`, `${C} locked`, `${D} entry`]);
  });

  it('a run that was shown nothing but public entries says so, since the site may not have taken them', async () => {
    const notes = async (site: SmallSite, access = {}) =>
      (await run(site, new Memory(), A, access)).events.filter((event) => event.type === 'note').length;
    const locked = () => SmallSite.chain(A, B).set(light(B), { html: drawEntry(B, { security: 'protected' }) });
    expect(await notes(SmallSite.chain(A, B), owner)).toBe(1);
    expect(await notes(locked(), owner)).toBe(0);
    expect(await notes(SmallSite.chain(A, B))).toBe(0);
  });

  it('a page that is not for this account is no login page', async () => {
    const site = SmallSite.chain(A).set(light(A), { status: 403, html: NOT_YOURS });
    expect(await run(site, new Memory(), A, owner)).toMatchObject({ error: undefined, kinds: [`${A} locked`] });
  });
});

describe('a journal as a start', () => {
  it('is asked for its list, and the walk begins with the first entry of the journal on it', async () => {
    const site = SmallSite.chain(A, B, C).set(`${HOME}?format=light`, { html: drawRecent(C, B) });
    const { asked, kinds } = await run(site, new Memory(), HOME);
    expect(asked.slice(0, 2)).toEqual([`GET ${HOME}?format=light`, `GET ${light(C)}`]);
    expect(kinds).toEqual([`${A} entry`, `${B} entry`, `${C} entry`]);
  });

  it('is asked for in its plain view where the other lists nothing', async () => {
    const site = SmallSite.chain(A)
      .set(`${HOME}?format=light`, { html: '<p>?</p>' })
      .set(HOME, { html: drawRecent(A) });
    expect((await run(site, new Memory(), HOME)).kinds).toEqual([`${A} entry`]);
  });

  it('begins with an entry that the vault holds, where it holds one', async () => {
    const site = SmallSite.chain(A, B, C);
    const vault = new Memory();
    await run(site, vault, { from: [url(B)], expand: false });
    const { events, asked } = await run(site, vault, HOME);
    expect(events[0]).toMatchObject({ url: url(B), fromVault: true });
    expect(asked).not.toContain(`GET ${HOME}?format=light`);
  });

  it('behind an adult notice needs --adult', async () => {
    const site = SmallSite.chain(A).set(`${HOME}?format=light`, ({ passed }) => ({
      html: passed ? drawRecent(A) : drawGate(A),
    }));
    const { error } = await run(site, new Memory(), HOME);
    expect(error).toMatchObject({ code: 'NO_START', advice: expect.stringContaining('--adult') });
    expect(await run(site, new Memory(), HOME, { adult: true })).toMatchObject({
      error: undefined,
      kinds: [`${A} entry`],
    });
  });

  it.each([
    ['is not there', { status: 404, html: '' }, 'JOURNAL_GONE'],
    ['was purged', { status: 410, html: '' }, 'JOURNAL_GONE'],
    ['lists nothing', { html: '<p>Nothing yet.</p>' }, 'NO_START'],
    ['is locked', { status: 403, html: NOT_YOURS }, 'NO_START'],
    ['leads off the site', { status: 302, to: 'https://elsewhere.example/' }, 'NO_START'],
    ['leads to itself', { status: 302, to: HOME }, 'NO_START'],
  ])('that %s is refused with advice', async (_, reply, code) => {
    const site = new SmallSite().set(`${HOME}?format=light`, reply).set(HOME, reply);
    const { error, end, asked } = await run(site, new Memory(), HOME);
    expect(error).toMatchObject({ code, advice: expect.stringMatching(/\w/) });
    expect(end).toMatchObject({ complete: false, visited: 0, chain: [] });
    expect(asked.length).toBeLessThan(10);
  });
});

describe('a list as a start', () => {
  it('follows the links of a masterlist to entries of the site, and to nothing else', async () => {
    const body = `<a href="${url(C)}">Part two</a> <a href="https://somebody.livejournal.com/5.html">a friend</a>
      <a href="${HOME}profile">me</a> <a href="${url(B)}">Part one</a> <a href="https://elsewhere.example/">away</a>`;
    const site = SmallSite.chain(A, B, C, D).set(light(A), { html: drawEntry(A, { body }) });
    const { kinds, asked, end } = await run(site, new Memory(), { from: [url(A)], expand: true });
    expect(kinds).toEqual([`${A} entry`, `${C} entry`, `${B} entry`]);
    expect(asked).toEqual([light(A), light(C), light(B)].map((at) => `GET ${at}`));
    expect(end.complete).toBe(true);
  });

  it('names an address that is none', async () => {
    expect((await run(new SmallSite(), new Memory(), { from: ['nonsense'], expand: false })).error).toMatchObject({
      code: 'BAD_ADDRESS',
    });
  });
});

it('an end page is no entry of a list', async () => {
  const site = SmallSite.chain(A).set(go(A, 'next'), { html: END });
  const { kinds } = await run(site, new Memory(), { from: [go(A, 'next')], expand: false });
  expect(kinds).toEqual(['undefined unreadable']);
});
