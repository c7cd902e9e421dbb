import { z } from 'zod';
import { Header } from '../model.js';

const FieldName = z.enum(Object.keys(Header.shape) as [keyof typeof Header.shape, ...(keyof typeof Header.shape)[]]);

/** `config/labels.yaml`: the words fans label a story's header with, by field and in several languages. */
export const LabelsFile = z.strictObject({
  /** Field → the words for it, lower case, singular or plural as found. */
  labels: z.partialRecord(FieldName, z.array(z.string().min(1))),
  /** Words that label something a header may hold and ficferry only keeps as `other`. */
  otherLabels: z.array(z.string()),
  /** Tag prefixes ("fandom: x") → field. */
  tagPrefixes: z.partialRecord(FieldName, z.array(z.string())),
  /** Words before a title in a subject: "fic", "fanfiction", "ficlet". */
  subjectPrefixes: z.array(z.string()),
  /** Words meaning nothing was given: "none", "n/a". */
  none: z.array(z.string()),
  /** Words for a status. */
  status: z.strictObject({ complete: z.array(z.string()), 'in-progress': z.array(z.string()) }),
  /** Words for "part", "chapter", and for "of". */
  parts: z.strictObject({ part: z.array(z.string()), of: z.array(z.string()) }),
  /** Number words from zero upward by language, for "Part Two of Three". */
  numbers: z.record(z.string(), z.array(z.string())),
  /** Words for "words" after a count. */
  wordUnits: z.array(z.string()),
  /** Words before a pairing that are no part of it: "implied", "past", "mentions of". */
  pairingRemarks: z.array(z.string()),
});
export type LabelsFile = z.infer<typeof LabelsFile>;
