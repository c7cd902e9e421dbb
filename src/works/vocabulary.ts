/** Lookups in `config/vocabulary.yaml`, indexed once per config. */
import type { TagType } from '../config/vocabulary.js';
import type { Config } from '../config.js';
import { keyOf } from './words.js';

/** What of the config this needs; the whole `Config` fits. */
export type VocabularyConfig = Pick<Config, 'fandoms' | 'anyFandom' | 'tags' | 'categories'> &
  Partial<Pick<Config, 'wrangled'>>;

/** Key of a written form → the archive's names that it may mean. */
type Index = Map<string, Set<string>>;

interface FandomIndex {
  /** Characters as the archive spells them, and every `also`. */
  listed: Index;
  /** What follows from the spelling: first and last names, and the name without brackets, nickname or alias. */
  derived: Index;
  relationships: Index;
  /** The set of members of a listed relationship → its spelling. */
  pairs: Map<string, string>;
}

/** Kinds whose spellings are looked up. */
const KINDS: Partial<Record<TagType, 'fandom' | 'character' | 'relationship' | 'tag'>> = {
  fandoms: 'fandom',
  characters: 'character',
  relationships: 'relationship',
  additionalTags: 'tag',
};

export class Vocabulary {
  private readonly fandoms: Index = new Map();
  private readonly byFandom = new Map<string, FandomIndex>();
  private readonly anyFandom: FandomIndex;
  private readonly tagIndex: Index = new Map();
  private readonly categoryIndex: Index = new Map();
  private readonly spellings = {
    fandom: new Set<string>(),
    character: new Set<string>(),
    relationship: new Set<string>(),
    tag: new Set<string>(),
  };
  /** Undefined of namesakes who differ: Teddy Altman is a surgeon in one fandom and a hero in another. */
  private readonly genders = new Map<string, 'f' | 'm' | undefined>();

  private static readonly made = new WeakMap<object, Vocabulary>();

  /** The vocabulary of a config; made once for each. */
  static of(config: VocabularyConfig): Vocabulary {
    const known = Vocabulary.made.get(config);
    if (known) return known;
    const made = new Vocabulary(config);
    Vocabulary.made.set(config, made);
    return made;
  }

  private constructor(config: VocabularyConfig) {
    for (const [fandom, entry] of Object.entries(config.fandoms)) {
      for (const name of [fandom, plainName(fandom), ...entry.also]) put(this.fandoms, name, fandom);
      this.byFandom.set(fandom, indexFandom(entry));
      this.spellings.fandom.add(keyOf(fandom));
      this.learn('relationship', Object.keys(entry.relationships));
      this.learnCharacters(entry.characters);
    }
    this.anyFandom = indexFandom({ also: [], characters: config.anyFandom, relationships: {} }, false);
    this.learnCharacters(config.anyFandom);
    for (const [tag, { also }] of Object.entries(config.tags)) {
      for (const word of [tag, ...also]) put(this.tagIndex, word, tag);
    }
    this.learn('tag', Object.keys(config.tags));
    for (const { type, tag } of (config.wrangled ?? []).flatMap(({ to }) => to)) {
      const kind = KINDS[type];
      if (kind) this.spellings[kind].add(keyOf(tag));
    }
    for (const [category, words] of Object.entries(config.categories)) {
      for (const word of [category, ...words]) put(this.categoryIndex, word, category);
    }
  }

  private learnCharacters(characters: VocabularyConfig['anyFandom']): void {
    this.learn('character', Object.keys(characters));
    for (const [name, { gender }] of Object.entries(characters)) {
      if (gender) this.genders.set(name, this.genders.has(name) && this.gender(name) !== gender ? undefined : gender);
    }
  }

  private learn(kind: 'character' | 'relationship' | 'tag', names: readonly string[]): void {
    for (const name of names) for (const form of [name, plainName(name)]) this.spellings[kind].add(keyOf(form));
  }

  /** Fandoms that the words may name: none, one, or several ("Star Trek"). */
  fandom(text: string): string[] {
    return found(this.fandoms, text);
  }

  /** Characters of these fandoms that the words may name; listed forms before first and last names. */
  character(fandoms: readonly string[], text: string): string[] {
    return namesIn(this.indexes(fandoms), keyOf(text));
  }

  /** Relationships of these fandoms that the words may name: "McShep", "Kirk/Spock". */
  relationship(fandoms: readonly string[], text: string): string[] {
    const key = keyOf(text);
    return [...new Set(this.indexes(fandoms).flatMap((index) => at(index.relationships, key)))];
  }

  /** The archive's spelling of a romantic pairing of these members, where it is listed. */
  pair(fandoms: readonly string[], members: readonly string[]): string | undefined {
    const key = membersKey(members);
    for (const index of this.indexes(fandoms)) {
      const spelling = index.pairs.get(key);
      if (spelling) return spelling;
    }
    return undefined;
  }

  /** Fandoms that list this very relationship, for a fic that names no fandom. Initials and numbers say nothing by themselves. */
  fandomsOfRelationship(text: string): string[] {
    const key = keyOf(text);
    if (!/\p{L}{3}/u.test(key)) return [];
    return [...this.byFandom].filter(([, index]) => index.relationships.has(key)).map(([fandom]) => fandom);
  }

  /** Fandoms in which each of these names is one character's. */
  fandomsOfNames(names: readonly string[]): string[] {
    const keys = names.map(keyOf);
    return [...this.byFandom]
      .filter(([, index]) => keys.every((key) => namesIn([index], key).length === 1))
      .map(([fandom]) => fandom);
  }

  tag(text: string): string | undefined {
    return found(this.tagIndex, text)[0];
  }

  category(text: string): string | undefined {
    return found(this.categoryIndex, text)[0];
  }

  gender(character: string): 'f' | 'm' | undefined {
    return this.genders.get(character);
  }

  /** True where the archive has a tag of this kind spelled so; brackets that tell namesakes apart may be missing. */
  has(kind: 'fandom' | 'character' | 'relationship' | 'tag', name: string): boolean {
    return this.spellings[kind].has(keyOf(name));
  }

  private indexes(fandoms: readonly string[]): FandomIndex[] {
    return [...fandoms.flatMap((fandom) => this.byFandom.get(fandom) ?? []), this.anyFandom];
  }
}

function indexFandom(entry: VocabularyConfig['fandoms'][string], withShort = true): FandomIndex {
  const index: FandomIndex = { listed: new Map(), derived: new Map(), relationships: new Map(), pairs: new Map() };
  for (const [name, { also }] of Object.entries(entry.characters)) {
    for (const form of [name, ...also]) put(index.listed, form, name);
    for (const form of withShort ? derivedForms(name) : []) put(index.derived, form, name);
  }
  for (const [name, { also }] of Object.entries(entry.relationships)) {
    for (const form of [name, plainName(name), ...also]) put(index.relationships, form, name);
    const members = plainName(name).split('/');
    const characters = members.map(
      (member) => found(index.listed, member)[0] ?? found(index.derived, member)[0] ?? member,
    );
    if (members.length > 1) index.pairs.set(membersKey(characters), name);
  }
  return index;
}

/** `Samantha "Sam" Carter` → Samantha Carter, Samantha, Carter, Sam; `Aragorn | Estel` → each. */
function derivedForms(name: string): string[] {
  const plain = plainName(name);
  return plain.split(' | ').flatMap((alias) => {
    const full = withoutNickname(alias);
    const words = full.split(' ');
    const [first, last] = [words[0] as string, words.at(-1) as string];
    const nickname = alias.match(/"([^"]+)"/)?.[1];
    // "Naruto Uzumaki", where the archive has the family name first, and "Potter, Harry".
    const turned = words.length === 2 ? [`${last} ${first}`] : [];
    return [plain, alias, full, first, last, ...turned, ...(nickname ? [nickname] : [])];
  });
}

/** The name without what tells it from namesakes: "Castiel (Supernatural)" → "Castiel". */
export function plainName(name: string): string {
  return name.replace(/ \([^()]*\)$/, '');
}

function withoutNickname(name: string): string {
  return name.replace(/ "[^"]*"/, '');
}

function membersKey(members: readonly string[]): string {
  return members.map(keyOf).sort().join('/');
}

function put(index: Index, form: string, name: string): void {
  const key = keyOf(form);
  if (!key) return;
  const names = index.get(key);
  if (names) names.add(name);
  else index.set(key, new Set([name]));
}

function found(index: Index, form: string): string[] {
  return at(index, keyOf(form));
}

function at(index: Index, key: string): string[] {
  return [...(index.get(key) ?? [])];
}

/** Characters by a key, each once: by listed forms, else by derived ones. */
function namesIn(indexes: readonly FandomIndex[], key: string): string[] {
  const listed = indexes.flatMap((index) => at(index.listed, key));
  return [...new Set(listed.length > 0 ? listed : indexes.flatMap((index) => at(index.derived, key)))];
}
