/** Makes one change to the file it is told, for the test that kills it over that. */
import { Pen } from '../../src/review/pen.js';

const [file] = process.argv.slice(2) as [string];
new Pen(file).decide({ what: 'a rating', edits: [{ path: ['works', 'lj/ann/1', 'rating'], value: 'Explicit' }] });
