/** Additional tags, with restraint: only what the vocabulary knows or the author approved. */
import type { Config } from '../config.js';
import type { Evidence, Header, Question, Work } from '../model.js';
import type { Rules } from './decisions.js';
import type { EntryTag } from './entryTags.js';
import { Vocabulary } from './vocabulary.js';
import { byText, distinct, keyOf, quoted } from './words.js';

export interface TagsRead {
  additionalTags: string[];
  evidence?: Evidence;
  questions: Question[];
}

/**
 * Genres of the header and tags of the journal that are additional tags. Genres that nothing knows are asked for in
 * one question; the journal's own tags ("fic", "2009") are passed over in silence and stay with the entry.
 */
export function readAdditionalTags(header: Header, tags: readonly EntryTag[], rules: Rules, config: Config): TagsRead {
  const judge = judgeOf(rules, config);
  const found: { name: string; raw: string; from: Evidence['from'] }[] = [];
  const unknown: string[] = [];
  for (const genre of header.genres ?? []) {
    const name = judge(genre);
    if (typeof name === 'string') found.push({ name, raw: genre, from: 'header' });
    else if (name === undefined && !Vocabulary.of(config).category(genre)) unknown.push(genre);
  }
  for (const tag of tags) {
    if (tag.prefix !== undefined && tag.field !== 'genres') continue;
    const name = judge(tag.value);
    if (typeof name === 'string') found.push({ name, raw: tag.raw, from: 'tag' });
  }
  const [first] = found;
  const names = distinct(found.map(({ name }) => name));
  return {
    additionalTags: names,
    ...(first && { evidence: { from: first.from, raw: distinct(found.map(({ raw }) => raw)).join(', ') } }),
    questions: unknown.length > 0 ? [askFor(distinct(unknown))] : [],
  };
}

function askFor(genres: string[]): Question {
  return {
    field: 'additionalTags',
    text:
      genres.length === 1
        ? `Should ${quoted(genres)} become an additional tag?`
        : `Should ${quoted(genres)} become additional tags?`,
  };
}

/** A word → the tag it is, null where the author wants none, undefined where nothing knows it. */
function judgeOf(rules: Rules, config: Config): (word: string) => string | null | undefined {
  const mapped = new Map(Object.entries(rules.tags ?? {}).map(([word, tag]) => [keyOf(word), tag]));
  const approved = new Map((rules.approveTags ?? []).map((tag) => [keyOf(tag), tag]));
  const vocabulary = Vocabulary.of(config);
  return (word) => {
    const key = keyOf(word);
    const rule = mapped.get(key);
    return rule !== undefined ? rule : (approved.get(key) ?? vocabulary.tag(word));
  };
}

/** Tags of a bundle that the vocabulary doesn't know: what an archive's volunteers may have to sort. */
export interface NewTags {
  fandoms: string[];
  characters: string[];
  relationships: string[];
  additionalTags: string[];
  total: number;
}

/**
 * The tags of these works that the vocabulary doesn't know, each once, sorted. The vocabulary is a starter set, so this
 * is the most that a bundle would create, not the number it will. A relationship between known characters counts as known.
 */
export function newTags(works: readonly Pick<Work, 'archive'>[], config: Config): NewTags {
  const vocabulary = Vocabulary.of(config);
  const pick = (
    field: 'fandoms' | 'characters' | 'relationships' | 'additionalTags',
    isKnown: (tag: string) => boolean,
  ) =>
    distinct(works.flatMap(({ archive }) => archive[field]))
      .filter((tag) => !isKnown(tag))
      .sort(byText);
  const isKnownPair = (tag: string) =>
    vocabulary.has('relationship', tag) || tag.split(/[/&]/).every((name) => vocabulary.has('character', name.trim()));
  const fandoms = pick('fandoms', (tag) => vocabulary.has('fandom', tag));
  const characters = pick('characters', (tag) => vocabulary.has('character', tag));
  const relationships = pick('relationships', isKnownPair);
  const additionalTags = pick('additionalTags', (tag) => vocabulary.has('tag', tag));
  const total = fandoms.length + characters.length + relationships.length + additionalTags.length;
  return { fandoms, characters, relationships, additionalTags, total };
}
