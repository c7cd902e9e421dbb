/** Reading a vault again without the network: of each entry the best page that it holds. */
import { type Address, readPage, type Sites } from '../../journal/index.js';
import type { EntryId, EntryKey, Reading } from '../../model.js';
import type { CaptureRef } from '../vault/vault.js';
import { addressKey, Catalogue, type Shelf } from './catalogue.js';
import { leadsTo } from './recall.js';
import { viewRank } from './views.js';
import { openEntry, type PageReading } from './visit.js';

/** One entry as the vault knows it. */
export interface StoredEntry {
  /** From the page, else from the address; absent for a refusal at a named address. */
  id?: EntryId;
  /** The plain address. */
  url: string;
  /** An entry, or why there is none; a redirect has been followed. */
  reading: PageReading;
  /** Only restricted captures yield the entry; false for a refusal. */
  restricted: boolean;
  /** The capture that was read. */
  ref: CaptureRef;
}

/** What there is to read of one entry: captures by index, no page. */
interface Candidates {
  id?: EntryId;
  address: Address;
  refs: CaptureRef[];
}

/**
 * The best reading of each entry in the vault, by site, journal and number; entries whose number is unknown come last, by
 * address. The order, and which reading is best, do not depend on when, from where or in how many runs the pages were got.
 *
 * Best is an entry over any refusal; among entries one from an open capture over a restricted one, then the one with date
 * and tags, then the site's view order, then the newest. Of refusals the newest is told.
 *
 * One page is in memory at a time, beside the one that was yielded.
 * @throws FicferryError VAULT_DAMAGED
 */
export async function* entriesOf(vault: Shelf, sites: Sites): AsyncGenerator<StoredEntry> {
  const plan = await Plan.of(vault, sites);
  plans.set(vault, plan);
  for (const candidates of plan.inOrder()) {
    const best = await plan.best(candidates);
    if (best) yield best;
  }
}

/**
 * Reads one entry again, for a second pass over what `entriesOf` gave. Between the two the vault must not have grown.
 * @returns undefined where the vault holds nothing of it
 */
export async function readStory(vault: Shelf, sites: Sites, key: EntryKey): Promise<StoredEntry | undefined> {
  const plan = plans.get(vault) ?? (await Plan.of(vault, sites));
  plans.set(vault, plan);
  const candidates = plan.find(key);
  return candidates && plan.best(candidates);
}

const plans = new WeakMap<Shelf, Plan>();

/** Which captures belong to which entry. */
class Plan {
  readonly #byKey = new Map<string, Candidates>();

  private constructor(
    private readonly vault: Shelf,
    private readonly sites: Sites,
    private readonly catalogue: Catalogue,
  ) {}

  /** Addresses tell nearly every entry's number; pages are read here only where one doesn't. */
  static async of(vault: Shelf, sites: Sites): Promise<Plan> {
    const plan = new Plan(vault, sites, Catalogue.of(vault, sites));
    for (const { address, refs } of plan.catalogue.items()) {
      if (address.kind === 'entry' && address.number !== undefined) plan.#add(address, refs, idOf(address));
      else if (address.kind === 'entry') plan.#add(address, refs, await plan.#idOnPages(refs));
      else if (address.kind === 'other') {
        const id = await plan.#idOnPages(refs.filter((ref) => ref.status === 200));
        if (id) plan.#add(address, refs, id);
      }
    }
    return plan;
  }

  find(key: string): Candidates | undefined {
    return this.#byKey.get(key);
  }

  inOrder(): Candidates[] {
    return [...this.#byKey.values()].sort(bySiteJournalNumber);
  }

  async best(candidates: Candidates): Promise<StoredEntry | undefined> {
    const open = candidates.refs.filter((ref) => !ref.restricted);
    const restricted = candidates.refs.filter((ref) => ref.restricted);
    return (
      (await this.#bestEntry(candidates, open)) ??
      (await this.#bestEntry(candidates, restricted)) ??
      this.#refusal(candidates)
    );
  }

  #add(address: Address, refs: readonly CaptureRef[], id: EntryId | undefined): void {
    const key = id ? `${id.site}/${id.journal}/${id.number}` : address.url;
    const known = this.#byKey.get(key);
    if (known) known.refs.push(...refs);
    else this.#byKey.set(key, { ...(id && { id }), address, refs: [...refs] });
  }

  async #idOnPages(refs: readonly CaptureRef[]): Promise<EntryId | undefined> {
    for (const ref of refs.toReversed()) {
      const reading = await this.#read(ref);
      if (reading.kind !== 'entry') continue;
      const { site, journal, number } = reading.entry;
      return { site, journal, number };
    }
    return undefined;
  }

  /** Goes through captures best view and newest first, so that the first whole entry ends the search. */
  async #bestEntry(candidates: Candidates, refs: CaptureRef[]): Promise<StoredEntry | undefined> {
    let best: { score: number; stored: StoredEntry } | undefined;
    for (const ref of refs.sort(this.#byViewThenNewest(candidates.address.site))) {
      const reading = await this.#read(ref);
      if (reading.kind !== 'entry') continue;
      const score = (reading.entry.postedAt === undefined ? 0 : 2) + (reading.entry.tags.length === 0 ? 0 : 1);
      if (best && best.score >= score) continue;
      const { site, journal, number, url } = reading.entry;
      best = { score, stored: { id: { site, journal, number }, url, reading, restricted: ref.restricted, ref } };
      if (score === 3) break;
    }
    return best?.stored;
  }

  /** Why there is no entry. A redirect is followed through the vault, to a login page for one; if it led to an entry, that one speaks for itself. */
  async #refusal(candidates: Candidates): Promise<StoredEntry | undefined> {
    let ref: CaptureRef | undefined;
    const newest = async (url: string): Promise<Reading> => {
      const found = await this.#newestAnswer(url);
      ref = found?.ref;
      return found?.reading ?? { kind: 'unreadable', reason: 'not captured yet' };
    };
    const visit = await openEntry(
      { ask: async (url) => ({ reading: await newest(url), fromVault: true }) },
      this.sites,
      candidates.address,
    );
    if (visit.reading.kind === 'entry' || !ref) return undefined;
    const { id, address } = candidates;
    return { ...(id && { id }), url: address.url, reading: visit.reading, restricted: false, ref };
  }

  async #newestAnswer(url: string): Promise<{ ref: CaptureRef; reading: Reading } | undefined> {
    const address = this.sites.tryParse(url);
    if (!address) return undefined;
    const key = addressKey(address);
    const refs = this.catalogue.find(key).toReversed();
    for (const ref of refs) {
      const reading = await this.#read(ref);
      if (!leadsTo(key, reading, this.sites)) return { ref, reading };
    }
    return refs[0] && { ref: refs[0], reading: { kind: 'unreadable', reason: 'redirects to itself' } };
  }

  #byViewThenNewest(site: string): (a: CaptureRef, b: CaptureRef) => number {
    const { views } = this.sites.site(site);
    return (a, b) => viewRank(a.url, views) - viewRank(b.url, views) || compare(b.time, a.time);
  }

  async #read(ref: CaptureRef): Promise<Reading> {
    return readPage(this.sites, await this.vault.read(ref));
  }
}

function idOf(address: Address): EntryId | undefined {
  const { site, journal, number } = address;
  return journal !== undefined && number !== undefined ? { site, journal, number } : undefined;
}

function bySiteJournalNumber(a: Candidates, b: Candidates): number {
  if (!a.id || !b.id) return a.id ? -1 : b.id ? 1 : compare(a.address.url, b.address.url);
  return compare(a.id.site, b.id.site) || compare(a.id.journal, b.id.journal) || a.id.number - b.id.number;
}

/** By code units, so that the order is the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
