/** Parts → works in the archive's words: vocabulary, joining, the author's decisions. Pure: records in, records out. */
export { type ArchiveWords, type EntryFacts, inArchiveWords } from './archiveWords.js';
export { DECISIONS_EXAMPLE, Decisions, EntryDecision, parseDecisions, Rules, WorkDecision } from './decisions.js';
export { Drafts } from './drafts.js';
export { bodyFacts, type Resolve, recordOfEntry } from './facts.js';
export { fandomKeys } from './fandomKeys.js';
export { isSlip } from './joinBySpelling.js';
export { detectLanguage, languageOf } from './language.js';
export { planWorks, type WorkPlan } from './plan.js';
export type { FicLink, FicRecord } from './records.js';
export { Slugs } from './slug.js';
export { type NewTags, newTags } from './tags.js';
export { readTagTable, tagTableText } from './tagTable.js';
export { titleKey } from './titles.js';
export { Vocabulary } from './vocabulary.js';
export { keyOf, quoted } from './words.js';
