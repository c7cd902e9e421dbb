/** Names to choose from while typing: the vocabulary's, and those of this journal. Pure. */
import type { Config } from '../config.js';
import type { Work } from '../model.js';
import { keyOf, Vocabulary } from '../works/index.js';

/** So many names are suggested at once. */
const MOST = 12;

export interface Asked {
  field: string;
  text: string;
  /** Of the work, as they stand there. */
  fandoms: readonly string[];
}

/** A name, and the keys of its other forms. */
interface Name {
  name: string;
  keys: readonly string[];
}

/** Best first: what begins so before what holds a word that begins so, and names of this journal before others. */
export function suggest({ field, text, fandoms }: Asked, works: readonly Work[], config: Config): string[] {
  const [, before = '', last = text] = (field === 'relationships' && /^(.*[/&]\s*)([^/&]*)$/.exec(text)) || [];
  const own = ownNames(field, works);
  const wanted = keyOf(last);
  if (before === '') return best([own, namesOf(field, fandoms, config)], wanted);
  const whole = best([own, namesOf(field, fandoms, config)], keyOf(text));
  const people = best([ownNames('characters', works), namesOf('characters', fandoms, config)], wanted);
  return distinct([...whole, ...people.map((name) => before + name)]).slice(0, MOST);
}

function best(pools: readonly (readonly Name[])[], wanted: string): string[] {
  const ranked = pools.flatMap((pool, at) =>
    pool.flatMap(({ name, keys }, index) => {
      const rank = wanted === '' ? (at === 0 ? 0 : 3) : Math.min(...keys.map((key) => rankOf(key, wanted)));
      return rank > 3 ? [] : [{ name, rank, at, index }];
    }),
  );
  ranked.sort((a, b) => a.rank - b.rank || a.at - b.at || a.index - b.index);
  return distinct(ranked.map(({ name }) => name)).slice(0, MOST);
}

/** 0 the same, 1 begins so, 2 a word of it does, 3 it is somewhere inside, 4 not at all. */
function rankOf(key: string, wanted: string): number {
  if (key === wanted) return 0;
  if (key.startsWith(wanted)) return 1;
  const at = key.indexOf(wanted);
  if (at < 0) return 4;
  return /(^|[ /&])$/.test(key.slice(0, at)) || key.includes(` ${wanted}`) || key.includes(`/${wanted}`) ? 2 : 3;
}

function distinct(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.filter((name) => !seen.has(keyOf(name)) && seen.add(keyOf(name)));
}

const OWN: Record<string, (work: Work) => readonly string[]> = {
  authors: ({ authors }) => authors,
  fandoms: ({ archive }) => archive.fandoms,
  relationships: ({ archive }) => archive.relationships,
  characters: ({ archive }) => archive.characters,
  additionalTags: ({ archive }) => archive.additionalTags,
  series: ({ series }) => (series ? [series.name] : []),
  recipient: ({ recipient }) => (recipient ? [recipient] : []),
};

/** The journal's names of a field, the commonest first. */
function ownNames(field: string, works: readonly Work[]): Name[] {
  const counts = new Map<string, number>();
  for (const name of works.flatMap((work) => OWN[field]?.(work) ?? [])) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => ({ name, keys: [keyOf(name)] }));
}

/** The vocabulary's names of a field; of characters and pairings those of these fandoms, or of all where none of them is known. */
function namesOf(field: string, fandoms: readonly string[], config: Config): readonly Name[] {
  const { names, byFandom } = listsOf(config);
  if (field !== 'characters' && field !== 'relationships') return names[field] ?? [];
  const known = fandoms.flatMap((fandom) => Vocabulary.of(config).fandom(fandom));
  const lists = known.length > 0 ? known.map((fandom) => byFandom.get(fandom)) : [...byFandom.values()];
  const any = field === 'characters' ? (names.anyCharacter ?? []) : [];
  return [...lists.flatMap((list) => list?.[field] ?? []), ...any];
}

interface Lists {
  names: Record<string, readonly Name[]>;
  byFandom: Map<string, { characters: readonly Name[]; relationships: readonly Name[] }>;
}

const made = new WeakMap<object, Lists>();

function listsOf(config: Config): Lists {
  const known = made.get(config);
  if (known) return known;
  const plain = (names: readonly string[]): Name[] => names.map((name) => ({ name, keys: [keyOf(name)] }));
  const listed = (names: Record<string, { also: string[] }>): Name[] =>
    Object.entries(names).map(([name, { also }]) => ({ name, keys: [name, ...also].map(keyOf) }));
  const { archive } = config;
  const lists: Lists = {
    names: {
      fandoms: listed(config.fandoms),
      additionalTags: listed(config.tags),
      anyCharacter: listed(config.anyFandom),
      rating: plain(archive.ratings),
      warnings: plain(archive.warnings),
      categories: plain(archive.categories),
      language: plain(languageCodes(config)),
    },
    byFandom: new Map(
      Object.entries(config.fandoms).map(([fandom, { characters, relationships }]) => [
        fandom,
        { characters: listed(characters), relationships: listed(relationships) },
      ]),
    ),
  };
  made.set(config, lists);
  return lists;
}

/** The archive's codes, sorted. */
export function languageCodes({ archive }: Pick<Config, 'archive'>): string[] {
  return [...new Set([...Object.values(archive.languages), ...Object.keys(archive.languageNames)])].sort();
}
