/** Notices that the site does not take the user's cookies, before a walk is made in vain. */
import { FicferryError } from '../errors.js';
import type { Capture, Reading } from '../model.js';

/**
 * Login pages in a row that mean expired cookies in the middle of a run: one may be an entry for others' eyes, and an owner's
 * chain does not lead to three of those in a row.
 */
const MOST_LOGIN_PAGES = 3;

export class LoginWatch {
  #pages = 0;
  #inARow = 0;

  /**
   * Looks at one answer. A locked page that asks for a password is a login page: one that a logged-in asker may not read
   * says so without asking.
   * @throws FicferryError COOKIES_EXPIRED when the first page asked for with cookies is a login page, or three in a row are
   */
  see(capture: Capture, reading: Reading): void {
    if (!capture.access.account || reading.kind === 'redirect' || reading.kind === 'end') return;
    const login = reading.kind === 'locked' && asksForPassword(capture.body);
    this.#inARow = login ? this.#inARow + 1 : 0;
    this.#pages++;
    if (!login || (this.#pages > 1 && this.#inARow < MOST_LOGIN_PAGES)) return;
    throw new FicferryError(
      'COOKIES_EXPIRED',
      `The site asks to log in at ${capture.url}, so it no longer takes these cookies`,
      'Log in with your browser, export the cookies again, and run the same command with the new file. Nothing is lost.',
    );
  }
}

function asksForPassword(body: Uint8Array): boolean {
  return /type\s?=\s?["']?password\b/i.test(
    Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1'),
  );
}
