/** A fic's facts in the archive's words. Pure, and honest: what isn't known is asked or left empty, never guessed. */
import type { Config } from '../config.js';
import { ratingOf } from '../fic/index.js';
import type { Archive, Entry, Evidence, EvidenceByField, Fic, Question } from '../model.js';
import { readCategories } from './categories.js';
import type { Rules } from './decisions.js';
import { type EntryTag, readTags, tagged } from './entryTags.js';
import { type FandomsRead, readFandoms } from './fandoms.js';
import {
  completeName,
  completePairing,
  membersOf,
  type NamedCharacter,
  type NamedPairing,
  type NameSources,
  type WrittenName,
} from './pairings.js';
import { readAdditionalTags } from './tags.js';
import { Vocabulary } from './vocabulary.js';
import { readWarnings } from './warnings.js';
import { distinct, keyOf, quoted } from './words.js';

export interface ArchiveWords {
  archive: Archive;
  /**
   * The fic's own evidence and what was added: under the field's own name where only the archive has the field or the
   * header had nothing for it, else under `archive.FIELD` where the archive's words rest on more than the header's
   * ("Mark → Mark Sloan (character: mark sloan)").
   */
  evidence: EvidenceByField;
  questions: Question[];
}

/** The entry's facts that count beside the header. */
export type EntryFacts = Pick<Entry, 'tags'> & Partial<Pick<Entry, 'subject'>>;

/**
 * Says a fic's header in the archive's words, names completed from the author's rules, from the full names she wrote
 * (character list, tags) and from the vocabulary given the fandom.
 * @param elsewhere her full names in other fics of these fandoms, for first names that none of those complete
 */
export function inArchiveWords(
  fic: Pick<Fic, 'header' | 'evidence'>,
  entry: EntryFacts,
  config: Config,
  rules: Rules = {},
  elsewhere: (fandoms: readonly string[]) => readonly WrittenName[] = () => [],
): ArchiveWords {
  const tags = readTags(entry.tags, config);
  const notes = new Notes(fic.evidence);
  const fandoms = readFandoms(fic.header, tags, rules, config);
  const sources = { ...nameSources(fic, tags, fandoms, rules, config), elsewhere: elsewhere(fandoms.fandoms) };
  const pairings = readPairings(fic, tags, sources);
  const characters = readCharacters(fic, tags, pairings, sources);
  const warnings = readWarnings(fic.header.warnings, labelsOf(fic, tags), config);
  const categories = readCategories(
    { header: fic.header, pairings, tags, ...(entry.subject && { subject: entry.subject }) },
    config,
  );
  const additional = readAdditionalTags(fic.header, tags, rules, config);
  const rating = readRating(fic.header.rating, config);

  notes.add('fandoms', fandoms.evidence);
  notes.ask(...fandoms.questions, ...rating.questions, ...warnings.questions);
  noteNames(notes, 'relationships', pairings);
  noteNames(notes, 'characters', characters);
  askForNames(notes, pairings, characters);
  if (warnings.raw !== undefined) notes.add('warnings', { from: 'inferred', raw: warnings.raw });
  notes.add('categories', categories.evidence);
  notes.add('additionalTags', additional.evidence);
  notes.ask(...additional.questions);

  const clean = (names: readonly string[]) =>
    distinct(names.map((name) => withoutForbidden(name, config)).filter((name) => name));
  return {
    archive: {
      rating: rating.rating,
      warnings: warnings.warnings,
      categories: categories.categories,
      fandoms: clean(fandoms.fandoms),
      relationships: clean(pairings.filter(({ lone }) => !lone).map(({ name }) => name)),
      characters: clean(characters.map(({ name }) => name)),
      additionalTags: clean(additional.additionalTags),
    },
    evidence: notes.evidence,
    questions: notes.questions,
  };
}

type FicWords = Pick<Fic, 'header' | 'evidence'>;

function nameSources(
  fic: FicWords,
  tags: EntryTag[],
  fandoms: FandomsRead,
  rules: Rules,
  config: Config,
): Omit<NameSources, 'elsewhere'> {
  return {
    rules: new Map(Object.entries(rules.names ?? {}).map(([word, name]) => [keyOf(word), name])),
    written: fullNames(fic, tags),
    vocabulary: Vocabulary.of(config),
    fandoms: fandoms.known,
    smallWords: config.smallWords,
  };
}

/** Every name of more than one word that the author wrote, the header's first since they have capitals. */
function fullNames({ header }: FicWords, tags: EntryTag[]): WrittenName[] {
  const written: WrittenName[] = [
    ...(header.characters ?? []).map((name) => ({ name, raw: name, source: 'header' as const })),
    ...(header.relationships ?? []).flatMap((raw) =>
      membersOf(raw).map((name) => ({ name, raw, source: 'header' as const })),
    ),
    ...tagged(tags, 'characters').map(({ value, raw }) => ({ name: value, raw, source: 'tag' as const })),
    ...tagged(tags, 'relationships').flatMap(({ value, raw }) =>
      membersOf(value).map((name) => ({ name, raw, source: 'tag' as const })),
    ),
  ];
  return written.filter(({ name }) => keyOf(name).includes(' '));
}

/** The header's pairings; tags add only such as are known through and through. */
function readPairings({ header }: FicWords, tags: EntryTag[], sources: NameSources): NamedPairing[] {
  const own = (header.relationships ?? []).map((written) => completePairing(written, sources));
  const fromTags = tagged(tags, 'relationships').map(({ value }) => completePairing(value, sources));
  const pairs = new Map<string, NamedPairing>();
  for (const pairing of [...own, ...fromTags.filter(({ known }) => known)]) {
    const key = pairing.opaque
      ? keyOf(pairing.name)
      : pairing.members
          .map(({ name }) => keyOf(name))
          .sort()
          .join(pairing.romantic ? '/' : '&');
    if (!pairs.has(key)) pairs.set(key, pairing);
  }
  return [...pairs.values()];
}

/** The header's characters, then the pairings' members, then what tags name and the vocabulary or a full name confirms. */
function readCharacters(
  { header }: FicWords,
  tags: EntryTag[],
  pairings: NamedPairing[],
  sources: NameSources,
): NamedCharacter[] {
  const own = (header.characters ?? []).map((written) => completeName(written, sources));
  const members = pairings.flatMap((pairing) =>
    pairing.members.map((member) => ({
      ...member,
      from: member.from ?? { source: 'inferred' as const, raw: pairing.name },
    })),
  );
  const fromTags = tagged(tags, 'characters')
    .map(({ value, raw }) => ({ ...completeName(value, sources), from: { source: 'tag' as const, raw } }))
    .filter(({ name, known }) => known || keyOf(name).includes(' '));
  const seen = new Map<string, NamedCharacter>();
  for (const character of [...own, ...members, ...fromTags]) {
    const key = keyOf(character.name);
    if (!seen.has(key)) seen.set(key, character);
  }
  return [...seen.values()];
}

function labelsOf({ header }: FicWords, tags: EntryTag[]): string[] {
  const values = tags.filter(({ prefix, field }) => prefix === undefined || field === 'warnings' || field === 'genres');
  return [...(header.genres ?? []), ...values.map(({ value }) => value)];
}

function readRating(written: string | undefined, config: Config): { rating: string; questions: Question[] } {
  const unrated = config.archive.ratings[0] as string;
  if (written === undefined) return { rating: unrated, questions: [] };
  const rating = ratingOf(written, config.ratings);
  if (rating !== undefined) return { rating, questions: [] };
  return {
    rating: unrated,
    questions: [{ field: 'rating', text: `Which of the archive's ratings is ${quoted([written])}?` }],
  };
}

function noteNames(notes: Notes, field: string, names: readonly Pick<NamedCharacter, 'from'>[]): void {
  const changes = names.flatMap(({ from }) => from ?? []);
  const [first] = changes;
  if (first)
    notes.add(field, {
      from: first.source,
      raw: distinct(
        changes.map(({ raw }) => raw),
        (raw) => raw,
      ).join('; '),
    });
}

function askForNames(notes: Notes, pairings: NamedPairing[], characters: NamedCharacter[]): void {
  for (const { opaque, name } of pairings)
    if (opaque) notes.ask({ field: 'relationships', text: `Who is meant by the pairing ${quoted([name])}?` });
  for (const { name, candidates } of characters) {
    if (candidates) notes.ask({ field: 'characters', text: `Who is ${quoted([name])}: ${quoted(candidates, 'or')}?` });
  }
}

/** Names may hold none of the characters that the archive splits tags at or refuses. */
function withoutForbidden(name: string, { archive }: Pick<Config, 'archive'>): string {
  return [...name]
    .map((letter) => (archive.tagForbidden.includes(letter) ? ' ' : letter))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Evidence and questions as they come up. */
class Notes {
  readonly evidence: EvidenceByField;
  readonly questions: Question[] = [];

  constructor(evidence: EvidenceByField) {
    this.evidence = { ...evidence };
  }

  add(field: string, evidence: Evidence | undefined): void {
    if (!evidence) return;
    const key = this.evidence[field] ? `archive.${field}` : field;
    this.evidence[key] = evidence;
  }

  ask(...questions: Question[]): void {
    for (const question of questions)
      if (!this.questions.some(({ text }) => text === question.text)) this.questions.push(question);
  }
}
