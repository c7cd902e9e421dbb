/** Small things one does to a domhandler tree, none of them recursive. */
import { type ChildNode, Element, type ParentNode, Text } from 'domhandler';

export function append(parent: ParentNode, child: ChildNode): void {
  const last = parent.children.at(-1) ?? null;
  child.parent = parent;
  child.prev = last;
  child.next = null;
  if (last) last.next = child;
  parent.children.push(child);
}

/** Takes the last child off. */
export function dropLast(parent: ParentNode): void {
  const gone = parent.children.pop();
  if (!gone) return;
  const last = parent.children.at(-1);
  if (last) last.next = null;
  gone.parent = null;
  gone.prev = null;
}

/** Gives a parent other children. */
export function setChildren(parent: ParentNode, children: ChildNode[]): void {
  parent.children = [];
  for (const child of children) append(parent, child);
}

export function isElement(node: ChildNode | ParentNode | null | undefined): node is Element {
  return node instanceof Element;
}

export function isText(node: ChildNode | null | undefined): node is Text {
  return node instanceof Text;
}

export function nameOf(node: ChildNode | ParentNode | null | undefined): string {
  return node instanceof Element ? node.name : '';
}

/** The node after this one in document order, once its own children are done with; stops at `root`. */
export function following(node: ChildNode, root: ParentNode): ChildNode | undefined {
  let at: ChildNode = node;
  while (!at.next) {
    const parent = at.parent;
    if (!parent || parent === root) return undefined;
    at = parent as ChildNode;
  }
  return at.next;
}

/** All text under some nodes, in order. */
export function plainText(nodes: readonly ChildNode[]): string {
  let text = '';
  for (const top of nodes) {
    if (isText(top)) text += top.data;
    if (!isElement(top)) continue;
    let node: ChildNode | undefined = top.children[0];
    while (node) {
      if (isText(node)) text += node.data;
      node = (isElement(node) && node.children[0]) || following(node, top);
    }
  }
  return text;
}
