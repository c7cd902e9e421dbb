import { expect, it } from 'vitest';
import { cuts } from './cuts.js';

it('a vault whose files are cut anywhere opens with what is whole, or says that it is damaged and is left alone', async () => {
  const score = await cuts(90, 3);
  expect(score.failures).toEqual([]);
  expect(score.passed).toBe(90);
});
