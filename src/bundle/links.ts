/** Links from chapter to chapter, for those who keep the bundle: the journal that they led through may be gone. */
import type { EntryKey } from '../model.js';
import type { BundleWork } from './format.js';
import type { Story } from './limits.js';

interface Place {
  work: BundleWork;
  /** From 0. */
  index: number;
}

/** A link's new address, or undefined where it stays as it is. */
export type LinkTo = (href: string) => string | undefined;

export class ChapterLinks {
  readonly #places = new Map<EntryKey, Place>();

  constructor(works: readonly BundleWork[]) {
    for (const work of works) {
      for (const [index, { entry, piece }] of work.chapters.entries()) {
        // a link to a post that was split leads to its beginning
        if ((piece?.number ?? 1) === 1) this.#places.set(entry, { work, index });
      }
    }
  }

  /** Between the files of `works/`: `02.md`, `../other-work/01.md`. */
  inMarkdown(from: BundleWork, story: Story): LinkTo {
    return this.#to(from, story, ({ work, index }) => {
      const file = (work.chapters[index] as BundleWork['chapters'][number]).markdown.split('/').at(-1) as string;
      return work === from ? file : `../${work.slug}/${file}`;
    });
  }

  /** Between the pages of `sheet/`: `#c2`, `other-work.html#c1`. */
  inSheet(from: BundleWork, story: Story): LinkTo {
    return this.#to(
      from,
      story,
      ({ work, index }) => `${work === from ? '' : `${work.slug}.html`}#${chapterAnchor(index)}`,
    );
  }

  /** A work for everybody says nothing of one that the journal shows to some, and its file's name would. */
  #to(from: BundleWork, { leadsTo }: Story, write: (place: Place) => string): LinkTo {
    return (href) => {
      const key = leadsTo?.(href);
      const place = key === undefined ? undefined : this.#places.get(key);
      return place && (from.restricted || !place.work.restricted) ? write(place) : undefined;
    };
  }
}

/** Where chapter `index` (from 0) begins on its work's sheet. */
export function chapterAnchor(index: number): string {
  return `c${index + 1}`;
}
