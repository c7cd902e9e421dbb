export { CookieFile, parseCookieFile, readCookieFile } from './cookies.js';
export { Fetcher, type FetcherInside, type FetcherOptions } from './fetcher.js';
export { checkContact } from './identity.js';
export type { Wait } from './line.js';
export { realTime, type Time } from './pace.js';
export type { RobotsPlan } from './robots.js';
export { type CaptureRef, type Place, Vault, type VaultOptions } from './vault.js';
