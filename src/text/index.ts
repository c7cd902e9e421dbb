export { type CleanOptions, cleanHtml } from './clean.js';
export { isDivider } from './divider.js';
export { escapeAttribute, escapeText, toHtml } from './html.js';
export type { Keep } from './keep.js';
export { type Line, linesOf } from './lines.js';
export { toMarkdown } from './markdown/index.js';
export type { Run, RunMark } from './runs.js';
export { withoutLines } from './without.js';
export { countWords, textOf, textToHtml, wordsOf } from './words.js';
