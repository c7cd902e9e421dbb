import { type Alternative, splitHas } from '../config/sites.js';

/**
 * What a CSS selector asks of the last element in it, so that only the few elements of a page with that id, class or
 * name need be tried. A page is asked some sixty selectors, and running each over the whole tree costs more than parsing it.
 */
export interface Key {
  kind: 'id' | 'class' | 'tag' | 'any';
  name: string;
}

const known = new Map<string, Key[]>();

/** One key for each alternative of the selector (`a, b` has two). */
export function keysOf(selector: string): Key[] {
  let keys = known.get(selector);
  if (!keys) {
    keys = lastCompounds(selector).map(keyOf);
    known.set(selector, keys);
  }
  return keys;
}

/** The text after the last combinator of each alternative, with what stands in brackets and parentheses left out. */
function lastCompounds(selector: string): string[] {
  const result: string[] = [];
  let depth = 0;
  let quote = '';
  let compound = '';
  let fresh = false;
  for (const char of selector) {
    if (quote) {
      if (char === quote) quote = '';
      continue;
    }
    if (char === '"' || char === "'") quote = char;
    else if (char === '[' || char === '(') depth++;
    else if (char === ']' || char === ')') depth--;
    else if (depth > 0) continue;
    else if (char === ',') {
      result.push(compound);
      compound = '';
      fresh = false;
    } else if (/[\s>+~]/.test(char)) fresh = true;
    else {
      if (fresh) compound = '';
      fresh = false;
      compound += char;
    }
    // `a [title]` is any element below an `a`
    if (fresh && (char === '[' || char === '(')) {
      compound = '';
      fresh = false;
    }
  }
  return [...result, compound];
}

function keyOf(compound: string): Key {
  const plain = compound.replace(/:.*$/, '');
  const id = /#([\w-]+)/.exec(plain)?.[1];
  if (id) return { kind: 'id', name: id };
  const name = /\.([\w-]+)/.exec(plain)?.[1];
  if (name) return { kind: 'class', name };
  const tag = /^[a-z][a-z0-9]*/i.exec(plain)?.[0];
  return tag ? { kind: 'tag', name: tag.toLowerCase() } : { kind: 'any', name: '' };
}

const split = new Map<string, Alternative[]>();

/** The selector's alternatives, `:has()` apart. */
export function alternativesOf(selector: string): Alternative[] {
  let found = split.get(selector);
  if (!found) {
    found = selector.includes(':has(') ? (splitHas(selector) ?? []) : [{ selector }];
    split.set(selector, found);
  }
  return found;
}
