/** Makes the bundle: folder, ZIP and sum. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ArchivesFile } from '../config/archives.js';
import { asDiskError, FicferryError } from '../errors.js';
import type { EntryKey, LeftOut, Work } from '../model.js';
import { People } from '../people/index.js';
import { otwarchive, type Source } from '../targets/index.js';
import { toMarkdown, withPlaces } from '../text/index.js';
import { BagWriter, sumLine, syncFile } from './bag.js';
import { leftOutCsv } from './csv.js';
import { Bundle, type BundleWork, bundleSchema, type Misfit, type NewTags, readyWorks } from './format.js';
import { checkChapter, checkFields, type Story } from './limits.js';
import { ChapterLinks } from './links.js';
import { chapterMarkdown } from './markdown.js';
import { MendedWork } from './mended.js';
import { slugTrouble, withPaths } from './names.js';
import { overview } from './overview.js';
import { chapterPage } from './page.js';
import { carriedIn, type MissingPicture, missingOf, type PictureOf, WorkPictures } from './pictures.js';
import { putInPlace, recover, temporary } from './place.js';
import { SHEET_END, sheetChapter, sheetStart } from './sheet.js';
import { writeZip } from './zip.js';

export interface BundleOptions {
  /** Where the bag goes, such as `output/somebody/somebody-bundle`. Its name is the ZIP's base directory. */
  folder: string;
  /** Where the ZIP goes; its sum goes beside it, with `.sha256` added. */
  zip: string;
  journal: string;
  works: readonly Work[];
  leftOut: readonly LeftOut[];
  newTags: NewTags;
  /** A post's text; asked for once for each, in the order of chapters, and of works that may be split once more before that. */
  storyOf: (key: EntryKey) => Promise<Story>;
  /** A picture that a text shows; without it pictures stay where they are. */
  pictureOf?: PictureOf;
  config: ArchivesFile;
  /** Version of ficferry. */
  version: string;
  /** `YYYY-MM-DD`, to know dates that lie in the future. */
  today?: string;
  /** Called after each work. */
  onWork?: (done: number, of: number) => void;
}

export interface BundleSummary {
  folder: string;
  zip: string;
  /** Of the ZIP. */
  sha256: string;
  works: number;
  chapters: number;
  /** Works that the journal shows to some readers only. */
  restricted: number;
  /** Works in `otwarchive/works.json`: not restricted, kept back by no misfit, and not on the archive already. */
  ready: number;
  misfits: Misfit[];
  /** At most so many tags that the archive does not have yet. */
  newTags: number;
  /** Where pictures were asked for. Those carried are counted once, however many works show them; missing ones are told by work. */
  pictures?: { carried: number; missing: MissingPicture[] };
  /** Of the payload. */
  files: number;
  bytes: number;
}

/**
 * Writes the bundle beside the old one and swaps it into place. One chapter's text is in memory at a time. The same
 * options and texts give the same bytes.
 *
 * Passages that the author has taken out are in no file of it, and chapters that she lets be split are so in all of them.
 * A work that breaks a limit of the archive is packed all the same, with pages an author may import one by one; it
 * only stays out of `otwarchive/works.json`, so that what stands there can be sent as it is.
 *
 * @throws FicferryError DISK
 */
export async function writeBundle(options: BundleOptions): Promise<BundleSummary> {
  const { part, zipPart, sumPart } = temporary(options);
  try {
    await makeFolder(dirname(options.folder));
    await makeFolder(dirname(options.zip));
    await recover(options);
    const bag = await BagWriter.create(part);
    const summary = await fill(bag, options);
    const paths = bag.sorted().map(([path]) => path);
    await writeZip(zipPart, part, basename(options.folder), paths, bag.secret);
    const sha256 = await sha256Of(zipPart);
    await writeFile(sumPart, sumLine(sha256, basename(options.zip)));
    await syncFile(sumPart);
    await putInPlace(options);
    return { ...summary, sha256 };
  } catch (error) {
    // Best effort: what is left is cleared by the next run.
    await Promise.all(
      [part, zipPart, sumPart].map((path) => rm(path, { recursive: true, force: true }).catch(() => undefined)),
    );
    throw asDiskError(error, options.folder);
  }
}

async function fill(bag: BagWriter, options: BundleOptions): Promise<Omit<BundleSummary, 'sha256'>> {
  const planned: Planned[] = [];
  for (const given of options.works) {
    const mended = await MendedWork.of(given, options.storyOf, options.config.archive);
    planned.push({ work: withPaths(mended.work), textOf: (chapter) => mended.textOf(chapter) });
  }
  const links = new ChapterLinks(planned.map(({ work }) => work));
  const works: BundleWork[] = [];
  const misfits: Misfit[] = [];
  for (const one of planned) {
    const added = await addWork(bag, one, links, options);
    misfits.push(...added.misfits);
    works.push(added.work);
    options.onWork?.(works.length, options.works.length);
  }
  const bundle = Bundle.parse({
    format: 'ficferry-bundle',
    version: 1,
    journal: options.journal,
    works,
    leftOut: options.leftOut,
    misfits,
    newTags: options.newTags,
  });
  const ready = readyWorks(bundle);
  // these two tell titles and summaries of all works
  const secret = works.some((work) => work.restricted);
  await bag.add('bundle.json', json(bundle), { secret });
  await bag.add('bundle.schema.json', json(bundleSchema()));
  await addItems(bag, bundle, planned, options);
  await bag.add('left-out.csv', leftOutCsv(bundle.leftOut));
  await bag.add('index.html', overview(bundle, new Set(ready.map((work) => work.slug)), options.config.archive), {
    secret,
  });
  const payload = [...bag.files.values()];
  await bag.finish([
    ['Bag-Software-Agent', `ficferry ${options.version}`],
    ['External-Description', `Fan fiction from the journal ${options.journal}`],
  ]);
  return {
    folder: options.folder,
    zip: options.zip,
    works: works.length,
    chapters: works.reduce((sum, work) => sum + work.chapters.length, 0),
    restricted: works.filter((work) => work.restricted).length,
    ready: ready.length,
    misfits,
    newTags: options.newTags.total,
    ...(options.pictureOf && { pictures: picturesIn(works) }),
    files: payload.length,
    bytes: payload.reduce((sum, file) => sum + file.size, 0),
  };
}

function picturesIn(works: readonly BundleWork[]): NonNullable<BundleSummary['pictures']> {
  return { carried: carriedIn(works), missing: works.flatMap(missingOf) };
}

/** What of the targets stands in every bag. */
async function addItems(
  bag: BagWriter,
  bundle: Bundle,
  planned: readonly Planned[],
  { config }: BundleOptions,
): Promise<void> {
  const read = (path: string) => readFile(join(bag.folder, 'data', path));
  const texts = new Map(planned.map(({ work, textOf }) => [work.slug, textOf]));
  const storyOf: Source['storyOf'] = (work, chapter) => (texts.get(work.slug) as Planned['textOf'])(chapter);
  for await (const { path, content, secret } of otwarchive.files({
    bundle,
    ready: readyWorks(bundle),
    archive: config.archive,
    people: new People(),
    storyOf,
    read,
  })) {
    const file = await bag.open(path, { secret });
    for await (const piece of typeof content === 'string' ? [content] : content) await file.append(piece);
    await file.close();
  }
}

interface Planned {
  work: BundleWork;
  textOf: MendedWork['textOf'];
}

/** The files of one work, chapter by chapter; the sheet grows along. */
async function addWork(
  bag: BagWriter,
  { work, textOf }: Planned,
  links: ChapterLinks,
  options: BundleOptions,
): Promise<{ work: BundleWork; misfits: Misfit[] }> {
  const { archive } = options.config;
  const trouble = slugTrouble(work.slug, archive);
  if (trouble) throw new Error(`The slug "${work.slug}" ${trouble}`);
  const misfits = checkFields(work, archive, options.today);
  const secret = work.restricted;
  const pictures = options.pictureOf && new WorkPictures(bag, work, options.pictureOf);
  const sheet = await bag.open(work.sheet, { secret });
  try {
    await sheet.append(
      sheetStart(
        work,
        misfits.filter((misfit) => misfit.chapter === undefined),
        archive,
        { pictures: pictures !== undefined },
      ),
    );
    for (const [index, chapter] of work.chapters.entries()) {
      const story = await textOf(chapter);
      await pictures?.take(index, story.html);
      const html = withPlaces(story.html, { placeOf: pictures?.online });
      const placeOf = pictures?.shownFrom('../');
      const shown = withPlaces(story.html, { placeOf, linkTo: links.inSheet(work, story) });
      const markdown = toMarkdown(story.html, { placeOf: pictures?.beside, linkTo: links.inMarkdown(work, story) });
      await bag.add(chapter.markdown, chapterMarkdown(work, index, markdown), { secret });
      if (chapter.page) await bag.add(chapter.page, chapterPage(work, index, html, archive));
      misfits.push(...checkChapter(work, index, html, archive));
      const own = misfits.filter((misfit) => misfit.chapter === index + 1);
      await sheet.append(sheetChapter(work, index, { html, shown }, own));
    }
    await sheet.append(SHEET_END);
  } finally {
    await sheet.close();
  }
  const list = pictures?.list ?? [];
  return { work: list.length > 0 ? { ...work, pictures: list } : work, misfits };
}

async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
    const advice = 'Move the file away or choose another folder with --out.';
    throw new FicferryError('DISK', `A file stands where a folder is needed: ${path}`, advice, { cause: error });
  });
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
