/** `ficferry review`: the page in the browser. It runs until Ctrl-C; what it does is in the room `review/`. */
import { mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { escapeHtml } from '../bundle/index.js';
import { openWithSystem } from '../common/opener.js';
import { EXIT } from '../errors.js';
import { startReview } from '../review/index.js';
import { OUTPUT } from '../run/run.js';

export interface ReviewFlags {
  out?: string;
  config?: string;
  port?: number;
  /** False with `--no-open`. */
  open: boolean;
}

export async function review(address: string | undefined, flags: ReviewFlags): Promise<void> {
  const { out, config, port } = flags;
  const options = { ...(out !== undefined && { out }), ...(config !== undefined && { config }) };
  const page = await startReview({
    options: { ...options, ...(address !== undefined && { address }) },
    ...(port !== undefined && { port }),
  });
  const stopped = firstSignal();
  process.stdout.write(`ficferry is at ${page.url} — open it in your browser. Ctrl-C ends it; nothing is lost.\n`);
  const tidy = flags.open && process.stdout.isTTY ? openPage(page.url, out ?? OUTPUT) : () => {};
  try {
    await stopped;
    process.stderr.write('Ending; a page in hand is finished first. Press Ctrl-C again to leave at once.\n');
    await page.close();
  } finally {
    tidy();
  }
}

/** Until Ctrl-C; a second one leaves at once, with whatever is under way: a vault and a bundle bear that. */
function firstSignal(): Promise<void> {
  return new Promise((resolve) => {
    let stopping = false;
    const onSignal = (): void => {
      if (stopping) process.exit(EXIT.interrupted);
      stopping = true;
      resolve();
    };
    // SIGHUP: its window was closed
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  });
}

/**
 * Opens the page in the browser. Its address holds the secret, and an address given to another program can be read by everybody on
 * this machine in the list of processes; so a file is opened that only its owner can read, and that leads there. It stands where
 * runs stand and not among the temporary files, of which a browser in a sandbox (Ubuntu's) has its own.
 * @returns takes the file away again
 */
export function openPage(url: string, folder: string): () => void {
  const file = join(resolve(folder), `open-ficferry-${process.pid}.html`);
  let made = false;
  const tidy = (): void => {
    rmSync(file, { force: true });
    // A folder that was made for this alone goes, too; it stays where a run is in it by now.
    if (made && readdirSync(folder).length === 0) rmdirSync(folder);
    made = false;
  };
  try {
    made = mkdirSync(folder, { recursive: true }) !== undefined;
    writeFileSync(file, doorTo(url), { mode: 0o600, flag: 'wx' });
    process.once('exit', tidy);
    openWithSystem(file);
    return tidy;
  } catch {
    // a disk that can't be written to: the address was printed
    return () => {};
  }
}

/** A page that leads on at once and says nothing of where it stands. */
function doorTo(url: string): string {
  const address = escapeHtml(url);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${address}">
<title>ficferry</title>
</head>
<body><p><a href="${address}">Open ficferry</a></p></body>
</html>
`;
}
