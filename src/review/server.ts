/**
 * The server behind the page, for one person on this machine.
 *
 * It listens on 127.0.0.1 alone, but every page of every site that she has open can send requests there. So it answers to its own
 * address and no other name (a name that was bent to 127.0.0.1 is refused), to its own page and no other site's, and shows and does
 * nothing without the secret, which the page has from its address and sends in a header: no site can make a browser send that.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type ErrorCode, EXIT, FicferryError } from '../errors.js';
import type { Refusal } from './model.js';
import { plainly } from './plainly.js';
import { ROUTES, type Rooms, type Route } from './routes.js';

/** The whole of what answers without the secret: nothing of hers is in it. */
const SHELL: Record<string, { file: string; type: string }> = {
  '/': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/index.html': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/app.js': { file: 'app.js', type: 'text/javascript; charset=utf-8' },
  '/style.css': { file: 'style.css', type: 'text/css; charset=utf-8' },
};

const HEADERS = {
  'content-security-policy':
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'x-robots-tag': 'noindex',
};

/** The longest body, in bytes: thousands of edits, or some long texts. */
const LONGEST_BODY = 8 * 2 ** 20;

export interface Listening {
  /** `http://127.0.0.1:PORT/#SECRET` */
  url: string;
  close(): Promise<void>;
}

/**
 * @param pageFolder the built page: index.html, app.js and style.css
 * @param port 0 takes any that is free
 * @throws FicferryError BAD_OPTION where the port can't be had
 */
export async function listen(rooms: Rooms, pageFolder: string, port = 0): Promise<Listening> {
  const secret = randomBytes(32).toString('base64url');
  let host = '';
  const server = createServer((request, response) => {
    const place = { host, secret, pageFolder };
    answer(request, rooms, place)
      .catch((error: unknown) => refusal(statusOf(error), error instanceof Refused ? error.said : plainly(error)))
      .then((reply) => send(request, response, reply))
      .catch(() => response.destroy());
  });
  await opened(server, port);
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const closed = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://${host}/#${secret}`, close: closed };
}

interface Place {
  /** With its port. */
  host: string;
  secret: string;
  pageFolder: string;
}

interface Reply {
  status: number;
  type: string;
  body: string | Buffer;
  headers?: Record<string, string>;
}

async function answer(request: IncomingMessage, rooms: Rooms, place: Place): Promise<Reply> {
  const { method = '', headers, url = '' } = request;
  const origin = `http://${place.host}`;
  if (headers.host !== place.host) return refusal(403, { message: 'This is not the address of the page' });
  if (headers.origin !== undefined && headers.origin !== origin)
    return refusal(403, { message: 'Another page may not ask this one for anything' });
  // not a URL that names another host, nor one that has to be tidied first
  const path = /^(\/[a-z./]*)(?:\?|$)/.exec(url)?.[1];
  if (path === undefined) return NOT_HERE;
  const shell = Object.hasOwn(SHELL, path) ? SHELL[path] : undefined;
  if (shell) {
    if (method !== 'GET' && method !== 'HEAD') return notSo('GET, HEAD');
    return { status: 200, type: shell.type, body: await readFile(join(place.pageFolder, shell.file)) };
  }
  if (!path.startsWith('/api/')) return NOT_HERE;
  if (!isSecret(headers['x-ficferry-secret'], place.secret))
    return refusal(403, {
      message: 'Open the page by the address that ficferry printed',
      advice: 'It ends in "#" and a key.',
    });
  const routes = ROUTES.filter((route) => path === `/api/${route.path}`);
  if (routes.length === 0) return NOT_HERE;
  const route = routes.find((one) => one.method === method);
  if (!route) return notSo(routes.map((one) => one.method).join(', '));
  const asked = method === 'GET' ? queryOf(new URL(url, origin)) : await bodyOf(request);
  return { status: 200, type: JSON_TYPE, body: JSON.stringify(await answered(route, asked, rooms)) };
}

async function answered(route: Route, asked: unknown, rooms: Rooms): Promise<unknown> {
  const { data, error } = route.takes.safeParse(asked);
  const issue = error?.issues[0];
  if (!issue) return (await route.answer(data, rooms)) ?? {};
  const where = [route.path, ...issue.path.map(String)].join(' → ');
  throw new Refused(400, { message: `${where}: ${issue.message}` });
}

/** One value for each name; a name that comes twice is no question of the page's. */
function queryOf({ searchParams }: URL): Record<string, string> {
  const query: Record<string, string> = Object.create(null);
  for (const [name, value] of searchParams) {
    if (name in query) throw new Refused(400, { message: `“${name}” was said twice` });
    query[name] = value;
  }
  return { ...query };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new Refused(415, { message: 'Only JSON is taken' });
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request) {
    length += (piece as Buffer).length;
    if (length > LONGEST_BODY) throw new Refused(413, { message: 'That is more than can be decided at once' });
    pieces.push(piece as Buffer);
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8'));
  } catch (error) {
    throw new Refused(400, { message: 'What was sent is no JSON' }, { cause: error });
  }
}

/** Compared by digests, so that the time tells nothing. */
function isSecret(said: string | string[] | undefined, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return typeof said === 'string' && timingSafeEqual(digest(said), digest(secret));
}

// ---------------------------------------------------------------- replies

const JSON_TYPE = 'application/json; charset=utf-8';

/** A request that is none of the page's. */
class Refused extends Error {
  constructor(
    readonly status: number,
    readonly said: Refusal['error'],
    options?: ErrorOptions,
  ) {
    super(said.message, options);
  }
}

const STATUSES: Partial<Record<ErrorCode, number>> = {
  NOT_FOUND: 404,
  NO_VAULT: 404,
  OUT_BUSY: 409,
  BAD_DECISIONS: 409,
};

function statusOf(error: unknown): number {
  if (error instanceof Refused) return error.status;
  if (!(error instanceof FicferryError)) return 500;
  return STATUSES[error.code] ?? (error.exitCode === EXIT.usage ? 400 : 500);
}

function refusal(status: number, error: Refusal['error']): Reply {
  return { status, type: JSON_TYPE, body: JSON.stringify({ error } satisfies Refusal) };
}

const NOT_HERE = refusal(404, { message: 'There is nothing at this address' });

function notSo(allow: string): Reply {
  return { ...refusal(405, { message: 'This is not asked for so' }), headers: { allow } };
}

function send(request: IncomingMessage, response: ServerResponse, { status, type, body, headers }: Reply): void {
  // what was not read of a request that is refused is not waited for
  const more = request.complete ? {} : { connection: 'close' };
  response.writeHead(status, {
    ...HEADERS,
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    ...headers,
    ...more,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function opened(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'is in use' : `can't be used (${error.code})`;
      const advice = 'Choose another with --port, or leave it out.';
      reject(new FicferryError('BAD_OPTION', `Port ${port} ${why}`, advice, { cause: error }));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}
