/** One header for a work of several parts. */
import type { Config } from '../config.js';
import { ratingOf } from '../fic/index.js';
import type { EvidenceByField, Header, HeaderField } from '../model.js';
import type { FicRecord } from './records.js';
import { distinct, keyOf } from './words.js';

/** Lists to which later parts add. */
const UNITED = [
  'fandoms',
  'relationships',
  'characters',
  'genres',
  'authors',
  'betas',
] as const satisfies readonly HeaderField[];
/** What is true of a part and not of the work; the chapters keep them. */
const OF_A_PART: readonly HeaderField[] = [
  'part',
  'chapterTitle',
  'wordCount',
  'notes',
  'endNotes',
  'summary',
  'status',
];

export interface MergedHeader {
  header: Header;
  evidence: EvidenceByField;
}

/**
 * The header of a work: the first part's, what it lacks from later parts, lists united, warnings gathered, the highest
 * rating, the last status said. Summary and notes are the first part's, since later ones speak of their chapters; a
 * summary that only later parts have counts where they agree. Master posts come first, but for the status, of which theirs is
 * the last word: it is the post that authors keep up to date.
 */
export function mergeHeaders(
  chapters: readonly FicRecord[],
  heads: readonly FicRecord[],
  config: Config,
): MergedHeader {
  const parts = [...heads, ...chapters];
  const [first, ...rest] = parts as [FicRecord, ...FicRecord[]];
  if (rest.length === 0) return { header: first.header, evidence: first.evidence };
  const header: Record<string, unknown> = { ...first.header };
  const evidence: EvidenceByField = { ...first.evidence };
  const take = (field: HeaderField, from: FicRecord, value: unknown = from.header[field]) => {
    header[field] = value;
    if (from.evidence[field]) evidence[field] = from.evidence[field];
  };
  for (const part of rest) {
    for (const field of Object.keys(part.header) as HeaderField[]) {
      if (header[field] === undefined && !OF_A_PART.includes(field)) take(field, part);
    }
  }
  for (const field of UNITED)
    if (header[field]) header[field] = distinct(parts.flatMap(({ header: own }) => own[field] ?? []));
  for (const field of ['part', 'chapterTitle', 'wordCount'] as const) {
    delete header[field];
    delete evidence[field];
  }
  const warnings = distinct(parts.flatMap(({ header: own }) => own.warnings ?? []));
  if (warnings.length > 0) header.warnings = warnings.join('; ');
  const highest = highestRated(parts, config);
  if (highest) take('rating', highest);
  const status = [...chapters, ...heads].findLast(({ header: own }) => own.status !== undefined);
  if (status) take('status', status);
  const summaries = distinct(
    rest.flatMap(({ header: own }) => own.summary ?? []),
    keyOf,
  );
  const [summary] = summaries;
  if (
    header.summary === undefined &&
    summaries.length === 1 &&
    rest.filter(({ header: own }) => own.summary).length > 1
  ) {
    take('summary', rest.find(({ header: own }) => own.summary === summary) as FicRecord);
  }
  return { header: header as Header, evidence };
}

/** The part with the most explicit rating that can be read; else the first that has one. */
function highestRated(parts: readonly FicRecord[], config: Config): FicRecord | undefined {
  const order = config.archive.ratings;
  const rank = ({ header }: FicRecord) => {
    const rating = header.rating === undefined ? undefined : ratingOf(header.rating, config.ratings);
    return rating === undefined ? (header.rating === undefined ? -1 : 0) : order.indexOf(rating);
  };
  let highest: FicRecord | undefined;
  for (const part of parts) if (rank(part) > (highest ? rank(highest) : -1)) highest = part;
  return highest;
}
