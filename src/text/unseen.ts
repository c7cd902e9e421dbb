/** Scripts and signs in which a joiner is spelling: Persian, those of India, families of emoji. */
const JOINED =
  '\\p{Script=Arabic}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Malayalam}\\p{M}\\p{Extended_Pictographic}\\p{Emoji_Modifier}';
const JOINERS = new RegExp(`(?<![${JOINED}])[\\u200c\\u200d]+`, 'gu');

/** A text without the characters that nobody sees and that say nothing: zero-width spaces, soft hyphens, stray joiners. */
export function withoutUnseen(text: string): string {
  return text.replace(/[\u200b\u2060\ufeff\u00ad]+/g, '').replace(JOINERS, '');
}
