/** Elements before and after which a new line begins. */
const BLOCKS: ReadonlySet<string> = new Set(
  'address article aside blockquote body br center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);

export function isBlockElement(name: string): boolean {
  return BLOCKS.has(name);
}
