import { EXIT } from '../errors.js';
import type { Hand } from '../run/outcome.js';
import type { Progress } from './progress.js';

/** Until Ctrl-C, which is how what runs on is ended. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

/** The first Ctrl-C finishes what is in hand (a page, a batch) and says how to go on; a second leaves at once. */
export function holdHand(
  progress: Pick<Progress, 'clear'>,
  how: () => string,
  what = 'page',
): Hand & { release(): void } {
  const leave = new AbortController();
  let stopping = false;
  const onSignal = (): void => {
    progress.clear();
    if (stopping) {
      leave.abort();
      process.stderr.write(`Left at once; nothing is lost. Go on with:\n  ${how()}\n`);
      process.exit(EXIT.interrupted);
    }
    stopping = true;
    process.stderr.write(`Finishing the ${what} in hand. Press Ctrl-C again to leave at once.\n`);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    stopping: () => stopping,
    signal: leave.signal,
    release: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
