/** Bodies at the edge: what is never closed, one endless line, tables in tables. Time should grow as the body does. */
import { cleanHtml, toHtml, toMarkdown } from '../src/text/index.js';
import { story } from './make.js';
import { few, median, row } from './measure.js';

interface Case {
  what: string;
  /** The full size, in pieces; measured at a quarter of it too. */
  pieces: number;
  body: (pieces: number) => string;
}

const never = (tag: string): Case => ({
  what: `20,000 times <${tag}> never closed`,
  pieces: 20_000,
  body: (pieces) => `<${tag}>word `.repeat(pieces),
});

export const CASES: readonly Case[] = [
  ...['font color=red', 'b', 'div', 'blockquote', 'ul><li', 'table><tr><td', 'a href="http://a.example/"'].map(never),
  {
    what: '20,000 crossed tags',
    pieces: 20_000,
    body: (pieces) => '<b>one <i>two</b> three <font size=2></i>four<p>'.repeat(pieces / 4),
  },
  {
    what: '20,000 fonts that differ, in paragraphs',
    pieces: 20_000,
    body: (pieces) => Array.from({ length: pieces }, (_, index) => `<p><font color="#${index}">word `).join(''),
  },
  {
    what: 'a line of 5 MB, in words',
    pieces: 5_000_000,
    body: (pieces) => 'word <i>word</i> &amp; "word" '.repeat(pieces / 30),
  },
  { what: 'a line of 5 MB, one word', pieces: 5_000_000, body: (pieces) => 'a'.repeat(pieces) },
  { what: 'a line of 5 MB, all signs', pieces: 5_000_000, body: (pieces) => '*_`~[<'.repeat(pieces / 6) },
  { what: '5 MB of blanks', pieces: 5_000_000, body: (pieces) => `a${' &nbsp;'.repeat(pieces / 7)}b` },
  { what: '20,000 breaks', pieces: 20_000, body: (pieces) => 'a<br>'.repeat(pieces) },
  { what: '500,000 words', pieces: 500_000, body: (pieces) => story(pieces) },
  { what: 'tables nested 200 deep', pieces: 200, body: (pieces) => nested(pieces) },
  {
    what: 'a table of 20,000 rows',
    pieces: 20_000,
    body: (pieces) => `<table>${'<tr><td>one<td>two'.repeat(pieces)}</table>`,
  },
];

function nested(depth: number): string {
  return `${'<table><tr><td>left</td><td>'.repeat(depth)}middle${'</td></tr></table>'.repeat(depth)}`;
}

/** Cleaning and Markdown together. A ratio near 4 is linear, near 16 quadratic; what is kept in memory adds to it. */
export function soupGrowth(): void {
  for (const { what, pieces, body } of CASES) {
    const [part, whole] = [body(pieces / 4), body(pieces)].map((html) =>
      few(3, () => toMarkdown(toHtml(cleanHtml(html)))),
    );
    const ratio = median(whole as number[]) / median(part as number[]);
    row(what, whole as number[], 'ms', `${ratio.toFixed(1)} times a quarter of it`);
  }
}
