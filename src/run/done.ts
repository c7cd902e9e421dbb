/** Which works an author has handed over: `done.json` in a run's folder, her own ticks, which no bundle is made from. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../common/writeWhole.js';
import { FicferryError } from '../errors.js';
import { EntryKey } from '../model.js';

const Done = z.strictObject({
  /** Key of a work's first entry → its title, so that the file says something to people. */
  works: z.record(EntryKey, z.string()),
});
export type Done = z.infer<typeof Done>;

/** Where the ticks of a bundle stand: beside it. */
export function doneFile(bundle: string): string {
  return join(dirname(resolve(bundle)), 'done.json');
}

/** @throws FicferryError BAD_DECISIONS where the file is not what ficferry wrote */
export function readDone(file: string): Done {
  if (!existsSync(file)) return { works: {} };
  try {
    return Done.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const advice = 'Remove it and tick your works again with "ficferry done".';
    throw new FicferryError('BAD_DECISIONS', `${file} can't be read`, advice, { cause: error });
  }
}

/** Written beside and renamed, so that a crash loses no tick. */
export function writeDone(file: string, done: Done): void {
  writeWhole(file, `${JSON.stringify(done, null, 2)}\n`, { secret: true });
}
