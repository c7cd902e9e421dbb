/**
 * What HTML shows, written down line by line, by a reader of its own (parse5's default tree, none of src/text): the
 * blocks a line stands in, and its text by looks and links. Two documents that show the same give the same lines.
 */
import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';

type Node = DefaultTreeAdapterMap['childNode'];
type Element = DefaultTreeAdapterMap['element'];

const LOOKS: Record<string, string> = {
  b: 'b',
  strong: 'b',
  i: 'i',
  em: 'i',
  s: 's',
  strike: 's',
  del: 's',
  u: 'u',
  ins: 'ins',
  small: 'small',
  big: 'big',
  sup: 'sup',
  sub: 'sub',
  code: 'code',
  tt: 'tt',
  q: 'q',
  cite: 'cite',
  abbr: 'abbr',
  ruby: 'ruby',
  rt: 'rt',
  kbd: 'kbd',
  samp: 'samp',
  var: 'var',
  dfn: 'dfn',
  acronym: 'acronym',
  rp: 'rp',
};
const BLOCKS = new Set(
  'p div blockquote ul ol li dl dt dd table thead tbody tfoot tr td th h1 h2 h3 h4 h5 h6 pre hr details summary figure figcaption address caption center'.split(
    ' ',
  ),
);
/** Elements that only hold others and show nothing themselves. */
const SILENT = new Set(['p', 'div', 'thead', 'tbody', 'tfoot', 'center']);
/** What paragraphs take over from the blocks around them. */
const INHERITED = ['align', 'dir', 'lang', 'title'];
const HOLDS_TEXT = new Set('h1 h2 h3 h4 h5 h6 pre li dt dd td th caption figcaption summary'.split(' '));
/** What is the block's own. */
const OWN = ['cite', 'colspan', 'rowspan', 'scope', 'start', 'title', 'type'];

interface State {
  /** The blocks around, each with its number among those in the same block: two lists are not one. */
  path: string;
  /** How many blocks the innermost of them holds so far. */
  count: { blocks: number };
  looks: string[];
  inherited: Record<string, string>;
  pre: boolean;
}

export function canonical(html: string): string[] {
  const context = parseFragment('<div></div>').childNodes[0] as Element;
  const root = parseFragment(context, html, {});
  const page = new Page();
  const stack: ({ node: Node; state: State } | { end: State })[] = [];
  const start: State = { path: '', count: { blocks: 0 }, looks: [], inherited: {}, pre: false };
  const push = (children: Node[], state: State) => {
    for (let index = children.length - 1; index >= 0; index--) stack.push({ node: children[index] as Node, state });
  };
  push(root.childNodes, start);
  for (let top = stack.pop(); top; top = stack.pop()) {
    if ('end' in top) {
      page.endBlock();
      continue;
    }
    const { node, state } = top;
    if (node.nodeName === '#text') page.text((node as DefaultTreeAdapterMap['textNode']).value, state);
    if (!('tagName' in node)) continue;
    const name = node.tagName;
    if (name === 'br') page.lineBreak();
    else if (name === 'img') page.text(picture(node), state);
    else if (BLOCKS.has(name)) {
      page.endBlock();
      if (isEmptyRow(node)) continue;
      const inner = within(node, state);
      if (name === 'hr' || name === 'td' || name === 'th')
        page.lines.push(`${inner.path} ${name === 'hr' ? '----' : 'cell'}`);
      stack.push({ end: state });
      push(node.childNodes, inner);
    } else push(node.childNodes, { ...state, looks: looksWithin(node, state) });
  }
  page.endBlock();
  return page.lines;
}

function within(node: Element, state: State): State {
  const name = node.tagName;
  const inherited = { ...state.inherited };
  // A row's or item's own words stand on the cell in HTML and in a div within it in Markdown.
  for (const key of SILENT.has(name) || HOLDS_TEXT.has(name) ? INHERITED : []) {
    const value = attr(node, key);
    if (value !== undefined) inherited[key] = value;
  }
  const pre = state.pre || name === 'pre';
  if (SILENT.has(name)) return { ...state, inherited, pre };
  state.count.blocks++;
  const own = OWN.filter((key) => !(key in inherited) && attr(node, key) !== undefined);
  const said = own.map((key) => ` ${key}=${key === 'cite' ? url(attr(node, key) ?? '') : attr(node, key)}`).join('');
  return {
    path: `${state.path}/${name}${state.count.blocks}${said}`,
    count: { blocks: 0 },
    looks: state.looks,
    inherited,
    pre,
  };
}

/** A table without a head has an empty one in GFM. */
function isEmptyRow(node: Element): boolean {
  return (
    node.tagName === 'tr' && node.childNodes.every((cell) => !('childNodes' in cell) || cell.childNodes.length === 0)
  );
}

function picture(node: Element): string {
  const size = ['title', 'width', 'height']
    .map((key) => attr(node, key) ?? '')
    .join(' ')
    .trim();
  return `[img ${url(attr(node, 'src') ?? '')} ${attr(node, 'alt') ?? ''} ${size}]`;
}

function looksWithin(node: Element, state: State): string[] {
  const name = node.tagName;
  if (name === 'a') return [...state.looks, `a ${url(attr(node, 'href') ?? '')} ${attr(node, 'title') ?? ''}`];
  // A code block is <pre><code>.
  if (state.pre && name === 'code') return state.looks;
  const said = ['dir', 'lang', 'title', 'cite']
    .map((key) => attr(node, key) ?? '')
    .join(' ')
    .trim();
  const look = said && LOOKS[name] ? `${LOOKS[name]} ${said}` : LOOKS[name];
  return look && !(look.length === 1 && state.looks.includes(look)) ? [...state.looks, look] : state.looks;
}

function attr(node: Element, name: string): string | undefined {
  return node.attrs.find((one) => one.name === name)?.value;
}

function url(href: string): string {
  try {
    return decodeURI(new URL(href).href);
  } catch {
    return href;
  }
}

class Page {
  lines: string[] = [];
  #pieces: { text: string; looks: string }[] = [];
  #prefix = '';
  #first = true;
  #pre = false;

  text(source: string, state: State): void {
    const pieces = state.pre ? source.split('\n') : [source.replace(/[ \t\r\n]+/g, ' ')];
    pieces.forEach((piece, index) => {
      if (index > 0) this.lineBreak();
      if (piece === '') return;
      const { align, ...inherited } = state.inherited;
      const said = Object.entries({ ...inherited, ...(align && align !== 'left' ? { align } : {}) }).sort();
      this.#prefix = state.path + said.map(([key, value]) => `@${key}=${value}`).join('');
      this.#pre = state.pre;
      const looks = [...state.looks].sort().join(',');
      const last = this.#pieces.at(-1);
      if (last && last.looks === looks) last.text += piece;
      else this.#pieces.push({ text: piece, looks });
    });
  }

  lineBreak(): void {
    const line = this.#line();
    if (line !== undefined) {
      this.lines.push(`${this.#prefix}${this.#first ? ' ¶' : ' ⏎'} ${line}`);
      this.#first = false;
    }
  }

  endBlock(): void {
    this.lineBreak();
    this.#first = true;
  }

  /** Spaces at the ends, and where two looks meet, show nothing: put behind the first. */
  #line(): string | undefined {
    const pieces = this.#pieces;
    this.#pieces = [];
    let out = '';
    let looks = '';
    for (const piece of pieces) {
      if (piece.text.trim() === '' && !piece.text.includes('\u00a0')) {
        out += ' ';
        continue;
      }
      const [, before = '', core = '', after = ''] = /^( *)(.*?)( *)$/s.exec(piece.text) as RegExpExecArray;
      out += before;
      if (piece.looks !== looks || out === '') {
        out = out.replace(/( *)$/, `${looks ? '}' : ''}$1${piece.looks ? `{${piece.looks}|` : ''}`);
      }
      looks = piece.looks;
      out += core + after;
    }
    if (looks) out = out.replace(/( *)$/, '}$1');
    const text = this.#pre ? out : out.replace(/ +/g, ' ').replace(/^ | $/g, '');
    return text === '' ? undefined : text;
  }
}
