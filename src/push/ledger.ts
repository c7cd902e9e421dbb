/** `push.jsonl`: what was sent and what the archive said, line by line, so that a push that was ended goes on where it was. */
import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { asDiskError, FicferryError } from '../errors.js';
import type { EntryKey } from '../model.js';
import { isLoopback } from './api.js';
import { type Known, LedgerLine } from './model.js';

export function ledgerFile(folder: string): string {
  return join(folder, 'push.jsonl');
}

/** @throws FicferryError BAD_LEDGER, DISK */
export function readLedger(folder: string): LedgerLine[] {
  const file = ledgerFile(folder);
  return existsSync(file) ? parseLedger(textOf(file), file) : [];
}

/** @param file its path, for messages. @throws FicferryError BAD_LEDGER where a line other than a torn last one is not ficferry's */
export function parseLedger(text: string, file: string): LedgerLine[] {
  const lines = text.split('\n');
  lines.pop(); // nothing, or what a crash left of a line
  return lines.map((line, index) => {
    try {
      return LedgerLine.parse(JSON.parse(line));
    } catch (error) {
      const advice =
        'It tells what the archive has already: put back a copy of it. Without it works may be sent twice.';
      throw new FicferryError('BAD_LEDGER', `${file}, line ${index + 1} can't be read`, advice, { cause: error });
    }
  });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw asDiskError(error, file);
  }
}

/** Lines are on the disk before `write` is through: what is sent after it was told here first. */
export class Ledger {
  readonly #handle: number;
  readonly #file: string;

  /** Opens the file of a run's folder; a torn last line goes. @throws FicferryError DISK */
  constructor(folder: string) {
    this.#file = ledgerFile(folder);
    try {
      this.#handle = openSync(this.#file, 'a+', 0o600);
      const whole = Buffer.byteLength(textOf(this.#file).replace(/[^\n]*$/, ''));
      ftruncateSync(this.#handle, whole);
    } catch (error) {
      throw asDiskError(error, this.#file);
    }
  }

  write(...lines: readonly LedgerLine[]): void {
    try {
      writeSync(this.#handle, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      fsyncSync(this.#handle);
    } catch (error) {
      throw asDiskError(error, this.#file);
    }
  }

  close(): void {
    closeSync(this.#handle);
  }
}

/**
 * What the lines say of each work at this archive, by the keys of its posts: a work that was joined otherwise since then is known by any
 * of them. That a work is there is never taken back; the last word counts otherwise.
 */
export function knownFrom(lines: readonly LedgerLine[], archive: string): Map<EntryKey, Known> {
  const known = new Map<EntryKey, Known>();
  const note = (entries: readonly EntryKey[], state: Known) => {
    for (const entry of entries) if (known.get(entry)?.state !== 'there') known.set(entry, state);
  };
  for (const line of lines) {
    if (line.archive !== archive || line.type === 'lost') continue;
    const { time } = line;
    if (line.type === 'sending') for (const { entries } of line.works) note(entries, { state: 'uncertain', time });
    else if (line.type === 'found')
      note(line.work.entries, { state: 'there', archiveUrl: line.archiveUrl, how: 'found', by: line.by, time });
    else note(line.work.entries, answered(line));
  }
  return known;
}

function answered({ status, archiveUrl, messages, time }: Extract<LedgerLine, { type: 'answer' }>): Known {
  if (status !== 'created' && status !== 'already_imported') return { state: 'refused', messages, time };
  return { state: 'there', how: status, time, ...(archiveUrl && { archiveUrl }) };
}

/** The address of each work that is on an archive, by the keys of its posts; an archive on this machine is for trying things out. */
export function pushedFrom(lines: readonly LedgerLine[]): Map<EntryKey, string> {
  const pushed = new Map<EntryKey, string>();
  for (const archive of new Set(lines.map((line) => line.archive))) {
    if (isLoopback(new URL(archive).hostname)) continue;
    for (const [entry, known] of knownFrom(lines, archive))
      if (known.state === 'there' && known.archiveUrl !== undefined) pushed.set(entry, known.archiveUrl);
  }
  return pushed;
}
