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

/** What becomes a tag changes what stands beside its neighbours, so all are looked at again until none changes; after so often all are tags. */
const MOST_PASSES = 8;

function decide(tokens: readonly Token[]): void {
  for (let pass = 0; pass < MOST_PASSES; pass++) if (!pick(tokens)) return;
  asTags(tokens.filter((token) => token.kind !== 'text'));
}

/** Makes tags of what cannot stand as delimiters. @returns whether there was any */
function pick(tokens: readonly Token[]): boolean {
  let changed = false;
  let before = '';
  let index = 0;
  /** Stretches that are open. */
  let depth = 0;
  while (index < tokens.length) {
    const written = textOf(tokens[index]);
    if (written !== undefined) {
      before = written.at(-1) ?? before;
      index++;
      continue;
    }
    const closing: Delimiter[] = [];
    const opening: Delimiter[] = [];
    for (let next = tokens[index]; next && next.kind !== 'text' && !next.stretch.asTag; next = tokens[++index]) {
      (next.kind === 'close' ? closing : opening).push(next);
    }
    const after = textOf(tokens[index])?.[0] ?? '';
    // `**a***b*`: what closes may, what opens behind it gets tags (their `<` then stands behind what closes).
    const touching = closing.length > 0 && opening.length > 0;
    depth -= closing.length;
    const refused = runsOf(closing, before, touching ? '<' : after).filter(
      ({ run, left, right }) => !mayStand(left, right, run.length, depth),
    );
    for (const opens of runsOf(opening, before, after)) {
      if (touching || !mayStand(opens.right, opens.left, opens.run.length, depth)) refused.push(opens);
    }
    for (const { run } of refused) asTags(run);
    depth += opening.filter(({ stretch }) => !stretch.asTag).length;
    changed ||= refused.length > 0;
  }
  return changed;
}

/** What is written as it stands; nothing for a delimiter. */
function textOf(token: Token | undefined): string | undefined {
  if (!token || token.kind === 'text') return token?.text;
  return token.stretch.asTag ? '<>' : undefined;
}

/** Delimiters side by side, parted where `*` meets `~`: to each of them the other is a sign like any. */
function runsOf(delimiters: readonly Delimiter[], before: string, after: string) {
  const runs: { run: Delimiter[]; left: string; right: string }[] = [];
  for (const delimiter of delimiters) {
    const [char = ''] = delimiter.stretch.delimiter;
    const last = runs.at(-1);
    if (last?.run[0]?.stretch.delimiter.startsWith(char)) {
      last.run.push(delimiter);
      continue;
    }
    if (last) last.right = char;
    runs.push({ run: [delimiter], left: last?.run[0]?.stretch.delimiter[0] ?? before, right: after });
  }
  return runs;
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
