/** How the stand-in fetches the addresses that it is given. */
import { ImportFailure } from './dates.js';

export interface FetchRules {
  /** Tests serve their pages on loopback; the archive refuses it. */
  allowLoopback: boolean;
  /** The archive's own hosts, with their ports. */
  ownHosts: string[];
}

/** The bytes behind an address, redirects followed. What the server says of their charset is not looked at. */
export async function fetchPage(address: string, rules: FetchRules): Promise<Uint8Array> {
  const url = checked(address, rules);
  let answer: Response;
  try {
    answer = await fetch(url, { signal: AbortSignal.timeout(60_000) });
  } catch {
    throw nothing(address);
  }
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (!answer.ok || Buffer.from(bytes).toString('latin1').trim() === '') throw nothing(address);
  return bytes;
}

function checked(address: string, rules: FetchRules): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw new ImportFailure(`${address} is no address on the web.`);
  if (rules.ownHosts.includes(url.host)) throw new ImportFailure('URL is for a work on the Archive.');
  const loopback = url.hostname === 'localhost' || url.hostname.startsWith('127.');
  if (loopback && !rules.allowLoopback) throw new ImportFailure(`${address} can't be reached from the Archive.`);
  if (!loopback && !url.hostname.includes('.')) throw new ImportFailure(`${address} names no host on the web.`);
  return url;
}

function nothing(address: string): ImportFailure {
  return new ImportFailure(`We couldn't download anything from ${address}.`);
}
