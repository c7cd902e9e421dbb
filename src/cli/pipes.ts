import { EXIT } from '../errors.js';

/**
 * Whoever reads our output may leave early (`ficferry status | head -1`). Then nobody reads the results: the program leaves as
 * well, without a word. Progress that nobody watches is no reason to stop.
 */
export function outlivePipes(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(process.exitCode ?? EXIT.interrupted);
  });
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
