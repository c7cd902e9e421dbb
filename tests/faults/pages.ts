/** Pages of the site's that stand where an entry should, with status 200 or another. */
import { drawGate, drawLogin, drawMissing, type Place } from '../journal/pages.js';
import { numberOf, POSTS, type Post } from '../journal/posts.js';
import {
  all,
  always,
  either,
  entry,
  fromThenOn,
  front,
  type Group,
  html,
  type Ill,
  page,
  redirect,
  status,
  step,
} from './fault.js';
import { FEW } from './play.js';

const HOURS = 'Opens the site in a browser, does what it asks, and runs the same command some hours later.';
const FRESH = 'Logs in again, exports fresh cookies, and runs the same command with them.';
const PLACE: Place = { scheme: 'http', host: 'tarn-wick.lj.test', www: 'www.lj.test', journal: 'tarn_wick' };
const BAN =
  '<html><head><title>LiveJournal Bot Policy</title></head><body><h1>Bots</h1><p>Please write to us.</p></body></html>';
const CAPTCHA =
  '<html><head><title>Captcha Check</title></head><body class="gradation"><form method="POST"><div class="h-captcha" data-sitekey="k"></div></form></body></html>';
const QUICK =
  '<html><head><title>Whoa</title></head><body><p>You have made too many requests. Take a rest.</p></body></html>';
const PAUSED = '<html><head><title>Back soon</title></head><body><h1>We are moving some machines.</h1></body></html>';
const SUSPENDED =
  '<html><head><title>Suspended Journal</title></head><body><p>This journal has been suspended.</p></body></html>';
const GATED = POSTS.find(({ itemid }) => itemid === 10);

export const notices: Group = {
  title: 'Something else stands where an entry should',
  faults: [
    {
      name: 'A ban page, with status 200',
      does: 'Stops; the page is not kept.',
      exit: 3,
      author: HOURS,
      ill: () => always(entry(6), html(BAN)),
      says: /^ficferry: The site has stopped us at http:.*1548\.html\?format=light: the site shows its bot policy$/,
    },
    {
      name: 'A ban page where the way to the next entry is asked for',
      does: 'Stops; the page is not kept.',
      exit: 3,
      author: HOURS,
      ill: () => always(step(6), html(BAN)),
      says: /The site has stopped us at http:.*itemid=1548.*: the site shows its bot policy$/,
    },
    {
      name: '403 that speaks of a ban',
      does: 'Stops; the page is not kept.',
      exit: 3,
      author: HOURS,
      ill: () => always(entry(6), status(403, {}, '<p>Your IP address has been blocked.</p>')),
      says: /The site has stopped us at .*: the site refuses to be read by us$/,
    },
    {
      name: '"Too many requests", with status 200',
      does: 'Stops; the page is not kept.',
      exit: 3,
      author: HOURS,
      ill: () => always(entry(6), html(QUICK)),
      says: /The site has stopped us at .*: the site says that there were too many requests$/,
    },
    {
      name: 'A captcha, with status 200',
      does: 'Stops; the page is not kept.',
      exit: 3,
      author: HOURS,
      ill: () => always(entry(6), html(CAPTCHA)),
      says: /The site has stopped us at .*: the site asks for a captcha$/,
    },
    {
      name: 'Redirects from every page to a captcha',
      does: 'Stops; a later run takes none of these redirects for a way.',
      exit: 3,
      author: HOURS,
      ill: () => captchaFrom(step(6)),
      says: /The site has stopped us at http:\/\/www\.lj\.test\/captcha.*: the site asks for a captcha$/,
    },
    {
      name: 'Redirects from entries to a captcha',
      does: 'Stops; a later run asks for these entries again.',
      exit: 3,
      author: HOURS,
      ill: () => captchaFrom(entry(6)),
      says: /the site asks for a captcha$/,
    },
    {
      name: 'A login page in place of an entry, with status 200',
      does: 'Leaves the entry out as locked, and goes on.',
      exit: 0,
      author: 'Gives cookies with `--cookies`, if the entry is the author’s to read.',
      ill: () => always(entry(6), html(drawLogin(PLACE, 1548))),
      says: /^ {2}1 locked: --cookies reaches those that you may read$/,
      carriesLess: true,
    },
    {
      name: 'An adult notice in place of an entry, with status 200',
      does: 'Leaves the entry out, and goes on; with `--adult` it passes the notice.',
      exit: 0,
      author: 'Runs the same command with `--adult`, if of age.',
      ill: () => always(entry(6), html(drawGate(PLACE, 1548))),
      says: /^ {2}1 behind an adult notice: --adult passes it, if you are of age$/,
      carriesLess: true,
    },
    {
      name: 'An adult notice that only its form opens',
      does: 'With `--adult`, sends the form and asks again.',
      exit: 0,
      author: 'Nothing.',
      ill: () => gateThatForgets(),
      journal: { posts: [...FEW.slice(0, 8), ...(GATED ? [GATED] : []), ...FEW.slice(8)] },
      flags: { adult: true },
    },
    {
      name: 'A login page in place of the journal',
      does: 'Stops.',
      exit: 3,
      author: 'Gives cookies with `--cookies`, or the address of an entry that anybody may read.',
      ill: () => always(front, html(drawLogin(PLACE, 0))),
      says: /No entry to start from: http:\/\/tarn-wick\.lj\.test\/ asks to log in$/,
    },
    {
      name: 'An adult notice in place of the journal',
      does: 'Stops.',
      exit: 3,
      author: 'Runs the same command with `--adult`, if of age.',
      ill: () => always(front, html(drawGate(PLACE, 0))),
      says: /No entry to start from: http:\/\/tarn-wick\.lj\.test\/ shows an adult notice$/,
    },
    {
      name: 'The journal is not there',
      does: 'Stops; a later run looks again.',
      exit: 3,
      author: 'Checks the name; has the journal restored, if it was deleted; runs the same command.',
      ill: () => always(page, status(404, {}, drawMissing())),
      says: /^ficferry: The journal http:\/\/tarn-wick\.lj\.test\/ is not there: the site has no such page$/,
    },
    {
      name: 'The journal is suspended or deleted while the run goes on',
      does: 'Goes no further that way and says so; a later run asks for all of it again.',
      exit: 4,
      author: 'Runs the same command when the journal is back.',
      ill: () => always(fromThenOn(entry(6)), html(SUSPENDED)),
      says: /^Not everything was visited: towards earlier entries, .*1548\.html the way on is missing: the journal is suspended/,
    },
    {
      name: 'An entry that is not there, though the journal leads to it',
      does: 'Leaves it out, and goes on; a later run asks again.',
      exit: 0,
      author: 'Nothing.',
      ill: () => always(entry(6), status(404, {}, drawMissing())),
      says: /^ {2}1 not there any more$/,
      carriesLess: true,
    },
    {
      name: 'A page that is nothing known, in place of an entry',
      does: 'Leaves the entry out as unreadable, and carries all others.',
      exit: 4,
      author: 'Looks at that entry in a browser; runs the same command later.',
      ill: () => always(entry(6), html(PAUSED)),
      says: /^ {2}1 unreadable: these need a look$/,
    },
    {
      name: 'A page that is nothing known, in place of every page',
      does: 'Goes no further that way and says so; a later run asks for all of it again.',
      exit: 4,
      author: 'Runs the same command later.',
      ill: () => always(fromThenOn(step(6)), html(PAUSED)),
      says: /^Not everything was visited: towards earlier entries, .*1548\.html the way on is unreadable/,
    },
  ],
};

export const logins: Group = {
  title: 'Cookies stop working',
  faults: [
    {
      name: 'The login runs out while the run goes on, and the site shows a stranger’s pages',
      does: 'Stops at the first such page; what it was told after the last sign of the login is asked for again.',
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

/** From some request on every page is answered by a way to the captcha, and that one by the captcha. */
function captchaFrom(which: Parameters<typeof fromThenOn>[0]): Ill {
  const captcha = ({ path }: { path: string }) => path.startsWith('/captcha');
  const begun = fromThenOn(either(which, captcha));
  return all(always(captcha, html(CAPTCHA)), always(begun, redirect(`http://${PLACE.www}/captcha?ret=1`)));
}

/** The site forgets who asks: the journal answers as to a stranger. */
function strangerFrom(which: Parameters<typeof fromThenOn>[0]): Ill {
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

/** The cookies that declare adulthood are not enough: the notice is shown until its form was sent. */
function gateThatForgets(): Ill {
  let sent = false;
  return (asked, response) => {
    if (asked.path.startsWith('/misc/adult')) {
      sent = asked.method === 'POST';
      return false;
    }
    if (sent || !entry(10)(asked)) return false;
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(drawGate(PLACE, numberOf(GATED as Post)));
    return true;
  };
}
