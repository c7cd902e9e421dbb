/** What `verify` looks into: `bundle.json`, the archive's items and the pages, each against the others. */
import { z } from 'zod';
import type { ArchivesFile } from '../config/archives.js';
import { pageAddresses } from '../targets/index.js';
import { Bundle, type BundleChapter, type BundleWork } from './format.js';
import { LABELS, labelText } from './labels.js';
import { slugTrouble } from './names.js';
import { CONTENT_END, CONTENT_START } from './page.js';
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
  private readonly pages = new Map<string, { work: BundleWork; chapter: BundleChapter; index: number }>();

  constructor(
    private readonly archive: ArchivesFile['archive'],
    private readonly report: Report,
  ) {}

  get works(): number {
    return this.bundle?.works.length ?? 0;
  }

  /** Whether this file's bytes are asked for. */
  wants(path: string): boolean {
    return KEPT.has(path) || path.startsWith('data/pages/');
  }

  take(path: string, bytes: Buffer): void {
    const text = this.decode(path, bytes);
    if (path.startsWith('data/pages/')) this.checkPage(path, text);
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
      if (work.restricted && work.chapters.some((chapter) => chapter.page)) {
        this.report('data/bundle.json', `gives the restricted work "${work.title}" a page`);
      }
    }
    for (const path of named) if (!paths.has(path)) this.report(path, 'is missing, and bundle.json names it');
    for (const path of paths) {
      if (path.startsWith('data/') && !named.has(path)) this.report(path, 'belongs to no work of bundle.json');
    }
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
        if (chapter.page) this.pages.set(`data/${chapter.page}`, { work, chapter, index });
      }
    }
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
      if (!work) this.report(path, `holds "${item.id}", which is no work of bundle.json`);
      else if (work.restricted) this.report(path, `holds the restricted work "${work.title}"`);
      else if (work.onArchive) this.report(path, `holds "${work.title}", which is on the archive already`);
      else if (JSON.stringify(pageAddresses(work)) !== JSON.stringify(item.chapter_urls))
        this.report(path, `names other pages for "${work.title}" than bundle.json`);
    }
  }

  /** What the importer would trip over. */
  private checkPage(path: string, page: string): void {
    const trouble = addressTrouble(path, this.archive);
    if (trouble) this.report(path, trouble);
    const head = page.slice(0, page.indexOf(CONTENT_START));
    const comments = head.split('<!--').length - 1;
    const comment = /<!--\n([\s\S]*?)\n-->/.exec(head);
    if (!head.includes('<meta charset="utf-8">')) this.report(path, 'does not declare its charset');
    if (!page.includes(CONTENT_START) || !page.endsWith(CONTENT_END))
      this.report(path, 'does not hold its text in one .chapter-content');
    if (!comment || comments !== 1) this.report(path, 'does not hold one comment with labels before its text');
    else this.checkLabels(path, page, { start: comment.index, text: comment[1] as string });
  }

  private checkLabels(path: string, page: string, comment: { start: number; text: string }): void {
    const lines = comment.text.split('\n').map((line) => /^([^:]+): ?(.*)$/.exec(line)?.slice(1) ?? [line, '']);
    if (lines.map(([label]) => label).join('\n') !== LABELS.join('\n')) {
      this.report(path, 'lacks a label, or has one too many');
      return;
    }
    const values = new Map(lines as [string, string][]);
    // The importer takes a label's first hit anywhere, up to the end of the line, `<br` or `<p`.
    if (page.lastIndexOf(':', comment.start) !== -1) this.report(path, 'may hide its labels behind others');
    for (const [label, value] of values) {
      if (/[^\x20-\x7e]|:|<br|<p/.test(value))
        this.report(path, `gives its label "${label}" in a way that would be cut short`);
    }
    const date = values.get('Date') ?? '';
    if (date !== '' && !/^\d{4}-\d\d-\d\d$/.test(date)) this.report(path, `gives its date as "${date}"`);
    const place = this.pages.get(path);
    if (!place) return;
    if (values.get('Title') !== (place.index === 0 ? labelText(place.work.title) : ''))
      this.report(path, 'gives another title than bundle.json');
    if (values.get('Chapter Title') !== labelText(place.chapter.title ?? ''))
      this.report(path, 'gives another chapter title than bundle.json');
  }
}

const Items = z.object({ works: z.array(z.looseObject({ id: z.string(), chapter_urls: z.array(z.string()) })) });

function addressTrouble(path: string, archive: ArchivesFile['archive']): string | undefined {
  const [slug, file, ...rest] = path.slice('data/pages/'.length).split('/');
  if (slug === undefined || file === undefined || rest.length > 0) return 'does not stand in the folder of its work';
  if (!/^\d{2,}\.html$/.test(file)) return 'is not named by its chapter’s number';
  const trouble = slugTrouble(slug, archive);
  return trouble && `stands under an address that ${trouble}`;
}
