/** What the vault holds, by what it is about: every form and view of an entry's address leads to the same captures. */
import type { Address, Sites } from '../../journal/index.js';
import type { Capture } from '../../model.js';
import type { CaptureRef } from '../vault/vault.js';

/** The part of a vault that is read from. */
export interface Shelf {
  /** Capture order, both files. */
  refs(): Iterable<CaptureRef>;
  read(ref: CaptureRef): Promise<Capture>;
}

/** The part of a vault that a crawl needs. */
export interface Store extends Shelf {
  append(capture: Capture, where: 'open' | 'restricted'): Promise<CaptureRef>;
}

/** The captures of one entry, or of one address that is no entry's. */
export interface Item {
  readonly address: Address;
  /** Oldest first. */
  readonly refs: CaptureRef[];
}

/** What an address is about: an entry by its number, anything else by its plain address. */
export function addressKey(address: Address): string {
  return address.kind === 'entry' && address.journal !== undefined && address.number !== undefined
    ? `${address.site}/${address.journal}/${address.number}`
    : address.url;
}

/** An index in memory over a vault's refs; no page is read for it. Addresses of no known site are not in it. */
export class Catalogue {
  readonly #items = new Map<string, Item>();

  constructor(private readonly sites: Pick<Sites, 'tryParse'>) {}

  static of(shelf: Shelf, sites: Pick<Sites, 'tryParse'>): Catalogue {
    const catalogue = new Catalogue(sites);
    for (const ref of shelf.refs()) catalogue.add(ref);
    return catalogue;
  }

  /** Pictures are passed over, whatever their address looks like. */
  add(ref: CaptureRef): void {
    if (ref.use) return;
    const address = this.sites.tryParse(ref.url);
    if (!address) return;
    const key = addressKey(address);
    const item = this.#items.get(key);
    if (item) item.refs.push(ref);
    else this.#items.set(key, { address, refs: [ref] });
  }

  find(key: string): readonly CaptureRef[] {
    return this.#items.get(key)?.refs ?? [];
  }

  /** The plain address of what is captured. */
  addressOf(key: string): Address | undefined {
    return this.#items.get(key)?.address;
  }

  /** In the order of the first capture. */
  items(): Iterable<Item> {
    return this.#items.values();
  }
}
