/** `--by-author`: a bundle for each author of a community, to be given to her. */
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Story, writeBundle } from '../bundle/index.js';
import { today } from '../common/today.js';
import { storedPicture, type Vault } from '../crawl/index.js';
import { asDiskError } from '../errors.js';
import type { EntryKey, Work } from '../model.js';
import { personKey } from '../people/index.js';
import { newTags, Slugs } from '../works/index.js';
import type { Tell } from './outcome.js';
import { byAuthorFolder, type Run, VERSION } from './run.js';

export interface ByAuthorOptions {
  journal: string;
  works: readonly Work[];
  storyOf: (key: EntryKey) => Promise<Story>;
  vault: Vault;
}

/**
 * Each holds the works of one author, those written with others too, and nothing of what was left out: that is others' business. The folder
 * is written beside the old one and swapped in.
 * @throws FicferryError DISK
 */
export async function writeByAuthor(
  run: Run,
  { journal, works, storyOf, vault }: ByAuthorOptions,
  tell: Tell,
): Promise<{ folder: string; bundles: number }> {
  const { config } = run;
  const folder = byAuthorFolder(run, journal);
  const [part, old] = [`${folder}.part`, `${folder}.old`];
  const authors = worksByAuthor(works);
  const slugs = new Slugs(config);
  try {
    // A run that died left these; all that was in them can be made again, and is about to be.
    for (const path of [part, old]) await rm(path, { recursive: true, force: true });
    await mkdir(part, { recursive: true });
    for (const [index, { author, own }] of authors.entries()) {
      const place = join(part, `${slugs.next(author, `author-${index + 1}`)}-bundle`);
      await writeBundle({
        folder: place,
        zip: `${place}.zip`,
        journal,
        works: own,
        leftOut: [],
        newTags: newTags(
          own.filter((work) => !work.onArchive),
          config,
        ),
        storyOf,
        ...(run.options.images && {
          pictureOf: (address, restricted) => storedPicture(vault, address, restricted, config.images),
        }),
        config,
        version: VERSION,
        today: today(),
      });
      tell({ type: 'packing', done: index + 1, total: authors.length });
    }
    await rename(folder, old).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    await rename(part, folder);
    await rm(old, { recursive: true, force: true });
    return { folder, bundles: authors.length };
  } catch (error) {
    throw asDiskError(error, folder);
  }
}

/** In the order of each author's first work. */
function worksByAuthor(works: readonly Work[]): { author: string; own: Work[] }[] {
  const found = new Map<string, { author: string; own: Work[] }>();
  for (const work of works) {
    for (const author of work.authors) {
      const known = found.get(personKey(author)) ?? { author, own: [] };
      found.set(personKey(author), known);
      if (!known.own.includes(work)) known.own.push(work);
    }
  }
  return [...found.values()];
}
