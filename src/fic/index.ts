export type { FicConfig } from './lexicon.js';
export { ratingOf } from './ratings.js';
export { readFic } from './readFic.js';
