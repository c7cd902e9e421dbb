/**
 * What the stand-in keeps of HTML: first loose text gets its paragraphs, then whatever is not on the lists goes.
 * The order matters: an inline tag that is not on the list parts a paragraph before it is taken away.
 */
import { load } from 'cheerio';
import { type ChildNode, Element, isTag, isText, type ParentNode, Text } from 'domhandler';
import { ATTRIBUTES, ATTRIBUTES_OF, ELEMENTS, SWALLOWED } from './rules.js';

/** The text and notes may have classes, summaries may not. */
export type Field = 'content' | 'notes' | 'summary';

const words = (list: string) => new Set(list.split(' '));

/** Stand in a paragraph with the text around them. */
const INLINE = words(
  'a abbr acronym b big br cite code del dfn em i img ins kbd q s samp small span strike strong sub sup tt u var',
);
/** Never stand in a paragraph. */
const BLOCKS = words('dl figure h1 h2 h3 h4 h5 h6 hr ol p pre table ul');
/** What is in them stays as it is. */
const UNTOUCHED = words(
  'a abbr acronym address dl figure h1 h2 h3 h4 h5 h6 hr img ol pre table ul script style svg math',
);
/** White space next to their tags counts for nothing. */
const LOOSE = words('blockquote br center details div dl figure figcaption h1 h2 h3 h4 h5 h6 hr ol p pre table ul');

/** HTML as the archive stores it. */
export function sanitise(html: string, field: Field): string {
  if (html.trim() === '') return '';
  const source = html.trim().replaceAll('<3', '&lt;3').replace(/\r\n?/g, '\n');
  const page = load(source, null, false);
  const root = page.root()[0] as ParentNode;
  tighten(root);
  setChildren(root, paragraphs(root.children));
  setChildren(root, kept(root.children, field));
  return load(page.html(), null, false).html().trim();
}

/** Words of a stored text: what stands between white space. (How the archive counts is its own affair.) */
export function countWords(html: string): number {
  return (load(html.replaceAll('<', ' <'), null, false).text().match(/\S+/g) ?? []).length;
}

const nameOf = (node: ChildNode | ParentNode | null | undefined) => (node && 'name' in node ? node.name : undefined);

/** Takes white space off the text next to blocks and line breaks. */
function tighten(parent: ParentNode): void {
  for (const node of [...parent.children]) {
    if (isTag(node) && !UNTOUCHED.has(node.name)) tighten(node);
    if (!isText(node)) continue;
    if (LOOSE.has(nameOf(node.prev ?? parent) ?? '')) node.data = node.data.trimStart();
    if (LOOSE.has(nameOf(node.next ?? parent) ?? '')) node.data = node.data.trimEnd();
  }
  setChildren(
    parent,
    parent.children.filter((node) => !isText(node) || node.data !== ''),
  );
}

/** Runs of loose text and inline elements become paragraphs; other elements are gone into. */
function paragraphs(nodes: readonly ChildNode[]): ChildNode[] {
  const out: ChildNode[] = [];
  let run: ChildNode[] = [];
  const end = () => {
    out.push(...split(run, {}));
    run = [];
  };
  for (const node of nodes) {
    if (isText(node) || INLINE.has(nameOf(node) ?? '')) {
      run.push(node);
      continue;
    }
    end();
    if (!isTag(node)) continue;
    if (node.name === 'p') out.push(...split(node.children, node.attribs));
    else out.push(UNTOUCHED.has(node.name) ? node : cloned(node, paragraphs(node.children)));
  }
  end();
  return out;
}

/** A part of a paragraph, a block that stood in it, or the empty paragraph of three line breaks and more. */
type Part = ChildNode[] | { alone: ChildNode };

/** One paragraph's content as the paragraphs it comes to: two line breaks part it, and so does a block in it. */
function split(nodes: readonly ChildNode[], attribs: Record<string, string>): ChildNode[] {
  return partsOf(nodes).flatMap((part) => {
    if (!Array.isArray(part)) return [part.alone];
    return part.length > 0 ? [made('p', { ...attribs }, part)] : [];
  });
}

function partsOf(nodes: readonly ChildNode[]): Part[] {
  const parts: Part[] = [[]];
  const add = (node: ChildNode) => {
    const last = parts.at(-1);
    if (Array.isArray(last)) last.push(node);
    else parts.push([node]);
  };
  const broken = nodes.flatMap(linesOf);
  for (let at = 0; at < broken.length; at++) {
    const node = broken[at] as ChildNode;
    let breaks = 0;
    while (nameOf(broken[at + breaks]) === 'br') breaks++;
    if (breaks > 1) {
      if (breaks > 2) parts.push({ alone: made('p', {}, [new Text('\u00a0')]) });
      parts.push([]);
      at += breaks - 1;
    } else if (BLOCKS.has(nameOf(node) ?? '')) parts.push({ alone: node }, []);
    else if (isTag(node) && !UNTOUCHED.has(node.name)) {
      // An inline element in which a paragraph ends stands again in the next one.
      const [first, ...rest] = partsOf(node.children);
      if (Array.isArray(first) && (first.length > 0 || rest.length === 0)) add(cloned(node, first));
      for (const part of rest) parts.push(Array.isArray(part) ? (part.length > 0 ? [cloned(node, part)] : []) : part);
    } else add(node);
  }
  return parts;
}

/** Newlines in text count as line breaks. */
function linesOf(node: ChildNode): ChildNode[] {
  if (!isText(node) || !node.data.includes('\n')) return [node];
  return node.data.split(/([^\S\n]*\n[^\S\n]*)/).flatMap((piece) => {
    if (piece === '') return [];
    return [piece.includes('\n') ? made('br', {}) : new Text(piece)];
  });
}

/** Only what is on the lists. An element that is not leaves what is in it. */
function kept(nodes: readonly ChildNode[], field: Field): ChildNode[] {
  return nodes.flatMap((node) => {
    if (isText(node)) return [node];
    if (!isTag(node) || SWALLOWED.has(node.name)) return [];
    const children = kept(node.children, field);
    if (!ELEMENTS.has(node.name)) return children;
    return [made(node.name, attributes(node, field), children)];
  });
}

function attributes(node: Element, field: Field): Record<string, string> {
  const names = [...ATTRIBUTES, ...(ATTRIBUTES_OF[node.name] ?? []), ...(field === 'summary' ? [] : ['class'])];
  const entries = Object.entries(node.attribs).filter(([name, value]) => {
    if (!names.includes(name)) return false;
    if (name === 'src') return /^https?:/i.test(value);
    if (name === 'href' || name === 'cite') return !/^\s*[a-z][a-z0-9+.-]*:/i.test(value) || LINKS.test(value);
    return true;
  });
  return Object.fromEntries(entries);
}

const LINKS = /^\s*(https?|ftp|mailto):/i;

function cloned(node: Element, children: ChildNode[]): Element {
  return made(node.name, { ...node.attribs }, children);
}

/** Without its namespace, `<br>` is written as `<br></br>`, which are two. */
function made(name: string, attribs: Record<string, string>, children: ChildNode[] = []): Element {
  const element = new Element(name, attribs);
  element.namespace = 'http://www.w3.org/1999/xhtml';
  setChildren(element, children);
  return element;
}

function setChildren(parent: ParentNode, children: ChildNode[]): void {
  parent.children = children;
  for (const [index, child] of children.entries()) {
    child.parent = parent;
    child.prev = children[index - 1] ?? null;
    child.next = children[index + 1] ?? null;
  }
}
