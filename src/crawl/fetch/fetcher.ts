/**
 * The only way to a site: one request at a time, a pause after each, its robots.txt kept, and an honest name.
 * What is asked for and what an answer means are others' business.
 */
import type { SiteConfig } from '../../config/sites.js';
import { FicferryError } from '../../errors.js';
import type { Sites } from '../../journal/index.js';
import type { Access, Capture, GateForm } from '../../model.js';
import { isWebAddress, locationOf, plain, shortened } from '../add/ess.js';
import { isLoopback, siteAgents } from './agent.js';
import type { CookieFile } from './cookies.js';
import { type Answer, BOUNDS, type Bounds } from './exchange.js';
import { noContact, userAgent } from './identity.js';
import { type Asker, SiteJars } from './jars.js';
import { type Ask, type LineInside, SiteLine, type Wait } from './line.js';
import { Pace, realTime } from './pace.js';
import { closesAll, forbidden, Robots, type RobotsPlan, type RobotsRule, unread } from './robots.js';
import { withoutSecrets, withoutSecretsIn } from './secrets.js';

/** The questions a fetcher has for the sites. */
export type FetcherSites = Pick<Sites, 'site' | 'owns' | 'tryParse' | 'isSessionHop'>;

export interface FetcherOptions {
  sites: FetcherSites;
  /** ficferry's own version, for the User-Agent. */
  version: string;
  /** An address to write to; every site but a server of one's own on loopback needs one. */
  contact?: string;
  /** Seconds of pause after each response; lengthens the site's own and never shortens it. */
  delay?: number;
  /** The user's own cookies. */
  cookies?: CookieFile;
  /** The user's own declaration of age. */
  adult: boolean;
  /** The host of a journal that the user declares to be theirs, or to have leave for. */
  mine?: string;
  /** Called before every wait other than the usual pause. */
  onWait?(wait: Wait): void;
  /** Leaves at once: everything under way rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** What tests put in place of the real thing. */
export type FetcherInside = Omit<LineInside, 'bounds'> & { bounds: Partial<Bounds> };

/** A login takes two or three hops from host to host; more is a circle. */
const MOST_HOPS = 6;
/** RFC 9309, 2.3.1.2. */
const MOST_ROBOTS_REDIRECTS = 5;

/** One site as this run deals with it. */
interface Dealings {
  key: string;
  config: SiteConfig;
  jars: SiteJars;
  line: SiteLine;
}

export class Fetcher {
  readonly #options: FetcherOptions;
  readonly #userAgent: string;
  readonly #inside: LineInside;
  /** What this run shows: adulthood, and a login for any of the known sites. The same to its end, whatever runs out meanwhile. */
  readonly access: Access;
  readonly #dealings = new Map<string, Promise<Dealings>>();
  readonly #robots = new Map<string, Promise<Robots>>();

  /** @throws FicferryError BAD_OPTION where the contact is no address */
  constructor(options: FetcherOptions, inside: Partial<FetcherInside> = {}) {
    this.#options = options;
    this.#userAgent = userAgent(options.version, options.contact);
    const { time = realTime, random = Math.random, bounds } = inside;
    this.#inside = { time, random, bounds: { ...BOUNDS, ...bounds } };
    const known = (host: string) => options.sites.owns(`https://${host}/`) !== undefined;
    this.access = { adult: options.adult, account: options.cookies?.hasLogin(known, time.now()) ?? false };
  }

  /**
   * Asks for one address. Redirects come back as captures, with an absolute `location`; only a login's hops are
   * followed, and leave no trace in what is returned, thrown or told.
   * @param as `stranger` leaves the user's cookies at home
   * @throws FicferryError BAD_ADDRESS, NO_CONTACT, BAD_COOKIES, ROBOTS, NO_ANSWER, WAIT_TOO_LONG, COOKIES_EXPIRED
   */
  async get(url: string, { as = 'user' }: { as?: Asker } = {}): Promise<Capture> {
    const dealings = await this.#dealingsOf(url);
    const asked = plain(url);
    const request: Ask = { method: 'GET', url: asked, as, what: asked, shown: asked, page: true };
    for (let hops = 0; hops < MOST_HOPS; ) {
      await this.#mustBeAllowed(dealings, request);
      let answer = await dealings.line.ask(request);
      let location = locationOf(answer, asked);
      if (!this.#isHop(location)) return this.#capture(dealings, asked, answer, location, as);
      for (; this.#isHop(location) && hops < MOST_HOPS; hops++) {
        if (this.#options.sites.owns(location) !== dealings.key) throw loginFails(dealings, 'leads to another site');
        const hop: Ask = { ...request, url: plain(location), what: 'a step of the login', page: false };
        await this.#mustBeAllowed(dealings, hop);
        answer = await dealings.line.ask(hop);
        location = locationOf(answer, hop.url);
      }
      const elsewhere = location !== undefined && !this.#isHop(location) && plain(location) !== asked;
      // A login may begin at an address of its own, which leads through the hops to the page: the way there, without them.
      if (elsewhere) return this.#capture(dealings, asked, redirectOnly(answer), location, as);
    }
    throw loginFails(dealings, 'goes round in circles');
  }

  /**
   * Sends the form behind an adult notice, which is the user's own declaration of age. The answer isn't kept, only
   * the cookies that it sets; the caller then asks for the page again.
   * @param from the address of the page that showed the form
   * @throws FicferryError BAD_OPTION where adulthood was not declared, BAD_ADDRESS where the form leads off the site
   */
  async passGate(form: GateForm, from: string, { as = 'user' }: { as?: Asker } = {}): Promise<void> {
    if (!this.#options.adult) {
      throw new FicferryError(
        'BAD_OPTION',
        `${shortened(from)} stands behind an adult notice`,
        'With --adult you declare that you are of age, and ficferry passes such notices.',
      );
    }
    const dealings = await this.#dealingsOf(from);
    const action = URL.canParse(form.action, from) ? new URL(form.action, from).href : '';
    if (this.#options.sites.owns(action) !== dealings.key) {
      throw new FicferryError('BAD_ADDRESS', `The adult notice at ${plain(from)} leads off ${dealings.config.name}`);
    }
    await dealings.line.ask({
      method: 'POST',
      url: plain(action),
      as,
      what: 'the form of an adult notice',
      shown: plain(from),
      form: new URLSearchParams(form.fields).toString(),
      referer: plain(from),
    });
  }

  /**
   * Reads the robots.txt of an address's host, once a run, and says what will be kept to. A rule against the address
   * is told in `allowed`; `get` is what refuses.
   * @throws FicferryError ROBOTS where the file can't be read (5xx, no answer), and as `get`
   */
  async plan(url: string): Promise<RobotsPlan> {
    const dealings = await this.#dealingsOf(url);
    const asked = plain(url);
    const { host } = new URL(asked);
    const robots = await this.#robotsOf(dealings, asked);
    const rule = robots.against(asked);
    const refusal = this.#refusal(asked, rule, asked);
    const { crawlDelay, source } = robots;
    return {
      host,
      allowed: refusal === undefined,
      liftedByMine: rule !== undefined && refusal === undefined,
      ...(refusal && { refusal }),
      ...(crawlDelay === undefined ? {} : { crawlDelay }),
      pauseSeconds: dealings.line.pace.pause,
      source,
    };
  }

  /** Closes idle connections; a run that is over need not wait for them. */
  async close(): Promise<void> {
    for (const dealings of await Promise.allSettled(this.#dealings.values())) {
      if (dealings.status === 'fulfilled') dealings.value.line.close();
    }
  }

  // ------------------------------------------------------------ the site

  /** How this run deals with the site of an address; decided at the first address and the same from then on. */
  #dealingsOf(url: string): Promise<Dealings> {
    const key = isWebAddress(url) ? this.#options.sites.owns(plain(url)) : undefined;
    if (key === undefined) {
      throw new FicferryError(
        'BAD_ADDRESS',
        `${shortened(url)} is on none of the known sites, and nothing else is asked`,
      );
    }
    const known = this.#dealings.get(key);
    if (known) return known;
    const fresh = this.#dealWith(key);
    this.#dealings.set(key, fresh);
    return fresh;
  }

  async #dealWith(key: string): Promise<Dealings> {
    const { sites, contact, cookies, adult, delay = 0, onWait, signal } = this.#options;
    const config = sites.site(key);
    const live = config.server === undefined || !isLoopback(config.server.host);
    if (live && contact === undefined) throw noContact(config.name);
    const ofSite = (host: string) => sites.owns(`https://${host}/`) === key;
    const own = cookies?.login(config.name, ofSite, this.#inside.time.now()) ?? [];
    const jars = await SiteJars.of(ofSite, own, adult ? config.adultCookies : {}, {
      https: config.scheme === 'https',
      now: () => this.#inside.time.now(),
    });
    return {
      key,
      config,
      jars,
      line: new SiteLine({
        ...this.#inside,
        userAgent: this.#userAgent,
        pace: new Pace(config.pause, delay, config.longestWait, this.#inside.time),
        longestWait: config.longestWait,
        jars,
        agents: siteAgents(config.server, this.#inside.bounds.connect),
        onWait: (wait) => onWait?.(wait),
        signal,
      }),
    };
  }

  // ------------------------------------------------------------ robots.txt

  async #mustBeAllowed(dealings: Dealings, request: Ask): Promise<void> {
    const rule = (await this.#robotsOf(dealings, request.url)).against(request.url);
    const refusal = this.#refusal(request.url, rule, request.what);
    if (refusal) throw refusal;
  }

  /** Why a rule keeps us from an address, unless there is none or the user's declaration lifts it. */
  #refusal(url: string, rule: RobotsRule | undefined, what: string): FicferryError | undefined {
    const { origin, host, hostname } = new URL(url);
    if (!rule || this.#lifts(rule, hostname)) return undefined;
    return forbidden(host, what, rule, this.#options.sites.tryParse(`${origin}/`)?.kind === 'journal');
  }

  /** The user's declaration lifts the one rule that closes the one host they named. */
  #lifts(rule: RobotsRule, hostname: string): boolean {
    return closesAll(rule) && this.#options.mine?.toLowerCase() === hostname;
  }

  #robotsOf(dealings: Dealings, url: string): Promise<Robots> {
    const { origin } = new URL(url);
    const known = this.#robots.get(origin);
    if (known) return known;
    const fresh = this.#readRobots(dealings, origin);
    this.#robots.set(origin, fresh);
    return fresh;
  }

  /** Asked for as a stranger, since rules don't depend on who asks, and a login's hops would stand in the way. */
  async #readRobots(dealings: Dealings, origin: string): Promise<Robots> {
    const robotsUrl = `${origin}/robots.txt`;
    let url: string | undefined = robotsUrl;
    let answer: Answer = { status: 404, headers: {}, setCookies: [], body: new Uint8Array() };
    for (let redirects = 0; url !== undefined && redirects <= MOST_ROBOTS_REDIRECTS; redirects++) {
      answer = await this.#askForRobots(dealings, url);
      const location = locationOf(answer, url);
      url = location !== undefined && this.#options.sites.owns(location) === dealings.key ? plain(location) : undefined;
    }
    const robots = Robots.of(robotsUrl, answer);
    dealings.line.pace.atLeast(robots.crawlDelay ?? 0);
    return robots;
  }

  async #askForRobots(dealings: Dealings, url: string): Promise<Answer> {
    try {
      return await dealings.line.ask({ method: 'GET', url, as: 'stranger', what: 'robots.txt', shown: url });
    } catch (error) {
      if (error instanceof FicferryError && error.code === 'NO_ANSWER') throw unread(new URL(url).host, error);
      throw error;
    }
  }

  /** By its own date, or since the site took it back. */
  #loginIsOver(dealings: Dealings): FicferryError {
    const ofSite = (host: string) => this.#options.sites.owns(`https://${host}/`) === dealings.key;
    const isDue = this.#options.cookies?.hasLogin(ofSite, this.#inside.time.now()) === false;
    return loginFails(dealings, isDue ? 'has run out' : 'is no longer taken by the site');
  }

  #isHop(location: string | undefined): location is string {
    return location !== undefined && this.#options.sites.isSessionHop(location);
  }

  async #capture(
    dealings: Dealings,
    url: string,
    answer: Answer,
    location: string | undefined,
    as: Asker,
  ): Promise<Capture> {
    if (as === 'user' && !(await dealings.jars.stillKnown())) throw this.#loginIsOver(dealings);
    const { status, headers, body } = answer;
    const { keys } = dealings.jars;
    const shown = Object.entries(headers).map(([name, value]) => [name, withoutSecretsIn(value, keys)]);
    return {
      url,
      time: new Date(this.#inside.time.now()).toISOString(),
      status,
      headers: { ...Object.fromEntries(shown), ...(location !== undefined && { location }) },
      body: withoutSecrets(body, keys, dealings.config.sessionHops),
      access: { adult: this.#options.adult, account: dealings.jars.account(url, as) },
    };
  }
}

/** The last answer of a login's hops as a bare redirect: nothing else of it is the asked address's own. */
function redirectOnly(answer: Answer): Answer {
  return { status: answer.status, headers: { 'content-length': '0' }, setCookies: [], body: new Uint8Array() };
}

function loginFails({ config }: Dealings, how: string): FicferryError {
  return new FicferryError(
    'COOKIES_EXPIRED',
    `The login at ${config.name} ${how}`,
    'Log in with a browser again, export fresh cookies and run the same command again.',
  );
}
