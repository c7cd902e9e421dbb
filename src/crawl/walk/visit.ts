/** Opening one entry: from any form of its address to what its page is. */
import type { FicferryError } from '../../errors.js';
import type { Address, Place, Sites } from '../../journal/index.js';
import type { Entry, EntryId, GateForm, Reading, Refusal } from '../../model.js';

/** What a source asks; whether the answer comes out of the vault or from the site is not its business. */
export interface Asker {
  /**
   * What the address answers. Entries and journals are asked for in the site's views, any other address as it stands.
   * `again` asks the site even where an answer is held, though never twice in one run.
   * @throws FicferryError where the site stops us
   */
  ask(url: string, options?: { again?: boolean }): Promise<Answer>;
  /** Asks for an entry in the next view that it was not yet asked for in; undefined where there is none. */
  askNextView(url: string): Promise<Answer | undefined>;
}

export interface Answer {
  reading: Reading;
  fromVault: boolean;
  /** Why the entry's page did not come, though the site is well as far as is known; `reading` is then unreadable. */
  unanswered?: FicferryError;
}

/** What an entry's address turned out to be in the end: a redirect has been followed, a list is none. */
export type PageReading = { kind: 'entry'; entry: Entry } | { kind: Refusal; reason: string; gate?: GateForm };

export interface Visit {
  /** Absent where neither page nor address tells the number. */
  id?: Place;
  /** The plain address. */
  url: string;
  reading: PageReading;
  fromVault: boolean;
  /** A redirect on the way here was held. */
  overHeld?: true;
  unanswered?: FicferryError;
}

/** What makes two visits the same: the entry's number, else its address. */
export function visitKey(visit: { id?: EntryId; url: string }): string {
  return visit.id ? `${visit.id.site}/${visit.id.journal}/${visit.id.number}` : visit.url;
}

/** Redirects followed for one entry: a renamed journal, a named address and a login hop together make three. */
const MOST_REDIRECTS = 5;

/**
 * Asks for an entry, following redirects on the site it belongs to. What is held and leads nowhere or astray may have been the
 * site's trouble of one day, and is asked for again.
 * @param isAstray whether a visit is not what the caller was led to
 */
export async function openEntry(
  asker: Pick<Asker, 'ask'>,
  sites: Pick<Sites, 'tryParse'>,
  start: Address,
  { again = false, isAstray = () => false }: { again?: boolean; isAstray?: (visit: Visit) => boolean } = {},
): Promise<Visit> {
  const visit = await follow(asker, sites, start, { again });
  const isHeld = visit.fromVault || visit.overHeld;
  const leadsNowhere = visit.reading.kind === 'unreadable' || isAstray(visit);
  return isHeld && leadsNowhere && !again ? follow(asker, sites, start, { again: true }) : visit;
}

async function follow(
  asker: Pick<Asker, 'ask'>,
  sites: Pick<Sites, 'tryParse'>,
  start: Address,
  options: { again: boolean },
): Promise<Visit> {
  let address = start;
  let fromVault = true;
  let overHeld = false;
  const passed = new Set<string>([address.url]);
  const led = (visit: Visit): Visit => (overHeld ? { ...visit, overHeld } : visit);
  const refused = (reason: string): Visit => led(visitOf(start, start, { kind: 'unreadable', reason }, fromVault));
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const answer = await asker.ask(address.url, options);
    fromVault &&= answer.fromVault;
    if (answer.reading.kind !== 'redirect') {
      const visit = visitOf(start, address, pageReading(answer.reading), fromVault);
      return led({ ...visit, ...(answer.unanswered && { unanswered: answer.unanswered }) });
    }
    overHeld ||= answer.fromVault;
    const target = sites.tryParse(answer.reading.to);
    if (target?.site !== start.site) return refused(`leads off the site, to ${answer.reading.to}`);
    if (passed.has(target.url)) return refused('redirects in a circle');
    passed.add(target.url);
    address = target;
  }
  return refused(`redirects more than ${MOST_REDIRECTS} times`);
}

function pageReading(reading: Exclude<Reading, { kind: 'redirect' }>): PageReading {
  if (reading.kind === 'list') return { kind: 'unreadable', reason: 'a list of entries stands where an entry should' };
  if (reading.kind === 'end') return { kind: 'unreadable', reason: 'the site says that there is no such entry' };
  return reading;
}

/** A refusal has no number of its own: it is the one of the address asked for, or the one that it led to. */
function visitOf(start: Address, last: Address, reading: PageReading, fromVault: boolean): Visit {
  if (reading.kind === 'entry') {
    const { site, journal, number, url } = reading.entry;
    return { id: placeOf(last, { site, journal, number }), url, reading, fromVault };
  }
  const id = [start, last].flatMap((address) => {
    const { kind, site, journal, number } = address; // a go address holds the number of the entry that it leads away from
    return kind === 'entry' && journal !== undefined && number !== undefined
      ? [placeOf(address, { site, journal, number })]
      : [];
  })[0];
  return { ...(id && { id }), url: start.url, reading, fromVault };
}

function placeOf(address: Address, id: EntryId): Place {
  return { ...id, domain: address.domain, ...(address.community && { community: true }) };
}
