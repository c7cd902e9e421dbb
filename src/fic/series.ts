import type { Header } from '../model.js';
import type { Lexicon } from './lexicon.js';
import { keyOf, tidy, trimEnd, unquote } from './words.js';

/** "Watch on Watch, #3", "Part 3 of the Harbour verse", "Lanterns (2/4)" → the series' name and the place in it. */
export function readSeries(value: string, lexicon: Lexicon): Header['series'] {
  const text = tidy(value);
  const placed = /^(?:(\p{L}+)\s+)?#?(\p{L}+|\d{1,3})\s+(?:of|in|von|из|di|de|du)\s+(?:(?:the|a)\s+)?(.+)$/iu.exec(
    text,
  );
  if (placed) {
    const number = numberIn(placed[2] as string, lexicon);
    if (number !== undefined) return { name: cleanName(placed[3] as string), number };
  }
  const last =
    /^(.+?)[\s,:;–—-]*[([]?\s*(?:#|№\s*|n[°º]\s*|no\.?\s*|nr\.?\s*|book\s+|part\s+|story\s+|часть\s+|teil\s+|parte\s+)?(\d{1,3})(?:\s*(?:\/|of)\s*(?:\d{1,3}|\?+))?\s*[)\]]?$/iu.exec(
      text,
    );
  if (last && /[#№°º,(:[–—-]|\b(?:part|book|story|no)\b|\s\d+\s*\//i.test(text.slice((last[1] as string).length))) {
    return { name: cleanName(last[1] as string), number: Number(last[2]) };
  }
  const name = cleanName(text);
  return name === '' ? undefined : { name };
}

function numberIn(word: string, lexicon: Lexicon): number | undefined {
  return /^\d+$/.test(word) ? Number(word) : lexicon.numbers.get(keyOf(word));
}

function cleanName(text: string): string {
  return unquote(trimEnd(text, /[\s,:;.–—-]/).replace(/\s+series$/i, ' series'));
}
