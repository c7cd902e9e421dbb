/**
 * What the stand-in archive takes and keeps. Written from what is known of the archive and not read from
 * `config/archives.yaml`, so that a slip there is noticed here.
 */

export const RATINGS = ['Not Rated', 'General Audiences', 'Teen And Up Audiences', 'Mature', 'Explicit'];
/** In the order of their boxes: by name. */
export const WARNINGS = [
  'Choose Not To Use Archive Warnings',
  'Graphic Depictions Of Violence',
  'Major Character Death',
  'No Archive Warnings Apply',
  'Rape/Non-Con',
  'Underage Sex',
];
export const CATEGORIES = ['F/F', 'F/M', 'Gen', 'M/M', 'Multi', 'Other'];

export const UNRATED = 'Not Rated';
export const UNWARNED = 'Choose Not To Use Archive Warnings';
export const NO_FANDOM = 'No Fandom';
export const NO_TITLE = 'Untitled Imported Work';

/** Characters, of prose after sanitising with its tags. */
export const LIMITS = {
  title: 255,
  summary: 1_250,
  notes: 5_000,
  chapterMin: 10,
  chapterMax: 510_000,
  tag: 150,
  /** Fandoms, relationships, characters and additional tags together. */
  tags: 75,
  /** Addresses of a go, by what they are imported as. The first is the contract's; the second is the source's IMPORT_MAX_CHAPTERS. */
  works: 25,
  chapters: 200,
};

export const TAG_FORBIDDEN = [...',，、^*<>{}=`\\%'];
/** Where a line of tags falls apart. */
export const TAG_ENDS = /[,，、]/;

export const ELEMENTS = new Set(
  (
    'a abbr acronym address b big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em ' +
    'figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li ol p pre q rp rt ruby s samp small span strike strong ' +
    'sub summary sup table tbody td tfoot th thead tr tt u ul var'
  ).split(' '),
);

/** Of these nothing is left, neither tags nor what stands between them. */
export const SWALLOWED = new Set('iframe math noembed noframes noscript plaintext script style svg xmp'.split(' '));

/** Kept on every element. `class` is kept besides in the text and in notes, not in summaries. */
export const ATTRIBUTES = ['align', 'dir', 'lang', 'title'];

/** Kept on one element each: the sanitiser's stock list, which the contract does not spell out. */
export const ATTRIBUTES_OF: Record<string, string[]> = {
  a: ['href', 'name'],
  blockquote: ['cite'],
  col: ['span', 'width'],
  colgroup: ['span', 'width'],
  details: ['open'],
  hr: ['align', 'width'],
  img: ['align', 'alt', 'border', 'height', 'src', 'width'],
  ol: ['start', 'type'],
  q: ['cite'],
  table: ['border', 'summary', 'width'],
  td: ['abbr', 'axis', 'colspan', 'height', 'rowspan', 'width'],
  th: ['abbr', 'axis', 'colspan', 'height', 'rowspan', 'scope', 'width'],
  ul: ['type'],
};

/** Characters as the archive counts them: code points. */
export function lengthOf(text: string): number {
  return [...text].length;
}

/** `a, b，c` → its tags, blank ones left out and each only once. */
export function tagsOf(line: string): string[] {
  return [...new Set(line.split(TAG_ENDS).map((tag) => tag.replace(/\s+/g, ' ').trim()))].filter(Boolean);
}
