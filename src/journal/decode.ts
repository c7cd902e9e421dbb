/**
 * Bytes → text by what the bytes are, and only then by what they are called: pages of these sites are labelled UTF-8 and
 * hold windows-1251, or the other way round, after twenty years of moves between servers.
 */
import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/** Cyrillic journals are what these sites have besides UTF-8; everything else old is western. */
const CYRILLIC = 'windows-1251';
const WESTERN = 'windows-1252';

/**
 * The encoding of a page's bytes. Valid UTF-8 is UTF-8. Else the label counts (the header's before the page's own), unless
 * it says UTF-8; else windows-1251 where its letters make Cyrillic words, else windows-1252.
 */
export function encodingOf(bytes: Buffer, contentType: string | undefined): string {
  if (isUtf8(bytes)) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const label = charsetOf(contentType ?? '') ?? charsetOf(bytes.toString('latin1', 0, 2048));
  // the web has always read Latin-1 as windows-1252, and servers say it of any page
  const vague = label === undefined || /^(utf-?8|iso-?8859-1|latin-?1|(us-)?ascii)$/i.test(label);
  if (!vague && iconv.encodingExists(label)) return label.toLowerCase();
  if (isBrokenUtf8(bytes)) return 'utf-8';
  return looksCyrillic(bytes) ? CYRILLIC : WESTERN;
}

/** Damaged sequences come out as U+FFFD; a byte order mark is dropped. */
export function decode(bytes: Buffer, encoding: string): string {
  if (encoding !== 'utf-8') return iconv.decode(bytes, encoding);
  const text = bytes.toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** Whether a byte below 0x80 is always that ASCII character, so that markup can be found before the text is decoded. */
export function keepsAscii(encoding: string): boolean {
  return /^(utf-8|windows-125\d|iso-?8859-\d+|koi8-?[ru]|cp125\d|win125\d|macintosh)$/.test(encoding);
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

/** In windows-1251 the bytes from 0xC0 are letters, and Russian puts most of them side by side; western text hardly ever does. */
function looksCyrillic(bytes: Buffer): boolean {
  let letters = 0;
  let beside = 0;
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] as number) < 0xc0) continue;
    letters++;
    if ((bytes[at + 1] ?? 0) >= 0xc0) beside++;
  }
  return letters >= 4 && beside > letters / 2;
}
