/** Which works go to the archive, as what, and which don't and why. Pure: files and the network are others'. */
import type { Bundle, BundleWork } from '../bundle/index.js';
import type { ArchivesFile } from '../config/archives.js';
import type { EntryKey } from '../model.js';
import { type People, withheld, withheldText } from '../people/index.js';
import { pageUrls, reasonWithout, unfitOf } from '../site/index.js';
import { externalName, itemOf } from '../targets/index.js';
import type { Known, Parcel, SentItem } from './model.js';

type Archive = ArchivesFile['archive'];

export interface PushOptions {
  /** Where the pages stand, from `baseAddress`. */
  base: string;
  people: People;
  /** What earlier pushes came to. */
  known: ReadonlyMap<EntryKey, Known>;
  /** Keys of works that were handed over by hand. */
  done: ReadonlySet<string>;
  /** A collection of the archive that they go into. */
  collection?: string;
}

export interface PushPlan {
  parcels: Parcel[];
  without: { work: BundleWork; why: string }[];
  /** Works that an earlier push brought there. */
  there: { work: BundleWork; archiveUrl?: string }[];
}

/** Works in the bundle's order. */
export function planPush(bundle: Bundle, archive: Archive, options: PushOptions): PushPlan {
  const plan: PushPlan = { parcels: [], without: [], there: [] };
  const unfit = unfitOf(bundle);
  for (const work of bundle.works) {
    const before = knownOf(work, options.known);
    if (before?.state === 'there') {
      plan.there.push({ work, ...(before.archiveUrl && { archiveUrl: before.archiveUrl }) });
      continue;
    }
    const why = whyNot(work, unfit, archive, options);
    if (why === undefined) plan.parcels.push(parcelOf(work, archive, options));
    else plan.without.push({ work, why });
  }
  return plan;
}

/** What is known of a work by any of its posts. */
export function knownOf({ chapters }: BundleWork, known: ReadonlyMap<EntryKey, Known>): Known | undefined {
  const all = chapters.flatMap(({ entry }) => known.get(entry) ?? []);
  return all.find(({ state }) => state === 'there') ?? all.find(({ state }) => state === 'uncertain') ?? all[0];
}

function whyNot(
  work: BundleWork,
  unfit: ReadonlySet<string>,
  archive: Archive,
  { base, people, done }: PushOptions,
): string | undefined {
  if (done.has(work.chapters[0]?.entry ?? '')) return 'done by hand already';
  // A yes may have been taken back since the bundle was made, or given.
  const back = withheld(work, people);
  if (back) return withheldText(back);
  if (work.withheld) return 'its author has let it go since the bundle was made: make the bundle and the site anew';
  const why = reasonWithout(work, unfit, base, archive);
  if (why !== undefined) return why;
  for (const author of work.authors.slice(0, 2)) {
    if (nameOf(author, people, archive) === '')
      return `nothing of the name “${author}” can be written in the characters that the API takes: give a “name on the archive” in people.csv`;
    const email = people.of(author)?.email;
    if (!email) return `no e-mail address of ${author} in people.csv`;
    if (!ADDRESS.test(email)) return `“${email}”, ${author}’s in people.csv, is no e-mail address`;
  }
  return undefined;
}

/** As the archive looks at one, roughly: something, an @, a host with a dot. */
const ADDRESS = /^[^\s@,;<>]+@[^\s@,;<>.]+(?:\.[^\s@,;<>.]+)+$/;

function nameOf(author: string, people: People, archive: Archive): string {
  return externalName(people.of(author)?.archiveName ?? author, archive);
}

function parcelOf(work: BundleWork, archive: Archive, { base, people, collection }: PushOptions): Parcel {
  const urls = pageUrls(work, base);
  const [author = '', coauthor] = work.authors;
  const item: SentItem = {
    ...itemOf(work, archive),
    chapter_urls: urls,
    external_author_name: nameOf(author, people, archive),
    external_author_email: people.of(author)?.email ?? '',
    ...(coauthor !== undefined && {
      external_coauthor_name: nameOf(coauthor, people, archive),
      external_coauthor_email: people.of(coauthor)?.email ?? '',
    }),
    ...(collection !== undefined && { collection_names: collection }),
  };
  return { work, item, url: urls[0] as string, origins: originsOf(work) };
}

/** The archive's search knows an address only as it was given; years ago that was without the "s". */
function originsOf({ chapters }: BundleWork): string[] {
  const url = chapters[0]?.url;
  return url === undefined ? [] : [url.replace(/^http:/, 'https:'), url.replace(/^https:/, 'http:')];
}

/** In batches of at most `size`, in order. */
export function inBatches<T>(all: readonly T[], size: number): T[][] {
  const count = Math.ceil(all.length / size);
  return Array.from({ length: count }, (_, index) => all.slice(index * size, (index + 1) * size));
}
