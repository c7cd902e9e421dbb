/**
 * Locks: one run for each `--out`, and one crawl for each site and machine.
 *
 * A lock is a folder of numbered turns. To take the next turn is to rename a finished folder to the next number, which
 * succeeds for exactly one taker, on every file system, and shows no half-written state. A turn is over when its holder
 * said so or is no longer there, and then anybody may take the next number. The highest turn is never removed, so a
 * taker who looked long ago finds a higher one than its own and gives way.
 */
import { randomUUID } from 'node:crypto';
import { chmod, lstat, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { asDiskError, FicferryError } from '../../errors.js';
import { isGone, ProcessId, thisProcess } from './process.js';

const Holder = ProcessId.extend({ since: z.iso.datetime() });
/** Who has a lock, and since when (ISO 8601, UTC). */
export type Holder = z.infer<typeof Holder>;

/** Let go of by {@link release}, or at the end of a block by `await using`. */
export interface Lock extends AsyncDisposable {
  /** Ends the turn. May be called again. */
  release(): Promise<void>;
}

/** How often a waiting crawl looks whether its turn has come, in milliseconds. */
const POLL = 250;
/** A folder made to become a turn, left by a process that died over it, goes after this long, in milliseconds. */
const LITTER_AGE = 3_600_000;

/**
 * Takes a run's folder (`--out`), which is made where there is none.
 * @throws FicferryError OUT_BUSY where another run is at work there; DISK
 */
export async function lockOut(folder: string): Promise<Lock> {
  const turns = join(folder, '.lock');
  const taken = await onDisk(folder, () => takeTurn(turns));
  if ('release' in taken) return taken;
  const { pid, host, since } = taken;
  const elsewhere = host !== thisProcess().host;
  throw new FicferryError(
    'OUT_BUSY',
    `Another run of ficferry is at work in ${folder} (process ${pid} on ${host}, since ${since})`,
    elsewhere
      ? `Wait for it to end, or choose another folder with --out. If it was killed, delete ${turns} and try again.`
      : 'Wait for it to end, or choose another folder with --out.',
  );
}

export interface SiteLockOptions {
  /** Told once, when there is somebody to wait for. */
  onWait?: (holder: Holder) => void;
  /** Stops waiting; the promise then rejects with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * Takes a site for this machine and user, so that two crawls of one site take turns. Waits as long as it takes.
 * @param site its key in `config/sites.yaml`
 * @throws FicferryError DISK; the signal's reason
 */
export async function lockSite(site: string, options: SiteLockOptions = {}): Promise<Lock> {
  const { onWait, signal } = options;
  const base = await privateFolder();
  const turns = join(base, `site-${encodeURIComponent(site)}`);
  for (let waited = false; ; waited = true) {
    signal?.throwIfAborted();
    const taken = await onDisk(turns, () => takeTurn(turns));
    if ('release' in taken) return taken;
    if (!waited) onWait?.(taken);
    await pause(POLL, undefined, { signal }).catch(() => signal?.throwIfAborted());
  }
}

/** `ficferry-locks-UID` among the temporary files. They are everybody's, so nobody else's folder or link is trusted. */
async function privateFolder(): Promise<string> {
  const { uid } = userInfo();
  const folder = join(tmpdir(), `ficferry-locks-${uid < 0 ? userInfo().username : uid}`);
  await onDisk(folder, () => mkdir(folder, { mode: 0o700, recursive: true }));
  const found = await onDisk(folder, () => lstat(folder));
  if (found.isDirectory() && (uid < 0 || found.uid === uid)) {
    if ((found.mode & 0o077) !== 0) await onDisk(folder, () => chmod(folder, 0o700));
    return folder;
  }
  throw new FicferryError(
    'DISK',
    `${folder} is not a folder of yours alone`,
    'Remove it, or set TMPDIR to another folder.',
  );
}

/** Takes the next turn, or says who has the present one. */
async function takeTurn(turns: string): Promise<Lock | Holder> {
  for (;;) {
    await mkdir(turns, { recursive: true });
    const highest = await highestTurn(turns);
    const holder = highest > 0 ? await holderOf(join(turns, String(highest))) : undefined;
    if (holder && !isGone(holder)) return holder;
    const own = highest + 1;
    if (!(await claim(turns, own))) continue;
    // A number below the highest was free only because its turn was over long ago and its folder was cleared away.
    if ((await highestTurn(turns)) !== own) {
      await rm(join(turns, String(own)), { recursive: true, force: true });
      continue;
    }
    await clear(turns, own);
    const release = () => end(turns, own);
    return { release, [Symbol.asyncDispose]: release };
  }
}

async function highestTurn(turns: string): Promise<number> {
  const names = await readdir(turns);
  return Math.max(0, ...names.filter((name) => /^\d{1,15}$/.test(name)).map(Number));
}

/** @returns undefined where the turn is over, or its folder was emptied by a power loss or is being cleared away */
async function holderOf(turn: string): Promise<Holder | undefined> {
  if (await exists(join(turn, 'over'))) return undefined;
  try {
    return Holder.parse(JSON.parse(await readFile(join(turn, 'holder.json'), 'utf8')));
  } catch (error) {
    const known = error instanceof SyntaxError || error instanceof z.ZodError || isCode(error, ['ENOENT']);
    if (known) return undefined;
    throw error;
  }
}

/** @returns false where somebody else has that number */
async function claim(turns: string, number: number): Promise<boolean> {
  const made = join(turns, `taking-${process.pid}-${randomUUID()}`);
  const holder: Holder = { ...thisProcess(), since: new Date().toISOString() };
  try {
    await mkdir(made);
    await writeFile(join(made, 'holder.json'), `${JSON.stringify(holder)}\n`);
    // A folder that is not empty can't be renamed over.
    await rename(made, join(turns, String(number)));
    return true;
  } catch (error) {
    await rm(made, { recursive: true, force: true });
    // That number is taken, or was and is being cleared away; or `turns` itself went.
    if (isCode(error, ['ENOTEMPTY', 'EEXIST', 'ENOENT'])) return false;
    // What Windows says of the first case.
    if (isCode(error, ['EPERM', 'EACCES']) && (await exists(join(turns, String(number))))) return false;
    throw error;
  }
}

async function end(turns: string, number: number): Promise<void> {
  const over = join(turns, String(number), 'over');
  // Where the folder was deleted under us, there is nothing left to end.
  await onDisk(over, () =>
    writeFile(over, '').catch((error) => {
      if (!isCode(error, ['ENOENT'])) throw error;
    }),
  );
}

/** Removes earlier turns and what dead takers left. */
async function clear(turns: string, own: number): Promise<void> {
  for (const name of await readdir(turns)) {
    const path = join(turns, name);
    const earlier = /^\d{1,15}$/.test(name) && Number(name) < own;
    const litter = name.startsWith('taking-') && (await isOld(path));
    if (earlier || litter) await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}

async function isOld(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > LITTER_AGE;
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

function isCode(error: unknown, codes: string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException)?.code ?? '');
}

async function onDisk<T>(path: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw asDiskError(error, path);
  }
}
