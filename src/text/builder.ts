/**
 * Builds a normalised document out of a stream of text, breaks and blocks.
 *
 * The one rule that the rest follows from: inline elements are opened only when there is text to put in, and closed at
 * every line break and block. So no emphasis is empty, none begins or ends with a space, none crosses a line.
 */
import { type Document, Element, Text } from 'domhandler';
import { Blocks } from './blocks.js';
import { isDivider, LONGEST } from './divider.js';
import type { Mark, MarkList } from './marks.js';
import { accountOf, rememberAccount, rememberCut } from './memory.js';
import { append, dropLast, isText, nameOf } from './tree.js';

/** What a paragraph inherits from the blocks around it. */
export interface Flow {
  /** Element that text makes here: `p`, `h3`, `pre`, `caption`. */
  readonly tag: string;
  readonly attribs: Readonly<Record<string, string>>;
  /** In a list item, a table cell: there a lone `*` or `-` is content and no scene break. */
  readonly inCell: boolean;
  /** The text element is the only one of its kind in its parent and is never split in two. */
  readonly single: boolean;
}

/** Spaces that are text: no-break, the typographic widths, the ideographic. */
const HARD = '\u00a0\u2000-\u200a\u202f\u205f\u3000';
const HARD_SPACE = new RegExp(`[${HARD}]`);
const BLANK = new RegExp(`[ ${HARD}]`);

export class Builder {
  /** Text nodes and pictures written so far: shows whether an element had any content. */
  written = 0;
  /** A cut is open: lines begun now lie behind it. */
  behindCut = false;

  readonly #blocks = new Blocks();
  /** The text element being written, and the elements of marks that are open in its line. */
  #leaf: Element | undefined;
  #open: { mark: Mark; element: Element }[] = [];
  #line: Line = NEW_LINE;
  #lineStart = 0;
  /** Blanks seen and not written: they are only when something visible follows in their line. */
  #blanks = '';
  /** Line breaks since the last visible thing. */
  #breaks = 0;

  // ---------------------------------------------------------------- blocks

  /** How many blocks are open; for `closeTo`. */
  get depth(): number {
    return this.#blocks.depth;
  }
  get container(): Document | Element {
    return this.#blocks.top;
  }

  /** Opens a block that holds blocks (or, of a table or list, its parts). */
  openContainer(element: Element): void {
    this.endLeaf();
    this.#blocks.open(element, this.written);
  }

  /** To be called before an item or cell: ends what stray text stood before it. */
  beginItem(name: string): void {
    this.endLeaf();
    this.#blocks.leaveImplied(name);
  }

  /** Opens a list item or a cell; an item outside of a list gets one. */
  openItem(element: Element): void {
    if (element.name === 'li') this.#blocks.makeList();
    this.#blocks.open(element, this.written);
  }

  /** Closes blocks until `depth` of them are open; those that stayed empty go. */
  closeTo(depth: number): void {
    if (this.#blocks.depth <= depth) return;
    this.endLeaf();
    this.#blocks.closeTo(depth, this.written);
  }

  rule(): void {
    this.endLeaf();
    const rule = this.#blocks.rule();
    this.written++;
    if (rule && this.behindCut) rememberCut(rule);
  }

  /** Ends the paragraph, if one is open. */
  endLeaf(): void {
    this.#endLine();
    if (this.#breaks >= 3) this.#blocks.gap = true;
    this.#breaks = 0;
    const leaf = this.#leaf;
    this.#leaf = undefined;
    if (leaf?.name === 'pre') dropBlankTail(leaf);
    if (leaf && leaf.children.length === 0) this.#blocks.takeBack(leaf);
  }

  /** Something stood here that shows as an empty line (`<p>&nbsp;</p>`): keep it if it is no habit. */
  gap(): void {
    this.#blocks.gap = true;
  }

  /** True while blanks or breaks are pending that nothing visible followed. */
  get hasBlankLine(): boolean {
    return this.#breaks > 0 || HARD_SPACE.test(this.#blanks);
  }

  finish(): Document {
    this.endLeaf();
    this.#blocks.closeTo(1, this.written);
    return this.#blocks.finish();
  }

  // ---------------------------------------------------------------- lines

  /** Text as the source has it; runs of white space count as one space, except in `pre`. */
  text(source: string, marks: MarkList, flow: Flow): void {
    if (flow.tag === 'pre') return this.#preText(source, marks, flow);
    const text = source.replace(/[ \t\n\f\r]+/g, ' ').replace(/[\u200b\ufeff]+/g, '');
    let start = 0;
    let end = text.length;
    while (start < end && BLANK.test(text[start] as string)) start++;
    while (end > start && BLANK.test(text[end - 1] as string)) end--;
    this.#blank(text.slice(0, start));
    if (start === end) return;
    this.#write(text.slice(start, end), marks, flow);
    this.#blank(text.slice(end));
  }

  /** The name of an account; a text node of its own. */
  account(name: string, account: string, marks: MarkList, flow: Flow): void {
    const node = new Text(name);
    append(this.#place(marks, flow), node);
    rememberAccount(node, account);
    this.#note(name, false);
  }

  /** @param isRule alone on its line it is a scene break */
  picture(element: Element, marks: MarkList, flow: Flow, isRule: boolean): void {
    append(this.#place(marks, flow), element);
    this.#note('', isRule && !isLinked(marks));
    this.#line.drawn ||= isRule;
  }

  lineBreak(flow: Flow): void {
    if (flow.tag === 'pre') return this.#preText('\n', [], flow);
    this.#endLine();
    this.#breaks++;
  }

  /** The end of a block inside of a text element that can't be split: a line break, unless one stands there. */
  softBreak(flow: Flow): void {
    if (this.#leaf && this.#breaks === 0) this.lineBreak(flow);
  }

  #blank(blanks: string): void {
    for (const char of blanks) if (char !== ' ' || !this.#blanks.endsWith(' ')) this.#blanks += char;
  }

  #write(text: string, marks: MarkList, flow: Flow): void {
    appendText(this.#place(marks, flow), text);
    this.#note(text, !isLinked(marks));
  }

  #note(text: string, plain: boolean): void {
    this.written++;
    const line = this.#line;
    line.empty = false;
    if (line.text.length <= LONGEST) line.text += text;
    line.plain &&= plain;
  }

  /** Opens what is needed (paragraph, line, marks), writes the blanks before, and says where the next node goes. */
  #place(marks: MarkList, flow: Flow): Element {
    const leaf = this.#leafFor(flow);
    const open = this.#open;
    let common = 0;
    while (common < open.length && open[common]?.mark === marks[common]) common++;
    open.length = common;
    let inner = open.at(-1)?.element ?? leaf;
    if (this.#blanks !== '') {
      const blanks = this.#line.empty ? this.#blanks.replace(/^ /, '') : this.#blanks;
      if (blanks !== '') appendText(inner, blanks);
      if (!this.#line.empty) this.#line.text += ' ';
      this.#blanks = '';
    }
    for (const mark of marks.slice(common)) {
      const element = new Element(mark.name, { ...mark.attribs });
      append(inner, element);
      open.push({ mark, element });
      inner = element;
    }
    return inner;
  }

  #leafFor(flow: Flow): Element {
    if (this.#leaf && this.#breaks > 1 && !flow.single) this.endLeaf();
    if (this.#leaf && this.#breaks > 0) append(this.#leaf, new Element('br', {}));
    if (!this.#leaf && this.#breaks >= 3) this.#blocks.gap = true;
    this.#leaf ??= this.#blocks.openLeaf(flow.tag, flow.attribs);
    this.#breaks = 0;
    if (!this.#line.begun) {
      const plain = !flow.inCell && !flow.single;
      this.#line = { ...NEW_LINE, begun: true, plain, centred: isCentred(flow), cut: this.behindCut };
      this.#lineStart = this.#leaf.children.length;
    }
    return this.#leaf;
  }

  #endLine(): void {
    const line = this.#line;
    this.#line = NEW_LINE;
    this.#open = [];
    this.#blanks = '';
    const leaf = this.#leaf;
    if (!leaf || !line.begun) return;
    const first = leaf.children[this.#lineStart];
    if (first && line.cut) rememberCut(first);
    if (line.plain && leaf.name !== 'pre' && isSceneBreak(line)) this.#makeRule(leaf);
  }

  /** The line just written is a scene break: it comes out of its paragraph, which ends before it. */
  #makeRule(leaf: Element): void {
    while (leaf.children.length > this.#lineStart) dropLast(leaf);
    if (nameOf(leaf.children.at(-1)) === 'br') dropLast(leaf);
    if (leaf.children.length === 0) this.#blocks.takeBack(leaf);
    this.#leaf = undefined;
    this.rule();
  }

  #preText(source: string, marks: MarkList, flow: Flow): void {
    source.split('\n').forEach((line, index) => {
      if (index > 0) {
        this.#endLine();
        if (this.#leaf) append(this.#leaf, new Text('\n'));
      }
      // Blank lines at the top of a <pre> are dropped: HTML's parser eats the first of them anyway.
      if (line.trim() !== '' || (line !== '' && this.#leaf)) this.#write(line, marks, flow);
    });
  }
}

interface Line {
  begun: boolean;
  /** Nothing visible was written yet. */
  empty: boolean;
  /** The line's text as far as it could be a divider. */
  text: string;
  /** Nothing but text that is allowed to become a rule. */
  plain: boolean;
  /** There is a picture in it that could be a rule. */
  drawn: boolean;
  centred: boolean;
  cut: boolean;
}
const NEW_LINE: Readonly<Line> = {
  begun: false,
  empty: true,
  text: '',
  plain: true,
  drawn: false,
  centred: false,
  cut: false,
};

function isSceneBreak({ text, centred, drawn }: Line): boolean {
  return isDivider(text, centred) || (drawn && text.trim() === '');
}

function isLinked(marks: MarkList): boolean {
  return marks.some((mark) => mark.name === 'a');
}

function isCentred(flow: Flow): boolean {
  return flow.attribs.align === 'center';
}

function appendText(parent: Element, text: string): void {
  const last = parent.children.at(-1);
  if (isText(last) && last.data !== '\n' && accountOf(last) === undefined) last.data += text;
  else append(parent, new Text(text));
}

function dropBlankTail(pre: Element): void {
  for (let last = pre.children.at(-1); isText(last) && last.data.trim() === ''; last = pre.children.at(-1))
    dropLast(pre);
}
