/** What an author says of the place of a story among her others. Nothing is counted or guessed. */
import type { Config } from '../config.js';
import { EntryKey, type Evidence, type Header, type Work } from '../model.js';
import { partMark } from './linkRelation.js';
import { type Phrases, phrasesOf, phraseWords, type Relatedness } from './phrases.js';
import type { FicLink, FicRecord } from './records.js';
import { keyOf, nameCase } from './words.js';

type Series = NonNullable<Header['series']>;
type Related = NonNullable<Work['related']>[number];

/** Words of a series' name or of another story's title: more are a sentence. */
const LONGEST_NAME = 8;
/** "This is", "The", "Written as": so many words may stand before "sequel to". */
const WORDS_BEFORE = 4;

export interface Place {
  series?: Series;
  /** Where the header had no series and a sentence did. */
  evidence?: Evidence;
  related: Related[];
}

/** @param posts the work's, master posts first: the first that says something counts */
export function placeOf(header: Header, posts: readonly FicRecord[], config: Config): Place {
  const phrases = phrasesOf(config);
  const related = relatedOf(header, posts, phrases);
  if (header.series) return { series: header.series, related };
  for (const clause of posts.flatMap((post) => clausesOf(post.header))) {
    const series = seriesIn(clause, phrases, config);
    if (series) return { series, evidence: { from: 'header', raw: clause }, related };
  }
  return { related };
}

/** "Part three of the Harbour verse", "Set in my Harbour universe". */
export function seriesIn(clause: string, phrases: Phrases, config: Pick<Config, 'smallWords'>): Series | undefined {
  const words = clause.split(/\s+/).filter((word) => phraseWords(word).length > 0);
  const keys = words.map((word) => phraseWords(word)[0] as string);
  for (let at = 1; at < keys.length; at++) {
    const joint = phrases.seriesJoints.lengthAt(keys, at);
    if (joint === 0) continue;
    const start = at + joint;
    const noun = keys.findIndex((_, index) => index > start && phrases.seriesNouns.lengthAt(keys, index) > 0);
    if (noun < 0 || noun - start > LONGEST_NAME) continue;
    const before = keys.slice(Math.max(0, at - WORDS_BEFORE), at);
    const number = numberBefore(before, phrases);
    if (number === undefined && !phrases.seriesParts.isIn(before)) continue;
    const name = nameCase(
      words
        .slice(start, noun + 1)
        .join(' ')
        .replace(/^["“'‘]|["”]$/gu, ''),
      config.smallWords,
    );
    return { name, ...(number !== undefined && { number }) };
  }
  return undefined;
}

/** "part 3", "third story", "third", "#3" */
function numberBefore(before: readonly string[], phrases: Phrases): number | undefined {
  for (let start = 0; start < before.length; start++) {
    const isCounted = start === before.length - 1 || phrases.seriesParts.lengthAt(before, start + 1) > 0;
    const said = isCounted ? [before[start] as string] : before.slice(start);
    const number = partMark(said, phrases)?.number;
    if (number !== undefined) return number;
  }
  return undefined;
}

function relatedOf(header: Header, posts: readonly FicRecord[], phrases: Phrases): Related[] {
  const found = new Map<string, Related>();
  const add = (related: Related | undefined) => {
    if (!related) return;
    const key = `${related.relation} ${keyOf(related.title)}`;
    const known = found.get(key);
    found.set(key, { ...related, ...known });
  };
  for (const link of posts.flatMap(({ links }) => links)) add(fromLink(link, phrases));
  for (const { label, value } of header.other ?? []) add(inClause(`${label} ${value}`, phrases));
  for (const clause of posts.flatMap((post) => clausesOf(post.header))) add(inClause(clause, phrases));
  return [...found.values()];
}

/** "Sequel to <a>The Long Tide</a>"; "Sequel to The Long Tide: <a>Part One</a>" names it before the link. */
function fromLink({ before, text, to, url }: FicLink, phrases: Phrases): Related | undefined {
  const place = EntryKey.safeParse(to).success ? { entry: to } : { url };
  const relation = relationAtEnd(phraseWords(before), phrases);
  if (relation) return text === '' ? undefined : { relation, title: tidyTitle(text), ...place };
  const said = inClause(before, phrases);
  return said && { ...said, ...place };
}

function relationAtEnd(words: readonly string[], phrases: Phrases): Relatedness | undefined {
  return RELATIONS.find((relation) =>
    words.some((_, start) => {
      const length = phrases.related[relation].lengthAt(words, start);
      return length > 0 && start + length === words.length;
    }),
  );
}

const RELATIONS: readonly Relatedness[] = ['sequel', 'prequel', 'companion'];

/** "This is a sequel to The Long Tide": what follows is the title, if it is as short as one. */
function inClause(clause: string, phrases: Phrases): Related | undefined {
  const words = clause.split(/\s+/).filter((word) => phraseWords(word).length > 0);
  const keys = words.map((word) => phraseWords(word).join(' '));
  for (let start = 0; start < Math.min(keys.length, WORDS_BEFORE); start++) {
    for (const relation of RELATIONS) {
      const length = phrases.related[relation].lengthAt(keys, start);
      const title = tidyTitle(words.slice(start + length).join(' '));
      if (length > 0 && title !== '' && words.length - start - length <= LONGEST_NAME) return { relation, title };
    }
  }
  return undefined;
}

function tidyTitle(text: string): string {
  return text.replace(/^["“”'‘*_\s]+|["“”'’*_:,\s]+$/gu, '').trim();
}

/** Sentences and lines of summary and notes. */
function clausesOf({ summary, notes }: Header): string[] {
  return [summary, notes]
    .flatMap((text) => (text ?? '').split(/[.;!?()\n]/))
    .map((clause) => clause.trim())
    .filter(Boolean);
}
