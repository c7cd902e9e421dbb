/** Everything a page or an address can be asked about a site; made once from the config. */
import type { SiteConfig, SitesFile } from '../config/sites.js';
import { FicferryError } from '../errors.js';
import type { EntryId } from '../model.js';
import { type CalendarForm, calendarForms, calendarPath, matchCalendar } from './calendarForms.js';
import {
  compileTemplate,
  fillTemplate,
  matchTemplate,
  type Template,
  type TemplateValues,
  withoutWww,
} from './template.js';
import { plainUrl, readUrl, resolve } from './webAddress.js';

/** What an address names. */
export interface Address {
  site: string;
  /** The base domain that matched: `livejournal.com`, or `dw.test` where the user added `*.dw.test`. */
  domain: string;
  /** With underscores; absent where only the page can tell. */
  journal?: string;
  /** An entry's ditemid. */
  number?: number;
  /** A named address: `2011/06/30/named-address`. */
  name?: string;
  /** Of a go address. */
  dir?: 'prev' | 'next';
  /** True where the journal stands on a host for communities and nowhere else (InsaneJournal's asylums). */
  community?: boolean;
  kind: 'journal' | 'entry' | 'go' | 'other';
  /** Normalised: no view, no fragment, no cache buster. */
  url: string;
}

/** A page of a journal's calendar. */
export interface CalendarAddress {
  site: string;
  journal: string;
  /** What it shows: `2012-01-20`, `2012-01`, `2012`, or `''` for the way in. */
  date: string;
  /** Normalised as an `Address` is, in the form in which it was found. */
  url: string;
}

/** Enough to build an address. */
export type Place = EntryId & { domain: string; community?: boolean };

interface Form {
  kind: 'journal' | 'entry' | 'go';
  template: Template;
  community: boolean;
}

interface Site {
  key: string;
  config: SiteConfig;
  /** Longest domain first, so that a host of one's own below another wins. */
  domains: { domain: string; below: boolean }[];
  forms: Form[];
  calendar: CalendarForm[];
  away: Template[];
}

export class Sites {
  readonly config: SitesFile;
  readonly #sites: Site[];

  constructor(config: SitesFile) {
    this.config = config;
    this.#sites = Object.entries(config.sites).map(([key, site]) => prepare(key, site));
  }

  /** By key, such as `livejournal`. */
  site(key: string): SiteConfig {
    const found = this.config.sites[key];
    if (!found)
      throw new FicferryError(
        'UNKNOWN_SITE',
        `No site is called "${key}"`,
        `Known are: ${Object.keys(this.config.sites).join(', ')}.`,
      );
    return found;
  }

  /**
   * Any form of an address → what it names, with or without a scheme.
   * @throws FicferryError BAD_ADDRESS for what is no web address, UNKNOWN_SITE for a host of no known site
   */
  parse(address: string): Address {
    const url = readUrl(address);
    if (!url) {
      throw new FicferryError(
        'BAD_ADDRESS',
        `"${shown(address)}" is no address of a journal or an entry`,
        this.#forms(),
      );
    }
    const owner = this.#owner(url.hostname);
    if (!owner) throw this.#unknown(url.hostname);
    return read(owner.site, owner.domain, url);
  }

  /** The same, or undefined; for links found on pages. */
  tryParse(address: string, base?: string): Address | undefined {
    const url = base === undefined ? readUrl(address) : resolve(address, base);
    const owner = url && this.#owner(url.hostname);
    return owner && url ? read(owner.site, owner.domain, url) : undefined;
  }

  /**
   * An address a crawl can start from: a journal or an entry. A tag, profile or calendar page stands for its journal.
   * @throws FicferryError BAD_ADDRESS, UNKNOWN_SITE
   */
  parseStart(address: string): Address {
    const found = this.parse(address);
    if (found.kind !== 'other' && found.kind !== 'go') return found;
    if (found.journal === undefined) {
      throw new FicferryError(
        'BAD_ADDRESS',
        `"${shown(address)}" is a page of ${this.site(found.site).name}, and no journal or entry`,
        this.#forms(),
      );
    }
    const place = { site: found.site, domain: found.domain, journal: found.journal, community: found.community };
    return { ...place, kind: 'journal', url: this.journalUrl(place) };
  }

  /** Key of the site whose hosts this address is on. */
  owns(url: string): string | undefined {
    const parsed = readUrl(url);
    return parsed && this.#owner(parsed.hostname)?.site.key;
  }

  /** The plain address of an entry, with `?view` where one is given (`format=light`). */
  entryUrl(place: Place, view = ''): string {
    const { addresses } = this.site(place.site);
    return this.#build(place, form(addresses, place, 'entry')) + (view === '' ? '' : `?${view}`);
  }

  journalUrl(place: { site: string; domain: string; journal: string; community?: boolean }): string {
    const { addresses } = this.site(place.site);
    return this.#build(place, form(addresses, place, 'journal'));
  }

  /** The address that leads to a neighbour; undefined where the site has none. */
  goUrl(place: Place, dir: 'prev' | 'next'): string | undefined {
    const { go } = this.site(place.site);
    return go === '' ? undefined : this.#build(place, go, { dir });
  }

  /**
   * The address of a page of a journal's calendar; undefined where the site has none.
   * @param date as in `CalendarAddress`, no day
   */
  calendarUrl(
    place: { site: string; domain: string; journal: string; community?: boolean },
    date = '',
  ): string | undefined {
    const { calendar } = this.site(place.site);
    if (!calendar) return undefined;
    return this.journalUrl(place) + calendarPath(calendar, date);
  }

  /** Which page of a journal's calendar an address is, in any form; undefined for every other address. */
  calendarPage(address: string, base?: string): CalendarAddress | undefined {
    const given = base === undefined ? readUrl(address) : resolve(address, base);
    const owner = given && this.#owner(given.hostname);
    if (!owner) return undefined;
    const { key, config, calendar } = owner.site;
    const url = plainUrl(given, config.viewParameters);
    if (url.search !== '') return undefined;
    const found = matchCalendar(calendar, url, owner.domain, config.reserved);
    if (!found) return undefined;
    return { site: key, journal: journalName(found.user ?? found.journal ?? ''), date: found.date, url: url.href };
  }

  /** Whether an address is a login's hop that carries the session: followed, never stored. */
  isSessionHop(url: string): boolean {
    const parsed = readUrl(url);
    const owner = parsed && this.#owner(parsed.hostname);
    return owner?.site.config.sessionHops.some((path) => parsed?.pathname === path) ?? false;
  }

  /** The address that a "you are leaving" link leads to, or the address itself. */
  unwrap(address: string, base?: string): string {
    const url = base === undefined ? readUrl(address) : resolve(address, base);
    const owner = url && this.#owner(url.hostname);
    for (const template of owner?.site.away ?? []) {
      const to = matchTemplate(template, url as URL, owner?.domain as string)?.address;
      if (to !== undefined && readUrl(to)) return to;
    }
    return url?.href ?? address;
  }

  #build(
    place: { site: string; domain: string; journal: string; number?: number },
    template: string,
    more?: TemplateValues,
  ): string {
    const { journal, domain } = place;
    const number = place.number === undefined ? undefined : String(place.number);
    return `${this.site(place.site).scheme}://${fillTemplate(template, { user: journal, journal, domain, number, ...more })}`;
  }

  #owner(host: string): { site: Site; domain: string } | undefined {
    let best: { site: Site; domain: string } | undefined;
    for (const site of this.#sites) {
      const match = site.domains.find(
        ({ domain, below }) => withoutWww(host) === domain || (below && host.endsWith(`.${domain}`)),
      );
      if (match && (!best || match.domain.length > best.domain.length)) best = { site, domain: match.domain };
    }
    return best;
  }

  #forms(): string {
    const site = this.#sites[0] as Site;
    const place = { site: site.key, domain: site.domains[0]?.domain ?? '', journal: 'somebody', number: 23456 };
    return `Give a journal, such as ${this.journalUrl(place)}, or any entry of it, such as ${this.entryUrl(place)}.`;
  }

  #unknown(host: string): FicferryError {
    const known = this.#sites.map((site) => `${site.config.name} (${site.config.hosts.join(', ')})`);
    return new FicferryError(
      'UNKNOWN_SITE',
      `${host} is on no site that ficferry knows`,
      `Known are ${known.join(', ')}. A file given with --config can add hosts to a site: "sites: {${this.#sites[0]?.key}: {hosts: [\\"*.example.org\\"]}}".`.replaceAll(
        '\\"',
        '"',
      ),
    );
  }
}

function prepare(key: string, config: SiteConfig): Site {
  const { addresses, go } = config;
  const form = (kind: Form['kind'], community: boolean) => (source: string) => ({
    kind,
    community,
    template: compileTemplate(source),
  });
  const forms: Form[] = [
    ...(addresses.community
      ? [form('entry', true)(addresses.community.entry), form('journal', true)(addresses.community.journal)]
      : []),
    ...[...(go === '' ? [] : [go]), ...addresses.go].map(form('go', false)),
    ...addresses.entry.map(form('entry', false)),
    ...addresses.journal.map(form('journal', false)),
  ];
  // `users.{domain}/{journal}` says more than `{user}.{domain}/`; among equals the order above stays
  forms.sort((a, b) => b.template.literal - a.template.literal);
  const domains = config.hosts.map((host) =>
    host.startsWith('*.') ? { domain: host.slice(2), below: true } : { domain: host, below: false },
  );
  domains.sort((a, b) => b.domain.length - a.domain.length);
  const journals = forms.filter(({ kind }) => kind === 'journal').map(({ template }) => template.source);
  return {
    key,
    config,
    domains,
    forms,
    calendar: calendarForms(journals, config.calendar),
    away: addresses.away.map(compileTemplate),
  };
}

function read(site: Site, domain: string, given: URL): Address {
  const url = plainUrl(given, site.config.viewParameters);
  for (const { kind, template, community } of site.forms) {
    // a journal's other pages differ from it by parameters alone (?skip=20, ?tag=x)
    if (kind === 'journal' && url.search !== '') continue;
    const values = matchTemplate(template, url, domain);
    if (!values || site.config.reserved.includes(values.user ?? '')) continue;
    return address(site, { domain, community }, kind, values);
  }
  const journal = journalOf(site, domain, url);
  return { site: site.key, domain, ...journal, kind: 'other', url: url.href };
}

function address(
  site: Site,
  at: { domain: string; community: boolean },
  kind: Form['kind'],
  values: TemplateValues,
): Address {
  const { scheme, addresses, go } = site.config;
  const journal = journalName(values.user ?? values.journal ?? '');
  const found: Address = { site: site.key, domain: at.domain, journal, kind, url: '' };
  if (at.community) found.community = true;
  if (values.number !== undefined) found.number = Number(values.number);
  if (values.name !== undefined) found.name = `${values.year}/${values.month}/${values.day}/${values.name}`;
  if (values.dir !== undefined) found.dir = values.dir as 'prev' | 'next';
  const plain =
    kind === 'go'
      ? go || addresses.go[0]
      : values.name === undefined
        ? form(addresses, found, kind)
        : named(addresses, journal);
  found.url = `${scheme}://${fillTemplate(plain ?? '', { ...values, user: journal, journal })}`;
  return found;
}

/** The form in which an address is written: the plain one, or those for names or communities that need another. */
function form(
  addresses: SiteConfig['addresses'],
  place: { journal?: string; community?: boolean },
  kind: 'entry' | 'journal',
): string {
  if (place.community && addresses.community) return addresses.community[kind];
  if (addresses.edge && isEdge(place.journal ?? '')) return addresses.edge[kind];
  return addresses[kind][0] as string;
}

function named(addresses: SiteConfig['addresses'], journal: string): string | undefined {
  const forms = addresses.entry.filter((source) => source.includes('{name}'));
  return (isEdge(journal) ? forms.find((source) => source.includes('{journal}')) : undefined) ?? forms[0];
}

/** No host name may start or end with `-`, so `_name` can't be one. */
function isEdge(journal: string): boolean {
  return journal.startsWith('_') || journal.endsWith('_');
}

/** Sites write names in lower case and with underscores, and take hyphens for them anywhere. */
function journalName(text: string): string {
  return text.toLowerCase().replaceAll('-', '_');
}

/** Whose page another page of the site is: its path cut short until a journal's address is left. */
function journalOf(site: Site, domain: string, url: URL): { journal?: string; community?: boolean } {
  const cut = new URL(url.href);
  cut.search = '';
  for (let steps = 0; steps < 12; steps++) {
    for (const { kind, template, community } of site.forms) {
      if (kind !== 'journal') continue;
      const values = matchTemplate(template, cut, domain);
      if (!values || site.config.reserved.includes(values.user ?? '')) continue;
      const journal = journalName(values.user ?? values.journal ?? '');
      return community ? { journal, community } : { journal };
    }
    const slash = cut.pathname.replace(/\/$/, '').lastIndexOf('/');
    if (slash < 0) break;
    cut.pathname = cut.pathname.slice(0, slash);
  }
  return {};
}

function shown(address: string): string {
  return address.length > 200 ? `${address.slice(0, 200)}…` : address;
}
