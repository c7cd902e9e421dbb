/** Notices that the site does not take the user's cookies, before a walk is made in vain and its answers pass for the user's. */
import { FicferryError } from '../../errors.js';
import type { Capture, Reading } from '../../model.js';
import { isForStranger, type LoggedOut } from './stranger.js';

/**
 * Login pages in a row that mean expired cookies in the middle of a run: one may be an entry for others' eyes, and an owner's
 * chain does not lead to three of those in a row.
 */
const MOST_LOGIN_PAGES = 3;
/** Answers without any sign of a login, after a page for strangers: no walk goes on in vain for longer. */
const MOST_IN_DOUBT = 100;

export interface LoginWatchOptions {
  /** The marks of the site of an address; undefined for a site without known ones. */
  marksOf: (url: string) => LoggedOut | undefined;
  /** Whether the vault holds the same page as the user's with the same marks: then the marks say nothing on this server. */
  wasMarkedForUser: (url: string, marks: LoggedOut) => Promise<boolean>;
}

export class LoginWatch {
  #pages = 0;
  #inARow = 0;
  #answers = 0;
  /** The first page under cookies that was made for a stranger, while nothing showed that the login works. */
  #doubted: string | undefined;
  /**
   * `unknown`: nothing shows yet whether the site knows the user. `known`: an ordinary page was not made for a stranger, so
   * a mark from now on means that the login ran out. `taken`: the login works, whatever marks ordinary pages bear.
   */
  #login: 'unknown' | 'known' | 'taken' = 'unknown';

  constructor(private readonly options: LoginWatchOptions) {}

  /** Whether what the site answers now is known to be its answer to the user. */
  get isProven(): boolean {
    return this.#login !== 'unknown';
  }

  /**
   * Whether an answer itself shows that the site knows the user. One that bears no marks, such as a redirect, shows nothing: it may
   * be the first after the login ran out.
   */
  shows(capture: Capture, reading: Reading): boolean {
    return this.#login === 'taken' || !this.options.marksOf(capture.url) || showsPage(reading);
  }

  /**
   * Looks at one answer. A locked page that asks for a password is a login page: one that a logged-in asker may not read
   * says so without asking.
   * @throws FicferryError COOKIES_EXPIRED when the first page asked for with cookies is a login page, or three in a row are;
   * when a site that knew the user takes them for a stranger; when a hundred answers show no sign of the login
   */
  async see(capture: Capture, reading: Reading): Promise<void> {
    if (!capture.access.account) return;
    const marks = this.options.marksOf(capture.url);
    if (!marks) this.#login = 'known';
    else if (reading.kind !== 'redirect') await this.#lookForMarks(capture, reading, marks);
    if (++this.#answers >= MOST_IN_DOUBT) this.end();
    if (reading.kind === 'redirect') return;
    if (reading.kind === 'end') return;
    const login = reading.kind === 'locked' && asksForPassword(capture.body);
    this.#inARow = login ? this.#inARow + 1 : 0;
    this.#pages++;
    if (!login || (this.#pages > 1 && this.#inARow < MOST_LOGIN_PAGES)) return;
    throw expired(`The site asks to log in at ${capture.url}`);
  }

  /** To be called when a walk is through. @throws FicferryError COOKIES_EXPIRED where pages for a stranger are all there was */
  end(): void {
    if (this.#doubted !== undefined && !this.isProven) throw forStranger(this.#doubted);
  }

  async #lookForMarks({ url, body }: Capture, reading: Reading, marks: LoggedOut): Promise<void> {
    const opened = reading.kind === 'entry' && reading.entry.security === 'restricted';
    const marked = isForStranger(body, marks);
    if (marked) this.#doubted ??= url;
    if (opened || (showsPage(reading) && !marked)) {
      // a login does not come back: marks before this page were none
      const trusted = this.#login === 'known' || (this.#login === 'unknown' && !opened);
      this.#login = trusted && this.#doubted === undefined ? 'known' : 'taken';
    } else if (marked && this.#login === 'known') throw forStranger(url);
    else if (marked && !this.isProven && (await this.options.wasMarkedForUser(url, marks))) this.#login = 'taken';
  }
}

/** An ordinary page of the site, which bears the marks where it bears them at all. */
function showsPage({ kind }: Reading): boolean {
  return kind === 'entry' || kind === 'list' || kind === 'end';
}

function forStranger(url: string): FicferryError {
  return expired(`The site answers ${url} as it answers somebody who is not logged in`);
}

function expired(what: string): FicferryError {
  return new FicferryError(
    'COOKIES_EXPIRED',
    `${what}, so it no longer takes these cookies`,
    'Log in with your browser, export the cookies again, and run the same command with the new file. Nothing is lost.',
  );
}

function asksForPassword(body: Uint8Array): boolean {
  return /type\s?=\s?["']?password\b/i.test(
    Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1'),
  );
}
