/** Ways along the chain that the vault knows from their other end: if the entry before B is A, the one after A is B. */
import type { Address } from '../../journal/index.js';
import type { Reading } from '../../model.js';
import { addressKey } from './catalogue.js';
import { type Captures, recall, type Stands } from './recall.js';

/**
 * Lets a walk that starts elsewhere go over a chain that was captured in the other direction. Captured go addresses are read
 * once, when the first way is missing; a vault without captures costs nothing.
 */
export class Ways {
  #known: Promise<Map<string, string>> | undefined;

  constructor(
    private readonly where: Captures,
    private readonly stands?: Stands,
  ) {}

  /** Where a go address leads, told from the way back; undefined where that is not known either. */
  async across(go: Address): Promise<Reading | undefined> {
    if (go.kind !== 'go' || !go.dir) return undefined;
    this.#known ??= this.#readAll();
    const to = (await this.#known).get(wayKey(go, go.dir));
    return to === undefined ? undefined : { kind: 'redirect', to };
  }

  async #readAll(): Promise<Map<string, string>> {
    const known = new Map<string, string>();
    const { catalogue, sites } = this.where;
    for (const { address, refs } of catalogue.items()) {
      // the ends of a chain are pages, and lead nowhere
      if (address.kind !== 'go' || !address.dir || !refs.some(({ status }) => status >= 300 && status < 400)) continue;
      const reading = await recall(addressKey(address), this.where, this.stands);
      const target = reading?.kind === 'redirect' ? sites.tryParse(reading.to) : undefined;
      if (target?.kind !== 'entry' || target.number === undefined || target.journal !== address.journal) continue;
      const from = catalogue.addressOf(entryKeyOf(address));
      if (from) known.set(wayKey(target, address.dir === 'prev' ? 'next' : 'prev'), from.url);
    }
    return known;
  }
}

function wayKey(address: Address, dir: 'prev' | 'next'): string {
  return `${entryKeyOf(address)} ${dir}`;
}

/** The key of the entry that a go address leads away from, or of the entry itself. */
function entryKeyOf(address: Address): string {
  return addressKey({ ...address, kind: 'entry' });
}
