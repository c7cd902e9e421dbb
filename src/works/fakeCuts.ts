/** Fake cuts: a header in one post, and behind a link in it the story, in a post that has no header. */
import type { Config } from '../config.js';
import { MOST_NAVIGATION } from './facts.js';
import { relationOf } from './linkRelation.js';
import { phrasesOf } from './phrases.js';
import { byDate, FEW_WORDS, type FicLink, type FicRecord, keyOfRecord } from './records.js';
import { fits, traitsOf } from './traits.js';

/** A text and the post whose header it has now. */
export interface FakeCut {
  /** The header's post, without its part mark, which the text has. */
  cover: FicRecord;
  text: FicRecord;
}

export interface Uncovered {
  fics: FicRecord[];
  others: FicRecord[];
  fakeCuts: FakeCut[];
}

/**
 * Gives each text behind a fake cut the header that leads to it. A post with two such links leads to several stories, and
 * which header they have only the author can say.
 * @param maybe those of the others that may be a story
 */
export function throughFakeCuts(
  fics: readonly FicRecord[],
  others: readonly FicRecord[],
  maybe: readonly FicRecord[],
  config: Config,
): Uncovered {
  const texts = new Map([...maybe, ...fics.filter(hasNoHeader)].map((record) => [keyOfRecord(record), record]));
  const fakeCuts: FakeCut[] = [];
  const used = new Set<string>();
  for (const cover of fics) {
    if (cover.storyWords >= FEW_WORDS || cover.evidence.kind?.from === 'decision') continue;
    const found = [...new Set(cover.links.filter((link) => isPointer(link, config)).map(({ to }) => to))].flatMap(
      (to) => texts.get(to) ?? [],
    );
    const [text] = found;
    if (!text || found.length > 1 || used.has(keyOfRecord(text)) || text === cover) continue;
    if (!fits(traitsOf(cover, config), traitsOf(text, config))) continue;
    used.add(keyOfRecord(text)).add(keyOfRecord(cover));
    fakeCuts.push(uncover(cover, text));
  }
  const rest = (records: readonly FicRecord[]) => records.filter((record) => !used.has(keyOfRecord(record)));
  return { fics: [...rest(fics), ...fakeCuts.map(({ text }) => text)].sort(byDate), others: rest(others), fakeCuts };
}

/** Its subject or tags alone say that it is a story. */
function hasNoHeader({ evidence, storyWords }: FicRecord): boolean {
  const isRead = Object.values(evidence).some(({ from }) => from === 'header' || from === 'decision');
  return !isRead && storyWords >= FEW_WORDS;
}

/** In a line of its own, and not to another story or a list. */
function isPointer(link: FicLink, config: Config): boolean {
  const { kind } = relationOf(link, phrasesOf(config));
  return link.prose <= MOST_NAVIGATION && kind !== 'series' && kind !== 'index' && kind !== 'previous';
}

function uncover(cover: FicRecord, text: FicRecord): FakeCut {
  const { part, chapterTitle, ...header } = cover.header;
  return {
    cover: { ...cover, header },
    text: {
      ...text,
      kind: 'fic',
      header: { ...text.header, ...cover.header },
      evidence: { ...text.evidence, ...cover.evidence },
      links: [...text.links, ...cover.links.filter(({ to }) => to !== keyOfRecord(text))],
      restricted: text.restricted || cover.restricted,
    },
  };
}
