/** One request to the archive's import API, and what came of it. The token stands in its header and nowhere else. */
import { got, RequestError } from 'got';
import type { ArchivesFile } from '../config/archives.js';
import { FicferryError } from '../errors.js';
import type { Outcome } from './decide.js';
import type { SentItem } from './model.js';

type Bounds = ArchivesFile['archive']['api'];

export interface ApiOptions {
  /** With a slash at its end, from `archiveAddress`. */
  archive: string;
  archivist: string;
  token: string;
  /** Claims are announced to the authors by the archive's own e-mails. */
  sendClaimEmails: boolean;
  bounds: Bounds;
  /** "ficferry/1.2", so that whoever runs the archive knows what asks. */
  userAgent: string;
  signal?: AbortSignal;
}

/**
 * The archive's address with a slash at its end. A token is never sent where it could be read on the way: without TLS to this machine alone.
 * @throws FicferryError BAD_OPTION
 */
export function archiveAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const refuse = (why: string) =>
    new FicferryError(
      'BAD_OPTION',
      `--archive ${text}: ${why}`,
      'Give its address, such as https://archive.example.org',
    );
  if (!url || !/^https?:$/.test(url.protocol)) throw refuse('that is no web address');
  if (url.search || url.hash || url.username) throw refuse('an address with ?, # or a user name is no archive’s');
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    throw refuse('the token could be read on the way without https');
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}

/** An archive on this machine, to try things out with, may fetch pages from this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || /^127(?:\.\d+){3}$/.test(hostname) || hostname === '[::1]';
}

export class ImportApi {
  constructor(private readonly options: ApiOptions) {}

  /** Asks for the works imported from these very addresses, at most `urlsAtOnce`. */
  async search(urls: readonly string[]): Promise<Outcome> {
    const { bounds } = this.options;
    return await this.#post(bounds.search, { works: [{ original_urls: urls }] }, bounds.answer);
  }

  /** Sends works, at most `worksAtOnce`. Whatever stood beside them would count for each, so nothing does that need not. */
  async import(works: readonly SentItem[]): Promise<Outcome> {
    const { bounds, archivist, sendClaimEmails } = this.options;
    const pages = works.reduce((sum, { chapter_urls }) => sum + chapter_urls.length, 0);
    const body = { archivist, send_claim_emails: sendClaimEmails, works };
    return await this.#post(bounds.works, body, bounds.answer + pages * bounds.answerPage);
  }

  /** @param seconds how long an answer is waited for */
  async #post(path: string, json: object, seconds: number): Promise<Outcome> {
    const { archive, token, userAgent, signal } = this.options;
    try {
      const { statusCode, body, headers } = await got.post(new URL(path, archive), {
        json,
        headers: { authorization: `Token token="${token}"`, accept: 'application/json', 'user-agent': userAgent },
        retry: { limit: 0 },
        followRedirect: false,
        throwHttpErrors: false,
        timeout: { lookup: CONNECT, connect: CONNECT, secureConnect: CONNECT, response: seconds * 1000 },
        ...(signal && { signal }),
      });
      const retryAfter = headers['retry-after'];
      return { kind: 'answer', status: statusCode, body, ...(retryAfter !== undefined && { retryAfter }) };
    } catch (error) {
      if (signal?.aborted || !(error instanceof RequestError)) throw error;
      return failureOf(error, archive);
    }
  }
}

/** Name, connection and keys: a second or two anywhere on earth, and three lost packets over. In ms. */
const CONNECT = 20_000;

/** Before the connection stood nothing was sent. */
const UNSENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

function failureOf({ code, message, timings }: RequestError, archive: string): Outcome {
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code)) {
    const advice = 'Check its address; a token goes to nobody who can’t prove who they are.';
    throw new FicferryError('NO_ANSWER', `The certificate of ${archive} does not fit it (${code})`, advice);
  }
  const sent = !UNSENT.has(code) && timings?.phases.tcp !== undefined;
  const detail = code === 'ETIMEDOUT' ? 'it did not answer in time' : `the connection failed (${code || message})`;
  return { kind: 'failure', detail, sent };
}
