/** Runs the built program as a user would, in a folder of its own. `npm test` builds it first. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** Sends this signal after so many milliseconds, or as soon as something holds; the condition is told what was printed so far. */
  signal?: { name: NodeJS.Signals; after: number } | { name: NodeJS.Signals; when: (printed: string) => boolean };
}

/**
 * Crawls of one site take turns on a machine, by locks among its temporary files. Each file of tests has temporary files of its own,
 * so that they need not wait for each other.
 */
const OWN_TMP = mkdtempSync(join(tmpdir(), 'ficferry-tmp-'));
process.on('exit', () => rmSync(OWN_TMP, { recursive: true, force: true }));

export function ficferry(args: string[], options: RunOptions = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], {
      cwd: options.cwd,
      env: { ...process.env, NO_COLOR: '1', TMPDIR: OWN_TMP, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (bytes: Buffer) => out.push(bytes));
    child.stderr.on('data', (bytes: Buffer) => err.push(bytes));
    const stop = options.signal && sendSignal(child, options.signal, () => Buffer.concat(out).toString());
    child.on('error', reject);
    child.on('close', (code) => {
      stop?.();
      resolve({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() });
    });
  });
}

function sendSignal(child: ChildProcess, signal: NonNullable<RunOptions['signal']>, printed: () => string): () => void {
  if ('after' in signal) {
    const timer = setTimeout(() => child.kill(signal.name), signal.after);
    return () => clearTimeout(timer);
  }
  const timer = setInterval(() => {
    if (!signal.when(printed())) return;
    clearInterval(timer);
    child.kill(signal.name);
  }, 20);
  return () => clearInterval(timer);
}

/** A temporary folder that goes when the callback is through. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'ficferry-test-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every file below a folder, with the digest of its bytes. */
export function digests(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = join(folder, name);
    if (statSync(path).isFile()) found[name] = createHash('sha256').update(readFileSync(path)).digest('hex');
  }
  return found;
}
