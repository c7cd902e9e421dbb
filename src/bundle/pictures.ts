/** The pictures of one work: packed beside its chapters, and told to whatever shows its text. */
import type { EntryKey } from '../model.js';
import { type PlaceOf, picturesOf } from '../text/index.js';
import type { BagWriter } from './bag.js';
import type { BundlePicture, BundleWork } from './format.js';

/** What there is of a picture. `gone` where its host says that it is not there. */
export type FoundPicture =
  | { kind: 'picture'; type: { ending: string }; body: Uint8Array }
  | { kind: 'none'; why: string; gone: boolean }
  | { kind: 'unasked' };

/** @param restricted whether the text it is for is one that not everybody may read */
export type PictureOf = (address: string, restricted: boolean) => Promise<FoundPicture>;

/** A picture that could not be had, for people. */
export interface MissingPicture {
  work: string;
  title: string;
  entry: EntryKey;
  url: string;
  why: string;
}

/** Works' own folders hold their chapters and, in this one, their pictures. */
const FOLDER = 'images';

/** Numbers as the text shows them, three digits at least, so that names stay as they are when a missing one turns up. */
const NAME = /^\d{3,}\.[a-z0-9]+$/;

/** Where a work's pictures stand, relative to `data/`. */
export function isPicturePath(path: string, work: Pick<BundleWork, 'slug'>): boolean {
  const folder = `works/${work.slug}/${FOLDER}/`;
  return path.startsWith(folder) && NAME.test(path.slice(folder.length));
}

export class WorkPictures {
  readonly #known = new Map<string, BundlePicture & { gone: boolean }>();

  constructor(
    private readonly bag: BagWriter,
    private readonly work: BundleWork,
    private readonly pictureOf: PictureOf,
  ) {}

  /** Packs the pictures of chapter `index` (from 0) that no chapter before it has; one is in memory at a time. */
  async take(index: number, html: string): Promise<void> {
    const { slug, restricted } = this.work;
    for (const { address, alt } of picturesOf(html)) {
      if (this.#known.has(address)) continue;
      const found = await this.pictureOf(address, restricted);
      const picture = { url: address, ...(alt && { alt }), chapter: index + 1 };
      if (found.kind === 'picture') {
        const name = `${String(this.#known.size + 1).padStart(3, '0')}.${found.type.ending}`;
        const file = `works/${slug}/${FOLDER}/${name}`;
        await this.bag.add(file, found.body, { secret: restricted });
        this.#known.set(address, { ...picture, file, gone: false });
      } else {
        const missing = found.kind === 'none' ? found.why : NO_ANSWER;
        this.#known.set(address, { ...picture, missing, gone: found.kind === 'none' && found.gone });
      }
    }
  }

  /** For a page of the bag: its own files, and a link for what is missing. @param up the way from that page to `data/` */
  shownFrom(up: string): PlaceOf {
    return (address) => {
      const { file } = this.#known.get(address) ?? {};
      return file === undefined ? 'link' : { src: `${up}${file}` };
    };
  }

  /** The same for the Markdown of a chapter, which stands in the folder above its pictures. */
  readonly beside: PlaceOf = (address) => {
    const { file } = this.#known.get(address) ?? {};
    return file === undefined ? 'link' : { src: file.slice(`works/${this.work.slug}/`.length) };
  };

  /**
   * For what an archive takes in: it fetches no files but the page and shows pictures from where they are, so those stay as the
   * author wrote them. Only what its own host says is gone becomes a link: for anybody else it may well be there.
   */
  readonly online: PlaceOf = (address) => (this.#known.get(address)?.gone ? 'link' : undefined);

  /** In the order of the text. */
  get list(): BundlePicture[] {
    return [...this.#known.values()].map(({ gone: _, ...picture }) => picture);
  }
}

const NO_ANSWER = 'there is no answer of its host in the vault';

/** How many different pictures stand in some works. */
export function carriedIn(works: readonly BundleWork[]): number {
  const all = works.flatMap((work) => work.pictures ?? []);
  return new Set(all.filter(({ file }) => file !== undefined).map(({ url }) => url)).size;
}

export function missingOf(work: BundleWork): MissingPicture[] {
  return (work.pictures ?? []).flatMap(({ url, chapter, missing }) => {
    const entry = work.chapters[chapter - 1]?.entry;
    return missing === undefined || entry === undefined
      ? []
      : [{ work: work.slug, title: work.title, entry, url, why: missing }];
  });
}
