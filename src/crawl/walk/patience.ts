/** How long a crawl goes on past entries whose pages don't come. */
import type { FicferryError } from '../../errors.js';

/**
 * One entry may be broken for good on a site that is well, and must not keep the others from being carried. Where so many
 * neighbours in a row are, it is the site that is ill, and asking on does it no good.
 */
const MOST_IN_A_ROW = 3;

export class Patience {
  #inARow = 0;

  /**
   * Looks at the next entry of a source, asked for or held.
   * @param unanswered why its page did not come; absent where it did
   * @throws FicferryError that reason, where too many in a row did not come
   */
  see({ unanswered }: { unanswered?: FicferryError }): void {
    this.#inARow = unanswered ? this.#inARow + 1 : 0;
    if (unanswered && this.#inARow >= MOST_IN_A_ROW) throw unanswered;
  }
}
