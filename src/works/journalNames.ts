/** Full names that an author wrote in her other fics: "Maren" there is "Maren Vale" here, in one journal and fandom. */
import type { Config } from '../config.js';
import type { Rules } from './decisions.js';
import { readTags, tagged } from './entryTags.js';
import { readFandoms } from './fandoms.js';
import { membersOf, type WrittenName } from './pairings.js';
import { type FicRecord, keyOfRecord } from './records.js';
import { byText, keyOf } from './words.js';

/** A name has a first and a last part and perhaps two between; more words are a remark. */
const MOST_WORDS = 4;

/** By journal and fandom. Made once for all records; the order in which they come does not matter. */
export class JournalNames {
  private readonly byFandom = new Map<string, Map<string, WrittenName>>();

  constructor(records: readonly FicRecord[], rules: Rules, config: Config) {
    const and = new Set(config.and.map(keyOf));
    for (const record of records) {
      const written = fullNames(record, config).filter((name) => isName(name, and));
      if (written.length === 0) continue;
      const tags = readTags(record.entry.tags, config);
      for (const fandom of readFandoms(record.header, tags, rules, config).fandoms) {
        const place = placeOf(record, fandom);
        const known = this.byFandom.get(place) ?? new Map<string, WrittenName>();
        this.byFandom.set(place, known);
        for (const name of written) {
          const key = keyOf(name);
          const raw = keyOfRecord(record);
          const before = known.get(key);
          // The lowest key of an entry stands for it, so that the evidence is the same in whatever order entries came.
          if (!before || byText(raw, before.raw) < 0) known.set(key, { name, raw, source: 'inferred' });
        }
      }
    }
  }

  /** What was written in the fics of these fandoms, in the journal of this record. */
  of(record: FicRecord, fandoms: readonly string[]): WrittenName[] {
    return fandoms.flatMap((fandom) => [...(this.byFandom.get(placeOf(record, fandom))?.values() ?? [])]);
  }
}

function placeOf({ entry }: FicRecord, fandom: string): string {
  return `${entry.site}/${entry.journal}/${keyOf(fandom)}`;
}

function fullNames({ header, entry }: FicRecord, config: Config): string[] {
  const tags = readTags(entry.tags, config);
  return [
    ...(header.characters ?? []),
    ...(header.relationships ?? []).flatMap(membersOf),
    ...tagged(tags, 'characters').map(({ value }) => value),
    ...tagged(tags, 'relationships').flatMap(({ value }) => membersOf(value)),
  ];
}

/** "Maren Vale", not "Maren (mentioned)", "Maren and others" or "Maren's whole family, really". */
function isName(name: string, and: ReadonlySet<string>): boolean {
  const words = keyOf(name).split(' ');
  return (
    words.length > 1 && words.length <= MOST_WORDS && !/[()[\],;!]/.test(name) && !words.some((word) => and.has(word))
  );
}
