import type { Evidence, HeaderField } from '../model.js';
import { type Bits, type Hints, readBits } from './bits.js';
import type { Reading } from './block.js';
import { readWordCount } from './counts.js';
import type { Draft } from './draft.js';
import type { Lexicon } from './lexicon.js';
import { dropBrackets, isNone, readFandoms, readGenres, readNames, readPeople } from './names.js';
import { hasRemark, isSlashed, partPairings, readPairings } from './pairings.js';
import { readPart } from './parts.js';
import { isRating } from './ratings.js';
import { readSeries } from './series.js';
import { shareOut } from './share.js';
import { answeredStatus, readStatus } from './status.js';
import { readTitle } from './subject.js';
import { keyOf, splitOutside, tidy } from './words.js';

/** One field's share of one reading. */
interface Given {
  field: HeaderField;
  value: string;
  reading: Reading;
  evidence: Evidence;
}

type Reader = (draft: Draft, given: Given, lexicon: Lexicon, hints: Hints) => boolean;

/** Puts every label's value into the draft; what no field takes is kept under `other`. */
export function takeReadings(draft: Draft, readings: readonly Reading[], lexicon: Lexicon, hints: Hints): void {
  for (const reading of readings) {
    const value = withoutMark(reading.value.trim());
    if (value === '') continue;
    const fields = reading.pair.meaning?.fields ?? [];
    const evidence: Evidence = { from: 'header', raw: `${reading.pair.label}: ${value}`, line: reading.line };
    const [own, ...more] = fields.some((field) => BARRED.has(field)) ? value.split(/\s*\|\s*/) : [value];
    // "Rating: G | 100 words": facts without a label of their own after a bar.
    for (const piece of more) takeFacts(draft, readBits(piece, lexicon, hints), evidence);
    const shares = fields.length === 0 || own === undefined ? {} : shareOut(fields, own, lexicon);
    const before = draft.taken;
    let taken = false;
    for (const [field, share] of Object.entries(shares)) {
      const given: Given = { field: field as HeaderField, value: share, reading, evidence };
      taken = READERS[field as HeaderField](draft, given, lexicon, hints) || taken;
    }
    // A second rating, or helpers told in prose: what no field keeps is kept as it stands.
    if (!taken || draft.taken === before) {
      draft.other(reading.pair.label, value);
      if (reading.pair.meaning === undefined) takeShape(draft, value, evidence, lexicon);
    }
  }
}

/** A label of the author's own ("How long will this take: 1,150 words") is known by its value, where that can be but one thing. */
function takeShape(draft: Draft, value: string, evidence: Evidence, lexicon: Lexicon): void {
  draft.set('wordCount', readWordCount(value, lexicon, true), evidence);
  if (!isSlashed(value, lexicon) && isRating(value, lexicon.ratings)) draft.set('rating', value, evidence);
}

/** A value in a cell or on a line of its own may begin with the mark that parts it from its label; a list with its first dash. */
function withoutMark(value: string): string {
  const bare = value.replace(/^(?:[:：=|~;]+|[\])}>](?=\s))\s*/u, '');
  return bare.includes('\n') ? bare : bare.replace(/^[-–—]+\s+/u, '');
}

/** Fields whose value holds no bar. */
const BARRED: ReadonlySet<HeaderField> = new Set(['title', 'rating', 'wordCount', 'status', 'fandoms', 'authors']);

/** Facts that stand without a label. */
export function takeFacts(draft: Draft, bits: Bits, evidence: Evidence): void {
  for (const field of [
    'fandoms',
    'relationships',
    'characters',
    'genres',
    'rating',
    'wordCount',
    'status',
    'part',
    'spoilers',
  ] as const) {
    draft.set(field, bits[field], evidence);
  }
}

/** A text that loses to another of its field ("Chapter Summary" to "Series Summary") is kept under its label. */
const text: Reader = (draft, { field, value, reading, evidence }) => {
  const before = draft.header[field];
  const said = draft.evidence[field]?.raw ?? '';
  draft.set(field, value as never, evidence, reading.pair.meaning?.scope);
  if (draft.header[field] === before) return before === value;
  if (before !== undefined) draft.other(said.slice(0, said.indexOf(':')), before as string);
  return true;
};

const joined: Reader = (draft, { field, value, evidence }) => {
  draft.add(field as 'notes', value, evidence);
  return true;
};

const people: Reader = (draft, { field, value, reading, evidence }, lexicon) => {
  draft.extend(field as 'authors', readPeople(value, reading.users, lexicon), evidence);
  return true;
};

const READERS: Record<HeaderField, Reader> = {
  title: readTitleField,
  authors: people,
  fandoms: readFandomField,
  relationships: readRelationshipField,
  characters: readCharacterField,
  rating: (draft, { value, evidence }) => {
    draft.set('rating', tidy(value), evidence);
    return true;
  },
  warnings: joined,
  wordCount: readCountField,
  status: readStatusField,
  part: readPartField,
  chapterTitle: text,
  genres: (draft, { value, evidence }, lexicon) => {
    draft.extend('genres', readGenres(value, lexicon), evidence);
    return true;
  },
  summary: text,
  notes: joined,
  endNotes: joined,
  disclaimer: joined,
  spoilers: joined,
  betas: people,
  prompt: text,
  recipient: (draft, { value, reading, evidence }) => {
    const user = reading.users.find((name) => value.includes(name));
    const sentence = dropBrackets(value.split('\n')[0] as string).replace(/[.,;!]\s.*$|[.!]+$/, '');
    draft.set('recipient', user ?? sentence, evidence);
    return true;
  },
  language: text,
  series: (draft, { value, evidence }, lexicon) => {
    draft.set('series', readSeries(value.split('\n')[0] as string, lexicon), evidence);
    return true;
  },
  pairingNote: text,
  other: () => false,
};

function readTitleField(...[draft, { value, evidence }, lexicon, hints]: Parameters<Reader>): boolean {
  const facts = readTitle(value.replace(/\n/g, ' '), lexicon, hints);
  if (draft.header.title === undefined) {
    draft.set('part', facts.part, evidence);
    draft.set('chapterTitle', facts.chapterTitle, evidence);
    draft.extend('relationships', facts.relationships, evidence);
    draft.set('rating', facts.rating, evidence);
  }
  draft.set('title', facts.title, evidence);
  return true;
}

/** "Farscape, Aeryn/Crichton": a pairing after the fandom is one; "Leverage/White Collar" is two fandoms. */
function readFandomField(...[draft, { value, evidence }, lexicon]: Parameters<Reader>): boolean {
  const pieces = splitOutside(value.replace(/\s*\/\s*/g, '/'), (all, at) =>
    ',;\n|'.includes(all[at] as string) ? 1 : 0,
  );
  const isPairing = (piece: string, at: number) =>
    at > 0 &&
    isSlashed(piece, lexicon) &&
    !isSlashed(pieces[0] as string, lexicon) &&
    !piece.split('/').every((side) => lexicon.fandoms.has(keyOf(side)));
  const pairings = pieces.filter(isPairing);
  const fandoms = pairings.length > 0 ? pieces.filter((piece, at) => !isPairing(piece, at)).join(', ') : value;
  draft.extend('fandoms', readFandoms(fandoms, lexicon), evidence);
  if (pairings.length > 0) draft.extend('relationships', readPairings(pairings.join(', '), lexicon), evidence);
  return true;
}

function readRelationshipField(...[draft, { value, evidence }, lexicon]: Parameters<Reader>): boolean {
  const pairings = readPairings(value, lexicon);
  if (pairings.length > 0) {
    draft.extend('relationships', pairings, evidence);
    if (hasRemark(value, pairings, lexicon)) draft.set('pairingNote', tidy(value), evidence);
  } else if (isNone(value, lexicon)) draft.denied.add('relationships');
  return true;
}

/** A slash among characters pairs them, unless it lists many, or the pairings were told already. */
function readCharacterField(...[draft, { value, evidence }, lexicon]: Parameters<Reader>): boolean {
  const { pairings, others } = partPairings(value, lexicon);
  const list = pairings !== '' && (draft.header.relationships !== undefined || pairings.split('/').length > 3);
  const names = readNames(
    list ? [others, pairings.replace(/\//g, ', ')].filter((some) => some !== '').join(', ') : others,
    lexicon,
  );
  draft.extend('characters', names, evidence);
  if (pairings !== '' && !list) draft.extend('relationships', readPairings(pairings, lexicon), evidence);
  return true;
}

/** "Length" and its like may count anything, so their value has to say words, or be a mere number. */
function readCountField(draft: Draft, given: Given, lexicon: Lexicon): boolean {
  const { value, reading, evidence } = given;
  const saysWords = keyOf(reading.pair.label)
    .split(/[ /]/)
    .some((word) => lexicon.wordUnits.has(word));
  const bare = /^[~≈+]?\s*\d[\d.,’' ]*(?:\s*k)?(?:\s*[([].*)?$/iu.test(value);
  const count = readWordCount(value, lexicon, !saysWords && !bare);
  if (count !== undefined) {
    draft.set(
      'wordCount',
      count,
      evidence,
      reading.pair.meaning?.scope === 'work' ? undefined : reading.pair.meaning?.scope,
    );
    // "Length: one-shot, 4.5k"
    draft.set('status', readStatus(value, lexicon), evidence);
    return true;
  }
  const status = readStatus(value, lexicon);
  if (status) draft.set('status', status, evidence);
  return status !== undefined;
}

function readStatusField(draft: Draft, { value, reading, evidence }: Given, lexicon: Lexicon): boolean {
  const status = answeredStatus(reading.pair.label, value, lexicon) ?? readStatus(value, lexicon);
  draft.set('status', status, evidence);
  const part = status ? undefined : readPart(value, lexicon);
  if (part?.part.of !== undefined) draft.set('part', part.part, evidence);
  return status !== undefined;
}

/** "Chapter: 2/6", "Chapter: 3 - The Lamp", "Chapter: The Lamp"; "Chapters: 12" says how many and is kept as it is. */
function readPartField(draft: Draft, { value, reading, evidence }: Given, lexicon: Lexicon): boolean {
  const found = readPart(value, lexicon);
  const isTotal =
    found !== undefined &&
    found.part.of === undefined &&
    found.rest === '' &&
    !lexicon.part.has(keyOf(reading.pair.label));
  if (isTotal) return false;
  if (found) {
    draft.set('part', found.part, evidence);
    draft.set('chapterTitle', found.rest, evidence);
    return true;
  }
  const status = readStatus(value, lexicon);
  if (status) draft.set('status', status, evidence);
  else draft.set('chapterTitle', tidy(value), evidence);
  return true;
}
