/** Sources: which entries to carry. The walk is one (`walk.ts`), a list of addresses another; a source yields visits and nothing else. */
import { readFile } from 'node:fs/promises';
import { FicferryError } from '../../errors.js';
import type { Address, Sites } from '../../journal/index.js';
import type { Entry } from '../../model.js';
import { addressKey } from './catalogue.js';
import type { Look } from './looks.js';
import { Patience } from './patience.js';
import { type Asker, openEntry, type Visit, visitKey } from './visit.js';

export interface Source {
  visits(): AsyncGenerator<Visit>;
  end(): SourceEnd;
}

export interface SourceOptions {
  /** Entries visited in all. */
  limit?: number;
  /** True once the user asked to stop; the page in hand is finished. */
  stopping?: () => boolean;
}

export interface SourceEnd {
  /** Every entry of the source was visited. */
  complete: boolean;
  /** Only where it is not complete: an English clause for people. */
  why?: string;
  /** Something on the site bars the way to the rest, so that the same command does not come further by itself. */
  barred?: true;
  /** A walk's in journal order, a list's as listed. */
  chain: Look[];
}

/** What is remembered of a visit. Texts are copied: a piece cut from a page would keep the whole page in memory. */
export function lookOf(visit: Visit): Look {
  const { id, reading } = visit;
  return {
    ...(id && { id: { site: id.site, journal: copy(id.journal), number: id.number } }),
    url: copy(visit.url),
    kind: reading.kind,
    ...(reading.kind === 'entry' && {
      shows: { date: reading.entry.postedAt !== undefined, tags: reading.entry.tags.length > 0 },
    }),
  };
}

function copy(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

/**
 * The plain addresses in a list: one per line, in any form that an entry's address may have; blank lines and lines that start
 * with `#` are passed over.
 * @param file the list's name, for messages
 * @throws FicferryError BAD_ADDRESS or UNKNOWN_SITE, naming file and line
 */
export function addressesIn(text: string, file: string, sites: Pick<Sites, 'parse'>): string[] {
  const found: string[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const written = line.trim();
    if (written !== '' && !written.startsWith('#'))
      found.push(addressOn(written, `${file}, line ${index + 1}`, sites).url);
  }
  if (found.length === 0)
    throw new FicferryError('BAD_ADDRESS', `${file} holds no addresses`, 'Write one entry address per line.');
  return found;
}

/** Reads a list of addresses. @throws FicferryError NOT_FOUND, BAD_ADDRESS or UNKNOWN_SITE */
export async function readAddressFile(file: string, sites: Pick<Sites, 'parse'>): Promise<string[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const advice = 'Give --from the path of a file with one entry address per line, or the address of one entry.';
    throw new FicferryError('NOT_FOUND', `The list ${file} can't be read`, advice, { cause: error });
  }
  return addressesIn(text, file, sites);
}

function addressOn(written: string, where: string, sites: Pick<Sites, 'parse'>): Address {
  let address: Address;
  try {
    address = sites.parse(written);
  } catch (error) {
    if (!(error instanceof FicferryError)) throw error;
    throw new FicferryError(error.code, `${where}: ${error.message}`, error.advice, { cause: error });
  }
  if (address.kind === 'entry' || address.kind === 'go') return address;
  const advice = 'A list holds addresses of entries; a whole journal is carried by: ficferry crawl ADDRESS';
  throw new FicferryError('BAD_ADDRESS', `${where}: ${written} names no entry`, advice);
}

export interface ListOptions extends SourceOptions {
  /** Visit the entries linked from each listed one too, as from an author's masterlist. */
  expand?: boolean;
}

/** Visits listed entries in order, each once; with `expand` those that each of them links to on the same site right after it. */
export class List implements Source {
  readonly #chain: Look[] = [];
  readonly #seen = new Set<string>();
  readonly #troubles: string[] = [];
  readonly #patience = new Patience();
  #state: 'under way' | 'through' | 'cut short' = 'under way';

  constructor(
    private readonly asker: Asker,
    private readonly sites: Pick<Sites, 'tryParse'>,
    private readonly addresses: readonly Address[],
    private readonly linksOf: (entry: Entry) => string[],
    private readonly options: ListOptions = {},
  ) {}

  async *visits(): AsyncGenerator<Visit> {
    for (const address of this.addresses) {
      const visit = await this.#visit(address);
      if (visit) yield* this.#tell(visit);
      if (visit && this.options.expand) yield* this.#linkedFrom(visit, address.site);
      if (this.#state === 'cut short') return;
    }
    this.#state = 'through';
  }

  end(): SourceEnd {
    const why = [...this.#troubles];
    if (this.#state === 'cut short') why.push(this.#hasToStop() ?? 'stopped');
    if (this.#state === 'under way') why.push('the list was broken off');
    return why.length === 0
      ? { complete: true, chain: this.#chain }
      : {
          complete: false,
          why: why.join('; '),
          ...(this.#troubles.length > 0 && { barred: true }),
          chain: this.#chain,
        };
  }

  *#tell(visit: Visit): Generator<Visit> {
    if (visit.unanswered) this.#troubles.push(visit.unanswered.message);
    yield visit;
    this.#patience.see(visit);
  }

  async *#linkedFrom(visit: Visit, site: string): AsyncGenerator<Visit> {
    if (visit.reading.kind !== 'entry') {
      this.#troubles.push(`no links could be read from ${visit.url} (${visit.reading.kind})`);
      return;
    }
    for (const link of this.linksOf(visit.reading.entry)) {
      const address = this.sites.tryParse(link);
      if (address?.kind !== 'entry' || address.site !== site) continue;
      const linked = await this.#visit(address);
      if (linked) yield* this.#tell(linked);
      if (this.#state === 'cut short') return;
    }
  }

  /** Undefined for an entry that was visited before, whatever form its address has, and where it is time to stop. */
  async #visit(address: Address): Promise<Visit | undefined> {
    if (this.#seen.has(addressKey(address))) return undefined;
    if (this.#hasToStop()) {
      this.#state = 'cut short';
      return undefined;
    }
    this.#seen.add(addressKey(address));
    const visit = await openEntry(this.asker, this.sites, address);
    const key = visitKey(visit);
    if (key !== addressKey(address) && this.#seen.has(key)) return undefined;
    this.#seen.add(key);
    this.#chain.push(lookOf(visit));
    return visit;
  }

  #hasToStop(): string | undefined {
    if (this.options.stopping?.()) return 'stopped on request';
    return this.#chain.length >= (this.options.limit ?? Number.POSITIVE_INFINITY)
      ? `the limit of ${this.options.limit} is reached`
      : undefined;
  }
}
