/** The review page over a large journal, in Chromium before the tests' made-up server: opening the list, and answering a letter. */
import { type Browser, chromium } from 'playwright-core';
import { largeJournal } from '../tests/review/madeUp.js';
import { Stub } from '../tests/review/stub.js';
import { CHROMIUM, SWITCHES } from '../tests/text/browser.js';
import { row } from './measure.js';

/** Notes when the first work stands in the list, in milliseconds since the page was asked for. */
const WATCH = `new MutationObserver((_, observer) => {
  if (!document.querySelector('.virtual li')) return;
  window.listAt = performance.now();
  observer.disconnect();
}).observe(document, { childList: true, subtree: true })`;

/** Types each letter of a word, and says how long it was until what it leaves was painted. */
const TYPE = `(async (word) => {
  const search = document.getElementById('search');
  const told = () => document.querySelector('main [role=status]').textContent;
  const took = [];
  for (const letter of word) {
    const began = performance.now();
    search.value += letter;
    search.dispatchEvent(new Event('input', { bubbles: true }));
    await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
    took.push(performance.now() - began);
  }
  if (!/^[\\d,]+ of /.test(told())) throw new Error('the list did not answer "' + word + '"');
  search.value = '';
  search.dispatchEvent(new Event('input', { bubbles: true }));
  return took;
})`;

/** What is typed: parts of titles and pairings, which leave many works or few. */
const WORDS = ['quiet', 'harb', 'smith/b', 'last l'];

export async function reviewPage(works: number): Promise<void> {
  const stub = await Stub.start(largeJournal(works));
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: SWITCHES });
  try {
    const name = `${works.toLocaleString('en')} works`;
    row(`review page: opening the list of ${name}`, await opening(browser, stub, 7), 'ms', 'goal 1,000');
    row('  answering a letter typed into its search', await typing(browser, stub), 'ms', 'goal 100');
  } finally {
    await browser.close();
    await stub.close();
  }
}

async function opening(browser: Browser, stub: Stub, runs: number): Promise<number[]> {
  const page = await (await browser.newContext()).newPage();
  await page.addInitScript(WATCH);
  await page.goto(stub.url);
  await page.evaluate("location.hash = '#/works'");
  const took: number[] = [];
  for (let run = 0; run <= runs; run++) {
    await page.reload();
    await page.locator('.virtual li').first().waitFor();
    took.push((await page.evaluate('window.listAt')) as number);
  }
  await page.context().close();
  return took.slice(1);
}

async function typing(browser: Browser, stub: Stub): Promise<number[]> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(stub.url);
  await page.evaluate("location.hash = '#/works'");
  await page.locator('.virtual li').first().waitFor();
  const took: number[] = [];
  for (const word of WORDS) took.push(...((await page.evaluate(`${TYPE}(${JSON.stringify(word)})`)) as number[]));
  await page.context().close();
  return took;
}
