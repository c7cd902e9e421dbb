/** Chromium with scripts, for pages on loopback and from files; what it asks for is written down. */
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { CHROMIUM, SWITCHES } from '../text/browser.js';

export class Desk {
  /** Addresses asked for, files and loopback alike. */
  readonly asked: string[] = [];

  private constructor(
    private readonly browser: Browser,
    readonly context: BrowserContext,
  ) {}

  static async open(): Promise<Desk> {
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: SWITCHES });
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const desk = new Desk(browser, context);
    context.on('request', (request) => desk.asked.push(`${request.method()} ${request.url()}`));
    return desk;
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}
