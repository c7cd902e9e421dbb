/** XML out of text and trees: what HTML's readers forgive, an e-book's reader refuses to open. */
import type { ChildNode, Element } from 'domhandler';
import { isElement, isText } from './tree.js';

/** Text for an element's content or a quoted attribute; line breaks in the latter would be read as spaces. */
export function escapeXml(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(FORBIDDEN, '')
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/[&<>"]/g, (char) => REFERENCES[char] as string);
}

/** What no XML 1.0 document may hold, not even as a reference. Half a surrogate pair is a letter that is lost. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** `>` too: `]]>` may not stand in text. */
const REFERENCES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Elements whose end XHTML's readers don't look for; any other is closed, since HTML's would take `<p/>` for open. */
const VOID: ReadonlySet<string> = new Set(['br', 'hr', 'img']);

/** Some nodes that stand next to each other; `blocks` begin on a line of their own. Never recursive. */
export function nodesToXml(nodes: readonly ChildNode[], isBlock: (name: string) => boolean): string {
  const out: string[] = [];
  const open: { element: Element; index: number; siblings: readonly ChildNode[] }[] = [];
  let siblings = nodes;
  let index = 0;
  for (;;) {
    const node = siblings[index++];
    if (!node) {
      const outer = open.pop();
      if (!outer) break;
      const first = outer.element.children[0];
      out.push(isElement(first) && isBlock(first.name) ? `\n</${outer.element.name}>` : `</${outer.element.name}>`);
      ({ siblings, index } = outer);
    } else if (isText(node)) out.push(escapeXml(node.data));
    else if (isElement(node)) {
      const tag = startTag(node);
      if (isBlock(node.name)) out.push('\n');
      out.push(VOID.has(node.name) ? `${tag} />` : `${tag}>`);
      if (VOID.has(node.name)) continue;
      open.push({ element: node, index, siblings });
      siblings = node.children;
      index = 0;
    }
  }
  return out.join('').replace(/^\n/, '');
}

function startTag({ name, attribs }: Element): string {
  let tag = `<${name}`;
  for (const [attribute, value] of Object.entries(attribs)) tag += ` ${attribute}="${escapeXml(value)}"`;
  return tag;
}
