import type { Lexicon } from './lexicon.js';
import { keyOf } from './words.js';

/** "~2,300", "5 803", "3.412", "1.2k", "112K": one number, thousands parted by comma, dot, apostrophe or space. */
const NUMBER = /(?<![\p{L}\p{N}])(\d{1,3}(?:[.,'’ ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)\s*(k(?!\p{L}))?/iu;
/** A book is no longer; what is more is a date or a telephone number. */
const MOST = 5_000_000;

/**
 * The number of words an author claims: "~2,300" → 2300, "1.2k" → 1200, "1.250 (Word)" → 1250, "+9100 words" → 9100.
 * With `strict` the text has to say that it speaks of words (a unit, "k", or "wc" before it), as among other facts.
 * Undefined for pages, minutes, megabytes, ranges and jokes.
 */
export function readWordCount(text: string, lexicon: Lexicon, strict = false): number | undefined {
  const match = NUMBER.exec(text.slice(0, 200));
  if (!match) return undefined;
  const before = text.slice(0, match.index).trim();
  // "3500ish", "2200+", "1000-odd"; "a 600-word story".
  const after = text
    .slice(match.index + match[0].length)
    .replace(/^\s*(?:-?ish\b|\+|-?odd\b|-(?=\p{L}))/iu, '')
    .trimStart();
  const said = keyOf(/^[\p{L}/]+\.?(?:\s[\p{L}]+){0,2}/u.exec(after)?.[0] ?? '').split(' ');
  const isThousand = match[2] !== undefined || (said.length > 1 && lexicon.thousands.has(said[0] as string));
  const [first = '', second = ''] = match[2] === undefined && isThousand ? said.slice(1) : said;
  const unit = `${first} ${second}`.trim();
  const number = toNumber(match[1] as string, isThousand);
  if (number === undefined || number < 1 || number > MOST) return undefined;
  if (lexicon.otherUnits.has(unit) || lexicon.otherUnits.has(first) || /^[:x×%]\d?/.test(after)) return undefined;
  if (/^\s*[-–—]\s*\d/.test(after) || /^\d/.test(after)) return undefined;
  const saysWords =
    lexicon.wordUnits.has(first) ||
    lexicon.wordUnits.has(unit) ||
    lexicon.wordUnits.has(keyOf(before.replace(/[^\p{L}]+$/u, '')));
  if (saysWords) return wordsBefore(before) > 3 ? undefined : number;
  if (strict) return match[2] !== undefined && after === '' && wordsBefore(before) <= 1 ? number : undefined;
  return wordsBefore(before) > 3 ? undefined : number;
}

function wordsBefore(text: string): number {
  return text.match(/\p{L}+/gu)?.length ?? 0;
}

function toNumber(digits: string, thousands: boolean): number | undefined {
  if (thousands) return Math.round(Number(digits.replace(',', '.')) * 1000);
  if (/^\d{1,3}(?:[.,'’ ]\d{3})+$/.test(digits)) return Number(digits.replace(/\D/g, ''));
  const whole = Number(digits);
  return Number.isInteger(whole) ? whole : undefined;
}
