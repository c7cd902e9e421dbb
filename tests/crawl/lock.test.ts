import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Holder, type Lock, lockOut, lockSite } from '../../src/crawl/lock/lock.js';
import { thisProcess } from '../../src/crawl/lock/process.js';
import { tempFolder } from './vault-helpers.js';

let temp: string;
beforeEach(() => {
  temp = tempFolder();
  vi.stubEnv('TMPDIR', temp);
});
const children: ChildProcess[] = [];
afterEach(() => {
  vi.unstubAllEnvs();
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A child process; `said` resolves when it has said a line, `ended` with all that it said. */
function start(...args: string[]) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('lock-child.ts', import.meta.url)), ...args],
    {
      env: { ...process.env, TMPDIR: temp },
    },
  );
  children.push(child);
  let output = '';
  child.stderr.on('data', (data) => {
    output += data;
  });
  const listeners: (() => void)[] = [];
  child.stdout.on('data', (data) => {
    output += data;
    for (const listener of listeners) listener();
  });
  const ended = new Promise<string>((resolve) => child.on('close', () => resolve(output)));
  const said = (line: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => output.includes(`${line}\n`) && resolve();
      listeners.push(look);
      look();
      void ended.then(() => reject(new Error(output)));
    });
  const kill = () => {
    child.kill('SIGKILL');
    return ended;
  };
  return { said, ended, kill };
}

/** Lays a lock that somebody took and never ended. */
function layHolder(folder: string, own: Partial<Holder>, turn = 1): void {
  const holder = { ...thisProcess(), since: '2024-01-01T00:00:00.000Z', ...own };
  mkdirSync(join(folder, '.lock', String(turn)), { recursive: true });
  writeFileSync(join(folder, '.lock', String(turn), 'holder.json'), JSON.stringify(holder));
}

/** The number of a process that has ended. */
function deadPid(): number {
  return spawnSync('true').pid;
}

describe('the lock of a run’s folder', { timeout: 60_000 }, () => {
  it('is taken once, and again after it was let go', async () => {
    const folder = join(tempFolder(), 'a', 'b');
    const lock = await lockOut(folder);
    await expect(lockOut(folder)).rejects.toMatchObject({
      code: 'OUT_BUSY',
      exitCode: 2,
      message: expect.stringContaining(`${folder} (process ${process.pid} on `),
    });
    const other = await lockOut(`${folder}-2`);
    await lock.release();
    await lock.release();
    const again = await lockOut(folder);
    await lock.release();
    await expect(lockOut(folder)).rejects.toMatchObject({ code: 'OUT_BUSY' });
    await again.release();
    await other.release();
  });

  it('leaves one turn behind, however often it was taken', async () => {
    const folder = tempFolder();
    for (let i = 0; i < 5; i++) await (await lockOut(folder)).release();
    expect(readdirSync(join(folder, '.lock'))).toEqual(['5']);
  });

  it('is refused while another process holds it, and free at once when that one is killed', async () => {
    const folder = tempFolder();
    const holder = start('hold', folder);
    await holder.said('taken');
    await expect(lockOut(folder)).rejects.toMatchObject({ code: 'OUT_BUSY' });
    await holder.kill();
    await (await lockOut(folder)).release();
  });

  it('goes to exactly one of many who find it left by a dead process', async () => {
    for (let round = 0; round < 30; round++) {
      const folder = tempFolder();
      layHolder(folder, { pid: deadPid() });
      const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => lockOut(folder)));
      const won = outcomes.filter((outcome) => outcome.status === 'fulfilled');
      expect(won).toHaveLength(1);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'OUT_BUSY' });
      }
      expect(readdirSync(join(folder, '.lock'))).toEqual(['2']);
      await (won[0] as PromiseFulfilledResult<Lock>).value.release();
    }
  });

  it('never has two holders, in processes that take it in turns and die with it', async () => {
    const folder = tempFolder();
    const racers = Array.from({ length: 5 }, (_, i) => start('race', folder, String(3 + 2 * i)));
    expect(await Promise.all(racers.map((racer) => racer.ended))).toEqual(['', '', '', '', '']);
    // 3 + 5 + 7 + 9 + 11 turns were taken.
    const lock = await lockOut(folder);
    expect(readdirSync(join(folder, '.lock')).filter((name) => /^\d+$/.test(name))).toEqual(['36']);
    await lock.release();
  });

  it('is not taken from a process of which nothing can be known', async () => {
    for (const own of [{ host: 'elsewhere' }, { machine: 'another' }]) {
      const folder = tempFolder();
      layHolder(folder, { pid: deadPid(), ...own });
      await expect(lockOut(folder)).rejects.toMatchObject({ code: 'OUT_BUSY' });
    }
    const folder = tempFolder();
    layHolder(folder, { host: 'elsewhere' });
    await expect(lockOut(folder)).rejects.toMatchObject({
      message: expect.stringContaining('on elsewhere, since 2024-01-01T00:00:00.000Z'),
      advice: expect.stringContaining(`delete ${join(folder, '.lock')}`),
    });
  });

  it.skipIf(process.platform !== 'linux')('tells a process from a later one with the same number', async () => {
    const own = { ...thisProcess() };
    for (const [change, free] of [
      [{ start: '1' }, true],
      [{ boot: 'an earlier one' }, true],
      [{ start: undefined }, false],
      [{ space: 'pid:[1]', pid: deadPid() }, false],
    ] as const) {
      const folder = tempFolder();
      layHolder(folder, { ...own, ...change });
      const outcome = await lockOut(folder).then(
        () => true,
        () => false,
      );
      expect(outcome, JSON.stringify(change)).toBe(free);
    }
  });

  it.skipIf(process.platform !== 'linux')('is taken from a process that is dead and not yet buried', async () => {
    const parent = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 60']);
    children.push(parent);
    const pid = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)));
    await vi.waitUntil(() => / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')));
    const folder = tempFolder();
    layHolder(folder, { pid, start: undefined });
    await (await lockOut(folder)).release();
  });

  it('passes over what a power loss leaves of a turn', async () => {
    for (const text of ['', '\0\0\0\0', '{"pid":1', '{"pid":0}', undefined]) {
      const folder = tempFolder();
      layHolder(folder, {}, 7);
      const file = join(folder, '.lock', '7', 'holder.json');
      if (text === undefined) mkdirSync(join(folder, '.lock', '8'));
      else writeFileSync(file, text);
      await (await lockOut(folder)).release();
    }
  });

  it('says where a file stands in place of the folder', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'file'), '');
    await expect(lockOut(join(folder, 'file'))).rejects.toMatchObject({ code: 'DISK' });
  });
});

describe('the lock of a site', { timeout: 60_000 }, () => {
  it('makes crawls of one site take turns, and leaves other sites alone', async () => {
    const first = await lockSite('dreamwidth');
    const other = await lockSite('livejournal');
    const waited: Holder[] = [];
    const order: string[] = [];
    const second = lockSite('dreamwidth', { onWait: (holder) => waited.push(holder) }).then((lock) => {
      order.push('second has it');
      return lock;
    });
    await vi.waitUntil(() => waited.length > 0);
    expect(waited[0]).toMatchObject({ pid: process.pid });
    // Longer than one look: it is told of once.
    await new Promise((resolve) => setTimeout(resolve, 600));
    order.push('first lets go');
    await first.release();
    await (await second).release();
    await other.release();
    expect(order).toEqual(['first lets go', 'second has it']);
    expect(waited).toHaveLength(1);
  });

  it('passes from a killed process to the one that waits', async () => {
    const holder = start('holdsite', 'dreamwidth');
    await holder.said('taken');
    const waiter = start('wait', 'dreamwidth');
    await waiter.said('waiting');
    await holder.kill();
    expect(await waiter.ended).toBe('waiting\ntaken\n');
  });

  it('stops waiting when it is told to', async () => {
    const lock = await lockSite('dreamwidth');
    const stop = new AbortController();
    const reason = new Error('interrupted');
    const waiting = lockSite('dreamwidth', { signal: stop.signal, onWait: () => stop.abort(reason) });
    await expect(waiting).rejects.toBe(reason);
    await expect(lockSite('livejournal', { signal: stop.signal })).rejects.toBe(reason);
    await lock.release();
    await (await lockSite('dreamwidth')).release();
  });

  it('lies in a folder that is ours alone', async () => {
    await (await lockSite('../../odd site')).release();
    const [name] = readdirSync(temp) as [string];
    expect(name).toMatch(/^ficferry-locks-/);
    expect(statSync(join(temp, name)).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(temp, name))).toEqual(['site-..%2F..%2Fodd%20site']);
  });

  it.skipIf(process.platform === 'win32')('does not follow a link that somebody laid there', async () => {
    const elsewhere = tempFolder();
    symlinkSync(elsewhere, join(temp, `ficferry-locks-${process.getuid?.()}`));
    await expect(lockSite('dreamwidth')).rejects.toMatchObject({ code: 'DISK', message: /not a folder of yours/ });
    expect(existsSync(join(elsewhere, 'site-dreamwidth'))).toBe(false);
  });
});
