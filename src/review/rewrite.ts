/**
 * A `decisions.yaml` rewritten so that it says something else, and every line that says the same stays as it is.
 *
 * The text is cut and filled at the places that differ; the document is never drawn anew. Whether the result says what it shall is
 * read from it again. What can't be cut so (aliases of what is changed, a file in braces) is drawn anew by the YAML library, which
 * keeps comments and not the blanks before them.
 */
import { isDeepStrictEqual } from 'node:util';
import {
  Composer,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  type Node,
  type Pair,
  type ParsedNode,
  Parser,
  parseDocument,
  type Scalar,
  visit,
  type YAMLMap,
} from 'yaml';
import { type Comment, commentsOf } from './comments.js';
import { drawnPair, drawnValue, OPTIONS } from './drawn.js';
import { type Data, isData } from './lay.js';

/**
 * @param text YAML without a mistake: a map, or nothing
 * @returns a text that reads as `wanted`
 */
export function rewrite(text: string, wanted: Data): string {
  for (const way of [cutAndFilled, redrawn]) {
    const made = way(text, wanted);
    if (made !== undefined && isDeepStrictEqual(dataOf(made), wanted)) return made;
  }
  throw new Error('decisions.yaml could not be written so that it reads as decided');
}

/** What a text says; undefined where it is no YAML, or no map. */
export function dataOf(text: string): Data | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0) return undefined;
  try {
    const data: unknown = document.toJS() ?? {};
    return isData(data) ? data : undefined;
  } catch {
    return undefined; // an alias of what is gone
  }
}

function cutAndFilled(given: string, wanted: Data): string | undefined {
  const eol = given.includes('\r\n') ? '\r\n' : '\n';
  const text = given === '' || given.endsWith('\n') ? given : given + eol;
  const tokens = [...new Parser().parse(text)];
  const [document] = new Composer({ keepSourceTokens: true }).compose(tokens);
  const root = document?.contents;
  if (!document || !root || isNothing(root)) return text + drawn(wanted, 0, text.trim() !== '', eol);
  if (!isBlockMap(root)) return undefined;
  const cutter = new Cutter(text, eol, commentsOf(text, tokens));
  return cutter.reshape(root, document.toJS(), wanted, true) ? cutter.result() : undefined;
}

/** Some pairs, at the end of a map whose keys stand at `column`. */
function drawn(pairs: Data, column: number, apart: boolean, eol: string): string {
  return Object.entries(pairs)
    .map(([key, value], index) => {
      const lines = drawnPair(key, value, column);
      return (apart || (column === 0 && index > 0) ? eol : '') + lines.map((line) => line + eol).join('');
    })
    .join('');
}

/** What stands behind a `---` with nothing after it. */
function isNothing(node: ParsedNode): boolean {
  return isScalar(node) && node.value === null && node.range[0] === node.range[1];
}

function isBlockMap(node: unknown): node is YAMLMap<ParsedNode, ParsedNode | null> {
  return isMap(node) && !node.flow;
}

interface Splice {
  from: number;
  to: number;
  text: string;
}

/** Finds where a text has to be cut and what comes there. Its methods return false where cutting is not enough. */
class Cutter {
  private readonly splices: Splice[] = [];

  constructor(
    private readonly text: string,
    private readonly eol: string,
    private readonly comments: readonly Comment[],
  ) {}

  result(): string {
    let made = '';
    let done = 0;
    // Stable: at one place the inner map's lines come before those of the map around it.
    for (const { from, to, text } of this.splices.sort((a, b) => a.from - b.from)) {
      made += this.text.slice(done, from) + text;
      done = to;
    }
    return made + this.text.slice(done);
  }

  reshape(map: YAMLMap<ParsedNode, ParsedNode | null>, have: Data, wanted: Data, isRoot = false): boolean {
    const first = map.items[0];
    if (!first?.key?.range) return false;
    const column = first.key.range[0] - this.lineStart(first.key.range[0]);
    const known = new Set<string>();
    for (const pair of map.items) {
      const key = isScalar(pair.key) ? String(pair.key.value) : undefined;
      if (key === undefined || !Object.hasOwn(have, key)) return false;
      known.add(key);
      if (!this.change(pair, have[key], Object.hasOwn(wanted, key) ? wanted[key] : undefined, column)) return false;
    }
    const fresh = Object.fromEntries(Object.entries(wanted).filter(([key]) => !known.has(key)));
    if (Object.keys(fresh).length === 0) return true;
    const end = this.afterLine(endOf(map.items.at(-1) as Pair, this.text));
    this.splices.push({ from: end, to: end, text: drawn(fresh, column, isRoot, this.eol) });
    return true;
  }

  private change(pair: Pair<ParsedNode, ParsedNode | null>, have: unknown, wanted: unknown, column: number): boolean {
    if (wanted !== undefined && isDeepStrictEqual(have, wanted)) return true;
    const [start] = pair.key.range;
    if (this.text.slice(this.lineStart(start), start).trim() !== '') return false;
    if (wanted === undefined) return this.remove(pair, column);
    const goesIn = isBlockMap(pair.value) && isData(have) && isData(wanted) && Object.keys(wanted).length > 0;
    return goesIn
      ? this.reshape(pair.value as YAMLMap<ParsedNode, ParsedNode | null>, have, wanted)
      : this.replace(pair, wanted, column);
  }

  private remove(pair: Pair<ParsedNode, ParsedNode | null>, column: number): boolean {
    const from = this.lineStart(pair.key.range[0]);
    const to = this.afterLine(endOf(pair, this.text));
    this.splices.push({ from, to, text: this.keptLines(from, to, column) });
    return true;
  }

  /** What stands behind the colon. A remark behind the old value, or behind the key, stays on the line. */
  private replace(pair: Pair<ParsedNode, ParsedNode | null>, wanted: unknown, column: number): boolean {
    const colon = pair.srcToken?.sep?.find(({ type }) => type === 'map-value-ind');
    if (!colon) return false;
    const from = colon.offset + 1;
    const end = endOf(pair, this.text);
    const to = this.afterLine(end);
    const isFlow = isCollection(pair.value) && pair.value.flow === true;
    const [head, ...rest] = drawnValue(wanted, column, isFlow) as [string, ...string[]];
    const lines = [head + this.remark(pair.value, from, end), ...rest].map((line) => line + this.eol).join('');
    this.splices.push({ from, to, text: lines + this.keptLines(from, to, column) });
    return true;
  }

  private remark(value: Node | null, colon: number, end: number): string {
    const last = isCollection(value) && !value.flow ? undefined : this.comments.find((one) => this.isBehind(one, end));
    const first = this.comments.find((one) => this.isBehind(one, colon));
    const { from, to } = last ?? first ?? { from: 0, to: 0 };
    if (from === to) return '';
    const blanks = /[ \t]*$/.exec(this.text.slice(0, from))?.[0] ?? '';
    return `${blanks || ' '}${this.text.slice(from, to)}`;
  }

  private isBehind({ from, ownLine }: Comment, place: number): boolean {
    return !ownLine && from >= place && from < this.afterLine(place);
  }

  /** Her comment lines within what goes, moved to the left so that no text above takes them for its own. */
  private keptLines(from: number, to: number, column: number): string {
    return this.comments
      .filter((comment) => comment.ownLine && comment.from >= from && comment.to <= to)
      .map((comment) => ' '.repeat(column) + this.text.slice(comment.from, comment.to) + this.eol)
      .join('');
  }

  private lineStart(place: number): number {
    return this.text.lastIndexOf('\n', place - 1) + 1;
  }

  private afterLine(place: number): number {
    const end = this.text.indexOf('\n', place);
    return end < 0 ? this.text.length : end + 1;
  }
}

/** Where the last letter of a pair or value stands; a block's own range takes in the comments and blank lines behind it. */
function endOf(item: Pair | Node, text: string): number {
  if (isPair(item)) {
    const { key, value, srcToken } = item as Pair<ParsedNode, ParsedNode | null>;
    if (value && value.range[0] < value.range[1]) return endOf(value, text);
    const colon = srcToken?.sep?.find(({ type }) => type === 'map-value-ind');
    return Math.max(key.range[1], (colon?.offset ?? -1) + 1);
  }
  if (isCollection(item) && !item.flow && item.items.length > 0) return endOf(item.items.at(-1) as Node | Pair, text);
  const [from, to] = item.range as [number, number, number];
  if (!isScalar(item) || !isBlockText(item)) return to;
  const source = text.slice(from, to);
  const keepsBlanks = /^[|>]\d?\+/.test(source);
  return from + (keepsBlanks ? source.replace(/\r?\n$/, '') : source.trimEnd()).length;
}

function isBlockText({ type }: Scalar): boolean {
  return type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED';
}

/** By the library: aliases become copies, and maps in braces at the top become lines. */
function redrawn(text: string, wanted: Data): string {
  const document = parseDocument(text);
  visit(document, { Alias: (_, node) => document.createNode(node.toJS(document)) as Node });
  visit(document, {
    Node: (_, node) => {
      if (!isAlias(node)) delete node.anchor;
    },
  });
  if (isMap(document.contents)) {
    document.contents.flow = false;
    redraw(document, document.contents, wanted);
    return document.toString(OPTIONS);
  }
  document.contents = document.createNode(wanted) as unknown as typeof document.contents;
  return document.toString(OPTIONS);
}

function redraw(document: Document.Parsed, map: YAMLMap, wanted: Data): void {
  for (const pair of [...map.items]) {
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    const value = Object.hasOwn(wanted, key) ? wanted[key] : undefined;
    if (value === undefined) map.items.splice(map.items.indexOf(pair), 1);
    else if (isMap(pair.value) && isData(value)) redraw(document, pair.value, value);
    else if (!isDeepStrictEqual((pair.value as Node | null)?.toJS(document) ?? null, value))
      pair.value = document.createNode(value);
  }
  const known = new Set(map.items.map(({ key }) => (isScalar(key) ? String(key.value) : '')));
  for (const [key, value] of Object.entries(wanted))
    if (!known.has(key)) map.items.push(document.createPair(key, value));
}
