import { z } from 'zod';
import { Header } from '../model.js';

const FieldName = z.enum(Object.keys(Header.shape) as [keyof typeof Header.shape, ...(keyof typeof Header.shape)[]]);
const Words = z.array(z.string().min(1));

/** `config/labels.yaml`: the words fans label a story's header with, by field and in several languages. */
export const LabelsFile = z.strictObject({
  /** Field → the words for it, lower case, singular or plural as found. */
  labels: z.partialRecord(FieldName, Words),
  /** Words that label something a header may hold and ficferry only keeps as `other`. */
  otherLabels: Words,
  /** Words before or after a label that leave its field as it is: "short disclaimer", "notes part deux". */
  qualifiers: Words,
  /** Words before a label that say of what it speaks: "series summary", "chapter summary". */
  scopes: z.strictObject({ work: Words, part: Words }),
  /** Tag prefixes ("fandom: x") → field. */
  tagPrefixes: z.partialRecord(FieldName, Words),
  /** Words before a title in a subject: "fic", "fanfiction", "ficlet". */
  subjectPrefixes: Words,
  /** Words in a subject that are neither title nor fandom: "new", "crossposted". */
  subjectNoise: Words,
  /** Words meaning nothing was given: "none", "n/a". */
  none: Words,
  /** Words for a status. */
  status: z.strictObject({ complete: Words, 'in-progress': Words }),
  /** Words for "part", "chapter", for "of", and for parts without a number ("epilogue"). */
  parts: z.strictObject({ part: Words, of: Words, named: Words }),
  /** Number words from zero upward by language, for "Part Two of Three". */
  numbers: z.record(z.string(), Words),
  /** Words for "words" after a count. */
  wordUnits: Words,
  /** What else is counted; a number before one of these is no count of words. */
  otherUnits: Words,
  /** Words before a pairing that are no part of it: "implied", "past", "mentions of". */
  pairingRemarks: Words,
  /** Words around the names of those who helped: "thanks to", "the wonderful". */
  thanks: Words,
  /** Genres that stand without a label among other facts: "crack", "hurt/comfort". */
  genreWords: Words,
  /** Words for a kind of pairing that are no genre: "gen", "m/m". */
  categoryWords: Words,
  /** Words of lines that lead to other parts, and what may stand beside them there. */
  navigation: z.strictObject({ leads: Words, fillers: Words }),
  /** Names of fandoms as fans write them, besides the vocabulary's. */
  fandomNames: Words,
  /** "by" before an author's name on a line of its own. */
  by: Words,
  /** "and" between names. */
  and: Words,
  /** Words for a thousand behind a number. */
  thousands: Words,
  /** Words in a label that make it speak of somebody else's work: "title of original story". */
  ofOthers: Words,
  /** Words that belong to a name and have no capital: "the", "von". */
  particles: Words,
  /** Words that open a remark on spoilers among other facts. */
  spoilerWords: Words,
  /** Labels that a recommendation leaves out and a story's own poster writes. */
  ownLabels: Words,
  /** What tells that a post is no story of its poster's. */
  notFic: z.strictObject({
    tagPrefixes: Words,
    labels: Words,
    /** Words in a subject or as a tag. */
    words: Words,
    /** In a subject that has not the header's title, what no header outweighs: a community's rules show one as an example. */
    notices: Words,
    /** Those of the words that as a tag mark a community's own posts. */
    moderation: Words,
    /** Those of the words that a whole header outweighs: a long story's master post. */
    lists: Words,
    /** Values that stand only in a template to be filled in. */
    placeholders: Words,
  }),
});
export type LabelsFile = z.infer<typeof LabelsFile>;
