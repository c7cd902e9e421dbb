/** The links between posts that may be parts, told by what they say. */
import type { Config } from '../config.js';
import { type Relation, relationOf } from './linkRelation.js';
import { phrasesOf } from './phrases.js';
import { type FicRecord, keyOfRecord } from './records.js';

export interface Edge {
  from: string;
  to: string;
  relation: Relation;
  /** The link's own words. */
  text: string;
}

export class Edges {
  private readonly leaving = new Map<string, Edge[]>();
  private readonly arriving = new Map<string, Edge[]>();

  constructor(records: readonly FicRecord[], config: Config) {
    const phrases = phrasesOf(config);
    const keys = new Set(records.map(keyOfRecord));
    for (const record of records) {
      const from = keyOfRecord(record);
      for (const link of record.links) {
        if (link.to === from || !keys.has(link.to)) continue;
        const edge = { from, to: link.to, relation: relationOf(link, phrases), text: link.text };
        put(this.leaving, from, edge);
        put(this.arriving, link.to, edge);
      }
    }
  }

  from(record: FicRecord): Edge[] {
    return this.leaving.get(keyOfRecord(record)) ?? [];
  }

  to(record: FicRecord): Edge[] {
    return this.arriving.get(keyOfRecord(record)) ?? [];
  }
}

function put(map: Map<string, Edge[]>, key: string, edge: Edge): void {
  const list = map.get(key);
  if (list) list.push(edge);
  else map.set(key, [edge]);
}
