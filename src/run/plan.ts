/** What a crawl says before its first page: what the site allows, how fast it will go, and how long that takes. */
import { count, duration } from '../common/wording.js';
import type { Fetcher, RobotsPlan } from '../crawl/index.js';
import type { Run } from './run.js';
import type { Start } from './start.js';

/** Requests for one entry on a site with go addresses: the hop and the page. */
const REQUESTS_PER_ENTRY = 2;

/** What the robots.txt of the journal's host says of its entries, and of its calendar where that will be asked for. */
export interface CrawlPlan {
  robots: RobotsPlan;
  calendar?: Pick<RobotsPlan, 'allowed'>;
}

/** Reads the robots.txt of the journal's host. @throws FicferryError ROBOTS where the journal may not be asked for */
export async function crawlPlan(run: Run, { address, source }: Start, fetcher: Fetcher): Promise<CrawlPlan> {
  const robots = await fetcher.plan(address.url);
  const { journal } = address;
  const isChecked = !('from' in source) && run.options.calendar !== false && robots.allowed;
  const url = isChecked && journal !== undefined ? run.sites.calendarUrl({ ...address, journal }) : undefined;
  return { robots, ...(url !== undefined && { calendar: await fetcher.plan(url) }) };
}

export function planLines(run: Run, start: Start, { robots: plan, calendar }: CrawlPlan): string[] {
  const requests = 'from' in start.source || !run.sites.site(start.address.site).go ? 1 : REQUESTS_PER_ENTRY;
  const robots = {
    file: `robots.txt of ${plan.host} allows it`,
    missing: `${plan.host} has no robots.txt, so everything is allowed`,
    html: `${plan.host} answers a page where its robots.txt should be, so everything is allowed`,
  }[plan.source];
  // Where it does not allow it, the first page asked for says so, and what can be done.
  const allowed = plan.allowed
    ? [
        `${start.siteName}: ${plan.liftedByMine ? `robots.txt of ${plan.host} keeps robots out; lifted, since you declared that the journal is yours (--mine)` : robots}.`,
      ]
    : [];
  return [
    ...allowed,
    `One page at a time, a pause of ${plan.pauseSeconds} s after each, ${count(requests, 'request')} for an entry: 100 entries take about ${duration(100 * requests * plan.pauseSeconds)}. What the vault holds is not asked for again.`,
    ...(calendar ? [calendarLine(run, calendar.allowed)] : []),
  ];
}

/** What the second check will ask for; how many months a journal has is told when its years are known. */
function calendarLine({ options }: Run, allowed: boolean): string {
  if (!allowed)
    return "Its robots.txt keeps robots from the journal's calendar, so there will be no second check by that.";
  const unless = options.limit === undefined ? '' : ', unless --limit ends the walk before';
  return `Then the journal's calendar is read as a second check: a page for each year, and one for each month that has entries${unless}.`;
}
