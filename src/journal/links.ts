/** Links in an entry's body. */
import { Parser } from 'htmlparser2';
import { type Entry, EntryKey, entryKey } from '../model.js';
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

/** What is needed of an entry whose body holds a link. */
type Linking = Pick<Entry, 'site' | 'journal' | 'number' | 'url'>;

/**
 * Where a link of an entry's body leads, for joining parts: `to` is the key of an entry (site/journal/number), or the
 * address of a named entry or of a page on no known site. Undefined for the entry itself and for a site's other pages.
 */
export function storyLink(sites: Sites, href: string, from: Linking): { to: string; url: string } | undefined {
  const url = sites.unwrap(href, from.url);
  const found = sites.tryParse(url);
  if (!found) return /^https?:/.test(url) ? { to: url, url } : undefined;
  if (found.kind !== 'entry') return undefined;
  const { site, journal, number } = found;
  if (journal === undefined || number === undefined) return { to: found.url, url: found.url };
  const to = entryKey({ site, journal, number });
  return to === entryKey(from) ? undefined : { to, url: found.url };
}

/**
 * The key of the entry whose text a link shows its reader. Undefined for the entry itself, and for what leads to comments or
 * to another place in a page: only texts are carried.
 */
export function textLink(sites: Sites, href: string, from: Linking): EntryKey | undefined {
  const found = storyLink(sites, href, from);
  const site = found && sites.owns(found.url);
  if (site === undefined) return undefined;
  const url = new URL(sites.unwrap(href, from.url));
  const { commentParameters } = sites.site(site);
  if (commentParameters.some((name) => url.searchParams.has(name))) return undefined;
  // `#cutid1` is where a reader went on from the friends page; the text begins there.
  if (!/^(?:#cutid\d+(?:-end)?)?$/.test(url.hash)) return undefined;
  return EntryKey.safeParse(found?.to).data;
}
