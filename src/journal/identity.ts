/** Which entry a page shows. What the page says of itself goes before the address it was asked for at. */
import type { Element } from 'domhandler';
import type { Facts } from './facts.js';
import type { Page } from './page.js';
import type { Address, Place, Sites } from './sites.js';

export interface Identity {
  site?: string;
  domain?: string;
  journal?: string;
  number?: number;
  community?: boolean;
  /** Whether the page itself names the entry it shows: a list of entries does not. */
  certain: boolean;
}

export function identify(page: Page, sites: Sites, facts: Facts): Identity {
  const asked = page.url === '' ? undefined : sites.tryParse(page.url);
  const own = ownAddresses(page, sites);
  const named = own.find((address) => address.kind === 'entry');
  const entry = named ?? (asked?.kind === 'entry' ? asked : undefined);
  const go = own.find((address) => address.kind === 'go');
  const source = entry ?? go ?? asked ?? linkedFrom(page, sites, facts);
  if (!source) return { certain: false };
  const journal = facts.journal ?? source.journal;
  const number = facts.number ?? (source.journal === journal ? source.number : undefined) ?? numberShown(page);
  return {
    site: source.site,
    domain: source.domain,
    ...(journal === undefined ? {} : { journal }),
    ...(number === undefined ? {} : { number }),
    ...(entry?.community ? { community: true } : {}),
    certain: named !== undefined || facts.number !== undefined || go !== undefined,
  };
}

export function placeOf(identity: Identity): Place | undefined {
  const { site, domain, journal, number, community } = identity;
  if (site === undefined || domain === undefined || journal === undefined || number === undefined) return undefined;
  return { site, domain, journal, number, ...(community ? { community } : {}) };
}

/** Addresses by which a page names itself or its neighbours: canonical, og:url, prev and next. */
function ownAddresses(page: Page, sites: Sites): Address[] {
  const links = page.tags('link');
  const ofRel = (...rels: string[]) =>
    links.filter(({ attribs }) => rels.includes((attribs.rel ?? '').toLowerCase())).map(hrefOf);
  const hrefs = [...ofRel('canonical'), page.meta('og:url'), ...ofRel('prev', 'previous', 'next')];
  return hrefs
    .map((href) => (href ? sites.tryParse(href, page.url || undefined) : undefined))
    .filter((address) => address !== undefined);
}

/**
 * For saved pages that nobody gave the address of: the go link to a neighbour and the link to reply name the entry they stand on;
 * any other link only names the site, whose journal the script may name.
 */
function linkedFrom(page: Page, sites: Sites, facts: Facts): Address | undefined {
  const hrefs = page.tags('a').map(hrefOf);
  const parse = (href: string) => sites.tryParse(href, page.url || undefined);
  const reply = hrefs.find((href) => /[?&]mode=reply\b/.test(href) && !/[?&](?:thread|replyto)=/.test(href));
  const ways = hrefs.map(parse);
  return (
    ways.find((address) => address?.kind === 'go' && address.dir !== undefined) ??
    (reply === undefined ? undefined : parse(reply)) ??
    ways.find((address) => facts.journal !== undefined && address?.journal === facts.journal)
  );
}

/** Dreamwidth and old pages write the entry's number beside its tags and into its wrapper's id. */
function numberShown(page: Page): number | undefined {
  for (const element of page.elements()) {
    const found = element.attribs['data-ditemid'] ?? /^entry-wrapper-(\d+)$/.exec(element.attribs.id ?? '')?.[1];
    if (found && /^[1-9]\d{0,9}$/.test(found)) return Number(found);
  }
  return undefined;
}

export function hrefOf(element: Element): string {
  return element.attribs.href?.trim() ?? '';
}
