/** `ficferry people`: who wrote the works of a run, laid over what an archivist has filled in. */
import { lockOut } from '../crawl/index.js';
import { FicferryError } from '../errors.js';
import { People, type Person, peopleIn, personKey, withFilledIn } from '../people/index.js';
import { takeCensus } from '../run/census.js';
import type { Tell } from '../run/outcome.js';
import { readRunPeople, writeRunPeople } from '../run/peopleFile.js';
import { type Run, readDecisions } from '../run/run.js';
import { openVault } from '../run/stories.js';
import { planWorks } from '../works/index.js';

export interface PeopleOutcome {
  file: string;
  people: People;
  /** Who is in the file for the first time. */
  added: number;
  warnings: string[];
}

/** Answers given on the command line, by author. */
export interface Answers {
  yes?: readonly string[];
  no?: readonly string[];
}

/**
 * Writes `people.csv` anew: everybody who wrote one of the works, with what was filled in before; asks the network for nothing.
 * @throws FicferryError NO_VAULT, VAULT_DAMAGED, BAD_DECISIONS, BAD_PEOPLE, OUT_BUSY, DISK; BAD_OPTION where an answer is nobody's
 */
export async function listPeople(run: Run, answers: Answers, tell: Tell): Promise<PeopleOutcome> {
  const decisions = readDecisions(run);
  await using vault = await openVault(run, { readOnly: true });
  await using _folder = await lockOut(run.folder);
  const { people: filledIn, warnings } = readRunPeople(run);
  const census = await takeCensus(vault, run, (done) => tell({ type: 'reading', done }));
  const { works } = planWorks(census.records, decisions, run.config);
  const journalOf = (account: string, postUrl: string) => {
    const place = run.sites.tryParse(postUrl);
    return place ? run.sites.journalUrl({ site: place.site, domain: place.domain, journal: account }) : account;
  };
  const found = withFilledIn(peopleIn(works, journalOf), filledIn);
  const added = found.all.filter(({ author }) => !filledIn.of(author)).length;
  const people = answered(found, answers);
  return { file: writeRunPeople(run, people), people, added, warnings };
}

function answered(people: People, { yes = [], no = [] }: Answers): People {
  const said = new Map<string, Person['permission']>();
  for (const [permission, names] of [
    ['yes', yes],
    ['no', no],
  ] as const) {
    for (const name of names) {
      if (!people.of(name)) throw nobody(name, people);
      if (said.has(personKey(name))) throw new FicferryError('BAD_OPTION', `${name} is named twice`);
      said.set(personKey(name), permission);
    }
  }
  return new People(
    people.all.map((person) => {
      const permission = said.get(personKey(person.author));
      return permission ? { ...person, permission } : person;
    }),
  );
}

function nobody(name: string, { all }: People): FicferryError {
  const few = all.slice(0, 5).map(({ author }) => author);
  const advice = few.length > 0 ? `Authors are: ${few.join(', ')}${all.length > few.length ? ', …' : ''}` : undefined;
  return new FicferryError('BAD_OPTION', `None of the works is by ${name}`, advice);
}
