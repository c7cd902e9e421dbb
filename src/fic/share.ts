import type { HeaderField } from '../model.js';
import { readWordCount } from './counts.js';
import type { Lexicon } from './lexicon.js';
import { isSlashed, partPairings } from './pairings.js';
import { readPart } from './parts.js';
import { ratingIn } from './ratings.js';
import { readStatus } from './status.js';
import { keyOf, splitOutside, wordsIn } from './words.js';

const PROSE: ReadonlySet<HeaderField> = new Set([
  'notes',
  'warnings',
  'spoilers',
  'disclaimer',
  'summary',
  'endNotes',
  'prompt',
]);

export type Shares = Partial<Record<HeaderField, string>>;

/**
 * What each field of a composite label gets of its value: "Word Count/Rating: 1210 words/Gen" → 1210 words and Gen;
 * "Characters/Pairing: A, B, A/B" → A, B and A/B. Prose under two labels belongs to both, whole.
 */
export function shareOut(fields: readonly HeaderField[], value: string, lexicon: Lexicon): Shares {
  if (fields.length === 1) return { [fields[0] as HeaderField]: value };
  if (fields.every((field) => PROSE.has(field))) return shareProse(fields, value);
  const isPeople = (field: HeaderField) => field === 'characters' || field === 'relationships';
  if (fields.some(isPeople) && fields.every((field) => isPeople(field) || field === 'fandoms'))
    return sharePeople(fields, value, lexicon);
  if (fields.includes('title') && fields.includes('authors')) return shareTitle(value);
  return shareByShape(fields, value, lexicon);
}

/** "Warnings/Spoilers: none/through 2x16" answers in order; anything longer is prose and belongs to each, whole. */
function shareProse(fields: readonly HeaderField[], value: string): Shares {
  const pieces = value.split(/\s*[/;]\s*/);
  const isInOrder = pieces.length === fields.length && wordsIn(value) <= 8 && !fields.includes('notes');
  return Object.fromEntries(fields.map((field, at) => [field, isInOrder ? (pieces[at] as string) : value]));
}

/** The fandom comes first; then what pairs names goes to the relationships and what lists them to the characters. */
function sharePeople(fields: readonly HeaderField[], value: string, lexicon: Lexicon): Shares {
  let rest = value;
  const shares: Shares = {};
  if (fields.includes('fandoms')) {
    const pieces = splitOutside(value, (text, at) =>
      '|,;\n:'.includes(text[at] as string) ? 1 : /^\s[/–—-]\s/.test(text.slice(at, at + 3)) ? 3 : 0,
    );
    const byName = pieces.findIndex((piece) => lexicon.fandoms.has(keyOf(piece)));
    const at = byName >= 0 ? byName : fields[0] === 'fandoms' ? 0 : pieces.length - 1;
    const first = pieces[at] ?? '';
    if (pieces.length > 1 || !isSlashed(first, lexicon)) {
      shares.fandoms = first;
      rest = pieces.filter((_, index) => index !== at).join(', ');
    }
  }
  const { pairings, others } = partPairings(rest, lexicon);
  if (pairings !== '') shares.relationships = pairings;
  if (others !== '') shares[fields.includes('characters') ? 'characters' : 'relationships'] ??= others;
  return shares;
}

/** "Kettle by somebody", "Kettle / somebody". */
function shareTitle(value: string): Shares {
  const match = /^(.+?)(?:,?\s+by\s+|\s*[/|]\s*|\s+[–—-]\s+)(.+)$/iu.exec(value);
  return match ? { title: match[1] as string, authors: match[2] as string } : { title: value };
}

/** Pieces that have the shape of a field go to it; what is left goes to the first field that got none. */
function shareByShape(fields: readonly HeaderField[], value: string, lexicon: Lexicon): Shares {
  const shares: Shares = {};
  const left: string[] = [];
  // A pairing's own slash has no space around it: "Arthur/Eames, R".
  const joints = fields.includes('relationships') && /[,;|\n]|\s\/\s/.test(value) ? ',;|\n' : '/,;|\n';
  const pieces = splitOutside(value, (text, at) =>
    /\d,\d{3}/.test(text.slice(at - 1, at + 4))
      ? 0
      : joints.includes(text[at] as string)
        ? 1
        : /^\s\/\s/.test(text.slice(at, at + 3))
          ? 3
          : 0,
  );
  for (const piece of pieces) {
    const field = fields.find((one) => (shares[one] === undefined || LISTS.has(one)) && hasShape(one, piece, lexicon));
    if (field) shares[field] = shares[field] === undefined ? piece : `${shares[field]}, ${piece}`;
    else left.push(piece);
  }
  const open = fields.find((field) => shares[field] === undefined && !SHAPED.has(field));
  if (left.length > 0 && open) shares[open] = left.join(', ');
  else if (left.length > 0 && shares.rating !== undefined) shares.rating = [shares.rating, ...left].join(', ');
  return shares;
}

/** Fields that take more than one piece. */
const LISTS: ReadonlySet<HeaderField> = new Set(['genres', 'relationships']);

const SHAPED: ReadonlySet<HeaderField> = new Set(['rating', 'wordCount', 'status', 'part']);

function hasShape(field: HeaderField, piece: string, lexicon: Lexicon): boolean {
  if (field === 'rating')
    return ratingIn(piece, lexicon.ratings) !== undefined && readWordCount(piece, lexicon, true) === undefined;
  if (field === 'wordCount') return readWordCount(piece, lexicon) !== undefined;
  if (field === 'status') return readStatus(piece, lexicon) !== undefined;
  if (field === 'part') return readPart(piece, lexicon) !== undefined;
  if (field === 'relationships') return isSlashed(piece, lexicon);
  if (field === 'genres') return lexicon.genres.has(keyOf(piece));
  return false;
}
