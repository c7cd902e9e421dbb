/**
 * The only door through which HTML comes into the page. It is read by a parser that runs nothing and fetches nothing, and built
 * anew from what `allowed.ts` allows; never `innerHTML` on what is shown.
 */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { ATTRIBUTES, DROPPED, KEPT, MADE } from './allowed.js';

export function Story({ html }: { html: string }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    box.current?.replaceChildren(storyOf(html));
  }, [html]);
  return <div ref={box} class="story" />;
}

/** Never recursive: a text may be nested deeper than a stack is. */
function storyOf(html: string): DocumentFragment {
  const source = new DOMParser().parseFromString(html, 'text/html');
  const root = document.createDocumentFragment();
  const todo: [Node, Node][] = [...source.body.childNodes].reverse().map((node) => [node, root]);
  for (let next = todo.pop(); next; next = todo.pop()) {
    const [node, parent] = next;
    if (node.nodeType === Node.TEXT_NODE) parent.appendChild(document.createTextNode(node.textContent ?? ''));
    if (!(node instanceof Element)) continue;
    const name = node.localName;
    if (DROPPED.has(name)) continue;
    if (name === 'img') {
      parent.appendChild(picture(node));
      continue;
    }
    const made = elementOf(node);
    if (made) parent.appendChild(made);
    for (const child of [...node.childNodes].reverse()) todo.push([child, made ?? parent]);
  }
  return root;
}

/** Undefined for an element that is none of a story's: what is in it stays. */
function elementOf(source: Element): HTMLElement | undefined {
  const other = MADE[source.localName];
  if (!other && !KEPT.has(source.localName)) return undefined;
  const made = document.createElement(other?.name ?? source.localName);
  if (other) made.className = other.class;
  for (const { name, value } of source.attributes) if (ATTRIBUTES.has(name)) made.setAttribute(name, value);
  return made;
}

function picture(source: Element): HTMLElement {
  const made = document.createElement('span');
  made.className = 'story-picture';
  const alt = source.getAttribute('alt')?.trim();
  made.textContent = alt ? `[picture: ${alt}]` : '[picture]';
  return made;
}
