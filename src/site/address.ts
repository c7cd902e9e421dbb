/** Where a bundle's pages will stand, as the archive asks for them. */
import type { BundleWork } from '../bundle/index.js';
import type { ArchivesFile } from '../config/archives.js';
import { FicferryError } from '../errors.js';

type Archive = ArchivesFile['archive'];

/**
 * The address that pages' paths are put behind, with a slash at its end. The archive refuses hosts without a dot and its own
 * machine, and takes a page for a journal's wherever a journal site's name stands in the address.
 * @param isPreview a preview may be on this machine
 * @throws FicferryError BAD_OPTION
 */
export function baseAddress(text: string, archive: Archive, isPreview = false): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const refuse = (why: string) =>
    new FicferryError(
      'BAD_OPTION',
      `--base-url ${text}: ${why}`,
      'Give the address at which the pages will stand, such as https://you.example.org/moving/',
    );
  if (!url || !/^https?:$/.test(url.protocol)) throw refuse('that is no web address');
  if (url.search || url.hash || url.username)
    throw refuse('an address with ?, # or a user name can’t be imported from');
  const site = archive.siteNames.find((name) => url.href.toLowerCase().includes(name));
  if (site) throw refuse(`the archive would take every page for one of ${site}`);
  const isOwn = url.hostname === 'localhost' || url.hostname.startsWith('127.') || url.hostname.startsWith('[');
  if (!isPreview && (isOwn || !url.hostname.includes('.'))) throw refuse('the archive does not fetch from such a host');
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}

/** A work's pages in order; none where it is restricted. */
export function pageUrls(work: BundleWork, base: string): string[] {
  return work.chapters.flatMap(({ page }) => (page === undefined ? [] : `${base}${page}`));
}
