import type { Evidence, EvidenceByField, Header, HeaderField } from '../model.js';

/** A header in the making. The first value of a field stays, so sources are asked from the strongest to the weakest. */
export class Draft {
  readonly header: Header = {};
  readonly evidence: EvidenceByField = {};
  /** Fields the header names only to say that there is nothing: "Pairing: none". No weaker source fills them. */
  readonly denied = new Set<HeaderField>();
  /** How many values were taken so far. */
  taken = 0;
  /** Fields whose value speaks of the part alone; the work's own replaces it. */
  private readonly ofPart = new Set<HeaderField>();

  has(field: HeaderField): boolean {
    return this.header[field] !== undefined || this.denied.has(field);
  }

  /** Sets a field that has no value yet. Empty text and empty lists are no value. */
  set<Field extends HeaderField>(
    field: Field,
    value: Header[Field],
    evidence: Evidence,
    scope?: 'work' | 'part',
  ): void {
    if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return;
    if (this.has(field) && !(this.ofPart.has(field) && scope !== 'part')) return;
    this.header[field] = value;
    this.evidence[field] = evidence;
    this.taken++;
    if (scope === 'part') this.ofPart.add(field);
    else this.ofPart.delete(field);
  }

  /** Adds to a text that may be given in several places, such as notes. */
  add(field: 'notes' | 'endNotes' | 'disclaimer' | 'warnings' | 'spoilers', text: string, evidence: Evidence): void {
    const before = this.header[field];
    if (before === undefined) this.set(field, text, evidence);
    else if (text !== '' && before !== text) {
      this.header[field] = `${before}\n${text}`;
      this.more(field, evidence);
    }
  }

  /** Adds to a list without repeating. */
  extend(
    field: 'relationships' | 'characters' | 'fandoms' | 'genres' | 'authors' | 'betas',
    names: string[],
    evidence: Evidence,
  ): void {
    const before = this.header[field];
    if (before === undefined) this.set(field, names, evidence);
    else if (names.length > 0) {
      this.header[field] = [...before, ...names.filter((name) => !before.includes(name))];
      this.more(field, evidence);
    }
  }

  /** The line of a further value, under the first one's. */
  private more(field: HeaderField, { raw }: Evidence): void {
    const first = this.evidence[field] as Evidence;
    this.evidence[field] = { ...first, raw: `${first.raw}\n${raw}` };
    this.taken++;
  }

  other(label: string, value: string): void {
    this.header.other ??= [];
    this.header.other.push({ label, value });
  }
}
