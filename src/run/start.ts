/** Where a crawl begins and with whose cookies: what the flags `--from`, `--cookies` and the address come to. */
import { existsSync } from 'node:fs';
import { type CookieFile, type CrawlOptions, readAddressFile, readCookieFile } from '../crawl/index.js';
import { FicferryError } from '../errors.js';
import type { Address } from '../journal/index.js';
import type { Run } from './run.js';

export interface Start {
  /** The journal or entry that names the run. */
  address: Address;
  source: CrawlOptions['start'];
  siteName: string;
  /** The host on which `--mine` lifts the journal's own rule. */
  journalHost: string;
  cookies?: CookieFile;
}

/** @throws FicferryError BAD_OPTION, NOT_FOUND, BAD_ADDRESS, BAD_COOKIES */
export async function startOf(run: Run): Promise<Start> {
  const { options, sites } = run;
  const source = options.from === undefined ? run.address : await listFrom(options.from, run);
  const address = run.address ?? (source && 'from' in source ? sites.parse(source.from[0] as string) : undefined);
  if (!source || !address) {
    throw new FicferryError(
      'BAD_OPTION',
      'No journal was named',
      'Give its address, such as: ficferry migrate https://NAME.livejournal.com/',
    );
  }
  return {
    address,
    source,
    siteName: sites.site(address.site).name,
    journalHost: new URL(address.url).hostname,
    ...(options.cookies !== undefined && { cookies: await readCookieFile(options.cookies) }),
  };
}

/** `--from` names a file where one of that name is there, else an entry whose links are the list. */
async function listFrom(from: string, run: Run): Promise<{ from: string[]; expand: boolean }> {
  if (existsSync(from)) return { from: await readAddressFile(from, run.sites), expand: false };
  const address = run.sites.tryParse(from);
  if (address?.kind === 'entry') return { from: [address.url], expand: true };
  throw new FicferryError(
    'NOT_FOUND',
    `--from ${from}: there is no such file, and it is no address of an entry either`,
    'Give a file with one address a line, or the address of an entry such as your masterlist.',
  );
}
