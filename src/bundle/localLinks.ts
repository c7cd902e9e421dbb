/** Links from page to page of a bundle: each has to lead to a file that is there, and to a place on it. */
import { posix } from 'node:path';

/** What of a bundle is read by people and holds links. */
export function holdsLinks(path: string): boolean {
  return path === 'data/index.html' || /^data\/(?:sheet\/.*\.html|works\/.*\.md)$/.test(path);
}

export class LocalLinks {
  /** By file: where its links lead, relative to the bag, with their `#`. */
  readonly #links = new Map<string, Set<string>>();
  /** Places of a page that a link may name, with the page before them. */
  readonly #anchors = new Set<string>();

  take(path: string, text: string): void {
    const found = new Set<string>();
    for (const address of path.endsWith('.md') ? inMarkdown(text) : inHtml(text)) {
      const [to = '', anchor] = address.split('#');
      const file = to === '' ? path : posix.join(posix.dirname(path), decoded(to));
      found.add(anchor === undefined ? file : `${file}#${anchor}`);
    }
    this.#links.set(path, found);
    if (path.endsWith('.html'))
      for (const [, id] of text.matchAll(/<[a-z]\w* id="([^"]*)"/g)) this.#anchors.add(`${path}#${id}`);
  }

  /** `[file, where its link leads]` for each that leads nowhere. */
  dead(paths: ReadonlySet<string>): [string, string][] {
    return [...this.#links].flatMap(([path, links]) =>
      [...links]
        .filter((link) => !(link.includes('#') ? this.#anchors.has(link) : paths.has(link)))
        .map((link): [string, string] => [path, link]),
    );
  }
}

/** Tags are whole here: what our pages say in texts and attributes has no `<`, `>` or quote of its own. */
function inHtml(html: string): string[] {
  return (html.match(/<(?:a|img) [^>]*>/g) ?? []).flatMap((tag) => {
    const address = / (?:href|src)="([^"]*)"/.exec(tag)?.[1];
    return address === undefined || /^[a-z][a-z0-9+.-]*:/i.test(address) ? [] : [address.replaceAll('&amp;', '&')];
  });
}

/** Only what the bundle itself writes: a chapter's file, of this work or of another, and a picture. */
function inMarkdown(text: string): string[] {
  return [...text.matchAll(/(?<!\\)\]\(((?:\.\.\/[a-z0-9-]+\/)?\d{2,}\.md|images\/\d{3,}\.[a-z0-9]+)(?=[ )])/g)].map(
    ([, address]) => address as string,
  );
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
