/** STAND-IN until the merge: the server is written beside this branch. It serves nothing but says where it is, and has the jobs. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunOptions } from '../run.js';
import { Jobs } from './job.js';

export interface Review {
  /** `http://127.0.0.1:PORT/#SECRET` */
  url: string;
  close(): Promise<void>;
}

export async function startReview({
  options,
  port,
}: {
  options: RunOptions & { address?: string };
  port?: number;
}): Promise<Review> {
  const jobs = new Jobs({ options, run: undefined, onRun: () => {}, onVault: () => {} });
  const server = createServer((_, response) => response.end());
  await new Promise<void>((resolve) => server.listen(port ?? 0, '127.0.0.1', resolve));
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}/#stand-in`,
    close: async () => {
      await jobs.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
