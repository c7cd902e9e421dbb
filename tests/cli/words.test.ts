import { expect, it } from 'vitest';
import { goOn } from '../../src/cli/summary.js';

it('the command that goes on has the flags of the one that stopped, and no address of the user', () => {
  const flags = { calendar: false, adult: true, limit: 5, contact: 'me@example.org', mine: false, out: 'my runs/one' };
  expect(goOn('migrate', 'https://tarn-wick.livejournal.com/', flags)).toBe(
    'ficferry migrate https://tarn-wick.livejournal.com/ --no-calendar --adult --limit 5 --contact YOUR-ADDRESS --out "my runs/one"',
  );
  // what is so without a flag needs none
  expect(goOn('crawl', undefined, { calendar: true })).toBe('ficferry crawl');
});
