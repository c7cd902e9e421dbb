/** Logins that stop working while a run leans on them. */
import { entry, fromThenOn, type Group, type Ill, page, step, type Which } from './fault.js';

const FRESH = 'Log in again, export fresh cookies, and run the same command with them.';

export const logins: Group = {
  title: 'Cookies stop working',
  faults: [
    {
      name: 'The login runs out while the run goes on, and the site shows a stranger’s pages',
      does: 'Stops at the first such page; a later run asks again for what came after the last sign of the login.',
      exit: 3,
      author: FRESH,
      ill: () => strangerFrom(step(11)),
      says: /^ficferry: The site answers http:.* as it answers somebody who is not logged in, so it no longer takes these cookies$/,
      shownToNobody: [7],
      flags: { cookies: true, includeLocked: true },
    },
    {
      name: 'The same, on Dreamwidth',
      does: 'The same.',
      exit: 3,
      author: FRESH,
      ill: () => strangerFrom(step(11)),
      says: /as it answers somebody who is not logged in/,
      shownToNobody: [7],
      flags: { cookies: true, includeLocked: true },
      journal: { site: 'dreamwidth' },
    },
    {
      name: 'The login runs out, and a login page stands where a locked entry should',
      does: 'Stops; the login page is no entry.',
      exit: 3,
      author: FRESH,
      ill: () => strangerFrom(entry(9)),
      says: /so it no longer takes these cookies$/,
      flags: { cookies: true, includeLocked: true },
    },
    {
      name: 'The login runs out while a run asks only for what it opens',
      does: 'Stops at the end of the journal, and takes none of these ways for yours.',
      exit: 3,
      author: FRESH,
      ill: () => strangerFrom(step(11)),
      says: /so it no longer takes these cookies$/,
      earlier: {},
      flags: { cookies: true, includeLocked: true },
    },
    {
      name: 'The site takes the cookies back',
      does: 'Stops.',
      exit: 3,
      author: FRESH,
      ill: () => takesBack,
      says: /^ficferry: The login at LiveJournal is no longer taken by the site$/,
      shownToNobody: [7],
      flags: { cookies: true, includeLocked: true },
    },
    {
      name: 'The cookies’ own date passes while the run goes on',
      does: 'Stops.',
      exit: 3,
      author: FRESH,
      ill: () => () => false,
      cookiesLast: 10,
      says: /^ficferry: The login at LiveJournal has run out$/,
      shownToNobody: [7],
      flags: { cookies: true, includeLocked: true },
    },
    {
      name: 'The cookies’ own date has passed before the run',
      does: 'Asks for nothing, and names the date.',
      exit: 2,
      author: FRESH,
      ill: () => () => false,
      cookiesLast: -86_400,
      says: /^ficferry: cookies\.txt: the login for LiveJournal ran out on 2025-12-31$/,
      flags: { cookies: true, includeLocked: true },
      also: ({ asked }) => (asked.length === 0 ? undefined : 'something was asked for'),
    },
    {
      name: 'The site never took the cookies',
      does: 'Stops.',
      exit: 3,
      author: FRESH,
      ill: () => strangerFrom(page),
      shownToNobody: [20],
      says: /so it no longer takes these cookies$/,
      flags: { cookies: true, includeLocked: true },
    },
  ],
};

/** The site forgets who asks: the journal answers as to a stranger. */
export function strangerFrom(which: Which): Ill {
  const begun = fromThenOn(which);
  return (asked) => {
    if (begun(asked)) asked.cookie = '';
    return false;
  };
}

const takesBack: Ill = (asked, response) => {
  if (!entry(7)(asked)) return false;
  response.setHeader('set-cookie', 'ljsession=; domain=.lj.test; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT');
  asked.cookie = '';
  return false;
};
