import { type Block, isLinkOnly } from './block.js';
import { storyWords } from './frame.js';
import type { Lexicon } from './lexicon.js';
import type { Row } from './rows.js';
import { keyOf } from './words.js';

/** A line of navigation is short; with fewer words of story left, the links are what the post is for and stay. */
const MOST_WORDS = 16;
const LEAST_STORY = 40;

/**
 * Places of the lines that lead to other parts ("Part One | Part Two", "Back to Part 1", "Masterlist"): those above the header, and
 * those at the very start and end of the story, with a divider that parts them from it. Never a line in the midst of the story.
 */
export function navigationRows(
  rows: readonly Row[],
  block: Block | undefined,
  taken: ReadonlySet<number>,
  lexicon: Lexicon,
): Set<number> {
  const found = new Set<number>();
  const take = (places: number[]) => {
    for (const at of edgeOf(rows, places, taken, lexicon)) found.add(at);
  };
  const all = rows.map((_, at) => at);
  for (const at of all.slice(0, block?.first ?? 0)) {
    if (!taken.has(at) && isNavigation(rows[at] as Row, lexicon)) found.add(at);
  }
  take(all.slice(block?.first ?? 0));
  const cut = rows.findIndex((row) => row.line.cut);
  if (cut > (block?.last ?? 0)) take(all.slice(cut));
  take([...all].reverse());
  const left = storyWords(rows, new Set([...taken, ...found]));
  return found.size > 0 && left >= LEAST_STORY ? found : new Set();
}

/** The lines of navigation that stand first among some, dividers next to them included. */
function edgeOf(
  rows: readonly Row[],
  places: readonly number[],
  taken: ReadonlySet<number>,
  lexicon: Lexicon,
): number[] {
  const edge: number[] = [];
  let last = 0;
  for (const at of places) {
    if (taken.has(at)) continue;
    const row = rows[at] as Row;
    if (row.kind !== 'rule' && !isNavigation(row, lexicon)) break;
    edge.push(at);
    if (row.kind !== 'rule') last = edge.length;
  }
  if (last === 0) return [];
  // One divider parts the navigation from the story; a second is the story's own.
  return edge.slice(0, last + 1);
}

/** True for a line that leads elsewhere: a link that says so, or a line of nothing but such words. */
export function isNavigation(row: Row, lexicon: Lexicon): boolean {
  if (row.words === 0 || row.words > MOST_WORDS || /["“”„«»]/.test(row.text)) return false;
  const tokens = keyOf(row.text)
    .split(/[\s/]+/)
    .filter((token) => token !== '');
  const leads = tokens.filter((token) => lexicon.navigation.leads.has(token)).length;
  const marks = tokens.filter((token) => isMark(token, lexicon)).length;
  if (isLinkOnly(row)) return leads > 0 || (marks > 0 && tokens.every((token) => isKnown(token, lexicon)));
  if (!tokens.every((token) => isKnown(token, lexicon)) || /[.!?…]$/.test(row.text)) return false;
  const parts = row.text.split(/[|•·~/]|\s[-–—]\s/).filter((piece) => /[\p{L}\p{N}]/u.test(piece)).length;
  // "Back to the beginning" may be how a story ends.
  return (leads > 0 && (marks > 0 || leads === tokens.length)) || (marks > 1 && parts > 1);
}

function isMark(token: string, lexicon: Lexicon): boolean {
  return (
    /^\d{1,3}[a-z]?$/.test(token) ||
    lexicon.part.has(token) ||
    lexicon.numbers.has(token) ||
    lexicon.namedParts.has(token)
  );
}

function isKnown(token: string, lexicon: Lexicon): boolean {
  return (
    isMark(token, lexicon) ||
    lexicon.of.has(token) ||
    lexicon.navigation.leads.has(token) ||
    lexicon.navigation.fillers.has(token)
  );
}
