import type { Header } from '../model.js';
import type { Lexicon } from './lexicon.js';
import { keyOf } from './words.js';

/** The longest status in words: "all parts posted". */
const MOST_WORDS = 4;

/** "Complete", "WIP (3/?)", "закончен" → the status. Only what is said at the start counts. */
export function readStatus(value: string, lexicon: Lexicon): Header['status'] {
  const words = keyOf(value.slice(0, 80)).split(' ');
  for (let count = Math.min(MOST_WORDS, words.length); count > 0; count--) {
    const key = words.slice(0, count).join(' ');
    if (lexicon.inProgress.has(key)) return 'in-progress';
    if (lexicon.complete.has(key)) return 'complete';
  }
  return undefined;
}

/** A label that asks: "WIP?: No", "Complete: yes". */
export function answeredStatus(label: string, value: string, lexicon: Lexicon): Header['status'] {
  const answer = /^(y|yes|yep|да|si|sì|sí|ja|oui)(?!\p{L})/iu.test(value)
    ? true
    : /^(n|no|nope|not|нет|nein|non)(?!\p{L})/iu.test(value)
      ? false
      : undefined;
  if (answer === undefined) return undefined;
  const asked = readStatus(label, lexicon);
  if (asked === undefined) return undefined;
  return (asked === 'complete') === answer ? 'complete' : 'in-progress';
}
