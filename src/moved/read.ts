/** Pages that an author saved from the archive in her browser → the works they list. */
import type { CheerioAPI } from 'cheerio';
import { load } from 'cheerio/slim';
import type { AnyNode, Element } from 'domhandler';
import { parse } from 'parse5';
import { adapter } from 'parse5-htmlparser2-tree-adapter';
import type { ArchivePagesFile, ListShape } from '../config/archivePages.js';
import { FicferryError } from '../errors.js';
import { originOf, workNumber, workUrl } from './address.js';
import type { ArchivePage, ArchiveWork } from './found.js';

type Shapes = ArchivePagesFile['archivePages'];

/** Where such pages are, for whoever saved another one. */
const WANTED =
  'Log in to the archive and open your Works, your Statistics, or "Edit Works" (which shows all on one page); then save the page as HTML.';

export interface SavedPage {
  html: string;
  /** The file's path, for messages. */
  file: string;
  /** Where the page came from, if that is known. */
  address?: string;
}

/**
 * Reads a works list, a statistics page or an "edit works" list of an otwarchive, from any browser's "save as". Where its links
 * were rewritten (`file:///works/12`, nothing but a fragment) the number is taken from what is left of them or from the item.
 * @throws FicferryError BAD_PAGE where the page is none of these, saying what it looks like and which is wanted
 */
export function readArchivePage({ html, file, address }: SavedPage, shapes: Shapes): ArchivePage {
  const wrapped = wrapping(html);
  if (wrapped)
    throw new FicferryError('BAD_PAGE', `${file} is ${wrapped}`, `Save the page once more, as HTML. ${WANTED}`);
  const $ = load(parse(html, { treeAdapter: adapter }));
  for (const [kind, shape] of Object.entries(shapes.lists)) {
    const items = $(shape.item).toArray() as Element[];
    if (items.length === 0 && !shape.page.some((selector) => $(selector).length > 0)) continue;
    return new ListReader($, shape, shapes, pageOrigin($, html, address, shapes)).read(kind, items);
  }
  const other = shapes.others.find(({ selector }) => $(selector).length > 0)?.is;
  const what = html.trim() === '' ? 'an empty file' : (other ?? 'something else');
  throw new FicferryError('BAD_PAGE', `${file} is no list of your works on the archive: it is ${what}`, WANTED);
}

class ListReader {
  constructor(
    private readonly $: CheerioAPI,
    private readonly shape: ListShape,
    private readonly shapes: Shapes,
    private readonly origin: string,
  ) {}

  read(kind: string, items: readonly Element[]): ArchivePage {
    const { $, shape } = this;
    const own = shape.own === undefined ? [] : items.filter((item) => $(item).is(shape.own));
    const year = this.year();
    const works = (own.length > 0 ? own : items).flatMap((item) => this.work(item, year === undefined) ?? []);
    const page = this.page();
    return { kind, works: together(works), ...(page && { page }), ...(year && { year }) };
  }

  /** @param isWhole false where words are those of one year, and not the work's */
  private work(item: Element, isWhole: boolean): ArchiveWork | undefined {
    const { shape } = this;
    const link = this.first(item, shape.link);
    const number = this.number(item, link);
    const said = link ? lineOf(link) : '';
    const isMarked = shape.draftMark !== undefined && said.endsWith(shape.draftMark);
    const title = isMarked ? said.slice(0, -(shape.draftMark as string).length).trim() : said;
    if (number === undefined || title === '') return undefined;
    const words = isWhole ? this.count(item, shape.words) : undefined;
    const chapters = chaptersOf(this.text(item, shape.chapters));
    const updated = dayOf(this.text(item, shape.updated), this.shapes.months);
    return {
      url: workUrl(number, this.origin),
      id: number,
      title,
      fandoms: this.fandoms(item),
      ...(words !== undefined && { words }),
      ...(chapters && { chapters }),
      ...(updated && { updated }),
      ...(shape.restricted && { restricted: this.first(item, shape.restricted) !== undefined }),
      ...((isMarked || this.first(item, shape.draft)) && { draft: true }),
    };
  }

  /** From the link, else from the box beside it, else from the item's own name (`work_12`). */
  private number(item: Element, link: Element | undefined): number | undefined {
    const linked = link?.attribs.href === undefined ? undefined : workNumber(link.attribs.href);
    const named =
      /^work_(\d{1,12})$/.exec(item.attribs.id ?? '')?.[1] ?? this.first(item, this.shape.box)?.attribs.value;
    return linked ?? (named !== undefined && /^\d{1,12}$/.test(named) ? Number(named) : undefined);
  }

  private fandoms(item: Element): string[] {
    const { $, shape, shapes } = this;
    const own = this.all(item, shape.fandoms);
    const isNamed = (name: string) => name !== '' && !shapes.noFandoms.includes(name.toLowerCase());
    // links name one each; the flat view of the statistics names all in one bracket
    const names = own.flatMap((element) =>
      element.name === 'a'
        ? lineOf(element)
        : lineOf(element)
            .replace(/^\((.*)\)$/s, '$1')
            .split(shapes.fandomJoint),
    );
    if (own.length > 0 || shape.group === undefined) return names.filter(isNamed);
    const group = $(item).closest(shape.group).get(0) as Element | undefined;
    const heading = group && this.first(group, shape.groupName);
    // buttons ("All", "None") stand inside the heading
    return heading ? [ownLineOf(heading)].filter(isNamed) : [];
  }

  private page(): ArchivePage['page'] {
    const { shapes } = this;
    const now = this.first(undefined, shapes.pageNow);
    if (!now) return undefined;
    const others = this.all(undefined, [shapes.pageOthers]).map(lineOf);
    const numbers = [lineOf(now), ...others].filter((text) => /^\d{1,5}$/.test(text)).map(Number);
    const number = Number(lineOf(now));
    return Number.isInteger(number) && number > 0 ? { number, of: Math.max(...numbers) } : undefined;
  }

  private year(): string | undefined {
    const now = this.first(undefined, this.shapes.yearNow);
    return now && /^\d{4}$/.test(lineOf(now)) ? lineOf(now) : undefined;
  }

  private count(item: Element, selectors: readonly string[] | undefined): number | undefined {
    const digits = this.text(item, selectors)?.replace(/\D/g, '') ?? '';
    return digits === '' || digits.length > 12 ? undefined : Number(digits);
  }

  private text(item: Element, selectors: readonly string[] | undefined): string | undefined {
    const found = this.first(item, selectors);
    return found && lineOf(found);
  }

  private first(within: Element | undefined, selectors: readonly string[] | undefined): Element | undefined {
    return this.all(within, selectors)[0];
  }

  /** All that the first fitting selector finds, in an item or in the whole page. */
  private all(within: Element | undefined, selectors: readonly string[] = []): Element[] {
    for (const selector of selectors) {
      const found = (within ? this.$(within).find(selector) : this.$(selector)).toArray() as Element[];
      if (found.length > 0) return found;
    }
    return [];
  }
}

/** A work of several fandoms stands under each of them. */
function together(works: readonly ArchiveWork[]): ArchiveWork[] {
  const byUrl = new Map<string, ArchiveWork>();
  for (const work of works) {
    const known = byUrl.get(work.url);
    const fandoms = [...new Set([...(known?.fandoms ?? []), ...work.fandoms])];
    byUrl.set(work.url, { ...work, ...known, fandoms });
  }
  return [...byUrl.values()];
}

/** The archive that the page is of: by its own address, else by the first of its links that names one with works or members. */
function pageOrigin($: CheerioAPI, html: string, address: string | undefined, shapes: Shapes): string {
  const saved = /<!-- saved from url=\(\d+\)(\S+) -->/.exec(html.slice(0, 4096))?.[1];
  const canonical = $('link[rel="canonical"]').attr('href');
  for (const known of [address, saved, canonical]) {
    const origin = known === undefined ? undefined : originOf(known, shapes);
    if (origin) return origin;
  }
  const link = $('a[href*="/works"], a[href*="/users/"]')
    .toArray()
    .find((element) => /^https?:/i.test(element.attribs.href ?? ''));
  return originOf(link?.attribs.href ?? '', shapes) ?? new URL(shapes.home).origin;
}

/** What a browser may write instead of HTML, for people. */
function wrapping(text: string): string | undefined {
  const start = text.slice(0, 2048);
  if (/^\s*(?:From: <Saved by|MIME-Version:)/im.test(start) && /^Content-Type: multipart\/related/im.test(start))
    return 'a web page in a single file (MHTML), which is not read';
  if (start.startsWith('bplist')) return "Safari's web archive, which is not read";
  if (start.startsWith('%PDF')) return 'a PDF';
  return undefined;
}

/** "3/7", "1/?". */
function chaptersOf(text: string | undefined): ArchiveWork['chapters'] {
  const [, posted, of] = /^(\d{1,6})\s*\/\s*(\d{1,6}|\?)$/.exec(text?.replaceAll(',', '') ?? '') ?? [];
  if (posted === undefined || of === undefined) return undefined;
  return { posted: Number(posted), ...(of !== '?' && { of: Number(of) }) };
}

/** "17 Mar 2014" → "2014-03-17". */
function dayOf(text: string | undefined, months: readonly string[]): string | undefined {
  const [, day, name, year] = /^(\d{1,2})\.? (\p{L}+)\.? (\d{4})$/u.exec(text ?? '') ?? [];
  const month = months.findIndex((start) => name?.toLowerCase().startsWith(start)) + 1;
  if (day === undefined || year === undefined || month === 0) return undefined;
  return `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** An element's text in one line. Never recursive: a page from anywhere may be any depth. */
function lineOf(element: Element): string {
  const parts: string[] = [];
  const stack: AnyNode[] = [...element.children].reverse();
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.type === 'text') parts.push(node.data);
    else if ('children' in node)
      for (let i = node.children.length - 1; i >= 0; i--) stack.push(node.children[i] as AnyNode);
  }
  return parts.join('').replace(/\s+/g, ' ').trim();
}

/** The same of the text that stands in the element itself and in nothing within it. */
function ownLineOf(element: Element): string {
  const own = element.children.flatMap((node) => (node.type === 'text' ? node.data : []));
  return own.join(' ').replace(/\s+/g, ' ').trim();
}
