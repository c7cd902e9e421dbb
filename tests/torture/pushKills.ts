/**
 * "Pushes killed": the built program brings works to an archive and is killed again and again, by the clock and before its Nth change of
 * the disk, while the archive goes on with what it was sent; until a push gets through. Then another life begins.
 *
 * After each life: the archive has each work once, was sent none that it had, and `redirects.csv` leads to all of them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readCsv } from '../../src/common/csv.js';
import { readLedger } from '../../src/push/index.js';
import type { Outcome } from '../cli/program.js';
import { manyWorks, PushStage } from '../push/stage.js';
import { dice, type Score, Tally } from './score.js';

const DIE_AT = pathToFileURL(fileURLToPath(new URL('dieAt.mjs', import.meta.url))).href;
const WORKS = manyWorks(12);
/** The program's start takes so long, in ms, and a push changes the disk so often; what a blow hits is measured by it. */
const [START, CHANGES] = [300, 40];
/**
 * The archive takes up to so long for a work, in ms: long enough to be still at work when the next run begins, and well within the time
 * after which an import counts as over (`settle` of the stage).
 */
const SLOWEST = 180;
/** Blows to a life; what is left of it is let through. */
const MOST_BLOWS = 6;

/** @param size kills; pushes that get through come on top */
export async function pushKills(size: number, seed: number): Promise<Score> {
  const tally = new Tally('kills of a push survived');
  const roll = dice(seed);
  let killed = 0;
  for (let life = 1; killed < size; life++) {
    const perWork = Math.floor((0.3 + 0.7 * roll()) * SLOWEST);
    // mostly all in one batch, which the archive is longest at
    const batch = roll() < 0.7 ? WORKS.length : 1 + Math.floor(roll() * WORKS.length);
    await using stage = await PushStage.with(WORKS, { perWork });
    for (let blow = 0; blow < MOST_BLOWS && killed < size; blow++) {
      const after = Math.round(START + roll() * (START + perWork * WORKS.length));
      const change = 1 + Math.floor(roll() ** 2 * CHANGES);
      const torn = roll() < 0.3;
      const name = `seed ${seed}, life ${life} (batch ${batch}, ${perWork} ms a work), blow ${blow + 1}`;
      let done = false;
      await tally.try(name, async () => {
        const outcome = await strike(stage, batch, roll() < 0.5 ? { after } : { change, torn });
        done = outcome.code !== null;
        if (!done) killed++;
        return died(outcome) ?? wrongAfter(stage);
      });
      if (done) break;
    }
    await tally.try(`seed ${seed}, life ${life}, its end`, async () => {
      const { code, stderr } = await strike(stage, batch, {});
      return code === 0 ? wrongAtEnd(stage) : `it ended with ${code}: ${stderr}`;
    });
  }
  return { ...tally.score, what: `${tally.score.what} (${killed} kills)` };
}

function strike(
  stage: PushStage,
  batch: number,
  { after, change, torn }: { after?: number; change?: number; torn?: boolean },
): Promise<Outcome> {
  const env = {
    ...stage.environment,
    NODE_OPTIONS: `--import ${DIE_AT}`,
    ...(change !== undefined && { FICFERRY_DIE_AT: String(change) }),
    ...(torn && { FICFERRY_DIE_TORN: '1' }),
  };
  const signal = after === undefined ? {} : { signal: { name: 'SIGKILL' as const, after } };
  return stage.push(['--batch', String(batch)], { env, ...signal });
}

/** It is killed, or it is through. */
function died({ code, stderr }: Outcome): string | undefined {
  return code === null || code === 0 ? undefined : `it ended with ${code}: ${stderr}`;
}

/** What may be wrong at any moment. */
function wrongAfter(stage: PushStage): string | undefined {
  readLedger(stage.folder);
  const twice = stage.archive.api.sentAgain;
  return twice.length > 0 ? `${twice.join(', ')} was sent though it was there` : undefined;
}

function wrongAtEnd(stage: PushStage): string | undefined {
  const wrong = stage.wrong(WORKS);
  const { rows } = readCsv(readFileSync(join(stage.folder, 'redirects.csv')));
  const leads = new Set(rows.map(({ cell }) => cell('AO3 id')));
  for (const { id, title } of stage.archive.works)
    if (!leads.has(String(id))) wrong.push(`no old address leads to ${title}`);
  return wrong.length > 0 ? wrong.join('; ') : undefined;
}
