/** Decisions that came to nothing, so that a slip of the pen doesn't pass in silence. */
import type { Config } from '../config.js';
import { EntryKey } from '../model.js';
import { canonical } from './build.js';
import type { Decisions, WorkDecision } from './decisions.js';
import { type FicRecord, keyOfRecord } from './records.js';
import { quoted } from './words.js';

/** One English sentence for each decision that names a post that isn't there, or a name that the archive doesn't have. */
export function decisionTroubles(records: readonly FicRecord[], decisions: Decisions, config: Config): string[] {
  const present = new Set(records.map(keyOfRecord));
  const absent = (key: string) => EntryKey.safeParse(key).success && !present.has(key);
  const troubles: string[] = [];
  for (const [key, decision] of Object.entries(decisions.entries ?? {})) {
    if (absent(key)) troubles.push(`entries: ${key} is not among the entries read, so its decisions wait.`);
    else if (decision.work !== undefined && absent(decision.work)) {
      troubles.push(`entries: ${key} belongs to the work of ${decision.work}, which is not among the entries read.`);
    }
    troubles.push(...unknownNames(`entries: ${key}`, decision.archive ?? {}, config));
  }
  for (const [key, decision] of Object.entries(decisions.works ?? {})) {
    if (absent(key)) troubles.push(`works: ${key} is not among the entries read, so its decisions wait.`);
    for (const part of decision.order ?? []) {
      if (absent(part)) troubles.push(`works: the order of ${key} names ${part}, which is not among the entries read.`);
    }
    troubles.push(...unknownNames(`works: ${key}`, decision, config));
  }
  return troubles;
}

function unknownNames(
  where: string,
  fields: Pick<WorkDecision, 'rating' | 'warnings' | 'categories'>,
  { archive }: Config,
): string[] {
  const given = {
    rating: { names: fields.rating === undefined ? [] : [fields.rating], list: archive.ratings },
    warnings: { names: fields.warnings ?? [], list: archive.warnings },
    categories: { names: fields.categories ?? [], list: archive.categories },
  };
  return Object.entries(given).flatMap(([field, { names, list }]) =>
    names
      .filter((name) => canonical(name, list) === undefined)
      .map((name) => `${where}: the archive has no ${field} ${quoted([name])}; it knows ${quoted(list)}.`),
  );
}
