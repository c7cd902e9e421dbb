/**
 * What is known of a clean document's nodes and must not stand in its HTML: which lines lay behind a cut, and which
 * names were account tags. It is kept beside the nodes and goes with copies; HTML that is read again has lost it.
 */
import type { ChildNode } from 'domhandler';

/** A property and not a WeakSet: thousands of lines in one cost the garbage collector as much as the parser takes. */
const CUT = Symbol('behind a cut');
const accounts = new WeakMap<ChildNode, string>();

type Remembering = ChildNode & { [CUT]?: true };

/** Marks the first node of a line that lies behind a cut. */
export function rememberCut(lineStart: ChildNode): void {
  (lineStart as Remembering)[CUT] = true;
}
export function isBehindCut(lineStart: ChildNode): boolean {
  return (lineStart as Remembering)[CUT] === true;
}

/** Marks a text node that is the name of an account. */
export function rememberAccount(name: ChildNode, account: string): void {
  accounts.set(name, account);
}
export function accountOf(node: ChildNode): string | undefined {
  return accounts.get(node);
}

/** Hands over what is known of a node to its copy. */
export function rememberCopy(copy: ChildNode, original: ChildNode): void {
  if (isBehindCut(original)) rememberCut(copy);
  const account = accounts.get(original);
  if (account !== undefined) accounts.set(copy, account);
}
