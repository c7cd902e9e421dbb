import pc from 'picocolors';
import { EXIT, FicferryError } from '../errors.js';

/**
 * Says what went wrong on standard error and returns the exit code. A mistake of the user's or of a site is a line and an advice;
 * anything else is a bug of ours and shows its stack, so that it can be reported.
 */
export function failWith(error: unknown): number {
  if (error instanceof FicferryError) {
    process.stderr.write(`${pc.red('ficferry:')} ${error.message}\n`);
    if (error.advice) process.stderr.write(`  ${error.advice}\n`);
    return error.exitCode;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `${pc.red('ficferry: this is a bug of ours.')} Nothing you have is lost. Please report it with these lines:\n${stack}\n`,
  );
  return EXIT.bug;
}
