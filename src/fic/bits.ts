import type { Header } from '../model.js';
import { readWordCount } from './counts.js';
import type { Lexicon } from './lexicon.js';
import { dropBrackets, unique } from './names.js';
import { cleanPairing, isSlashed } from './pairings.js';
import { findPart } from './parts.js';
import { isRating } from './ratings.js';
import { anyOf, keyOf, splitOutside, tidy } from './words.js';

/** What a line or a subject can tell without labels. */
export interface Facts {
  fandoms: string[];
  relationships: string[];
  characters: string[];
  genres: string[];
  rating?: string;
  wordCount?: number;
  status?: Header['status'];
  part?: Header['part'];
}

export function noFacts(): Facts {
  return { fandoms: [], relationships: [], characters: [], genres: [] };
}

/** Facts that stand without labels: "Supernatural, Dean/Castiel, PG-13, ~2300 words". */
export interface Bits extends Facts {
  spoilers?: string;
  /** Pieces that are nothing known, in order, each with its place among the pieces. */
  unknown: { text: string; at: number }[];
  /** How many pieces were recognised, and how many of them can hardly be anything else (rating, count, pairing). */
  known: number;
  firm: number;
}

/** What a piece may be known by besides the words of the config: the entry's own tags. */
export interface Hints {
  /** Keys of fandom names the entry's tags give. */
  fandoms: ReadonlySet<string>;
  /** Keys of the tags without a prefix: a fandom, a pairing or anything else. */
  tags?: ReadonlySet<string>;
}

const NO_HINTS: Hints = { fandoms: new Set() };

/** Reads facts without labels from a line, or from brackets in a subject. */
export function readBits(text: string, lexicon: Lexicon, hints: Hints = NO_HINTS): Bits {
  const bits: Bits = { ...noFacts(), unknown: [], known: 0, firm: 0 };
  const isSmall = text === text.toLowerCase();
  for (const [at, piece] of piecesOf(takeCast(text, bits, lexicon, hints)).entries()) {
    // Who writes without capitals rates "g" and "r".
    if (takePiece(bits, isSmall && /^[a-z]\.?$/.test(piece) ? piece.toUpperCase() : piece, lexicon, hints))
      bits.known++;
    else bits.unknown.push({ text: piece, at });
  }
  bits.relationships = unique(bits.relationships);
  return bits;
}

/** Names listed within one part of a line that bars divide: "Emma | Harriet Smith, Jane Fairfax | G". The rest of the line comes back. */
function takeCast(text: string, bits: Bits, lexicon: Lexicon, hints: Hints): string {
  const parts = text.split(BAR);
  if (parts.length < 3) return text;
  const isKnown = (name: string) => readBits(name, lexicon, hints).known > 0;
  const cast = parts.findIndex((part, at) => {
    const names = at === 0 ? [] : part.split(/\s*(?:,|&|\sand\s)\s*/);
    return names.length > 1 && names.every((name) => NAME.test(name)) && !names.some(isKnown);
  });
  if (cast < 0) return text;
  bits.characters.push(...(parts[cast] as string).split(/\s*(?:,|&|\sand\s)\s*/).map((name) => name.trim()));
  bits.known++;
  return parts.filter((_, at) => at !== cast).join(' | ');
}

const BAR = /\s*\|+\s*|\s+\/\/\s+/;
const NAME = /^\s*[\p{L}.'’-]{2,20}(?:\s[\p{L}.'’-]{1,20}){0,3}\s*$/u;

/** Parts at "|", ",", spaced dashes, slashes and tildes, and full stops before a capital. */
function piecesOf(text: string): string[] {
  const isSmall = text === text.toLowerCase();
  return splitOutside(text, (whole, at) => {
    const char = whole[at] as string;
    // "Narnia; Edmund; PG" lists facts, "haruren;kotaro" pairings.
    if (char === ';') return whole[at + 1] === ' ' ? 1 : 0;
    if ('|,\n•·'.includes(char)) return /\d,\d{3}/.test(whole.slice(at - 1, at + 4)) ? 0 : 1;
    if (char !== ' ' && char !== '.') return 0;
    const rest = whole.slice(at, at + 6);
    if (isSmall && /^\.\s/.test(rest)) return 2;
    return (
      (/^\s+(?:[/~–—-]|\/\/|::|\*{1,3})\s+/.exec(rest) ?? /^\.\s+(?=[\p{Lu}\p{Nd}~])/u.exec(rest))?.[0].length ?? 0
    );
  });
}

/** Tries what a piece can be, plainest first. True where it was recognised. */
function takePiece(bits: Bits, raw: string, lexicon: Lexicon, hints: Hints): boolean {
  const piece = tidy(raw)
    .replace(/^[\s*~>→-]+(?=[\p{L}\p{N}~(])/u, '')
    .replace(/[\s!]+$/, '');
  const key = keyOf(piece);
  if (isRating(piece, lexicon.ratings)) return firm(bits, () => (bits.rating ??= piece));
  const count = readWordCount(piece, lexicon, true);
  if (count !== undefined) return firm(bits, () => (bits.wordCount ??= count));
  const fandom = dropBrackets(piece);
  if (isFandom(fandom, lexicon, hints)) return soft(bits, () => bits.fandoms.push(fandom));
  if (lexicon.genres.has(key)) return soft(bits, () => bits.genres.push(piece));
  if (lexicon.categories.has(key)) return true;
  if (lexicon.complete.has(key)) return soft(bits, () => (bits.status ??= 'complete'));
  if (lexicon.inProgress.has(key)) return soft(bits, () => (bits.status ??= 'in-progress'));
  const part = findPart(piece, lexicon);
  if (part && part.before === '' && part.after === '') return soft(bits, () => (bits.part ??= part.part));
  return takeList(bits, piece, lexicon, hints);
}

function takeList(bits: Bits, piece: string, lexicon: Lexicon, hints: Hints): boolean {
  const slashed = splitOutside(piece, anyOf('/'));
  if (slashed.length > 1 && slashed.every((some) => lexicon.genres.has(keyOf(some))))
    return soft(bits, () => bits.genres.push(...slashed));
  if (slashed.length > 1 && slashed.every((some) => isFandom(some, lexicon, hints)))
    return soft(bits, () => bits.fandoms.push(...slashed));
  const some = splitOutside(piece, anyOf(';&+')).map((one) => one.trim());
  if (some.every((one) => isSlashed(one, lexicon))) {
    return firm(bits, () => bits.relationships.push(...some.map((one) => cleanPairing(one, lexicon))));
  }
  const spoilers = /^(\p{L}+)\s*(?:for|through|to|up to|until|:|di|für|de|к)\s+(.+)$/iu.exec(piece);
  if (spoilers && lexicon.spoilers.has(keyOf(spoilers[1] as string)))
    return soft(bits, () => (bits.spoilers ??= piece));
  return takeMixed(bits, piece, lexicon, hints);
}

/** Facts side by side without a mark between: "Stargate slash", "Remus gen", "Stiles (Stiles/Derek, a little)". */
function takeMixed(bits: Bits, piece: string, lexicon: Lexicon, hints: Hints): boolean {
  const kind = /^(\S.*?)\s+(\S+)$/.exec(piece);
  if (kind && lexicon.categories.has(keyOf(kind[2] as string)) && piece.split(/\s+/).length <= 4) {
    const rest = kind[1] as string;
    if (isFandom(rest, lexicon, hints)) return soft(bits, () => bits.fandoms.push(rest));
    if (/^\p{Lu}/u.test(rest)) return true;
  }
  const inside = /^[^()]{2,40}\(([^()]*)\)$/.exec(piece)?.[1];
  if (inside !== undefined && isSlashed(inside, lexicon))
    return firm(bits, () => bits.relationships.push(cleanPairing(inside, lexicon)));
  const friends = piece.split(/\s+&\s+/);
  if (friends.length > 1 && friends.every((one) => /^\p{Lu}[\p{L}'’.-]*(?:\s\p{Lu}[\p{L}'’.-]*){0,2}$/u.test(one))) {
    return soft(bits, () => bits.characters.push(...friends));
  }
  return false;
}

function isFandom(text: string, lexicon: Lexicon, hints: Hints): boolean {
  const key = keyOf(dropBrackets(text));
  return lexicon.fandoms.has(key) || hints.fandoms.has(key);
}

function firm(bits: Bits, take: () => void): true {
  take();
  bits.firm++;
  return true;
}

function soft(_bits: Bits, take: () => void): true {
  take();
  return true;
}

/** A line of bare facts: two or more of them, at least one that can hardly be anything else, and mostly facts. */
export function isBareLine(bits: Bits): boolean {
  // No sentence has a rating and a count or a pairing in it.
  const unknown = bits.firm >= 2 ? bits.unknown.length - 2 : bits.unknown.length;
  return bits.firm >= 1 && bits.known >= 2 && bits.known >= unknown;
}
