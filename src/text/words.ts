/** Plain text out of clean HTML, and the count of its words. */
import { Parser } from 'htmlparser2';
import { isBlockName } from './html.js';

/** `br` and `hr` and the end of each block end a line; blocks that hold text are set apart by an empty line. */
const LINES: ReadonlySet<string> = new Set(['li', 'tr', 'dt', 'dd', 'summary', 'caption', 'table', 'ul', 'ol', 'dl']);

/**
 * The text of clean HTML: one line per line, an empty line between paragraphs, a scene break as `* * *`, cells of a row
 * separated by a tab. No-break spaces stay.
 */
export function textOf(html: string): string {
  const out = new TextWriter();
  const parser = new Parser(
    {
      ontext: (text) => out.text(text),
      onopentag: (name) => out.open(name),
      onclosetag: (name) => out.close(name),
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return out.toString();
}

class TextWriter {
  #out = '';
  /** Newlines that are due before the next text. */
  #due = 0;
  /** A block began or ended, and no text came since. */
  #atEdge = true;
  #pre = false;
  #cells = 0;

  text(text: string): void {
    const said = this.#pre ? text : text.replace(/[ \t\r\n]+/g, ' ');
    // Newlines between blocks are for people who read the HTML.
    if (said === '' || (said === ' ' && this.#atEdge)) return;
    this.#settle();
    this.#atEdge = false;
    this.#out += said;
  }

  open(name: string): void {
    this.#atEdge ||= isBlockName(name);
    if (name === 'pre') this.#pre = true;
    if (name === 'tr') this.#cells = 0;
    if (name === 'td' || name === 'th') {
      if (this.#cells++ > 0) this.#out += '\t';
      return;
    }
    if (name === 'br') {
      this.#settle();
      this.#out += '\n';
    } else if (name === 'hr') {
      this.#end(2);
      this.text('* * *');
      this.#end(2);
    } else if (isBlockName(name)) this.#end(LINES.has(name) ? 1 : 2);
  }

  close(name: string): void {
    this.#atEdge ||= isBlockName(name);
    if (name === 'pre') this.#pre = false;
    if (name !== 'td' && name !== 'th' && name !== 'hr' && isBlockName(name)) this.#end(LINES.has(name) ? 1 : 2);
  }

  #end(lines: number): void {
    this.#due = Math.max(this.#due, lines);
  }

  #settle(): void {
    if (this.#out !== '') this.#out += '\n'.repeat(this.#due);
    this.#due = 0;
  }

  toString(): string {
    return this.#out;
  }
}

/**
 * Words as an otwarchive counts them (its `lib/word_counter.rb`): `--` parts words, apostrophes and hyphens don't; a word
 * is a run of letters, digits and underscores; each Han, Hiragana, Katakana or Thai character counts as one.
 * Unlike there, a word that is half emphasised is one word.
 */
export function countWords(html: string): number {
  return wordsOf(textOf(html)).length;
}

/** The words of a plain text by the same rule. */
export function wordsOf(text: string): string[] {
  return (
    text
      .replace(/--/g, '—')
      .replace(/['’‘-]/g, '')
      .match(WORDS) ?? []
  );
}

const SINGLY = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}';
const WORDS = new RegExp(`[${SINGLY}]|(?:(?![${SINGLY}])[\\p{L}\\p{M}\\p{N}\\p{Pc}])+`, 'gu');
