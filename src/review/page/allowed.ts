/** What a story's HTML may become on this page: names of elements, and nothing that asks for anything. Pure data. */

/** Elements that stand as they are. */
export const KEPT: ReadonlySet<string> = new Set(
  (
    'p br hr b i em strong u s strike del ins sub sup small big tt code kbd samp var pre blockquote q cite abbr acronym ' +
    'address center div span ul ol li dl dt dd table caption thead tbody tfoot tr td th figure figcaption ruby rt rp dfn'
  ).split(' '),
);

/** Elements that become others: a story's headings are none of the page's, and a link leads nowhere. */
export const MADE: Readonly<Record<string, { name: string; class: string }>> = {
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`h${level}`, { name: 'p', class: 'story-heading' }])),
  a: { name: 'span', class: 'story-link' },
  details: { name: 'div', class: 'story-fold' },
  summary: { name: 'p', class: 'story-heading' },
};

/** Elements that go with all that is in them. */
export const DROPPED: ReadonlySet<string> = new Set(
  (
    'script style template noscript iframe frame frameset object embed svg math textarea select button title head ' +
    'audio video canvas map link meta base noembed noframes xmp plaintext'
  ).split(' '),
);

/** Attributes that say how text is read, and hold no address. */
export const ATTRIBUTES: ReadonlySet<string> = new Set('dir lang start colspan rowspan align'.split(' '));
