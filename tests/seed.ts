import fc from 'fast-check';

/**
 * Properties try other cases at every run, and so find more in a year than in a day. Where a run decides whether somebody's change lands
 * (`.ci/run`), PROPERTY_SEED has it try the same ones each time: what it finds is then the change's doing, and found again on the next machine.
 */
const seed = process.env.PROPERTY_SEED;
if (seed) fc.configureGlobal({ seed: Number(seed) });
