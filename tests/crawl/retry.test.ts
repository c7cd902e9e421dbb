import { describe, expect, it } from 'vitest';
import {
  type Circumstances,
  type Decision,
  decide,
  failureOf,
  inWords,
  type Outcome,
  retryAfterSeconds,
} from '../../src/crawl/fetch/retry.js';

const NOW = Date.UTC(2026, 0, 1, 12, 0, 0);
const at = (more: Partial<Circumstances> = {}): Circumstances => ({
  tries: 1,
  pause: 1,
  longestWait: 900,
  now: NOW,
  random: 0,
  ...more,
});
const answer = (status: number, retryAfter?: string, date?: string): Outcome => ({
  kind: 'answer',
  status,
  retryAfter,
  date,
});
const empty = (status: number): Outcome => ({ kind: 'answer', status, empty: true });
const failed = (failure: 'unreachable' | 'broken' | 'slow' | 'untrusted' | 'too-large'): Outcome => ({
  kind: 'failure',
  failure,
  detail: 'it broke',
});
const short = (decision: Decision) =>
  decision.do === 'wait'
    ? `wait ${decision.seconds}${decision.slower ? ' slower' : ''}`
    : decision.do === 'stop'
      ? `stop ${decision.code}`
      : 'take';

describe('what follows an answer or a failure', () => {
  it.each([
    // status, tries so far, what is done. Backoff without luck is half of pause × 2^tries.
    ['a page', answer(200), at(), 'take'],
    ['a redirect', answer(302), at(), 'take'],
    ['locked', answer(403), at(), 'take'],
    ['missing', answer(404), at(), 'take'],
    ['gone', answer(410), at(), 'take'],
    ['a redirect with a Retry-After', answer(303, '5'), at(), 'take'],
    ['500, first', answer(500), at(), 'wait 1'],
    ['500, second', answer(500), at({ tries: 2 }), 'wait 2'],
    ['500, fourth', answer(500), at({ tries: 4 }), 'wait 8'],
    ['500, fifth', answer(500), at({ tries: 5 }), 'stop NO_ANSWER'],
    ['503 that says when', answer(503, '30'), at(), 'wait 30'],
    ['503 that says when, fifth', answer(503, '30'), at({ tries: 5 }), 'stop NO_ANSWER'],
    ['599', answer(599), at(), 'wait 1'],
    ['408', answer(408), at(), 'wait 1'],
    ['nothing on a page', empty(200), at(), 'wait 1'],
    ['nothing on a page, fifth', empty(200), at({ tries: 5 }), 'stop NO_ANSWER'],
    ['a redirect with nothing on it', empty(302), at(), 'take'],
    ['missing, with nothing on it', empty(404), at(), 'take'],
    ['429', answer(429), at(), 'wait 1 slower'],
    ['429 that says when', answer(429, '60'), at(), 'wait 60 slower'],
    ['429 that says at once', answer(429, '0'), at({ tries: 3 }), 'wait 4 slower'],
    ['429 that says nonsense', answer(429, 'soon'), at(), 'wait 1 slower'],
    ['429 at the cap', answer(429, '900'), at(), 'wait 900 slower'],
    ['429 beyond the cap', answer(429, '901'), at(), 'stop WAIT_TOO_LONG'],
    ['429 beyond a cap of one’s own', answer(429, '60'), at({ longestWait: 59 }), 'stop WAIT_TOO_LONG'],
    ['a date', answer(429, 'Thu, 01 Jan 2026 12:01:30 GMT'), at(), 'wait 90 slower'],
    ['a far date', answer(503, 'Thu, 01 Jan 2026 15:00:00 GMT'), at(), 'stop WAIT_TOO_LONG'],
    ['a luckless pause', answer(500), at({ random: 0.5, pause: 2.2 }), 'wait 3.3000000000000003'],
    ['a backoff has an end', answer(500), at({ tries: 4, pause: 30 }), 'wait 30'],
    ['reset, first', failed('broken'), at(), 'wait 1'],
    ['reset, fifth', failed('broken'), at({ tries: 5 }), 'stop NO_ANSWER'],
    ['slow, second', failed('slow'), at({ tries: 2 }), 'wait 2'],
    ['slow, third', failed('slow'), at({ tries: 3 }), 'stop NO_ANSWER'],
    ['no such host, second', failed('unreachable'), at({ tries: 2 }), 'wait 2'],
    ['no such host, third', failed('unreachable'), at({ tries: 3 }), 'stop NO_ANSWER'],
    ['a false certificate', failed('untrusted'), at(), 'stop NO_ANSWER'],
    ['too large', failed('too-large'), at(), 'stop NO_ANSWER'],
  ])('%s', (_, outcome, circumstances, expected) => {
    expect(short(decide(outcome, circumstances))).toBe(expected);
  });

  it('says which try comes next, and how often it was in vain', () => {
    expect(decide(answer(500), at({ tries: 2 }))).toMatchObject({
      why: 'it answered 500 (Internal Server Error), trying again (3 of 5)',
    });
    expect(decide(failed('slow'), at({ tries: 3 }))).toMatchObject({ why: 'it broke, 3 times over' });
    expect(decide(answer(429, '7200'), at())).toMatchObject({
      why: 'it answered 429 (Too Many Requests) and asks for a wait of 2 h, which is longer than 15 min',
    });
  });
});

describe('Retry-After', () => {
  it.each([
    ['seconds', '120', undefined, 120],
    ['seconds with blanks', '  120 ', undefined, 120],
    ['a part of a second', '1.2', undefined, 2],
    ['a date against our clock', 'Thu, 01 Jan 2026 12:00:10 GMT', undefined, 10],
    [
      'a date against the site’s clock, ours being a year off',
      'Fri, 01 Jan 2027 00:01:00 GMT',
      'Fri, 01 Jan 2027 00:00:00 GMT',
      60,
    ],
    ['a date gone by', 'Thu, 01 Jan 2026 11:00:00 GMT', undefined, 0],
    ['the form of RFC 850', 'Thursday, 01-Jan-26 12:00:10 GMT', undefined, 10],
    ['the form of asctime, which means GMT', 'Thu Jan  1 12:00:10 2026', undefined, 10],
    ['nothing', undefined, undefined, undefined],
    ['an empty one', '', undefined, undefined],
    ['a negative number', '-5', undefined, undefined],
    ['words', 'in a while', undefined, undefined],
    ['a number past all sense', '1e99', undefined, undefined],
    ['a Date header that says nothing', 'Thu, 01 Jan 2026 12:00:10 GMT', 'yesterday', 10],
  ])('%s', (_, value, date, expected) => {
    expect(retryAfterSeconds(value, date, NOW)).toBe(expected);
  });
});

it('names what the network throws, and lets bugs be bugs', () => {
  const error = (code: string, name = 'RequestError') => Object.assign(new Error('x'), { code, name });
  expect(failureOf(error('ENOTFOUND'))?.failure).toBe('unreachable');
  expect(failureOf(error('ETIMEDOUT'))?.failure).toBe('unreachable');
  expect(failureOf(error('ETIMEDOUT', 'TimeoutError'))?.failure).toBe('slow');
  expect(failureOf(error('CERT_HAS_EXPIRED'))?.failure).toBe('untrusted');
  expect(failureOf(error('ERR_TLS_CERT_ALTNAME_INVALID'))?.failure).toBe('untrusted');
  expect(failureOf(error('HPE_INVALID_CONSTANT'))?.failure).toBe('broken');
  expect(failureOf(new TypeError('undefined is not a function'))).toBeUndefined();
});

it('says waits as people do', () => {
  expect([45, 119.96, 900, 7200, 7500].map(inWords)).toEqual(['45 s', '120 s', '15 min', '2 h', '2 h 5 min']);
});

describe('what stops a run may be the trouble of one page alone', () => {
  it.each<[string, Outcome, boolean]>([
    ['500', answer(500), true],
    ['502', answer(502), true],
    ['504', answer(504), true],
    ['503: the service is not there', answer(503), false],
    ['429: it is we who ask too much', answer(429), false],
    ['408', answer(408), false],
    ['a wait that is too long', answer(500, '86400'), false],
    ['nothing on it', empty(200), true],
    ['cut short', failed('broken'), true],
    ['without end', failed('slow'), true],
    ['too large', failed('too-large'), true],
    ['nobody there', failed('unreachable'), false],
    ['a certificate', failed('untrusted'), false],
  ])('%s', (_, outcome, ofPage) => {
    expect(decide(outcome, at({ tries: 5 }))).toMatchObject({ do: 'stop', ofPage });
  });
});
