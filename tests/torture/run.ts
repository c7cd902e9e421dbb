/**
 * `npm run torture`: whatever can happen to a run, its vault, its pages and its bundle, more of it than `npm test` has time for.
 *
 * `npm run torture` takes some minutes; `npm run torture -- 10` ten times as much; `-- 1 --seed 42` does a run again that failed, and
 * `-- 10 --only kills,fuzz` some of it. Prints each part as passed of tried; ends with 1 where something did not pass.
 */
import { parseArgs } from 'node:util';
import { faults } from '../faults/faults-score.js';
import { cuts } from './cuts.js';
import { fuzz } from './fuzz.js';
import { kills } from './kills.js';
import { mutations } from './mutations.js';
import { pushKills } from './pushKills.js';
import type { Score } from './score.js';

interface Part {
  name: string;
  /** How much of it is tried for 1; less than a minute and a half of one core each. */
  size: number;
  run: (size: number, seed: number) => Promise<Score>;
}

const PARTS: readonly Part[] = [
  { name: 'kills', size: 40, run: kills },
  { name: 'pushes', size: 40, run: pushKills },
  { name: 'faults', size: 1, run: faults },
  { name: 'fuzz', size: 4_000, run: fuzz },
  { name: 'cuts', size: 600, run: cuts },
  { name: 'mutations', size: 200, run: mutations },
];
/** Of one part; the rest is one more of the same. */
const MOST_SHOWN = 20;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' }, only: { type: 'string' } },
});
const times = Number(positionals[0] ?? 1);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const only = values.only?.split(',');
const unknown = only?.find((name) => !PARTS.some((part) => part.name === name));
if (!(times > 0) || !Number.isInteger(seed) || unknown !== undefined) {
  console.error(`npm run torture [-- TIMES] [--seed NUMBER] [--only ${PARTS.map(({ name }) => name).join(',')}]`);
  process.exit(2);
}

console.log(`torture: seed ${seed}, ${times} times the usual\n`);
for (const { name, size, run } of PARTS) {
  if (only && !only.includes(name)) continue;
  const began = Date.now();
  const { what, tried, passed, failures } = await run(Math.max(1, Math.round(size * times)), seed);
  const seconds = Math.round((Date.now() - began) / 1000);
  console.log(`${what.padEnd(64)} ${passed} of ${tried}   ${seconds} s`);
  for (const line of failures.slice(0, MOST_SHOWN)) console.log(`  ${line}`);
  if (failures.length > MOST_SHOWN) console.log(`  and ${failures.length - MOST_SHOWN} more`);
  if (passed < tried || tried === 0) process.exitCode = 1;
}
