/** Ways that lead astray: redirects, circles, and entries that change. */
import { drawEntry } from '../journal/pages.js';
import type { Post } from '../journal/posts.js';
import {
  all,
  always,
  either,
  entry,
  front,
  type Group,
  type Here,
  html,
  type Ill,
  once,
  redirect,
  step,
} from './fault.js';

const LOOK = 'Open that entry in a browser; run the same command later.';
const LATER = 'Run the same command later; if it still says so, give the address of an entry beyond.';

export const ways: Group = {
  title: 'Ways lead astray',
  faults: [
    {
      name: 'An entry redirects to itself',
      does: 'Leaves it out as unreadable, and goes on past it.',
      exit: 4,
      author: LOOK,
      ill: (here) => always(entry(6), redirect(here.address(6))),
      says: /^ {2}1 unreadable: these need a look$/,
    },
    {
      name: 'Two entries redirect to each other',
      does: 'Leaves both out as unreadable, and goes on; a later run asks again.',
      exit: 4,
      author: LOOK,
      ill: (here) => all(always(entry(6), redirect(here.address(7))), always(entry(7), redirect(here.address(6)))),
      says: /^ {2}2 unreadable: these need a look$/,
    },
    {
      name: 'An entry redirects to another host',
      does: 'Asks nothing of that host, leaves the entry out as unreadable, and goes on past it.',
      exit: 4,
      author: LOOK,
      ill: () => always(entry(6), redirect('https://elsewhere.example/1548.html')),
      says: /^ {2}1 unreadable: these need a look$/,
    },
    {
      name: 'Entries redirect into your own machine or network',
      does: 'Asks nothing there, leaves the entries out as unreadable, and goes on past them.',
      exit: 4,
      author: LOOK,
      ill: ({ decoy }) =>
        all(
          always(entry(7), redirect(`${decoy}/1548.html`)),
          always(entry(6), redirect(decoy.replace('127.0.0.1', 'localhost'))),
          always(entry(4), redirect('http://192.168.0.1/')),
        ),
      says: /^ {2}3 unreadable: these need a look$/,
    },
    {
      name: 'The journal redirects to another host',
      does: 'Asks nothing of that host, and stops.',
      exit: 3,
      author: 'Give the journal’s new address, or that of an entry.',
      ill: ({ decoy }) => always(front, redirect(`${decoy}/`)),
      says: /No entry to start from: http:\/\/tarn-wick\.lj\.test\/ leads off the site, to http:\/\/127\.0\.0\.1/,
    },
    {
      name: 'The way to the next entry leads to another host',
      does: 'Asks nothing of that host, goes no further that way and says so; the calendar leads to what lies behind.',
      exit: 0,
      author: 'Nothing.',
      ill: ({ decoy }) => always(step(6), redirect(`${decoy}/`)),
      says: /^The chain of entries is broken: towards earlier entries, .*1548\.html leads off the site, to http:\/\/127\.0\.0\.1:\d+\/\. What lies behind is reached by the calendar\.$/,
    },
    {
      name: 'The way to the next entry leads to itself',
      does: 'Goes no further that way and says so; the calendar leads to what lies behind.',
      exit: 0,
      author: 'Nothing.',
      ill: () =>
        always(step(6), (response, { host, path }) => redirect(`http://${host}${path}`)(response, {} as never)),
      says: /^The chain of entries is broken: towards earlier entries, .*1548\.html the way on is unreadable: redirects to itself\. What lies behind is reached by the calendar\.$/,
    },
    {
      name: 'Previous and next lead round in a circle',
      does: 'Stops going round at the first entry met before and says so; the calendar leads to what lies behind.',
      exit: 0,
      author: 'Nothing.',
      ill: (here) => always(step(6), redirect(here.address(11))),
      says: /^The chain of entries is broken: towards earlier entries, .*1548\.html leads back to http:.*2877\.html, where the walk has been\. What lies behind is reached by the calendar\.$/,
    },
    {
      name: 'Previous and next lead round in a circle, and robots.txt closes the calendar',
      does: 'Stops going round at the first entry met before and says so; a later run asks again.',
      journal: { robots: 'User-agent: *\nDisallow: /calendar\n' },
      exit: 4,
      author: LATER,
      ill: (here) => always(step(6), redirect(here.address(11))),
      says: /^Not everything was visited: towards earlier entries, .*1548\.html leads back to http:.*2877\.html, where the walk has been\.$/,
    },
    {
      name: 'The way to the next entry leads into another journal',
      does: 'Goes no further that way and says so; the calendar leads to what lies behind.',
      exit: 0,
      author: 'Nothing.',
      ill: () => always(step(6), redirect('http://somebody-else.lj.test/1057.html')),
      says: /^The chain of entries is broken: towards earlier entries, .*1548\.html leads to another journal, somebody_else\. What lies behind is reached by the calendar\.$/,
    },
    {
      name: 'An entry changes between visits',
      does: 'Keeps the first page that it was shown, in this run and all later ones.',
      exit: 0,
      author: 'Nothing. To carry the new text, crawl into a new folder with `--out`.',
      ill: (here) => everChanging(here),
      keepsFirst: true,
      also: ({ asked }) =>
        asked.filter(({ path }) => path.startsWith('/1548.html')).length === 1 ? undefined : 'it was asked for twice',
    },
    {
      name: 'An entry goes to another address for a moment',
      does: 'Follows within the journal.',
      exit: 0,
      author: 'Nothing.',
      ill: (here) => once(either(entry(6)), redirect(`${here.address(6)}?format=light&nc=1`)),
    },
  ],
};

/** Each look at the entry finds another sentence in it. */
function everChanging(here: Here): Ill {
  let looks = 0;
  const post = here.posts.find(({ itemid }) => itemid === 6) as Post;
  const place = { scheme: 'http', host: new URL(here.journal).host, www: new URL(here.www).host, journal: 'tarn_wick' };
  return always(entry(6), (response, asked) => {
    looks++;
    html(drawEntry(place, post, `${post.body}<br /><br />It rained for ${looks} days more.`))(response, asked);
  });
}
