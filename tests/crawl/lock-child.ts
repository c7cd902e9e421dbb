/**
 * A child process for the tests of locks.
 *
 * `hold FOLDER`: takes the folder, says so, and stays. `wait SITE`: says "waiting" and "taken", and leaves.
 * `race FOLDER ROUNDS`: takes the folder again and again, shouts where it finds another holder inside, and at
 * the end kills itself while it holds the lock.
 */
import { existsSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { lockOut, lockSite } from '../../src/crawl/lock/lock.js';

const [, , what, where = '', rounds = '0'] = process.argv;

if (what === 'hold') {
  await lockOut(where);
  writeSync(1, 'taken\n');
  await pause(60_000);
} else if (what === 'holdsite') {
  await lockSite(where);
  writeSync(1, 'taken\n');
  await pause(60_000);
} else if (what === 'wait') {
  const lock = await lockSite(where, { onWait: () => writeSync(1, 'waiting\n') });
  writeSync(1, 'taken\n');
  await lock.release();
} else {
  await race(Number(rounds));
}

async function race(times: number): Promise<void> {
  const inside = join(where, 'inside');
  for (let round = 1; ; ) {
    const lock = await lockOut(where).catch((error) => {
      if (error.code === 'OUT_BUSY') return undefined;
      throw error;
    });
    if (!lock) continue;
    if (existsSync(inside)) writeSync(1, 'two inside\n');
    writeFileSync(inside, String(process.pid));
    await pause(Math.random() * 3);
    if (readFileSync(inside, 'utf8') !== String(process.pid)) writeSync(1, 'two inside\n');
    rmSync(inside);
    if (round++ === times) process.kill(process.pid, 'SIGKILL');
    await lock.release();
  }
}
