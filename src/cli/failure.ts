import pc from 'picocolors';
import { EXIT, FicferryError } from '../errors.js';

/**
 * What went wrong, for people, and the exit code. A mistake of the user's or of a site is a line and an advice; anything else is a bug of
 * ours and shows its stack, so that it can be reported.
 */
export function wordsOf(error: unknown): { lines: string[]; code: number } {
  if (error instanceof FicferryError) {
    const advice = error.advice ? [`  ${error.advice}`] : [];
    return { lines: [`${pc.red('ficferry:')} ${error.message}`, ...advice], code: error.exitCode };
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const lines = [
    `${pc.red('ficferry: this is a bug of ours.')} Nothing you have is lost. Please report it with these lines:`,
    stack,
  ];
  return { lines, code: EXIT.bug };
}

/** Says what went wrong on standard error and returns the exit code. */
export function failWith(error: unknown): number {
  const { lines, code } = wordsOf(error);
  for (const line of lines) process.stderr.write(`${line}\n`);
  return code;
}
