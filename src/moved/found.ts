/** What a list of the archive tells of one work, and several lists of the same works made one. */
import { byText } from '../common/order.js';

/** Absent facts are those that the page does not tell: an "edit works" list knows neither words nor dates. */
export interface ArchiveWork {
  /** `https://archiveofourown.org/works/123`, whatever form the link had. */
  url: string;
  id: number;
  title: string;
  fandoms: string[];
  words?: number;
  /** `of` is absent for "3/?". */
  chapters?: { posted: number; of?: number };
  /** Of the last chapter, `YYYY-MM-DD`. */
  updated?: string;
  /** Shown to the archive's members only. Told by blurbs alone, so that `false` says more than nothing. */
  restricted?: boolean;
  /** Not posted yet: only its author sees it, and the archive deletes it after a month. */
  draft?: boolean;
}

/** One saved page. */
export interface ArchivePage {
  /** Key of the list in `config/archive-pages.yaml`. */
  kind: string;
  works: ArchiveWork[];
  /** The list goes on elsewhere. */
  page?: { number: number; of: number };
  /** The statistics of one year alone. */
  year?: string;
}

export interface Found {
  /** By address, each once. */
  works: ArchiveWork[];
  /** What may be missing, one English sentence each. */
  warnings: string[];
}

/**
 * The works of several saved pages, each once. A fact is taken from the page whose kind tells most; two of one kind that
 * differ were saved at different times, and the later date or the larger count wins. The order of the pages counts nothing.
 * @param kinds the lists' keys, the one that tells most first
 */
export function mergePages(pages: readonly ArchivePage[], kinds: readonly string[]): Found {
  const byUrl = new Map<string, ArchiveWork>();
  const all = pages.flatMap(({ kind, works }) => works.map((work) => ({ rank: kinds.indexOf(kind), work })));
  all.sort((a, b) => a.rank - b.rank || later(a.work, b.work));
  for (const { work } of all) {
    const known = byUrl.get(work.url);
    const fandoms = [...new Set([...(known?.fandoms ?? []), ...work.fandoms])];
    byUrl.set(work.url, { ...work, ...known, fandoms: known && known.fandoms.length > 0 ? known.fandoms : fandoms });
  }
  const works = [...byUrl.values()].sort((a, b) => byText(a.url, b.url));
  return { works, warnings: gaps(pages) };
}

/** The one that was saved later first; at last by the text, so that it is the same in whatever order they come. */
function later(a: ArchiveWork, b: ArchiveWork): number {
  const text = (work: ArchiveWork) =>
    [work.updated ?? '', String(work.words ?? 0).padStart(12, '0'), JSON.stringify(work)].join(' ');
  return byText(text(b), text(a));
}

/** A list of 200 works has ten pages, and whoever saves the first thinks she has saved the list. */
function gaps(pages: readonly ArchivePage[]): string[] {
  // these two show every work on one page
  if (pages.some(({ kind, year }) => (kind === 'edit' || kind === 'statistics') && year === undefined)) return [];
  const parts = pages.flatMap(({ page }) => page ?? []);
  const of = Math.max(0, ...parts.map((part) => part.of));
  const numbers = new Set(parts.map(({ number }) => number));
  const missing = Array.from({ length: of }, (_, index) => index + 1).filter((number) => !numbers.has(number));
  const years = [...new Set(pages.flatMap(({ year }) => year ?? []))].sort();
  return [
    ...(missing.length > 0
      ? [
          `Of the ${of} pages of the works list, ${missing.length} ${missing.length === 1 ? 'was' : 'were'} not given (${ranges(missing)}); "Edit Works" shows all on one page.`,
        ]
      : []),
    ...(years.length > 0
      ? [`The statistics page shows the works of ${years.join(', ')} alone; choose "All Years" before you save it.`]
      : []),
  ];
}

function ranges(numbers: readonly number[]): string {
  const shown: string[] = [];
  for (let at = 0; at < numbers.length; ) {
    let end = at;
    while (numbers[end + 1] === (numbers[end] as number) + 1) end++;
    shown.push(end === at ? `${numbers[at]}` : `${numbers[at]}–${numbers[end]}`);
    at = end + 1;
  }
  return shown.join(', ');
}
