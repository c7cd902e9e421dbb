/**
 * Parses a body as browsers do (parse5), with their bounds: a browser stops nesting at some depth, parse5 does not, and
 * takes quadratic time and memory over a page whose tags are never closed.
 */
import type { ChildNode, Element } from 'domhandler';
import { html as HTML, Parser, type Token } from 'parse5';
import { adapter, type Htmlparser2TreeAdapterMap } from 'parse5-htmlparser2-tree-adapter';
import { BREAKING, CELLS, CONTAINERS, DEEPEST_BLOCK, HEADINGS, LISTS, MARKS } from './keep.js';

/** @param html the inner HTML of an element that may hold anything */
export function parseSoup(html: string): ChildNode[] {
  const context = adapter.createElement('body' as never, HTML.NS.HTML, []);
  const parser = SoupParser.getFragmentParser(context, { treeAdapter: adapter, scriptingEnabled: false });
  parser.tokenizer.write(html, true);
  // Not getFragment(): it moves the children one by one, in quadratic time.
  const root = adapter.getFirstChild(parser.document) as Element;
  return root.children;
}

/** Blink's bound (`kMaximumHTMLParserDOMTreeDepth`). Blocks are far deeper here than any that is kept (DEEPEST_BLOCK). */
const DEEPEST = 16 * DEEPEST_BLOCK;
/** The same for emphasis, which deep soup of neutral tags should not cost. */
const DEEPEST_MARK = 4 * DEEPEST;
/** Unclosed formatting elements that are begun again in each new paragraph; the oldest fall out. */
const MOST_REOPENED = 20;

const BLOCKS: ReadonlySet<string> = new Set([
  ...BREAKING,
  ...CELLS,
  ...CONTAINERS,
  ...HEADINGS,
  ...LISTS,
  ...'caption dl figcaption summary table tbody tfoot thead tr'.split(' '),
]);
const INLINE: ReadonlySet<string> = new Set('bdi bdo data font label nobr span time'.split(' '));

class SoupParser extends Parser<Htmlparser2TreeAdapterMap> {
  override onStartTag(token: Token.TagToken): void {
    const { tagName } = token;
    const depth = this.openElements.stackTop;
    if (depth >= DEEPEST && BLOCKS.has(tagName)) return super.onStartTag(lineBreak(token));
    if (depth >= DEEPEST && (INLINE.has(tagName) || tagName.includes('-'))) return;
    if (depth >= DEEPEST_MARK && (MARKS.has(tagName) || tagName === 'a')) return;
    const { entries } = this.activeFormattingElements;
    if (entries.length > MOST_REOPENED) this.#forgetOldest();
    super.onStartTag(token);
    if (isTypedVoid(tagName)) this.#close();
  }

  /** Closes the element just opened, unless the parser put it elsewhere (before the table in which it stood). */
  #close(): void {
    const { current, items, stackTop } = this.openElements;
    if (current && stackTop > 0 && adapter.getParentNode(current as Element) === items[stackTop - 1])
      this.openElements.pop();
  }

  /** Drops the oldest entry since the last marker; markers stand where a cell begins. */
  #forgetOldest(): void {
    const { entries } = this.activeFormattingElements;
    const marker = entries.findIndex((entry) => !('element' in entry));
    const last = marker < 0 ? entries.length - 1 : marker - 1;
    if (last >= MOST_REOPENED) entries.splice(last, 1);
  }
}

/** Tags that a journal's author types without ever closing them: `<lj user="x">`, `<poll-1>`. */
function isTypedVoid(name: string): boolean {
  return name === 'lj' || name === 'user' || name === 'lj-like' || /^(?:lj-)?poll-\d+$/.test(name);
}

function lineBreak(token: Token.TagToken): Token.TagToken {
  return { ...token, tagName: 'br', tagID: HTML.TAG_ID.BR, attrs: [], selfClosing: false };
}
