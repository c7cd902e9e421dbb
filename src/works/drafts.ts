/** Works as they were built last, so that whoever plans again after a small decision builds only what it changed. */
import type { Draft } from './build.js';
import type { Decisions, WorkDecision } from './decisions.js';
import type { Joined } from './joinParts.js';
import { layOverEntry } from './layEntry.js';
import { type FicRecord, keyOfRecord } from './records.js';

/**
 * What one plan leaves to the next over the same records. A work is built anew where one of its posts, a decision about it or about
 * them, or anything of all the others that it may hang on is not the same; so a plan with and one without are equal.
 */
export class Drafts {
  readonly #laid = new WeakMap<FicRecord, { said: string; record: FicRecord }>();
  readonly #numbers = new WeakMap<FicRecord, number>();
  #count = 0;
  #common = '';
  #before = new Map<string, Draft>();
  #now = new Map<string, Draft>();

  /** The record as the author wants it read: the same object as long as she says the same of the post, and another where not. */
  laid(record: FicRecord, decisions: Decisions): FicRecord {
    const decision = decisions.entries?.[keyOfRecord(record)];
    if (!decision) return record;
    const said = JSON.stringify(decision);
    const known = this.#laid.get(record);
    if (known?.said === said) return known.record;
    const laid = layOverEntry(record, decisions);
    this.#laid.set(record, { said, record: laid });
    return laid;
  }

  /** A plan begins. @param fics all that are carried, @param seen and all that were read */
  begin(fics: readonly FicRecord[], seen: readonly FicRecord[], { rules }: Decisions): void {
    const common = JSON.stringify([
      rules,
      fics.map((fic) => this.#numberOf(fic)),
      seen.map((one) => this.#numberOf(one)),
    ]);
    this.#before = common === this.#common ? this.#now : new Map();
    this.#common = common;
    this.#now = new Map();
  }

  of(joined: Joined, decision: WorkDecision | undefined, build: () => Draft): Draft {
    const { parts, heads, places, questions } = joined;
    const numbers = [heads, parts].map((own) => own.map((post) => this.#numberOf(post)));
    const key = JSON.stringify([numbers, [...places], questions, ofTheWork(decision)]);
    const draft = this.#before.get(key) ?? build();
    this.#now.set(key, draft);
    return draft;
  }

  /** A part whose siblings say more of it than it does is a new object in each plan: its work is built anew. */
  #numberOf(record: FicRecord): number {
    const known = this.#numbers.get(record);
    if (known !== undefined) return known;
    this.#numbers.set(record, ++this.#count);
    return this.#count;
  }
}

/** What was decided that a work is built by: that it was looked at changes nothing of it. */
function ofTheWork({ looked: _, ...decision }: WorkDecision = {}): WorkDecision {
  return decision;
}
