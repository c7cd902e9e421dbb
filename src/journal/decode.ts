/**
 * Bytes → text by what the bytes are, and only then by what they are called: pages of these sites are labelled UTF-8 and
 * hold windows-1251, or the other way round, after twenty years of moves between servers.
 */
import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { ByteCounts, betterThan, cyrillicCharset, isLatinInDisguise } from './cyrillic.js';

/** Cyrillic journals are what these sites have besides UTF-8; everything else old is western. */
const CYRILLIC = 'windows-1251';
const WESTERN = 'windows-1252';

/** Labels of western text, which servers and templates put on any page; the web has always read Latin-1 as windows-1252. */
const WESTERN_LABELS = new Set([WESTERN, 'iso-8859-15', 'macintosh']);
const CYRILLIC_LABELS = new Set([CYRILLIC, 'koi8-u', 'iso-8859-5', 'ibm866', 'x-mac-cyrillic']);

/** So many letters it takes to read a page as Cyrillic that has no label, and one whose label says that it is western. */
const LEAST_UNLABELLED = 4;
const LEAST_AGAINST_LABEL = 8;

/**
 * The encoding of a page's bytes. Valid UTF-8 is UTF-8, and so is what would be but for a few damaged bytes. Else the label
 * counts (the header's before the page's own) unless the bytes clearly contradict it: one that says UTF-8 is wrong by now, one
 * that says a western charset is where the letters make Cyrillic words, a Cyrillic one where they do in another such charset or
 * stand in Latin words. Labels of other alphabets are believed.
 */
export function encodingOf(bytes: Buffer, contentType: string | undefined): string {
  if (isUtf8(bytes)) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const label = labelOf(bytes, contentType);
  const isWestern = label === undefined || WESTERN_LABELS.has(label);
  const isCyrillic = label !== undefined && CYRILLIC_LABELS.has(label);
  if (isBrokenUtf8(bytes)) return 'utf-8';
  if (label !== undefined && !isWestern && !isCyrillic) return label;
  const counts = new ByteCounts(bytes);
  if (!isCyrillic) {
    const least = label === undefined ? LEAST_UNLABELLED : LEAST_AGAINST_LABEL;
    return cyrillicCharset(counts, least) ?? label ?? WESTERN;
  }
  return isLatinInDisguise(label, counts) ? WESTERN : (betterThan(label, counts) ?? label);
}

/** The charset that a page is said to be in, by its name in the web's list; undefined for none, an unknown one, or UTF-8. */
function labelOf(bytes: Buffer, contentType: string | undefined): string | undefined {
  const start = bytes.toString('latin1', 0, LABEL_WITHIN);
  const said = [contentType ?? '', ...(start.match(/<meta\b[^>]*>/gi) ?? [])].map(charsetOf);
  const declared = /^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w:-]+)/i.exec(start)?.[1];
  for (const label of [...said, declared]) {
    const name = label && nameOf(label);
    if (name && name !== 'utf-8') return name;
  }
  return undefined;
}

/** Browsers look for a label within the first 1,024 bytes; templates of these sites put scripts and styles before theirs. */
const LABEL_WITHIN = 4096;

/**
 * "cp1251", "latin1" and "koi" are names that the web knows; "koi8r" and "win1251" others have made up. A page in which a label
 * can be read is in no UTF-16.
 */
function nameOf(label: string): string | undefined {
  const lower = label.toLowerCase();
  // the same but for Ukrainian letters, in whose place the other has frames that no page draws
  if (/^(cs)?koi(8|8-?r)?$/.test(lower)) return 'koi8-u';
  const windows = /^win(?:dows)?-?(125\d)$/.exec(lower)?.[1];
  if (windows) return `windows-${windows}`;
  try {
    const name = new TextDecoder(lower).encoding;
    return iconv.encodingExists(iconvName(name)) && !name.startsWith('utf-16') ? name : undefined;
  } catch {
    return undefined;
  }
}

/** What iconv calls them. Visual Hebrew has the same letters as logical. */
function iconvName(encoding: string): string {
  if (encoding === 'x-mac-cyrillic') return 'maccyrillic';
  return encoding === 'iso-8859-8-i' ? 'iso-8859-8' : encoding;
}

/** Damaged sequences come out as U+FFFD; a byte order mark is dropped. */
export function decode(bytes: Buffer, encoding: string): string {
  if (encoding !== 'utf-8') return iconv.decode(bytes, iconvName(encoding));
  const text = bytes.toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** Whether a byte below 0x80 is always that ASCII character, so that markup can be found before the text is decoded. */
export function keepsAscii(encoding: string): boolean {
  return /^(utf-8|windows-125\d|iso-?8859-\d+(-i)?|koi8-?[ru]|cp125\d|win125\d|ibm866|macintosh|x-mac-cyrillic|windows-874)$/.test(
    encoding,
  );
}

export function bufferOf(body: Uint8Array): Buffer {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}

function charsetOf(text: string): string | undefined {
  return /charset\s*=\s*["']?\s*([\w:-]+)/i.exec(text)?.[1];
}

/** UTF-8 with a few bytes cut or damaged: nearly all that is not ASCII still stands in whole sequences. */
function isBrokenUtf8(bytes: Buffer): boolean {
  let whole = 0;
  let other = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte < 0x80) continue;
    const more = byte >= 0xf0 && byte < 0xf5 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc2 ? 1 : 0;
    let good = more > 0 && byte < 0xf5;
    for (let next = 1; good && next <= more; next++) good = ((bytes[at + next] ?? 0) & 0xc0) === 0x80;
    if (good) {
      whole++;
      at += more;
    } else other++;
  }
  return whole > 8 * other;
}
