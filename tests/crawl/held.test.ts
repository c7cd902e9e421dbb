import { describe, expect, it } from 'vitest';
import { isHeld } from '../../src/crawl/walk/held.js';
import type { Sites } from '../../src/journal/index.js';
import type { Access, Reading } from '../../src/model.js';

const STRANGER: Access = { adult: false, account: false };
const ADULT: Access = { adult: true, account: false };
const ACCOUNT: Access = { adult: false, account: true };
const BOTH: Access = { adult: true, account: true };
const SITES: Pick<Sites, 'tryParse'> = {
  tryParse: (url) => ({ site: 'any', domain: 'any.test', kind: KINDS[url] ?? 'other', url }),
};
const KINDS: Record<string, 'entry' | 'go'> = { 'to an entry': 'entry', 'to a go address': 'go' };
const ALL = [STRANGER, ADULT, ACCOUNT, BOTH];

describe('isHeld', () => {
  it('holds an entry whatever it was captured with', () => {
    for (const then of ALL)
      for (const now of ALL) expect(isHeld({ kind: 'entry' } as Reading, then, now, SITES)).toBe(true);
  });

  // the design's "got with at least the access given now", where a declaration of age opens no way and no absence
  it.each(['redirect', 'end', 'missing', 'gone'] as const)('asks for %s again only when an account is new', (kind) => {
    const reading = { kind, to: 'to an entry' } as Reading;
    const answers = ALL.map((then) => ALL.map((now) => isHeld(reading, then, now, SITES)));
    expect(answers).toEqual([
      // now: stranger, adult, account, both
      [true, true, false, false], // then: stranger
      [true, true, false, false], // adult
      [true, true, true, true], // account
      [true, true, true, true], // both
    ]);
  });

  it.each(['locked', 'gate', 'banned', 'unreadable', 'list'] as Reading['kind'][])('never holds %s', (kind) => {
    for (const then of ALL) for (const now of ALL) expect(isHeld({ kind } as Reading, then, now, SITES)).toBe(false);
  });

  it.each([
    ['to an entry', true],
    ['to a go address', true],
    ['to a captcha', false],
  ])('of ways, one that leads %s: %s', (to, held) => {
    expect(isHeld({ kind: 'redirect', to }, ACCOUNT, ACCOUNT, SITES)).toBe(held);
  });
});
