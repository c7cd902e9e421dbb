import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FAULTS } from './faults.js';
import { play } from './play.js';

describe.each(FAULTS)('$title:', ({ faults }) => {
  it.each(faults)('$name', async (fault) => {
    expect(await play(fault)).toEqual([]);
  });
});
