/** Names of the files of a bundle, all relative to the bag's `data/`. */
import type { ArchivesFile } from '../config/archives.js';
import type { Work } from '../model.js';
import { type BundleWork, isOpen } from './format.js';

/** Lower-case ASCII words with hyphens: safe on every file system and in every address. */
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Why `slug` can't be a part of a page's address, or undefined where it can. */
export function slugTrouble(slug: string, archive: ArchivesFile['archive']): string | undefined {
  if (!SLUG.test(slug)) return 'is not lower-case ASCII words joined by hyphens';
  if (slug.length > archive.limits.addressPart) return `is longer than ${archive.limits.addressPart} characters`;
  const name = archive.siteNames.find((site) => slug.includes(site));
  // The importer takes an address for a journal's wherever such a name stands in it.
  if (name) return `holds a journal site's name ("${name}")`;
  return undefined;
}

/** "07" for 7 of 12, "007" for 7 of 120: file names sort as the chapters go. */
export function chapterNumber(position: number, of: number): string {
  return String(position).padStart(Math.max(2, String(of).length), '0');
}

/** Gives each work and chapter its paths. Chapters are numbered by their place, whatever their `position` says. */
export function withPaths(work: Work): BundleWork {
  const chapters = work.chapters.map((chapter, index) => {
    const number = chapterNumber(index + 1, work.chapters.length);
    const markdown = `works/${work.slug}/${number}.md`;
    return isOpen(work)
      ? { ...chapter, markdown, page: `pages/${work.slug}/${number}.html` }
      : { ...chapter, markdown };
  });
  return { ...work, sheet: `sheet/${work.slug}.html`, chapters };
}
