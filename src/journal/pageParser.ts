/**
 * parse5 without the places where it takes quadratic time over a page whose tags are never closed: 20,000 open lists took it
 * half a minute. The tree is the same, but for formatting that nobody closed.
 */
import type { Document } from 'domhandler';
import { html as HTML, Parser, type Token } from 'parse5';
import { adapter, type Htmlparser2TreeAdapterMap } from 'parse5-htmlparser2-tree-adapter';

type Node = Htmlparser2TreeAdapterMap['parentNode'];
type TagId = HTML.TAG_ID;

/** With the places of its elements in the source. */
export function parsePage(html: string): Document {
  return PageParser.parse(html, { treeAdapter: adapter, sourceCodeLocationInfo: true });
}

/** Unclosed formatting elements that are begun again in each new paragraph, besides links; the oldest fall out. */
const MOST_REOPENED = 16;

/** So many elements stand within each other on no page that anybody laid out. */
const DEEP = 1000;

/** Whose end tags mean nothing where none of them is open; unknown ones are all of one id. */
const INLINE: ReadonlySet<TagId> = new Set([
  HTML.TAG_ID.UNKNOWN,
  ...['label', 'q', 'ruby', 'span', 'sub', 'sup', 'var'].map(HTML.getTagID),
]);

/** The adoption agency moves these about without saying so: they are not counted. */
const FORMATTING: ReadonlySet<TagId> = new Set(
  ['a', 'b', 'big', 'code', 'em', 'font', 'i', 'nobr', 's', 'small', 'strike', 'strong', 'tt', 'u'].map(HTML.getTagID),
);

/** parse5's numbers, whose names it does not export, for a page's body and a table's cell: elsewhere any tag may say where things belong. */
const IN_STORY: ReadonlySet<number> = new Set([6, 14]);

class PageParser extends Parser<Htmlparser2TreeAdapterMap> {
  /** How many elements of each name are open, or more. */
  readonly #open = new Map<TagId, number>();

  constructor(...options: ConstructorParameters<typeof Parser<Htmlparser2TreeAdapterMap>>) {
    super(...options);
    const stack = this.openElements;
    // Each start tag of a block asks whether a paragraph is open, and is answered by walking down all that is.
    for (const search of ['hasInScope', 'hasInButtonScope', 'hasInListItemScope'] as const) {
      const walk = stack[search].bind(stack);
      stack[search] = (tag) => this.#mayBeOpen(tag) && walk(tag);
    }
    const walk = stack.hasNumberedHeaderInScope.bind(stack);
    stack.hasNumberedHeaderInScope = () => HEADINGS.some((tag) => this.#mayBeOpen(tag)) && walk();
  }

  override onItemPush(node: Node, tag: TagId, isTop: boolean): void {
    this.#open.set(tag, (this.#open.get(tag) ?? 0) + 1);
    super.onItemPush(node, tag, isTop);
  }

  override onItemPop(node: Node, isTop: boolean): void {
    const tag = 'name' in node ? HTML.getTagID(node.name) : HTML.TAG_ID.UNKNOWN;
    this.#open.set(tag, (this.#open.get(tag) ?? 0) - 1);
    super.onItemPop(node, isTop);
  }

  override onStartTag(token: Token.TagToken): void {
    const { entries } = this.activeFormattingElements;
    if (entries.length > MOST_REOPENED) this.#forgetOldest();
    super.onStartTag(token);
  }

  override onEndTag(token: Token.TagToken): void {
    const { tagID } = token;
    // Both walk down all that is open: one finds nothing, the other moves blocks out of what no reader of pages asks for.
    const endsNothing = INLINE.has(tagID) && !this.#mayBeOpen(tagID) && IN_STORY.has(Number(this.insertionMode));
    const movesBlocks = FORMATTING.has(tagID) && this.openElements.stackTop > DEEP;
    if (!endsNothing && !movesBlocks) super.onEndTag(token);
    else this.skipNextNewLine = false; // the one after <pre> is none of it; after </span> it is
  }

  #mayBeOpen(tag: TagId): boolean {
    return FORMATTING.has(tag) || (this.#open.get(tag) ?? 0) > 0;
  }

  /** Entries stand newest first, up to a marker where a cell begins. A link stays: the next one ends it, and what is in it. */
  #forgetOldest(): void {
    const { entries } = this.activeFormattingElements;
    const marker = entries.findIndex((entry) => !('element' in entry));
    const sinceMarker = marker < 0 ? entries : entries.slice(0, marker);
    const oldest = sinceMarker.findLastIndex((entry) => 'token' in entry && entry.token.tagID !== HTML.TAG_ID.A);
    if (oldest >= MOST_REOPENED) entries.splice(oldest, 1);
  }
}

const HEADINGS: readonly TagId[] = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map(HTML.getTagID);
