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
  while (index < tokens.length) {
    const token = tokens[index] as Token;
    if (token.kind === 'text') {
      before = token.text.at(-1) ?? before;
      index++;
      continue;
    }
    const run: Delimiter[] = [];
    for (let next = tokens[index]; next && next.kind !== 'text'; next = tokens[++index]) run.push(next);
    decideRun(run, before, firstChar(tokens[index]));
  }
}

function firstChar(token: Token | undefined): string {
  return token?.kind === 'text' ? (token.text[0] ?? '') : '';
}

/** @param before and @param after the characters around the run; empty at an end of the line */
function decideRun(run: readonly Delimiter[], before: string, after: string): void {
  const closing = run.filter((token) => token.kind === 'close');
  const opening = run.filter((token) => token.kind === 'open');
  // `**a***b*`: what closes may, what opens behind it gets tags (their `<` then stands behind the closing run).
  if (closing.length > 0 && opening.length > 0) {
    asTags(opening);
    if (!mayStand(before, '<', closing.length)) asTags(closing);
    return;
  }
  const isOpening = opening.length > 0;
  const [inside, outside] = isOpening ? [after, before] : [before, after];
  if (!mayStand(inside, outside, run.length)) asTags(run);
}

function mayStand(inside: string, outside: string, length: number): boolean {
  if (isSpace(inside) || inside === '') return false;
  if (isSpace(outside) || outside === '' || isSurelyPunctuation(outside)) return true;
  // Within a word. A run of several stretches there falls under the "rule of three": too clever by half.
  return length === 1 && !mayBePunctuation(inside);
}

function asTags(run: readonly Delimiter[]): void {
  for (const { stretch } of run) stretch.asTag = true;
}

function isSpace(char: string): boolean {
  return /^\s$/.test(char);
}

/** CommonMark before 0.31 counts ASCII punctuation and Unicode P, since then also symbols: the safe side of both. */
function isSurelyPunctuation(char: string): boolean {
  return /^[!-/:-@[-`{-~\p{P}]$/u.test(char);
}
function mayBePunctuation(char: string): boolean {
  return /^[\p{P}\p{S}]$/u.test(char) || /^[\ud800-\udfff]$/.test(char);
}
