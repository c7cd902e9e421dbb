/** A host of pictures on this machine, at an address of its own (127.0.0.x), that keeps account of what was asked and how. */
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Requested {
  path: string;
  headers: IncomingHttpHeaders;
}
export type PictureHandler = (response: ServerResponse, requested: Requested) => void;

/** The least of each kind that its first bytes show: enough for what looks at those alone. */
export const PICTURES = {
  // One white pixel, whole, so that a browser shows it.
  png: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==',
    'base64',
  ),
  gif: Buffer.from('R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64'),
  jpg: Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex'),
  webp: Buffer.concat([Buffer.from('RIFF'), Buffer.from([4, 0, 0, 0]), Buffer.from('WEBPVP8 ')]),
} as const;

export const HTML = '<!DOCTYPE html><title>Gone</title><p>This picture has moved to our new and better service.</p>';

/** Answers with these bytes under this label. */
export function give(body: Uint8Array | string, type = 'image/png', status = 200): PictureHandler {
  return (response) => response.writeHead(status, { 'content-type': type }).end(body);
}

export function lead(to: string, status = 302): PictureHandler {
  return (response) => response.writeHead(status, { location: to }).end();
}

export class PictureHost {
  readonly requested: Requested[] = [];
  readonly #sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly address: string,
  ) {}

  /** @param paths what stands where; anything else is a 404, robots.txt too */
  static async start(address: string, paths: Record<string, PictureHandler>): Promise<PictureHost> {
    const server = createServer();
    const host = new PictureHost(server, address);
    server.on('request', (request, response) => {
      const requested = { path: request.url ?? '', headers: request.headers };
      host.requested.push(requested);
      // Of a handler that never ends, since its asker left
      response.on('error', () => {});
      (paths[requested.path] ?? give('nothing here', 'text/plain', 404))(response, requested);
    });
    server.on('connection', (socket) => {
      host.#sockets.add(socket);
      socket.on('error', () => {}).on('close', () => host.#sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, address, resolve));
    return host;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  url(path: string): string {
    return `http://${this.address}:${this.port}${path}`;
  }

  /** Paths asked for, without robots.txt, in order. */
  get paths(): string[] {
    return this.requested.map(({ path }) => path).filter((path) => path !== '/robots.txt');
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}
