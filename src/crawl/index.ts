export { type AddOptions, type AddSummary, addPath } from './add/add.js';
export { CookieFile, parseCookieFile, readCookieFile } from './fetch/cookies.js';
export { Fetcher, type FetcherInside, type FetcherOptions } from './fetch/fetcher.js';
export { checkContact } from './fetch/identity.js';
export type { Wait } from './fetch/line.js';
export { realTime, type Time } from './fetch/pace.js';
export type { RobotsPlan } from './fetch/robots.js';
export { type Holder, type Lock, lockOut, lockSite, type SiteLockOptions } from './lock/lock.js';
export { PictureHosts, type PictureHostsOptions } from './pictures/hosts.js';
export {
  fetchPictures,
  type PictureEnd,
  type PictureEvent,
  type PicturePlan,
  planPictures,
  type WantedPicture,
} from './pictures/pass.js';
export { type NoPicture, type StoredPicture, storedPicture } from './pictures/stored.js';
export { type CaptureRef, type Place, Vault, type VaultOptions } from './vault/vault.js';
export { chainAccount, type JournalAccount, whyNeverMet } from './walk/account.js';
export type { CalendarEnd } from './walk/calendar.js';
export { type CrawlEvent, type CrawlOptions, crawl } from './walk/crawl.js';
export { type Break, type Stretch, storedCalendar, stretchesOf } from './walk/offline.js';
export { entriesOf, readStory, type StoredEntry } from './walk/replay.js';
export { addressesIn, readAddressFile } from './walk/source.js';
