/** The walk over the vault alone: how far the chain is captured, without asking anybody. */
import type { Address, Sites } from '../../journal/index.js';
import { tidyMemory } from '../../memory.js';
import type { Reading } from '../../model.js';
import { addressKey, Catalogue, type Shelf } from './catalogue.js';
import { type Captures, recall } from './recall.js';
import type { SourceEnd } from './source.js';
import { findStart } from './start.js';
import type { Answer, Asker } from './visit.js';
import { Walk } from './walk.js';
import { Ways } from './ways.js';

/**
 * Walks a journal through what the vault holds.
 * @param start an entry, or a journal: then the first of its entries in the vault
 * @returns the chain in journal order; complete where both its ends are captured
 * @throws FicferryError NO_START or JOURNAL_GONE where the vault holds no entry of the journal, VAULT_DAMAGED
 */
export async function walkVault(vault: Shelf, sites: Sites, start: Address): Promise<SourceEnd> {
  const catalogue = Catalogue.of(vault, sites);
  const captured = new Captured(vault, sites, catalogue);
  const first = start.kind === 'journal' ? await findStart(start, captured, catalogue, sites) : start;
  const walk = new Walk(captured, sites, first);
  for await (const _ of walk.visits()) tidyMemory();
  const { chain, ...end } = walk.end();
  // a way may be captured whose page is not: then the walk was broken off between the two
  return { ...end, chain: chain.filter(({ url }) => captured.has(url)) };
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
    return { reading: reading ?? { kind: 'unreadable', reason: 'not in the vault yet' }, fromVault: true };
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
