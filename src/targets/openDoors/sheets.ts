/** The two spreadsheets of the archivists: the tags for their wranglers, and the authors with their stories. */
import type { BundleWork } from '../../bundle/index.js';
import { BYTE_ORDER_MARK, csvText } from '../../common/csv.js';
import { TagType } from '../../config/vocabulary.js';
import { withheldText } from '../../people/index.js';
import type { Source } from '../target.js';
import { plainly } from './fit.js';

type Told = Pick<Source, 'bundle' | 'people' | 'archive'>;

interface Tag {
  type: TagType;
  tag: string;
  /** As authors wrote it. */
  written: Set<string>;
  fandoms: Set<string>;
  /** Of works that have this relationship alone. */
  categories: Set<string>;
}

/**
 * A line for each tag as the tables have it, with how authors wrote it. Where the vocabulary knows it, it is recommended as it is; the others
 * are the wranglers'.
 */
export function tagSheet({ bundle, archive }: Told): string {
  const { tagSheet: columns, types } = archive.openDoors;
  const open: Record<string, readonly string[]> = bundle.newTags as unknown as Record<string, readonly string[]>;
  const rows = tagsOf(bundle.works).map(
    ({ type, tag, written, fandoms, categories }, index): Record<keyof typeof columns, string> => {
      const isKnown = !(open[type] ?? []).includes(tag);
      return {
        id: String(index + 1),
        tag,
        type: types[type][0] as string,
        parent: '',
        description: written.size > 0 ? `written: ${[...written].join('; ')}` : '',
        fandom: [...fandoms].join(', '),
        recommended: isKnown ? tag : '',
        recommendedType: isKnown ? (types[type][0] as string) : '',
        category: categories.size === 1 ? ([...categories][0] as string) : '',
        notes: '',
        used: 'yes',
      };
    },
  );
  return sheet(columns, rows);
}

/** Of works that may be told of, by type and then in the order in which works have them. */
function tagsOf(works: readonly BundleWork[]): Tag[] {
  const found = new Map<string, Tag>();
  for (const type of TagType.options) {
    for (const work of works) {
      if (work.restricted || work.withheld?.why === 'refused') continue;
      const { archive } = work;
      const tags = [archive[type]].flat();
      const words = writtenAs(work, type);
      for (const [index, tag] of tags.entries()) {
        const key = `${type}\n${tag}`;
        const known = found.get(key) ?? { type, tag, written: new Set(), fandoms: new Set(), categories: new Set() };
        found.set(key, known);
        // only where each word has become one tag is it plain which
        const word = words.length === tags.length ? words[index] : undefined;
        if (word !== undefined && word !== tag) known.written.add(word);
        if (type === 'relationships' || type === 'characters' || type === 'additionalTags')
          for (const fandom of archive.fandoms) known.fandoms.add(fandom);
        if (type === 'relationships' && tags.length === 1) known.categories.add(archive.categories.join(', '));
      }
    }
  }
  return [...found.values()];
}

function writtenAs({ header }: BundleWork, type: TagType): readonly string[] {
  if (type === 'additionalTags') return header.genres ?? [];
  if (type === 'rating') return header.rating === undefined ? [] : [header.rating];
  if (type === 'warnings') return header.warnings === undefined ? [] : [header.warnings];
  return type === 'categories' ? [] : (header[type] ?? []);
}

/** A line for each author of each work, with what is known of both on the archive. */
export function storySheet(told: Told, idOf: (work: BundleWork) => number | undefined): string {
  const { bundle, archive } = told;
  const columns = archive.openDoors.storySheet;
  const rows = bundle.works.flatMap((work) => {
    const id = idOf(work);
    if (id === undefined) return [];
    const authors = work.authors.length > 0 ? work.authors : [''];
    return authors.map((author) => storyLine(work, id, author, told));
  });
  return sheet(columns, rows);
}

function storyLine(
  work: BundleWork,
  id: number,
  author: string,
  { people }: Told,
): Record<keyof Source['archive']['openDoors']['storySheet'], string> {
  const { title, summary, onArchive, withheld } = work;
  const person = people.of(author);
  const notes = [withheld ? withheldText(withheld) : '', onArchive?.draft ? 'a draft there' : '', person?.note ?? ''];
  return {
    id: String(id),
    title,
    summary: withheld?.why === 'refused' ? '' : (summary ?? ''),
    creator: author,
    email: person?.email ?? '',
    newEmail: '',
    account: person?.archiveName ?? '',
    searched: onArchive ? 'found' : '',
    onArchive: onArchive ? 'yes' : '',
    status: onArchive?.how === 'push' ? 'imported' : withheld ? 'do not import' : '',
    importer: '',
    date: '',
    link: onArchive?.url ?? '',
    notes: notes.filter(Boolean).join('; '),
  };
}

function sheet<Key extends string>(columns: Record<Key, string>, rows: readonly Record<Key, string>[]): string {
  const keys = Object.keys(columns) as Key[];
  const cells = rows.map((row) => keys.map((key) => plainly(row[key])));
  return BYTE_ORDER_MARK + csvText(Object.values(columns), cells);
}
