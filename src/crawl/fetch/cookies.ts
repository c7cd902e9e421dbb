/** The user's own cookies, as a browser's `cookies.txt`, and the jar of one site. Values never leave in words. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { asDiskError, FicferryError } from '../../errors.js';

/** One cookie of the file. */
export interface UserCookie {
  /** Without a leading dot, lower case. */
  domain: string;
  /** Whether it goes to the hosts below the domain too. */
  below: boolean;
  path: string;
  secure: boolean;
  httpOnly: boolean;
  /** Seconds since 1970; absent for a cookie that lasts as long as a browser is open. */
  expires?: number;
  name: string;
  value: string;
}

const EXPORT =
  'Log in with a browser, export its cookies for the site in the Netscape format (cookies.txt), and give that file with --cookies.';

/**
 * Cookies that these sites, and the counters on them, give to anybody. A file with no others was exported while
 * logged out. Whatever else a file holds for a site counts as a login: to take a login for none would be the worse mistake,
 * since locked entries would pass for public ones.
 */
const ANYBODYS = ['ljuniq', 'langpref', 'adult_concepts', 'adult_explicit', 'prop_opt_readability', '_gid'];
const ANYBODYS_PREFIXES = ['_ga', '_ym_', '__utm'];

/** The cookies of one file. They stand in a private field, so that no log and no JSON shows them. */
export class CookieFile {
  readonly #cookies: UserCookie[];

  constructor(
    /** The file's name, for messages. */
    readonly file: string,
    cookies: UserCookie[],
  ) {
    this.#cookies = cookies;
  }

  /** The unexpired cookies for hosts that `mine` accepts. @param now ms since 1970 */
  live(mine: (host: string) => boolean, now: number): UserCookie[] {
    return this.#cookies.filter((cookie) => mine(cookie.domain) && !isOver(cookie, now));
  }

  /** Whether the file holds an unexpired login for hosts that `mine` accepts. */
  hasLogin(mine: (host: string) => boolean, now: number): boolean {
    return this.live(mine, now).some((cookie) => isLogin(cookie.name));
  }

  /**
   * The same cookies, where they are of use.
   * @param site the site's name for people
   * @throws FicferryError BAD_COOKIES where there are none for the site, no login among them, or a login that ran out
   */
  login(site: string, mine: (host: string) => boolean, now: number): UserCookie[] {
    const live = this.live(mine, now);
    if (live.some((cookie) => isLogin(cookie.name))) return live;
    const over = this.#cookies.filter((cookie) => mine(cookie.domain) && isLogin(cookie.name));
    if (over.length > 0) {
      const last = Math.max(...over.map((cookie) => cookie.expires ?? 0));
      throw new FicferryError('BAD_COOKIES', `${this.file}: the login for ${site} ran out on ${day(last)}`, EXPORT);
    }
    const what = live.length > 0 ? `cookies for ${site}, but no login` : `no cookies for ${site}`;
    throw new FicferryError('BAD_COOKIES', `${this.file} holds ${what}`, EXPORT);
  }
}

function isOver(cookie: UserCookie, now: number): boolean {
  return cookie.expires !== undefined && cookie.expires * 1000 <= now;
}

/** Whether a cookie may be what makes the user known to the site. */
export function isLogin(name: string): boolean {
  return !ANYBODYS.includes(name) && !ANYBODYS_PREFIXES.some((prefix) => name.startsWith(prefix));
}

function day(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

/** Reads a `cookies.txt`. @throws FicferryError NOT_FOUND, BAD_COOKIES or DISK */
export async function readCookieFile(path: string): Promise<CookieFile> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOENT' && code !== 'EISDIR') throw asDiskError(error, path);
    throw new FicferryError('NOT_FOUND', `There is no file ${path} to read cookies from`, EXPORT, { cause: error });
  }
  return parseCookieFile(text, basename(path));
}

/**
 * Reads the Netscape format: seven fields set apart by tabs (domain, subdomains too, path, secure, expiry, name, value),
 * `#` comments, and `#HttpOnly_` before the domain of a cookie that scripts may not see.
 * @throws FicferryError BAD_COOKIES naming file and line, never a value
 */
export function parseCookieFile(text: string, file: string): CookieFile {
  const cookies: UserCookie[] = [];
  for (const [index, raw] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const httpOnly = raw.startsWith(HTTP_ONLY);
    const line = httpOnly ? raw.slice(HTTP_ONLY.length) : raw;
    if (line.trim() === '' || (!httpOnly && line.startsWith('#'))) continue;
    const cookie = parseLine(line);
    if (typeof cookie === 'string') {
      throw new FicferryError('BAD_COOKIES', `${file}, line ${index + 1}: ${cookie}`, EXPORT);
    }
    cookies.push({ ...cookie, httpOnly });
  }
  if (cookies.length === 0) throw new FicferryError('BAD_COOKIES', `${file} holds no cookies`, EXPORT);
  return new CookieFile(file, cookies);
}

const HTTP_ONLY = '#HttpOnly_';

/** One line as a cookie, or what is wrong with it. */
function parseLine(line: string): Omit<UserCookie, 'httpOnly'> | string {
  const fields = line.split('\t');
  // Editors that trim line ends take the last tab of an empty value with them.
  if (fields.length === 6) fields.push('');
  if (fields.length !== 7) return `seven fields set apart by tabs were expected, not ${fields.length}`;
  const [domain, below, path, secure, expiry, name, value] = fields.map((field) => field.trim()) as Seven;
  const bare = domain.replace(/^\./, '').toLowerCase();
  if (!/^[a-z0-9.-]+$/.test(bare)) return 'the first field is no host';
  if (!isFlag(below)) return 'the second field is neither TRUE nor FALSE';
  if (!path.startsWith('/')) return 'the third field is no path';
  if (!isFlag(secure)) return 'the fourth field is neither TRUE nor FALSE';
  if (!/^-?\d{1,15}(\.\d{1,9})?$/.test(expiry)) return 'the fifth field is no time in seconds';
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) return 'the sixth field is no name of a cookie';
  if (!/^[!-:<-~ ]*$/.test(value)) return 'the seventh field holds characters that no cookie may have';
  const expires = Math.floor(Number(expiry));
  return {
    domain: bare,
    below: isTrue(below) || domain.startsWith('.'),
    path,
    secure: isTrue(secure),
    // 0, and -1 with some exporters: a cookie for as long as the browser is open.
    ...(expires > 0 ? { expires } : {}),
    name,
    value,
  };
}

type Seven = [string, string, string, string, string, string, string];

function isFlag(text: string): boolean {
  return /^(true|false)$/i.test(text);
}

function isTrue(text: string): boolean {
  return text.toLowerCase() === 'true';
}
