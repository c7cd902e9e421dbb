/** A joined set of parts → a work. */
import type { Config } from '../config.js';
import { Archive, type Chapter, type EvidenceByField, type Header, type Question, type Work } from '../model.js';
import { inArchiveWords } from './archiveWords.js';
import { chapterOf, inOrder, progressOf } from './chapters.js';
import type { Decisions, WorkDecision } from './decisions.js';
import { askForText, textAt } from './gaps.js';
import type { Joined } from './joinParts.js';
import type { JournalNames } from './journalNames.js';
import { languageOf } from './language.js';
import { rawOf } from './layEntry.js';
import { mergeHeaders } from './merge.js';
import { knownNumbers } from './missing.js';
import { dayOf, type FicRecord, journalKey, keyOfRecord, posterOf } from './records.js';
import { placeOf } from './series.js';
import { distinct, keyOf, quoted } from './words.js';
import { titleOf } from './workTitle.js';
import { wrangle } from './wrangled.js';

/** A work without its slug, which depends on the works before it. */
export type Draft = Omit<Work, 'slug'>;

/** What a work needs to know of the others. */
export interface Surroundings {
  /** Keys of all entries that were read, and of those among them that are fics. */
  seen: ReadonlySet<string>;
  carried: ReadonlySet<string>;
  names: JournalNames;
  /** Journals that several people post to, as `journalKey` writes them. */
  communities: ReadonlySet<string>;
}

/** Everything of a work but its slug. `decision` is what the author decided about this work. */
export function buildWork(
  joined: Joined,
  decision: WorkDecision | undefined,
  decisions: Decisions,
  around: Surroundings,
  config: Config,
): Draft {
  const { heads } = joined;
  const parts = inOrder(joined, decision, decisions);
  const posts = [...heads, ...parts];
  const isSingle = posts.length === 1;
  const { header, evidence } = mergeHeaders(parts, heads, config);
  const tags = distinct(
    posts.flatMap(({ entry }) => entry.tags),
    (tag) => tag,
  );
  const subject = parts[0]?.entry.subject;
  const elsewhere = (fandoms: readonly string[]) => around.names.of(posts[0] as FicRecord, fandoms);
  const facts = { tags, ...(subject && { subject }) };
  const words = inArchiveWords({ header, evidence }, facts, config, decisions.rules, elsewhere);
  const wrangled = wrangle(words.archive, config.wrangled);
  const decided = decidedArchive(posts, decision, decisions, config);
  const effect = effectOf(decided, decision);
  const title = decision?.title ?? titleOf([...parts, ...heads], config);
  const summary = decision?.summary ?? header.summary;
  const notes = decision?.notes ?? notesOf(header);
  const endNotes = decision?.endNotes ?? (isSingle ? header.endNotes : undefined);
  const place = placeOf(header, posts, config);
  const series = decision?.series === undefined ? place.series : (decision.series ?? undefined);
  const recipient = decision?.recipient ?? header.recipient;
  const known = knownNumbers(parts, heads, around.carried, config);
  const progress = progressOf(joined, header.status, title, known, config);
  const expectedChapters = decision?.expectedChapters ?? progress.expectedChapters;
  const language = languageOfWork(header.language, parts, decision, config);
  const days = parts.flatMap((part) => dayOf(part) ?? []).sort();
  const published = decision?.published ?? days[0];
  const updated = decision?.updated ?? days.at(-1);
  const isInCommunity = (post: FicRecord) => around.communities.has(journalKey(post));
  const authors = authorsOf(posts, decision, decisions, isInCommunity);
  const aroundPart = (part: FicRecord) => ({
    inCommunity: isInCommunity(part),
    textAt: textAt(part, around.seen, config),
  });
  const said = {
    summaries: [summary ?? '', header.summary ?? ''],
    notes: [notes ?? '', header.notes ?? ''],
    isSingle,
    title,
  };
  return {
    title,
    authors: authors.names,
    archive: { ...wrangled.archive, ...decided },
    ...(summary && { summary }),
    ...(notes && { notes }),
    ...(endNotes && { endNotes }),
    ...(series && { series }),
    ...(place.related.length > 0 && { related: place.related }),
    ...(recipient && { recipient }),
    language: language.code,
    complete: decision?.complete ?? progress.complete,
    ...(expectedChapters !== undefined && { expectedChapters }),
    ...(published && { published }),
    ...(updated && { updated }),
    wordCount: parts.reduce((sum, part) => sum + part.wordCount, 0),
    restricted: posts.some((post) => post.restricted),
    ...(posts.some(isInCommunity) && { community: true }),
    ...handlingOf(decision, decisions),
    header,
    evidence: evidenceOf(
      {
        ...authors.evidence,
        ...titleEvidence(posts, title),
        ...(place.evidence && { series: place.evidence }),
        ...(!header.notes && evidence.pairingNote && { notes: evidence.pairingNote }),
        ...words.evidence,
        ...wrangled.evidence,
      },
      effect,
    ),
    questions: unanswered(
      [
        ...authors.questions,
        ...words.questions,
        ...language.questions,
        ...joined.questions,
        ...progress.questions,
        ...askForText(parts, around.seen, config),
      ],
      effect,
    ),
    chapters: onDays(
      parts.map((part, index) => chapterOf(part, index + 1, said, aroundPart(part), config)),
      decision,
    ),
  };
}

/** What may be done to its texts: as decided for the work, else for all. */
function handlingOf(decision: WorkDecision = {}, { rules = {} }: Decisions): Pick<Work, 'split' | 'redact'> {
  const split = decision.split ?? rules.split;
  const redact = decision.redact ?? rules.redact;
  return { ...(split !== undefined && { split }), ...(redact !== undefined && { redact }) };
}

/** A work's decided dates are those of its first and last chapter, from which the archive takes them. */
function onDays(chapters: Chapter[], { published, updated }: WorkDecision = {}): Chapter[] {
  const dated = (chapter: Chapter, day: string | undefined): Chapter =>
    day === undefined ? chapter : { ...chapter, postedAt: `${day}T${chapter.postedAt?.slice(11) ?? '00:00:00'}` };
  const last = chapters.length - 1;
  return chapters.map((chapter, index) => {
    if (index === 0) return dated(chapter, published ?? (last === 0 ? updated : undefined));
    return index === last ? dated(chapter, updated) : chapter;
  });
}

/** "Past Sam/Jess" is a tag like any other to an archive, so a reader is told in the notes what the author said of it. */
function notesOf({ notes, pairingNote }: Header): string | undefined {
  const lines = [notes, pairingNote && `Pairings as posted: ${pairingNote}`].filter((line) => line);
  return lines.length > 0 ? lines.join('\n') : undefined;
}

/** Archive fields the author gave: for the work, else for the first of its posts that has one. Unknown names are passed over. */
function decidedArchive(
  parts: readonly FicRecord[],
  decision: WorkDecision | undefined,
  decisions: Decisions,
  config: Config,
): Partial<Archive> {
  const layers = [
    ...parts.map((part) => decisions.entries?.[keyOfRecord(part)]?.archive ?? {}).reverse(),
    decision ?? {},
  ];
  const decided: Partial<Archive> = {};
  for (const layer of layers) {
    const rating = layer.rating === undefined ? undefined : canonical(layer.rating, config.archive.ratings);
    if (rating) decided.rating = rating;
    for (const field of ['warnings', 'categories'] as const) {
      const names = layer[field]?.flatMap((name) => canonical(name, config.archive[field]) ?? []);
      if (names && (names.length > 0 || layer[field]?.length === 0)) decided[field] = names;
    }
    for (const field of ['fandoms', 'relationships', 'characters', 'additionalTags'] as const)
      if (layer[field]) decided[field] = layer[field];
  }
  return decided;
}

/** The archive's own spelling of a name from one of its fixed lists. */
export function canonical(name: string, list: readonly string[]): string | undefined {
  return list.find((own) => own === name) ?? list.find((own) => keyOf(own) === keyOf(name));
}

/**
 * The header's authors, else the account that posted, else whose journal it is; renamed by the author's rules. In a community whose page
 * names nobody, as after an account was purged, nobody is known, and it is asked.
 */
function authorsOf(
  parts: readonly FicRecord[],
  decision: WorkDecision | undefined,
  decisions: Decisions,
  isInCommunity: (part: FicRecord) => boolean,
): { names: string[]; evidence: EvidenceByField; questions: Question[] } {
  if (decision?.authors) return { names: decision.authors, evidence: {}, questions: [] };
  const rules = new Map(Object.entries(decisions.rules?.authors ?? {}).map(([name, author]) => [keyOf(name), author]));
  const written = distinct(parts.flatMap(({ header }) => header.authors ?? []));
  const posters = distinct(
    parts.flatMap((part) => (isInCommunity(part) ? (posterOf(part) ?? []) : (part.entry.poster ?? part.entry.journal))),
  );
  const names = distinct((written.length > 0 ? written : posters).map((name) => rules.get(keyOf(name)) ?? name));
  const evidence = written.length > 0 || names.length === 0 ? undefined : posters.join(', ');
  const url = parts[0]?.entry.url;
  return {
    names,
    evidence: evidence === undefined ? {} : { authors: { from: 'inferred', raw: evidence } },
    questions: names.length > 0 ? [] : [{ field: 'authors', text: `Who wrote ${url}, whose page names nobody?` }],
  };
}

function titleEvidence(parts: readonly FicRecord[], title: string): EvidenceByField {
  if (parts.some(({ header }) => header.title)) return {};
  const subject = parts[0]?.entry.subject;
  return { title: subject ? { from: 'subject', raw: subject } : { from: 'inferred', raw: title } };
}

function languageOfWork(
  written: string | undefined,
  parts: readonly FicRecord[],
  decision: WorkDecision | undefined,
  config: Config,
): { code: string; questions: Question[] } {
  const detected = parts.find(({ language }) => language !== undefined)?.language ?? 'en';
  if (decision?.language) return { code: decision.language, questions: [] };
  if (written === undefined) return { code: detected, questions: [] };
  const code = languageOf(written, config);
  if (code !== undefined) return { code, questions: [] };
  return { code: detected, questions: [{ field: 'language', text: `Which language is ${quoted([written])}?` }] };
}

/** What was decided and took effect, by field: a rating that no archive has took none. */
function effectOf(decided: Partial<Archive>, decision: WorkDecision = {}): Record<string, unknown> {
  const fields = Object.entries(decision).filter(([field, value]) => !(field in Archive.shape) && value !== undefined);
  return { ...Object.fromEntries(fields), ...decided };
}

/** Decided fields rest on the decision and on nothing else. */
function evidenceOf(evidence: EvidenceByField, effect: Record<string, unknown>): EvidenceByField {
  const {
    in: _in,
    separate: _separate,
    order: _order,
    onArchive: _onArchive,
    looked: _looked,
    split: _split,
    redact: _redact,
    ...fields
  } = effect;
  const laid = { ...evidence };
  for (const [field, value] of Object.entries(fields)) {
    delete laid[`archive.${field}`];
    laid[field] = { from: 'decision', raw: rawOf(value) };
  }
  return laid;
}

/** Questions whose field the author has decided are answered. */
function unanswered(questions: readonly Question[], effect: Record<string, unknown>): Question[] {
  const areChaptersDecided = 'order' in effect || 'complete' in effect;
  return questions.filter(({ field }) => !(field in effect) && !(field === 'chapters' && areChaptersDecided));
}
