/**
 * Which process this is, and whether another one is still there.
 *
 * A number alone does not say: numbers are given again, after a restart of the machine at once. So the moment at which
 * the process began is kept too, and which boot of the machine it was.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';

export const ProcessId = z.object({
  pid: z.number().int().positive(),
  host: z.string(),
  /** When the process began, in the system's own words; absent where the system does not say. */
  start: z.string().optional(),
  /**
   * Linux only: the machine, since many are called "localhost"; its boot; and the space that process numbers count in,
   * of which a container has its own.
   */
  machine: z.string().optional(),
  boot: z.string().optional(),
  space: z.string().optional(),
});
export type ProcessId = z.infer<typeof ProcessId>;

let own: ProcessId | undefined;

export function thisProcess(): ProcessId {
  own ??= {
    pid: process.pid,
    host: hostname(),
    start: startOf(process.pid),
    machine: attempt(() => readFileSync('/etc/machine-id', 'utf8').trim()),
    boot: attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    space: attempt(() => readlinkSync('/proc/self/ns/pid')),
  };
  return own;
}

/**
 * True only where it is certain. Of a process on another machine, or in another container, nothing can be known: it
 * counts as being there.
 */
export function isGone(other: ProcessId): boolean {
  const self = thisProcess();
  if (other.host !== self.host || other.machine !== self.machine) return false;
  if (other.boot !== self.boot) return true;
  if (other.space !== self.space) return false;
  if (!isRunning(other.pid)) return true;
  const start = startOf(other.pid);
  return start === DEAD || (start !== undefined && other.start !== undefined && start !== other.start);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: there is one, and it is somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Killed, and not yet buried by its parent: it still has its number. */
const DEAD = 'dead';

/** @returns undefined where the system does not say, or not to us */
function startOf(pid: number): string | undefined {
  if (process.platform === 'win32') return undefined;
  if (process.platform !== 'linux') return attempt(() => startByPs(pid));
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // proc(5): "pid (comm) state …", and as 22nd the start in clock ticks since boot; comm may hold blanks and brackets.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return /^[ZX]/.test(fields?.[0] ?? '') ? DEAD : fields?.[19];
}

function startByPs(pid: number): string | undefined {
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  const said = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8', env }).trim();
  const [state = '', ...start] = said.split(/\s+/);
  return state.startsWith('Z') ? DEAD : start.join(' ') || undefined;
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
