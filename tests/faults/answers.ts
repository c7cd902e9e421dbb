/** Answers that put a run off, and servers that fail. */
import {
  always,
  both,
  either,
  entry,
  fromThenOn,
  type Group,
  light,
  once,
  page,
  status,
  step,
  times,
  timesEach,
} from './fault.js';

const AGAIN = 'Run the same command later.';
const NOTHING = 'Nothing.';

export const answers: Group = {
  title: 'The site puts us off, or fails',
  faults: [
    {
      name: '429 (too many requests), with a wait in seconds',
      does: 'Waits as long as it is told, then goes on with twice the pause.',
      exit: 0,
      author: NOTHING,
      ill: () => once(entry(6), status(429, { 'retry-after': '60' })),
      says: /^waiting 60 s: it answered 429 \(Too Many Requests\), trying again \(2 of 5\)$/,
      also: ({ asked }) => {
        const at = asked.filter(({ path }) => path.startsWith('/1548.html')).map((one) => one.at);
        const next = asked.find((one) => one.at > (at[1] as number))?.at as number;
        return (at[1] as number) - (at[0] as number) === 60_000 && next - (at[1] as number) === 2000
          ? undefined
          : `it was asked at ${at}, and went on at ${next}`;
      },
    },
    {
      name: '503 (unavailable), with a wait as a date',
      does: 'Waits until that date by the site’s own clock, then goes on.',
      exit: 0,
      author: NOTHING,
      ill: () =>
        once(
          entry(6),
          status(503, { date: 'Sat, 01 Jan 2033 00:00:00 GMT', 'retry-after': 'Sat, 01 Jan 2033 00:00:45 GMT' }),
        ),
      says: /^waiting 45 s: it answered 503/,
    },
    {
      name: 'A wait of more than a quarter of an hour',
      does: 'Stops, and names the wait.',
      exit: 3,
      author: 'Run the same command after that time.',
      ill: () => always(entry(6), status(429, { 'retry-after': '86400' })),
      says: /does not let us go on: it answered 429 \(Too Many Requests\) and asks for a wait of 24 h, which is longer than 15 min$/,
    },
    {
      name: '429 or 503, over and over',
      does: 'Tries five times, each time after a longer wait, then stops.',
      exit: 3,
      author: AGAIN,
      ill: () => always(entry(6), status(503)),
      says: /gave no usable answer to http:\/\/tarn-wick\.lj\.test\/1548\.html\?format=light: it answered 503 \(Service Unavailable\), 5 times over$/,
      also: ({ asked }) => countIs(5, asked.filter(({ path }) => path.startsWith('/1548.html')).length),
    },
    {
      name: 'A burst of 500s on every page',
      does: 'Tries each page up to five times, and goes on.',
      exit: 0,
      author: NOTHING,
      ill: () => timesEach(4, page, status(500)),
      says: /^waiting 8 s: it answered 500 \(Internal Server Error\), trying again \(5 of 5\)$/,
    },
    {
      name: '500 for one entry, for good',
      does: 'Leaves the entry out as unreadable and carries all others; each later run asks for it again.',
      exit: 4,
      author: 'Open that entry in a browser; if it shows, save the page and add it with `ficferry add`.',
      ill: () => always(entry(6), status(500)),
      says: /1548\.html\?format=light: it answered 500 \(Internal Server Error\), 5 times over; going on without this page, which the next run asks for again$/,
      also: ({ lines }) =>
        lines.some((line) => /^ {2}1 unreadable: these need a look$/.test(line))
          ? undefined
          : 'the summary does not tell',
    },
    {
      name: '500 for one view of an entry',
      does: 'Takes the entry from another view.',
      exit: 0,
      author: NOTHING,
      ill: () => always(both(entry(6), light), status(500)),
    },
    {
      name: '500 for three entries in a row',
      does: 'Stops: it is the site that fails, and not a page.',
      exit: 3,
      author: `${AGAIN} If it stops there each time, \`ficferry bundle\` packs what there is, and a run from an entry beyond fetches the others.`,
      ill: () => always(either(entry(4), entry(6), entry(7)), status(500)),
      says: /gave no usable answer to .*\/1057\.html\?format=light: it answered 500/,
    },
    {
      name: '500 for every page, from some moment on',
      does: 'Stops.',
      exit: 3,
      author: AGAIN,
      ill: () => fromThenOn500(),
      says: /^ficferry: www\.lj\.test gave no usable answer to .*: it answered 500 \(Internal Server Error\), 5 times over$/,
    },
    {
      name: '500 for the journal’s own page',
      does: 'Stops.',
      exit: 3,
      author: AGAIN,
      ill: () => always(page, status(500)),
      says: /gave no usable answer to http:\/\/tarn-wick\.lj\.test\/\?format=light: it answered 500/,
    },
    {
      name: 'The server breaks every connection',
      does: 'Tries five times, then stops.',
      exit: 3,
      author: AGAIN,
      ill: () => always(fromThenOn(step(7)), (response) => void response.socket?.resetAndDestroy()),
      says: /gave no usable answer to .*: the connection broke off, 5 times over$/,
    },
    {
      name: '408 (request timeout), once',
      does: 'Tries again.',
      exit: 0,
      author: NOTHING,
      ill: () => times(1, step(7), status(408)),
      says: /^waiting 1 s: it answered 408/,
    },
  ],
};

function fromThenOn500() {
  return always(fromThenOn(step(7)), status(500));
}

function countIs(wanted: number, found: number): string | undefined {
  return wanted === found ? undefined : `it was asked ${found} times and not ${wanted}`;
}
