/** In which language a story is written, as the archive's code. */
import { francAll } from 'franc-min';
import type { Config } from '../config.js';
import { keyOf, wordsOf } from './words.js';

/** Below so many letters every guess is worse than "English". */
const FEWEST_LETTERS = 200;
/** More text than this changes no verdict and only costs time. */
const MOST_CHARACTERS = 20_000;
/** A language's small words make up a quarter to a half of its prose; below this share the text is in another. */
const LEAST_SHARE = 0.15;
/** The scripts' usual languages, where a text is too short for more. */
const SHORT_CYRILLIC = 'ru';
const SHORT = 'en';

/**
 * The archive's code for the language of a story's plain text. Short texts are English, or Russian where most letters
 * are Cyrillic. Longer ones are in the language whose small words they are full of; where none is listed, in the one
 * that trigrams say.
 */
export function detectLanguage(text: string, { archive }: Pick<Config, 'archive'>): string {
  const sample = text.slice(0, MOST_CHARACTERS);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  if (letters < FEWEST_LETTERS) {
    const cyrillic = sample.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
    return cyrillic * 2 > letters ? SHORT_CYRILLIC : SHORT;
  }
  return bySmallWords(sample, archive) ?? byTrigrams(sample, archive) ?? SHORT;
}

function bySmallWords(text: string, archive: Config['archive']): string | undefined {
  const words = wordsOf(text);
  let best: string | undefined;
  let most = words.length * LEAST_SHARE;
  for (const [code, list] of Object.entries(archive.functionWords)) {
    const small = new Set(list);
    const count = words.filter((word) => small.has(word)).length;
    if (count > most) [best, most] = [code, count];
  }
  return best;
}

function byTrigrams(text: string, archive: Config['archive']): string | undefined {
  const [best] = francAll(text, { only: Object.keys(archive.languages) });
  return best && archive.languages[best[0]];
}

/** The archive's code for what a header calls a language ("Русский", "ptBR"), or undefined where it is unknown. */
export function languageOf(written: string, { archive }: Pick<Config, 'archive'>): string | undefined {
  const key = keyOf(written);
  for (const code of Object.values(archive.languages)) if (keyOf(code) === key) return code;
  for (const [code, names] of Object.entries(archive.languageNames)) {
    if (keyOf(code) === key || names.some((name) => keyOf(name) === key)) return code;
  }
  return undefined;
}
