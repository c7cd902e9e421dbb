/** The fandoms of a fic in the archive's spelling. */
import type { Config } from '../config.js';
import type { Evidence, Header, Question } from '../model.js';
import type { Rules } from './decisions.js';
import { type EntryTag, tagged } from './entryTags.js';
import { membersOf } from './pairings.js';
import { Vocabulary } from './vocabulary.js';
import { distinct, keyOf, nameCase, quoted } from './words.js';

/** A bare tag counts as a fandom from this many letters on: "dw" is as often the site's own short name. */
const SHORTEST_BARE_TAG = 3;

/** So many names that one fandom alone has are no accident; two first names are. */
const FEWEST_NAMES = 3;

export interface FandomsRead {
  fandoms: string[];
  /** The vocabulary's fandoms that names may be looked up in: also those between which nothing decides ("Star Trek"). */
  known: string[];
  evidence?: Evidence;
  questions: Question[];
}

/**
 * From the header; else from `fandom:` tags; else, with a question, from a bare tag that is a fandom's name and nothing
 * else, or from a pairing or several names that the vocabulary has for one fandom only.
 */
export function readFandoms(header: Header, tags: readonly EntryTag[], rules: Rules, config: Config): FandomsRead {
  const speller = new Speller(rules, config);
  const written = header.fandoms ?? [];
  if (written.length > 0) return speller.spell(written);
  const fromTags = tagged(tags, 'fandoms');
  if (fromTags.length > 0) {
    return {
      ...speller.spell(fromTags.map(({ value }) => value)),
      evidence: { from: 'tag', raw: fromTags.map(({ raw }) => raw).join(', ') },
    };
  }
  const bare = tags.filter(
    ({ prefix, value }) => prefix === undefined && keyOf(value).length >= SHORTEST_BARE_TAG && speller.isKnown(value),
  );
  if (bare.length > 0)
    return asked(speller.spell(bare.map(({ value }) => value)), {
      from: 'tag',
      raw: bare.map(({ raw }) => raw).join(', '),
    });
  const vocabulary = Vocabulary.of(config);
  for (const pairing of header.relationships ?? []) {
    const [fandom, ...others] = vocabulary.fandomsOfRelationship(pairing);
    if (fandom && others.length === 0) return asked(speller.spell([fandom]), { from: 'inferred', raw: pairing });
  }
  const names = namesOf(header);
  if (names.length >= FEWEST_NAMES) {
    const [fandom, ...others] = vocabulary.fandomsOfNames(names);
    if (fandom && others.length === 0)
      return asked(speller.spell([fandom]), { from: 'inferred', raw: names.join(', ') });
  }
  return { fandoms: [], known: [], questions: [{ field: 'fandoms', text: 'Which fandom is this?' }] };
}

function namesOf(header: Header): string[] {
  return distinct([...(header.characters ?? []), ...(header.relationships ?? []).flatMap(membersOf)]);
}

function asked(read: FandomsRead, evidence: Evidence): FandomsRead {
  const source = evidence.from === 'tag' ? 'The tags say' : 'No fandom is named, only';
  const question = { field: 'fandoms', text: `${source} “${evidence.raw}”: is the fandom ${quoted(read.fandoms)}?` };
  return { ...read, evidence, questions: read.questions.length > 0 ? read.questions : [question] };
}

class Speller {
  private readonly vocabulary: Vocabulary;
  private readonly rules: Map<string, string>;

  constructor(
    rules: Rules,
    private readonly config: Config,
  ) {
    this.vocabulary = Vocabulary.of(config);
    this.rules = new Map(Object.entries(rules.fandoms ?? {}).map(([word, fandom]) => [keyOf(word), fandom]));
  }

  isKnown(word: string): boolean {
    return this.rules.has(keyOf(word)) || this.vocabulary.fandom(word).length > 0;
  }

  spell(written: readonly string[]): FandomsRead {
    const read: FandomsRead = { fandoms: [], known: [], questions: [] };
    for (const word of written) {
      const ruled = this.rules.get(keyOf(word));
      const candidates = this.vocabulary.fandom(ruled ?? word);
      read.known.push(...candidates);
      const [only] = candidates.length === 1 ? candidates : [];
      read.fandoms.push(ruled ?? only ?? nameCase(word, this.config.smallWords));
      if (!ruled && candidates.length > 1) {
        read.questions.push({
          field: 'fandoms',
          text: `Which fandom is ${quoted([word])}: ${quoted(candidates, 'or')}?`,
        });
      }
    }
    return { ...read, fandoms: distinct(read.fandoms), known: [...new Set(read.known)] };
  }
}
