/**
 * What the archive's sanitiser leaves standing, and what each element is to us.
 *
 * The element list and the attribute list are those of an otwarchive at its commit f4508f15
 * (`config/initializers/gem-plugin_config/sanitizer_config.rb`), less what we never write: `class`, `col`, `colgroup`,
 * `div`, `span` and `center` (alignment stands on the paragraph itself), and attributes of mere layout such as `border`
 * or the shape of a list's points.
 */

/** The shape of `elements` and `attributes` in `config/archives.yaml`; `*` is every element. */
export interface Keep {
  elements: readonly string[];
  attributes: Readonly<Record<string, readonly string[]>>;
}

export const ARCHIVE_KEEP: Keep = {
  elements: (
    'a abbr acronym address b big blockquote br caption cite code dd del details dfn dl dt em figcaption figure ' +
    'h1 h2 h3 h4 h5 h6 hr i img ins kbd li ol p pre q rp rt ruby s samp small strike strong sub summary sup ' +
    'table tbody td tfoot th thead tr tt u ul var'
  ).split(' '),
  attributes: {
    '*': ['align', 'dir', 'lang', 'title'],
    a: ['href'],
    blockquote: ['cite'],
    img: ['alt', 'height', 'src', 'width'],
    ol: ['start', 'type'],
    q: ['cite'],
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan', 'scope'],
  },
};

/** Inline elements with a meaning; every other inline element is unwrapped. */
export const MARKS: ReadonlySet<string> = new Set(
  'abbr acronym b big cite code del dfn em i ins kbd q rp rt ruby s samp small strike strong sub sup tt u var'.split(
    ' ',
  ),
);

/** Marks that say more when they stand inside themselves, up to the three that HTML's own parser keeps alive. */
export const NESTING_MARKS: ReadonlySet<string> = new Set(['big', 'q', 'small', 'sub', 'sup']);

/** Names of one look: the inner one of two adds nothing (and `~~~~x~~~~` would be read as no Markdown at all). */
const LOOK: Readonly<Record<string, string>> = { strong: 'b', em: 'i', strike: 's', del: 's' };
export function lookOf(mark: string): string {
  return LOOK[mark] ?? mark;
}

/** Elements whose every occurrence is a thing of its own, so that neighbours are never run together. */
export const SINGULAR_MARKS: ReadonlySet<string> = new Set(['a', 'abbr', 'acronym', 'q', 'rp', 'rt', 'ruby']);

/** Elements that hold blocks only. `menu` and `dir` are old names of a list. */
export const CONTAINERS: ReadonlySet<string> = new Set(['address', 'blockquote', 'details', 'figure']);
export const LISTS: ReadonlySet<string> = new Set(['ul', 'ol', 'menu', 'dir']);

/** Elements that hold one line of text or, where there is more, blocks. */
export const CELLS: ReadonlySet<string> = new Set(['li', 'dt', 'dd', 'td', 'th']);

/** Elements that hold text and nothing else. */
export const HEADINGS: ReadonlySet<string> = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
/** Text elements that their parent has one of, and that only live in that parent. */
export const CAPTIONS: Readonly<Record<string, string>> = {
  caption: 'table',
  figcaption: 'figure',
  summary: 'details',
};
export const PREFORMATTED: ReadonlySet<string> = new Set(['pre', 'listing', 'xmp', 'plaintext']);

/** Elements without a meaning of their own that begin and end a paragraph. */
export const BREAKING: ReadonlySet<string> = new Set(
  'article aside body center div fieldset footer form header hgroup html legend main nav p search section'.split(' '),
);

/** Elements that go with everything in them: nothing in them is text that a reader saw. */
export const DROPPED: ReadonlySet<string> = new Set(
  (
    'area base basefont bgsound button canvas datalist frame frameset head input link math meta noembed noframes option ' +
    'optgroup param script select source style svg template textarea title track'
  ).split(' '),
);

/** Elements that play something from elsewhere, which no archive would let through: they become a link with a note. */
export const PLAYERS: ReadonlySet<string> = new Set(['applet', 'audio', 'embed', 'iframe', 'object', 'video']);

/** What stands in the text where a player, a poll, or a picture without words of its own stood. */
export const NOTES = { player: '[Embedded content]', poll: '[Poll]', picture: '[Picture]' } as const;

/** Deeper blocks than this are unwrapped: renderers of Markdown stop at a depth (markdown-it at 100 tokens). */
export const DEEPEST_BLOCK = 32;
