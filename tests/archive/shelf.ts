/** A web host on loopback with a few pages on it, for the stand-in to fetch. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands at a path: text (as UTF-8), bytes, or another address that it leads to. */
export type Shelved = string | Uint8Array | { to: string };

export class Shelf {
  /** Paths in the order in which they were asked for. */
  readonly asked: string[] = [];

  private constructor(private readonly server: Server) {}

  static async start(pages: Record<string, Shelved>, headers: Record<string, string> = {}): Promise<Shelf> {
    const server = createServer();
    const shelf = new Shelf(server);
    server.on('request', (request, response) => {
      const path = request.url ?? '/';
      shelf.asked.push(path);
      const page = pages[path] ?? pages[path.replace(/[?#].*/, '')];
      if (page === undefined) response.writeHead(404).end('not here');
      else if (typeof page === 'object' && 'to' in page) response.writeHead(302, { location: page.to }).end();
      else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(page);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return shelf;
  }

  /** Without a slash at its end. */
  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

/** A page whose labels stand in a comment and whose text stands in its own box. */
export function safePage(labels: Record<string, string>, text = '<p>The lamp was lit again.</p>'): string {
  const lines = Object.entries(labels).map(([label, value]) => `${label}: ${value}`);
  return `<html><head><meta charset="utf-8">\n<!--\n${lines.join('\n')}\n-->\n</head><body>
<div class="chapter-content">${text}</div></body></html>`;
}
