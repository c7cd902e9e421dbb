/** Single keys as shortcuts: never while somebody types, never with a modifier, and only while they are switched on. */
import { useLayoutEffect, useRef } from 'preact/hooks';

const PLACE = 'ficferry-keys';

export function areKeysOn(): boolean {
  return sessionStorage.getItem(PLACE) !== 'off';
}

export function switchKeys(on: boolean): void {
  sessionStorage.setItem(PLACE, on ? 'on' : 'off');
}

/** What each key does while the view stands; `?` and `u` are the page's own. */
export function useKeys(keys: Record<string, (() => void) | undefined>): void {
  const held = useRef(keys);
  held.current = keys;
  // With the view itself: an effect would come a frame later, and lose the key of somebody who is quick.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      const act = held.current[event.key];
      if (!act || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!areKeysOn() || isBusy(event.target, event.key)) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

/** Typing, choosing in a list, or in a dialog; arrows are left to whatever can be scrolled or chosen by them. */
function isBusy(target: EventTarget | null, key: string): boolean {
  if (document.querySelector('dialog[open]')) return true;
  if (!(target instanceof Element)) return false;
  if (target.closest('input:not([type=checkbox]), textarea, select, [contenteditable], [role=combobox]')) return true;
  return key.startsWith('Arrow') && target.closest('[data-arrows]') !== null;
}
