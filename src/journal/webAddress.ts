/** Web addresses as pages and people write them, before anything is known of their site. */

/** Without its fragment, its cache buster and the parameters that change nothing but a page's looks. */
export function plainUrl(given: URL, looks: readonly string[]): URL {
  const url = new URL(given.href);
  url.hash = '';
  for (const name of looks) url.searchParams.delete(name);
  // `?1234` and `?` alone are cache busters
  if (/^\?(\d*=?)?$/.test(url.search)) url.search = '';
  return url;
}

/** As a person may write it: with `http`, with `//`, or from the host on; undefined for what is no web address. */
export function readUrl(address: string): URL | undefined {
  const text = address.trim();
  const full = /^https?:\/\//i.test(text)
    ? text
    : text.startsWith('//')
      ? `http:${text}`
      : /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(text)
        ? ''
        : `http://${text}`;
  return resolve(full);
}

/** @param base the page's address that a relative one starts from */
export function resolve(address: string, base?: string): URL | undefined {
  if (/\s/.test(address.trim()) || (address === '' && base === undefined)) return undefined;
  try {
    const url = new URL(address.trim(), base);
    if (!/^https?:$/.test(url.protocol) || url.username !== '' || !url.hostname.includes('.')) return undefined;
    return url;
  } catch {
    return undefined;
  }
}
