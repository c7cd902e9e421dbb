/** A bundle into an archive by its import API. One of the rooms that open a connection. */
export { archiveAddress, ImportApi, isLoopback } from './api.js';
export { knownFrom, Ledger, ledgerFile, parseLedger, pushedFrom, readLedger } from './ledger.js';
export type { Known, LedgerLine, Parcel, PushEnd, PushEvent, PushedWork } from './model.js';
export { checkPages } from './pages.js';
export { inBatches, knownOf, type PushPlan, planPush } from './plan.js';
export { Pusher } from './push.js';
export { type Redirect, redirectsCsv } from './redirects.js';
