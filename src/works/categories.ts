/** The archive's categories, from words that say them outright, else from the genders of known pairs. */
import type { Config } from '../config.js';
import type { Evidence, Header } from '../model.js';
import type { EntryTag } from './entryTags.js';
import type { NamedPairing } from './pairings.js';
import { Vocabulary } from './vocabulary.js';
import { keyOf } from './words.js';

export interface CategoriesRead {
  categories: string[];
  evidence?: Evidence;
}

interface Said {
  text: string;
  from: Evidence['from'];
}

export function readCategories(
  fic: { header: Header; pairings: readonly NamedPairing[]; tags: readonly EntryTag[]; subject?: string },
  config: Config,
): CategoriesRead {
  const vocabulary = Vocabulary.of(config);
  const found = new Map<string, Said>();
  for (const said of sayings(fic, config)) {
    for (const item of itemsOf(said.text)) {
      const category = vocabulary.category(item);
      if (category && !found.has(category)) found.set(category, { text: item, from: said.from });
    }
  }
  const [first] = found.values();
  if (first) {
    const raw = [...found.values()].map(({ text }) => text).join(', ');
    return { categories: inOrder([...found.keys()], config), evidence: { from: first.from, raw } };
  }
  return inferred(fic.pairings, config, vocabulary);
}

/** Everywhere a category may be named by itself, the header first. */
function* sayings(
  fic: { header: Header; tags: readonly EntryTag[]; subject?: string },
  config: Config,
): Generator<Said> {
  const labels = new Set(config.categoryLabels.map(keyOf));
  for (const { label, value } of fic.header.other ?? [])
    if (labels.has(keyOf(label))) yield { text: value, from: 'header' };
  for (const genre of fic.header.genres ?? []) yield { text: genre, from: 'header' };
  // "Warnings: slash, language" was as common as a label of its own.
  if (fic.header.warnings) yield { text: fic.header.warnings, from: 'header' };
  for (const bracket of bracketsOf(fic.subject ?? '')) yield { text: bracket, from: 'subject' };
  for (const { prefix, field, value } of fic.tags) {
    if (prefix === undefined || field === 'genres' || field === 'warnings' || labels.has(prefix))
      yield { text: value, from: 'tag' };
  }
}

/** "FIC: Title (Kirk/Spock, PG-13, gen)" → ["Kirk/Spock, PG-13, gen"]. */
function bracketsOf(subject: string): string[] {
  return [...subject.matchAll(/[([]([^()[\]]*)[)\]]/g)].map(([, inside]) => inside as string);
}

/** Whole, then by commas, then by slashes: "M/M" is one word, "slash/angst" is two. */
function itemsOf(text: string): string[] {
  const pieces = text.split(/[,;|.\n]/).flatMap((piece) => piece.split(/\s+[-–—&]\s+/));
  return [text, ...pieces, ...pieces.flatMap((piece) => (piece.includes('/') ? piece.split('/') : []))].filter((item) =>
    item.trim(),
  );
}

/** Pairs whose members' genders the vocabulary knows; more than two members are "Multi". */
function inferred(pairings: readonly NamedPairing[], config: Config, vocabulary: Vocabulary): CategoriesRead {
  const romantic = pairings.filter((pairing) => pairing.romantic && pairing.members.length > 1);
  const found = romantic.flatMap((pairing) => {
    const genders = pairing.members.map(({ name }) => vocabulary.gender(name));
    if (genders.includes(undefined)) return [];
    return [{ pairing, category: pairing.members.length > 2 ? 'Multi' : categoryOf(genders as string[]) }];
  });
  if (found.length === 0) return { categories: [] };
  const categories = inOrder([...new Set(found.map(({ category }) => category))], config);
  return { categories, evidence: { from: 'inferred', raw: found.map(({ pairing }) => pairing.name).join(', ') } };
}

function categoryOf(genders: string[]): string {
  const women = genders.filter((gender) => gender === 'f').length;
  return ['M/M', 'F/M', 'F/F'][women] as string;
}

function inOrder(categories: string[], { archive }: Pick<Config, 'archive'>): string[] {
  return archive.categories.filter((category) => categories.includes(category));
}
