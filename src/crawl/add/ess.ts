/** Addresses as they are asked for and as they may be shown. */

/** Whether an address can be asked for at all: http or https, and no password in it. */
export function isWebAddress(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, username, password } = new URL(url);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
}

/** An address as it is asked for: normalised, without a fragment. */
export function plain(url: string): string {
  const parsed = new URL(url);
  parsed.hash = '';
  return parsed.href;
}

/** Somebody's input fit for one line of a terminal. */
export function shortened(text: string): string {
  return text.replace(/[^\x21-\x7e]/g, '?').slice(0, 200);
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Where a redirect leads, absolute; undefined for any other answer and for what is no address. */
export function locationOf(
  answer: { status: number; headers: Record<string, string> },
  url: string,
): string | undefined {
  const { location } = answer.headers;
  if (!REDIRECTS.has(answer.status) || location === undefined) return undefined;
  // Node reads headers as Latin-1; sites write UTF-8.
  const text = Buffer.from(location, 'latin1').toString('utf8');
  return URL.canParse(text, url) ? new URL(text, url).href : undefined;
}
