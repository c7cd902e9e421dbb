/**
 * The whole pipeline: a journal is crawled into the vault, with `--images` the pictures of its works are too, and the vault is
 * carried into a bundle.
 *
 * All parts tell what they do and print nothing. All can be run again at any time: the first two ask only for what the vault
 * does not hold, the last is a function of vault, config, decisions and flags.
 */
import { MendedWork, openBundle, readyWorks, type Story, writeBundle } from './bundle/index.js';
import { tidyMemory } from './common/memory.js';
import { byDateThenEntry } from './common/order.js';
import { today } from './common/today.js';
import { type AddSummary, addPath, crawl, Fetcher, lockOut, lockSite, realTime, storedPicture } from './crawl/index.js';
import { readFic } from './fic/index.js';
import { type EntryKey, entryKey, type LeftOut } from './model.js';
import type { People } from './people/index.js';
import { writeByAuthor } from './run/byAuthor.js';
import { takeCensus, unknownText } from './run/census.js';
import { markPlan, readOnArchive } from './run/onArchive.js';
import { type BundleOutcome, type CrawlEnd, type Hand, isThrough, type PictureEnd, type Tell } from './run/outcome.js';
import { readRunPeople, withLeave } from './run/peopleFile.js';
import { fetchPicturesOf } from './run/pictures.js';
import { crawlPlan, planLines } from './run/plan.js';
import { writeReport } from './run/report.js';
import {
  bundlePlaces,
  journalOf,
  type Run,
  readDecisions,
  refuseOtherJournal,
  targetFolder,
  VERSION,
} from './run/run.js';
import { startOf } from './run/start.js';
import { openVault, storyOf } from './run/stories.js';
import { type Source, TARGETS, type TargetSummary, writeTarget } from './targets/index.js';
import { newTags, planWorks } from './works/index.js';

/**
 * Fetches into the vault what it does not hold yet.
 * @throws FicferryError what stops a crawl; everything fetched so far is in the vault
 */
export async function crawlJournal(run: Run, tell: Tell, hand: Hand): Promise<CrawlEnd> {
  const { sites, options } = run;
  const start = await startOf(run);
  const fetcher = new Fetcher(
    {
      sites,
      version: VERSION,
      contact: options.contact,
      delay: options.delay,
      cookies: start.cookies,
      adult: options.adult ?? false,
      mine: options.mine ? start.journalHost : undefined,
      onWait: ({ seconds, why }) => tell({ type: 'wait', seconds, why }),
      signal: hand.signal,
    },
    run.inside,
  );
  await using _folder = await lockOut(run.folder);
  await using vault = await openVault(run);
  refuseOtherJournal(run, start.address, vault);
  await using _site = await lockSite(start.address.site, {
    onWait: () =>
      tell({
        type: 'note',
        text: `another crawl of ${start.siteName} is under way on this machine; waiting for it to end`,
      }),
    signal: hand.signal,
  });
  const plan = await crawlPlan(run, start, fetcher);
  tell({ type: 'plan', lines: planLines(run, start, plan), pause: plan.robots.pauseSeconds });
  const { ticks } = run.inside?.time ?? realTime;
  const began = ticks();
  let fics = 0;
  let end: CrawlEnd | undefined;
  for await (const event of crawl({
    sites,
    vault,
    fetcher,
    start: start.source,
    calendar: options.calendar ?? true,
    limit: options.limit,
    stopping: hand.stopping,
  })) {
    tidyMemory();
    if (event.type === 'visit') {
      const { entry, ...visit } = event;
      if (entry && readFic(entry, run.config).kind === 'fic') fics++;
      tell({ ...visit, fics, pace: visit.asked === 0 ? 0 : (ticks() - began) / 1000 / visit.asked });
    } else {
      tell(event);
      if (event.type === 'end') end = event;
    }
  }
  return end as CrawlEnd;
}

/** Carries what the vault holds into a bundle, without the network. @throws FicferryError NO_VAULT, VAULT_DAMAGED, BAD_DECISIONS, BAD_PAGE, DISK */
export async function bundleJournal(
  run: Run,
  tell: Tell,
  end?: CrawlEnd,
  pictures?: PictureEnd,
): Promise<BundleOutcome> {
  const { config } = run;
  const decisions = readDecisions(run);
  const listed = readOnArchive(run);
  await using vault = await openVault(run, { readOnly: true });
  await using _folder = await lockOut(run.folder);
  const through = end && run.options.from === undefined ? isThrough(end) : undefined; // a list is a choice
  const census = await takeCensus(vault, run, (done) => tell({ type: 'reading', done }), through);
  const plan = planWorks(census.records, decisions, config);
  const { people, warnings: peopleWarnings } = readRunPeople(run);
  const { works: marked, account: onArchive } = markPlan(plan, listed, run);
  const works = marked.map((work) => withLeave(work, people));
  const locked = new Set(census.records.filter(({ restricted }) => restricted).map(({ entry }) => entryKey(entry)));
  const leftOut = [...census.leftOut, ...plan.leftOut.map((left) => (locked.has(left.entry) ? unnamed(left) : left))];
  leftOut.sort(byDateThenEntry);
  const journal = journalOf(run, vault);
  const story = (key: EntryKey) => storyOf(vault, run, key);
  const bundle = await writeBundle({
    ...bundlePlaces(run, journal),
    journal,
    works,
    leftOut,
    // what is there brings no new tags
    newTags: newTags(
      works.filter((work) => !work.onArchive),
      config,
    ),
    storyOf: story,
    ...(run.options.images && {
      pictureOf: (address, restricted) => storedPicture(vault, address, restricted, config.images),
    }),
    config,
    version: VERSION,
    today: today(),
    onWork: (done, total) => tell({ type: 'packing', done, total }),
  });
  const byAuthor = run.options.byAuthor
    ? await writeByAuthor(run, { journal, works, storyOf: story, vault }, tell)
    : undefined;
  const targets = await writeTargets(run, journal, bundle.folder, story, people);
  const warnings = [...listed.warnings, ...peopleWarnings, ...plan.warnings.map((text) => `decisions.yaml: ${text}`)];
  if (census.unknown.captures > 0) warnings.push(`Passed over: ${unknownText(census.unknown)}`);
  const outcome = {
    census,
    works,
    leftOut,
    warnings,
    bundle,
    onArchive,
    targets,
    ...(byAuthor && { byAuthor }),
    ...(pictures && { pictures }),
  };
  writeReport(run, outcome, end);
  return outcome;
}

/** What `--for` asks for, made from the bundle just written and the texts it was made from. */
async function writeTargets(
  run: Run,
  journal: string,
  folder: string,
  storyOf: (key: EntryKey) => Promise<Story>,
  people: People,
): Promise<TargetSummary[]> {
  const wanted = [...TARGETS.values()].filter(
    ({ name, place }) => place === 'beside' && run.options.for?.includes(name),
  );
  if (wanted.length === 0) return [];
  const { bundle, read, close } = await openBundle(folder);
  const { archive } = run.config;
  const mended = new Map(bundle.works.map((work) => [work.slug, MendedWork.again(work, storyOf, archive)]));
  const chapterOf: Source['storyOf'] = (work, chapter) => (mended.get(work.slug) as MendedWork).textOf(chapter);
  const source = { bundle, ready: readyWorks(bundle), archive, people, storyOf: chapterOf, read };
  const written: TargetSummary[] = [];
  try {
    for (const target of wanted)
      written.push(await writeTarget(target, source, targetFolder(run, journal, target.name)));
  } finally {
    await close();
  }
  return written;
}

/** The pictures of the works, with `--images`. @throws as `fetchPicturesOf` */
export async function crawlPictures(run: Run, tell: Tell, hand: Hand): Promise<PictureEnd | undefined> {
  return run.options.images && !hand.stopping() ? await fetchPicturesOf(run, tell, hand) : undefined;
}

/** Crawl, pictures, then bundle. A crawl that was asked to stop is not bundled: there is more to come. */
export async function migrate(run: Run, tell: Tell, hand: Hand): Promise<{ end: CrawlEnd; outcome?: BundleOutcome }> {
  const end = await crawlJournal(run, tell, hand);
  const pictures = await crawlPictures(run, tell, hand);
  return hand.stopping() ? { end } : { end, outcome: await bundleJournal(run, tell, end, pictures) };
}

/** Puts pages that the user saved, or another tool's WARC, into the vault. @throws FicferryError NOT_FOUND, VAULT_DAMAGED, DISK */
export async function addPages(run: Run, path: string): Promise<AddSummary> {
  await using _folder = await lockOut(run.folder);
  await using vault = await openVault(run);
  return await addPath(path, { sites: run.sites, vault });
}

/** A locked post that is in no work: its words stand in works/ and sheet/ or nowhere. */
function unnamed({ entry, url, reason }: LeftOut): LeftOut {
  return { entry, url, reason, detail: reason === 'decided' ? 'your decision' : 'a locked post that is no fic' };
}
