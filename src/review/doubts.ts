/** What of a work needs a look, in an author's words. Pure. */
import { checkFields, keepsBack } from '../bundle/index.js';
import type { Config } from '../config.js';
import type { Evidence, Question, Work } from '../model.js';
import { newTags } from '../works/index.js';

/** So many new names are named in one clause. */
const NAMED = 3;

interface Doubt {
  field: string;
  clause: string;
}

/**
 * One short clause for each field that needs a look: what is missing first, then what keeps the work back, what the reading asks, what
 * it guessed, and names that nothing here knows. A field that the author decided raises no doubt by how it was read.
 * @param today `YYYY-MM-DD`; without it no date lies in the future
 */
export function doubtsOf(work: Work, config: Config, today?: string): string[] {
  const found = [
    ...missing(work, config),
    ...keptBack(work, config, today),
    ...emptyChapters(work),
    ...asked(work),
    ...broken(work),
    ...guessed(work),
    ...unheardOf(work, config),
  ];
  const seen = new Set<string>();
  return found.filter(({ field }) => !seen.has(field) && seen.add(field)).map(({ clause }) => clause);
}

function missing({ archive, evidence }: Work, config: Config): Doubt[] {
  const isUnrated = archive.rating === config.archive.ratings[0] && !isDecided(evidence.rating);
  return [
    ...(archive.fandoms.length === 0 ? [{ field: 'fandoms', clause: 'no fandom' }] : []),
    ...(isUnrated ? [{ field: 'rating', clause: 'no rating' }] : []),
  ];
}

/** As the misfit says it, without the title before it and the full stop. */
function keptBack(work: Work, { archive }: Config, today: string | undefined): Doubt[] {
  return checkFields(work, archive, today)
    .filter(keepsBack)
    .map(({ field, message }) => ({ field, clause: message.slice(`"${work.title}": `.length).replace(/\.$/, '') }));
}

function emptyChapters({ chapters }: Work): Doubt[] {
  const empty = chapters.filter(({ wordCount }) => wordCount === 0);
  if (empty.length === 0) return [];
  const where = chapters.length === 1 ? 'no words in it' : `no words in ${inChapters(empty)}`;
  return [{ field: 'text', clause: where }];
}

/** The field of a question → what it is about; other fields go by their own name. */
const ABOUT: Record<string, string> = {
  additionalTags: 'its tags',
  characters: 'its characters',
  chapters: 'its chapters',
  fandoms: 'its fandom',
  language: 'its language',
  onArchive: 'whether the archive has it',
  rating: 'its rating',
  relationships: 'its pairing',
  text: 'its text',
  warnings: 'its warnings',
};

function asked({ questions }: Work): Doubt[] {
  return questions.map((question) => ({ field: question.field, clause: gapOf(question) ?? aQuestion(question) }));
}

function aQuestion({ field }: Question): string {
  return `a question about ${ABOUT[field] ?? field}`;
}

/** "Parts 2 and 4 of “Ebb” are missing: where are they?" → "parts 2 and 4 are missing". */
function gapOf({ field, text }: Question): string | undefined {
  const [, parts, are] = /^(Parts? [\d–, and]+?) of .* (is|are) missing/.exec(text) ?? [];
  return field === 'chapters' && parts && are ? `${parts.replace('P', 'p')} ${are} missing` : undefined;
}

function broken({ chapters }: Work): Doubt[] {
  const garbled = chapters.filter((chapter) => chapter.garbled);
  if (garbled.length === 0) return [];
  const where = chapters.length === 1 ? '' : ` in ${inChapters(garbled)}`;
  return [{ field: 'garbled', clause: `broken letters${where}` }];
}

/** Fields that mean something else where they were read wrong; what follows from others (categories, characters) is not among them. */
function guessed({ evidence }: Work): Doubt[] {
  const restsOn = (field: string) => evidence[`archive.${field}`] ?? evidence[field];
  const isGuess = (field: string) => restsOn(field)?.from === 'inferred';
  const names = ['relationships', 'characters'].flatMap((field) => borrowed(field, restsOn(field)));
  return [
    ...(isGuess('title') ? [{ field: 'title', clause: 'its title is a guess' }] : []),
    ...(isGuess('fandoms') ? [{ field: 'fandoms', clause: 'its fandom is a guess' }] : []),
    ...(evidence.kind?.from === 'inferred' ? [{ field: 'kind', clause: 'it has no header' }] : []),
    ...names,
  ];
}

/** "Maren → Maren Vale (as in livejournal/lampwright/512)": a full name that stands in another story only. */
function borrowed(field: string, evidence: Evidence | undefined): Doubt[] {
  const [, written, full] = /(?:^|; )([^;]+?) → ([^;]+?) \(as in /.exec(evidence?.raw ?? '') ?? [];
  return written ? [{ field, clause: `“${written}” was taken for “${full}”` }] : [];
}

/** Names that the author did not decide and the vocabulary does not know: an archive's volunteers may have to sort them. */
function unheardOf(work: Work, config: Config): Doubt[] {
  const { total: _, ...unknown } = newTags([work], config);
  return Object.entries(unknown).flatMap(([field, names]) => {
    if (names.length === 0 || isDecided(work.evidence[field])) return [];
    const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
    const list = names.slice(0, NAMED).map((name) => `“${name}”`);
    return [{ field: `new ${field}`, clause: `not known here: ${list.join(', ')}${more}` }];
  });
}

function isDecided(evidence: Evidence | undefined): boolean {
  return evidence?.from === 'decision';
}

function inChapters(chapters: readonly { position: number }[]): string {
  const numbers = chapters.map(({ position }) => position);
  return numbers.length === 1
    ? `chapter ${numbers[0]}`
    : `chapters ${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`;
}
