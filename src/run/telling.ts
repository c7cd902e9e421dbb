/** What a run tells while it goes on, in words: for the terminal and for the page alike. */
import { count } from '../common/wording.js';
import type { RunEvent } from './outcome.js';

/** The words for an event, or nothing where it is for programs alone. */
export function eventWords(event: RunEvent): string | undefined {
  switch (event.type) {
    case 'plan':
      return event.lines.join('\n');
    case 'visit': {
      const name = printable(event.subject ?? event.url);
      const from = event.fromVault ? 'held' : 'fetched';
      return `${count(event.visited, 'entry')}, ${count(event.fics, 'fic')}, a page each ${event.pace.toFixed(1)} s · ${from}: ${event.kind === 'entry' ? '' : `(${event.kind}) `}${name}`;
    }
    case 'wait':
      return `waiting ${Math.ceil(event.seconds)} s: ${event.why}`;
    case 'note':
      return event.text;
    case 'picture':
      return `picture ${event.done} of ${event.total}: ${printable(event.url)}${event.why === undefined ? '' : `: ${printable(event.why)}`}`;
    case 'reading':
      return `reading: ${count(event.done, 'entry')}`;
    case 'packing':
      return `packing ${event.done} of ${event.total}`;
    case 'end':
      return undefined;
  }
}

/** A subject may hold what a terminal takes for a command. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ');
}
