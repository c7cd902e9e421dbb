/** What follows an answer of the API, or its lack: a pure decision, so that it can be read and tested as a table. */
import { Envelope } from './model.js';

/** What came of one request. */
export type Outcome =
  | { kind: 'answer'; status: number; body: string; retryAfter?: string }
  /** `sent`: whether the archive may have got all of it, and be at work. */
  | { kind: 'failure'; detail: string; sent: boolean };

export type Verdict =
  /** An answer in the API's own form. */
  | { do: 'take'; envelope: Envelope }
  /**
   * Nothing usable came. `working`: the archive may still be at it, so that its search is asked until nothing changes any more;
   * otherwise it has done what it will.
   */
  | { do: 'look'; why: string; working: boolean; seconds: number }
  | { do: 'stop'; code: 'BAD_TOKEN' | 'NO_API' | 'NO_ANSWER' | 'WAIT_TOO_LONG'; why: string; advice: string };

/** A gateway that gave up on the archive behind it says nothing of what that does: 502, 504, and 52x of a well-known one. */
const GATEWAY = new Set([502, 504, 520, 522, 524]);
const LATER = 'Nothing is lost: the same command, run later, goes on from here.';

/** What the decision rests on besides the outcome. `retry` and `longestWait` in seconds, `now` in ms since 1970. */
export interface Circumstances {
  /** 1 for the first try. */
  tries: number;
  /** Before a second try where the archive names no time; doubled with each. */
  retry: number;
  longestWait: number;
  now: number;
}

export function decide(outcome: Outcome, { tries, retry, longestWait, now }: Circumstances): Verdict {
  const seconds = retry * 2 ** (tries - 1);
  if (outcome.kind === 'failure') return { do: 'look', why: outcome.detail, working: outcome.sent, seconds };
  const { status } = outcome;
  if (status === 401) return stop('BAD_TOKEN', 'it does not know this token', 'Ask the archive for an API token.');
  if (status >= 300 && status < 400)
    return stop('NO_API', `it sends requests on (${status})`, 'Give the address at which the archive itself stands.');
  if (status === 404 || status === 405)
    return stop('NO_API', `it has no import API there (${status})`, 'Check the address of the archive.');
  const envelope = envelopeOf(outcome.body);
  if (status === 403 && envelope)
    return stop('BAD_TOKEN', envelope.messages.join(' '), 'Check the name given with --archivist.');
  if (envelope && (status === 200 || status === 400)) return { do: 'take', envelope };
  const asked = waitOf(outcome.retryAfter, now);
  const why = `it answered ${status}${envelope ? ` (${envelope.messages.join(' ')})` : ''}`;
  if (asked !== undefined && asked > longestWait)
    return stop('WAIT_TOO_LONG', `${why} and asks for a wait of ${Math.round(asked / 60)} minutes`, LATER);
  return { do: 'look', why, working: GATEWAY.has(status), seconds: Math.max(asked ?? 0, seconds) };
}

function stop(code: Extract<Verdict, { do: 'stop' }>['code'], why: string, advice: string): Verdict {
  return { do: 'stop', code, why, advice };
}

function envelopeOf(body: string): Envelope | undefined {
  try {
    return Envelope.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

/** Retry-After in seconds, in either of its forms. @param now ms since 1970 */
function waitOf(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text.trim())) return Number(text);
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now) / 1000);
}

/** A work that the archive could not import may go in again where that came of a page that did not arrive; what breaks a rule never does. */
export function isWorthRetrying(status: string, messages: readonly string[]): boolean {
  if (status !== 'unprocessable_entity') return false;
  return messages.some((message) => /download|time[d ]?\s?out|timeout|connection|unreachable|reset/i.test(message));
}
