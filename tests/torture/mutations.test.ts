import { expect, it } from 'vitest';
import { mutations } from './mutations.js';

it('any change to a bundle, folder or ZIP, is found', async () => {
  const score = await mutations(120, 2);
  expect(score.failures).toEqual([]);
  // some mutations can do nothing to the file they come upon; the four looks at the sound bundle count too
  expect(score.passed).toBeGreaterThan(90);
});
