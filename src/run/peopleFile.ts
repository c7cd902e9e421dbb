/** `people.csv` of a run: read for a bundle, and written by `ficferry people`. */
import { existsSync, readFileSync } from 'node:fs';
import { writeWhole } from '../common/writeWhole.js';
import { asDiskError } from '../errors.js';
import type { Work } from '../model.js';
import { People, peopleCsv, readPeople, withheld } from '../people/index.js';
import { peopleFile, type Run } from './run.js';

/** Nobody, where there is no such file. @throws FicferryError BAD_PEOPLE, DISK */
export function readRunPeople(run: Pick<Run, 'folder'>): { people: People; warnings: string[] } {
  return readPeopleFile(peopleFile(run));
}

/** @throws FicferryError BAD_PEOPLE, DISK */
export function readPeopleFile(file: string): { people: People; warnings: string[] } {
  if (!existsSync(file)) return { people: new People(), warnings: [] };
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw asDiskError(error, file);
  }
  return readPeople(bytes, file);
}

/** Written beside and renamed; it holds addresses of people, so that only its owner can read it. @throws FicferryError DISK */
export function writeRunPeople(run: Pick<Run, 'folder'>, people: People): string {
  const file = peopleFile(run);
  writeWhole(file, peopleCsv(people), { secret: true });
  return file;
}

/** The work, marked where those who wrote it have not let it go. */
export function withLeave<W extends Work>(work: W, people: People): W {
  const why = withheld(work, people);
  return why ? { ...work, withheld: why } : work;
}
