/** What of a response may be stored: decoded, without cookies, and without an address that carries a session. */
import type { Capture } from '../../model.js';
import { sharedAccess, trimBlanks } from './record.js';

/** Says of an absolute address whether it carries a session, such as `/__setdomsess?…&v=SESSION`. */
export type IsSessionHop = (url: string) => boolean;

/** Cookies are never stored; encodings no longer hold, since bodies are stored decoded. */
const DROPPED = new Set(['set-cookie', 'set-cookie2', 'content-encoding', 'transfer-encoding', 'content-length']);
/** RFC 9110, 5.1: a field's name is a token. */
const NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
/** Anything that would end the line or the header; a tab may stay. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROLS = /[\0-\x08\x0a-\x1f\x7f]+/g;

/**
 * The address as the vault knows it: as `URL` writes it, without a fragment. Two ways to write one address
 * (`HTTPS://Example.com` and `https://example.com/`) are one key.
 */
export function vaultAddress(url: string): string {
  const parsed = new URL(url);
  parsed.hash = '';
  return parsed.href;
}

/**
 * The capture as it is stored and read back.
 * @throws Error (a bug of the caller) where the address carries a session, or a time or a status is none
 */
export function storable(capture: Capture, isSessionHop: IsSessionHop): Capture {
  const url = vaultAddress(capture.url);
  if (isSessionHop(url)) throw new Error('An address that carries a session must never reach the vault');
  if (!Number.isInteger(capture.status) || capture.status < 100 || capture.status > 999) {
    throw new Error(`${capture.status} is no HTTP status`);
  }
  const headers = new Map<string, string>();
  let session = false;
  for (const [name, value] of Object.entries(capture.headers)) {
    const key = name.toLowerCase();
    if (DROPPED.has(key) || !NAME.test(key)) continue;
    if (carriesSession(value, url, isSessionHop)) session = true;
    else headers.set(key, oneLine(value));
  }
  // A redirect's body repeats the address that it leads to.
  const body = session && capture.status >= 300 && capture.status < 400 ? new Uint8Array() : capture.body;
  headers.set('content-length', String(body.length));
  return {
    url,
    time: new Date(capture.time).toISOString(),
    status: capture.status,
    headers: Object.fromEntries(headers),
    body,
    access: sharedAccess(capture.access),
    ...(capture.use && { use: capture.use }),
  };
}

function oneLine(value: string): string {
  // Through bytes and back, so that half a surrogate pair is read back as it was written.
  return trimBlanks(Buffer.from(value.replace(CONTROLS, ' ')).toString('utf8'));
}

/** Looks at the value as an address (`location`) and at every address in it (`refresh: 0;url=…`, `link: <…>`, `?to=…`). */
function carriesSession(value: string, base: string, isSessionHop: IsSessionHop): boolean {
  for (const text of new Set([value, decoded(value)])) {
    const parts = text.split(/[\s<>"',;]+|\burl=|(?=https?:\/\/)/i);
    if ([text, ...parts].some((address) => isHop(address, base, isSessionHop))) return true;
  }
  return false;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function isHop(address: string, base: string, isSessionHop: IsSessionHop): boolean {
  const url = URL.canParse(address, base) ? new URL(address, base) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && isSessionHop(url.href);
}
