/**
 * `npm run bench`: how fast the reading is and how lean a crawl. Prints medians with their spread; they say nothing about another
 * machine, so compare ratios. Sizes follow what was seen: a modern LiveJournal page is 700 KB, nearly all of it script.
 */
import { readFileSync } from 'node:fs';
import { load } from 'cheerio';
import { loadConfig } from '../src/config.js';
import { readPage, Sites } from '../src/journal/index.js';
import { cleanHtml, toHtml, toMarkdown } from '../src/text/index.js';
import { SHAPES } from '../tests/fic/shapes.js';
import { read } from '../tests/fic/support.js';
import { haveProgram, shared } from '../tests/outside.js';
import { crawlOverhead, memoryOverJournal } from './journal.js';
import { modernPage, story } from './make.js';
import { few, median, row, times } from './measure.js';
import { reviewPage } from './review.js';
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

/**
 * Reading a header: of a whole entry, and of what a careless pattern takes forever over. Near 4 is linear, near 16 quadratic;
 * two runs of each of the many shapes tell these apart.
 */
function headers(): void {
  const header =
    '<b>Title:</b> Rope<br /><b>Pairing:</b> Tam/Orla<br /><b>Rating:</b> PG<br /><b>Summary:</b> Knots.<br /><br />';
  const entry = header + story(10_000);
  row(
    'header and story of an entry of 10,000 words',
    times(20, () => read(entry)),
    'ms',
    '',
  );
  const ratios = Object.entries(SHAPES).map(([name, make]): [string, number] => {
    const [small, large] = [make(50_000), make(200_000)].map((html) => Math.min(...few(2, () => read(html))));
    return [name, (large as number) / (small as number)];
  });
  const [worst, ratio] = ratios.sort((a, b) => b[1] - a[1])[0] as [string, number];
  const all = ratios.map(([, one]) => one);
  row(`${ratios.length} hard headers of 200 KB against 50 KB`, all, 'x', `worst: ${worst}, ${ratio.toFixed(1)}`);
}

reading();
headers();
markdown();
soupGrowth();
await crawlOverhead(200, 0.05);
await memoryOverJournal(2000);
if (haveProgram('chromium')) await reviewPage(2000);
