/** What the archive has already: lists that an author saved there are read, and her works known in them. Pure: text in, records out. */
export { tidyWorkUrl } from './address.js';
export { type ArchivePage, type ArchiveWork, type Found, mergePages } from './found.js';
export { type Marked, markWorks } from './mark.js';
export { type Candidate, type Match, matchWorks } from './match.js';
export { type Listing, listingOf, type MovedWork, masterlistHtml, masterlistMarkdown, movedCsv } from './outputs.js';
export { readArchivePage, type SavedPage } from './read.js';
