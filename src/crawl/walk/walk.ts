/**
 * The walk: from one entry through its neighbours, back to the first and then forward to the last.
 *
 * It keeps no state between runs. It is a function of what `ask` answers, and `ask` answers out of the vault whatever is
 * held there: to resume is to walk again.
 */
import type { Address, Sites } from '../../journal/index.js';
import { type Look, worthACloserLook } from './looks.js';
import { Patience } from './patience.js';
import { lookOf, type Source, type SourceEnd, type SourceOptions } from './source.js';
import { type Asker, openEntry, type Visit, visitKey } from './visit.js';

type Dir = 'prev' | 'next';

/** One way along the chain, and how far it went. */
interface Way {
  dir: Dir;
  /** The last visit made this way; the start before any. */
  at: Visit;
  found: Look[];
  /** `open` until the chain's end or something that bars the way is met. */
  state: 'open' | 'ended' | 'barred';
  /** The end was answered by the vault, so entries may have been added behind it since. */
  endHeld: boolean;
  why?: string;
}

type Step = { to: Address } | { end: true; held: boolean } | { barred: string; held?: boolean };

/** Go addresses that lead to go addresses: a renamed journal's, at most. */
const MOST_HOPS = 5;

const TOWARDS: Record<Dir, string> = { prev: 'earlier', next: 'later' };

export class Walk implements Source {
  readonly #asker: Asker;
  readonly #sites: Pick<Sites, 'tryParse' | 'goUrl'>;
  readonly #limit: number;
  readonly #stopping: () => boolean;
  readonly #visited = new Set<string>();
  readonly #patience = new Patience();
  #ways: { back: Way; forward: Way } | undefined;
  #first: Look | undefined;

  constructor(
    asker: Asker,
    sites: Pick<Sites, 'tryParse' | 'goUrl'>,
    private readonly start: Address,
    options: SourceOptions = {},
  ) {
    this.#asker = asker;
    this.#sites = sites;
    this.#limit = options.limit ?? Number.POSITIVE_INFINITY;
    this.#stopping = options.stopping ?? (() => false);
  }

  /** Yields each entry once: the start, the earlier ones from it backwards, the later ones forwards. */
  async *visits(): AsyncGenerator<Visit> {
    const first = await this.#open(this.start);
    this.#visited.add(visitKey(first));
    this.#first = lookOf(first);
    const back: Way = { dir: 'prev', at: first, found: [], state: 'open', endHeld: false };
    const forward: Way = { dir: 'next', at: first, found: [], state: 'open', endHeld: false };
    this.#ways = { back, forward };
    yield first;
    this.#patience.see(first);
    yield* this.#follow(back);
    yield* this.#follow(forward);
    if (back.endHeld && forward.endHeld) {
      // The chain was finished before this run, so both its ends may have grown: new entries at one, back-dated ones at the other.
      yield* this.#follow(forward, true);
      yield* this.#follow(back, true);
    }
    await this.#lookCloser();
  }

  /** What the walk came to; sensible at any time, also after an error. Reasons are English clauses for people. */
  end(): SourceEnd {
    const ways = this.#ways;
    if (!ways || !this.#first) return { complete: false, why: 'the first entry was not reached', chain: [] };
    const chain = [...ways.back.found.toReversed(), this.#first, ...ways.forward.found];
    const complete = ways.back.state === 'ended' && ways.forward.state === 'ended';
    if (complete) return { complete, chain };
    const both = [ways.back, ways.forward];
    const why = both.flatMap((way) =>
      way.state === 'barred' ? `towards ${TOWARDS[way.dir]} entries, ${way.at.url} ${way.why}` : [],
    );
    if (both.some((way) => way.state === 'open')) why.push(this.#broken());
    return {
      complete,
      chain,
      why: why.join('; '),
      ...(both.some(({ state }) => state === 'barred') && { barred: true }),
    };
  }

  /** Why a way leads no further: a clause whose subject is the last entry on it. Undefined at an end of the journal. */
  breakOf(dir: Dir): string | undefined {
    const way = dir === 'prev' ? this.#ways?.back : this.#ways?.forward;
    return way?.state === 'barred' ? way.why : undefined;
  }

  /** Whether it went as far as the chain leads, both ways: neither its limit nor the user's word ended it. */
  isThrough(): boolean {
    return this.#ways !== undefined && this.#ways.back.state !== 'open' && this.#ways.forward.state !== 'open';
  }

  /** True where a walk from here led nowhere at all: the start is not in any chain. */
  isLost(): boolean {
    return this.#visited.size === 1 && this.#ways?.back.state === 'barred' && this.#ways.forward.state === 'barred';
  }

  async *#follow(way: Way, again = false): AsyncGenerator<Visit> {
    let askAgain = again;
    while (!this.#full() && !this.#stopping()) {
      let step = await this.#step(way, askAgain);
      // What bars the way may have been the site's trouble of one day
      if ('barred' in step && step.held && !askAgain) step = await this.#step(way, true);
      askAgain = false;
      if ('end' in step) {
        way.state = 'ended';
        way.endHeld = step.held;
        return;
      }
      if ('barred' in step) return bar(way, step.barred);
      way.state = 'open';
      const visit = await this.#open(step.to, way.at);
      if (isElsewhere(visit, way.at)) return bar(way, `leads to another journal, ${visit.id?.journal}`);
      const key = visitKey(visit);
      if (this.#visited.has(key)) return bar(way, `leads back to ${visit.url}, where the walk has been`);
      this.#visited.add(key);
      way.at = visit;
      way.found.push(lookOf(visit));
      yield visit;
      this.#patience.see(visit);
    }
  }

  /** Opens an entry that somebody or the chain leads to. */
  #open(address: Address, from?: Visit): Promise<Visit> {
    const isAstray = (visit: Visit) =>
      visit.reading.kind === 'missing' ||
      visit.reading.kind === 'gone' ||
      this.#visited.has(visitKey(visit)) ||
      isElsewhere(visit, from);
    return openEntry(this.#asker, this.#sites, address, { isAstray });
  }

  #broken(): string {
    if (this.#stopping()) return 'stopped on request';
    return this.#full() ? `the limit of ${this.#limit} is reached` : 'the walk was broken off';
  }

  #full(): boolean {
    return this.#visited.size >= this.#limit;
  }

  /** One step along the chain, by the site's go address where it has one, else by the link on the page. */
  async #step(way: Way, again: boolean): Promise<Step> {
    const from = way.at;
    const go = from.id && this.#sites.goUrl(from.id, way.dir);
    if (go) return this.#hop(go, from, again);
    const page = again && from.fromVault ? await this.#reopen(from) : from;
    if (page.reading.kind !== 'entry') {
      return {
        barred: from.id ? `shows no link (${page.reading.kind})` : `has no number to go on by (${page.reading.kind})`,
      };
    }
    const link = way.dir === 'prev' ? page.reading.entry.previous : page.reading.entry.next;
    return link ? this.#hop(link, from, false) : { end: true, held: page.fromVault };
  }

  async #reopen(visit: Visit): Promise<Visit> {
    const address = this.#sites.tryParse(visit.url);
    return address ? openEntry(this.#asker, this.#sites, address, { again: true }) : visit;
  }

  /** From an address that leads to a neighbour to the neighbour's own, without asking for that one yet. */
  async #hop(first: string, from: Visit, again: boolean): Promise<Step> {
    let url = first;
    let held = true;
    for (let hop = 0; hop < MOST_HOPS; hop++) {
      const address = this.#sites.tryParse(url);
      if (!address || address.site !== (from.id?.site ?? this.start.site))
        return { barred: `leads off the site, to ${url}`, held };
      if (address.kind === 'entry') return { ...this.#neighbour(address, from), held };
      const { reading, fromVault } = await this.#asker.ask(url, { again });
      held &&= fromVault;
      if (reading.kind === 'end') return { end: true, held: fromVault };
      if (reading.kind === 'entry') url = reading.entry.url;
      else if (reading.kind === 'redirect') url = reading.to;
      else return { barred: `the way on is ${reading.kind}${'reason' in reading ? `: ${reading.reason}` : ''}`, held };
    }
    return { barred: `the way on redirects more than ${MOST_HOPS} times`, held };
  }

  #neighbour(address: Address, from: Visit): Step {
    const { site, journal, number } = address;
    if (from.id && journal !== undefined && journal !== from.id.journal)
      return { barred: `leads to another journal, ${journal}` };
    if (journal !== undefined && number !== undefined && this.#visited.has(`${site}/${journal}/${number}`)) {
      return { barred: `leads back to ${address.url}, where the walk has been` };
    }
    return { to: address };
  }

  /** Asks in the next view for entries that lack a date or tags where their neighbours have them (`looks.ts`). */
  async #lookCloser(): Promise<void> {
    const ways = this.#ways;
    if (!ways || this.#stopping()) return;
    const ended = { first: ways.back.state === 'ended', last: ways.forward.state === 'ended' };
    for (const look of worthACloserLook(this.end().chain, ended)) {
      if (this.#stopping()) return;
      this.#patience.see((await this.#asker.askNextView(look.url)) ?? {});
    }
  }
}

function isElsewhere(visit: Visit, from: Visit | undefined): boolean {
  return visit.id !== undefined && from?.id !== undefined && visit.id.journal !== from.id.journal;
}

function bar(way: Way, why: string): void {
  way.state = 'barred';
  way.why = why;
}
