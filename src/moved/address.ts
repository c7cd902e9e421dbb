/** Addresses of works on an archive. */
import type { ArchivePagesFile } from '../config/archivePages.js';

type Shapes = ArchivePagesFile['archivePages'];

/** The number of a work in an address of any form: `/works/12`, `/collections/name/works/12/chapters/34`, `file:///works/12`. */
export function workNumber(href: string): number | undefined {
  const number = /\/works\/(\d{1,12})(?![\w-])/.exec(href)?.[1];
  return number === undefined || Number(number) === 0 ? undefined : Number(number);
}

/** The archive's own address of a work: one form, however it was linked. */
export function workUrl(number: number, origin: string): string {
  return `${origin}/works/${number}`;
}

/** A work's address as an author or a link gives it, in that one form; undefined where it is none. */
export function tidyWorkUrl(address: string, shapes: Shapes): string | undefined {
  const number = workNumber(address);
  const origin = originOf(address, shapes);
  return number === undefined || origin === undefined ? undefined : workUrl(number, origin);
}

/**
 * The archive that an address is of; undefined where it names none, as `file:` and relative ones don't. The copy of a page
 * in a web archive (`https://web.archive.org/web/2014…/http://…`) is of the archive that it was taken from.
 */
export function originOf(address: string, shapes: Shapes): string | undefined {
  const innermost = /^.*(https?:\/\/.*)$/is.exec(address)?.[1];
  if (innermost === undefined || !URL.canParse(innermost)) return undefined;
  const { protocol, hostname, host, origin } = new URL(innermost);
  const home = new URL(shapes.home);
  if (hostname === home.hostname || shapes.aliases.includes(hostname)) return home.origin;
  // other archives of this make are on https today; one on a port is somebody's own
  return protocol === 'http:' && host === hostname ? `https://${host}` : origin;
}
