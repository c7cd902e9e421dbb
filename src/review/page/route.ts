/** The views and their addresses behind the `#`. The secret stands there too when the page is opened; an address begins with `/`. */
import type { EntryKey } from '../../model.js';

export type Route =
  | { view: 'begin' | 'works' | 'questions' | 'left-out' | 'hand-over' }
  /** `field` is opened for changing. */
  | { view: 'work'; key: EntryKey; field?: string };

const VIEWS = ['begin', 'works', 'questions', 'left-out', 'hand-over'] as const;

export function routeOf(hash: string): Route | undefined {
  const [view = '', ...rest] = hash.replace(/^#\/?/, '').split('/');
  const plain = VIEWS.find((name) => name === view);
  if (plain) return { view: plain };
  if (view !== 'work' || rest.length < 3) return undefined;
  const [site = '', journal = '', number = '', field] = rest.map(decoded);
  return { view, key: `${site}/${journal}/${number}`, ...(field && { field }) };
}

export function hashOf(route: Route): string {
  if (route.view !== 'work') return `#/${route.view}`;
  const parts = [...route.key.split('/'), ...(route.field ? [route.field] : [])];
  return `#/work/${parts.map(encodeURIComponent).join('/')}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
