/** Opens a file or a folder with what the person's system opens it with. */
import { spawn } from 'node:child_process';

/**
 * Asks the system and looks no further: a system without a desktop has nothing to open with, and that is no error.
 * @param path never an address that holds a secret: what is asked of another program can be read in the list of processes
 */
export function openWithSystem(path: string): void {
  const opener = OPENERS[process.platform] ?? 'xdg-open';
  try {
    const child = spawn(opener, [path], { stdio: 'ignore', detached: true });
    child.on('error', () => {});
    child.unref();
  } catch {
    // nothing was opened
  }
}

/** No shell is between us and them, so that a path is only ever a path. */
const OPENERS: Partial<Record<NodeJS.Platform, string>> = { darwin: 'open', win32: 'explorer.exe' };
