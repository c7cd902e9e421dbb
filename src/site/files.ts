/** The files of a bundle that may stand on a web server: the pages of works that everybody may read, and nothing else. */
import { isOpen, type OpenBundle } from '../bundle/index.js';

/** No robot is to keep what stands here for an evening; an importer asks on an author's word and reads no robots.txt. */
const ROBOTS = 'User-agent: *\nDisallow: /\n';
/** The front says nothing: whoever finds it learns neither names nor titles. */
const FRONT =
  '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="robots" content="noindex">\n<title>Nothing here</title>\n</head>\n<body>\n<p>There is nothing to see here.</p>\n</body>\n</html>\n';

export const HTML = 'text/html; charset=utf-8';

export interface SiteFile {
  /** Relative, ASCII, without the journal's name. */
  path: string;
  type: string;
  read: () => Promise<Buffer>;
}

/** Every file of the site. Restricted works have no page, so none of theirs can be among them. */
export function siteFiles({ bundle, read }: OpenBundle): SiteFile[] {
  const text = (path: string, type: string, content: string): SiteFile => ({
    path,
    type,
    read: async () => Buffer.from(content),
  });
  const pages = bundle.works
    .filter(isOpen)
    .flatMap((work) => work.chapters.flatMap(({ page }) => page ?? []))
    .map((path): SiteFile => ({ path, type: HTML, read: () => read(path) }));
  return [text('robots.txt', 'text/plain; charset=utf-8', ROBOTS), text('index.html', HTML, FRONT), ...pages];
}
