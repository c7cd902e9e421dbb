/**
 * `npm run bench`: how fast the reading is and how lean a crawl. Prints medians with their spread; they say nothing about another
 * machine, so compare ratios. Sizes follow what was seen: a modern LiveJournal page is 700 KB, nearly all of it script.
 */
import { readFileSync } from 'node:fs';
import { load } from 'cheerio';
import { loadConfig } from '../src/config.js';
import { readPage, Sites } from '../src/journal/index.js';
import { cleanHtml, toHtml, toMarkdown } from '../src/text/index.js';
import { shared } from '../tests/outside.js';
import { crawlOverhead, memoryOverJournal } from './journal.js';
import { modernPage, story } from './make.js';
import { median, row, times } from './measure.js';
import { soupGrowth } from './soup.js';

const sites = new Sites(loadConfig());

function reading(): void {
  const sample = shared('pages/livejournal/entry-modern.html');
  const body = sample ? readFileSync(sample) : modernPage(700_000);
  const text = body.toString('utf8');
  const page = { url: 'https://examplejournal.livejournal.com/23456.html', status: 200, headers: {}, body };
  if (readPage(sites, page).kind !== 'entry') throw new Error('the page to measure with is not read');
  const ours = times(300, () => readPage(sites, page));
  const whole = times(20, () => load(text));
  row(`reading a modern page (${Math.round(body.length / 1000)} KB)`, ours, 'ms', 'goal 8');
  row('  a plain parse of the whole page', whole, 'ms', `${(median(whole) / median(ours)).toFixed(1)} times ours`);
}

function markdown(): void {
  for (const words of [50_000, 500_000]) {
    const html = story(words);
    const clean = toHtml(cleanHtml(html));
    const few = words > 100_000 ? 5 : 15;
    row(
      `Markdown of ${words.toLocaleString('en')} words`,
      times(few, () => toMarkdown(clean)),
      'ms',
      words === 50_000 ? 'goal 80' : '',
    );
    row(
      '  with the cleaning before it',
      times(few, () => toMarkdown(toHtml(cleanHtml(html)))),
      'ms',
      '',
    );
  }
}

reading();
markdown();
soupGrowth();
await crawlOverhead(200, 0.05);
await memoryOverJournal(2000);
