/** Names made whole: "Mark/Alex" → "Mark Sloan/Alex Karev". */
import { plainName, type Vocabulary } from './vocabulary.js';
import { byText, keyOf, nameCase } from './words.js';

/** A full name that the author wrote somewhere about this fic, and where: `character: mark sloan`. */
export interface WrittenName {
  name: string;
  raw: string;
  source: 'header' | 'tag' | 'inferred';
}

/** What names are completed from, strongest first: the author's rules, her own full names, the vocabulary, her other fics. */
export interface NameSources {
  rules: ReadonlyMap<string, string>;
  written: readonly WrittenName[];
  /** Her full names in other fics of the same journal and fandom: only for a first name that nothing here completes. */
  elsewhere: readonly WrittenName[];
  vocabulary: Vocabulary;
  /** Fandoms as the vocabulary spells them; none where it doesn't know them. */
  fandoms: readonly string[];
  smallWords: readonly string[];
}

/** What a completed name rests on. */
export interface NameOrigin {
  source: 'decision' | 'header' | 'tag' | 'inferred';
  raw: string;
}

export interface NamedCharacter {
  name: string;
  /** Where more than the words themselves was needed: what it rests on, for evidence. */
  from?: NameOrigin;
  /** Full names between which only the author can choose; `name` is then as written. */
  candidates?: string[];
  /** True where a rule, the author's own full name or the vocabulary stands behind the name. */
  known: boolean;
}

/**
 * One character's name in the archive's spelling. A variant before "!" ("Demon!Dean") is dropped where the name
 * behind it is known, since archives tag the character; the header keeps it.
 */
export function completeName(written: string, sources: NameSources): NamedCharacter {
  const whole = lookUp(written, sources);
  const bang = written.indexOf('!');
  if (whole.known || whole.candidates || bang < 1 || bang === written.length - 1) return whole;
  const bare = lookUp(written.slice(bang + 1), sources);
  return bare.known ? bare : whole;
}

function lookUp(written: string, sources: NameSources): NamedCharacter {
  const rule = sources.rules.get(keyOf(written));
  if (rule) return { name: rule, known: true, from: { source: 'decision', raw: `${written} → ${rule}` } };
  const longer = longerNames(written, sources.written);
  const [full] = longer;
  if (longer.length === 1 && full) {
    const { name } = spell(full.name, sources);
    return { name, known: true, from: { source: full.source, raw: `${written} → ${name} (${full.raw})` } };
  }
  const spelt = spell(written, sources);
  if (longer.length > 1 && !spelt.known) {
    return { ...spelt, candidates: longer.map(({ name }) => spell(name, sources).name) };
  }
  return spelt.known ? spelt : (fromElsewhere(written, sources) ?? spelt);
}

/** A first name that she completes in one way only, wherever she does; in two, she is asked. */
function fromElsewhere(written: string, sources: NameSources): NamedCharacter | undefined {
  const key = keyOf(written);
  if (key === '' || key.includes(' ')) return undefined;
  const found = new Map<string, NameOrigin>();
  for (const { name, raw } of sources.elsewhere) {
    if (!keyOf(name).startsWith(`${key} `)) continue;
    const full = spell(name, sources).name;
    if (!found.has(full)) found.set(full, { source: 'inferred', raw: `${written} → ${full} (as in ${raw})` });
  }
  const [[name, from] = [], ...others] = [...found].sort(([a], [b]) => byText(a, b));
  if (!name || !from) return undefined;
  if (others.length === 0) return { name, known: true, from };
  return {
    name: nameCase(written, sources.smallWords),
    known: false,
    candidates: [name, ...others.map(([other]) => other)],
  };
}

/** By the vocabulary, else in title case. */
function spell(written: string, sources: NameSources): NamedCharacter {
  const names = sources.vocabulary.character(sources.fandoms, written);
  const [name] = names;
  if (names.length === 1 && name) {
    const isCompleted = keyOf(name) !== keyOf(written);
    return isCompleted
      ? { name, known: true, from: { source: 'inferred', raw: `${written} → ${name} (vocabulary)` } }
      : { name, known: true };
  }
  const asWritten = nameCase(written, sources.smallWords);
  return names.length > 1 ? { name: asWritten, known: false, candidates: names } : { name: asWritten, known: false };
}

/** The author's own names that begin or end with these words; one of each key. */
function longerNames(written: string, pool: readonly WrittenName[]): WrittenName[] {
  const key = keyOf(written);
  const found = new Map<string, WrittenName>();
  for (const name of pool) {
    const full = keyOf(name.name);
    if (key && (full.startsWith(`${key} `) || full.endsWith(` ${key}`)) && !found.has(full)) found.set(full, name);
  }
  return [...found.values()];
}

export interface NamedPairing {
  name: string;
  /** Full character names, where the words name any: a run-together name that nothing knows has none. */
  members: NamedCharacter[];
  romantic: boolean;
  from?: NameOrigin;
  /** The words couldn't be taken apart, and nothing knows them: "GerIta". */
  opaque: boolean;
  /** They name one known character, who is no pairing alone: "Pairing: Holmes; John Watson". */
  lone?: boolean;
  known: boolean;
}

/** "A/B" is romantic, "A & B" a friendship; names completed, listed pairs in the archive's spelling and order. */
export function completePairing(written: string, sources: NameSources): NamedPairing {
  const rule = sources.rules.get(keyOf(written));
  if (rule) {
    const pairing = assemble(rule, sources);
    return {
      ...pairing,
      name: rule,
      known: true,
      opaque: false,
      from: { source: 'decision', raw: `${written} → ${rule}` },
    };
  }
  const pairing = assemble(written, sources);
  if (pairing.known) return pairing;
  // Names that nobody has may be initials of a listed pairing: "K/S", "1/2".
  const listed = sources.vocabulary.relationship(sources.fandoms, written);
  const [name] = listed;
  if (listed.length !== 1 || !name) return pairing.opaque ? withLone(pairing, written, sources) : pairing;
  const from = { source: 'inferred' as const, raw: `${written} → ${name} (vocabulary)` };
  return { ...assemble(plainName(name), sources), name, known: true, opaque: false, from };
}

function withLone(pairing: NamedPairing, written: string, sources: NameSources): NamedPairing {
  const character = completeName(written, sources);
  return character.known ? { ...pairing, name: character.name, members: [character], lone: true } : pairing;
}

/** The names in a pairing as it is written. */
export function membersOf(pairing: string): string[] {
  return pairing
    .split(/[/&]/)
    .map((name) => name.trim())
    .filter((name) => name);
}

function assemble(written: string, sources: NameSources): NamedPairing {
  const separators: string[] = written.match(/[/&]/g) ?? [];
  const parts = written.split(/[/&]/).map((part) => part.trim());
  if (separators.length === 0 || parts.some((part) => !part)) {
    return { name: nameCase(written, sources.smallWords), members: [], romantic: true, opaque: true, known: false };
  }
  const members = parts.map((part) => completeName(part, sources));
  const romantic = separators.includes('/');
  const names = members.map(({ name }) => name);
  const listed = separators.includes('&') ? undefined : sources.vocabulary.pair(sources.fandoms, names);
  const changes = members.flatMap(({ from }) => from ?? []);
  const [first] = changes;
  return {
    name: listed ?? joinNames(members, separators),
    members,
    romantic,
    opaque: false,
    known: members.every((member) => member.known),
    ...(first && { from: { source: first.source, raw: changes.map(({ raw }) => raw).join('; ') } }),
  };
}

/**
 * Members that the archive tells from namesakes by brackets lose these inside a pairing. Where all are known, the pairing
 * gets them once at its end if only single names stand in it or a full name has them: "Gwaine/Merlin (Merlin)", but
 * "Castiel/Sam Winchester".
 */
function joinNames(members: readonly NamedCharacter[], separators: readonly string[]): string {
  const names = members.map(({ name }) => ({ plain: plainName(name), remark: name.slice(plainName(name).length) }));
  const joined = names
    .map(({ plain }) => plain)
    .reduce((text, name, index) => text + (separators[index - 1] === '&' ? ' & ' : '/') + name);
  const isNeeded =
    members.every(({ known }) => known) &&
    (names.every(({ plain }) => !plain.includes(' ')) ||
      names.some(({ plain, remark }) => plain.includes(' ') && remark));
  return isNeeded ? joined + (names.find(({ remark }) => remark)?.remark ?? '') : joined;
}
