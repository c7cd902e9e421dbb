/**
 * The goes in which an author gives her pages to the archive's import form. The form has one language, one set of categories
 * and one restriction for all that is imported in one go, so works that share them go together; a work of several chapters is
 * a go of its own. Pure: what day it is comes from outside.
 */
import { type Bundle, type BundleWork, keepsBack } from '../bundle/index.js';
import { byText } from '../common/order.js';
import type { ArchivesFile } from '../config/archives.js';
import { type Packet, packet } from '../filler/index.js';
import { withheldText } from '../people/index.js';
import { pageUrls } from './address.js';

type Archive = ArchivesFile['archive'];

export interface Go {
  /** `works`: a page each; `chapters`: the pages of one work. */
  each: 'works' | 'chapters';
  works: BundleWork[];
  urls: string[];
  /** The archive's code. */
  language: string;
  categories: string[];
}

/** Works to a go unless somebody says otherwise: as many as an author looks over in one sitting. */
export const GO_SIZE = 10;

export interface GoPlan {
  goes: Go[];
  /** Works that are in no go, and why, for people. */
  without: { work: BundleWork; why: string }[];
}

export interface GoOptions {
  /** From `baseAddress`. */
  base: string;
  /** Works to a go. */
  size: number;
  /** Keys of works that were handed over already. */
  done?: ReadonlySet<string>;
}

/** Works in order of date, grouped by language and categories; within a group again by date. */
export function planGoes(bundle: Bundle, archive: Archive, { base, size, done = new Set() }: GoOptions): GoPlan {
  const plan: GoPlan = { goes: [], without: [] };
  const open = new Map<string, Go>();
  const unfit = unfitOf(bundle);
  for (const work of [...bundle.works].sort(byDate)) {
    const why = done.has(work.chapters[0]?.entry ?? '') ? 'done already' : reasonWithout(work, unfit, base, archive);
    if (why !== undefined) {
      plan.without.push({ work, why });
      continue;
    }
    const { language } = work;
    const { categories } = work.archive;
    const urls = pageUrls(work, base);
    if (urls.length > 1) {
      plan.goes.push({ each: 'chapters', works: [work], urls, language, categories });
      continue;
    }
    const key = JSON.stringify([language, [...categories].sort()]);
    let go = open.get(key);
    if (!go || go.works.length >= size) {
      go = { each: 'works', works: [], urls: [], language, categories };
      open.set(key, go);
      plan.goes.push(go);
    }
    go.works.push(work);
    go.urls.push(...urls);
  }
  return plan;
}

export function unfitOf({ misfits }: Pick<Bundle, 'misfits'>): ReadonlySet<string> {
  return new Set(misfits.filter(keepsBack).map(({ work }) => work));
}

function byDate(a: BundleWork, b: BundleWork): number {
  return byText(a.published ?? '~', b.published ?? '~') || byText(a.slug, b.slug);
}

/** Why a work's pages are not for the archive, for people. @param unfit slugs of works that break a rule of it */
export function reasonWithout(
  work: BundleWork,
  unfit: ReadonlySet<string>,
  base: string,
  archive: Archive,
): string | undefined {
  if (work.onArchive) return `on the archive already: ${work.onArchive.url}`;
  if (work.restricted) return 'locked: it is in no page; hand it over with its sheet and the form filler';
  if (work.withheld) return withheldText(work.withheld);
  if (unfit.has(work.slug)) return 'it breaks a rule of the archive; its sheet says which';
  if (work.chapters.length > archive.limits.chapters) return `more than ${archive.limits.chapters} chapters`;
  const long = pageUrls(work, base).find((url) => url.length > archive.limits.url);
  return long === undefined
    ? undefined
    : `its address is longer than ${archive.limits.url} characters: choose a shorter --base-url`;
}

/** What to choose in the form, one line each. */
export function choices(go: Go, archive: Archive): string[] {
  const language = archive.languageNames[go.language]?.[0];
  return [
    `Import as: ${go.each === 'works' ? 'Works' : 'Chapters in a single work'}`,
    `Language: ${language === undefined ? go.language : `${language[0]?.toUpperCase()}${language.slice(1)}`}`,
    'Encoding: UTF-8',
    go.categories.length > 0 ? `Categories: ${go.categories.join(', ')}` : 'Categories: tick none',
    // Without it the form's categories reach every work, since pages have none, and the pages' own tags stay.
    'Override: leave it unticked',
    'Restriction: leave “Only show to registered users” as you want it for all of this go',
  ];
}

/** What an import loses of each work, by the form or by the API, to be set by hand afterwards; works that lose nothing are not named. */
export function losses(go: Pick<Go, 'works'>): { work: BundleWork; lost: string[] }[] {
  return go.works.map((work) => ({ work, lost: lossesOf(work) })).filter(({ lost }) => lost.length > 0);
}

function lossesOf(work: BundleWork): string[] {
  const [first] = work.chapters;
  const isLater = (field: 'endNotes') => work.chapters.some((chapter) => chapter[field]);
  return [
    ...(work.series
      ? [`the series: ${work.series.name}${work.series.number === undefined ? '' : `, part ${work.series.number}`}`]
      : []),
    ...(work.complete
      ? []
      : [`that it is not finished: ${work.chapters.length} of ${work.expectedChapters ?? '?'} chapters`]),
    ...(work.endNotes || isLater('endNotes') ? ['the notes at the end'] : []),
    ...(work.recipient ? [`whom it is for: ${work.recipient}`] : []),
    ...(first?.summary || first?.notes ? ['the summary and notes of the first chapter'] : []),
  ];
}

/** The text from which the form filler fills in the import form. */
export function importPacket(go: Go, archive: Archive): Packet {
  return packet('import', go.each === 'works' ? `${go.works.length} works` : (go.works[0]?.title ?? ''), {
    urls: go.urls,
    each: go.each,
    language: [go.language, ...(archive.languageNames[go.language] ?? [])],
    encoding: 'UTF-8',
    categories: go.categories,
  });
}

/** Drafts are deleted some 30 days after they were made: the last day to post them, one day early. */
const DRAFT_DAYS = 29;

/** @param today `YYYY-MM-DD` */
export function postBy(today: string): string {
  return new Date(Date.parse(`${today}T00:00:00Z`) + DRAFT_DAYS * 86_400_000).toISOString().slice(0, 10);
}
