import { expect, it } from 'vitest';
import { pushKills } from './pushKills.js';

it('a push killed at any moment sends nothing that the archive has', { timeout: 240_000 }, async () => {
  const { tried, passed, failures } = await pushKills(8, 7);
  expect(failures).toEqual([]);
  expect(passed).toBe(tried);
  expect(tried).toBeGreaterThan(8);
});
