/** `report.json`: what a run saw, carried and left out, and why. It can be deleted; the next bundle writes it again. */
import { writeWhole } from '../common/writeWhole.js';
import { entryKey, type LeftOutReason, type Withheld } from '../model.js';
import type { BundleOutcome, CrawlEnd, PictureEnd } from './outcome.js';
import { type Run, reportFile } from './run.js';

interface ReportLink {
  entry: string;
  kind: string;
}

export interface Report {
  format: 'ficferry-report';
  version: 1;
  /** Of the crawl just made; absent after `bundle` alone. */
  crawl?: {
    complete: boolean;
    why?: string;
    asked: number;
    chain: ReportLink[];
    /** What the second check came to, where it was made; `added` are the entries that only the calendar lists. */
    calendar?: { whole: boolean; why?: string; listed: number; unlisted: number; added: ReportLink[]; text: string };
  };
  seen: number;
  fics: number;
  /** `onArchive` is a work's address where the archive has it already; `withheld` says that its authors have not let it go. */
  works: { slug: string; title: string; entries: string[]; onArchive?: string; withheld?: Withheld }[];
  leftOut: { total: number; byReason: Partial<Record<LeftOutReason, number>>; entries: BundleOutcome['leftOut'] };
  /** By journal: the numbers that no entry seen has. */
  numbers: BundleOutcome['census']['accounts'];
  /** The user's declarations under which the run was made. */
  declared: { adult: boolean; mine: boolean; includeLocked: boolean };
  /** With `--images`: those in the bundle, and those that are links there. */
  pictures?: NonNullable<BundleOutcome['bundle']['pictures']>;
  warnings: string[];
  bundle: { zip: string; sha256: string; misfits: number };
}

export function writeReport(run: Run, outcome: BundleOutcome, end?: CrawlEnd): void {
  // with locked works in the bundle, their titles are in the report
  const secret = outcome.works.some((work) => work.restricted);
  writeWhole(reportFile(run), `${JSON.stringify(reportOf(run, outcome, end), undefined, 2)}\n`, { secret });
}

function reportOf(run: Run, outcome: BundleOutcome, end?: CrawlEnd): Report {
  const { census, works, leftOut, warnings, bundle } = outcome;
  return {
    format: 'ficferry-report',
    version: 1,
    ...(end && { crawl: crawlPart(end) }),
    seen: census.seen,
    fics: works.reduce((sum, work) => sum + work.chapters.length, 0),
    works: works.map(({ slug, title, chapters, onArchive, withheld }) => ({
      slug,
      title,
      entries: chapters.map((chapter) => chapter.entry),
      ...(onArchive && { onArchive: onArchive.url }),
      ...(withheld && { withheld }),
    })),
    leftOut: { total: leftOut.length, byReason: byReason(leftOut), entries: leftOut },
    numbers: census.accounts,
    declared: {
      adult: run.options.adult ?? false,
      mine: run.options.mine ?? false,
      includeLocked: run.options.includeLocked ?? false,
    },
    ...(bundle.pictures && { pictures: picturePart(bundle.pictures, outcome.pictures) }),
    warnings,
    bundle: { zip: bundle.zip, sha256: bundle.sha256, misfits: bundle.misfits.length },
  };
}

/** The bundle knows what the vault says; the pass just made knows why a host did not answer. */
function picturePart(
  { carried, missing }: NonNullable<BundleOutcome['bundle']['pictures']>,
  pass: PictureEnd | undefined,
): NonNullable<Report['pictures']> {
  const whys = new Map(pass?.missing.map(({ url, why }) => [url, why]));
  return { carried, missing: missing.map((one) => ({ ...one, why: whys.get(one.url) ?? one.why })) };
}

function crawlPart({ complete, why, asked, chain, calendar }: CrawlEnd): NonNullable<Report['crawl']> {
  const links = (list: CrawlEnd['chain']): ReportLink[] =>
    list.map(({ id, url, kind }) => ({ entry: id ? entryKey(id) : url, kind }));
  return {
    complete,
    ...(why !== undefined && { why }),
    asked,
    chain: links(chain),
    ...(calendar && { calendar: { ...calendar, added: links(calendar.added) } }),
  };
}

/** How many entries each reason left out, largest first. */
export function byReason(leftOut: BundleOutcome['leftOut']): Partial<Record<LeftOutReason, number>> {
  const counts = new Map<LeftOutReason, number>();
  for (const { reason } of leftOut) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return Object.fromEntries([...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));
}
