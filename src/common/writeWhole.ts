/** Files of a run, written so that a crash or a power cut leaves the old one or the new one, and nothing between. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { asDiskError } from '../errors.js';

/** The system takes away what the user's own mask forbids. */
const ORDINARY = 0o666;
const SECRET = 0o600;

/** @param secret nobody but its owner may read it. @throws FicferryError DISK */
export function writeWhole(file: string, text: string, { secret = false } = {}): void {
  const part = `${file}.part`;
  try {
    rmSync(part, { force: true });
    const handle = openSync(part, 'wx', secret ? SECRET : ORDINARY);
    try {
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(part, file);
  } catch (error) {
    throw asDiskError(error, file);
  }
}
