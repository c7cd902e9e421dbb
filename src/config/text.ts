import { z } from 'zod';

const Words = z.array(z.string().min(1));

/** `config/text.yaml`: what is known of the text of entries. */
export const TextFile = z.strictObject({
  /** By what a picture that stands alone on its line is known to be a scene break. Words in lower case. */
  pictureRules: z.strictObject({
    /** Words that say it wherever they stand in a file's name or an alt text. */
    sure: Words,
    /** Words that say it where nothing else stands beside them but numbers and the words of `beside`. */
    alone: Words,
    beside: Words,
    /** Pixels: a picture no higher than this and `timesWider` as wide as high is one whatever its name. */
    highest: z.number().positive(),
    timesWider: z.number().positive(),
  }),
});
export type TextFile = z.infer<typeof TextFile>;
