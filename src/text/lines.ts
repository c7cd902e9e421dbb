/** The one line view of a document, which headers are read from and evidence points into. */
import type { Document } from 'domhandler';
import { isBehindCut } from './memory.js';
import { evenText, type Run, runsOf, textOfRuns } from './runs.js';
import { type Span, spansOf } from './spans.js';

export interface Line {
  /** From 1. */
  number: number;
  /** The line's text: no-break spaces as spaces, runs of spaces as one, trimmed; of a rule and a lone picture empty. */
  text: string;
  /** The same text by its looks; joined, the runs are `text`. */
  runs: Run[];
  /** `rule` is a scene break, `pair` a term with its description, `row` a row of a table. */
  kind: 'text' | 'rule' | 'heading' | 'item' | 'pair' | 'row';
  /** Of a row its cells, of a pair term and description (a term alone, or '' and a further description). */
  cells?: string[];
  /** A paragraph, or the first item or row of a list or table, begins here. */
  blankBefore: boolean;
  centred: boolean;
  /** The line stands behind a cut. Known only of documents that were made from a page, not read back from clean HTML. */
  cut: boolean;
}

/** The lines of a document that `cleanHtml` made. Empty paragraphs kept for their gap are no lines. */
export function linesOf(document: Document): Line[] {
  const lines: Line[] = [];
  for (const span of spansOf(document)) lines.push(toLine(span, lines.length + 1));
  return lines;
}

function toLine(span: Span, number: number): Line {
  const { kind, cells, block, blankBefore } = span;
  const runs = kind === 'rule' ? [] : runsOf(cells);
  const first = cells.find((nodes) => nodes.length > 0)?.[0];
  return {
    number,
    text: textOfRuns(runs),
    runs,
    kind,
    ...(kind === 'row' || kind === 'pair' ? { cells: cells.map(evenText) } : {}),
    blankBefore,
    centred: block.attribs.align === 'center',
    cut: first !== undefined && isBehindCut(first),
  };
}
