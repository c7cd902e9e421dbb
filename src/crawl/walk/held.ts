/** Which answers of a site still stand, and which have to be asked for again. */
import type { Sites } from '../../journal/index.js';
import type { Access, Reading } from '../../model.js';

/**
 * An answer is *held* when the access given now could not change it; every other answer is provisional, and the next run
 * asks again.
 *
 * - An entry is held whatever it was captured with: more access shows no more of it.
 * - A way (a go address, a named address, an end of the chain) and an absence (404, 410) depend on who asks: an owner's chain
 *   visits locked entries, and a site may say "missing" where it means "not for you". They are held unless an account
 *   is given now and was not given then. A declaration of age changes neither. A way that leads to no entry (to a captcha, a login,
 *   another host) is none.
 * - A refusal (locked, gate, ban, unreadable) and a list of entries are always provisional.
 *
 * The two ends of a finished chain are held by this rule and asked again all the same, by the walk: entries may have
 * been added behind them.
 */
export function isHeld(reading: Reading, capturedWith: Access, now: Access, sites: Pick<Sites, 'tryParse'>): boolean {
  switch (reading.kind) {
    case 'entry':
      return true;
    case 'redirect':
      return isWay(reading.to, sites) && (capturedWith.account || !now.account);
    case 'end':
    case 'missing':
    case 'gone':
      return capturedWith.account || !now.account;
    case 'locked':
    case 'gate':
    case 'banned':
    case 'unreadable':
    case 'list':
      return false;
  }
}

function isWay(to: string, sites: Pick<Sites, 'tryParse'>): boolean {
  const kind = sites.tryParse(to)?.kind;
  return kind === 'entry' || kind === 'go';
}
