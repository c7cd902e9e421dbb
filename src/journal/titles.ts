/** Subjects out of page titles, for layouts that print none apart. */
import { type Page, textOf } from './page.js';
import type { Place, Sites } from './sites.js';

/**
 * "journal: Subject", "Subject: journal — LiveJournal", "journal | Subject", "Subject [Journal Title]", "Subject - journal". The
 * journal is known by its name, or by its own title where that is the page's first heading.
 */
export function subjectOfTitle(page: Page, sites: Sites, place: Place): string | undefined {
  const title = page.title.replace(/\s+/g, ' ').trim();
  const site = sites.site(place.site).name;
  const plain = title.endsWith(site) ? title.slice(0, -site.length).replace(/\s*[-—–|:]\s*$/, '') : title;
  const heading = page.tags('h1')[0];
  const names = [place.journal, place.journal.replaceAll('_', '-'), heading ? textOf(heading, 200) : ''].filter(
    (name) => name !== '',
  );
  for (const name of names) {
    const rest = withoutStart(plain, name) ?? withoutEnd(plain, name);
    if (rest !== undefined && rest !== '') return rest;
  }
  return undefined;
}

function withoutStart(title: string, name: string): string | undefined {
  if (title.slice(0, name.length).toLowerCase() !== name.toLowerCase()) return undefined;
  return /^\s*[:|–—-]\s+(.*)$/.exec(title.slice(name.length))?.[1]?.trim();
}

function withoutEnd(title: string, name: string): string | undefined {
  const bare = title.replace(/\]$/, '');
  if (bare.slice(-name.length).toLowerCase() !== name.toLowerCase()) return undefined;
  return /^(.*?)\s*[:|–—[-]\s*$/.exec(bare.slice(0, -name.length))?.[1]?.trim();
}
