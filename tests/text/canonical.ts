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
  th: '',
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

interface State {
  path: string;
  looks: string[];
  align: string;
  pre: boolean;
}

export function canonical(html: string): string[] {
  const context = parseFragment('<div></div>').childNodes[0] as Element;
  const root = parseFragment(context, html, {});
  const page = new Page();
  const stack: ({ node: Node; state: State } | { end: State })[] = [];
  const start: State = { path: '', looks: [], align: '', pre: false };
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
    else if (name === 'img') page.text(`[img ${attr(node, 'src')} ${attr(node, 'alt') ?? ''}]`, state);
    else if (BLOCKS.has(name)) {
      page.endBlock();
      if (name === 'hr') page.lines.push(`${state.path} ----`);
      if (name === 'tr') page.lines.push(`${state.path} row`);
      stack.push({ end: state });
      push(node.childNodes, {
        path: SILENT.has(name) ? state.path : `${state.path}/${name === 'th' ? 'td' : name}`,
        looks: state.looks,
        align: attr(node, 'align') ?? state.align,
        pre: state.pre || name === 'pre',
      });
    } else push(node.childNodes, { ...state, looks: looksWithin(node, state) });
  }
  page.endBlock();
  // A table without a head has an empty one in GFM.
  return page.lines.filter((line, at) => !(/ row$/.test(line) && !(page.lines[at + 1] ?? '').includes('/tr')));
}

function looksWithin(node: Element, state: State): string[] {
  const name = node.tagName;
  if (name === 'a') return [...state.looks, `a ${url(attr(node, 'href') ?? '')} ${attr(node, 'title') ?? ''}`];
  // A code block is <pre><code>.
  if (state.pre && name === 'code') return state.looks;
  const look = LOOKS[name];
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

  text(source: string, state: State): void {
    const pieces = state.pre ? source.split('\n') : [source.replace(/[ \t\r\n]+/g, ' ')];
    pieces.forEach((piece, index) => {
      if (index > 0) this.lineBreak();
      if (piece === '') return;
      this.#prefix = `${state.path}${state.align && state.align !== 'left' ? `@${state.align}` : ''}`;
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
    const text = out.replace(/ +/g, ' ').replace(/^ | $/g, '');
    return text === '' ? undefined : text;
  }
}
