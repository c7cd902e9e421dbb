/** Who we say we are. */
import { FicferryError } from '../../errors.js';

/** The product token by which a robots.txt may address us. */
export const ROBOT = 'ficferry';

const WORD = 'An e-mail address or a web address at which you can be reached, such as --contact somebody@example.org.';

/**
 * The User-Agent: name, version, what for, and an address to write to, which the sites ask robots for.
 * @throws FicferryError BAD_OPTION where the contact is no address or would not be safe in a header
 */
export function userAgent(version: string, contact?: string): string {
  const what = "+one-off migration of an author's own journal";
  if (contact === undefined) return `${ROBOT}/${version} (${what})`;
  return `${ROBOT}/${version} (${what}; contact: ${checkContact(contact)})`;
}

/** An address as it may stand inside the comment of a User-Agent: printable ASCII without brackets, spaces or quotes. */
export function checkContact(contact: string): string {
  const text = contact.trim();
  // 254 is the longest address that mail can be sent to (RFC 5321); it also bounds the patterns below.
  const safe = text.length <= 254 && /^[!-~]+$/.test(text) && !/[()<>"\\;]/.test(text);
  if (!safe || !(isMail(text) || isWeb(text))) {
    throw new FicferryError('BAD_OPTION', '--contact is neither an e-mail address nor a web address', WORD);
  }
  return text;
}

function isMail(text: string): boolean {
  return /^[^@,:/]+@[^@,:/.]+(\.[^@,:/.]+)+$/.test(text);
}

function isWeb(text: string): boolean {
  if (!/^https?:\/\//i.test(text)) return false;
  if (!URL.canParse(text)) return false;
  const { hostname, username, password } = new URL(text);
  return hostname.includes('.') && username === '' && password === '';
}

/** The refusal to go to a live site unnamed. */
export function noContact(siteName: string): FicferryError {
  return new FicferryError(
    'NO_CONTACT',
    `${siteName} asks robots for an address to write to, and none was given`,
    WORD,
  );
}
