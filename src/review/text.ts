/** A post as it was and as it will be. Pure. */
import type { Config } from '../config.js';
import { readBeside } from '../fic/index.js';
import { type Entry, entryKey } from '../model.js';
import { inertHtml } from '../text/index.js';
import type { PostText } from './model.js';

export function postText(entry: Entry, restricted: boolean, config: Config): PostText {
  const { fic, lines, taken } = readBeside(entry, config);
  const fields = new Map<number, string[]>();
  for (const [field, { line }] of Object.entries(fic.evidence))
    if (line !== undefined && field !== 'kind') fields.set(line, [...(fields.get(line) ?? []), field]);
  return {
    entry: entryKey(entry),
    url: entry.url,
    ...(entry.subject !== undefined && { subject: entry.subject }),
    lines: lines.map(({ number, text }) => {
      const field = fields.get(number)?.join(', ');
      return { number, text, taken: taken.has(number), ...(field && { field }) };
    }),
    html: inertHtml(fic.html),
    words: fic.wordCount,
    restricted,
  };
}
