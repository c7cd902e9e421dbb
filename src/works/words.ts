/** How words are compared and written: nothing here knows what a word means. */
export { byText } from '../common/order.js';

/**
 * The form in which names and tags are compared: lower case, no accents, straight quotes gone, every other mark a
 * space, but `/ & + !` kept because they carry meaning ("H/C", "5+1", "Simm!Master").
 * "Grey’s Anatomy" and "greys anatomy" have one key.
 */
export function keyOf(text: string): string {
  return stripAccents(text)
    .toLowerCase()
    .replace(/['’‘`´".]/g, '')
    .replace(/[^\p{L}\p{N}/&+!]+/gu, ' ')
    .replace(/ ?([/&]) ?/g, '$1')
    .trim();
}

/** Letters without their accents: "Zoë" → "Zoe", "ё" → "е". */
export function stripAccents(text: string): string {
  if (isPlain(text)) return text;
  return text.normalize('NFKD').replace(/\p{M}/gu, '');
}

/** Nothing but letters without accents: most names, and then there is nothing to take apart. */
function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}

/** The words of a text, lower case, with apostrophes and hyphens kept inside them. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[’‘]/g, "'")
      .match(/[\p{L}\p{N}]+(?:['!-][\p{L}\p{N}]+)*/gu) ?? []
  );
}

/**
 * A name as a tag shows it: title case where the author gave no capitals ("harbour lights"), or nothing but capitals
 * over several words; otherwise the author's own.
 */
export function nameCase(text: string, smallWords: readonly string[]): string {
  const name = text.replace(/\s+/g, ' ').trim();
  const isAllLower = name === name.toLowerCase();
  const isShouting = name === name.toUpperCase() && name.split(' ').filter((word) => word.length > 2).length > 1;
  if (!isAllLower && !isShouting) return name;
  const small = new Set(smallWords);
  return name
    .toLowerCase()
    .split(' ')
    .map((word, index) => (index > 0 && small.has(word) ? word : capitalise(word)))
    .join(' ');
}

/** "o'malley" → "O'Malley", "mckay" → "McKay", "wyndam-pryce" → "Wyndam-Pryce", "mark/alex" → "Mark/Alex". */
function capitalise(word: string): string {
  return word
    .replace(/(^|[-/!("&.])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
    .replace(
      /(^|[-/])([OD]['’])(\p{L})/gu,
      (_, before: string, o: string, letter: string) => before + o + letter.toUpperCase(),
    )
    .replace(
      /(^|[-/])(Mc)(\p{L})/gu,
      (_, before: string, mc: string, letter: string) => before + mc + letter.toUpperCase(),
    );
}

/** `list` without repeats by key, first spelling kept. */
export function distinct(list: readonly string[], key: (text: string) => string = keyOf): string[] {
  const seen = new Set<string>();
  return list.filter((text) => {
    const own = key(text) || text;
    if (seen.has(own)) return false;
    seen.add(own);
    return true;
  });
}

/** `"a", "b" or "c"` for questions. */
export function quoted(list: readonly string[], joint: 'and' | 'or' = 'and'): string {
  const names = list.map((name) => `“${name}”`);
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} ${joint} ${names.at(-1)}`;
}
