/** What a robots.txt says, or fails to say. */
import { always, both, type Group, once, redirect, rules, status, type Which } from './fault.js';

const LATER = 'Run the same command later.';
const CLOSED = 'User-agent: *\nDisallow: /\n';
const www: Which = ({ host }) => host === 'www.lj.test';
const journal: Which = ({ host }) => host === 'tarn-wick.lj.test';
const text = (body: string) => status(200, { 'content-type': 'text/plain' }, body);

const onlyRules = ({ asked }: { asked: { path: string }[] }) =>
  asked.every(({ path }) => path === '/robots.txt') ? undefined : 'more than robots.txt was asked for';

export const robots: Group = {
  title: 'robots.txt',
  faults: [
    {
      name: 'robots.txt keeps all robots out of the journal',
      does: 'Stops before the first page, and names the setting that it comes from.',
      exit: 3,
      author: 'Run the same command with `--mine`, if the journal is yours or you have its owner’s leave.',
      ill: () => always(both(rules, journal), text(CLOSED)),
      says: /^ficferry: robots\.txt of tarn-wick\.lj\.test says "Disallow: \/" \(line 2\), so nothing of this journal may be fetched by robots$/,
      laterFlags: { mine: true },
      also: onlyRules,
    },
    {
      name: 'The same, with `--mine`',
      does: 'Goes on, and says that the rule was lifted.',
      exit: 0,
      author: 'Nothing.',
      ill: () => always(both(rules, journal), text(CLOSED)),
      says: /keeps robots out; lifted, since you declared that the journal is yours \(--mine\)/,
      flags: { mine: true },
    },
    {
      name: 'robots.txt forbids entries by another rule',
      does: 'Stops; `--mine` does not lift it.',
      exit: 3,
      author: 'Save the entries in your browser and add them with `ficferry add`.',
      ill: () => always(both(rules, journal), text('User-agent: *\nDisallow: /*.html\n')),
      says: /says "Disallow: \/\*\.html" \(line 2\), so http:.*\/5186\.html\?format=light may not be fetched$/,
      flags: { mine: true },
    },
    {
      name: 'robots.txt forbids what is not needed',
      does: 'Goes on, and asks for none of it.',
      exit: 0,
      author: 'Nothing.',
      ill: () => always(rules, text('User-agent: *\nDisallow: /calendar\nDisallow: /tag/\n')),
      says: /robots\.txt of tarn-wick\.lj\.test allows it/,
    },
    {
      name: 'robots.txt asks for a longer pause',
      does: 'Keeps it.',
      exit: 0,
      author: 'Nothing.',
      ill: () => always(both(rules, journal), text('User-agent: *\nCrawl-delay: 10\n')),
      says: /^One page at a time, a pause of 10 s after each/,
      also: ({ asked }) =>
        asked.slice(2).every(({ at }, index) => at - (asked[index + 1]?.at ?? 0) >= 10_000)
          ? undefined
          : 'it was hasty',
    },
    {
      name: 'robots.txt fails (5xx) for good',
      does: 'Stops before the first page, as the standard asks.',
      exit: 3,
      author: LATER,
      ill: () => always(rules, status(500)),
      says: /^ficferry: robots\.txt of tarn-wick\.lj\.test could not be read, so nothing there may be fetched: /,
      also: onlyRules,
    },
    {
      name: 'The connection breaks at robots.txt, for good',
      does: 'Stops before the first page.',
      exit: 3,
      author: LATER,
      ill: () => always(rules, (response) => void response.socket?.resetAndDestroy()),
      says: /^ficferry: robots\.txt of tarn-wick\.lj\.test could not be read/,
      also: onlyRules,
    },
    {
      name: 'robots.txt of the site’s own host fails in the middle of a run',
      does: 'Stops there.',
      exit: 3,
      author: LATER,
      ill: () => always(both(rules, www), status(503)),
      says: /^ficferry: robots\.txt of www\.lj\.test could not be read/,
    },
    {
      name: 'robots.txt fails once',
      does: 'Tries again, and goes on.',
      exit: 0,
      author: 'Nothing.',
      ill: () => once(rules, status(500)),
      says: /^waiting 1 s: it answered 500/,
    },
    {
      name: 'A page of HTML stands in place of robots.txt',
      does: 'Takes it for no rules, says so, and goes on.',
      exit: 0,
      author: 'Nothing.',
      ill: () => always(rules, text('<!doctype html>\nUser-agent: *\nDisallow: /\n')),
      says: /answers a page where its robots\.txt should be, so everything is allowed/,
    },
    {
      name: 'robots.txt redirects to another host',
      does: 'Asks nothing of that host, takes it for no rules, and goes on.',
      exit: 0,
      author: 'Nothing.',
      ill: ({ decoy }) => always(rules, redirect(`${decoy}/robots.txt`)),
      says: /has no robots\.txt, so everything is allowed/,
    },
  ],
};
