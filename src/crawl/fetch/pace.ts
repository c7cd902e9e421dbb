/** Time as the fetcher sees it; tests put their own in its place. */
export interface Time {
  /** Wall clock, ms since 1970. */
  now(): number;
  /** A clock that is never set back or forward, in ms; pauses are measured by it. */
  ticks(): number;
  /** Rejects with the signal's reason as soon as that is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const realTime: Time = {
  now: () => Date.now(),
  ticks: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      }, ms);
      signal?.addEventListener('abort', onAbort, { once: true });
    }),
};

/**
 * The pause after each response of one site. It is kept before the next request rather than slept off at once, so the
 * page in hand can be read and stored meanwhile, and the last page of a run ends without a wait.
 */
export class Pace {
  #least: number;
  #factor = 1;
  #answeredAt = Number.NEGATIVE_INFINITY;

  /** @param pause the site's own, in seconds. @param delay the user's; it lengthens and never shortens. */
  constructor(
    pause: number,
    delay: number,
    private readonly longestWait: number,
    private readonly time: Time,
  ) {
    this.#least = Math.max(pause, delay);
  }

  /** The pause kept now, in seconds. */
  get pause(): number {
    return Math.max(this.#least, Math.min(this.#least * this.#factor, this.longestWait));
  }

  /** A robots.txt asks for this many seconds between requests; honoured up to the longest wait. */
  atLeast(seconds: number): void {
    if (seconds > 0) this.#least = Math.max(this.#least, Math.min(seconds, this.longestWait));
  }

  /** The site said 429: twice the pause for the rest of the run. */
  slower(): void {
    this.#factor *= 2;
  }

  /** A response has come, or failed to. */
  answered(): void {
    this.#answeredAt = this.time.ticks();
  }

  /** Waits until the next request may go out, by the pause as it is now: a robots.txt may have lengthened it since. */
  async ready(signal?: AbortSignal): Promise<void> {
    const left = this.#answeredAt + this.pause * 1000 - this.time.ticks();
    if (left > 0) await this.time.sleep(left, signal);
  }
}
