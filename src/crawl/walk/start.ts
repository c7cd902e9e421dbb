/** Where a walk through a journal begins. */
import { FicferryError } from '../../errors.js';
import type { Address, Sites } from '../../journal/index.js';
import type { Reading } from '../../model.js';
import type { Catalogue } from './catalogue.js';
import type { Asker } from './visit.js';

/** Redirects followed from a journal's address; a renamed journal makes one. */
const MOST_REDIRECTS = 5;

/**
 * The entry to begin with: the first one of the journal that the vault holds, so that a later run goes the same way, else
 * the first that the journal's own page lists.
 * @throws FicferryError NO_START, JOURNAL_GONE
 */
export async function findStart(
  journal: Address,
  asker: Pick<Asker, 'ask'> & { held(address: Address): Promise<Reading | undefined> },
  catalogue: Catalogue,
  sites: Sites,
): Promise<Address> {
  for (const { address } of catalogue.items()) {
    if (address.kind !== 'entry' || address.site !== journal.site || address.journal !== journal.journal) continue;
    if ((await asker.held(address))?.kind === 'entry') return address;
  }
  return firstListed(journal, asker, sites);
}

async function firstListed(journal: Address, asker: Pick<Asker, 'ask'>, sites: Sites): Promise<Address> {
  let at = journal;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    // that the journal was gone, or led elsewhere, says nothing of today
    const { reading } = await asker.ask(at.url, { again: true });
    if (reading.kind === 'redirect') {
      const target = sites.tryParse(reading.to);
      if (target?.site !== journal.site) throw noStart(at.url, `leads off the site, to ${reading.to}`);
      if (target.kind === 'entry') return target;
      at = target;
      continue;
    }
    return listed(at, reading, sites);
  }
  throw noStart(journal.url, `redirects more than ${MOST_REDIRECTS} times`);
}

function listed(at: Address, reading: Exclude<Reading, { kind: 'redirect' }>, sites: Sites): Address {
  const links = reading.kind === 'list' ? reading.entries : reading.kind === 'entry' ? [reading.entry.url] : [];
  for (const link of links) {
    const address = sites.tryParse(link);
    if (address?.kind === 'entry' && address.site === at.site && address.journal === at.journal) return address;
  }
  switch (reading.kind) {
    case 'missing':
    case 'gone':
      throw new FicferryError(
        'JOURNAL_GONE',
        `The journal ${at.url} is not there: ${reading.reason}`,
        'Check the name. If the journal was renamed, give its new address; if it was deleted, its owner may be able to restore it for a while.',
      );
    case 'gate':
      throw noStart(
        at.url,
        'shows an adult notice',
        'Run the same command with --adult if you are of age and wish to see it.',
      );
    case 'locked':
      throw noStart(
        at.url,
        'asks to log in',
        'Give your own cookies with --cookies, or start from an entry that anybody can read.',
      );
    default:
      throw noStart(at.url, 'reason' in reading ? reading.reason : 'lists no entries');
  }
}

function noStart(
  url: string,
  why: string,
  advice = 'Give the address of any entry of the journal instead, or your own cookies with --cookies if its entries are locked.',
): FicferryError {
  return new FicferryError('NO_START', `No entry to start from: ${url} ${why}`, advice);
}
