import type { LabelsFile } from '../config/labels.js';
import type { RatingsFile } from '../config/ratings.js';
import type { TextFile } from '../config/text.js';
import type { VocabularyFile } from '../config/vocabulary.js';
import type { HeaderField } from '../model.js';
import { ratingTable } from './ratings.js';
import { gapsOf, nearest } from './spelling.js';
import { keyOf } from './words.js';

/** The part of the config that reading a header needs. */
export type FicConfig = LabelsFile & RatingsFile & TextFile & Pick<VocabularyFile, 'fandoms' | 'articles'>;

/** What a label's words mean. `fields` is empty for a label that is known and only kept as `other`. */
export interface Meaning {
  fields: HeaderField[];
  /** Of what it speaks: "series summary" is the work's, "chapter summary" the part's. */
  scope?: 'work' | 'part';
  /** The label is one of those only recommendations, requests and lists have. */
  notFic?: boolean;
  /** Not all of its words are known: "Warnings/Enticements". */
  loose?: true;
}

type WordSet = ReadonlySet<string>;

/** The config's words, ready to be looked up by key. */
export interface Lexicon {
  labels: ReadonlyMap<string, HeaderField>;
  others: WordSet;
  qualifiers: WordSet;
  scopes: { work: WordSet; part: WordSet };
  tagPrefixes: ReadonlyMap<string, HeaderField>;
  subjectPrefixes: WordSet;
  subjectNoise: WordSet;
  none: WordSet;
  complete: WordSet;
  inProgress: WordSet;
  part: WordSet;
  of: WordSet;
  namedParts: WordSet;
  numbers: ReadonlyMap<string, number>;
  wordUnits: WordSet;
  otherUnits: WordSet;
  remarks: WordSet;
  thanks: WordSet;
  genres: WordSet;
  categories: WordSet;
  by: WordSet;
  and: WordSet;
  spoilers: WordSet;
  thousands: WordSet;
  ofOthers: WordSet;
  particles: WordSet;
  articles: WordSet;
  fandoms: WordSet;
  ratings: ReadonlyMap<string, string>;
  navigation: { leads: WordSet; fillers: WordSet };
  ownLabels: WordSet;
  notFic: {
    tagPrefixes: WordSet;
    labels: WordSet;
    words: WordSet;
    notices: WordSet;
    moderation: WordSet;
    lists: WordSet;
    placeholders: WordSet;
  };
  meanings: Map<string, Meaning | undefined>;
  /** Label words by themselves with one letter left out, for misspelt ones. */
  gaps: ReadonlyMap<string, readonly string[]>;
}

const made = new WeakMap<object, Lexicon>();

/** The lexicon of a config, made once for each. */
export function lexiconOf(config: FicConfig): Lexicon {
  let lexicon = made.get(config);
  if (!lexicon) {
    lexicon = makeLexicon(config);
    made.set(config, lexicon);
  }
  return lexicon;
}

/** A misspelt word of so many letters is hardly another one. */
const LONG_WORD = 6;

function makeLexicon(config: FicConfig): Lexicon {
  return {
    labels: fieldMap(config.labels),
    others: keys(config.otherLabels),
    qualifiers: keys(config.qualifiers),
    scopes: { work: keys(config.scopes.work), part: keys(config.scopes.part) },
    tagPrefixes: fieldMap(config.tagPrefixes),
    subjectPrefixes: keys(config.subjectPrefixes),
    subjectNoise: keys(config.subjectNoise),
    none: keys(config.none),
    complete: keys(config.status.complete),
    inProgress: keys(config.status['in-progress']),
    part: keys(config.parts.part),
    of: keys(config.parts.of),
    namedParts: keys(config.parts.named),
    numbers: numberMap(config.numbers),
    wordUnits: keys(config.wordUnits),
    otherUnits: keys(config.otherUnits),
    remarks: keys(config.pairingRemarks),
    thanks: keys(config.thanks),
    genres: keys(config.genreWords),
    categories: keys(config.categoryWords),
    by: keys(config.by),
    and: keys(config.and),
    spoilers: keys(config.spoilerWords),
    thousands: keys(config.thousands),
    ofOthers: keys(config.ofOthers),
    particles: keys(config.particles),
    articles: keys(config.articles),
    fandoms: fandomKeys([
      ...config.fandomNames,
      ...Object.entries(config.fandoms).flatMap(([name, { also }]) => [name, ...also]),
    ]),
    ratings: ratingTable(config.ratings),
    navigation: { leads: keys(config.navigation.leads), fillers: keys(config.navigation.fillers) },
    ownLabels: keys(config.ownLabels),
    notFic: {
      tagPrefixes: keys(config.notFic.tagPrefixes),
      labels: keys(config.notFic.labels),
      words: keys(config.notFic.words),
      notices: keys(config.notFic.notices),
      moderation: keys(config.notFic.moderation),
      lists: keys(config.notFic.lists),
      placeholders: keys(config.notFic.placeholders),
    },
    meanings: new Map(),
    gaps: gapsOf(
      Object.values(config.labels)
        // Of words as short as "title" only a list's first, which is the one in common use: "codes" is no "cotes".
        .flatMap((words) => words.filter((word, at) => at === 0 || word.length >= LONG_WORD))
        .map(keyOf)
        .flatMap((word) => (word.endsWith('s') ? [word] : [word, `${word}s`])),
    ),
  };
}

/** Names in full, with "&" for "and", and without the article in front. */
function fandomKeys(names: readonly string[]): Set<string> {
  return keys(names.flatMap((name) => [name, name.replace(/ and /gi, ' & '), name.replace(/^the (?=\S+ \S)/i, '')]));
}

function keys(words: readonly string[]): Set<string> {
  return new Set(words.map(keyOf));
}

function fieldMap(table: Partial<Record<HeaderField, string[]>>): Map<string, HeaderField> {
  const map = new Map<string, HeaderField>();
  for (const [field, words] of Object.entries(table)) {
    for (const word of words) {
      const key = keyOf(word);
      if (!map.has(key)) map.set(key, field as HeaderField);
    }
  }
  return map;
}

function numberMap(table: Record<string, string[]>): Map<string, number> {
  const map = new Map<string, number>();
  for (const words of Object.values(table)) {
    for (const [value, word] of words.entries()) if (!map.has(keyOf(word))) map.set(keyOf(word), value);
  }
  return map;
}

/** The longest label anybody writes with known words; longer text before a colon is a sentence. */
const MOST_WORDS = 6;
/** More labels than this are not remembered, so that a long story can't fill the memory with its own words. */
const MOST_REMEMBERED = 20_000;

/**
 * What a label means: "Author's Notes" → notes, "Character(s)/Pairing" → both, "Chapter Summary" → summary of the part.
 * Undefined for words that are no known label.
 */
export function meaningOf(label: string, lexicon: Lexicon): Meaning | undefined {
  const key = keyOf(label);
  if (key === '') return undefined;
  if (lexicon.meanings.has(key)) return lexicon.meanings.get(key);
  // A joint parts a label before its qualifiers are looked at: "Title & Author" is no "author's title".
  const meaning =
    lookUp(key, lexicon) ??
    (speaksOfOthers(key, lexicon) ? { fields: [] } : (compositeMeaning(label, lexicon) ?? plainMeaning(key, lexicon)));
  if (lexicon.meanings.size < MOST_REMEMBERED) lexicon.meanings.set(key, meaning);
  return meaning;
}

/** "Title, Author and URL of original story" is none of this story's. */
function speaksOfOthers(key: string, lexicon: Lexicon): boolean {
  const words = key.split(/[ /+]/);
  return words.length > 1 && words.some((word) => lexicon.ofOthers.has(word));
}

/**
 * What a label means that no list holds: misspelt by one letter ("Summery", "Disclamier"), or a known word among others
 * ("Copyright disclaimer", "Warnings and such"). To be asked only among other labels.
 */
export function looseMeaning(label: string, lexicon: Lexicon): Meaning | undefined {
  const key = keyOf(label);
  const word = nearest(key, lexicon.gaps);
  return word === undefined ? headMeaning(key.split(' '), lexicon) : lookUp(word, lexicon);
}

/** Whether a label is one letter from a known one. */
export function isSlip(label: string, lexicon: Lexicon): boolean {
  return nearest(keyOf(label), lexicon.gaps) !== undefined;
}

/** Fields that the first or last word of an unknown label tells; "Chapter art" and "Author's cat" tell none. */
const HEADS: ReadonlySet<HeaderField> = new Set([
  'disclaimer',
  'warnings',
  'notes',
  'summary',
  'rating',
  'relationships',
  'characters',
  'spoilers',
  'genres',
  'wordCount',
  'prompt',
  'betas',
]);
const MOST_HEAD_WORDS = 4;
const SHORTEST_HEAD = 4;
const PLAIN_HEAD = 9;

function headMeaning(words: readonly string[], lexicon: Lexicon): Meaning | undefined {
  if (words.length < 2 || words.length > MOST_HEAD_WORDS) return undefined;
  // At either end, or anywhere where the word is long enough to be no other: "Standard disclaimer of doom".
  const long = words.slice(1, -1).filter((word) => word.length >= PLAIN_HEAD);
  for (const word of [words[words.length - 1] as string, words[0] as string, ...long]) {
    const meaning = word.length < SHORTEST_HEAD ? undefined : lookUp(word, lexicon);
    if (meaning?.fields.length === 1 && HEADS.has(meaning.fields[0] as HeaderField)) return meaning;
  }
  return undefined;
}

function plainMeaning(key: string, lexicon: Lexicon): Meaning | undefined {
  const exact = lookUp(key, lexicon);
  if (exact) return exact;
  const tokens = key.split(' ');
  if (tokens.length > MOST_WORDS) return undefined;
  let scope: Meaning['scope'];
  let [from, to] = [0, tokens.length];
  while (from < to - 1) {
    const token = tokens[from] as string;
    const isPart = lexicon.scopes.part.has(token);
    if (isPart || lexicon.scopes.work.has(token)) scope = isPart ? 'part' : (scope ?? 'work');
    else if (!lexicon.qualifiers.has(token)) break;
    from++;
    const meaning = lookUp(tokens.slice(from, to).join(' '), lexicon);
    if (meaning) return scope ? { ...meaning, scope } : meaning;
  }
  // From the right with the left end whole ("notes part deux"), then with it stripped ("my notes part 2", "Résumé du chapitre").
  for (const start of new Set([0, from])) {
    let tail: Meaning['scope'];
    for (to = tokens.length; to > start + 1; ) {
      const token = tokens[--to] as string;
      if (lexicon.scopes.part.has(token)) tail = 'part';
      else if (lexicon.scopes.work.has(token)) tail ??= 'work';
      else if (!lexicon.qualifiers.has(token)) break;
      const meaning = lookUp(tokens.slice(start, to).join(' '), lexicon);
      if (meaning) return tail && meaning.fields.length > 0 ? { ...meaning, scope: tail } : meaning;
    }
  }
  return undefined;
}

/** Whether a list of labels has just these words. */
export function isLabel(words: string, lexicon: Lexicon): boolean {
  return lookUp(keyOf(words), lexicon) !== undefined;
}

/** "P" is no "PS". */
const SHORTEST_PLURAL = 3;

function lookUp(key: string, lexicon: Lexicon): Meaning | undefined {
  if (lexicon.notFic.labels.has(key)) {
    const field = lexicon.labels.get(key);
    return { fields: field ? [field] : [], notFic: true };
  }
  for (const form of key.length < SHORTEST_PLURAL ? [key] : [key, `${key}s`, key.replace(/s$/, '')]) {
    const field = lexicon.labels.get(form);
    if (field) return { fields: [field] };
  }
  return lexicon.others.has(key) || lexicon.others.has(key.replace(/s$/, '')) ? { fields: [] } : undefined;
}

/** "Word Count/Rating", "Notes and Warnings", "Warnings, Spoilers": each piece has to be known, or the first and half of them. */
function compositeMeaning(label: string, lexicon: Lexicon): Meaning | undefined {
  const words = label.split(' ').map((word) => (lexicon.and.has(keyOf(word)) ? '/' : word));
  const pieces = words
    .join(' ')
    .split(/[/&+,|]/)
    .map(keyOf)
    .filter((piece) => piece !== '');
  if (pieces.length < 2 || pieces.length > 5 || pieces.some((piece) => !/\p{L}/u.test(piece))) return undefined;
  const meanings = pieces.map((piece) => plainMeaning(piece, lexicon));
  const known = meanings.filter((meaning) => meaning !== undefined);
  // "Warnings/Enticements": what is not known goes with what stands before it. "Unbetaed, because I am late" is a sentence.
  const isLoose = meanings[0] && known.length * 2 >= pieces.length && !/[,|]/.test(label) && words.join(' ') === label;
  if (known.length < pieces.length && !isLoose) return undefined;
  const scope = known.find((meaning) => meaning.scope)?.scope;
  const fields = [...new Set(known.flatMap((meaning) => meaning.fields))];
  const loose = known.length < pieces.length ? { loose: true as const } : {};
  return { fields, ...(scope ? { scope } : {}), ...loose };
}
