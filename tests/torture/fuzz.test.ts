import { expect, it } from 'vitest';
import { figures, fuzz } from './fuzz.js';

it('mutated pages are read, cleaned and written as Markdown without a throw or a long wait', async () => {
  const score = await fuzz(100, 4);
  expect(score.failures).toEqual([]);
  expect(score.passed).toBe(100);
  // most are still read as entries, or the reading would hardly be tried
  expect(figures.entries).toBeGreaterThan(50);
});
