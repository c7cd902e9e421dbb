/** A bundle's pages on the web: as files for a host, as a preview, and the goes in which an archive imports them. */
export { baseAddress, pageUrls } from './address.js';
export {
  choices,
  GO_SIZE,
  type Go,
  type GoPlan,
  importPacket,
  losses,
  planGoes,
  postBy,
  reasonWithout,
  unfitOf,
} from './goes.js';
export { goPage } from './page.js';
export { type Preview, serveSite } from './serve.js';
export { writeSite } from './write.js';
