/** Cuts a text that is too long for one chapter. */
import { isBlockName } from './html.js';
import { isClosing, isTag, piecesOf, tagName } from './pieces.js';

/**
 * Clean HTML in as few parts as fit, about even, none longer than `longest` UTF-16 units: cut behind a paragraph if one ends
 * anywhere near, else behind a line, a sentence, a word. What was open at a cut is closed there and opened again. The same text
 * is always cut at the same places, and nothing is lost but the white space or line break of a cut within a paragraph.
 */
export function splitHtml(html: string, longest: number): string[] {
  const parts: string[] = [];
  let rest = html;
  while (rest.length > longest) {
    const cut = bestCut(rest, longest);
    if (!cut) break;
    parts.push(rest.slice(0, cut.at) + closed(cut.open));
    rest = cut.open.join('') + rest.slice(cut.from);
  }
  return [...parts, rest];
}

interface Cut {
  /** The first part ends at `at`; the rest begins at `from`. */
  at: number;
  from: number;
  /** Tags that are open there, outermost first. */
  open: string[];
  rank: number;
}

/** From the best place to cut to the worst. */
const RANK = { block: 0, inner: 1, line: 2, sentence: 3, word: 4, letter: 5 };

/** A text that would fill its parts to the brim is given one more, since cuts fall where they may. */
const ROOM = 1.05;

function bestCut(html: string, longest: number): Cut | undefined {
  const target = html.length / Math.ceil((ROOM * html.length) / longest);
  const [first, last] = [target / 2, html.length - target / 2];
  let best: Cut | undefined;
  for (const cut of cutsOf(html, { first, last: Math.min(last, longest), target })) {
    if (cut.at < first || cut.at > last || cut.at + closed(cut.open).length > longest) continue;
    // What is opened again must not eat up what was gained.
    if (cut.open.join('').length > cut.at / 2) continue;
    const distance = Math.abs(cut.at - target);
    if (!best || cut.rank < best.rank || (cut.rank === best.rank && distance < Math.abs(best.at - target))) best = cut;
  }
  return best;
}

const VOID: ReadonlySet<string> = new Set(['br', 'hr', 'img']);
/** A heading belongs to what follows it, a term to its description, a cell to its row. */
const BOUND: ReadonlySet<string> = new Set('h1 h2 h3 h4 h5 h6 caption summary figcaption td th dt thead'.split(' '));

/** Every place around `first` to `last` where a cut is thinkable; within a long text only those next to `target`. */
function* cutsOf(
  html: string,
  { first, last, target }: { first: number; last: number; target: number },
): Iterable<Cut> {
  const open: string[] = [];
  let at = 0;
  for (const piece of piecesOf(html)) {
    if (at > last) return;
    const start = at;
    at += piece.length;
    if (!isTag(piece)) {
      if (at < first) continue;
      for (const [place, rank, blanks] of placesIn(piece, target - start, last - start)) {
        yield { at: start + place, from: start + place + blanks, open: [...open], rank };
      }
      continue;
    }
    const name = tagName(piece);
    if (isClosing(piece)) open.pop();
    else if (!VOID.has(name)) open.push(piece);
    if (isEndAt(html, at)) continue;
    if (name === 'br') yield { at: start, from: at, open: [...open], rank: RANK.line };
    else if ((isClosing(piece) || name === 'hr') && isBlockName(name) && !BOUND.has(name)) {
      const from = html[at] === '\n' ? at + 1 : at;
      yield { at, from, open: [...open], rank: open.length === 0 ? RANK.block : RANK.inner };
    }
  }
}

/** Behind the last thing in its block there is nothing to cut off. */
function isEndAt(html: string, at: number): boolean {
  const next = html[at] === '\n' ? at + 1 : at;
  return next >= html.length || html.startsWith('</', next);
}

/** Of each kind the nearest to `target` before and behind it: place, rank, and how many blanks go. Never at the text's own ends. */
function* placesIn(text: string, target: number, end: number): Iterable<[number, number, number]> {
  const aim = Math.round(Math.min(Math.max(target, 1), text.length - 1));
  const within = (place: number) => place > 0 && place < Math.min(text.length - 1, end + 1);
  for (const [pattern, rank] of [
    [/[.!?…。！？]["'”’»)]*[ \n]/g, RANK.sentence],
    [/[ \n]/g, RANK.word],
  ] as const) {
    let before: number | undefined;
    for (const { 0: found, index } of text.matchAll(pattern)) {
      const place = index + found.length - 1;
      if (place <= aim) before = place;
      if (before !== undefined && within(before) && place > aim) yield [before, rank, 1];
      if (place <= aim) continue;
      before = undefined;
      if (within(place)) yield [place, rank, 1];
      break;
    }
    if (before !== undefined && within(before)) yield [before, rank, 1];
  }
  // Of a text without blanks, before a letter that is neither within a reference nor half of one.
  for (let place = Math.min(aim, Math.floor(end)); place > 0; place--) {
    const reference = text.lastIndexOf('&', place - 1);
    const isWhole = reference === -1 || text.slice(reference, place).includes(';');
    if (!isWhole || /[\udc00-\udfff\p{M}]/u.test(text[place] ?? '')) continue;
    yield [place, RANK.letter, 0];
    break;
  }
}

function closed(open: readonly string[]): string {
  return open
    .map((tag) => `</${tagName(tag)}>`)
    .reverse()
    .join('');
}
