/** Links in an entry's body. */
import { Parser } from 'htmlparser2';
import { type Entry, entryKey } from '../model.js';
import type { Sites } from './sites.js';

/**
 * Addresses of entries linked from a readable page's body, in order, without repeats; for `--from`. Wrapped links are
 * unwrapped; the entry itself (its own cut or comments) and links to other pages are left out.
 */
export function entryLinks(sites: Sites, entry: Entry): string[] {
  const found = new Set<string>();
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name !== 'a' || !attributes.href) return;
      const to = sites.tryParse(sites.unwrap(attributes.href.trim(), entry.url));
      if (to?.kind !== 'entry') return;
      if (to.site === entry.site && to.journal === entry.journal && to.number === entry.number) return;
      found.add(to.url);
    },
  });
  parser.end(entry.body.html);
  return [...found];
}

/**
 * Where a link of an entry's body leads, for joining parts: `to` is the key of an entry (site/journal/number), or the
 * address of a named entry or of a page on no known site. Undefined for the entry itself and for a site's other pages.
 */
export function storyLink(sites: Sites, href: string, from: Entry): { to: string; url: string } | undefined {
  const url = sites.unwrap(href, from.url);
  const found = sites.tryParse(url);
  if (!found) return /^https?:/.test(url) ? { to: url, url } : undefined;
  if (found.kind !== 'entry') return undefined;
  const { site, journal, number } = found;
  if (journal === undefined || number === undefined) return { to: found.url, url: found.url };
  const to = entryKey({ site, journal, number });
  return to === entryKey(from) ? undefined : { to, url: found.url };
}
