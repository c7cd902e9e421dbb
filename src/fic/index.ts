export type { FicConfig } from './lexicon.js';
export { ratingOf } from './ratings.js';
export { type FicBeside, readBeside, readFic } from './readFic.js';
