/** What a real browser shows of some HTML: Debian's Chromium, without scripts and without a network. */
import { type Browser, chromium, type Page } from 'playwright-core';

export const CHROMIUM = '/usr/bin/chromium';
/** The same switches wherever it runs: nothing is asked for, nothing is updated. */
export const SWITCHES = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Runs in the browser; a text, for it speaks of a `document` that is none of ours. */
const SHOW = `(bodies) => bodies.map((html) => {
  const body = document.createElement('div');
  body.innerHTML = html;
  for (const fold of body.querySelectorAll('details')) fold.open = true;
  document.body.append(body);
  const text = body.innerText;
  body.remove();
  return text;
})`;

export class ChromiumPage {
  private constructor(
    private readonly browser: Browser,
    private readonly page: Page,
  ) {}

  static async open(): Promise<ChromiumPage> {
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: SWITCHES });
    const context = await browser.newContext({ javaScriptEnabled: false, offline: true });
    return new ChromiumPage(browser, await context.newPage());
  }

  /** `innerText` of each body, with every fold (`details`) opened, as a reader may. */
  async shown(bodies: readonly string[]): Promise<string[]> {
    await this.page.setContent('<!DOCTYPE html><body></body>');
    return (await this.page.evaluate(`(${SHOW})(${JSON.stringify(bodies)})`)) as string[];
  }

  /** `innerText` of an element of a whole page, as the page lays it out; its folds opened too. */
  async shownOn(page: string, selector: string): Promise<string> {
    await this.page.setContent(page, { waitUntil: 'commit' });
    await this.page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true");
    return await this.page.locator(selector).first().innerText();
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}
