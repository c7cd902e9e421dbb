/** What `verify` looks into: `bundle.json`, the archive's items and the pages, each against the others. */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { ArchivesFile } from '../config/archives.js';
import { itemOf, pageAddresses } from '../targets/index.js';
import { Bundle, type BundleWork, isOpen, keepsBack, readyWorks } from './format.js';
import { checkChapter, checkFields } from './limits.js';
import { holdsLinks, LocalLinks } from './localLinks.js';
import { type PagePlace, pageTroubles, textOfPage } from './pageCheck.js';
import { isPicturePath } from './pictures.js';
import type { Report } from './source.js';

const KEPT = new Set([
  'bagit.txt',
  'bag-info.txt',
  'manifest-sha256.txt',
  'tagmanifest-sha256.txt',
  'data/bundle.json',
  'data/bundle.schema.json',
  'data/otwarchive/works.json',
]);

/** Files that stand once in every bundle, besides those of its works. */
const FIXED = ['index.html', 'bundle.json', 'bundle.schema.json', 'left-out.csv', 'otwarchive/works.json'];

export class Contents {
  private readonly texts = new Map<string, string>();
  private bundle: Bundle | undefined;
  private readonly pages = new Map<string, PagePlace>();
  private readonly links = new LocalLinks();
  /** Slugs of the works that go to an archive. */
  private ready: ReadonlySet<string> = new Set();

  constructor(
    private readonly archive: ArchivesFile['archive'],
    private readonly report: Report,
  ) {}

  get works(): number {
    return this.bundle?.works.length ?? 0;
  }

  /** Whether this file's bytes are asked for. */
  wants(path: string): boolean {
    return KEPT.has(path) || path.startsWith('data/pages/') || holdsLinks(path);
  }

  take(path: string, bytes: Buffer): void {
    const text = this.decode(path, bytes);
    if (path.startsWith('data/pages/')) this.checkPage(path, text);
    else if (holdsLinks(path)) this.links.take(path, text);
    else this.texts.set(path, text);
    if (path === 'data/bundle.json') this.readBundle(text);
  }

  /** A file that was kept; undefined where it isn't in the bag. */
  text(path: string): string | undefined {
    return this.texts.get(path);
  }

  /** After all files: the bundle's own list against what is there, and the items. */
  check(paths: ReadonlySet<string>): void {
    if (!this.texts.has('data/bundle.json')) this.report('data/bundle.json', 'is missing');
    const schema = this.texts.get('data/bundle.schema.json');
    if (schema !== undefined) this.parse('data/bundle.schema.json', schema);
    if (!this.bundle) return;
    const named = new Set(FIXED.map((path) => `data/${path}`));
    for (const work of this.bundle.works) {
      const own = [work.sheet, ...work.chapters.flatMap((chapter) => [chapter.markdown, chapter.page ?? []].flat())];
      for (const path of own) named.add(`data/${path}`);
      for (const { file, url } of work.pictures ?? []) {
        if (file === undefined) continue;
        if (isPicturePath(file, work)) named.add(`data/${file}`);
        else this.report('data/bundle.json', `has the picture ${url} at ${file}, which is no place for one`);
      }
      if (!isOpen(work) && work.chapters.some((chapter) => chapter.page)) {
        this.report('data/bundle.json', `gives a page to ${closed(work)}`);
      }
    }
    for (const path of named) if (!paths.has(path)) this.report(path, 'is missing, and bundle.json names it');
    for (const path of paths) {
      if (path.startsWith('data/') && !named.has(path)) this.report(path, 'belongs to no work of bundle.json');
    }
    for (const [path, link] of this.links.dead(paths)) this.report(path, `links to ${link}, which is not there`);
    this.checkItems(this.bundle);
  }

  private decode(path: string, bytes: Buffer): string {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      this.report(path, 'is not UTF-8');
      return bytes.toString('utf8');
    }
  }

  private parse(path: string, text: string): unknown {
    try {
      return JSON.parse(text);
    } catch (error) {
      this.report(path, `is no JSON: ${(error as Error).message}`);
      return undefined;
    }
  }

  private readBundle(text: string): void {
    const data = this.parse('data/bundle.json', text);
    if (data === undefined) return;
    const result = Bundle.safeParse(data);
    if (!result.success) {
      for (const issue of result.error.issues)
        this.report('data/bundle.json', `${issue.path.join('.') || 'the file'}: ${issue.message}`);
      return;
    }
    this.bundle = result.data;
    for (const work of result.data.works) {
      for (const [index, chapter] of work.chapters.entries()) {
        if (chapter.page) this.pages.set(`data/${chapter.page}`, { work, index });
      }
    }
    const ready = readyWorks(result.data);
    this.ready = new Set(ready.map(({ slug }) => slug));
    for (const work of ready) {
      for (const { message } of checkFields(work, this.archive).filter(keepsBack)) this.refuse(message);
    }
  }

  /** What stands in the list of items would be sent as it is. */
  private refuse(message: string): void {
    this.report('data/bundle.json', `calls a work ready that the archive would refuse: ${message}`);
  }

  private checkItems(bundle: Bundle): void {
    const path = 'data/otwarchive/works.json';
    const text = this.texts.get(path);
    const data = text === undefined ? undefined : this.parse(path, text);
    if (data === undefined) return;
    const result = Items.safeParse(data);
    if (!result.success) {
      this.report(path, `is no list of works: ${result.error.issues[0]?.message}`);
      return;
    }
    const works = new Map(bundle.works.map((work) => [work.slug, work]));
    for (const item of result.data.works) {
      const work = works.get(item.id);
      const trouble = work ? this.itemTrouble(work, item) : `holds "${item.id}", which is no work of bundle.json`;
      if (trouble) this.report(path, trouble);
    }
    const listed = result.data.works.map(({ id }) => id);
    for (const slug of this.ready)
      if (!listed.includes(slug)) this.report(path, `lacks "${works.get(slug)?.title}", which is ready`);
    if (new Set(listed).size < listed.length) this.report(path, 'holds a work twice');
  }

  private itemTrouble(work: BundleWork, item: Item): string | undefined {
    if (!isOpen(work)) return `holds ${closed(work)}`;
    if (work.onArchive) return `holds "${work.title}", which is on the archive already`;
    if (!this.ready.has(work.slug)) return `holds "${work.title}", which the archive would refuse`;
    if (!isDeepStrictEqual(pageAddresses(work), item.chapter_urls))
      return `names other pages for "${work.title}" than bundle.json`;
    return isDeepStrictEqual(itemOf(work, this.archive), item)
      ? undefined
      : `says other things of "${work.title}" than bundle.json`;
  }

  private checkPage(path: string, page: string): void {
    const place = this.pages.get(path);
    for (const trouble of pageTroubles(path, page, place, this.archive)) this.report(path, trouble);
    const text = textOfPage(page);
    if (!place || text === undefined || !this.ready.has(place.work.slug)) return;
    const misfits = checkChapter(place.work, place.index, text, this.archive);
    for (const { message } of misfits.filter(keepsBack)) this.refuse(message);
  }
}

/** A work that is not open, for people. */
function closed({ title, restricted }: BundleWork): string {
  return restricted ? `the restricted work "${title}"` : `"${title}", which its author has not let go`;
}

const Item = z.looseObject({ id: z.string(), chapter_urls: z.array(z.string()) });
type Item = z.infer<typeof Item>;
const Items = z.object({ works: z.array(Item) });
