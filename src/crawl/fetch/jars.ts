import { Cookie, CookieJar } from 'tough-cookie';
import { isLogin, type UserCookie } from './cookies.js';

/** As whom an address is asked for: with all that the user gave, or as somebody the site doesn't know. */
export type Asker = 'user' | 'stranger';

/**
 * The cookies of one site, in memory only: the user's own and what the site sets. A stranger has a jar apart.
 * The site's hosts bound both, in place of a list of public suffixes that knows nothing of a server of one's own.
 */
export class SiteJars {
  readonly #user: CookieJar;
  readonly #stranger: CookieJar;
  readonly #keys = new Set<string>();

  private constructor(
    private readonly ofSite: (host: string) => boolean,
    private readonly cookies: readonly UserCookie[],
    private readonly adult: Record<string, string>,
    private readonly world: { https: boolean; now: () => number },
  ) {
    this.#user = emptyJar();
    // Without an account everybody is a stranger, and one jar serves: an adult notice is passed by a cookie in it.
    this.#stranger = cookies.length > 0 ? emptyJar() : this.#user;
  }

  /**
   * @param ofSite whether a host is one of the site's
   * @param cookies the user's own for this site
   * @param adult cookies that declare adulthood, by name; empty where that was not declared
   * @param world.https the site is served over https: then the user's cookies never go over http, whatever the file says
   * @param world.now ms since 1970, by the run's own clock
   */
  static async of(
    ofSite: (host: string) => boolean,
    cookies: UserCookie[],
    adult: Record<string, string>,
    world: { https: boolean; now: () => number },
  ): Promise<SiteJars> {
    const jars = new SiteJars(ofSite, cookies, adult, world);
    for (const cookie of cookies) {
      await put(jars.#user, cookie, cookie.secure || world.https);
      if (isLogin(cookie.name)) jars.#keys.add(cookie.value);
    }
    return jars;
  }

  /** Values by which the site knows the user, as far as the file or the site gave them; none without an account. */
  get keys(): ReadonlySet<string> {
    return this.#keys;
  }

  /** Whether an address asked for so is answered to the user's login. */
  account(url: string, as: Asker): boolean {
    return this.cookies.length > 0 && as === 'user' && !(this.world.https && url.startsWith('http:'));
  }

  /** The Cookie header for an address, or undefined where there is nothing to send. */
  async header(url: string, as: Asker): Promise<string | undefined> {
    const cookies = await this.#live(this.#jar(as), url);
    const held = new Set(cookies.map((cookie) => cookie.key));
    const pairs = cookies.map((cookie) => cookie.cookieString());
    for (const [name, value] of Object.entries(this.adult)) if (!held.has(name)) pairs.push(`${name}=${value}`);
    return pairs.length > 0 ? pairs.join('; ') : undefined;
  }

  /** Keeps what an answer set. Cookies for domains beyond the site's hosts, and ill-formed ones, are dropped. */
  async keep(url: string, setCookies: readonly string[], as: Asker): Promise<void> {
    for (const text of setCookies) {
      const cookie = Cookie.parse(text);
      if (!cookie || (cookie.domain && !this.ofSite(cookie.domain.replace(/^\./, '')))) continue;
      await this.#jar(as).setCookie(byDate(cookie, this.world.now()), url, { ignoreError: true });
      if (as === 'user' && this.cookies.length > 0 && isLogin(cookie.key)) this.#keys.add(cookie.value);
    }
  }

  /** False once all cookies that made the user known to the site have run out, or were taken back by it. */
  async stillKnown(): Promise<boolean> {
    for (const { domain, path, name } of this.cookies) {
      const held = await this.#live(this.#user, `https://${domain}${path}`);
      if (isLogin(name) && held.some((cookie) => cookie.key === name)) return true;
    }
    return this.cookies.length === 0;
  }

  /** By the run's clock: the jar's own looks at the machine's. */
  async #live(jar: CookieJar, url: string): Promise<Cookie[]> {
    const cookies = await jar.getCookies(url, { expire: false });
    return cookies.filter((cookie) => (cookie.expiryTime() ?? Number.POSITIVE_INFINITY) > this.world.now());
  }

  #jar(as: Asker): CookieJar {
    return as === 'user' ? this.#user : this.#stranger;
  }
}

function emptyJar(): CookieJar {
  return new CookieJar(undefined, { rejectPublicSuffixes: false, allowSpecialUseDomain: true });
}

/** A cookie's lifetime as a date: the jar counts a Max-Age from when the cookie was last sent. */
function byDate(cookie: Cookie, now: number): Cookie {
  if (typeof cookie.maxAge !== 'number') return cookie;
  cookie.expires = new Date(now + cookie.maxAge * 1000);
  cookie.maxAge = null;
  return cookie;
}

async function put(jar: CookieJar, cookie: UserCookie, secure: boolean): Promise<void> {
  const { name, value, path, httpOnly, below, domain, expires } = cookie;
  const whole = new Cookie({
    key: name,
    value,
    path,
    secure,
    httpOnly,
    domain: below ? domain : null,
    expires: expires === undefined ? 'Infinity' : new Date(expires * 1000),
  });
  await jar.setCookie(whole, `${secure ? 'https' : 'http'}://${domain}/`);
}
