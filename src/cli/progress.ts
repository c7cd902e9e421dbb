/** What a person or a program sees while a run goes on: one changing line on a terminal, plain lines elsewhere, JSON on request. */
import pc from 'picocolors';
import type { RunEvent } from '../run/outcome.js';
import { eventWords } from '../run/telling.js';

export interface Progress {
  tell(event: RunEvent): void;
  /** Takes the changing line away before something else is printed. */
  clear(): void;
}

/** Progress goes to standard error, so that results on standard output can be piped. */
export function makeProgress(options: { json: boolean }): Progress {
  if (options.json) return new JsonProgress();
  return process.stderr.isTTY ? new LineProgress() : new PlainProgress();
}

/** One JSON object a line on standard output, for programs. */
class JsonProgress implements Progress {
  tell(event: RunEvent): void {
    process.stdout.write(`${JSON.stringify(event)}\n`);
  }
  clear(): void {}
}

/** Pages held are passed in a moment; one line for so many of them is enough. */
const HELD_LINES = 100;

/** One line a page fetched, for logs. */
class PlainProgress implements Progress {
  tell(event: RunEvent): void {
    if (event.type === 'reading' || event.type === 'packing') return;
    if (event.type === 'visit' && event.fromVault && event.visited % HELD_LINES !== 0) return;
    const line = lineOf(event);
    if (line) process.stderr.write(`${line}\n`);
  }
  clear(): void {}
}

/** One line that changes in place; what should stay is printed above it. */
class LineProgress implements Progress {
  private shown = false;
  tell(event: RunEvent): void {
    const line = lineOf(event);
    if (!line) return;
    this.clear();
    const passing =
      event.type === 'visit' ||
      event.type === 'picture' ||
      event.type === 'reading' ||
      event.type === 'packing' ||
      event.type === 'wait';
    if (!passing) {
      process.stderr.write(`${line}\n`);
      return;
    }
    process.stderr.write(pc.cyan(fitted(line, Math.max(20, (process.stderr.columns ?? 80) - 1))));
    this.shown = true;
  }
  clear(): void {
    if (this.shown) process.stderr.write('\r\u001b[2K');
    this.shown = false;
  }
}

/** As much of a line as fits; a line that wraps could not be taken away. Letters from Hangul Jamo on may be two columns wide. */
function fitted(line: string, width: number): string {
  let columns = 0;
  let text = '';
  for (const letter of line) {
    columns += (letter.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1;
    if (columns >= width) return `${text}…`;
    text += letter;
  }
  return text;
}

/** A plan is told to somebody who can press Ctrl-C. */
function lineOf(event: RunEvent): string | undefined {
  const words = eventWords(event);
  return event.type === 'plan' ? `${words}\nCtrl-C stops after what is in hand; the same command goes on.` : words;
}
