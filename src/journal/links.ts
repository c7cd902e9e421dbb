/** Links in an entry's body. */
import { Parser } from 'htmlparser2';
import type { Entry } from '../model.js';
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
