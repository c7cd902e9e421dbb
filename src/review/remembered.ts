/**
 * What the author said at Begin, kept as `review.json` in the run's folder, so that the next process goes on as she said.
 *
 * Her contact address and the way to her cookies are not kept: the one is hers to say each time (her browser fills it in), and a
 * crawl that goes on by itself must not show a login that she lent once.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../common/writeWhole.js';
import { asDiskError, FicferryError } from '../errors.js';
import { type Run, type RunOptions, startRun } from '../run/run.js';
import { Begin, type State } from './model.js';

const FILE = 'review.json';

export const Remembered = Begin.omit({ contact: true, cookies: true });

/** What was said at Begin of this folder's journal; nothing where it was never begun here. @throws FicferryError BAD_OPTION */
export function remembered(folder: string): Remembered | undefined {
  const file = fileIn(folder);
  if (!existsSync(file)) return undefined;
  try {
    return Remembered.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const advice = 'Remove it, and say once more at the beginning what it said; nothing else is lost.';
    throw new FicferryError('BAD_OPTION', `${file} can't be read`, advice, { cause: error });
  }
}
export type Remembered = ReturnType<typeof Remembered.parse>;

/** Written beside and renamed; only its owner can read it. @throws FicferryError DISK */
export function remember(folder: string, begin: Begin): void {
  const { contact: _, cookies: __, ...kept } = begin;
  const file = fileIn(folder);
  try {
    mkdirSync(folder, { recursive: true });
    writeWhole(file, `${JSON.stringify(kept, null, 2)}\n`, { secret: true });
  } catch (error) {
    throw asDiskError(error, file);
  }
}

/** What she says at Begin, as a command line would. */
export function optionsOf({ address: _, ...said }: Begin | Remembered): RunOptions {
  return said;
}

/**
 * A folder's run, as she began it; what `options` say themselves goes first. A folder that another command filled is taken as it is.
 * @throws FicferryError as `startRun`, BAD_OPTION
 */
export function runOf(folder: string, options: RunOptions, address?: string): Run {
  const said = remembered(folder);
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return startRun({ ...(said && optionsOf(said)), ...given, out: folder }, address ?? said?.address);
}

/** The runs of the output folder: those that hold a vault, or what was said at Begin. */
export function runsIn(output: string): State['runs'] {
  let names: string[];
  try {
    names = readdirSync(output, { withFileTypes: true }).flatMap((item) => (item.isDirectory() ? item.name : []));
  } catch {
    return [];
  }
  return names.sort().flatMap((name) => {
    const folder = join(output, name);
    return holdsRun(folder) ? [{ folder, journal: name }] : [];
  });
}

function holdsRun(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => name === 'vault' || name === FILE);
  } catch {
    return false;
  }
}

function fileIn(folder: string): string {
  return join(folder, FILE);
}
