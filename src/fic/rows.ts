import type { HeaderField } from '../model.js';
import type { Line } from '../text/index.js';
import { readWordCount } from './counts.js';
import { isSlip, type Lexicon, type Meaning, meaningOf } from './lexicon.js';
import { plain, tidy, trimEnd, wordsIn } from './words.js';

/** A label and the value that stands on its line. */
export interface Pair {
  label: string;
  /** Undefined where the words are shaped like a label and mean nothing known. */
  meaning: Meaning | undefined;
  value: string;
  /** How plainly it is a label: a colon; a dash or bar; nothing but the words themselves. */
  mark: 'colon' | 'weak' | 'none';
  /** The label stands in bold, italics or underlined, or in a cell of its own. */
  dressed: boolean;
  /** The words are no label, but one letter from one: "Disclamer". */
  slip?: boolean;
}

/** A line as the grammar sees it. */
export interface Row {
  line: Line;
  text: string;
  kind: 'label' | 'unknown' | 'rule' | 'text';
  /** At least one for `label` and `unknown`. */
  pairs: Pair[];
  /** What stands before the first label on a line that holds one further in: an account, or facts without a label. */
  lead: string;
  words: number;
}

/** No label is longer; a colon further in belongs to a sentence. */
const LONGEST_LABEL = 60;
/** An unknown label is at most so long and so many words: "Challenge/Prompt Table". */
const LONGEST_UNKNOWN = 36;
const MOST_UNKNOWN_WORDS = 4;
const LONGEST_COUNT = 20;

export function rowOf(line: Line, lexicon: Lexicon): Row {
  const text = tidy(line.text);
  const row: Row = { line, text, kind: 'text', pairs: [], lead: '', words: wordsIn(text) };
  if (line.kind === 'rule') return { ...row, kind: 'rule' };
  const cells = cellPairs(line, lexicon);
  if (cells) return { ...row, kind: cells.some((pair) => pair.meaning) ? 'label' : 'unknown', pairs: cells };
  const first = readLabel(text, emphasisAtStart(line), lexicon);
  if (first?.meaning) return { ...row, kind: 'label', pairs: splitLine(first, text, line, lexicon) };
  const inner = innerLabel(text, line, lexicon);
  if (inner) return { ...row, kind: 'label', lead: inner.lead, pairs: inner.pairs };
  if (first) return { ...row, kind: 'unknown', pairs: [{ ...first, slip: isSlip(first.label, lexicon) }] };
  return row;
}

/** Rows of a table and pairs of a `dl`: label and value in cells, two to a pair. */
function cellPairs(line: Line, lexicon: Lexicon): Pair[] | undefined {
  const cells = (line.cells ?? []).map(tidy);
  if ((line.kind !== 'row' && line.kind !== 'pair') || cells.length < 2) return undefined;
  const pairs: Pair[] = [];
  for (let at = 0; at + 1 < cells.length; at += 2) {
    const label = bareLabel(cells[at] as string);
    const value = at + 3 >= cells.length ? cells.slice(at + 1).join(' ') : (cells[at + 1] as string);
    if (label === '' || label.length > LONGEST_LABEL) return undefined;
    pairs.push(
      ...innerPairs({ label, meaning: meaningOf(label, lexicon), value, mark: 'colon', dressed: true }, lexicon),
    );
    if (at + 3 >= cells.length) break;
  }
  return pairs;
}

function bareLabel(text: string): string {
  return trimEnd(text.replace(/^[^\p{L}\p{N}"“'(]+/u, ''), /[\s:：;.…\-–—=~|/»>*]/).trim();
}

interface Emphasis {
  /** Characters of the tidied line that stand in emphasis from its start. */
  length: number;
}

function emphasisAtStart(line: Line): Emphasis {
  let text = '';
  for (const run of line.runs) {
    if (!isDressed(run) && run.text.trim() !== '') break;
    text += run.text;
  }
  return { length: tidy(text).length };
}

function isDressed(run: Line['runs'][number]): boolean {
  return run.marks.some((mark) => mark === 'b' || mark === 'i' || mark === 'u');
}

/**
 * The label at the start of a text, if there is one: "Title: x", "Title - x", "Title | x", "Фандом «x»", a label alone,
 * a label in emphasis and its value after it. What is only shaped like a label comes without a meaning.
 */
export function readLabel(text: string, emphasis: Emphasis, lexicon: Lexicon): Pair | undefined {
  const skipped = /^[^\p{L}\p{N}"“«„'‘(]*\(?/u.exec(text)?.[0].length ?? 0;
  const body = text.slice(skipped);
  // What opens with a quote is speech: "Note: it is late," said Orla.
  if (body === '' || /^["“«„'‘]/.test(body)) return undefined;
  const whole = emphasis.length >= text.length;
  const dressedUpTo = (at: number) => !whole && emphasis.length >= skipped + at - 1;
  const make = (end: number, from: number, mark: Pair['mark'], meaning: Meaning | undefined): Pair => {
    const value = body
      .slice(from)
      .replace(/^[\s:：]+(?:[-–—|=~]+\s+)?/, '')
      .trim();
    return {
      label: bareLabel(body.slice(0, end)),
      meaning,
      value,
      mark,
      dressed: dressedUpTo(end) || (whole && emphasis.length > 0 && value === ''),
    };
  };
  const head = body.slice(0, LONGEST_LABEL + 2);
  const colon = head.search(/[:：]/);
  if (colon > 0 && !body.startsWith('//', colon + 1)) {
    const meaning = meaningOf(body.slice(0, colon), lexicon);
    if (meaning) return make(colon, colon + 1, 'colon', meaning);
  }
  // "[title] Kettle Logic", "(Rating) PG".
  const boxed = /[[({<]\s*$/.test(text.slice(0, skipped)) ? /^([^[\](){}<>]{1,40})[\])}>]/.exec(body) : null;
  const inBox = boxed ? meaningOf(boxed[1] as string, lexicon) : undefined;
  if (boxed && inBox && body.length > boxed[0].length)
    return make((boxed[1] as string).length, boxed[0].length, 'weak', inBox);
  const weak = weakLabel(head, lexicon);
  if (weak) return make(weak.end, weak.from, weak.mark, weak.meaning);
  if (!whole && emphasis.length > skipped && emphasis.length < text.length) {
    const length = emphasis.length - skipped;
    const meaning = length <= LONGEST_LABEL ? meaningOf(body.slice(0, length), lexicon) : undefined;
    if (meaning) return make(length, length, 'weak', meaning);
  }
  // "Chapter 3" alone is a part mark, not a label that waits for its value.
  if (body.length <= LONGEST_LABEL && !/\d/.test(body)) {
    const meaning = meaningOf(body, lexicon);
    if (meaning)
      return { label: bareLabel(body), meaning, value: '', mark: 'none', dressed: whole && emphasis.length > 0 };
  }
  // "**Do I own them?** No."
  const asked = !whole && emphasis.length > skipped && body[emphasis.length - skipped - 1] === '?';
  const end = asked ? emphasis.length - skipped - 1 : colon;
  const isDressed = dressedUpTo(end) || (whole && end + 1 === body.length);
  if (end > 0 && isLabelShaped(body.slice(0, end), isDressed || isCount(body.slice(end + 1), lexicon)))
    return make(end, end + 1, 'colon', undefined);
  return undefined;
}

/** "How long will this take: 1,150 words": a sentence has no such end. */
function isCount(value: string, lexicon: Lexicon): boolean {
  return value.length <= LONGEST_COUNT && readWordCount(value, lexicon, true) !== undefined;
}

function weakLabel(
  head: string,
  lexicon: Lexicon,
): { end: number; from: number; mark: 'weak'; meaning: Meaning } | undefined {
  let tried = 0;
  for (const match of head.matchAll(
    /\s*(?:[|=»→~;]|->|\/\/)+\s*|\?+\s+|\s*(?:\.{2,}|…)\s*|\s+[-–—]+\s*|[-–—]+\s+|\s+(?=[«“"„])|(?<=\p{L})(?=[«“])/gu,
  )) {
    if (match.index === 0) continue;
    if (++tried > 4) return undefined;
    const meaning = meaningOf(head.slice(0, match.index), lexicon);
    if (meaning) return { end: match.index, from: match.index + match[0].length, mark: 'weak', meaning };
  }
  return undefined;
}

function isLabelShaped(label: string, dressed: boolean): boolean {
  if (label.length > (dressed ? LONGEST_LABEL : LONGEST_UNKNOWN) || /["“«,;.!]\s|["“«]/.test(label)) return false;
  const count = label.trim().split(/\s+/).length;
  return dressed || (count <= MOST_UNKNOWN_WORDS && /^[^\p{L}]*(?:\p{Lu}|[\p{Ll}/'-]+$)/u.test(label));
}

/** Further labels on a line that begins with one: "Title: Kettle | Rating: G", "… the end. **Notes:** thanks". */
function splitLine(first: Pair, text: string, line: Line, lexicon: Lexicon): Pair[] {
  if (first.value === '') return [first];
  const valueAt = text.length - first.value.length;
  return cutUp(first, text, valueAt, innerStarts(text, valueAt, line, first, lexicon), lexicon);
}

/** The same for a value that stands in a cell or on a line of its own. */
export function innerPairs(pair: Pair, lexicon: Lexicon): Pair[] {
  if (!pair.meaning) return [pair];
  return cutUp(pair, pair.value, 0, innerStarts(pair.value, 0, undefined, pair, lexicon), lexicon);
}

function cutUp(first: Pair, text: string, valueAt: number, cuts: Start[], lexicon: Lexicon): Pair[] {
  if (cuts.length === 0) return [first];
  const ends = [...cuts.map((cut) => cut.end), text.length];
  const pairs = [{ ...first, value: stripJoint(text.slice(valueAt, ends[0])) }];
  for (const [index, cut] of cuts.entries()) {
    const value = text.slice(cut.from, ends[index + 1]);
    const pair = readLabel(value, { length: 0 }, lexicon);
    if (!pair) continue;
    pairs.push({ ...pair, value: stripJoint(pair.value), dressed: first.dressed });
  }
  return pairs;
}

function stripJoint(value: string): string {
  return value.replace(/(?:[\s|·•~;]|\s[/\-–—*])+$/u, '').trim();
}

interface Start {
  /** Where the piece before ends, and where the label begins. */
  end: number;
  from: number;
}

const JOINTS = /\s*[|·•♦►]\s*|\s+[/~*\\]+\s+|;\s+|\s+[-–—]+\s+|[.!?)"”»]\s+|,\s+|\s(?=\p{Lu})/gu;
/** After these a label is meant as one, whatever its words; after others it has to be capitalised and follow a whole sentence. */
const FIRM = /[|·•♦►~*\\/]/;

function innerStarts(text: string, after: number, line: Line | undefined, first: Pair, lexicon: Lexicon): Start[] {
  const starts: Start[] = [];
  let inFact = isFact(first.meaning);
  // In notes a sentence may well end before "Prompt: …" and still be notes.
  let inNotes = isNotes(first.meaning);
  const dressedAt = first.dressed && line ? runStarts(line) : new Set<number>();
  JOINTS.lastIndex = after;
  for (let match = JOINTS.exec(text); match; match = JOINTS.exec(text)) {
    const from = match.index + match[0].length;
    if (match[0] === '') {
      JOINTS.lastIndex++;
      continue;
    }
    const emphasised = dressedAt.has(from);
    const firm = FIRM.test(match[0]) || emphasised;
    // "Title: Rope Rating: T": after a short fact a label needs no mark before it.
    const isGap = inFact && /^\s$/.test(match[0]);
    // "Author: somebody, beta: somebody else"
    const isListed =
      inFact && match[0].startsWith(',') && !/^[^:：]*[|·•~]/.test(text.slice(from, from + LONGEST_LABEL));
    if (!firm && (inNotes || !(isGap || isListed || /^[.!?)"”»;]/.test(match[0])))) continue;
    const head = text.slice(from, from + LONGEST_LABEL);
    const meaning = innerMeaning(head, firm || isListed, lexicon);
    // Dressed like the label before it and closed by a colon, it is a label, whatever its words: "**Archive at:** ProsLib".
    const isDressedLabel =
      emphasised && isLabelShaped(head.split(/[:：]/)[0] as string, false) && /^[^:：]+[:：]/.test(head);
    if (!meaning && !isDressedLabel) continue;
    inNotes = isNotes(meaning);
    inFact = isFact(meaning);
    starts.push({ end: match.index + (/^[.!?)"”»]/.test(match[0]) ? 1 : 0), from });
  }
  return starts;
}

const FACTS: ReadonlySet<HeaderField> = new Set([
  'title',
  'authors',
  'fandoms',
  'relationships',
  'rating',
  'wordCount',
  'genres',
  'status',
  'part',
]);

function isFact(meaning: Meaning | undefined): boolean {
  return meaning !== undefined && meaning.fields.length > 0 && meaning.fields.every((field) => FACTS.has(field));
}

function isNotes(meaning: Meaning | undefined): boolean {
  return meaning?.fields.includes('notes') ?? false;
}

/** A known label with a colon; after a mere full stop one that is written as a label and is never said in passing. */
function innerMeaning(head: string, firm: boolean, lexicon: Lexicon): Meaning | undefined {
  const colon = head.search(/[:：]/);
  if (colon <= 0 || /["“«]/.test(head.slice(0, colon))) return undefined;
  const meaning = meaningOf(head.slice(0, colon), lexicon);
  if (!meaning || firm) return meaning;
  const isPlain = /^\p{Lu}/u.test(head) && meaning.fields.length > 0 && head.slice(0, colon).split(/\s+/).length <= 3;
  return isPlain ? meaning : undefined;
}

/** Where, in the tidied line, a stretch of emphasis begins or an account's name ends. One pass, for lines of thousands of runs. */
function runStarts(line: Line): Set<number> {
  const starts = new Set<number>();
  let length = 0;
  let gap = false;
  let before = false;
  let account = false;
  for (const run of line.runs) {
    const text = plain(run.text).replace(/\s+/g, ' ');
    const core = text.trim();
    const from = length + (length > 0 && (gap || text.startsWith(' ')) ? 1 : 0);
    if ((isDressed(run) && !before) || account) starts.add(from);
    if (core !== '') {
      before = isDressed(run);
      length = from + core.length;
      gap = text.endsWith(' ');
    } else gap ||= text !== '';
    account = run.user !== undefined;
  }
  return starts;
}

/** A line that begins with an account or a few facts and goes on with a label: "somebody**Rating:** PG", "Kettle | Rating: PG". */
function innerLabel(text: string, line: Line, lexicon: Lexicon): { lead: string; pairs: Pair[] } | undefined {
  const candidates: Start[] = [];
  for (const from of runStarts(line)) if (from > 0 && from <= LONGEST_LABEL) candidates.push({ end: from, from });
  for (const match of text.slice(0, LONGEST_LABEL * 2).matchAll(/\s*[|·•♦►]\s*|\s+\/+\s+/gu)) {
    candidates.push({ end: match.index, from: match.index + match[0].length });
  }
  for (const { end, from } of candidates) {
    if (from === 0 || !innerMeaning(text.slice(from, from + LONGEST_LABEL), true, lexicon)) continue;
    const rest = text.slice(from);
    const first = readLabel(rest, { length: 0 }, lexicon);
    if (!first?.meaning) continue;
    const pairs = splitLine({ ...first, dressed: end === from }, rest, { ...line, runs: [] }, lexicon);
    return { lead: text.slice(0, end).trim(), pairs };
  }
  return undefined;
}

/** Every field a row speaks of. */
export function fieldsOf(row: Row): HeaderField[] {
  return row.pairs.flatMap((pair) => pair.meaning?.fields ?? []);
}
