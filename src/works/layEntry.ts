/** The author's decisions about one post, laid over what was read. */
import type { EvidenceByField, Header } from '../model.js';
import type { Decisions, EntryDecision } from './decisions.js';
import { type FicRecord, keyOfRecord } from './records.js';

/** The record as the author wants it read; the one given stays as it is. */
export function layOverEntry(record: FicRecord, decisions: Decisions): FicRecord {
  const decision = decisions.entries?.[keyOfRecord(record)];
  if (!decision) return record;
  const fields = { ...decision.fields, ...(decision.chapterTitle && { chapterTitle: decision.chapterTitle }) };
  const header: Record<string, unknown> = { ...record.header };
  const evidence: EvidenceByField = { ...record.evidence };
  for (const [field, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (value === null) delete header[field];
    else header[field] = value;
    evidence[field] = { from: 'decision', raw: rawOf(value) };
  }
  if (decision.kind) evidence.kind = { from: 'decision', raw: decision.kind };
  return {
    ...record,
    entry: onDay(record.entry, decision.date),
    kind: kindOf(record, decision),
    header: header as Header,
    evidence,
  };
}

/** The day that the author says, at the time of the day that the journal shows. */
function onDay(entry: FicRecord['entry'], date: string | undefined): FicRecord['entry'] {
  return date === undefined ? entry : { ...entry, postedAt: `${date}T${entry.postedAt?.slice(11) ?? '00:00:00'}` };
}

/** A post that is put into a work is a story, whatever it looked like. */
function kindOf(record: FicRecord, { kind, work }: EntryDecision): FicRecord['kind'] {
  return kind ?? (work === undefined ? record.kind : 'fic');
}

/** A decided value as evidence shows it. */
export function rawOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(rawOf).join(', ');
  if (value === null || value === '') return 'nothing';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
