import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCalendar } from '../../src/journal/index.js';
import { hasShared, plainSites, shared, sites } from './reading.js';

const JOURNAL = { site: 'livejournal', journal: 'lamp_room' };
const HOME = 'https://lamp-room.livejournal.com';

function read(html: string, url = `${HOME}/calendar`, status = 200) {
  const page = readCalendar(plainSites, { url, status, headers: {}, body: Buffer.from(html) }, JOURNAL);
  return {
    years: Object.fromEntries(page.years),
    months: Object.fromEntries(page.months),
    days: page.days,
    entries: page.entries.map(({ number, name }) => number ?? name),
  };
}

describe('addresses of a calendar', () => {
  const place = { site: 'livejournal', domain: 'livejournal.com', journal: 'lamp_room' };

  it('are built behind the journal’s own address', () => {
    expect(plainSites.calendarUrl(place)).toBe(`${HOME}/calendar`);
    expect(plainSites.calendarUrl(place, '2012')).toBe(`${HOME}/2012/`);
    expect(plainSites.calendarUrl(place, '2012-01')).toBe(`${HOME}/2012/01/`);
    expect(plainSites.calendarUrl({ ...place, journal: '_lamp' }, '2012')).toBe(
      'https://users.livejournal.com/_lamp/2012/',
    );
    const dreamwidth = { site: 'dreamwidth', domain: 'dreamwidth.org', journal: 'lamp_room' };
    expect(plainSites.calendarUrl(dreamwidth)).toBe('https://lamp-room.dreamwidth.org/archive');
    const asylum = { site: 'insanejournal', domain: 'insanejournal.com', journal: 'a_comm', community: true };
    expect(plainSites.calendarUrl(asylum, '2008-11')).toBe('http://asylums.insanejournal.com/a_comm/2008/11/');
  });

  it.each([
    ['https://lamp-room.livejournal.com/calendar', ''],
    ['https://lamp-room.livejournal.com/calendar/', ''],
    ['https://lamp-room.livejournal.com/calendar?format=light', ''],
    ['https://lamp-room.livejournal.com/2012/', '2012'],
    ['https://lamp-room.livejournal.com/2012', '2012'],
    ['https://lamp-room.livejournal.com/calendar/2003', '2003'],
    ['https://users.livejournal.com/lamp_room/2012/01/', '2012-01'],
    ['http://www.livejournal.com/users/lamp_room/2012/01/20/', '2012-01-20'],
    ['http://www.livejournal.com/users/lamp_room/day/2003/02/08', '2003-02-08'],
    ['https://lamp-room.dreamwidth.org/archive/2011', '2011'],
  ])('%s is known as "%s"', (address, date) => {
    expect(plainSites.calendarPage(address)).toMatchObject({ journal: 'lamp_room', date });
  });

  it.each([
    'https://lamp-room.livejournal.com/',
    'https://lamp-room.livejournal.com/2012.html',
    'https://lamp-room.livejournal.com/2012/13/',
    'https://lamp-room.livejournal.com/1492/',
    'https://lamp-room.livejournal.com/tag/2012/',
    'https://lamp-room.livejournal.com/2012/?skip=20',
    'https://www.livejournal.com/2012/',
    'https://lamp-room.dreamwidth.org/2011/06/30/the-name.html',
    'https://lamp-room.example.org/2012/',
    'mailto:lamp@example.org',
  ])('%s is none', (address) => {
    expect(plainSites.calendarPage(address)).toBeUndefined();
  });
});

describe('a page of a calendar', () => {
  it('tells its years, months and days in any form of their addresses', () => {
    const page = read(`<ul><li><a href="/2011/">2011</a></li><li>2012</li></ul>
      <table><tr><td>3 <a href="/2012/01/03/">2</a></td><td>4 <a href="${HOME}/2012/01/04/">1</a></td></tr>
      <tr><td><a href="http://www.livejournal.com/users/lamp_room/2012/01/">View Subjects</a></td></tr>
      <tr><td>9 <a href="/2012/03/09/">1</a></td></tr></table>`);
    expect(page).toEqual({
      years: { 2011: `${HOME}/2011/` },
      months: { '2012-01': 'http://www.livejournal.com/users/lamp_room/2012/01/', '2012-03': '' },
      days: ['2012-01-03', '2012-01-04', '2012-03-09'],
      entries: [],
    });
  });

  it('tells the entries that a month lists, each once, by whatever link', () => {
    const page = read(
      `<dl><dt><a href="/2012/01/20/">20th</a></dt><dd><a href="/5137.html">Salt</a> - <a href="/5137.html?mode=reply">Reply</a></dd>
      <dd><a href="http://users.livejournal.com/lamp_room/4880.html?nc=3#comments">Ebb</a></dd></dl>`,
      `${HOME}/2012/01/?format=light`,
    );
    expect(page).toMatchObject({ months: { '2012-01': '' }, days: ['2012-01-20'], entries: [5137, 4880] });
  });

  it('passes over other journals, other sites, and what the furniture of a page shows', () => {
    const page = read(`<div id="header"><a href="/calendar">Archive</a> <a href="/2009/">2009</a></div>
      <div class="sidebar"><a href="/999.html">a favourite</a> <a href="/2008/05/">a month</a> <a href="/2008/05/01/">a day</a></div>
      <p><a href="https://friend.livejournal.com/2010/">a friend's</a> <a href="https://friend.livejournal.com/777.html">hers</a>
      <a href="https://lamp-room.dreamwidth.org/555.html">the mirror</a> <a href="/tag/fic">fic</a> <a href="/5137.html">mine</a></p>`);
    expect(page).toEqual({ years: { 2009: `${HOME}/2009/` }, months: {}, days: [], entries: [5137] });
  });

  it('that is no page has no links', () => {
    const none = { years: {}, months: {}, days: [], entries: [] };
    expect(read('<a href="/5137.html">x</a>', undefined, 404)).toEqual(none);
    expect(read('')).toEqual(none);
  });
});

// three parts of a story were posted in that month; most layouts show three more entries beside it, and one links no days
describe.skipIf(!hasShared('pages/dreamwidth/layouts'))('a month of a running Dreamwidth', () => {
  const folder = 'pages/dreamwidth/layouts/';
  const layouts = hasShared('pages/dreamwidth/layouts') ? readdirSync(shared(folder)) : [];
  it.each(layouts)('lists its entries in the layout %s', (layout) => {
    const body = readFileSync(shared(`${folder}${layout}/month200410.html`));
    const answer = { url: 'http://testfic.dw.test/2004/10/', status: 200, headers: {}, body };
    const page = readCalendar(sites, answer, { site: 'dreamwidth', journal: 'testfic' });
    expect(page.entries.map(({ number }) => number)).toEqual([2476, 2748, 3018]);
    const days = page.days.filter((day) => day.startsWith('2004-10'));
    expect(days).toEqual(layout === 'zesty' ? [] : ['2004-10-01', '2004-10-08', '2004-10-16']);
  });
});
