/** The loopback journal: serves posts as a LiveJournal-code site does, and keeps account of what was asked. */
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  drawEnd,
  drawEntry,
  drawGate,
  drawLogin,
  drawMissing,
  drawMonth,
  drawRecent,
  drawYear,
  entryUrl,
  type Place,
} from './pages.js';
import { numberOf, POSTS, type Post } from './posts.js';

export interface Asked {
  method: string;
  host: string;
  path: string;
  cookie: string;
  userAgent: string;
}

export interface JournalOptions {
  posts?: Post[];
  journal?: string;
  domain?: string;
  /** Whose config leads here; LiveJournal's where not said. */
  site?: 'livejournal' | 'dreamwidth';
  /** Body of robots.txt; 404 when absent. */
  robots?: string;
  /** Running numbers of posts that the ways from post to post pass over. The posts are there, and the calendar lists them. */
  unlinked?: number[];
  /** Called before each answer; true means that it was answered. For misbehaviour. */
  before?: (asked: Asked, response: ServerResponse) => boolean | Promise<boolean>;
}

/** The cookie by which the owner is known. */
export const OWNER_COOKIE = 'ljsession=v2:u1:s2:t3';

export class LoopbackJournal {
  readonly asked: Asked[] = [];
  /** Running numbers of the entries that were shown, in that order. */
  readonly shown: number[] = [];
  readonly place: Place;
  readonly posts: Post[];
  private readonly byNumber: Map<number, Post>;

  private constructor(
    private readonly server: Server,
    private readonly options: JournalOptions,
  ) {
    const domain = options.domain ?? 'lj.test';
    const journal = options.journal ?? 'tarn_wick';
    this.posts = options.posts ?? POSTS;
    this.byNumber = new Map(this.posts.map((post) => [numberOf(post), post]));
    this.place = { scheme: 'http', host: `${journal.replaceAll('_', '-')}.${domain}`, www: `www.${domain}`, journal };
  }

  static async start(options: JournalOptions = {}): Promise<LoopbackJournal> {
    const server = createServer();
    const journal = new LoopbackJournal(server, options);
    server.on('request', (request, response) => void journal.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return journal;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get address(): string {
    return `${this.place.scheme}://${this.place.host}/`;
  }

  entryAddress(itemid: number): string {
    const post = this.posts.find((candidate) => candidate.itemid === itemid);
    if (!post) throw new Error(`no post ${itemid}`);
    return entryUrl(this.place, numberOf(post));
  }

  /** Writes the user's config that leads the site's hosts here. @param pause seconds, or `own` for the site's own */
  writeConfig(path: string, pause: number | 'own' = 0.001): string {
    const domain = this.place.www.slice('www.'.length);
    writeFileSync(
      path,
      `sites:\n  ${this.options.site ?? 'livejournal'}:\n    hosts: ["*.${domain}"]\n    scheme: http\n    server: {host: 127.0.0.1, port: ${this.port}}\n${pause === 'own' ? '' : `    pause: ${pause}\n`}`,
    );
    return path;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked: Asked = {
      method: request.method ?? 'GET',
      host: request.headers.host ?? '',
      path: request.url ?? '/',
      cookie: request.headers.cookie ?? '',
      userAgent: request.headers['user-agent'] ?? '',
    };
    this.asked.push(asked);
    request.resume();
    if (await this.options.before?.(asked, response)) return;
    const url = new URL(asked.path, `http://${asked.host}`);
    if (url.pathname === '/robots.txt') this.robots(response);
    else if (url.pathname === '/go.bml' || url.pathname === '/go') this.go(url, asked, response);
    else if (url.pathname === '/misc/adult_explicit.bml')
      this.send(response, 303, '', { location: entryUrl(this.place, 0), 'set-cookie': 'adult_explicit=1; path=/' });
    else if (url.hostname === this.place.host) this.journalPage(url, asked, response);
    else this.send(response, 404, drawMissing());
  }

  private robots(response: ServerResponse): void {
    if (this.options.robots === undefined) this.send(response, 404, 'no robots here');
    else this.send(response, 200, this.options.robots, { 'content-type': 'text/plain' });
  }

  private visible(asked: Asked): Post[] {
    return this.posts.filter((post) => post.security !== 'friends' || isOwner(asked));
  }

  private go(url: URL, asked: Asked, response: ServerResponse): void {
    const dir = url.searchParams.get('dir') === 'prev' ? 'prev' : 'next';
    const number = Number(url.searchParams.get('itemid'));
    const here = this.posts.findIndex((post) => numberOf(post) === number);
    if (here < 0) return this.send(response, 404, drawMissing());
    const unlinked = this.options.unlinked ?? [];
    const seen = new Set(this.visible(asked).filter(({ itemid }) => !unlinked.includes(itemid)));
    const step = dir === 'prev' ? -1 : 1;
    let next = here + step;
    while (this.posts[next] && !seen.has(this.posts[next] as Post)) next += step;
    const post = this.posts[next];
    if (post) this.send(response, 302, '', { location: entryUrl(this.place, numberOf(post)) });
    else this.send(response, 200, asSeenBy(asked, drawEnd(dir)));
  }

  private journalPage(url: URL, asked: Asked, response: ServerResponse): void {
    if (url.pathname === '/')
      return this.send(response, 200, drawRecent(this.place, this.visible(asked).toReversed().slice(0, 20)));
    const dated = /^\/(?:calendar|(\d{4})(?:\/(\d\d))?)\/?$/.exec(url.pathname);
    if (dated) return this.calendar(dated[1], dated[2], this.visible(asked), response);
    const number = Number(/^\/(\d+)\.html$/.exec(url.pathname)?.[1]);
    const post = this.byNumber.get(number);
    if (!post) return this.send(response, 404, drawMissing());
    if (post.security === 'friends' && !isOwner(asked)) return this.send(response, 200, drawLogin(this.place, number));
    if (post.security === 'gate' && !asked.cookie.includes('adult_explicit=1'))
      return this.send(response, 200, drawGate(this.place, number));
    const body = post.body.replace(/\{entry:(\d+)\}/g, (_, itemid) => this.entryAddress(Number(itemid)));
    this.shown.push(post.itemid);
    const page = drawEntry(this.place, post, body);
    this.send(response, 200, asSeenBy(asked, page));
  }

  /** The years by `/calendar`, which shows the last of them; one by `/2006/`, a month of it by `/2006/03/`. */
  private calendar(year: string | undefined, month: string | undefined, posts: Post[], response: ServerResponse): void {
    const last =
      posts
        .map(({ at }) => at.slice(0, 4))
        .sort()
        .at(-1) ?? '2012';
    const html = month ? drawMonth(this.place, posts, `${year}-${month}`) : drawYear(this.place, posts, year ?? last);
    this.send(response, 200, html);
  }

  private send(response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void {
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers });
    response.end(body);
  }
}

function isOwner(asked: Asked): boolean {
  return asked.cookie.includes(OWNER_COOKIE);
}

/** Pages are drawn as for a stranger, and say so. */
function asSeenBy(asked: Asked, page: string): string {
  return isOwner(asked) ? page.replace(/(<body[^>]*\b)logged-out\b/, '$1logged-in') : page;
}
