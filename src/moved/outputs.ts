/** What an author puts up when her works have moved: a list of old and new addresses, and a masterlist that leads to the new ones. */
import { csvText } from '../common/csv.js';
import { byText } from '../common/order.js';
import type { OnArchive, Work } from '../model.js';
import { escapeAttribute, escapeText, textToHtml, toMarkdown } from '../text/index.js';
import { keyOf } from '../works/index.js';

/** A work with its place on the archive. */
export type MovedWork = Work & { onArchive: OnArchive };

/** What is listed, and what is not and why. */
export interface Listing {
  listed: MovedWork[];
  /** Not posted there yet: nobody else could follow the link. */
  drafts: number;
  /** Locked in the journal or on the archive: their titles are nobody's business but their readers'. */
  locked: number;
}

/** Works that the archive has and everybody may see. @param withLocked the author asks for those that are locked too */
export function listingOf(works: readonly Work[], { withLocked = false } = {}): Listing {
  const moved = works.filter((work): work is MovedWork => work.onArchive !== undefined);
  const posted = moved.filter(({ onArchive }) => !onArchive.draft);
  const open = posted.filter(({ restricted, onArchive }) => withLocked || !(restricted || onArchive.restricted));
  return { listed: open, drafts: moved.length - posted.length, locked: posted.length - open.length };
}

/** `moved.csv`: each chapter's old address, and the work's new one. */
export function movedCsv(works: readonly MovedWork[]): string {
  const rows = works.flatMap(({ title, chapters, onArchive }) =>
    chapters.map(({ url }) => [url, onArchive.url, title]),
  );
  return csvText(['old address', 'new address', 'title'], rows);
}

/** `masterlist.html`: a page that stands by itself, whose `<main>` may be pasted into a post. */
export function masterlistHtml(works: readonly MovedWork[], title: string): string {
  return (
    `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n` +
    `<title>${escapeText(title)}</title>\n</head>\n<body>\n<main>\n<h1>${escapeText(title)}</h1>\n${listHtml(works)}</main>\n</body>\n</html>\n`
  );
}

/** `masterlist.md`: the same as Markdown. */
export function masterlistMarkdown(works: readonly MovedWork[], title: string): string {
  return `${toMarkdown(`<h1>${escapeText(title)}</h1>\n${listHtml(works)}`)}\n`;
}

/** By fandom, a crossover under all of its fandoms together, so that nothing stands twice; by date within one. */
function listHtml(works: readonly MovedWork[]): string {
  const groups = new Map<string, { name: string; works: MovedWork[] }>();
  for (const work of works) {
    const name = [...work.archive.fandoms].sort((a, b) => byText(keyOf(a), keyOf(b))).join(' / ');
    const group = groups.get(keyOf(name)) ?? { name, works: [] };
    group.works.push(work);
    groups.set(keyOf(name), group);
  }
  return (
    [...groups]
      // what names no fandom comes last
      .sort(([a], [b]) => Number(a === '') - Number(b === '') || byText(a, b))
      .map(
        ([, group]) => `<h2>${escapeText(group.name || 'No fandom named')}</h2>\n${group.works.map(workHtml).join('')}`,
      )
      .join('')
  );
}

function workHtml(work: MovedWork): string {
  const { title, archive, onArchive, restricted, wordCount, summary } = work;
  const facts = [
    archive.rating,
    archive.relationships.join(', '),
    `${wordCount.toLocaleString('en-US')} ${wordCount === 1 ? 'word' : 'words'}`,
    ...(work.complete ? [] : ['in progress']),
    ...(restricted || onArchive.restricted ? ['locked'] : []),
  ].filter(Boolean);
  const link = `<a href="${escapeAttribute(onArchive.url)}">${escapeText(title)}</a>`;
  return (
    `<p><strong>${link}</strong> (${escapeText(facts.join('; '))})</p>\n` +
    (summary ? `<blockquote>${textToHtml(summary)}</blockquote>\n` : '')
  );
}
