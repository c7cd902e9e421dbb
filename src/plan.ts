/** What a crawl says before its first page: what the site allows, how fast it will go, and how long that takes. */
import type { RobotsPlan } from './crawl/index.js';
import type { Run } from './run.js';
import type { Start } from './start.js';
import { count, duration } from './wording.js';

/** Requests for one entry on a site with go addresses: the hop and the page. */
const REQUESTS_PER_ENTRY = 2;

/** @param plan what the robots.txt of the journal's host says */
export function planLines(run: Run, start: Start, plan: RobotsPlan): string[] {
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
  ];
}
