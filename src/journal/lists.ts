/** A journal's own pages that list entries: recent, day, month, tag. */
import type { Element } from 'domhandler';
import { hrefOf, type Identity } from './identity.js';
import { isWithin, type Page } from './page.js';
import type { Address, Sites } from './sites.js';

/**
 * The entries that a list page shows, newest first as shown, each once; undefined where the page is no list.
 * Only this journal's count: a community's page shows entries at the community's own addresses, and links elsewhere are somebody's words.
 */
export function readList(
  page: Page,
  sites: Sites,
  identity: Identity,
  asked: Address | undefined,
): string[] | undefined {
  if (identity.certain || asked?.kind === 'entry' || asked?.kind === 'go') return undefined;
  for (const { mark, links } of sites.config.lists) {
    if (!page.has(mark)) continue;
    const entries = entriesOf(
      links.flatMap((selector) => page.select(selector)),
      page,
      sites,
      identity,
    );
    // without an address to tell, one entry's own link is no list
    if (entries.length > 1 || (asked && (entries.length > 0 || links.length > 0))) return entries;
  }
  return undefined;
}

/** For a journal's page of a layout nobody has described: every link to an entry outside the page's chrome. */
export function guessList(page: Page, sites: Sites, identity: Identity): string[] | undefined {
  const chrome = sites.config.chrome.flatMap((selector) => page.select(selector));
  const links = page
    .tags('a')
    .filter((link) => /\.html/.test(hrefOf(link)) && !chrome.some((part) => isWithin(link, part)));
  const entries = entriesOf(links, page, sites, identity);
  return entries.length > 0 ? entries : undefined;
}

function entriesOf(links: readonly Element[], page: Page, sites: Sites, identity: Identity): string[] {
  const found = new Set<string>();
  for (const link of links) {
    const to = sites.tryParse(hrefOf(link), page.url || undefined);
    if (to?.kind !== 'entry') continue;
    if (identity.journal !== undefined && to.journal !== identity.journal) continue;
    found.add(to.url);
  }
  return [...found];
}
