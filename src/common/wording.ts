/** Counts and times in words, as a person would say them. */

/** Seconds in words, rounded as a person would: "40 seconds", "4 minutes", "2 hours". */
export function duration(seconds: number): string {
  if (seconds < 90) return count(Math.max(1, Math.round(seconds)), 'second');
  if (seconds < 90 * 60) return count(Math.round(seconds / 60), 'minute');
  return count(Math.round(seconds / 3600), 'hour');
}

/** "1 entry", "2 entries", "3 goes". */
export function count(n: number, noun: string): string {
  return `${n} ${n === 1 ? noun : noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : noun.endsWith('o') ? `${noun}es` : `${noun}s`}`;
}
