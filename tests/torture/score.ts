/** What one part of the torture came to, as `npm run torture` prints it. */
export interface Score {
  /** Of the whole part: "kills survived". */
  what: string;
  tried: number;
  passed: number;
  /** One line for each that did not pass: how to do it again, and what was wrong. */
  failures: string[];
}

/** Gathers a score; what is thrown counts against what was tried. */
export class Tally {
  readonly #score: Score;

  constructor(what: string) {
    this.#score = { what, tried: 0, passed: 0, failures: [] };
  }

  /** Tries one thing. `name` says how to do it again; `work` throws, or returns what is wrong. */
  async try(name: string, work: () => Promise<string | undefined> | string | undefined): Promise<void> {
    this.#score.tried++;
    try {
      const wrong = await work();
      if (wrong === undefined) this.#score.passed++;
      else this.#score.failures.push(`${name}: ${wrong}`);
    } catch (error) {
      this.#score.failures.push(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }

  get score(): Score {
    return this.#score;
  }
}

/** A generator of numbers from 0 to 1 that gives the same ones for the same seed (mulberry32), so that a failure can be had again. */
export function dice(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
