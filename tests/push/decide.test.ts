/** What follows an answer of the import API, as a table. */
import { describe, expect, it } from 'vitest';
import { decide, isWorthRetrying, type Outcome } from '../../src/push/decide.js';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const at = { tries: 1, retry: 10, longestWait: 900, now: NOW };
const answer = (status: number, body: unknown = {}, retryAfter?: string): Outcome => ({
  kind: 'answer',
  status,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  ...(retryAfter !== undefined && { retryAfter }),
});
const envelope = (status: string) => ({ status, messages: ['So it is.'], works: [] });

describe('an answer', () => {
  it.each<[string, Outcome, object]>([
    ['all created', answer(200, envelope('ok')), { do: 'take' }],
    ['some not created', answer(400, envelope('bad_request')), { do: 'take' }],
    ['an unknown token', answer(401, 'HTTP Token: Access denied.'), { do: 'stop', code: 'BAD_TOKEN' }],
    ['no archivist', answer(403, envelope('forbidden')), { do: 'stop', code: 'BAD_TOKEN', why: 'So it is.' }],
    ['a wall before the archive', answer(403, '<html>'), { do: 'look', working: false, seconds: 10 }],
    ['another place', answer(301), { do: 'stop', code: 'NO_API' }],
    ['no such page', answer(404, '<html>'), { do: 'stop', code: 'NO_API' }],
    ['a form in place of the API', answer(200, '<html>'), { do: 'look', working: false }],
    ['a 400 of something else', answer(400, 'Bad Request'), { do: 'look', working: false }],
    [
      'an error in the midst',
      answer(500, { status: 'internal_server_error', messages: 'It broke.' }),
      { do: 'look', working: false, why: 'it answered 500 (It broke.)' },
    ],
    ['too many', answer(429, '', '30'), { do: 'look', working: false, seconds: 30 }],
    ['a wait until a date', answer(503, '', 'Thu, 01 Jan 2026 00:01:00 GMT'), { do: 'look', seconds: 60 }],
    ['a wait of no time', answer(503, '', '0'), { do: 'look', seconds: 10 }],
    ['a wait of an hour', answer(503, '', '3600'), { do: 'stop', code: 'WAIT_TOO_LONG' }],
    ['a gateway that gave up', answer(504, '<html>'), { do: 'look', working: true }],
    [
      'a connection that was cut',
      { kind: 'failure', detail: 'cut', sent: true },
      { do: 'look', working: true, why: 'cut' },
    ],
    ['nobody there', { kind: 'failure', detail: 'refused', sent: false }, { do: 'look', working: false }],
  ])('%s', (_, outcome, verdict) => {
    expect(decide(outcome, at)).toMatchObject(verdict);
  });

  it('is waited for twice as long each time', () => {
    const waits = [1, 2, 3].map((tries) => decide(answer(500), { ...at, tries }));
    expect(waits.map((verdict) => verdict.do === 'look' && verdict.seconds)).toEqual([10, 20, 40]);
  });
});

describe('a work that was not imported', () => {
  it.each([
    ['unprocessable_entity', "We couldn't download anything from https://x.example/1.html", true],
    ['unprocessable_entity', 'Net::ReadTimeout: the request timed out', true],
    ['unprocessable_entity', 'Validation failed: Title is too long', false],
    ['already_imported', 'timeout', false],
    ['empty_request', 'connection', false],
  ])('%s, %s', (status, message, again) => {
    expect(isWorthRetrying(status, ['Unable to import this work.', message])).toBe(again);
  });
});
