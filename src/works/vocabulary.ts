/** Lookups in `config/vocabulary.yaml`, indexed once per config. */
import type { Config } from '../config.js';
import { keyOf } from './words.js';

/** What of the config this needs; the whole `Config` fits. */
export type VocabularyConfig = Pick<Config, 'fandoms' | 'anyFandom' | 'tags' | 'categories'>;

/** Key of a written form → the archive's names that it may mean. */
type Index = Map<string, Set<string>>;

interface FandomIndex {
  /** Full names, and every `also`. */
  named: Index;
  /** First and last names of characters that the vocabulary doesn't list under `also`. */
  short: Index;
  relationships: Index;
  /** The set of members of a listed relationship → its spelling. */
  pairs: Map<string, string>;
}

export class Vocabulary {
  private readonly fandoms: Index = new Map();
  private readonly byFandom = new Map<string, FandomIndex>();
  private readonly anyFandom: FandomIndex;
  private readonly tagIndex: Index = new Map();
  private readonly categoryIndex: Index = new Map();
  private readonly genders = new Map<string, 'f' | 'm'>();

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
      for (const [name, { gender }] of Object.entries(entry.characters)) if (gender) this.genders.set(name, gender);
    }
    this.anyFandom = indexFandom({ also: [], characters: config.anyFandom, relationships: {} }, false);
    for (const [tag, { also }] of Object.entries(config.tags))
      for (const word of [tag, ...also]) put(this.tagIndex, word, tag);
    for (const [category, words] of Object.entries(config.categories)) {
      for (const word of [category, ...words]) put(this.categoryIndex, word, category);
    }
  }

  /** Fandoms that the words may name: none, one, or several ("Star Trek"). */
  fandom(text: string): string[] {
    return found(this.fandoms, text);
  }

  /** Characters of these fandoms that the words may name; listed forms before mere first or last names. */
  character(fandoms: readonly string[], text: string): string[] {
    const indexes = this.indexes(fandoms);
    const named = indexes.flatMap((index) => found(index.named, text));
    return unique(named.length > 0 ? named : indexes.flatMap((index) => found(index.short, text)));
  }

  /** Relationships of these fandoms that the words may name: "McShep", "Kirk/Spock". */
  relationship(fandoms: readonly string[], text: string): string[] {
    return unique(this.indexes(fandoms).flatMap((index) => found(index.relationships, text)));
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

  /** Fandoms that list this very relationship, for a fic that names no fandom. */
  fandomsOfRelationship(text: string): string[] {
    return [...this.byFandom]
      .filter(([, index]) => found(index.relationships, text).length > 0)
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

  /** True where a full name of any fandom's character is spelled so. */
  isCharacter(name: string): boolean {
    for (const index of [...this.byFandom.values(), this.anyFandom])
      if (found(index.named, name).length > 0) return true;
    return false;
  }

  /** True where a listed relationship of any fandom is spelled so. */
  isRelationship(name: string): boolean {
    return this.fandomsOfRelationship(name).length > 0;
  }

  private indexes(fandoms: readonly string[]): FandomIndex[] {
    return [...fandoms.flatMap((fandom) => this.byFandom.get(fandom) ?? []), this.anyFandom];
  }
}

function indexFandom(entry: VocabularyConfig['fandoms'][string], withShort = true): FandomIndex {
  const index: FandomIndex = { named: new Map(), short: new Map(), relationships: new Map(), pairs: new Map() };
  for (const [name, { also }] of Object.entries(entry.characters)) {
    for (const form of [name, ...name.split(' | '), plainName(name), withoutNickname(name), ...also])
      put(index.named, form, name);
    for (const form of withShort ? shortForms(name) : []) put(index.short, form, name);
  }
  for (const [name, { also }] of Object.entries(entry.relationships)) {
    for (const form of [name, plainName(name), ...also]) put(index.relationships, form, name);
    const members = plainName(name).split('/');
    const characters = members.map(
      (member) => found(index.named, member)[0] ?? found(index.short, member)[0] ?? member,
    );
    if (members.length > 1) index.pairs.set(membersKey(characters), name);
  }
  return index;
}

/** First name, last name and nickname of `Samantha "Sam" Carter`. */
function shortForms(name: string): string[] {
  const forms: string[] = [];
  for (const alias of plainName(name).split(' | ')) {
    const nickname = alias.match(/"([^"]+)"/)?.[1];
    const words = withoutNickname(alias).split(' ');
    forms.push(words[0] as string, words.at(-1) as string, ...(nickname ? [nickname] : []));
  }
  return forms;
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
  return [...(index.get(keyOf(form)) ?? [])];
}

function unique(names: string[]): string[] {
  return [...new Set(names)];
}
