/** A bundle, its pages on a host, an archive with an API, and the built program between them. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenBundle, openBundle, writeBundle } from '../../src/bundle/index.js';
import type { Work } from '../../src/model.js';
import { ledgerFile } from '../../src/push/index.js';
import { type Preview, serveSite } from '../../src/site/index.js';
import type { ApiOptions } from '../archive/api.js';
import { StandIn } from '../archive/standIn.js';
import { chapter, config, work } from '../bundle/works.js';
import { CLI, ficferry, type Outcome, type RunOptions } from '../cli/program.js';

/** Stands in no file and no message but the environment. */
export const TOKEN = 'canary-token-4711';
const SETTINGS = 'archive: {api: {pause: 0, settle: 0.4, retry: 0.05, answer: 3, answerPage: 0.01, longestWait: 5}}\n';

/** `count` works by two authors, every seventh of several chapters. */
export function manyWorks(count: number): Work[] {
  return Array.from({ length: count }, (_, index) => {
    const number = (part: number) => (index * 10 + part + 1) * 256 + 7;
    const chapters = Array.from({ length: index % 7 === 6 ? 3 : 1 }, (_, part) =>
      chapter(1, {
        position: part + 1,
        entry: `livejournal/somebody/${number(part)}`,
        url: `https://somebody.livejournal.com/${number(part)}.html`,
        postedAt: `2009-05-${String(1 + part).padStart(2, '0')}T10:00:00`,
      }),
    );
    const title = `Lamp ${index + 1}`;
    return work({ slug: `lamp-${index + 1}`, title, authors: [index % 2 ? 'Zoë' : 'somebody'], chapters });
  });
}

const PEOPLE = 'author,e-mail,permission\nsomebody,some@example.org,yes\nZoë,zoe@example.org,yes\n';

export class PushStage implements AsyncDisposable {
  private constructor(
    readonly folder: string,
    readonly bundle: string,
    readonly archive: StandIn,
    readonly open: OpenBundle,
    readonly host: Preview,
  ) {}

  static async with(works: readonly Work[], api: Partial<ApiOptions> = {}, people = PEOPLE): Promise<PushStage> {
    const folder = mkdtempSync(join(tmpdir(), 'ficferry-push-'));
    const bundle = join(folder, 'c-bundle');
    const newTags = { fandoms: [], characters: [], relationships: [], additionalTags: [], total: 0 };
    const storyOf = async (key: string) => ({ html: `<p>The text of ${key}, whole.</p>` });
    const places = { folder: bundle, zip: `${bundle}.zip` };
    await writeBundle({ ...places, journal: 'c', works, leftOut: [], newTags, storyOf, config, version: '1' });
    writeFileSync(join(folder, 'people.csv'), people);
    writeFileSync(join(folder, 'config.yaml'), SETTINGS);
    const open = await openBundle(bundle);
    const host = await serveSite(open, 0);
    const keeper = { tokens: [TOKEN], archivists: ['keeper'], ...api };
    const archive = await StandIn.start({ api: keeper, today: '2026-08-22', collections: ['rescued'] });
    return new PushStage(folder, bundle, archive, open, host);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.archive.close();
    await this.host.close();
    await this.open.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  readonly environment = { FICFERRY_TOKEN: TOKEN };

  private get args(): string[] {
    const where = ['--archive', this.archive.address, '--archivist', 'keeper', '--base-url', this.host.url];
    return ['push', this.bundle, ...where, '--config', join(this.folder, 'config.yaml')];
  }

  /** In a terminal, at which somebody types once something is asked. */
  async pushInTerminal(asked: string, typed: string): Promise<{ printed: string; code: number | null }> {
    const command = [process.execPath, CLI, ...this.args].join(' ');
    const env = { ...process.env, FICFERRY_TOKEN: '' };
    const child = spawn('script', ['-qec', command, '/dev/null'], { env, stdio: ['pipe', 'pipe', 'ignore'] });
    let printed = '';
    let isTyped = false;
    child.stdout.on('data', (bytes: Buffer) => {
      printed += bytes.toString();
      if (isTyped || !printed.includes(asked)) return;
      isTyped = true;
      child.stdin.write(typed);
    });
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { printed, code };
  }

  push(more: string[] = [], options: RunOptions = {}): Promise<Outcome> {
    const args = [...this.args, ...more];
    return ficferry(args, { env: this.environment, ...options });
  }

  /** Lines of push.jsonl. */
  get record(): { type: string; status?: string }[] {
    if (!existsSync(ledgerFile(this.folder))) return [];
    const lines = readFileSync(ledgerFile(this.folder), 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line));
  }

  /** Waits until the archive is through with what it was sent. */
  async rest(): Promise<void> {
    while (this.archive.api.busy > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** What is wrong about the archive, which should have each work once. */
  wrong(works: readonly Work[]): string[] {
    const { sentAgain } = this.archive.api;
    const titles = this.archive.works.map(({ title }) => title).sort();
    const wanted = works.map(({ title }) => title).sort();
    return [
      ...sentAgain.map((url) => `${url} was sent though it was there`),
      ...wanted.filter((title) => !titles.includes(title)).map((title) => `${title} is missing`),
      ...titles.filter((title, index) => titles.indexOf(title) !== index).map((title) => `${title} is there twice`),
    ];
  }
}
