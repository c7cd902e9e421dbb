/** In which language a story is written, as the archive's code. */
import { francAll } from 'franc-min';
import type { Config } from '../config.js';
import { keyOf } from './words.js';

/** Below so many letters the detector's guesses are worse than "English". */
const FEWEST_LETTERS = 200;
/** More text than this changes no verdict and only costs time. */
const MOST_CHARACTERS = 20_000;
/** English wins from this share of the best score on: names of places and people mislead the detector in English fics. */
const ENGLISH_SHARE = 0.95;

/**
 * The archive's code for the language of a story's plain text. Short texts are English (`en`), or Russian (`ru`) where
 * most letters are Cyrillic; longer ones what trigrams say, among the languages the archive has.
 */
export function detectLanguage(text: string, { archive }: Pick<Config, 'archive'>): string {
  const sample = text.slice(0, MOST_CHARACTERS);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  if (letters < FEWEST_LETTERS) {
    const cyrillic = sample.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
    return cyrillic * 2 > letters ? 'ru' : 'en';
  }
  const scores = francAll(sample, { only: Object.keys(archive.languages) });
  const [best] = scores;
  const english = scores.find(([code]) => code === 'eng');
  if (!best || (english && english[1] >= best[1] * ENGLISH_SHARE)) return 'en';
  return archive.languages[best[0]] ?? 'en';
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
