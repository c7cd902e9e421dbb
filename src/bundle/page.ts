/** The pages an importer fetches: one chapter each. */
import type { ArchivesFile } from '../config/archives.js';
import type { Work } from '../model.js';
import { escapeHtml } from './html.js';
import { LABELS, labelsOf } from './labels.js';

/** What stands around a chapter's text on its page. `verify` knows pages by these. */
export const CONTENT_START = '<div class="chapter-content">\n';
export const CONTENT_END = '\n</div>\n</body>\n</html>\n';

/**
 * The page of chapter `index` (from 0). The comment with the labels stands before `<title>`, whose text would be
 * searched for labels too; the charset stands in the page, since the importer ignores the server's word for it.
 */
export function chapterPage(work: Work, index: number, html: string, archive: ArchivesFile['archive']): string {
  const labels = labelsOf(work, index, archive);
  const comment = LABELS.map((label) => `${label}: ${labels[label]}`.trimEnd()).join('\n');
  const title = work.chapters.length > 1 ? `${work.title} (${index + 1}/${work.chapters.length})` : work.title;
  return [
    '<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n<meta name="robots" content="noindex">\n',
    // An importer shows nothing. Whoever opens the page from a disk asks no host of a story's pictures for anything.
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'">\n`,
    `<!--\n${comment}\n-->\n`,
    `<title>${escapeHtml(title)}</title>\n</head>\n<body>\n`,
    CONTENT_START,
    html,
    CONTENT_END,
  ].join('');
}
