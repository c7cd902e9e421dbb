/** `ficferry people`: who wrote what, and who has said what. */
import { listPeople, type PeopleOutcome } from '../commands/people.js';
import { count } from '../common/wording.js';
import { type RunOptions, startRun } from '../run/run.js';
import { makeProgress } from './progress.js';

export async function people(
  address: string | undefined,
  flags: RunOptions & { yes?: string[]; no?: string[] },
): Promise<void> {
  const run = startRun(flags, address);
  const progress = makeProgress({ json: false });
  try {
    const outcome = await listPeople(run, flags, (event) => progress.tell(event));
    progress.clear();
    for (const line of peopleLines(outcome, run.folder)) process.stdout.write(`${line}\n`);
  } finally {
    progress.clear();
  }
}

function peopleLines({ file, people: { all }, added, warnings }: PeopleOutcome, folder: string): string[] {
  const of = (is: (person: (typeof all)[number]) => boolean) => all.filter(is).length;
  const refused = of(({ permission, doNotImport }) => permission === 'no' || doNotImport);
  const yes = of(({ permission, doNotImport }) => permission === 'yes' && !doNotImport);
  return [
    ...warnings,
    `${count(all.length, 'author')} in ${file}${added > 0 ? `, ${added} of them new` : ''}: ${yes} said yes, ${refused} no, ${all.length - yes - refused} nothing yet.`,
    'Fill in e-mail and permission (yes or no) with a spreadsheet program, and save it as CSV.',
    `Next: ficferry bundle --out ${folder}`,
  ];
}
