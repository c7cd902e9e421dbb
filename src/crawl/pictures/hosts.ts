/**
 * The hosts of pictures. A journal site's own are asked as the site is, at its pace. All others are strangers to the user:
 * they get no cookie, no referrer and no contact address, and are asked only where they are of the public internet.
 */
import { EXIT, FicferryError } from '../../errors.js';
import type { Capture } from '../../model.js';
import { locationOf, plain } from '../add/ess.js';
import { type Answer, BOUNDS, type Bounds } from '../fetch/exchange.js';
import { Fetcher, type FetcherOptions } from '../fetch/fetcher.js';
import { userAgent } from '../fetch/identity.js';
import { type Jars, type LineInside, LineStopped, SiteLine } from '../fetch/line.js';
import { Pace, realTime } from '../fetch/pace.js';
import { mayReach, publicAgents, type Resolve } from '../fetch/public.js';
import type { Failure } from '../fetch/retry.js';
import { Robots } from '../fetch/robots.js';
import type { ImagesConfig } from './stored.js';

export interface PictureHostsOptions
  extends Pick<FetcherOptions, 'sites' | 'version' | 'contact' | 'onWait' | 'signal'> {
  images: ImagesConfig;
  /** Seconds of pause after each response; lengthens every host's own and never shortens it. */
  delay?: number;
  /** The host of a journal that the user declares to be theirs. */
  mine?: string;
}

/** What tests put in place of the real thing. */
export interface PictureHostsInside extends Omit<LineInside, 'bounds'> {
  bounds: Partial<Bounds>;
  resolve: Resolve;
}

/** No answer that could be kept; `why` is a clause for people. The next run asks again. */
export class Unanswered extends Error {
  constructor(readonly why: string) {
    super(why);
  }
}

/** Pictures are small beside the time that a page may take to be built. The whole: the largest picture at 170 KB a second. */
const PICTURE_BOUNDS = { response: 30_000, idle: 20_000, whole: 120_000 };
/** Enough to outlast a hiccup; a picture that fails twice is left to the next run, and the others go on. */
const TRIES = 2;
/** After so many failures one upon the other a host is left to the next run. */
const MOST_TROUBLES = 2;
/** What no other picture of the host would fare better with. */
const HOPELESS: ReadonlySet<Failure | undefined> = new Set<Failure>(['unreachable', 'untrusted', 'not-public']);
/** RFC 9309, 2.3.1.2. */
const MOST_ROBOTS_REDIRECTS = 5;

const NO_JARS: Jars = { header: async () => undefined, keep: async () => {} };

interface Host {
  name: string;
  line: SiteLine;
  robots: Map<string, Promise<Robots>>;
}

/** How a host has answered so far in this run. */
interface Standing {
  /** Failures since the last answer. */
  troubles: number;
  /** Why nothing more is asked of it. */
  leftAlone?: string;
}

export class PictureHosts {
  readonly #options: PictureHostsOptions;
  readonly #inside: LineInside;
  readonly #resolve: Resolve | undefined;
  readonly #fetcher: Fetcher;
  readonly #hosts = new Map<string, Host>();
  readonly #standings = new Map<string, Standing>();

  /** @throws FicferryError BAD_OPTION where the contact is no address */
  constructor(options: PictureHostsOptions, inside: Partial<PictureHostsInside> = {}) {
    const { time = realTime, random = Math.random, bounds, resolve } = inside;
    this.#options = options;
    this.#resolve = resolve;
    const own = { ...PICTURE_BOUNDS, body: options.images.largest, ...bounds };
    this.#inside = { time, random, bounds: { ...BOUNDS, ...own } };
    // Without cookies on the journal's own hosts too: whoever wrote a post chose the address, and a login is not theirs to use
    this.#fetcher = new Fetcher({ ...options, adult: false }, { time, random, bounds: own });
  }

  /** Whose pace an address is asked at. `site` is the key of a known site. */
  whose(url: string): { key: string; site?: string } {
    const site = this.#options.sites.owns(url);
    return site === undefined ? { key: new URL(url).hostname } : { key: site, site };
  }

  /** Whether nothing is asked of this address's host any more, and why. */
  leftAlone(url: string): string | undefined {
    return this.#standingOf(url).leftAlone;
  }

  /**
   * Asks for one address; redirects come back as captures with an absolute `location`.
   * @throws Unanswered; FicferryError NO_CONTACT; the signal's reason
   */
  async ask(url: string): Promise<Capture> {
    const { leftAlone } = this.#standingOf(url);
    if (leftAlone !== undefined) throw new Unanswered(leftAlone);
    if (this.#options.sites.isSessionHop(url)) throw new Unanswered('its address is a step of a login');
    const capture = await (this.whose(url).site === undefined ? this.#askHost(url) : this.#askSite(url));
    return { ...capture, use: 'picture' };
  }

  async close(): Promise<void> {
    await this.#fetcher.close();
    for (const { line } of this.#hosts.values()) line.close();
  }

  async #askSite(url: string): Promise<Capture> {
    try {
      const capture = await this.#fetcher.get(url);
      this.#standingOf(url).troubles = 0;
      return capture;
    } catch (error) {
      if (error instanceof LineStopped) throw this.#trouble(url, error);
      if (error instanceof FicferryError && error.exitCode === EXIT.stopped) throw new Unanswered(error.message);
      throw error;
    }
  }

  async #askHost(url: string): Promise<Capture> {
    const asked = plain(url);
    const host = this.#hostOf(asked);
    const rule = (await this.#robotsOf(host, asked)).against(asked);
    if (rule) throw new Unanswered(`robots.txt of ${new URL(asked).host} says "${rule.text}"`);
    const answer = await this.#answer(host, asked, 'a picture');
    const location = locationOf(answer, asked);
    return {
      url: asked,
      time: new Date(this.#inside.time.now()).toISOString(),
      status: answer.status,
      headers: location === undefined ? answer.headers : { ...answer.headers, location },
      body: answer.body,
      access: { adult: false, account: false },
    };
  }

  async #answer(host: Host, url: string, what: string): Promise<Answer> {
    try {
      const answer = await host.line.ask({ method: 'GET', url, as: 'stranger', what, shown: url });
      this.#standingOf(url).troubles = 0;
      return answer;
    } catch (error) {
      throw error instanceof LineStopped ? this.#trouble(url, error) : error;
    }
  }

  #standingOf(url: string): Standing {
    const { hostname } = new URL(url);
    const known = this.#standings.get(hostname);
    if (known) return known;
    const fresh: Standing = { troubles: 0 };
    this.#standings.set(hostname, fresh);
    return fresh;
  }

  #trouble(url: string, { code, failure, why }: LineStopped): Unanswered {
    if (failure === 'too-large') return new Unanswered(`it is larger than ${this.#options.images.largest / 1e6} MB`);
    const standing = this.#standingOf(url);
    const said = `${new URL(url).host} gave no usable answer: ${why}`;
    const hopeless = HOPELESS.has(failure) || code === 'WAIT_TOO_LONG';
    if (++standing.troubles >= MOST_TROUBLES || hopeless) standing.leftAlone = said;
    return new Unanswered(said);
  }

  #hostOf(url: string): Host {
    const name = new URL(url).hostname;
    const known = this.#hosts.get(name);
    if (known) return known;
    const { images, version, delay = 0, onWait, signal } = this.#options;
    const { time, bounds } = this.#inside;
    const line = new SiteLine({
      ...this.#inside,
      userAgent: userAgent(version),
      accept: 'image/*,*/*;q=0.5',
      mostTries: TRIES,
      pace: new Pace(images.pause, delay, images.longestWait, time),
      longestWait: images.longestWait,
      jars: NO_JARS,
      agents: publicAgents(mayReach(images.allow), bounds.connect, this.#resolve),
      onWait: (wait) => onWait?.(wait),
      signal,
    });
    const host: Host = { name, line, robots: new Map() };
    this.#hosts.set(name, host);
    return host;
  }

  // ------------------------------------------------------------ robots.txt

  #robotsOf(host: Host, url: string): Promise<Robots> {
    const { origin } = new URL(url);
    const known = host.robots.get(origin);
    if (known) return known;
    const fresh = this.#readRobots(host, origin);
    host.robots.set(origin, fresh);
    return fresh;
  }

  /** Redirects are followed on the same host alone: where they lead elsewhere, there is no file of this host's. */
  async #readRobots(host: Host, origin: string): Promise<Robots> {
    const robotsUrl = `${origin}/robots.txt`;
    let url: string | undefined = robotsUrl;
    let answer: Answer | undefined;
    try {
      for (let redirects = 0; url !== undefined && redirects <= MOST_ROBOTS_REDIRECTS; redirects++) {
        answer = await this.#answer(host, url, 'robots.txt');
        const location: string | undefined = locationOf(answer, url);
        url = location !== undefined && new URL(location).hostname === host.name ? plain(location) : undefined;
      }
    } catch (error) {
      // Rules that can't be read forbid everything (RFC 9309, 2.3.1.4)
      if (error instanceof Unanswered) {
        const standing = this.#standingOf(robotsUrl);
        standing.leftAlone ??= `its robots.txt could not be read: ${error.why}`;
      }
      throw error;
    }
    const robots = Robots.of(robotsUrl, answer ?? { status: 404, body: new Uint8Array() });
    host.line.pace.atLeast(robots.crawlDelay ?? 0);
    return robots;
  }
}
