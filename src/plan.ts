/** What a crawl says before its first page: what the site allows, how fast it will go, and how long that takes. */
import type { Fetcher } from './crawl/index.js';
import type { Run } from './run.js';
import type { Start } from './start.js';
import { duration } from './wording.js';

/** Requests for one entry on a site with go addresses: the hop and the page. */
const REQUESTS_PER_ENTRY = 2;

/** Reads the robots.txt of the journal's host. @throws FicferryError ROBOTS where the journal may not be asked for */
export async function planLines(run: Run, start: Start, fetcher: Fetcher): Promise<string[]> {
  const plan = await fetcher.plan(start.address.url);
  const perEntry =
    plan.pauseSeconds * ('from' in start.source || !run.sites.site(start.address.site).go ? 1 : REQUESTS_PER_ENTRY);
  const robots = {
    file: `robots.txt of ${plan.host} allows it`,
    missing: `${plan.host} has no robots.txt, so everything is allowed`,
    html: `${plan.host} answers a page where its robots.txt should be, so everything is allowed`,
  }[plan.source];
  const isChecked = !('from' in start.source) && run.options.calendar !== false && plan.allowed;
  // Where it does not allow it, the first page asked for says so, and what can be done.
  const allowed = plan.allowed
    ? [
        `${start.siteName}: ${plan.liftedByMine ? `robots.txt of ${plan.host} keeps robots out; lifted, since you declared that the journal is yours (--mine)` : robots}.`,
      ]
    : [];
  return [
    ...allowed,
    `One page at a time, a pause of ${plan.pauseSeconds} s after each: 100 entries take about ${duration(100 * perEntry)}. What the vault holds is not asked for again.`,
    ...(isChecked ? await calendarLines(run, start, fetcher) : []),
    'Ctrl-C stops after the page in hand; the same command goes on.',
  ];
}

/** What the second check will ask for; how many months a journal has is told when its years are known. */
async function calendarLines({ sites, options }: Run, { address }: Start, fetcher: Fetcher): Promise<string[]> {
  const { site, domain, journal, community } = address;
  const place = journal === undefined ? undefined : { site, domain, journal, ...(community && { community }) };
  const url = place && sites.calendarUrl(place);
  if (url === undefined) return [];
  const { allowed } = await fetcher.plan(url);
  const unless = options.limit === undefined ? '' : ', unless --limit ends the walk before';
  return [
    allowed
      ? `Then the journal's calendar is read as a second check: a page for each year, and one for each month that has entries${unless}.`
      : "Its robots.txt keeps robots from the journal's calendar, so there will be no second check by that.",
  ];
}
