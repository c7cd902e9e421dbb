/** Somebody who wrote works of a run, and what an archivist knows of her. */
import type { Withheld, Work } from '../model.js';
import { keyOf } from '../works/index.js';

export interface Person {
  /** As the works name her. Names that differ in case, accents or marks alone are one person's. */
  author: string;
  /** Addresses of journals that are hers by their name. */
  journals: string[];
  /** Accounts that posted works of hers in a community and have other names: hers too, or a moderator's. */
  postedBy: string[];
  works: number;
  /** Her name on the archive, where that is another. */
  archiveName?: string;
  email?: string;
  /** Absent: not asked, or no answer yet. */
  permission?: 'yes' | 'no';
  /** She wants nothing of hers moved, in this community or elsewhere. */
  doNotImport: boolean;
  note?: string;
  /** Columns of the archivist's own. */
  more?: Record<string, string>;
}

/** Who is known, by author. */
export class People {
  private readonly byKey: ReadonlyMap<string, Person>;

  constructor(readonly all: readonly Person[] = []) {
    this.byKey = new Map(all.map((person) => [personKey(person.author), person]));
  }

  of(author: string): Person | undefined {
    return this.byKey.get(personKey(author));
  }
}

/** For people. */
export function withheldText({ why, authors }: Withheld): string {
  const names = authors.join(' and ');
  return why === 'refused'
    ? `${names} does not want it moved, says people.csv`
    : `${names} has not said yes yet in people.csv`;
}

export function personKey(author: string): string {
  return keyOf(author) || author;
}

/**
 * Whether a work's authors let it be carried. In her own journal an author needs nobody's leave; in a community each of a work's authors
 * must have said yes. A do-not-import counts everywhere.
 */
export function withheld(
  { authors, community }: Pick<Work, 'authors' | 'community'>,
  people: People,
): Withheld | undefined {
  const refusing = authors.filter((author) => {
    const person = people.of(author);
    return person?.doNotImport || person?.permission === 'no';
  });
  if (refusing.length > 0) return { why: 'refused', authors: refusing };
  if (community && authors.length === 0) return { why: 'no answer', authors: ['whoever wrote it'] };
  const silent = community ? authors.filter((author) => people.of(author)?.permission !== 'yes') : [];
  return silent.length > 0 ? { why: 'no answer', authors: silent } : undefined;
}
