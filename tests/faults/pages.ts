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
import { FEW } from './stage.js';

const HOURS = 'Open the site in a browser, do what it asks, and run the same command some hours later.';
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
      also: keptNothing(/\/1548\.html/),
    },
    {
      name: 'A ban page where the way to the next entry is asked for',
      does: 'Stops; the page is not kept.',
      exit: 3,
      author: HOURS,
      ill: () => always(step(6), html(BAN)),
      says: /The site has stopped us at http:.*itemid=1548.*: the site shows its bot policy$/,
      also: keptNothing(/itemid=1548/),
    },
    {
      name: '403 that speaks of a ban',
      does: 'Stops; the page is not kept.',
      exit: 3,
      author: HOURS,
      ill: () => always(entry(6), status(403, {}, '<p>Your IP address has been blocked.</p>')),
      says: /The site has stopped us at .*: the site refuses to be read by us$/,
      also: keptNothing(/\/1548\.html/),
    },
    {
      name: '"Too many requests", with status 200',
      does: 'Stops; the page is not kept.',
      exit: 3,
      author: HOURS,
      ill: () => always(entry(6), html(QUICK)),
      says: /The site has stopped us at .*: the site says that there were too many requests$/,
      also: keptNothing(/\/1548\.html/),
    },
    {
      name: 'A captcha, with status 200',
      does: 'Stops; the page is not kept.',
      exit: 3,
      author: HOURS,
      ill: () => always(entry(6), html(CAPTCHA)),
      says: /The site has stopped us at .*: the site asks for a captcha$/,
      also: keptNothing(/\/1548\.html/),
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
      author: 'Give your cookies with `--cookies`, if the entry is yours to read.',
      ill: () => always(entry(6), html(drawLogin(PLACE, 1548))),
      says: /^ {2}1 locked: --cookies reaches those that you may read$/,
      carriesLess: true,
    },
    {
      name: 'An adult notice in place of an entry, with status 200',
      does: 'Leaves the entry out, and goes on; with `--adult` it passes the notice.',
      exit: 0,
      author: 'Run the same command with `--adult`, if you are of age.',
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
      author: 'Give your cookies with `--cookies`, or the address of an entry that anybody may read.',
      ill: () => always(front, html(drawLogin(PLACE, 0))),
      says: /No entry to start from: http:\/\/tarn-wick\.lj\.test\/ asks to log in$/,
    },
    {
      name: 'An adult notice in place of the journal',
      does: 'Stops.',
      exit: 3,
      author: 'Run the same command with `--adult`, if you are of age.',
      ill: () => always(front, html(drawGate(PLACE, 0))),
      says: /No entry to start from: http:\/\/tarn-wick\.lj\.test\/ shows an adult notice$/,
    },
    {
      name: 'The journal is not there',
      does: 'Stops; a later run looks again.',
      exit: 3,
      author: 'Check the name; have the journal restored, if it was deleted; run the same command.',
      ill: () => always(page, status(404, {}, drawMissing())),
      says: /^ficferry: The journal http:\/\/tarn-wick\.lj\.test\/ is not there: the site has no such page$/,
    },
    {
      name: 'The journal is suspended or deleted while the run goes on',
      does: 'Goes no further that way and says so; a later run asks for all of it again.',
      exit: 4,
      author: 'Run the same command when the journal is back.',
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
      author: 'Look at that entry in a browser; run the same command later.',
      ill: () => always(entry(6), html(PAUSED)),
      says: /^ {2}1 unreadable: these need a look$/,
    },
    {
      name: 'A page that is nothing known, in place of every page',
      does: 'Goes no further that way and says so; a later run asks for all of it again.',
      exit: 4,
      author: 'Run the same command later.',
      ill: () => always(fromThenOn(step(6)), html(PAUSED)),
      says: /^Not everything was visited: towards earlier entries, .*1548\.html the way on is unreadable/,
    },
  ],
};

function keptNothing(of: RegExp) {
  return ({ kept }: { kept: string[] }) => (kept.some((url) => of.test(url)) ? 'the page was kept' : undefined);
}

/** From some request on every page is answered by a way to the captcha, and that one by the captcha. */
function captchaFrom(which: Parameters<typeof fromThenOn>[0]): Ill {
  const captcha = ({ path }: { path: string }) => path.startsWith('/captcha');
  const begun = fromThenOn(either(which, captcha));
  return all(always(captcha, html(CAPTCHA)), always(begun, redirect(`http://${PLACE.www}/captcha?ret=1`)));
}

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
