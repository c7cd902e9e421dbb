/** The built program as a person has it: `ficferry review` in a folder of its own, and Chromium before its page. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { Desk } from '../filler/browser.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const ADDRESS = /http:\/\/127\.0\.0\.1:\d+\/#\S+/;

export class Program {
  private static readonly started: Program[] = [];

  /** Whatever still runs: to be called behind the last test, so that none that failed leaves a program behind. */
  static async endAll(): Promise<void> {
    await Promise.all(Program.started.splice(0).map((program) => program.stop('SIGKILL')));
  }

  private constructor(
    private readonly child: ChildProcess,
    /** With its secret, as it was printed. */
    readonly url: string,
    private readonly ended: Promise<number | null>,
    private readonly words: () => string,
  ) {}

  /** @param cwd its runs go to `output/` there; its locks are its own, too */
  static async start(cwd: string, args: string[] = []): Promise<Program> {
    const TMPDIR = join(cwd, 'tmp');
    mkdirSync(TMPDIR, { recursive: true });
    const child = spawn(process.execPath, [CLI, 'review', '--no-open', ...args], {
      cwd,
      env: { ...process.env, NO_COLOR: '1', TMPDIR },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout?.on('data', (bytes: Buffer) => {
        said += bytes.toString();
        const found = ADDRESS.exec(said)?.[0];
        if (found) resolve(found);
      });
      child.stderr?.on('data', (bytes: Buffer) => {
        said += bytes.toString();
      });
      void ended.then((code) => reject(new Error(`ficferry ended with ${code}: ${said}`)));
    });
    const program = new Program(child, url, ended, () => said);
    Program.started.push(program);
    return program;
  }

  /** All that it has printed. */
  get said(): string {
    return this.words();
  }
  get secret(): string {
    return new URL(this.url).hash.slice(1);
  }

  /** Ctrl-C. @returns the exit code */
  stop(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    this.child.kill(signal);
    return this.ended;
  }
}

/** What a person does on the page, by roles and labels. */
export class Visitor {
  private constructor(
    readonly desk: Desk,
    readonly page: Page,
  ) {}

  static async open(url: string): Promise<Visitor> {
    const desk = await Desk.open();
    const page = await desk.context.newPage();
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(url);
    return new Visitor(desk, page);
  }

  button(name: string | RegExp, within: Page | Locator = this.page): Locator {
    return within.getByRole('button', { name, exact: typeof name === 'string' });
  }
  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { name, exact: typeof name === 'string' });
  }

  /** Goes to one of the views by its link in the head. */
  async goTo(view: string, heading = view): Promise<void> {
    const link = this.page
      .getByRole('navigation', { name: 'Views' })
      .getByRole('link', { name: new RegExp(`^${view}`) });
    await link.click();
    await this.page.getByRole('heading', { level: 1, name: heading }).waitFor();
  }

  /** The works shown in the list, by title. */
  async titles(): Promise<string[]> {
    const links = this.page.getByRole('article').getByRole('link');
    return (await links.allInnerTexts()).sort();
  }

  async openWork(title: string): Promise<void> {
    await this.goTo('Works');
    await this.page.getByRole('searchbox').fill(title);
    await this.page.getByRole('article', { name: title, exact: true }).getByRole('link').click();
    await this.page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
  }

  /** The page says that it is saved: by then it stands in the file. */
  async saved(words: string): Promise<void> {
    await this.page
      .getByRole('status')
      .filter({ hasText: `Saved: ${words}` })
      .first()
      .waitFor();
  }

  clipboard(): Promise<string> {
    return this.page.evaluate('navigator.clipboard.readText()') as Promise<string>;
  }

  close(): Promise<void> {
    return this.desk.close();
  }
}
