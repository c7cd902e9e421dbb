/** `redirects.csv`: where each old address leads now, for whoever keeps the community's address alive. */
import type { BundleWork } from '../bundle/index.js';
import { csvText } from '../common/csv.js';

/** The columns of the archivists' own table. */
const COLUMNS = ['AO3 id', 'URL Imported From', 'Original URL'];

export interface Redirect {
  work: BundleWork;
  archiveUrl: string;
  /** Where its pages stood; none where it was imported from somewhere else. */
  pages: readonly string[];
}

/** A line for each chapter: all posts of a work lead to it. */
export function redirectsCsv(redirects: readonly Redirect[]): string {
  const rows = redirects.flatMap(({ work, archiveUrl, pages }) =>
    work.chapters.map(({ url }, index) => [idOf(archiveUrl), pages[index] ?? '', url]),
  );
  return csvText(COLUMNS, rows);
}

/** "https://archive.example.org/works/123" → "123" */
function idOf(archiveUrl: string): string {
  return /\/works\/(\d+)/.exec(archiveUrl)?.[1] ?? archiveUrl;
}
