/** A site on loopback for the fetcher's tests: its server, its config, and a time that passes at once. */
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { SiteConfig } from '../../src/config/sites.js';
import { Fetcher, type FetcherInside, type FetcherOptions, type FetcherSites } from '../../src/crawl/fetch/fetcher.js';

export interface Seen {
  method: string;
  host: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
  /** The asker's end of the connection. */
  port: number | undefined;
  /** The test's own clock when it came, in ms. */
  at: number;
}
export type Handler = (request: Seen, response: ServerResponse, nth: number) => void;

/** Time that jumps instead of passing. Starts at 2026-01-01T00:00:00Z. */
export class QuickTime {
  passed = 0;
  readonly slept: number[] = [];
  now = () => Date.UTC(2026, 0, 1) + this.passed;
  ticks = () => this.passed;
  sleep = async (ms: number, signal?: AbortSignal) => {
    signal?.throwIfAborted();
    this.slept.push(ms);
    this.passed += ms;
  };
}

export interface World {
  time: QuickTime;
  seen: Seen[];
  /** Requests other than robots.txt. */
  pages(): Seen[];
  fetcher(options?: Partial<FetcherOptions>, inside?: Partial<FetcherInside>): Fetcher;
  /** How many requests were under way at the busiest moment. */
  mostAtOnce(): number;
  /** How many connections stand open now. */
  connections(): number;
  close(): Promise<void>;
}

/** Hosts `*.ferry.test` on this machine. `robots` is the text of every host's robots.txt, or answers for itself. */
export async function world(
  handler: Handler,
  { robots = '', site = {} }: { robots?: string | Handler; site?: Partial<SiteConfig> } = {},
): Promise<World> {
  const time = new QuickTime();
  const seen: Seen[] = [];
  const sockets = new Set<Socket>();
  let underWay = 0;
  let most = 0;
  const counts = new Map<string, number>();
  const server = http.createServer(async (request, response) => {
    const one: Seen = {
      method: request.method ?? '',
      host: request.headers.host ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: '',
      port: request.socket.remotePort,
      at: time.passed,
    };
    seen.push(one);
    underWay += 1;
    most = Math.max(most, underWay);
    response.on('close', () => {
      underWay -= 1;
    });
    for await (const piece of request) one.body += piece;
    const nth = (counts.get(one.host + one.path) ?? 0) + 1;
    counts.set(one.host + one.path, nth);
    if (one.path !== '/robots.txt') return handler(one, response, nth);
    if (typeof robots === 'function') return robots(one, response, nth);
    response.setHeader('content-type', 'text/plain').end(robots);
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const fetchers: Fetcher[] = [];
  return {
    time,
    seen,
    pages: () => seen.filter((one) => one.path !== '/robots.txt'),
    fetcher(options, inside) {
      const sites = fakeSites({ server: { host: '127.0.0.1', port }, ...site });
      const made = new Fetcher(
        { sites, version: '9.9', adult: false, ...options },
        { time, random: () => 0, ...inside },
      );
      fetchers.push(made);
      return made;
    },
    mostAtOnce: () => most,
    connections: () => sockets.size,
    async close() {
      await Promise.all(fetchers.map((one) => one.close()));
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Two sites: `ferry` on `*.ferry.test`, and `other` on `*.other.test`. */
export function fakeSites(site: Partial<SiteConfig>): FetcherSites {
  const config = SiteConfig.parse({
    name: 'Ferry',
    hosts: ['*.ferry.test'],
    scheme: 'http',
    addresses: { entry: ['{user}.{domain}/{number}.html'], journal: ['{user}.{domain}/'] },
    pause: 1,
    longestWait: 900,
    layouts: ['any'],
    sessionHops: ['/__setdomsess'],
    ...site,
  });
  const hostOf = (url: string) => new URL(url).hostname;
  const owns = (url: string) => {
    if (!URL.canParse(url)) return undefined;
    for (const [domain, key] of [
      ['ferry.test', 'ferry'],
      ['other.test', 'other'],
    ]) {
      if (hostOf(url) === domain || hostOf(url).endsWith(`.${domain}`)) return key;
    }
    return undefined;
  };
  return {
    site: () => config,
    owns,
    isSessionHop: (url) => owns(url) !== undefined && config.sessionHops.includes(new URL(url).pathname),
    tryParse: (url) =>
      owns(url) === undefined
        ? undefined
        : {
            site: 'ferry',
            domain: 'ferry.test',
            kind: hostOf(url) === 'www.ferry.test' ? 'other' : 'journal',
            url,
          },
  };
}

/** The error a promise rejects with; fails where it does not. */
export async function rejection(
  promise: Promise<unknown>,
): Promise<Error & { code?: string; advice?: string; exitCode?: number }> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('it was expected to fail');
}

export const text = (body: Uint8Array) => Buffer.from(body).toString('latin1');
