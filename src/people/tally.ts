/** The people of a run: found in its works, and filled in by an archivist. */
import { byText } from '../common/order.js';
import type { Work } from '../model.js';
import { People, type Person, personKey } from './person.js';

/** The address of an account's journal, on the site that a post's address is on. */
export type JournalOf = (account: string, postUrl: string) => string;

/** Everybody who wrote one of these works, the most works first. */
export function peopleIn(
  works: readonly Pick<Work, 'authors' | 'community' | 'chapters'>[],
  journalOf: JournalOf,
): Person[] {
  const found = new Map<string, Person>();
  for (const work of works) {
    for (const author of work.authors) {
      const person = found.get(personKey(author)) ?? {
        author,
        journals: [],
        postedBy: [],
        works: 0,
        doNotImport: false,
      };
      found.set(personKey(author), person);
      person.works++;
      for (const chapter of work.chapters) note(person, chapter, journalOf);
    }
  }
  return [...found.values()].sort(byWorks);
}

/** An account of her own name is hers; any other may be a moderator's who posted for her. */
function note(person: Person, { entry, url, poster }: Work['chapters'][number], journalOf: JournalOf): void {
  const account = poster ?? (entry.split('/')[1] as string);
  const isHers = personKey(account) === personKey(person.author);
  const [list, value] = isHers ? [person.journals, journalOf(account, url)] : [person.postedBy, account];
  if (!list.includes(value)) list.push(value);
}

/**
 * What was found now, with what was filled in before. Nobody is dropped: whoever wrote none of the works any more stays with no works,
 * since her answer still counts.
 */
export function withFilledIn(found: readonly Person[], filledIn: People): People {
  const now = found.map((person): Person => {
    const { archiveName, email, permission, doNotImport = false, note, more } = filledIn.of(person.author) ?? {};
    return {
      ...person,
      ...(archiveName && { archiveName }),
      ...(email && { email }),
      ...(permission && { permission }),
      doNotImport,
      ...(note && { note }),
      ...(more && { more }),
    };
  });
  const known = new People(now);
  const gone = filledIn.all
    .filter(({ author }) => !known.of(author))
    .map((person): Person => ({ ...person, works: 0 }));
  return new People([...now, ...gone].sort(byWorks));
}

function byWorks(a: Person, b: Person): number {
  return b.works - a.works || byText(personKey(a.author), personKey(b.author));
}
