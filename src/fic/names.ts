import type { Lexicon } from './lexicon.js';
import { anyOf, keyOf, splitOutside, tidy, unquote, withoutLead } from './words.js';

const BRACKETS = /\s*(?:\([^()]*\)|\[[^[\]]*\]|\{[^{}]*\})/g;

/** Takes bracketed remarks out: "Bones [8]" → Bones, "Harry/Ginny (mentioned)" → Harry/Ginny. */
export function dropBrackets(text: string): string {
  return tidy(text.replace(BRACKETS, ' ').replace(/\s*[([{][^)\]}]*$/, ''));
}

/** Whether a value says that there is nothing: "None", "n/a", "none (or friendship, if you'd rather)". */
export function isNone(value: string, lexicon: Lexicon): boolean {
  const first = dropBrackets(value).split(/[,.;!]|\s[-–—]\s/)[0] ?? '';
  return lexicon.none.has(keyOf(value)) || (first.trim() !== '' && lexicon.none.has(keyOf(first)));
}

const LIST = anyOf(',;\n•|');

/** "A and B", "A & B", "A, B; C" → names, remarks in trailing brackets kept off, "and others" left out. */
export function readNames(value: string, lexicon: Lexicon): string[] {
  if (isNone(value, lexicon)) return [];
  const pieces = splitOutside(value, LIST).flatMap((piece) => splitAnd(piece, lexicon));
  return unique(
    pieces.map((piece) => cleanName(piece)).filter((name) => isName(name) && !lexicon.none.has(keyOf(name))),
  );
}

function splitAnd(piece: string, lexicon: Lexicon): string[] {
  const words = piece.split(/\s+/);
  const pieces: string[][] = [[]];
  let depth = 0;
  for (const word of words) {
    const isAnd = depth === 0 && (word === '&' || word === '+' || (lexicon.and.has(keyOf(word)) && word !== '/'));
    depth += (word.match(/[([]/g)?.length ?? 0) - (word.match(/[)\]]/g)?.length ?? 0);
    if (isAnd && !isConjunctionInName(word)) pieces.push([]);
    else (pieces[pieces.length - 1] as string[]).push(word);
  }
  return pieces.map((some) => some.join(' ')).filter((some) => some !== '');
}

/** "Y" and "E" as an initial are no "and". */
function isConjunctionInName(word: string): boolean {
  return /^\p{Lu}\.?$/u.test(word);
}

function cleanName(text: string): string {
  const bare = dropBrackets(text).replace(/[\s.!]+$/, (end) =>
    /\.$/.test(end) && /\b\p{L}\.$/u.test(text) ? '.' : '',
  );
  return unquote(bare.replace(/^[\s\-–—*~]+/, '').replace(/^(?:also|plus|with|featuring|feat\.?)\s+/i, ''));
}

/** Names are short; longer pieces are prose. */
const MOST_WORDS = 6;

function isName(text: string): boolean {
  if (!/[\p{L}\p{N}]/u.test(text) || text.split(/\s+/).length > MOST_WORDS) return false;
  return !/^(?:etc|others?|more|et al|plus|everyone else|the rest|see (?:below|above|notes?))\.?$/i.test(text);
}

/**
 * Who wrote or helped: accounts first, else names with the thanks around them taken off.
 * "Thanks to Dora and Pim for the beta" → Dora, Pim. Prose that holds no name gives none.
 */
export function readPeople(value: string, users: readonly string[], lexicon: Lexicon): string[] {
  if (isNone(value, lexicon)) return [];
  const sentence = firstSentence(value);
  const named = users.filter((user) => value.includes(user));
  const names = readNames(withoutThanks(sentence, lexicon), lexicon)
    .map((name) => withoutThanks(name, lexicon))
    .map((name) => name.replace(/@(?:lj|dw|ij|livejournal|dreamwidth|insanejournal)(?:\.com|\.org)?$/i, ''))
    .filter((name) => isName(name) && name.split(/\s+/).length <= 4 && !lexicon.thanks.has(keyOf(name)));
  // Beside an account stand names, or else thanks: "somebody, you're a star! :)".
  const isThanks = (name: string) => !named.includes(name) && !/^\p{Lu}[^!:;()]*$/u.test(name);
  const prose =
    names.length === 0 || names.some((name) => /^\p{Ll}+(?:\s\p{Ll}+){2,}/u.test(name)) || names.some(isThanks);
  return named.length > 0 && (prose || named.length >= names.length) ? unique(named) : unique(names);
}

function firstSentence(text: string): string {
  const end = /[.!?](?=\s+\p{Lu})|\s[-–—]{1,2}\s|\s(?:for|who|whose|because|as|so|without|all)\s/u.exec(text);
  const first = end && end.index > 2 ? text.slice(0, end.index) : text;
  return /\b(?:\p{Lu}|Dr|Mr|Mrs|Ms)$/u.test(first) ? text : first;
}

function withoutThanks(text: string, lexicon: Lexicon): string {
  const whole = text.trim().slice(0, 300);
  const bare = withoutLead(whole, lexicon.thanks);
  // "The" stays before a name that nothing was said of: "the ferryman".
  return bare === whole ? whole.replace(/^to\s+(?=\S)/i, '') : bare.replace(/^(?:to|the)\s+(?=\S)/i, '');
}

/** Fandoms split at ",", ";" and "/"; a colon and a comma before "The" or "M.D." belong to the name. */
export function readFandoms(value: string, lexicon: Lexicon): string[] {
  if (isNone(value, lexicon)) return [];
  if (lexicon.fandoms.has(keyOf(value))) return [unquote(tidy(value).replace(/\.$/, ''))];
  const pieces = splitOutside(value, (text, at) => {
    if (!',;/\n|+'.includes(text[at] as string)) return 0;
    if (text[at] === ',' && /^,\s*(?:the|an?|m\.?d\.?|jr\.?|inc\.?|u\.?s\.?a?\.?|ny)\b/i.test(text.slice(at, at + 8)))
      return 0;
    if (text[at] === '/' && (/\d/.test(text[at - 1] ?? '') || /^\.hack/i.test(text))) return 0;
    return 1;
  });
  return unique(
    pieces
      .flatMap((piece) => (/\s(?:and|&|x)\s/i.test(piece) ? splitKnown(piece, lexicon) : [piece]))
      .map((piece) =>
        unquote(
          dropBrackets(piece)
            .replace(/^(?:some|a bit of|and|with|slight|mostly)\s+/i, '')
            .replace(/[\s.]+$/, ''),
        ),
      )
      .map((piece) => piece.replace(/\s+(?:crossover|fusion|au)$/i, ''))
      .filter((piece) => /[\p{L}\p{N}]/u.test(piece) && piece.split(/\s+/).length <= 10),
  );
}

/** "Leverage and White Collar" only where both are known; "Romeo and Juliet" is one. */
function splitKnown(piece: string, lexicon: Lexicon): string[] {
  const parts = piece.split(/\s+(?:and|&|x)\s+/i);
  return parts.length > 1 && parts.every((part) => lexicon.fandoms.has(keyOf(dropBrackets(part)))) ? parts : [piece];
}

/** Genres split at ",", "/", ";" and "&", but "Hurt/Comfort" is one. A sentence after the list is a remark. */
export function readGenres(value: string, lexicon: Lexicon): string[] {
  const list = (/^(.*?[^.])\.(?=\s+\p{Lu})/su.exec(value)?.[1] ?? value).replace(/\.$/, '');
  const whole = list
    .replace(/\b(h(?:urt)?)\s*\/\s*(c(?:omfort)?)\b/giu, (_, a, b) => `${a}\u0001${b}`)
    .replace(/\ba\/u\b/gi, 'AU');
  const pieces = splitOutside(whole, anyOf(',;/\n|+&')).flatMap((piece) => splitAnd(piece, lexicon));
  return unique(
    pieces
      .map((piece) => dropBrackets(piece.replaceAll('\u0001', '/')).replace(/[\s.!]+$/, ''))
      .filter(
        (piece) =>
          /\p{L}/u.test(piece) && piece.split(/\s+/).length <= MOST_WORDS && !/^(?:none|n\/a|etc)$/i.test(piece),
      ),
  );
}

export function unique(names: string[]): string[] {
  const seen = new Set<string>();
  return names.filter((name) => {
    const key = keyOf(name);
    if (name === '' || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
