/** The text of a line as runs of one look. */
import type { ChildNode, Element } from 'domhandler';
import { accountOf } from './memory.js';
import { isElement, isText } from './tree.js';
import { withoutUnseen } from './unseen.js';

export type RunMark = 'b' | 'i' | 'u' | 's' | 'small' | 'big' | 'sup' | 'sub' | 'code';
export interface Run {
  text: string;
  marks: RunMark[];
  href?: string;
  /** The account that this text names. */
  user?: string;
}

/** How elements look, by which labels are known: `<strong>Title:</strong>` and `<b>Title:</b>` are the same. */
const LOOKS: Readonly<Record<string, RunMark>> = {
  b: 'b',
  strong: 'b',
  i: 'i',
  em: 'i',
  cite: 'i',
  dfn: 'i',
  var: 'i',
  u: 'u',
  ins: 'u',
  s: 's',
  strike: 's',
  del: 's',
  small: 'small',
  big: 'big',
  sup: 'sup',
  sub: 'sub',
  code: 'code',
  kbd: 'code',
  samp: 'code',
  tt: 'code',
};

interface Look {
  marks: RunMark[];
  href?: string;
  user?: string;
}
const PLAIN: Look = { marks: [] };

/**
 * The runs of a line whose parts are given (cells; a space stands between them). White space is made even: any run of
 * spaces is one space, none stands at the ends, characters without a width are gone. Joined, the runs are the line's text.
 */
export function runsOf(parts: readonly (readonly ChildNode[])[]): Run[] {
  const writer = new RunWriter();
  parts.forEach((nodes, index) => {
    if (index > 0) writer.write(' ', PLAIN);
    writeNodes(nodes, writer);
  });
  return writer.runs;
}

/** The text of some nodes of a line, made even in the same way; a line break within is a newline. */
export function evenText(nodes: readonly ChildNode[]): string {
  const lines: ChildNode[][] = [[]];
  for (const node of nodes) {
    if (isElement(node) && node.name === 'br') lines.push([]);
    else lines.at(-1)?.push(node);
  }
  return lines.map((line) => textOfRuns(runsOf([line]))).join('\n');
}

export function textOfRuns(runs: readonly Run[]): string {
  return runs.map((run) => run.text).join('');
}

/** Depth here is bounded: a clean document nests each mark three times at most. */
function writeNodes(nodes: readonly ChildNode[], writer: RunWriter): void {
  const open: { look: Look; element: Element }[] = [];
  let look = PLAIN;
  for (const top of nodes) {
    let node: ChildNode | null = top;
    while (node) {
      if (isText(node)) writer.write(node.data, lookOf(node, look));
      else if (isElement(node) && node.name === 'br') writer.write(' ', PLAIN);
      else if (isElement(node) && node.children[0]) {
        open.push({ look, element: node });
        look = lookWithin(node, look);
        node = node.children[0];
        continue;
      }
      let done: ChildNode | null = node;
      while (done && done !== top && !done.next) {
        const outer = open.pop();
        done = outer?.element ?? null;
        look = outer?.look ?? PLAIN;
      }
      node = !done || done === top ? null : done.next;
    }
  }
}

function lookOf(text: ChildNode, look: Look): Look {
  const user = accountOf(text);
  return user === undefined ? look : { ...look, user };
}

function lookWithin(element: Element, look: Look): Look {
  if (element.name === 'a') return { ...look, href: element.attribs.href };
  const mark = LOOKS[element.name];
  return mark === undefined || look.marks.includes(mark) ? look : { ...look, marks: [...look.marks, mark] };
}

class RunWriter {
  readonly #runs: Run[] = [];
  #look: Look | undefined;
  #space = false;

  write(source: string, look: Look): void {
    const text = withoutUnseen(source).replace(/\s+/g, ' ');
    if (text === '') return;
    if (text.startsWith(' ')) this.#space = true;
    const core = text.trim();
    if (core === '') return;
    // A space between two looks belongs to the first: "Title: " and then the title.
    const last = this.#runs.at(-1);
    const space = this.#space && last ? ' ' : '';
    if (last && sameLook(this.#look, look)) last.text += space + core;
    else {
      if (last) last.text += space;
      this.#runs.push({ text: core, ...look, marks: [...look.marks] });
    }
    this.#look = look;
    this.#space = text.endsWith(' ');
  }

  get runs(): Run[] {
    return this.#runs;
  }
}

function sameLook(a: Look | undefined, b: Look): boolean {
  return (
    a !== undefined &&
    a.href === b.href &&
    a.user === b.user &&
    a.marks.length === b.marks.length &&
    a.marks.every((mark) => b.marks.includes(mark))
  );
}
