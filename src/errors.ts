/** What a run can end with, as the shell sees it. Documented in README, "Exit codes". */
export const EXIT = {
  done: 0,
  bug: 1,
  usage: 2,
  stopped: 3,
  look: 4,
  damaged: 5,
  disk: 6,
  interrupted: 130,
} as const;
export type ExitName = keyof typeof EXIT;

/** Every way in which ficferry fails on purpose. The code names the cause, the exit its class. */
const CODES = {
  // the user's
  BAD_ADDRESS: 'usage',
  UNKNOWN_SITE: 'usage',
  NO_CONTACT: 'usage',
  BAD_OPTION: 'usage',
  BAD_CONFIG: 'usage',
  BAD_DECISIONS: 'usage',
  BAD_COOKIES: 'usage',
  OUT_TAKEN: 'usage', // --out belongs to another journal
  OUT_BUSY: 'usage', // another run is at work there
  NO_VAULT: 'usage',
  NOT_FOUND: 'usage', // a file the user named
  BAD_PEOPLE: 'usage', // people.csv is no such table, or names somebody twice
  BAD_TAGS: 'usage', // a tag table is none
  BAD_PAGE: 'usage', // a saved page is no list of works
  NO_PAGES: 'usage', // the pages of a bundle do not stand where --base-url says
  BAD_TOKEN: 'usage', // the archive does not know the token, or the archivist
  NO_API: 'usage', // there is no import API at that address
  BAD_LEDGER: 'damaged', // push.jsonl is not what ficferry wrote
  UNFIT: 'usage', // a work breaks a limit of the archive and only the author can mend it
  // the site's
  NO_ANSWER: 'stopped',
  ROBOTS: 'stopped',
  BANNED: 'stopped',
  WAIT_TOO_LONG: 'stopped',
  JOURNAL_GONE: 'stopped',
  NO_START: 'stopped',
  COOKIES_EXPIRED: 'stopped',
  // the disk's
  VAULT_DAMAGED: 'damaged',
  BUNDLE_DAMAGED: 'damaged',
  DISK: 'disk',
} as const satisfies Record<string, ExitName>;
export type ErrorCode = keyof typeof CODES;

/**
 * An error meant for a person: `message` says what is wrong and where, `advice` what to do.
 * Anything thrown that is not a FicferryError is a bug of ours and ends with exit 1.
 */
export class FicferryError extends Error {
  override readonly name = 'FicferryError';
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly advice?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
  get exitCode(): number {
    return EXIT[CODES[this.code]];
  }
}

/** Turns the system's "disk full", "not permitted" and the like into our own, and lets others pass. */
export function asDiskError(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
  const said = DISK_TROUBLE[code];
  if (!said) return error;
  return new FicferryError(
    'DISK',
    `${said}: ${path}`,
    'Free some space or choose another folder with --out, then run the same command again.',
    {
      cause: error,
    },
  );
}

const DISK_TROUBLE: Record<string, string> = {
  ENOSPC: 'The disk is full',
  EDQUOT: 'Your share of the disk is used up',
  EACCES: 'ficferry may not write here',
  EPERM: 'ficferry may not write here',
  EROFS: 'This disk can only be read',
  EIO: 'The disk reports an error',
  ENOTDIR: 'A file stands where a folder is needed',
};
