/**
 * Bytes → text by what the bytes are, and only then by what they are called: pages of these sites are labelled UTF-8 and
 * hold windows-1251, or the other way round, after twenty years of moves between servers.
 */
import iconv from 'iconv-lite';

/** Cyrillic journals are what these sites have besides UTF-8; everything else old is western. */
const CYRILLIC = 'windows-1251';
const WESTERN = 'windows-1252';

/**
 * Valid UTF-8 is UTF-8. Else the label counts (the header's before the page's own), unless it says UTF-8; else
 * windows-1251 where its letters make Cyrillic words, else windows-1252.
 */
export function decodePage(body: Uint8Array, contentType: string | undefined): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    const utf16 =
      body[0] === 0xff && body[1] === 0xfe ? 'utf-16le' : body[0] === 0xfe && body[1] === 0xff ? 'utf-16be' : undefined;
    if (utf16) return iconv.decode(bytes, utf16);
    const label = charsetOf(contentType ?? '') ?? charsetOf(bytes.toString('latin1', 0, 2048));
    // the web has always read Latin-1 as windows-1252
    if (label && /^(iso-?8859-1|latin-?1|(us-)?ascii)$/i.test(label) && !looksCyrillic(bytes))
      return iconv.decode(bytes, WESTERN);
    else if (label && !/^(utf-?8|iso-?8859-1|latin-?1|(us-)?ascii)$/i.test(label) && iconv.encodingExists(label))
      return iconv.decode(bytes, label);
    if (isBrokenUtf8(bytes)) return new TextDecoder('utf-8').decode(body);
    return iconv.decode(bytes, looksCyrillic(bytes) ? CYRILLIC : WESTERN);
  }
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
