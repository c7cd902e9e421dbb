/** Names of works in addresses and on disks: `the-lamp-room`. */
import type { Config } from '../config.js';
import { stripAccents } from './words.js';

/** Gives each title a slug that no other has; ask in a fixed order, since a second "The Wall" becomes `the-wall-2`. */
export class Slugs {
  private readonly taken = new Set<string>();

  constructor(private readonly config: Pick<Config, 'archive'>) {}

  /** @param fallback for titles without a letter that can be written in ASCII: `work-23456` */
  next(title: string, fallback: string): string {
    const { limits, reservedNames } = this.config.archive;
    let base = slugOf(title, this.config) || fallback;
    if (reservedNames.includes(base)) base = `${base}-work`;
    let slug = base;
    for (let number = 2; this.taken.has(slug); number++) {
      const suffix = `-${number}`;
      slug = cut(base, limits.addressPart - suffix.length) + suffix;
    }
    this.taken.add(slug);
    return slug;
  }
}

/**
 * ASCII lower-case letters, digits and single hyphens, at most `limits.addressPart` long and cut between words; no
 * journal site's name, which would make the importer read the page by the wrong reader. Empty where nothing is left.
 */
export function slugOf(title: string, { archive }: Pick<Config, 'archive'>): string {
  const ascii = stripAccents(
    [...title.toLowerCase()].map((letter) => archive.transliteration[letter] ?? letter).join(''),
  );
  let slug = hyphenated(ascii.replace(/['’]/g, ''));
  for (let name = siteIn(slug, archive); name !== undefined; name = siteIn(slug, archive))
    slug = hyphenated(slug.replaceAll(name, '-'));
  return cut(slug, archive.limits.addressPart);
}

function siteIn(slug: string, archive: Config['archive']): string | undefined {
  return archive.siteNames.find((name) => slug.includes(name));
}

function hyphenated(text: string): string {
  return text.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

function cut(slug: string, length: number): string {
  if (slug.length <= length) return slug;
  const head = slug.slice(0, length);
  const end = slug[length] === '-' ? length : head.lastIndexOf('-');
  return end > length / 2 ? head.slice(0, end) : head.replace(/-$/, '');
}
