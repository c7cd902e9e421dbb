import type { Evidence } from '../model.js';
import type { Block } from './block.js';
import { fieldsOf, type Row } from './rows.js';
import { keyOf } from './words.js';

/** Notes after a story are no longer than this, and stand after this much of it. */
const MOST_ROWS = 12;
const MOST_WORDS = 400;
const LEAST_STORY = 80;
/** "Note:" alone may be a letter's; these are an author's. */
const PLAIN_ENOUGH = /^(?:a\/n|an|end ?notes?|authors? notes?|notes|afterword|.*\bauthors?\b.*)$/;

/**
 * An author's note after the story, where it is plainly labelled as one: nothing but notes and lines of navigation follows it to the
 * end of the entry.
 */
export function findEndNotes(
  rows: readonly Row[],
  block: Block | undefined,
  taken: ReadonlySet<number>,
  navigation: ReadonlySet<number>,
): { text: string; rows: number[]; evidence: Evidence } | undefined {
  const start = lastNotesRow(rows, block, taken, navigation);
  if (start === undefined) return undefined;
  const pair = (rows[start] as Row).pairs[0];
  if (!pair) return undefined;
  const after = rows.filter((row, at) => at > start && row.kind !== 'rule' && !navigation.has(at));
  const text = [pair.value, ...after.map((row) => row.text)].filter((one) => one !== '').join('\n');
  if (text === '') return undefined;
  const places = rows.map((_, at) => at).slice(start);
  for (let at = start - 1; at >= 0 && (rows[at] as Row).kind === 'rule'; at--) places.push(at);
  return {
    text,
    rows: places,
    evidence: { from: 'header', raw: `${pair.label}: ${text}`, line: (rows[start] as Row).line.number },
  };
}

function lastNotesRow(
  rows: readonly Row[],
  block: Block | undefined,
  taken: ReadonlySet<number>,
  navigation: ReadonlySet<number>,
): number | undefined {
  let words = 0;
  for (let at = rows.length - 1; at >= Math.max(0, rows.length - MOST_ROWS); at--) {
    const row = rows[at] as Row;
    if (navigation.has(at)) continue;
    if (taken.has(at) || (block && at <= block.last && at >= block.first)) return undefined;
    words += row.words;
    if (words > MOST_WORDS) return undefined;
    if (isNotesLabel(rows, at)) return hasStoryBefore(rows, at, taken) ? at : undefined;
  }
  return undefined;
}

function isNotesLabel(rows: readonly Row[], at: number): boolean {
  const row = rows[at] as Row;
  const pair = row.pairs[0];
  if (
    row.kind !== 'label' ||
    // "The End | Notes: thanks": half of the line is the story's.
    row.lead !== '' ||
    !pair ||
    row.pairs.length > 1 ||
    !fieldsOf(row).some((field) => field === 'notes' || field === 'endNotes')
  )
    return false;
  if (pair.mark !== 'colon' && !pair.dressed) return false;
  return pair.dressed || rows[at - 1]?.kind === 'rule' || PLAIN_ENOUGH.test(keyOf(pair.label));
}

function hasStoryBefore(rows: readonly Row[], at: number, taken: ReadonlySet<number>): boolean {
  let words = 0;
  for (let place = at - 1; place >= 0 && words < LEAST_STORY; place--)
    if (!taken.has(place)) words += (rows[place] as Row).words;
  return words >= LEAST_STORY;
}
