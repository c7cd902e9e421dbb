/** Text that means itself in Markdown, whatever characters it holds (CommonMark 0.31 with GFM). */

/**
 * The text of one node. What is special only in some company (`_` in a word, `&` before no name) stays plain; the ends
 * of the text may touch anything and are on the safe side.
 */
export function escapeInline(text: string): string {
  return SPECIAL.test(text) ? text.replace(SPECIALS, (sign) => REPLACED[sign] ?? escapeSign(sign)) : text;
}

function escapeSign(sign: string): string {
  return HARD_SPACE.test(sign) ? spaceReference(sign) : `\\${sign}`;
}

const HARD = '\u00a0\u2000-\u200a\u202f\u205f\u3000';
const HARD_SPACE = new RegExp(`[${HARD}]`);
const SPECIAL = new RegExp(`[\\\\\`*_[\\]<&~]|[${HARD}][ ${HARD}]| [${HARD}]`);
const SPECIALS = new RegExp(
  [
    '[\\\\`*[\\]~]',
    '(?<![\\p{L}\\p{N}])_',
    '_(?![\\p{L}\\p{N}])',
    '<(?=[A-Za-z/!?]|$)',
    '&(?=#?\\w{1,32};|#?\\w{0,32}$)',
    // Among other spaces it is meant to be seen; and a trimming `\s+$` takes quadratic time over a long row of them.
    `(?<=[ ${HARD}])[${HARD}]|[${HARD}](?=[ ${HARD}])`,
  ].join('|'),
  'gu',
);
const REPLACED: Record<string, string> = { '<': '&lt;', '&': '&amp;' };

/** Spaces that renderers trim away at the ends of a line although they are text. */
const HARD_EDGE = new RegExp(`^[ ${HARD}]+`);

/** Makes spaces at the start of a line safe that are text (indents). */
export function keepIndent(line: string): string {
  return line.replace(HARD_EDGE, (indent) => indent.replace(/[^ ]/g, spaceReference));
}

function spaceReference(space: string): string {
  return space === '\u00a0' ? '&nbsp;' : `&#${space.charCodeAt(0)};`;
}

/** A whole line whose beginning would make it something else than a line of a paragraph: `1. `, `# `, `---`. */
export function escapeLineStart(line: string): string {
  if (!/^[-+#>=|:\d]/.test(line)) return line;
  const number = /^(\d{1,9})([.)])(?=\s|$)/.exec(line);
  if (number) return `${number[1]}\\${line.slice((number[1] as string).length)}`;
  const isBlockStart = /^(?:>|#{1,6}(?=\s|$)|[-+](?=\s|$)|=+\s*$|[-:|][-:|\s]*$)/.test(line);
  return isBlockStart ? `\\${line}` : line;
}

/** An address for `[…](address)`. */
export function linkDestination(address: string): string {
  const text = address.replace(/&(?=#?\w{1,32};)/g, '&amp;');
  if (/^[^\s()<>\\*_`[\]~!]+$/.test(text)) return text;
  return `<${text.replace(/[<>\\]/g, '\\$&').replace(/\s/g, '%20')}>`;
}

/** ` "title"` for a link or picture; nothing where there is none. */
export function linkTitle(title: string | undefined): string {
  if (!title) return '';
  return ` "${title.replace(/["\\]/g, '\\$&').replace(/&(?=#?\w{1,32};)/g, '&amp;')}"`;
}

/** A code span that holds exactly this text. */
export function codeSpan(text: string): string {
  let fence = '`';
  while (text.includes(fence)) fence += '`';
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return fence + pad + text + pad + fence;
}
