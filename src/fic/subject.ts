import { type Bits, type Facts, type Hints, noFacts, readBits } from './bits.js';
import type { Lexicon } from './lexicon.js';
import { unique } from './names.js';
import { findPart } from './parts.js';
import { isRating } from './ratings.js';
import { keyOf, tidy, trimEnd, unquote, wordsIn } from './words.js';

/** What a subject says: "FIC: Kettle Logic (Due South, Fraser/Kowalski, PG) 2/5". */
export interface SubjectFacts extends Facts {
  title?: string;
  chapterTitle?: string;
  /** It begins with a word for a story: "Fic:", "[Fic]", "Drabble -". */
  isFic: boolean;
  /** What stood beside a fandom that only its place tells: "Ten" of "(Ten, Donna, G)" is one, unless "Donna" is of the cast. */
  guess?: { fandom: string; beside: string[] };
}

/** No site takes a longer subject (255 characters), so what is longer is no subject a person typed. */
const LONGEST = 300;
/** So many joints of a subject are tried as the place where its facts begin. */
const MOST_JOINTS = 12;

/** Reads an entry's subject. Whatever is recognised is taken out of the title; what is not, stays in it. */
export function readSubject(subject: string | undefined, lexicon: Lexicon, hints: Hints): SubjectFacts {
  const facts: SubjectFacts = { ...noFacts(), isFic: false };
  let text = tidy((subject ?? '').slice(0, LONGEST));
  if (text === '') return facts;
  text = takePrefix(text, facts, lexicon, hints);
  text = takeBrackets(text, facts, lexicon, hints);
  text = takePrefix(text, facts, lexicon, hints);
  text = takeTail(text, facts, lexicon, hints);
  text = takePart(text, facts, lexicon);
  text = takeTail(text, facts, lexicon, hints);
  const title = cleanTitle(text);
  if (title !== '' && /[\p{L}\p{N}]/u.test(title) && !lexicon.subjectPrefixes.has(keyOf(title))) facts.title = title;
  for (const list of ['fandoms', 'relationships', 'characters', 'genres'] as const) facts[list] = unique(facts[list]);
  return facts;
}

/** "Fic: ", "FIC - ", "[fic]", "Fiction. ", "SGA fic: ", "New fic: ". The words before "fic" may name the fandom. */
function takePrefix(text: string, facts: SubjectFacts, lexicon: Lexicon, hints: Hints): string {
  const match = /^([^:：.|~–—]{1,40}?)\s*(?:[:：|~]+|\.(?=\s)|\s[-–—]+(?=\s)|[–—]+|(?=\s["“«„]))\s*(?=\S)/u.exec(text);
  const words = match ? keyOf(match[1] as string).split(' ') : [];
  if (!match || words.length === 0 || words.length > 6) return text;
  for (let count = Math.min(3, words.length); count > 0; count--) {
    if (!lexicon.subjectPrefixes.has(words.slice(-count).join(' '))) continue;
    const isNumber = (word: string) => lexicon.numbers.has(word) || /^\d+$/.test(word);
    const rest = words.slice(0, -count).filter((word) => !lexicon.subjectNoise.has(word) && !isNumber(word));
    const before = tidy(match[1] as string)
      .split(/\s+/)
      .slice(0, -count)
      .join(' ')
      .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}!.]+$/gu, '');
    // "Stargate SG-1 fic:" names the fandom, "3 Merlin fics:" and "Two new fics:" don't.
    const isWhole = words.slice(0, -count).every((word, at) => rest.includes(word) || (at > 0 && isNumber(word)));
    if (rest.length > 0 && isWhole) addFandom(facts, before);
    else if (rest.length > 3) return text;
    facts.isFic = true;
    return text.slice(match[0].length);
  }
  const bits = readBits(match[1] as string, lexicon, hints);
  if (bits.known > 0 && bits.unknown.length === 0 && /[:：|–—-]\s*$/.test(match[0]) && bits.fandoms.length > 0) {
    addBits(facts, bits);
    return text.slice(match[0].length);
  }
  return text;
}

const GROUP = /[([{<]([^()[\]{}<>]*)[)\]}>]/g;

/** Bracket groups anywhere: facts are taken out, words that belong to the title stay. */
function takeBrackets(text: string, facts: SubjectFacts, lexicon: Lexicon, hints: Hints): string {
  return tidy(
    text.replace(GROUP, (group, inside: string, at: number) => {
      const key = keyOf(inside);
      if (lexicon.subjectPrefixes.has(key)) {
        facts.isFic = true;
        return ' ';
      }
      if (lexicon.subjectNoise.has(key)) return ' ';
      const part = findPart(group, lexicon);
      if (part && wordsIn(part.before) === 0 && !/[,;|]/.test(inside)) {
        facts.part ??= part.part;
        if (part.after !== '') facts.chapterTitle ??= unquote(part.after);
        return ' ';
      }
      const bits = readBits(inside, lexicon, hints);
      const square = group[0] === '[' || group[0] === '{';
      const atEdge = at === 0 || at + group.length === text.length || facts.isFic;
      if (bits.known === 0 && !(square && atEdge && wordsIn(inside) <= 5)) return group;
      const isRemark = (one: { text: string }) => lexicon.subjectNoise.has(keyOf(one.text));
      addBits(facts, { ...bits, unknown: bits.unknown.filter((one) => !isRemark(one)) });
      return ' ';
    }),
  );
}

/** A title as a header labels it: part marks and brackets that hold facts are taken out, all else is the title. */
export function readTitle(value: string, lexicon: Lexicon, hints: Hints): SubjectFacts {
  const facts: SubjectFacts = { ...noFacts(), isFic: false };
  const bare = value.replace(GROUP, (group, inside: string) => {
    const bits = readBits(inside, lexicon, hints);
    if (bits.firm === 0 || bits.unknown.length > 0) return group;
    addBits(facts, bits);
    return ' ';
  });
  const title = cleanTitle(takePart(tidy(bare), facts, lexicon));
  if (title !== '') facts.title = title;
  return facts;
}

/** Facts after a dash, comma or tilde: "Salt and String - SPN, Dean/Castiel, PG-13". */
function takeTail(text: string, facts: SubjectFacts, lexicon: Lexicon, hints: Hints): string {
  const joint = /\s+[-–—~|/]+\s+|\s*\|\s*|,\s+|\s*::\s*/gu;
  for (const match of [...text.matchAll(joint)].slice(0, MOST_JOINTS)) {
    const head = text.slice(0, match.index);
    const tail = text.slice(match.index + match[0].length);
    if (wordsIn(head) === 0) continue;
    const bits = readBits(tail, lexicon, hints);
    const plain = bits.unknown.length === 0 && (bits.firm > 0 || bits.fandoms.length > 0 || bits.status !== undefined);
    // After a comma the title may go on, unless it was closed by its quotes.
    const closed = !match[0].startsWith(',') || unquote(head) !== head;
    const led = bits.firm > 0 && bits.unknown.length === 1 && bits.unknown[0]?.at === 0 && closed;
    const short = bits.unknown.every((one) => wordsIn(one.text) <= 4);
    if ((plain || led) && short && !isPartOnly(bits)) {
      addBits(facts, bits);
      return head;
    }
  }
  return takeClosing(trimEnd(text, /[\s~|–—-]/), facts, lexicon);
}

/** A rating behind a title in quotes: "“Untranslatable” PG". */
function takeClosing(text: string, facts: SubjectFacts, lexicon: Lexicon): string {
  const match = /^(.*["”»])\s+(\S+)$/u.exec(text);
  if (!match || !isRating(match[2] as string, lexicon.ratings)) return text;
  facts.rating ??= match[2];
  return match[1] as string;
}

function isPartOnly(bits: Bits): boolean {
  return bits.part !== undefined && bits.known === 1;
}

/** "Title 2/5", "Title, Part Two of Three", "1/13: Prologue", "Title 3/7 - The Lamp". */
function takePart(text: string, facts: SubjectFacts, lexicon: Lexicon): string {
  const mark = findPart(text, lexicon);
  if (!mark || (mark.before === '' && mark.after === '')) {
    if (mark) facts.part ??= mark.part;
    return mark ? '' : takeNamedPart(text, facts, lexicon);
  }
  facts.part ??= mark.part;
  if (mark.before === '') {
    // "Part 2: The Lamp" names the part, "(01/01) The Light" the story.
    const isBracketed = /^[([{]/.test(text);
    if (!isBracketed) {
      facts.chapterTitle ??= cleanTitle(mark.after);
      return '';
    }
    return mark.after;
  }
  if (mark.after !== '') facts.chapterTitle ??= cleanTitle(mark.after);
  return mark.before;
}

/** "The Long Tide: Epilogue" is a part without a number. */
function takeNamedPart(text: string, facts: SubjectFacts, lexicon: Lexicon): string {
  const match = /^(.+?)(?:\s*[:,–—|]|\s-)\s*(\p{L}+)$/u.exec(text);
  if (!match || !lexicon.namedParts.has(keyOf(match[2] as string))) return text;
  facts.chapterTitle ??= match[2];
  return match[1] as string;
}

/** Quotes around the whole, joints and stray brackets at the ends. */
export function cleanTitle(text: string): string {
  const bare = trimEnd(tidy(text).replace(/^[\s:;,~|*_→>–—-]+/u, ''), /[\s:;,~|*_–—-]/);
  return unquote(unquote(bare));
}

function addFandom(facts: SubjectFacts, name: string): void {
  if (name !== '') facts.fandoms.push(name);
}

/** Takes over what was read; the first piece that is nothing known names the fandom when it stands first. */
function addBits(facts: SubjectFacts, bits: Bits): void {
  facts.relationships.push(...bits.relationships);
  facts.characters.push(...bits.characters);
  facts.genres.push(...bits.genres);
  facts.fandoms.push(...bits.fandoms);
  facts.rating ??= bits.rating;
  facts.wordCount ??= bits.wordCount;
  facts.status ??= bits.status;
  facts.part ??= bits.part;
  const first = bits.unknown[0];
  if (first?.at === 0 && bits.fandoms.length === 0 && wordsIn(first.text) <= 5) {
    facts.guess ??= { fandom: first.text, beside: bits.unknown.map((one) => one.text) };
    addFandom(facts, first.text);
  }
}
