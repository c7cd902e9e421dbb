/** A preview of the site on this machine, or what stands behind a tunnel. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OpenBundle } from '../bundle/index.js';
import { FicferryError } from '../errors.js';
import { type SiteFile, siteFiles } from './files.js';

export interface Preview {
  /** `http://127.0.0.1:PORT/` */
  url: string;
  close(): Promise<void>;
}

/**
 * Serves the site's files on 127.0.0.1 and nothing else of the disk; only GET and HEAD.
 * @param port 0 takes any that is free
 * @param onRequest told of each request, for the terminal
 * @throws FicferryError BAD_OPTION where the port is taken
 */
export async function serveSite(
  open: OpenBundle,
  port: number,
  onRequest: (line: string) => void = () => {},
): Promise<Preview> {
  const files = new Map(siteFiles(open).map((file) => [`/${file.path}`, file]));
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://preview.invalid');
    const file = files.get(pathname === '/' ? '/index.html' : pathname);
    const status = request.method !== 'GET' && request.method !== 'HEAD' ? 405 : file ? 200 : 404;
    onRequest(`${request.method} ${pathname} ${status}`);
    const body = status === 200 ? await (file as SiteFile).read().catch(() => undefined) : Buffer.from(`${status}\n`);
    response.writeHead(body === undefined ? 500 : status, {
      'content-type': status === 200 ? (file as SiteFile).type : 'text/plain',
      'x-robots-tag': 'noindex',
      // A page is read as it is: nothing of it runs, whatever stands in it.
      'content-security-policy': "default-src 'none'",
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  await listen(server, port);
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}/`,
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'is in use' : `can't be used (${error.code})`;
      reject(
        new FicferryError('BAD_OPTION', `Port ${port} ${why}`, 'Choose another with --port, or leave it out.', {
          cause: error,
        }),
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}
