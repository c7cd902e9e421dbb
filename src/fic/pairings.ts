import type { Lexicon } from './lexicon.js';
import { dropBrackets, isNone, unique } from './names.js';
import { anyOf, keyOf, splitOutside, tidy, unquote, withoutLead, withoutTail } from './words.js';

/** Sides of a pairing are names: no more words than this. */
const MOST_WORDS_A_SIDE = 5;

/**
 * Pairings as written: "Mark / Alex (main), Jo x Ben implied" → Mark/Alex, Jo/Ben. "A/B/C" stays one, a run-together name
 * stays as it is, remarks go, and "none" and "gen" are no pairing.
 */
export function readPairings(value: string, lexicon: Lexicon): string[] {
  if (isNone(value, lexicon)) return [];
  const pairings = pairingPieces(value)
    .map((piece) => cleanPairing(piece, lexicon))
    .filter((piece) => isPairing(piece, lexicon));
  // Beside "Sam/Jack" a piece without a slash or capital is a remark: "barely".
  const hasNames = pairings.some((piece) => piece.includes('/') && /\p{Lu}/u.test(piece));
  return unique(pairings.filter((piece) => !hasNames || piece.includes('/') || piece !== piece.toLowerCase()));
}

/** Whether a value says more than its pairings: "past A/B", "A/B (main), C/D implied". A crossing "x" and "and" say nothing. */
export function hasRemark(value: string, pairings: readonly string[], lexicon: Lexicon): boolean {
  const wordsOf = (text: string) => keyOf(text).split(/[\s/]+/);
  const names = new Set(pairings.flatMap(wordsOf));
  // "HarryxDraco" was parted at its x.
  return wordsOf(value.replace(/(?<=\p{L}{2})[x×](?=\p{Lu}\p{Ll})/gu, ' ')).some(
    (word) => /\p{L}{2}/u.test(word) && !names.has(word) && !lexicon.and.has(word),
  );
}

/** The pieces of a list of pairings; "and", "&" and "+" part it only between two pieces that are pairings themselves. */
function pairingPieces(value: string): string[] {
  const pieces = splitOutside(value.replace(/\s*[/／]\s*/g, '/'), anyOf(',;\n•|'));
  return pieces.flatMap((piece) => {
    const sentences = piece.split(/(?<=\p{L}{3})\.\s+/u);
    return sentences.flatMap((sentence) => {
      const parts = sentence.split(/\s+(?:and|&|и|und|e|et|y|with|plus|\+)\s+/iu);
      return parts.length > 1 && parts.every((part) => part.includes('/')) ? parts : [sentence];
    });
  });
}

/** A longer piece of a list is prose. */
const LONGEST = 200;

/** One pairing without remarks: "hints of C/D" → C/D, "A/B, pre-slash" → A/B, "SamxDean" → Sam/Dean. */
export function cleanPairing(text: string, lexicon: Lexicon): string {
  const bare = dropBrackets(text.slice(0, LONGEST))
    .replace(/^[\s*~•>→-]+/, '')
    .replace(/[\s.!?;:*]+$/, '');
  const rest = withoutTail(withoutLead(bare, lexicon.remarks), lexicon.remarks);
  const pairing = crossed(tidy(rest.replace(/\s*\/\s*/g, '/').replace(/[\s–—:-]+$/, '')));
  return unquote(withoutSmallWords(pairing, lexicon));
}

/** "hints of Arthur/Merlin", "Holmes/Watson if you look at it sideways": around names with capitals, small words are remarks. */
function withoutSmallWords(text: string, lexicon: Lexicon): string {
  const sides = text.split('/');
  if (sides.length < 2 || !sides.every((side) => /\p{Lu}/u.test(side))) return text;
  const isSmall = (word: string) => /^\p{Ll}[^\p{Lu}]*$/u.test(word);
  const first = (sides[0] as string).split(' ');
  let from = first.findIndex((word) => !isSmall(word));
  if (from < 1 || first.slice(0, from).every((word) => lexicon.particles.has(keyOf(word)))) from = 0;
  // "the Doctor" keeps its article, whatever stood before it.
  else if (lexicon.articles.has(keyOf(first[from - 1] as string))) from--;
  const last = (sides[sides.length - 1] as string).split(' ');
  const upto = last.findLastIndex((word) => !isSmall(word)) + 1;
  return [first.slice(from).join(' '), ...sides.slice(1, -1), last.slice(0, upto).join(' ')].join('/');
}

/** "HarryxDraco", "Harry x Draco" → Harry/Draco; "Alex" and "Max" keep their x. */
function crossed(text: string): string {
  if (text.includes('/')) return text;
  const spaced = text.replace(/\s+[x×]\s+/giu, '/');
  if (spaced !== text) return spaced;
  return text.replace(/(?<=\p{L}{2})[x×](?=\p{Lu}\p{Ll})/gu, '/');
}

function isPairing(text: string, lexicon: Lexicon): boolean {
  const key = keyOf(text);
  // "8059" is Yamamoto and Gokudera by their numbers.
  if (/^\d{4}$/.test(text)) return true;
  if (!/\p{L}/u.test(text) || lexicon.none.has(key) || lexicon.categories.has(key) || lexicon.remarks.has(key))
    return false;
  if (/^https?:|www\./i.test(text) || /\b(?:pairings?|ships?|couples?)\b/i.test(text)) return false;
  if (text.includes('/'))
    return text.split('/').every((side) => side.trim() !== '' && side.split(/\s+/).length <= MOST_WORDS_A_SIDE);
  return (
    text.split(/\s+/).length <= 4 && !/^(?:etc|others?|canon|more|see\b.*|mostly\b.*|not really|maybe)$/i.test(text)
  );
}

/** True for a piece that pairs names: has a slash or a crossing x, and no side is a number or a genre. */
export function isSlashed(text: string, lexicon: Lexicon): boolean {
  if (text.length > LONGEST || !/[/x×]/i.test(text)) return false;
  const pairing = cleanPairing(text, lexicon);
  const sides = pairing.split('/');
  if (sides.length < 2 || /https?:|www\.|\d\/\d/.test(pairing)) return false;
  if (lexicon.categories.has(keyOf(pairing)) || lexicon.genres.has(keyOf(pairing)) || keyOf(pairing) === 'n/a')
    return false;
  return sides.every((side) => {
    const key = keyOf(side);
    return (
      /\p{L}/u.test(side) &&
      side.split(/\s+/).length <= MOST_WORDS_A_SIDE &&
      !lexicon.genres.has(key) &&
      !lexicon.categories.has(key)
    );
  });
}

/** "A, B, A/B": what pairs names apart from what lists them. */
export function partPairings(value: string, lexicon: Lexicon): { pairings: string; others: string } {
  const pieces = splitOutside(value.replace(/\s*\/\s*/g, '/'), anyOf(',;\n|'));
  const [pairings, others]: [string[], string[]] = [[], []];
  for (const piece of pieces) (isSlashed(piece, lexicon) ? pairings : others).push(piece);
  return { pairings: pairings.join(', '), others: others.join(', ') };
}
