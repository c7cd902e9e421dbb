import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/seed.ts'],
    // Many tests wait for servers and for programs they started, so that a second worker costs little even on two cores.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // what a page does is waited for, also on a machine that is busy
    expect: { poll: { timeout: 20_000 } },
  },
});
