/** One request and its whole answer, within bounds. No pause, no second try, no opinion. */
import { got, type Headers, type OptionsInit } from 'got';
import type { SiteAgents } from './agent.js';
import { ACCEPT_ENCODING, decode } from './decode.js';

/** How long and how large an answer may be. Times in ms. */
export interface Bounds {
  connect: number;
  response: number;
  idle: number;
  whole: number;
  body: number;
}

export const BOUNDS: Bounds = {
  /** Name, connection and keys: a second or two anywhere on earth, and three lost packets over. */
  connect: 20_000,
  /** From the request sent to the first line of the answer: an old server building a page of 5,000 comments takes half a minute. */
  response: 60_000,
  /** Between two pieces of an answer. */
  idle: 30_000,
  /** All of it: 750 KB, the usual size of a modern page, at 5 KB a second. It ends the answer that drips a byte a second. */
  whole: 150_000,
  /** Bytes, before unpacking and after: forty times a modern page. An entry's own text ends at 64 KB; the rest is comments and script. */
  body: 32 * 1024 * 1024,
};

export interface Asked {
  method: 'GET' | 'POST';
  url: string;
  userAgent: string;
  /** What is liked best; a page unless given. */
  accept?: string;
  cookie?: string;
  referer?: string;
  /** An url-encoded form; POST only. */
  form?: string;
  agents: SiteAgents;
  bounds: Bounds;
  signal?: AbortSignal;
}

export interface Answer {
  status: number;
  /** Lower-case names; set-cookie is apart. */
  headers: Record<string, string>;
  setCookies: string[];
  /** Unpacked. */
  body: Uint8Array;
}

/** @throws whatever the network, got or zlib raises; `failureOf` in retry.ts names it */
export async function exchange(asked: Asked): Promise<Answer> {
  const stream = got.stream(asked.url, optionsFor(asked));
  let status = 0;
  let raw: NodeJS.Dict<string | string[]> = {};
  stream.on('response', (response: { statusCode: number; headers: NodeJS.Dict<string | string[]> }) => {
    status = response.statusCode;
    raw = response.headers;
    // No need to read what is said to be too large
    if (Number(raw['content-length'] ?? 0) > asked.bounds.body) stream.destroy(tooLarge());
  });
  const packed = await bodyOf(stream, asked);
  const encoding = [raw['content-encoding'] ?? ''].flat().join(',');
  const body = await decode(packed, encoding, asked.bounds.body);
  return { status, headers: plainHeaders(raw, body.length), setCookies: [raw['set-cookie'] ?? []].flat(), body };
}

/**
 * The body as it came. The signal isn't given to got, whose streams go on listening to it after they are done: each would be
 * kept for the rest of the run, and an abort between two requests would end the process (got 14.6).
 */
async function bodyOf(stream: ReturnType<typeof got.stream>, { bounds, signal }: Asked): Promise<Uint8Array> {
  const leave = () => stream.destroy(new Error('left', { cause: signal?.reason }));
  signal?.addEventListener('abort', leave, { once: true });
  // The loop raises the first error; a later one has nobody else to go to.
  stream.on('error', () => {});
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of stream as AsyncIterable<Uint8Array>) {
      size += piece.length;
      if (size > bounds.body) throw tooLarge();
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  } finally {
    signal?.removeEventListener('abort', leave);
    stream.destroy();
  }
}

function tooLarge(): Error {
  return Object.assign(new Error('body too large'), { code: 'FICFERRY_TOO_LARGE' });
}

function optionsFor(asked: Asked): OptionsInit & { isStream: true } {
  const { method, form, agents, bounds } = asked;
  const headers: Headers = {
    'user-agent': asked.userAgent,
    accept: asked.accept ?? 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.5',
    // Layouts speak the asker's language where they can; English keeps their words the same for every user.
    'accept-language': 'en',
    'accept-encoding': ACCEPT_ENCODING,
    ...(asked.cookie === undefined ? {} : { cookie: asked.cookie }),
    ...(asked.referer === undefined ? {} : { referer: asked.referer }),
    ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
  };
  return {
    isStream: true,
    method,
    headers,
    ...(form === undefined ? {} : { body: form }),
    agent: { http: agents.http, https: agents.https },
    // All of these are decided elsewhere: what follows a redirect or an error, and how a body is unpacked.
    followRedirect: false,
    throwHttpErrors: false,
    retry: { limit: 0 },
    decompress: false,
    strictContentLength: true,
    timeout: { response: bounds.response, socket: bounds.idle, request: bounds.whole },
  };
}

/** Headers as they are kept: no cookies, nothing that concerned this one connection, and a length that fits the unpacked body. */
function plainHeaders(raw: NodeJS.Dict<string | string[]>, length: number): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) {
    if (value !== undefined && !DROPPED.has(name)) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  headers['content-length'] = String(length);
  return headers;
}

const DROPPED = new Set([
  'set-cookie',
  'set-cookie2',
  'content-encoding',
  'transfer-encoding',
  'content-length',
  'connection',
  'keep-alive',
  'proxy-connection',
  'trailer',
  'upgrade',
]);
