/** The walk over the vault alone: how far the chain is captured, without asking anybody. */
import { tidyMemory } from '../../common/memory.js';
import type { Address, Sites } from '../../journal/index.js';
import { itemid, type Reading } from '../../model.js';
import { Calendar, type CalendarEnd, placeOf } from './calendar.js';
import { type OfJournal, StoredCalendar } from './calendarPages.js';
import { addressKey, Catalogue, type Shelf } from './catalogue.js';
import type { Look } from './looks.js';
import { type Captures, recall } from './recall.js';
import { type Answer, type Asker, openEntry, visitKey } from './visit.js';
import { Walk } from './walk.js';
import { Ways } from './ways.js';

/** Entries that lead to each other, as far as the vault knows; a journal that was walked to both ends is one stretch without breaks. */
export interface Stretch {
  /** In journal order. */
  chain: Look[];
  /** Why nothing earlier, and nothing later, is reached; absent at an end of the journal. */
  earlier?: Break;
  later?: Break;
}

export interface Break {
  /** A clause whose subject is the entry at that end: "leads back to …". */
  why: string;
  /** Nobody has asked for the way on yet. */
  notYet: boolean;
}

const NOT_YET = 'not in the vault yet';

/**
 * Every stretch of a journal's chain that the vault holds, by the numbers of their entries. Each entry of the journal in the vault is in
 * one, those that were never walked from in one of their own.
 * @throws FicferryError VAULT_DAMAGED
 */
export async function stretchesOf(vault: Shelf, sites: Sites, of: OfJournal): Promise<Stretch[]> {
  const catalogue = Catalogue.of(vault, sites);
  const captured = new Captured(vault, sites, catalogue);
  const placed = new Set<string>();
  const found: Stretch[] = [];
  for (const { address } of catalogue.items()) {
    if (address.kind !== 'entry' || address.site !== of.site || address.journal !== of.journal) continue;
    // most are in the stretch of one before; the page itself is read where its address does not tell, as a named one doesn't
    if (placed.has(addressKey(address)) || placed.has(visitKey(await openEntry(captured, sites, address)))) continue;
    const stretch = await walkFrom(address, captured, sites);
    for (const look of stretch.chain) placed.add(visitKey(look));
    if (stretch.chain[0]?.id?.journal === of.journal || stretch.chain[0]?.id === undefined) found.push(stretch);
  }
  // a start further back may lead over the whole of what another found
  const whole = found.filter((one, index) => !found.slice(index + 1).some((other) => holds(other, one)));
  return whole.sort((a, b) => lowest(a) - lowest(b));
}

async function walkFrom(start: Address, captured: Captured, sites: Sites): Promise<Stretch> {
  const walk = new Walk(captured, sites, start);
  for await (const _ of walk.visits()) tidyMemory();
  const [earlier, later] = [walk.breakOf('prev'), walk.breakOf('next')].map((why) =>
    why === undefined ? undefined : { why, notYet: why.includes(NOT_YET) },
  );
  // a way may be captured whose page is not: then the walk was broken off between the two
  const chain = walk.end().chain.filter(({ kind, url }) => kind !== 'unreadable' || captured.has(url));
  return { chain, ...(earlier && { earlier }), ...(later && { later }) };
}

function holds(outer: Stretch, inner: Stretch): boolean {
  const keys = new Set(outer.chain.map(visitKey));
  return inner.chain.every((look) => keys.has(visitKey(look)));
}

function lowest({ chain }: Stretch): number {
  return Math.min(...chain.map(({ id }) => (id ? itemid(id.number) : Number.POSITIVE_INFINITY)));
}

/**
 * What the calendar pages in the vault come to, against what was walked.
 * @param chain every entry that the walk met
 * @returns undefined where the vault holds no page of the journal's calendar
 */
export async function storedCalendar(
  vault: Shelf,
  sites: Sites,
  of: OfJournal,
  chain: readonly Look[],
): Promise<CalendarEnd | undefined> {
  const pages = new StoredCalendar(vault, sites, of);
  const place = pages.isEmpty ? undefined : placeOf(chain, sites);
  if (!place) return undefined;
  const captured = new Captured(vault, sites, Catalogue.of(vault, sites));
  const isThere = (address: Address) => captured.has(address.url);
  const calendar = new Calendar({ asker: captured, sites, pages, place, chain, isThere });
  for await (const _ of calendar.read());
  for await (const _ of calendar.visits()) tidyMemory();
  return calendar.end();
}

/** Answers with what is captured, held or not: an entry where any capture yields one, else the newest answer. */
class Captured implements Asker {
  readonly #captures: Captures;
  readonly #ways: Ways;

  constructor(
    shelf: Shelf,
    private readonly sites: Sites,
    private readonly catalogue: Catalogue,
  ) {
    this.#captures = { shelf, catalogue, sites };
    this.#ways = new Ways(this.#captures);
  }

  async ask(url: string): Promise<Answer> {
    const address = this.sites.tryParse(url);
    const reading = address && (await this.held(address));
    return { reading: reading ?? { kind: 'unreadable', reason: NOT_YET }, fromVault: true };
  }

  has(url: string): boolean {
    const address = this.sites.tryParse(url);
    return address !== undefined && this.catalogue.find(addressKey(address)).length > 0;
  }

  async askNextView(): Promise<undefined> {
    return undefined;
  }

  async held(address: Address): Promise<Reading | undefined> {
    return (await recall(addressKey(address), this.#captures)) ?? this.#ways.across(address);
  }
}
