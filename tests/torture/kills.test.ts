import { expect, it } from 'vitest';
import { kills } from './kills.js';

it('a run killed at any moment goes on as if nothing had happened', { timeout: 240_000 }, async () => {
  const { what, tried, passed, failures } = await kills(8, 1);
  expect(failures).toEqual([]);
  expect(passed).toBe(tried);
  expect(what).toMatch(/^kills survived \(\d+ in crawl, \d+ in pictures, \d+ in bundle\)$/);
  expect(tried).toBeGreaterThan(8);
});
