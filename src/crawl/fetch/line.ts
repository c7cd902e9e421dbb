/** The line to one site: one request at a time, the pause after each, and second tries. */
import PQueue from 'p-queue';
import { FicferryError } from '../../errors.js';
import type { SiteAgents } from './agent.js';
import { type Answer, type Bounds, exchange } from './exchange.js';
import type { Asker, SiteJars } from './jars.js';
import type { Pace, Time } from './pace.js';
import { type Decision, decide, type Failure, failureOf, type Outcome } from './retry.js';

/** One thing to be asked. */
export interface Ask {
  method: 'GET' | 'POST';
  url: string;
  as: Asker;
  /** What it is, in words for people: usually the address. */
  what: string;
  /** The address that may be told; a login's hop is shown as the page it was met on. */
  shown: string;
  form?: string;
  referer?: string;
  /** A page is asked for: an answer with nothing in it is none. */
  page?: boolean;
}

/** A wait other than the usual pause. `why` is a clause for people; `url` is what was asked for. */
export interface Wait {
  seconds: number;
  why: string;
  url: string;
}

/** The world as tests may replace it. */
export interface LineInside {
  time: Time;
  /** 0 ≤ random < 1. */
  random(): number;
  bounds: Bounds;
}

/** Which cookies go along, and what becomes of those that an answer sets. */
export type Jars = Pick<SiteJars, 'header' | 'keep'>;

export interface LineOptions extends LineInside {
  userAgent: string;
  pace: Pace;
  /** Longest single wait that is honoured, in seconds. */
  longestWait: number;
  jars: Jars;
  agents: SiteAgents;
  /** What is liked best in an answer; a page of HTML unless given. */
  accept?: string;
  /** No more tries than this, whatever goes wrong. */
  mostTries?: number;
  onWait(wait: Wait): void;
  signal?: AbortSignal;
}

export class SiteLine {
  readonly pace: Pace;
  readonly #queue = new PQueue({ concurrency: 1 });

  constructor(private readonly options: LineOptions) {
    this.pace = options.pace;
  }

  /**
   * Asks with all the tries it takes; nothing else is asked of the site meanwhile.
   * @throws LineStopped NO_ANSWER or WAIT_TOO_LONG, or the signal's reason
   */
  ask(ask: Ask): Promise<Answer> {
    return this.#queue.add(() => this.#tryUntilDone(ask));
  }

  close(): void {
    this.options.agents.close();
  }

  async #tryUntilDone(ask: Ask): Promise<Answer> {
    const { time, longestWait, signal, onWait } = this.options;
    let slowed = false;
    for (let tries = 1; ; tries++) {
      await this.pace.ready(signal);
      signal?.throwIfAborted();
      const { outcome, answer } = await this.#once(ask);
      const decision = decide(outcome, {
        tries,
        most: this.options.mostTries,
        pause: this.pace.pause,
        longestWait,
        now: time.now(),
        random: this.options.random(),
      });
      // However many 429s one request meets, it says the same thing once.
      if (decision.do === 'wait' && decision.slower && !slowed) {
        this.pace.slower();
        slowed = true;
      }
      this.pace.answered();
      if (decision.do === 'take') return answer as Answer;
      if (decision.do === 'stop') throw stopped(ask, decision, outcome);
      onWait({ seconds: decision.seconds, why: decision.why, url: ask.shown });
      await time.sleep(decision.seconds * 1000, signal);
    }
  }

  /** One try: an answer, or what went wrong in its place. */
  async #once(ask: Ask): Promise<{ outcome: Outcome; answer?: Answer }> {
    const { userAgent, accept, agents, bounds, signal } = this.options;
    const { method, url, form, referer } = ask;
    const cookie = await this.options.jars.header(url, ask.as);
    let answer: Answer;
    try {
      answer = await exchange({ method, url, userAgent, accept, cookie, form, referer, agents, bounds, signal });
    } catch (error) {
      signal?.throwIfAborted();
      const failure = failureOf(error);
      if (!failure) throw error;
      return { outcome: { kind: 'failure', ...failure } };
    }
    await this.options.jars.keep(url, answer.setCookies, ask.as);
    const { status, headers } = answer;
    const empty = ask.page && isEmpty(answer.body);
    return {
      answer,
      outcome: { kind: 'answer', status, retryAfter: headers['retry-after'], date: headers.date, empty },
    };
  }
}

function isEmpty(body: Uint8Array): boolean {
  return !body.some((byte) => byte > 0x20);
}

/** The error that ends the run where the site does not let it go on. */
function stopped(ask: Ask, { code, why, ofPage }: Extract<Decision, { do: 'stop' }>, outcome: Outcome): LineStopped {
  const { host } = new URL(ask.url);
  const failure = outcome.kind === 'failure' ? outcome.failure : undefined;
  const stop = (message: string, advice = AGAIN) => new LineStopped(code, message, advice, why, failure, ofPage);
  if (code === 'WAIT_TOO_LONG') return stop(`${host} does not let us go on: ${why}`);
  if (failure === 'unreachable')
    return stop(`${host} does not answer: ${why}`, `Check the address and your connection. ${AGAIN}`);
  return stop(`${host} gave no usable answer to ${ask.what}: ${why}`);
}

/** The end of all tries. */
export class LineStopped extends FicferryError {
  constructor(
    code: 'NO_ANSWER' | 'WAIT_TOO_LONG',
    message: string,
    advice: string,
    /** The reason alone, a clause for people. */
    readonly why: string,
    /** What went wrong at the last try; absent where there was an answer. */
    readonly failure: Failure | undefined,
    /** The trouble may be this one page's own. */
    readonly ofPage: boolean,
  ) {
    super(code, message, advice);
  }
}

const AGAIN = 'Nothing is lost: the same command, run later, goes on from here.';
