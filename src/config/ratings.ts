import { z } from 'zod';

const Words = z.array(z.string().min(1));

/** `config/ratings.yaml`: ratings as fans wrote them → the archive's names for them. */
export const RatingsFile = z.strictObject({
  /** Archive rating → words for it, lower case. Listed from the tamest to the most explicit. */
  ratings: z.strictObject({
    'General Audiences': Words,
    'Teen And Up Audiences': Words,
    Mature: Words,
    Explicit: Words,
  }),
});
export type RatingsFile = z.infer<typeof RatingsFile>;
