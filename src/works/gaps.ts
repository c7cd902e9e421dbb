/**
 * Text that a post doesn't hold: it goes on in the comments, behind a fake cut, or stands elsewhere altogether; or characters of it
 * were lost to a wrong conversion.
 */
import type { Config } from '../config.js';
import type { Question } from '../model.js';
import { MOST_NAVIGATION } from './facts.js';
import { relationOf } from './linkRelation.js';
import { type Phrases, phrasesOf, phraseWords } from './phrases.js';
import { FEW_WORDS, type FicLink, type FicRecord } from './records.js';

/** A header that claims so many times the words that are there, and some more, speaks of text that isn't there. */
const TIMES_CLAIMED = 2;
const WORDS_CLAIMED = 200;

/** What the author is asked of each post; a post is carried with what it holds. @param seen keys of all entries read */
export function askForText(parts: readonly FicRecord[], seen: ReadonlySet<string>, config: Config): Question[] {
  const phrases = phrasesOf(config);
  return parts.flatMap((record) => [...inComments(record), ...elsewhere(record, seen, phrases), ...garbled(record)]);
}

function inComments({ inComments: line, entry }: FicRecord): Question[] {
  if (line === undefined) return [];
  return [{ field: 'text', text: `“${line}”, says ${entry.url}: will you add the text from the comments?` }];
}

function garbled({ entry: { url, garbled: left } }: FicRecord): Question[] {
  if (!left) return [];
  const where = left.places === 1 ? 'at “' : `in ${left.places} places, first at “`;
  return [{ field: 'text', text: `Characters of ${url} are lost or broken ${where}${left.raw}”: what stood there?` }];
}

/** Where the text of a post is that holds hardly more than a link to it; undefined where it holds the text, or no link. */
export function textAt(record: FicRecord, seen: ReadonlySet<string>, config: Config): string | undefined {
  if (record.storyWords >= FEW_WORDS) return undefined;
  const phrases = phrasesOf(config);
  const away = leadingAway(record, seen, phrases);
  return (away.find((one) => reads(one, phrases)) ?? away[0])?.url;
}

function leadingAway({ links }: FicRecord, seen: ReadonlySet<string>, phrases: Phrases): FicLink[] {
  return links.filter((link) => !seen.has(link.to) && isPointer(link, phrases));
}

function elsewhere(record: FicRecord, seen: ReadonlySet<string>, phrases: Phrases): Question[] {
  const { entry, storyWords } = record;
  const away = leadingAway(record, seen, phrases);
  const few = `Only ${storyWords} ${storyWords === 1 ? 'word' : 'words'} of story stand in ${entry.url}`;
  if (storyWords < FEW_WORDS) {
    const link = away.find((one) => reads(one, phrases)) ?? away[0];
    return [{ field: 'text', text: link ? `${few}: is the text at ${link.url}?` : `${few}: is the text elsewhere?` }];
  }
  const link =
    away.find((one) => goesOn(one, phrases)) ??
    (claimsMore(record) ? away.find((one) => reads(one, phrases)) : undefined);
  return link ? [{ field: 'text', text: `Does the text of ${entry.url} go on at ${link.url}?` }] : [];
}

/** In a line of its own, and not to another story. */
function isPointer(link: FicLink, phrases: Phrases): boolean {
  const { kind } = relationOf(link, phrases);
  return link.prose <= MOST_NAVIGATION && kind !== 'series' && kind !== 'index';
}

function reads(link: FicLink, { reads: words, goesOn: on }: Phrases): boolean {
  const said = wordsOf(link);
  return words.isIn(said) || on.isIn(said);
}

/** "Continued here", "Read the rest at AO3". */
function goesOn(link: FicLink, phrases: Phrases): boolean {
  const said = wordsOf(link);
  const first = phrases.goesOn.lengthAt(said, 0);
  const kind = relationOf(link, phrases).kind;
  return first > 0 && (kind === 'part' || said.length === first || phrases.reads.isIn(said.slice(first)));
}

function wordsOf({ before, text }: FicLink): string[] {
  return phraseWords(`${before} ${text}`);
}

function claimsMore({ header, wordCount }: FicRecord): boolean {
  return (header.wordCount ?? 0) >= wordCount * TIMES_CLAIMED + WORDS_CLAIMED;
}
