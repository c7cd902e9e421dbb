/**
 * What happens to pages between a server of 2004 and today, and what nobody would send but somebody might. A page is text of
 * one character a byte (latin1), so that a mutation may cut a letter in two as easily as a tag.
 */
import iconv from 'iconv-lite';

export type Dice = () => number;

/** @param other another page, to take slices from */
export type Mutation = (page: string, roll: Dice, other: string) => string;

const upTo = (roll: Dice, most: number): number => Math.floor(roll() * most);
const oneOf = <T>(list: readonly T[], roll: Dice): T => list[upTo(roll, list.length)] as T;
/** Text as the bytes that pages have it in. */
const bytes = (text: string): string => Buffer.from(text).toString('latin1');

/** Puts something in, anywhere. */
function insert(page: string, what: string, roll: Dice): string {
  const at = upTo(roll, page.length + 1);
  return page.slice(0, at) + what + page.slice(at);
}

/** Puts something where an entry's text begins, which is where headers stand; anywhere where no such place is found. */
function insertInText(page: string, what: string, roll: Dice): string {
  const places = [...page.matchAll(/<(?:br|hr)\b[^>]*>|<\/(?:b|i|p|td)>/g)];
  if (places.length === 0) return insert(page, what, roll);
  const { index, 0: tag } = oneOf(places, roll);
  return page.slice(0, index + tag.length) + what + page.slice(index + tag.length);
}

/** Does something to one of the places that a pattern finds. */
function change(page: string, pattern: RegExp, to: (found: string) => string, roll: Dice): string {
  const places = [...page.matchAll(pattern)];
  if (places.length === 0) return page;
  const { index, 0: found } = oneOf(places, roll);
  return page.slice(0, index) + to(found) + page.slice(index + found.length);
}

function slice(page: string, roll: Dice): [from: number, to: number] {
  const from = upTo(roll, page.length);
  // mostly short, now and then half the page
  return [from, Math.min(page.length, from + 1 + Math.floor(page.length * roll() ** 4))];
}

const TAGS = 'b i u s font span div p center blockquote ul li table tr td dl dt dd a h2 pre small lj-cut nobr'.split(
  ' ',
);
const OPENERS = [
  '<!--',
  '<![CDATA[',
  '<script>',
  '<style>',
  '<textarea>',
  '<title>',
  '<noscript>',
  '<iframe>',
  '<xmp>',
  '<plaintext>',
  '<svg>',
  '<math><mi>',
  '<template>',
  '<select>',
  '<frameset>',
  '<svg><foreignObject><p>',
  '<?xml',
  '<!DOCTYPE',
  '<a href="',
  "<img alt='",
  '<b',
  '</',
  '<lj user="',
  '<lj-cut text="',
];
const UNSEEN = [
  '\u200b',
  '\u200d',
  '\u200e',
  '\u200f',
  '\u202a',
  '\u202e',
  '\u2066',
  '\u2069',
  '\ufeff',
  '\u00ad',
  '\u2028',
  '\u0301',
];
const CONTROLS = ['\0', '\x01', '\x08', '\x0b', '\x0c', '\x1b', '\x7f', '\r', '\x1a', '\x85', '\xa0'];
const ENTITIES = [
  '&',
  '&#',
  '&#x',
  '&#0;',
  '&#x110000;',
  '&#xd800;',
  '&#99999999999;',
  '&bogus;',
  '&nbsp',
  '&#128;',
  '&amp;amp;#60;',
];
const LABELS = [
  'Title',
  'Rating',
  'Pairing',
  'Summary',
  'A/N',
  'Fandom',
  'Word count',
  'Part',
  'Название',
  'Рейтинг',
  'Warnings',
];
const NUMBERS = [
  '99999999999',
  '0',
  '-1',
  '1e309',
  '000000000000000000001',
  '4294967296',
  '9007199254740993',
  '²',
  '٣',
  'MMMMMM',
  '1,234,567,890,123',
];
const CHARSETS = [
  'windows-1251',
  'windows-1252',
  'koi8-r',
  'utf-16le',
  'utf-16be',
  'shift_jis',
  'gb18030',
  'iso-8859-5',
  'utf-7',
  'x-no-such',
];

const labelLine = (roll: Dice): string => {
  const label = oneOf(LABELS, roll);
  return oneOf(
    [`<b>${label}:</b> kettle<br />`, `${label}: kettle<br />`, `<u>${label}</u> - kettle<br>`, `${label}: | `],
    roll,
  );
};

export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  cut: (page, roll) => page.slice(0, upTo(roll, page.length)),
  'beginning lost': (page, roll) => page.slice(upTo(roll, page.length)),
  'bytes flipped': (page, roll) => {
    const copy = Buffer.from(page, 'latin1');
    for (let left = 1 + upTo(roll, 20); left > 0 && copy.length > 0; left--)
      copy[upTo(roll, copy.length)] = upTo(roll, 256);
    return copy.toString('latin1');
  },
  'bytes put in': (page, roll) =>
    insert(page, String.fromCharCode(...Array.from({ length: 1 + upTo(roll, 8) }, () => upTo(roll, 256))), roll),
  'a slice lost': (page, roll) => {
    const [from, to] = slice(page, roll);
    return page.slice(0, from) + page.slice(to);
  },
  'a slice again': (page, roll) => {
    const [from, to] = slice(page, roll);
    return page.slice(0, to) + page.slice(from);
  },
  'a slice elsewhere': (page, roll) => {
    const [from, to] = slice(page, roll);
    return insert(page.slice(0, from) + page.slice(to), page.slice(from, to), roll);
  },
  'a slice of another page': (page, roll, other) => insert(page, other.slice(...slice(other, roll)), roll),
  'goes on as another page': (page, roll, other) =>
    page.slice(0, upTo(roll, page.length)) + other.slice(upTo(roll, other.length)),
  'end tags lost': (page, roll) => {
    const tag = oneOf(TAGS, roll);
    return page.replaceAll(`</${tag}>`, '');
  },
  'tags crossed': (page, roll) => {
    const [a, b] = [oneOf(TAGS, roll), oneOf(TAGS, roll)];
    return insertInText(page, `<${a}>one<${b}>two</${a}>three</${b}>`.repeat(1 + upTo(roll, 30)), roll);
  },
  'tags without an end': (page, roll) => {
    const times = roll() < 0.95 ? upTo(roll, 60) : upTo(roll, 800);
    return insertInText(page, `<${oneOf(TAGS, roll)}>${oneOf(['', 'x', ' '], roll)}`.repeat(1 + times), roll);
  },
  'nested thousands deep': (page, roll) => {
    if (roll() < 0.95) return page;
    const tag = oneOf(TAGS, roll);
    const deep = 1000 + upTo(roll, 4000);
    return insertInText(page, `<${tag}>`.repeat(deep) + oneOf(['', 'x', `x${`</${tag}>`.repeat(deep)}`], roll), roll);
  },
  'end tags of nothing': (page, roll) => insert(page, `</${oneOf(TAGS, roll)}>`.repeat(1 + upTo(roll, 300)), roll),
  'a tag renamed': (page, roll) =>
    change(page, /<\/?[a-z][a-z0-9]*/gi, (found) => (found[1] === '/' ? '</' : '<') + oneOf(TAGS, roll), roll),
  'a quote lost': (page, roll) => change(page, /["']/g, () => '', roll),
  'an attribute broken': (page, roll) =>
    change(
      page,
      /\s[a-z-]+=(?:"[^"]{0,200}"|'[^']{0,200}')/gi,
      (found) =>
        oneOf(
          [
            found.replace('=', ' = '),
            found.slice(0, -1),
            found.replace('=', ''),
            `${found}${found}`,
            ' ="" =',
            found.replace(/["']/g, ''),
          ],
          roll,
        ),
      roll,
    ),
  'an attribute of great length': (page, roll) =>
    change(
      page,
      /<[a-z]+/g,
      (found) =>
        `${found} ${oneOf(['style', 'class', 'href', 'title', 'alt', 'x'], roll)}="${oneOf(['a', ' b', 'c:d;', '&amp;', '/', '%41', '<'], roll).repeat(1 + Math.floor(20_000 * roll() ** 3))}"`,
      roll,
    ),
  'many attributes': (page, roll) =>
    change(
      page,
      /<[a-z]+/g,
      (found) => found + Array.from({ length: Math.floor(500 * roll() ** 2) }, (_, at) => ` a${at}=${at}`).join(''),
      roll,
    ),
  'an entity broken': (page, roll) => insertInText(page, oneOf(ENTITIES, roll).repeat(1 + upTo(roll, 40)), roll),
  'an opener without an end': (page, roll) => insert(page, oneOf(OPENERS, roll), roll),
  'openers in the text': (page, roll) => insertInText(page, oneOf(OPENERS, roll).repeat(1 + upTo(roll, 50)), roll),
  'control characters': (page, roll) => insert(page, oneOf(CONTROLS, roll).repeat(1 + upTo(roll, 300)), roll),
  'what is not seen': (page, roll) => insertInText(page, bytes(oneOf(UNSEEN, roll).repeat(1 + upTo(roll, 200))), roll),
  'what is not seen, in labels': (page, roll) =>
    change(page, /[A-Z][a-z]+:/g, (found) => [...found].join(bytes(oneOf(UNSEEN, roll))), roll),
  'label lines': (page, roll) => insertInText(page, bytes(labelLine(roll).repeat(1 + upTo(roll, 120))), roll),
  'all kinds of label lines': (page, roll) =>
    insertInText(page, bytes(Array.from({ length: 1 + upTo(roll, 60) }, () => labelLine(roll)).join('')), roll),
  'a header line of 10,000': (page, roll) =>
    insertInText(
      page,
      bytes(
        `<br />${oneOf(LABELS, roll)}: ${oneOf(['a', 'a ', 'a/', '(', 'Al, ', '"', ' - ', 'Part 1 of ', '1', ':', '&nbsp;', '| ', 'é'], roll).repeat(10_000)}<br />`,
      ),
      roll,
    ),
  'a great number': (page, roll) => change(page, /\d+/g, () => bytes(oneOf(NUMBERS, roll)), roll),
  'a part of a great number': (page, roll) =>
    insertInText(
      page,
      bytes(
        `<br />${oneOf(['Part', 'Chapter', 'Title: Salt, part', 'Word count:', 'Часть'], roll)} ${oneOf(NUMBERS, roll)}${oneOf(['', '/', ' of ', '-'], roll)}${oneOf(NUMBERS, roll)}<br />`,
      ),
      roll,
    ),
  'another charset': (page, roll) => {
    const charset = oneOf(CHARSETS, roll);
    const text = Buffer.from(page, 'latin1').toString('utf8');
    return (iconv.encodingExists(charset) ? iconv.encode(text, charset) : Buffer.from(text)).toString('latin1');
  },
  'half in another charset': (page, roll) => {
    const at = upTo(roll, page.length);
    const text = Buffer.from(page.slice(at), 'latin1').toString('utf8');
    return page.slice(0, at) + iconv.encode(text, oneOf(CHARSETS.slice(0, 3), roll)).toString('latin1');
  },
  'another label': (page, roll) => page.replace(/charset=[\w"-]+/gi, `charset=${oneOf(CHARSETS, roll)}`),
  'read wrongly once more': (page, roll) => {
    const wrong = iconv.decode(Buffer.from(page, 'latin1'), oneOf(['windows-1252', 'windows-1251', 'latin1'], roll));
    return bytes(wrong);
  },
  capitals: (page) => page.replace(/<[^>]{0,100}>/g, (tag) => tag.toUpperCase()),
  'line ends of another system': (page, roll) => page.replaceAll('\n', oneOf(['\r', '\r\n', '\n\r', ' '], roll)),
};

const NAMES = Object.keys(MUTATIONS);
/** No page grows beyond this, since many are to go through. */
const MOST_BYTES = 40_000;

/** Between one and five mutations after each other; their names say which. */
export function mutate(page: string, roll: Dice, other: string): { page: string; names: string[] } {
  const names: string[] = [];
  for (let left = 1 + Math.floor(4 * roll() ** 2); left > 0; left--) {
    const name = oneOf(NAMES, roll);
    const next = (MUTATIONS[name] as Mutation)(page, roll, other);
    if (next.length > MOST_BYTES && next.length > page.length) continue;
    page = next;
    names.push(name);
  }
  return { page, names };
}
