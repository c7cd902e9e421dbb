/** Whether a bundle's pages stand where the archive will fetch them, before anything is sent. */
import { got } from 'got';
import PQueue from 'p-queue';
import type { OpenBundle } from '../bundle/index.js';
import { FicferryError } from '../errors.js';
import type { Parcel } from './model.js';

/** The pages are on the archivist's own host; a browser asks for as many at once. */
const AT_ONCE = 4;
/** In ms: the archive itself gives up after so long. */
const PATIENCE = 60_000;
/** So many are named. */
const NAMED = 5;

/**
 * Asks for every page once.
 * @returns how many stand there in another form than the bundle has them, as where a host adds a script of its own
 * @throws FicferryError NO_PAGES where any is missing
 */
export async function checkPages(
  parcels: readonly Parcel[],
  read: OpenBundle['read'],
  userAgent: string,
  tell: (done: number, of: number) => void,
  signal?: AbortSignal,
): Promise<number> {
  const pages = parcels.flatMap(({ work, item }) =>
    item.chapter_urls.map((url, index) => ({ url, path: work.chapters[index]?.page as string })),
  );
  const missing: string[] = [];
  let changed = 0;
  let done = 0;
  const queue = new PQueue({ concurrency: AT_ONCE });
  const check = async ({ url, path }: (typeof pages)[number]): Promise<void> => {
    if (missing.length >= NAMED) return; // enough to know
    const bytes = await pageAt(url, userAgent, signal);
    if (typeof bytes === 'string') missing.push(`${url} ${bytes}`);
    else if (!bytes.equals(await read(path))) changed++;
    tell(++done, pages.length);
  };
  await Promise.all(pages.map((page) => queue.add(() => check(page))));
  if (missing.length === 0) return changed;
  throw new FicferryError(
    'NO_PAGES',
    `Pages are not where the archive would look for them: ${missing.slice(0, NAMED).join('; ')}`,
    'Put the folder that "ficferry site" wrote on your host, or check --base-url. Nothing was sent.',
  );
}

/** Its bytes, or why there are none. */
async function pageAt(url: string, userAgent: string, signal?: AbortSignal): Promise<Buffer | string> {
  try {
    const { statusCode, rawBody } = await got(url, {
      headers: { 'user-agent': userAgent },
      retry: { limit: 2 },
      throwHttpErrors: false,
      timeout: { request: PATIENCE },
      ...(signal && { signal }),
    });
    return statusCode === 200 ? Buffer.from(rawBody) : `answers ${statusCode}`;
  } catch (error) {
    if (signal?.aborted) throw error;
    return `does not answer (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`;
  }
}
