import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dateOfEpoch, monthsOf, readDate } from '../../src/journal/dates.js';
import { sites } from './reading.js';

const months = monthsOf(sites.config.months);

it.each([
  ['January 20 2012, 13:21', '2012-01-20T13:21:00'],
  ['September 8 2006, 16:29', '2006-09-08T16:29:00'],
  ['Jan 20, 2012 13:21', '2012-01-20T13:21:00'],
  ['2012-01-20 10:49:00', '2012-01-20T10:49:00'],
  ['@ 2012-01-20 10:49:00', '2012-01-20T10:49:00'],
  ['2012-01-20T13:21:00Z', '2012-01-20T13:21:00'],
  ['2005-11-11 11:11', '2005-11-11T11:11:00'],
  ['8th Oct. 2004 08:04 pm', '2004-10-08T20:04:00'],
  ['Oct. 8th, 2004 | 08:04 pm', '2004-10-08T20:04:00'],
  ['[Jan. 20th, 2012|01:21 pm]', '2012-01-20T13:21:00'],
  ['Friday, November 11th, 2005 11:11 am', '2005-11-11T11:11:00'],
  ['Saturday, 1 May 2010 at 12:05 a.m.', '2010-05-01T00:05:00'],
  ['May 1st, 2010, 12:05 PM', '2010-05-01T12:05:00'],
  ['20 января 2012, 13:21', '2012-01-20T13:21:00'],
  ['Январь 20, 2012 г. 9:05', '2012-01-20T09:05:00'],
  ['3 мая 2009 г.', '2009-05-03T00:00:00'],
  ['12. März 2008 18:00', '2008-03-12T18:00:00'],
  ["Sept. 3rd, '04 10:00 am", '2004-09-03T10:00:00'],
  ['20.01.2012 13:21', '2012-01-20T13:21:00'],
  ['05.04.2003 13:21', '2003-04-05T13:21:00'],
  ['25/12/2003 09:00', '2003-12-25T09:00:00'],
  ['12/25/03 09:00', '2003-12-25T09:00:00'],
  ['12/25/99 09:00', '1999-12-25T09:00:00'],
])('%s', (text, date) => expect(readDate(text, { months })).toBe(date));

it('asks the layout, and before it the links, which number is the day', () => {
  expect(readDate('04/05/2010 10:00', { months })).toBe('2010-04-05T10:00:00');
  expect(readDate('at 10:00am on 04/05/2010', { months, order: 'dmy' })).toBe('2010-05-04T10:00:00');
  expect(readDate('04/05/10 10:00', { months, links: ['/2010/', '/2010/05/04/'] })).toBe('2010-05-04T10:00:00');
});

it.each(['', 'yesterday', '13:21', 'February 30 2012', '2012-13-01', '31/31/2010', 'may I ask 5', '1/2/3/4'])(
  '"%s" is none',
  (text) => {
    expect(readDate(text, { months })).toBeUndefined();
  },
);

it('takes LiveJournal’s epoch for local time', () => {
  expect(dateOfEpoch(1327065660)).toBe('2012-01-20T13:21:00');
  expect(dateOfEpoch(-5)).toBeUndefined();
});

it('reads any minute in any of the sites’ forms', () => {
  const names = 'January February March April May June July August September October November December'.split(' ');
  const date = fc.date({
    min: new Date('1999-01-01T00:00:00Z'),
    max: new Date('2029-12-31T00:00:00Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(date, (at) => {
      const iso = `${at.toISOString().slice(0, 16)}:00`;
      const [day, time] = [iso.slice(0, 10), iso.slice(11, 16)];
      const [year, , dd] = day.split('-');
      const month = names[at.getUTCMonth()] as string;
      const hour = at.getUTCHours();
      const twelve = `${hour % 12 || 12}:${time.slice(3)} ${hour < 12 ? 'am' : 'pm'}`;
      for (const text of [
        `${month} ${Number(dd)} ${year}, ${time}`,
        `${month.slice(0, 3)}. ${Number(dd)}th, ${year} | ${twelve}`,
        `${Number(dd)} ${month} ${year} ${twelve}`,
        `${day} ${time}:00`,
      ]) {
        expect(readDate(text, { months }), text).toBe(iso);
      }
    }),
  );
});

it('is quick about anything', () => {
  fc.assert(fc.property(fc.string({ maxLength: 400 }), (text) => void readDate(text, { months })));
});
