import { z } from 'zod';

/** `config/ratings.yaml`: ratings as fans wrote them → the archive's five. */
export const RatingsFile = z.strictObject({
  /** Archive rating → words for it, lower case. Listed from the tamest to the most explicit. */
  ratings: z.strictObject({
    'General Audiences': z.array(z.string()),
    'Teen And Up Audiences': z.array(z.string()),
    Mature: z.array(z.string()),
    Explicit: z.array(z.string()),
  }),
});
export type RatingsFile = z.infer<typeof RatingsFile>;
