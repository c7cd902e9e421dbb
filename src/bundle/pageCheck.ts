/** A page of a bundle as an importer reads it, against `bundle.json`. */
import type { ArchivesFile } from '../config/archives.js';
import type { BundleWork } from './format.js';
import { LABELS, labelsOf } from './labels.js';
import { slugTrouble } from './names.js';
import { CONTENT_END, CONTENT_START } from './page.js';

type Archive = ArchivesFile['archive'];

/** Whose page it is; chapters are counted from 0. */
export interface PagePlace {
  work: BundleWork;
  index: number;
}

/** The text that an importer takes; undefined where the page does not hold it in one place. */
export function textOfPage(page: string): string | undefined {
  const start = page.indexOf(CONTENT_START);
  if (start === -1 || !page.endsWith(CONTENT_END)) return undefined;
  return page.slice(start + CONTENT_START.length, -CONTENT_END.length);
}

/** What the importer would trip over, each the end of a sentence. `place` is undefined where `bundle.json` is unread, or knows no such page. */
export function pageTroubles(path: string, page: string, place: PagePlace | undefined, archive: Archive): string[] {
  const troubles: string[] = [];
  const trouble = addressTrouble(path, archive);
  if (trouble) troubles.push(trouble);
  const head = page.slice(0, page.indexOf(CONTENT_START));
  const comments = head.split('<!--').length - 1;
  const comment = /<!--\n([\s\S]*?)\n-->/.exec(head);
  if (!head.includes('<meta charset="utf-8">')) troubles.push('does not declare its charset');
  if (textOfPage(page) === undefined) troubles.push('does not hold its text in one .chapter-content');
  if (!comment || comments !== 1) troubles.push('does not hold one comment with labels before its text');
  else {
    // The importer takes a label's first hit anywhere.
    if (page.lastIndexOf(':', comment.index) !== -1) troubles.push('may hide its labels behind others');
    troubles.push(...labelTroubles(comment[1] as string, place, archive));
  }
  return troubles;
}

function labelTroubles(comment: string, place: PagePlace | undefined, archive: Archive): string[] {
  const lines = comment.split('\n').map((line) => /^([^:]+): ?(.*)$/.exec(line)?.slice(1) ?? [line, '']);
  if (lines.map(([label]) => label).join('\n') !== LABELS.join('\n')) return ['lacks a label, or has one too many'];
  const values = new Map(lines as [string, string][]);
  const troubles: string[] = [];
  for (const [label, value] of values) {
    // A value goes up to the end of the line, `<br` or `<p`.
    if (/[^\x20-\x7e]|:|<br|<p/.test(value))
      troubles.push(`gives its label "${label}" in a way that would be cut short`);
  }
  const date = values.get('Date') ?? '';
  if (date !== '' && !/^\d{4}-\d\d-\d\d$/.test(date)) troubles.push(`gives its date as "${date}"`);
  if (!place) return troubles;
  const meant = labelsOf(place.work, place.index, archive);
  for (const label of LABELS) {
    if (values.get(label) !== meant[label].trimEnd())
      troubles.push(`gives another ${label.toLowerCase()} than bundle.json`);
  }
  return troubles;
}

function addressTrouble(path: string, archive: Archive): string | undefined {
  const [slug, file, ...rest] = path.slice('data/pages/'.length).split('/');
  if (slug === undefined || file === undefined || rest.length > 0) return 'does not stand in the folder of its work';
  if (!/^\d{2,}\.html$/.test(file)) return 'is not named by its chapter’s number';
  const trouble = slugTrouble(slug, archive);
  return trouble && `stands under an address that ${trouble}`;
}
