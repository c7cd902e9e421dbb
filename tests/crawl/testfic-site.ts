/**
 * A Dreamwidth on loopback: the saved journal in `../shared/pages/dreamwidth`, served as the running site served it
 * (its README and `journal-pages.md` say how), and an account of every request. Pages that were never saved, which
 * only the owner or somebody past an adult notice sees, are drawn here in words of our own.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { shared } from '../outside.js';

/** The saved pages, or undefined where they are not at hand. */
export const SAVED = shared('pages/dreamwidth/');

export interface Row {
  file: string;
  number: number;
  security: 'public' | 'friends' | 'private';
  /** The adult notice before it. */
  notice?: 'explicit' | 'concepts';
}

/** Every row of `chain.tsv`, in journal order. */
export function rowsOf(folder: string): Row[] {
  const [, ...lines] = readFileSync(`${folder}journal/chain.tsv`, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [, file, number, , security] = line.split('\t') as [string, string, string, string, Row['security']];
    const notice = file === 'explicit.html' ? 'explicit' : file === 'concepts.html' ? 'concepts' : undefined;
    return { file, number: Number(number), security, ...(notice && { notice }) };
  });
}

export interface Request {
  method: string;
  host: string;
  /** With the query. */
  path: string;
}

interface Reply {
  status: number;
  html?: string;
  location?: string;
  cookie?: string;
}

const OWNER = 'ljsession=v2:u2:s7:tOwnWords';
const NAMED = '/2011/06/30/named-address.html';

export class TestficSite {
  /** robots.txt is not among them. */
  readonly requests: Request[] = [];
  /** Cookie values are not taken any more, and whoever shows them is a stranger. */
  loggedOut = false;
  /** The saved pages are a stranger's; the owner is served them without the marks of that, unless this is set. */
  marksEverybody = false;
  readonly #rows: Row[];
  readonly #byNumber: Map<number, Row>;
  /** `ljuniq` and entry, for notices that were passed. */
  readonly #passed = new Set<string>();

  private constructor(
    private readonly server: Server,
    private readonly folder: string,
  ) {
    this.#rows = rowsOf(folder);
    this.#byNumber = new Map(this.#rows.map((row) => [row.number, row]));
  }

  static async start(folder: string): Promise<TestficSite> {
    const server = createServer();
    const site = new TestficSite(server, folder);
    server.on('request', (request, response) => void site.#serve(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return site;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** A user's config that leads Dreamwidth's hosts here. */
  writeConfig(path: string): string {
    const { port } = this.server.address() as AddressInfo;
    const server = `{host: 127.0.0.1, port: ${port}}`;
    writeFileSync(path, `sites: {dreamwidth: {hosts: ["*.dw.test"], scheme: http, server: ${server}, pause: 0.001}}\n`);
    return path;
  }

  /** The owner's cookies.txt. */
  writeCookies(path: string): string {
    const [name, value] = OWNER.split('=');
    writeFileSync(path, `# Netscape HTTP Cookie File\n#HttpOnly_.dw.test\tTRUE\t/\tFALSE\t0\t${name}\t${value}\n`);
    return path;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    const path = request.url ?? '/';
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (path !== '/robots.txt') this.requests.push({ method: request.method ?? '', host, path });
    const reply = this.#reply(request, new URL(path, `http://${host}`), Buffer.concat(chunks).toString());
    if (!this.marksEverybody && this.#isOwner(request) && reply.html !== undefined) reply.html = forOwner(reply.html);
    if (reply.location !== undefined) response.setHeader('location', reply.location);
    if (reply.cookie !== undefined) response.setHeader('set-cookie', `${reply.cookie}; domain=.dw.test; path=/`);
    response.writeHead(reply.status, { 'content-type': 'text/html; charset=utf-8' });
    response.end(reply.html ?? '');
  }

  #reply(request: IncomingMessage, url: URL, body: string): Reply {
    const cookies = request.headers.cookie ?? '';
    const owner = this.#isOwner(request);
    const browser = /\bljuniq=([^;]+)/.exec(cookies)?.[1];
    if (url.pathname === '/robots.txt') return this.#missing();
    if (url.hostname === 'www.dw.test') {
      if (url.pathname === '/go') return this.#go(url, owner);
      if (url.pathname.startsWith('/journal/adult_') && request.method === 'POST') return this.#pass(body, browser);
      return this.#missing();
    }
    if (url.hostname !== 'testfic.dw.test') return this.#missing();
    if (url.pathname === '/') return this.#page('layouts/ciel/recent.html');
    const number = url.pathname === NAMED ? 11129 : Number(/^\/(\d+)\.html$/.exec(url.pathname)?.[1]);
    const row = this.#byNumber.get(number);
    return row ? this.#entry(row, owner, browser) : this.#missing();
  }

  #isOwner(request: IncomingMessage): boolean {
    return (request.headers.cookie ?? '').includes(OWNER) && !this.loggedOut;
  }

  /** 303 with the next row that the asker may see, keeping the view; at an end 200 with an "Error" page. */
  #go(url: URL, owner: boolean): Reply {
    const dir = url.searchParams.get('dir');
    const here = this.#byNumber.get(Number(url.searchParams.get('itemid')));
    if (!here || url.searchParams.get('journal') !== 'testfic') return this.#missing();
    const rows = dir === 'next' ? this.#rows : this.#rows.toReversed();
    const next = rows.slice(rows.indexOf(here) + 1).find((row) => owner || row.security === 'public');
    if (!next) return this.#page(dir === 'next' ? 'go/last_next.html' : 'go/first_prev.html');
    const format = url.searchParams.get('format');
    return {
      status: 303,
      location: `http://testfic.dw.test/${next.number}.html${format ? `?format=${format}` : ''}`,
    };
  }

  #entry(row: Row, owner: boolean, browser: string | undefined): Reply {
    if (row.security !== 'public') {
      if (!owner) return this.#page(`journal/${row.file}`, 403);
      return { status: 200, html: draw(row, 'A note for the harbour', 'Only for those who were there that night.') };
    }
    if (!row.notice) return this.#page(`journal/${row.file}`);
    if (!browser || !this.#passed.has(`${browser} ${row.number}`)) {
      const notice = this.#page(`journal/${row.file}`);
      return browser ? notice : { ...notice, cookie: `ljuniq=browser${this.#passed.size}${row.number}` };
    }
    if (row.notice === 'explicit') return this.#page('gate/explicit_after.html');
    return { status: 200, html: draw(row, 'Fic: Undertow', 'The tide took the lower steps while they argued.') };
  }

  /** Holds for one entry and one browser; the form has to come whole, with the button that was pressed. */
  #pass(body: string, browser: string | undefined): Reply {
    const fields = new URLSearchParams(body);
    const row = this.#byNumber.get(Number(fields.get('entryid')));
    if (!row || !browser || !fields.get('adult_check') || !fields.get('lj_form_auth')) return this.#missing();
    this.#passed.add(`${browser} ${row.number}`);
    return { status: 303, location: fields.get('ret') ?? 'http://www.dw.test/' };
  }

  #page(file: string, status = 200): Reply {
    return { status, html: readFileSync(this.folder + file, 'utf8') };
  }

  #missing(): Reply {
    return { status: 404, html: '<title>Page Not Found</title><p>Nothing lives at this address.</p>' };
  }
}

/** A saved page with the marks that it bears for somebody who is logged in. */
function forOwner(html: string): string {
  return html.replaceAll('"has_remote":0', '"has_remote":1').replace(/(<body[^>]*\b)logged-out\b/, '$1logged-in');
}

/** An entry page as the site's default layout marks it up, with the marks that tell who may read it. */
function draw({ number, security }: Row, subject: string, text: string): string {
  const address = `http://testfic.dw.test/${number}.html`;
  const mark = { public: 'public', friends: 'protected', private: 'private' }[security];
  return `<!DOCTYPE html>
<html lang="en"><head><title>testfic | ${subject}</title>
<meta property="og:title" content="${subject}"/><meta property="og:url" content="${address}"/>
<meta property="article:published_time" content="2005-01-09T23:11:00"/>
<meta property="article:tag" content="fic"/>
<link rel="canonical" href="${address}" /></head>
<body class="page-entry logged-in"><div id="content">
<div class="entry-wrapper security-${mark} journal-type-P poster-testfic journal-testfic has-subject" id="entry-wrapper-${number}">
<div class="entry" id="entry-${number}"><div class="inner">
<div class="header"><h3 class="entry-title"><a title="${subject}" href="${address}">${subject}</a></h3>
<span class="datetime"><span class="date">Jan. 9th, 2005</span> <span class="time">11:11 pm</span></span></div>
<div class="contents"><span class="poster entry-poster"><span lj:user='testfic' class='ljuser'><a href='http://testfic.dw.test/'><b>testfic</b></a></span></span>
<div class="entry-content">${text}</div></div>
<div class="footer"><div class="tag"><span class="tag-text">Tags:</span><ul><li><a rel="tag" href="http://testfic.dw.test/tag/fic">fic</a></li></ul></div>
<ul class="entry-interaction-links"><li><a href="${address}?mode=reply">Reply</a></li></ul></div>
</div></div></div></div></body></html>`;
}
