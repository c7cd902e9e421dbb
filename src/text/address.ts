/** Addresses in a body: made absolute, unwrapped from the sites' own redirectors and proxies, unsafe ones refused. */

/** Redirectors carry the address in a parameter, proxies in their path. */
const REDIRECTORS: readonly { host: RegExp; path: RegExp; parameter: string }[] = [
  { host: /(?:^|\.)livejournal\.com$/, path: /^\/away\/?$/, parameter: 'to' },
];
const PROXIES: readonly { host: RegExp; path: RegExp; prefix: string }[] = [
  // https://imgprx.livejournal.net/HASH/…/http://host/path, in some years without the colon's second slash
  { host: /^imgprx\.livejournal\.net$/, path: /^\/.*?\/(https?:\/\/?.+)$/, prefix: '' },
  // https://p.dreamwidth.org/HASH/ID/host/path
  { host: /^p\.dreamwidth\.org$/, path: /^\/[0-9a-f]+\/[^/]+\/([^/]+\.[^/]+\/.*)$/, prefix: 'http://' },
  { host: /^p2\.dreamwidth\.org$/, path: /^\/[0-9a-f]+\/[^/]+\/([^/]+\.[^/]+\/.*)$/, prefix: 'https://' },
];

/** What the archive lets stand in a link (its sanitiser's list of protocols). */
const LINKS: ReadonlySet<string> = new Set(['http:', 'https:', 'ftp:', 'mailto:']);
const PICTURES: ReadonlySet<string> = new Set(['http:', 'https:']);

/**
 * The address a link leads to.
 * @returns undefined for an address that is unsafe, unreadable, or relative while there is no base
 */
export function linkAddress(href: string, base: string | undefined): string | undefined {
  return settle(href, base, LINKS);
}

/** The same for the source of a picture: http and https only. */
export function pictureAddress(src: string, base: string | undefined): string | undefined {
  return settle(src, base, PICTURES);
}

function settle(raw: string, base: string | undefined, allowed: ReadonlySet<string>): string | undefined {
  const text = raw.trim();
  if (text === '') return undefined;
  const url = parse(text, base);
  if (!url || !allowed.has(url.protocol)) return undefined;
  const inner = unwrap(url);
  if (inner !== undefined) {
    const target = parse(inner, undefined);
    // A second layer (a redirector to a redirector) is not met in practice and stays as it is.
    if (target && allowed.has(target.protocol)) return plain(inner, target);
  }
  return plain(text, url);
}

/** The author's own spelling where it is a whole address in plain characters, else the parser's. */
function plain(text: string, url: URL): string {
  return /^[a-z]+:(?:\/\/)?[!#-;=?-[\]_a-z~]+$/i.test(text) && !/^https?:(?!\/\/)/i.test(text) ? text : url.href;
}

function unwrap(url: URL): string | undefined {
  for (const { host, path, parameter } of REDIRECTORS) {
    if (host.test(url.hostname) && path.test(url.pathname)) return url.searchParams.get(parameter) ?? undefined;
  }
  for (const { host, path, prefix } of PROXIES) {
    const inner = host.test(url.hostname) ? path.exec(url.pathname + url.search)?.[1] : undefined;
    if (inner !== undefined) return prefix + inner.replace(/^(https?:)\/(?!\/)/, '$1//');
  }
  return undefined;
}

function parse(text: string, base: string | undefined): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

/**
 * The same address in the characters of RFC 3986, to which readers of e-books hold a link; browsers forgive `|` and a
 * lone `%`.
 * @returns undefined where its host is none by that standard ("http://-x-.example/"), or it leads nowhere ("mailto:")
 */
export function strictAddress(address: string): string | undefined {
  const [, scheme = '', host, rest = '', fragment] = PARTS.exec(address) ?? [];
  if (host === undefined ? scheme !== '' && rest === '' : !HOST.test(host)) return undefined;
  const authority = host === undefined ? '' : `//${host}`;
  return `${scheme}${authority}${strict(rest)}${fragment === undefined ? '' : `#${strict(fragment)}`}`;
}

const PARTS = /^([a-z][a-z0-9+.-]*:)?(?:\/\/([^/?#]*))?([^#]*)(?:#(.*))?$/is;

/** A name, whose last part begins with a letter; four numbers; or an address of IPv6. A user before, a port behind. */
const HOST =
  /^(?:[^@[\]]*@)?(?:(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z](?:[a-z0-9_-]*[a-z0-9_])?\.?|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])(?::\d*)?$/i;

function strict(text: string): string {
  return text.replace(/%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9_.~!$&'()*+,;=:@/?%-]/gu, encodeURIComponent);
}
