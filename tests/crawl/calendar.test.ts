/** The second check on a walk: what the calendar is asked for, what stands, and what it adds. */
import { describe, expect, it } from 'vitest';
import { entriesOf } from '../../src/crawl/walk/replay.js';
import { FicferryError } from '../../src/errors.js';
import {
  BAN,
  drawEntry,
  drawGate,
  go,
  HOME,
  LOGIN,
  light,
  Memory,
  type Reply,
  run,
  SmallSite,
  sites,
  url,
} from './walk-site.js';

const [A, B, C, D] = [286, 516, 920, 1229] as const;
const owner = { account: true };

/** Entries by day; a day with several has each. */
type Days = Record<string, number[]>;

/** The address of a page of the calendar that is really asked for. */
const at = (path: string) => `${HOME}${path}?format=light`;

/** Puts a calendar on the site: the last year at its way in, and the page of each year and month. */
function withCalendar(site: SmallSite, days: Days): SmallSite {
  const dates = Object.keys(days).sort();
  const years = [...new Set(dates.map((day) => day.slice(0, 4)))];
  const last = years.at(-1) as string;
  for (const year of years) {
    const others = years.filter((one) => one !== year).map((one) => `<a href="/${one}/">${one}</a>`);
    const own = dates.filter((day) => day.startsWith(year));
    const html = `${others.join(' ')} <b>${year}</b> ${own.map((day) => `<a href="/${day.replaceAll('-', '/')}/">${days[day]?.length}</a>`).join(' ')}`;
    site.set(at(`${year}/`), { html });
    if (year === last) site.set(at('archive'), { html });
    for (const month of new Set(own.map((day) => day.slice(0, 7)))) {
      const listed = own.filter((day) => day.startsWith(month));
      const lines = listed.map(
        (day) =>
          `<dt><a href="/${day.replaceAll('-', '/')}/">${day}</a></dt>${days[day]?.map((number) => `<dd><a href="${url(number)}">Post ${number}</a></dd>`).join('')}`,
      );
      site.set(at(`${month.replace('-', '/')}/`), { html: `<dl>${lines.join('')}</dl>` });
    }
  }
  return site;
}

const THREE: Days = { '2003-12-30': [A], '2004-01-02': [B], '2004-01-03': [C] };

function compare(site: SmallSite, vault: Memory, access = {}, options = {}) {
  return run(site, vault, C, access, { calendar: true, ...options });
}

/** Of what was asked for, the pages of the calendar. */
const ofCalendar = (asked: string[]) =>
  asked.flatMap((line) => /dreamwidth\.org\/((?:archive|\d{4}\/)\S*?)\?format=light/.exec(line)?.[1] ?? []);

/** A site that answers this address with an error of the fetcher's. */
function throwing(site: SmallSite, address: string, error: FicferryError): SmallSite {
  return site.set(address, () => {
    throw error;
  });
}

describe('a calendar that agrees with the walk', () => {
  it('is asked for once: the way in, the other years, each month; and adds nothing', async () => {
    const site = withCalendar(SmallSite.chain(A, B, C), THREE);
    const { asked, end, events } = await compare(site, new Memory());
    expect(ofCalendar(asked)).toEqual(['archive', '2003/', '2003/12/', '2004/01/']);
    // after the walk: three pages, two steps and two ends
    expect(ofCalendar(asked.slice(0, 7))).toEqual([]);
    expect(end).toMatchObject({
      complete: true,
      visited: 3,
      asked: 11,
      calendar: {
        whole: true,
        listed: 3,
        added: [],
        unlisted: 0,
        text: 'the calendar lists 3 entries, and the walk met them all',
      },
    });
    expect(events.flatMap((event) => (event.type === 'note' ? [event.text] : []))).toEqual([
      "a second check on the walk, by the journal's calendar: 2 months to ask for",
    ]);
  });

  it('is no page of an entry, in the vault neither', async () => {
    const vault = new Memory();
    await compare(withCalendar(SmallSite.chain(A, B, C), THREE), vault);
    const used = vault.captures.flatMap(({ ref }) => (ref.use ? [`${ref.use} ${ref.url}`] : []));
    expect(used).toEqual(['archive', '2003/', '2003/12/', '2004/01/'].map((path) => `calendar ${at(path)}`));
    const entries: (number | undefined)[] = [];
    for await (const { id } of entriesOf(vault, sites)) entries.push(id?.number);
    expect(entries).toEqual([A, B, C]);
  });

  it('may lack entries that the walk met', async () => {
    const site = withCalendar(SmallSite.chain(A, B, C), { '2003-12-30': [A], '2004-01-02': [B] });
    const { end } = await compare(site, new Memory());
    expect(end.calendar).toMatchObject({
      unlisted: 1,
      text: 'the calendar lists 2 entries, and the walk met them all; 1 that the walk met is not in it',
    });
  });

  it.each([
    ['it was not asked for', undefined, { calendar: false }],
    ['the limit is reached', undefined, { limit: 3 }],
    ['the user has stopped the run', undefined, { stopping: () => true }],
    ['the entries come from a list', { from: [url(A), url(B)], expand: false }, {}],
  ])('is left alone where %s', async (_, start, options) => {
    const site = withCalendar(SmallSite.chain(A, B, C), THREE);
    const { asked, end } = await run(site, new Memory(), start ?? C, {}, { calendar: true, ...options });
    expect(ofCalendar(asked)).toEqual([]);
    expect(end.calendar).toBeUndefined();
  });
});

describe('what only the calendar lists', () => {
  const passedOver = () => withCalendar(SmallSite.chain(A, C).set(light(B), { html: drawEntry(B) }), THREE);

  it('is visited like any other entry', async () => {
    const vault = new Memory();
    const { events, end, kinds } = await compare(passedOver(), vault);
    expect(kinds).toEqual([`${A} entry`, `${C} entry`, `${B} entry`]);
    expect(events.at(-2)).toMatchObject({ type: 'visit', url: url(B), visited: 3, fromVault: false });
    expect(end).toMatchObject({
      complete: true,
      visited: 3,
      calendar: {
        added: [{ id: { site: 'dreamwidth', journal: 'lamp_room', number: B }, url: url(B), kind: 'entry' }],
        text: 'the calendar lists 3 entries; 1 of them the walk did not meet, and it was fetched',
      },
    });
    expect(vault.kept).toContain(`open ${light(B)}`);
  });

  it('is not asked for again by a later run, nor are months that were over', async () => {
    const [site, vault] = [passedOver(), new Memory()];
    const first = await compare(site, vault);
    const again = await compare(site, vault);
    expect(ofCalendar(again.asked)).toEqual(['archive', '2003/']);
    expect(again.asked).not.toContain(`GET ${light(B)}`);
    expect(again.end.calendar).toEqual(first.end.calendar);
    expect(again.kinds).toEqual(first.kinds);
  });

  it('is what saves the entries behind a break in the chain', async () => {
    // the way back from B leads to C again, so that the walk never gets to A
    const site = withCalendar(SmallSite.chain(A, B, C).set(go(B, 'prev'), { status: 303, to: url(C) }), THREE);
    const without = await run(site, new Memory(), C);
    expect(without.kinds).toEqual([`${B} entry`, `${C} entry`]);
    const { end, kinds, asked } = await compare(site, new Memory());
    expect(kinds).toEqual([`${B} entry`, `${C} entry`, `${A} entry`]);
    expect(end).toMatchObject({ complete: false, calendar: { whole: true, listed: 3 } });
    // it is visited, and no walk goes on from it
    expect(asked.some((line) => line.includes(`itemid=${A}`))).toBe(false);
  });

  it('may be closed, or not there any more', async () => {
    const site = withCalendar(SmallSite.chain(A, C).set(light(B), { html: LOGIN }), { ...THREE, '2004-01-04': [D] });
    const { end, kinds } = await compare(site, new Memory());
    expect(kinds).toEqual([`${A} entry`, `${C} entry`, `${B} locked`, `${D} missing`]);
    expect(end.calendar?.text).toBe(
      'the calendar lists 4 entries; 2 of them the walk did not meet: 0 fetched, 2 that cannot be read (locked, missing)',
    );
  });

  it('is known again by its number where it is listed by a name', async () => {
    const named = `${HOME}2004/01/02/the-name.html`;
    const site = withCalendar(SmallSite.chain(A, B, C), THREE)
      .set(at('2004/01/'), { html: `<a href="${named}">B</a> <a href="${url(C)}">C</a>` })
      .set(`${named}?format=light`, { html: drawEntry(B) });
    const { end } = await compare(site, new Memory());
    expect(end).toMatchObject({ visited: 3, calendar: { listed: 3, added: [], unlisted: 0 } });
  });

  it('waits for the next run where the limit is reached on the way', async () => {
    const site = withCalendar(
      SmallSite.chain(A)
        .set(light(B), { html: drawEntry(B) })
        .set(light(C), { html: drawEntry(C) }),
      THREE,
    );
    const { end } = await run(site, new Memory(), A, {}, { calendar: true, limit: 2 });
    expect(end.calendar).toMatchObject({ whole: false, why: 'the limit of 2 is reached', added: [{ url: url(B) }] });
  });
});

describe('a month that is held', () => {
  /** SmallSite's clock begins with 2026. */
  const days: Days = { '2004-01-02': [A, B], '2026-01-01': [C] };
  const months = async (vault: Memory, more: Days = {}, access = {}) =>
    ofCalendar(
      (await compare(withCalendar(SmallSite.chain(A, B, C), { ...days, ...more }), vault, access)).asked,
    ).filter((path) => path.length > '2004/'.length && path !== 'archive');

  it('stands where it was over when it came', async () => {
    const vault = new Memory();
    expect(await months(vault)).toEqual(['2004/01/', '2026/01/']);
    expect(await months(vault)).toEqual(['2026/01/']);
  });

  it('is asked for again where its year knows a day more', async () => {
    const vault = new Memory();
    await months(vault);
    expect(await months(vault, { '2004-01-09': [D] })).toEqual(['2004/01/', '2026/01/']);
  });

  it('is asked for again where the user logs in, and stands for whoever comes later', async () => {
    const vault = new Memory();
    await months(vault);
    expect(await months(vault, {}, owner)).toEqual(['2004/01/', '2026/01/']);
    expect(await months(vault)).toEqual(['2026/01/']);
    const places = vault.captures.filter(({ ref }) => ref.url === at('2004/01/')).map(({ ref }) => ref.restricted);
    expect(places).toEqual([false, true]);
  });
});

describe('a calendar that cannot be read', () => {
  const three = () => withCalendar(SmallSite.chain(A, B, C), THREE);
  const missing: Reply = { status: 404, html: '<title>Page Not Found</title>' };

  it('because robots.txt forbids it is left alone, says so, and is no error', async () => {
    const robots = new FicferryError(
      'ROBOTS',
      'robots.txt of lamp-room.dreamwidth.org says "Disallow: /archive" (line 2)',
    );
    const { end, error, asked } = await compare(throwing(three(), at('archive'), robots), new Memory());
    expect(error).toBeUndefined();
    expect(ofCalendar(asked)).toEqual(['archive']);
    expect(end).toMatchObject({ complete: true, calendar: { whole: false, listed: 0 } });
    expect(end.calendar?.text).toBe(
      'the calendar may not be read by robots: robots.txt of lamp-room.dreamwidth.org says "Disallow: /archive" (line 2)',
    );
  });

  it('to its end is told as far as it goes, and what it adds is fetched', async () => {
    const site = throwing(three(), at('2004/01/'), new FicferryError('NO_ANSWER', 'the host gave no usable answer'));
    site.set(go(B, 'prev'), { status: 303, to: url(C) });
    const { end, error } = await compare(site, new Memory());
    expect(error).toBeUndefined();
    expect(end.calendar?.text).toBe(
      'the calendar lists 1 entry; 1 of them the walk did not meet, and it was fetched (it was not read whole: the host gave no usable answer)',
    );
  });

  it.each<[string, Reply, number, RegExp]>([
    ['is not there', missing, 1, /archive: the site has no such page$/],
    ['stands behind an adult notice', { html: drawGate(A) }, 1, /archive: the site asks for a declaration of age$/],
    ['shows nothing, in whatever view', { html: '<p>?</p>' }, 2, /archive: nothing of it can be read$/],
  ])('because it %s', async (_, reply, requests, text) => {
    const site = three().set(at('archive'), reply).set(`${HOME}archive`, reply);
    const vault = new Memory();
    const { end, asked, error } = await compare(site, vault);
    expect(error).toBeUndefined();
    expect(asked.filter((line) => line.includes('/archive'))).toHaveLength(requests);
    expect(end.calendar?.text).toMatch(text);
    expect(end.calendar?.text).toMatch(/^the calendar could not be read: /);
    expect(vault.kept.filter((line) => line.includes('/archive'))).toEqual([]);
  });

  it('in one view is asked for in the next', async () => {
    const site = three();
    site.set(at('2003/12/'), { html: '<p>?</p>' }).set(`${HOME}2003/12/`, { html: `<a href="${url(A)}">A</a>` });
    expect((await compare(site, new Memory())).end.calendar).toMatchObject({ whole: true, listed: 3 });
  });

  it('at its own address is followed to another form of it', async () => {
    const site = three()
      .set(at('2003/'), { status: 301, to: at('archive/2003') })
      .set(at('archive/2003'), { html: '<a href="/2003/12/">December</a>' });
    expect((await compare(site, new Memory())).end.calendar).toMatchObject({ whole: true, listed: 3 });
  });

  it('behind an adult notice is read by whoever declares to be of age', async () => {
    const site = three().set(at('2004/01/'), ({ passed }) => ({
      html: passed ? `<a href="${url(B)}">B</a> <a href="${url(C)}">C</a>` : drawGate(A),
    }));
    const { end, asked } = await compare(site, new Memory(), { adult: true });
    expect(end.calendar).toMatchObject({ whole: true, listed: 3 });
    expect(asked.filter((line) => line.startsWith('POST'))).toHaveLength(1);
  });

  it('because the user stops the run is told as far as it went', async () => {
    const site = three();
    const stopping = () => site.asked.includes(`GET ${at('2003/')}`);
    const { end, asked, events } = await compare(site, new Memory(), {}, { stopping });
    expect(ofCalendar(asked)).toEqual(['archive', '2003/']);
    expect(end.calendar?.text).toBe('the calendar could not be read: stopped on request');
    expect(events.some(({ type }) => type === 'note')).toBe(false);
  });

  it('because the site stops us ends the run, with the way to do without', async () => {
    const vault = new Memory();
    const { error, end } = await compare(three().set(at('2003/'), { html: BAN }), vault);
    expect(error).toMatchObject({ code: 'BANNED', advice: expect.stringContaining('--no-calendar') });
    expect(end).toMatchObject({ complete: false, visited: 3 });
    expect((await compare(three(), vault)).end.complete).toBe(true);
  });
});
