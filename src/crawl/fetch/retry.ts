/** What to do after an answer or a failure: a pure decision, so that it can be read and tested as a table. */

/** How a request failed before it had a whole answer. */
export type Failure =
  /** No such name, refused, no way there. */
  | 'unreachable'
  /** The connection broke, or the body is shorter than announced or damaged. */
  | 'broken'
  /** A phase or the whole took longer than its bound. */
  | 'slow'
  /** The certificate doesn't fit. */
  | 'untrusted'
  /** The body is larger than any page. */
  | 'too-large'
  /** A picture's host that is not of the public internet; nothing was sent to it. */
  | 'not-public';

/** What came of one try. `detail` is a short clause for people and never holds an address. */
export type Outcome =
  | {
      kind: 'answer';
      status: number;
      retryAfter?: string;
      date?: string;
      /** There is nothing on what should be a page. */
      empty?: boolean;
    }
  | { kind: 'failure'; failure: Failure; detail: string };

/** What the decision rests on besides the outcome. Times in seconds, `now` in ms since 1970. */
export interface Circumstances {
  /** 1 for the first try. */
  tries: number;
  /** No more tries than this, whatever goes wrong. */
  most?: number;
  /** The pause kept after each response; the measure of all backoff. */
  pause: number;
  /** Longest single wait that is honoured. */
  longestWait: number;
  now: number;
  /** 0 ≤ random < 1, for the jitter. */
  random: number;
}

export type Decision =
  | { do: 'take' }
  /** Try again after `seconds`; `slower` where the site has said that it was asked too quickly. */
  | { do: 'wait'; seconds: number; why: string; slower: boolean }
  | {
      do: 'stop';
      code: 'NO_ANSWER' | 'WAIT_TOO_LONG';
      why: string;
      /** The trouble may be this one page's own: others may come all the same. */
      ofPage: boolean;
    };

/**
 * How often something is tried before the run stops. Five tries at doubling waits span some thirty times the pause, which
 * outlasts a restart of a web server; where nobody answers at all, or the answer trickles, fewer tell the same.
 */
const TRIES: Record<Failure | 'busy' | 'empty', number> = {
  busy: 5,
  empty: 5,
  broken: 5,
  slow: 3,
  unreachable: 3,
  untrusted: 1,
  'too-large': 1,
  'not-public': 1,
};

/** What one page may have wrong with it while the site is well. The others concern the host as a whole. */
const OF_PAGE: Record<Failure, boolean> = {
  broken: true,
  slow: true,
  'too-large': true,
  unreachable: false,
  untrusted: false,
  'not-public': false,
};

/** No wait of our own choosing is longer than this, in seconds; a site may ask for more. */
const LONGEST_BACKOFF = 60;

/** Decides what follows try number `tries`: take the answer, wait and try again, or stop the run. */
export function decide(outcome: Outcome, circumstances: Circumstances): Decision {
  if (outcome.kind === 'failure') {
    const { failure, detail: why } = outcome;
    const usual = { why, most: TRIES[failure], ofPage: OF_PAGE[failure] };
    return tryAgain(usual, backoff(circumstances), circumstances);
  }
  const { status } = outcome;
  if (outcome.empty && status >= 200 && status < 300) {
    return tryAgain(
      { why: 'its answer was empty', most: TRIES.empty, ofPage: true },
      backoff(circumstances),
      circumstances,
    );
  }
  if (!isBusy(status)) return { do: 'take' };
  const asked = retryAfterSeconds(outcome.retryAfter, outcome.date, circumstances.now);
  const said = STATUS_WORDS[status] ?? `${status}`;
  if (asked !== undefined && asked > circumstances.longestWait) {
    return {
      do: 'stop',
      code: 'WAIT_TOO_LONG',
      why: `it answered ${said} and asks for a wait of ${inWords(asked)}, which is longer than ${inWords(circumstances.longestWait)}`,
      ofPage: false,
    };
  }
  // A Retry-After of 0, or a date gone by, is no leave to hammer: our own backoff is the least wait.
  const seconds = Math.max(asked ?? 0, backoff(circumstances));
  const usual = { why: `it answered ${said}`, most: TRIES.busy, ofPage: isOfPage(status) };
  return tryAgain(usual, seconds, circumstances, status === 429);
}

/** 408 and 429 ask to come again; of the 5xx some are lasting (501), but no site says so of an entry. */
function isBusy(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status <= 599);
}

/** Sites answer 500 to some entries for good; 503, 429 and 408 are about the site and the asker. */
function isOfPage(status: number): boolean {
  return status >= 500 && status !== 503;
}

function tryAgain(
  { why, most: usual, ofPage }: { why: string; most: number; ofPage: boolean },
  seconds: number,
  { tries, most: limit = usual }: Circumstances,
  slower = false,
): Decision {
  const most = Math.min(usual, limit);
  if (tries < most) return { do: 'wait', seconds, why: `${why}, trying again (${tries + 1} of ${most})`, slower };
  return { do: 'stop', code: 'NO_ANSWER', why: tries === 1 ? why : `${why}, ${tries} times over`, ofPage };
}

/** Doubles with each try, from twice the pause; half of it is left to chance, so that many askers don't come back at once. */
function backoff({ tries, pause, longestWait, random }: Circumstances): number {
  const full = Math.min(pause * 2 ** tries, LONGEST_BACKOFF, longestWait);
  return full / 2 + (full / 2) * random;
}

/**
 * A Retry-After header in seconds from now, in either form of RFC 9110 (10.2.3): "120" or an HTTP date.
 * A date is measured against the answer's own Date header where there is one, so a wrong clock on either side does
 * no harm. Undefined where the header is absent or says nothing readable.
 */
export function retryAfterSeconds(
  value: string | undefined,
  date: string | undefined,
  now: number,
): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d{1,15}(\.\d{0,9})?$/.test(text)) return Math.ceil(Number(text));
  const until = httpDate(text);
  if (until === undefined) return undefined;
  return Math.max(0, Math.ceil((until - (httpDate(date ?? '') ?? now)) / 1000));
}

/** The three forms of an HTTP date (RFC 9110, 5.6.7) as ms since 1970. The oldest has no zone and means GMT as well. */
function httpDate(text: string): number | undefined {
  if (!/^[A-Z][a-z]{2,8},? /.test(text)) return undefined;
  const at = Date.parse(/GMT$/.test(text) ? text : `${text} GMT`);
  return Number.isNaN(at) ? undefined : at;
}

/** "45 s", "15 min", "2 h 5 min": a wait as people say it. */
export function inWords(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds * 10) / 10} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const STATUS_WORDS: Record<number, string> = {
  408: '408 (Request Timeout)',
  429: '429 (Too Many Requests)',
  500: '500 (Internal Server Error)',
  502: '502 (Bad Gateway)',
  503: '503 (Service Unavailable)',
  504: '504 (Gateway Timeout)',
};

/** Error codes of Node, of zlib and of got → what happened. What isn't here counts as a broken connection. */
const FAILURES: Record<string, { failure: Failure; detail: string }> = {
  ENOTFOUND: { failure: 'unreachable', detail: 'there is no host of that name' },
  EAI_AGAIN: { failure: 'unreachable', detail: 'its name could not be looked up' },
  ECONNREFUSED: { failure: 'unreachable', detail: 'it refused the connection' },
  EHOSTUNREACH: { failure: 'unreachable', detail: 'there is no way to it' },
  ENETUNREACH: { failure: 'unreachable', detail: 'the network is out of reach' },
  ETIMEDOUT: { failure: 'unreachable', detail: 'no connection came about' },
  FICFERRY_CONNECT: { failure: 'unreachable', detail: 'no connection came about in time' },
  FICFERRY_TOO_LARGE: { failure: 'too-large', detail: 'its answer is larger than any page of a journal' },
  ERR_BUFFER_TOO_LARGE: { failure: 'too-large', detail: 'its answer unpacks to more than any page of a journal' },
  FICFERRY_NOT_PUBLIC: { failure: 'not-public', detail: 'it is not of the public internet' },
  FICFERRY_ENCODING: { failure: 'broken', detail: 'its answer came in an encoding that was not asked for' },
  ERR_HTTP_CONTENT_LENGTH_MISMATCH: { failure: 'broken', detail: 'its answer was cut short' },
  Z_BUF_ERROR: { failure: 'broken', detail: 'its answer was cut short' },
  Z_DATA_ERROR: { failure: 'broken', detail: 'its answer was damaged on the way' },
  ECONNRESET: { failure: 'broken', detail: 'the connection broke off' },
  EPIPE: { failure: 'broken', detail: 'the connection broke off' },
};

/** Names a thrown error of the network; undefined for an error that is none, and so a bug. */
export function failureOf(error: unknown): { failure: Failure; detail: string } | undefined {
  const { code, name } = error as { code?: unknown; name?: string };
  if (typeof code !== 'string' || code === 'ERR_INVALID_ARG_TYPE') return undefined;
  // got's own timers raise ETIMEDOUT too, as a TimeoutError: the connection stood, and the answer didn't come.
  if (name === 'TimeoutError') return { failure: 'slow', detail: 'its answer took too long' };
  const known = FAILURES[code];
  if (known) return known;
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) {
    return { failure: 'untrusted', detail: `its certificate can't be trusted (${code})` };
  }
  if (code.startsWith('HPE_')) return { failure: 'broken', detail: 'its answer is no HTTP' };
  return { failure: 'broken', detail: `the connection failed (${code})` };
}
