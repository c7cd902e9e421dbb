/** A journal in memory, down to its pages, and a vault in memory: for what a crawl asks, and where it keeps what it gets. */
import { loadConfig } from '../../src/config.js';
import type { CaptureRef } from '../../src/crawl/vault/vault.js';
import type { Getter } from '../../src/crawl/walk/asking.js';
import type { Store } from '../../src/crawl/walk/catalogue.js';
import { type CrawlEvent, type CrawlOptions, crawl } from '../../src/crawl/walk/crawl.js';
import { Sites } from '../../src/journal/index.js';
import type { Access, Capture, GateForm } from '../../src/model.js';

export const sites = new Sites(loadConfig());
export const HOME = 'https://lamp-room.dreamwidth.org/';

export function url(number: number): string {
  return `${HOME}${number}.html`;
}

/** The address that is really asked for. */
export function light(number: number): string {
  return `${url(number)}?format=light`;
}

export function go(number: number, dir: 'prev' | 'next'): string {
  return `https://www.dreamwidth.org/go?journal=lamp_room&itemid=${number}&dir=${dir}`;
}

export interface Post {
  subject?: string;
  tags?: string[];
  /** No date is shown where it is empty. */
  date?: string;
  /** The mark on the page; none where it is empty. */
  security?: 'public' | 'protected' | '';
  body?: string;
}

export function drawEntry(number: number, post: Post = {}): string {
  const { subject = `Post ${number}`, tags = ['fic'], date = '2004-01-03T10:12:00', security = 'public' } = post;
  const { body = 'The lamp was lit at four.' } = post;
  const links = tags.map((tag) => `<li><a rel="tag" href="${HOME}tag/${tag}">${tag}</a></li>`);
  const shown =
    date === ''
      ? ''
      : '<span class="datetime"><span class="date">Jan. 3rd, 2004</span> <span class="time">10:12 am</span></span>';
  return `<!DOCTYPE html><html><head><title>lamp_room | ${subject}</title>
${date === '' ? '' : `<meta property="article:published_time" content="${date}"/>`}
${tags.map((tag) => `<meta property="article:tag" content="${tag}"/>`).join('')}
<link rel="canonical" href="${url(number)}" /></head><body class="page-entry">
<div class="entry-wrapper ${security && `security-${security}`} journal-lamp_room poster-lamp_room" id="entry-wrapper-${number}">
<div class="entry" id="entry-${number}"><div class="header"><h3 class="entry-title"><a href="${url(number)}">${subject}</a></h3>${shown}</div>
<div class="contents"><span class="poster entry-poster"><span lj:user='lamp_room' class='ljuser'><a href='${HOME}'><b>lamp_room</b></a></span></span>
<div class="entry-content">${body}</div></div>
<div class="footer">${tags.length > 0 ? `<div class="tag"><span class="tag-text">Tags:</span><ul>${links.join('')}</ul></div>` : ''}
<ul class="entry-interaction-links"><li><a href="${url(number)}?mode=reply">Reply</a></li></ul></div></div></div></body></html>`;
}

export const LOGIN =
  '<title>Log in</title><body class="body-log-in"><h1>Log in</h1><form action="/login" method="post"><input type="hidden" name="returnto" value="x"><input name="user"><input type="password" name="password"></form>';
export const NOT_YOURS =
  '<title>Error</title><h1>Protected Entry</h1><p>Only those whom the author allows may read it.</p>';
export const END = '<title>Error</title><h1>Error</h1><p>There is no entry following this one.</p>';
export const BAN = '<title>LiveJournal Bot Policy</title><h1>Bots</h1><p>Please read our rules.</p>';

export function drawGate(number: number): string {
  return `<title>Discretion Advised</title><h1>Discretion Advised</h1><form method="POST" action="https://www.dreamwidth.org/journal/adult_concepts">
<input type="hidden" name="ret" value="${url(number)}"><input type="hidden" name="entryid" value="${number}">
<input type="submit" name="adult_check" value="Yes, I want to view this content"></form>`;
}

export function drawRecent(...numbers: number[]): string {
  return `<title>lamp_room</title><body class="page-recent">${numbers
    .map((number) =>
      drawEntry(number)
        .replace(/^.*<body[^>]*>/s, '')
        .replace('</body></html>', ''),
    )
    .join('')}</body>`;
}

export interface Reply {
  status?: number;
  html?: string;
  to?: string;
}

/** Who asks, and how often this address was asked for before in this run. */
export interface Asker {
  access: Access;
  before: number;
  passed: boolean;
}

/** Answers by exact address, view and all; a plain table of pages with functions where it matters who asks. */
export class SmallSite implements Getter {
  access: Access = { adult: false, account: false };
  /** `GET url`, `POST url`, with ` (stranger)` where the cookies stayed at home. */
  readonly asked: string[] = [];
  readonly #answers = new Map<string, Reply | ((asker: Asker) => Reply)>();
  readonly #passed = new Set<string>();
  #clock = 0;

  /** Entries in journal order, asked for in the site's first view, joined by go addresses. */
  static chain(...numbers: number[]): SmallSite {
    const site = new SmallSite();
    for (const [index, number] of numbers.entries()) {
      const [before, after] = [numbers[index - 1], numbers[index + 1]];
      site.set(light(number), { html: drawEntry(number) });
      site.set(go(number, 'prev'), before === undefined ? { html: END } : { status: 303, to: url(before) });
      site.set(go(number, 'next'), after === undefined ? { html: END } : { status: 303, to: url(after) });
    }
    return site;
  }

  set(address: string, reply: Reply | ((asker: Asker) => Reply)): this {
    this.#answers.set(address, reply);
    return this;
  }

  async get(address: string, { as = 'user' }: { as?: 'user' | 'stranger' } = {}): Promise<Capture> {
    const access = { adult: this.access.adult, account: this.access.account && as === 'user' };
    const said = `GET ${address}${as === 'stranger' ? ' (stranger)' : ''}`;
    const before = this.asked.filter((line) => line === said).length;
    this.asked.push(said);
    const answer = this.#answers.get(address) ?? { status: 404, html: '<title>Page Not Found</title>' };
    const passed = this.#passed.has(`${as} ${address}`);
    const { status = 200, html = '', to } = typeof answer === 'function' ? answer({ access, before, passed }) : answer;
    return {
      url: address,
      time: new Date(Date.UTC(2026, 0, 1) + this.#clock++ * 1000).toISOString(),
      status,
      headers: { 'content-type': 'text/html; charset=utf-8', ...(to !== undefined && { location: to }) },
      body: Buffer.from(html),
      access,
    };
  }

  async passGate(form: GateForm, from: string, { as = 'user' }: { as?: 'user' | 'stranger' } = {}): Promise<void> {
    this.asked.push(`POST ${form.action}${as === 'stranger' ? ' (stranger)' : ''}`);
    this.#passed.add(`${as} ${from}`);
  }
}

/** A vault in memory. */
export class Memory implements Store {
  readonly captures: { ref: CaptureRef; capture: Capture }[] = [];

  refs(): Iterable<CaptureRef> {
    return this.captures.map(({ ref }) => ref);
  }

  async read(ref: CaptureRef): Promise<Capture> {
    return (this.captures[ref.offset] as { capture: Capture }).capture;
  }

  async append(capture: Capture, where: 'open' | 'restricted'): Promise<CaptureRef> {
    const { url, time, status, access, use } = capture;
    const offset = this.captures.length;
    const place = { restricted: where === 'restricted', offset, length: capture.body.length };
    const ref = { url, time, status, access, ...(use && { use }), ...place };
    this.captures.push({ ref, capture });
    return ref;
  }

  /** `open url` or `restricted url`, in capture order. */
  get kept(): string[] {
    return this.captures.map(({ ref }) => `${ref.restricted ? 'restricted' : 'open'} ${ref.url}`);
  }
}

export type End = Extract<CrawlEvent, { type: 'end' }>;

/** One run from an address or a list; `error` is what it threw after its end. */
export async function run(
  site: SmallSite,
  vault: Memory,
  start: number | string | CrawlOptions['start'],
  access: Partial<Access> = {},
  options: Partial<CrawlOptions> = {},
) {
  site.asked.length = 0;
  site.access = { adult: false, account: false, ...access };
  const from = typeof start === 'object' ? start : sites.parse(typeof start === 'number' ? url(start) : start);
  const events: CrawlEvent[] = [];
  let error: unknown;
  try {
    for await (const event of crawl({ sites, vault, fetcher: site, start: from, ...options })) events.push(event);
  } catch (thrown) {
    error = thrown;
  }
  const end = events.at(-1) as End;
  return {
    events,
    end,
    error,
    asked: [...site.asked],
    kinds: end.chain.map((link) => `${link.id?.number} ${link.kind}`),
  };
}
