/**
 * Which emphasis can be written with `*`, `**` and `~~`, so that CommonMark reads it as meant, and which needs a tag.
 *
 * A delimiter opens or closes by what stands on both sides of it ("left-flanking", "right-flanking"), and delimiters that
 * touch are one run. So the decision is taken run by run over a whole line; where it is not clear-cut, a tag it is.
 */

/** One stretch of emphasis. */
export interface Stretch {
  delimiter: '*' | '**' | '~~';
  /** The element's own name, for the tag. */
  name: string;
  /** Decided: written as a tag. */
  asTag: boolean;
}
export type Token =
  /** Escaped text, a tag, brackets of a link: what is written as it stands. */
  { kind: 'text'; text: string } | { kind: 'open' | 'close'; stretch: Stretch };

/** Writes the tokens of one line. */
export function writeLine(tokens: readonly Token[]): string {
  decide(tokens);
  let line = '';
  for (const token of tokens) {
    if (token.kind === 'text') line += token.text;
    else if (!token.stretch.asTag) line += token.stretch.delimiter;
    else line += token.kind === 'open' ? `<${token.stretch.name}>` : `</${token.stretch.name}>`;
  }
  return line;
}

type Delimiter = Exclude<Token, { kind: 'text' }>;

function decide(tokens: readonly Token[]): void {
  let before = '';
  let index = 0;
  /** Stretches that are open. */
  let depth = 0;
  while (index < tokens.length) {
    const token = tokens[index] as Token;
    if (token.kind === 'text') {
      before = token.text.at(-1) ?? before;
      index++;
      continue;
    }
    const closing: Delimiter[] = [];
    const opening: Delimiter[] = [];
    for (let next = tokens[index]; next && next.kind !== 'text'; next = tokens[++index]) {
      (next.kind === 'close' ? closing : opening).push(next);
    }
    depth -= closing.length;
    const after = firstChar(tokens[index]);
    // `**a***b*`: what closes may, what opens behind it gets tags (their `<` then stands behind what closes).
    const touching = closing.length > 0 && opening.length > 0;
    if (!mayStand(before, touching ? '<' : after, closing.length, depth)) asTags(closing);
    if (touching || !mayStand(after, before, opening.length, depth)) asTags(opening);
    depth += opening.length;
  }
}

function firstChar(token: Token | undefined): string {
  return token?.kind === 'text' ? (token.text[0] ?? '') : '';
}

/**
 * May a run of delimiters stand here?
 * @param inside the character on the side of the emphasis, `outside` the other; empty at an end of the line
 * @param depth how many stretches are open around it
 */
function mayStand(inside: string, outside: string, length: number, depth: number): boolean {
  if (isSpace(inside)) return false;
  const apart = isSpace(outside) || isSurelyPunctuation(outside);
  if (mayBePunctuation(inside) && !apart) return false;
  // Within a word, or between signs, a delimiter could open as well as close; with others around, the "rule of three"
  // pairs them anew.
  const isClear = isSpace(outside) || (isSurelyPunctuation(outside) && !mayBePunctuation(inside));
  return isClear || (length <= 1 && depth === 0);
}

function asTags(run: readonly Delimiter[]): void {
  for (const { stretch } of run) stretch.asTag = true;
}

/** An end of the line (no character) counts as a space. */
function isSpace(char: string): boolean {
  return char === '' || /^\s$/.test(char);
}

/** CommonMark before 0.31 counts ASCII punctuation and Unicode P, since then also symbols: the safe side of both. */
function isSurelyPunctuation(char: string): boolean {
  return /^[!-/:-@[-`{-~\p{P}]$/u.test(char);
}
function mayBePunctuation(char: string): boolean {
  return /^[\p{P}\p{S}]$/u.test(char) || /^[\ud800-\udfff]$/.test(char);
}
