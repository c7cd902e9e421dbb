/** What a page's own scripts state about its entry. */

/** Facts of `Site.entry` on LiveJournal pages since about 2012, and of the journal on older ones and Dreamwidth. */
export interface Facts {
  title?: string;
  number?: number;
  /** Epoch of the local wall-clock time taken as UTC, in seconds. */
  eventtime?: number;
  poster?: string;
  journal?: string;
  /** Proof either way; absent where the page does not say. */
  isPublic?: boolean;
}

export function readFacts(scripts: readonly string[]): Facts {
  const facts: Facts = {};
  for (const script of scripts) {
    for (const value of objectsAfter(script, 'Site.entry')) {
      const { title, ditemid, eventtime, poster, journal, is_public: isPublic } = value;
      if (typeof journal !== 'string' || typeof ditemid !== 'number') continue;
      Object.assign(facts, { journal, number: ditemid });
      if (typeof title === 'string' && title !== '') facts.title = title;
      if (typeof eventtime === 'number') facts.eventtime = eventtime;
      if (typeof poster === 'string' && poster !== '') facts.poster = poster;
      if (typeof isPublic === 'boolean') facts.isPublic = isPublic;
      return facts;
    }
  }
  for (const script of scripts) {
    const user =
      objectsAfter(script, 'Site.current_journal')[0]?.username ?? /"currentJournal":"(\w+)"/.exec(script)?.[1];
    if (typeof user === 'string' && user !== '') return { journal: user };
  }
  return facts;
}

/**
 * The JSON objects assigned to `name` in a script. Entries' texts stand in these scripts too (`more_posts`), as JSON strings:
 * what looks like an assignment within one has its quotes escaped and so is no JSON.
 */
function objectsAfter(script: string, name: string): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  for (let at = script.indexOf(name); at >= 0; at = script.indexOf(name, at + 1)) {
    const open = /^\s*=\s*(?=\{)/.exec(script.slice(at + name.length, at + name.length + 20));
    if (!open) continue;
    const start = at + name.length + open[0].length;
    const end = objectEnd(script, start);
    if (end < 0) continue;
    try {
      found.push(JSON.parse(script.slice(start, end)) as Record<string, unknown>);
    } catch {
      // no JSON: a template, or words of an entry
    }
  }
  return found;
}

/** Behind the `}` that closes the object at `start`, or -1. */
function objectEnd(text: string, start: number): number {
  const marks = /["{}]/g;
  marks.lastIndex = start;
  let depth = 0;
  for (let found = marks.exec(text); found; found = marks.exec(text)) {
    if (found[0] === '{') depth++;
    else if (found[0] === '}') {
      depth--;
      if (depth === 0) return marks.lastIndex;
    } else {
      const close = stringEnd(text, marks.lastIndex);
      if (close < 0) return -1;
      marks.lastIndex = close;
    }
  }
  return -1;
}

function stringEnd(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text[at - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return at + 1;
  }
  return -1;
}
