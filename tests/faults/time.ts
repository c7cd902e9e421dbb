/** Limits that sites set to a minute, and clocks that jump. */
import type { Post } from '../journal/posts.js';
import { type Clock, entry, type Group, type Ill, page, status } from './fault.js';

const TEN_YEARS = 10 * 365.25 * 86_400_000;

export const time: Group = {
  title: 'Limits and clocks',
  faults: [
    {
      name: 'A limit of 30 requests a minute for strangers, as Dreamwidth has it',
      does: 'Never meets it: its own pace is slower.',
      exit: 0,
      author: 'Nothing.',
      journal: { site: 'dreamwidth', posts: many(42) },
      // somebody else behind the same address has used up what there was
      ill: (here) => bucket(here.time, { size: 30, perMinute: 30, left: 1 }),
      also: ({ lines, asked }) => {
        if (lines.some((line) => line.includes('429'))) return 'it was told to wait';
        return asked.length > 84 ? undefined : `only ${asked.length} requests were made`;
      },
    },
    {
      name: 'A limit that is tighter than any that is known',
      does: 'Waits as it is told, doubles its pause, and goes on.',
      exit: 0,
      author: 'Nothing.',
      ill: (here) => bucket(here.time, { size: 5, perMinute: 12, left: 5 }),
      says: /^waiting 60 s: it answered 429 \(Too Many Requests\)/,
      also: ({ lines }) => {
        const waits = lines.filter((line) => line.startsWith('waiting')).length;
        return waits <= 3 ? undefined : `it had to be told ${waits} times`;
      },
    },
    {
      name: 'The machine’s clock jumps ten years ahead',
      does: 'Keeps its pace, and goes on.',
      exit: 0,
      author: 'Nothing.',
      ill: (here) => jumping(here.time, TEN_YEARS),
    },
    {
      name: 'The machine’s clock jumps ten years back',
      does: 'Keeps its pace, and goes on.',
      exit: 0,
      author: 'Nothing.',
      ill: (here) => jumping(here.time, -TEN_YEARS),
    },
    {
      name: 'The clock jumps back, and the site asks for a wait until a date',
      does: 'Measures the wait by the site’s own clock, and goes on.',
      exit: 0,
      author: 'Nothing.',
      ill: (here) => {
        const jump = jumping(here.time, -TEN_YEARS);
        let told = false;
        return (asked, response) => {
          jump(asked, response);
          if (told || !entry(6)(asked)) return false;
          told = true;
          const date = 'Thu, 01 Jan 2026 00:00:00 GMT';
          status(429, { date, 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' })(response, asked);
          return true;
        };
      },
      says: /^waiting 30 s: it answered 429/,
    },
    {
      name: 'The clock jumps past the cookies’ own date',
      does: 'Stops.',
      exit: 3,
      author: 'Set the clock, or log in again and export fresh cookies; run the same command.',
      ill: (here) => jumping(here.time, TEN_YEARS),
      cookiesLast: 86_400,
      flags: { cookies: true, includeLocked: true },
      says: /^ficferry: The login at LiveJournal has run out$/,
      shownToNobody: [7],
    },
  ],
};

/** A token bucket: so many a minute flow in, and each request takes one or is told to come back in a minute. */
function bucket(clock: Clock, { size, perMinute, left }: { size: number; perMinute: number; left: number }): Ill {
  let at = clock.ticks();
  return (asked, response) => {
    if (!page(asked)) return false;
    left = Math.min(size, left + ((clock.ticks() - at) / 60_000) * perMinute);
    at = clock.ticks();
    if (left >= 1) {
      left -= 1;
      return false;
    }
    status(429, { 'retry-after': '60' })(response, asked);
    return true;
  };
}

function jumping(clock: Clock, ms: number): Ill {
  let jumped = false;
  return (asked) => {
    if (!jumped && entry(7)(asked)) {
      clock.jumped += ms;
      jumped = true;
    }
    return false;
  };
}

function many(count: number): Post[] {
  return Array.from({ length: count }, (_, index) => ({
    itemid: index + 1,
    anum: (index * 37) % 256,
    style: 'core2',
    subject: `Day ${index + 1}`,
    at: `2008-${String(1 + Math.floor(index / 28)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}T12:00`,
    is: 'other',
    body: `On day ${index + 1} the lamp was lit again.`,
  }));
}
