/** A run filled in this process from a loopback journal, and the page's server over it, asked by plain requests. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crawlJournal } from '../../src/migrate.js';
import { type Review, startReview } from '../../src/review/index.js';
import { type RunOptions, startRun } from '../../src/run/run.js';
import type { Post } from '../journal/posts.js';
import { LoopbackJournal, OWNER_COOKIE } from '../journal/server.js';

/** Nobody stops these crawls. */
const HAND = { stopping: () => false, signal: new AbortController().signal };

export class Ground {
  private constructor(
    readonly journal: LoopbackJournal,
    readonly folder: string,
    readonly config: string,
  ) {}

  static async make(posts?: Post[]): Promise<Ground> {
    const folder = mkdtempSync(join(tmpdir(), 'ficferry-desk-'));
    const journal = await LoopbackJournal.start(posts ? { posts } : {});
    return new Ground(journal, folder, journal.writeConfig(join(folder, 'config.yaml')));
  }

  /** Path of a run's folder, or of a file of this ground. */
  at(...names: string[]): string {
    return join(this.folder, ...names);
  }

  /** Crawls the journal into `output/NAME`. */
  async crawl(name: string, more: RunOptions = {}): Promise<string> {
    const out = this.at('output', name);
    await crawlJournal(startRun({ out, config: this.config, ...more }, this.journal.address), () => {}, HAND);
    return out;
  }

  /** The owner's cookies, with which locked posts are read. */
  cookies(): string {
    const [name, value] = OWNER_COOKIE.split('=');
    const file = this.at('cookies.txt');
    writeFileSync(file, `#HttpOnly_.lj.test\tTRUE\t/\tFALSE\t4102444800\t${name}\t${value}\n`);
    return file;
  }

  /** A stand-in for the built page. */
  page(): string {
    const folder = this.at('page');
    mkdirSync(folder, { recursive: true });
    for (const name of ['index.html', 'app.js', 'style.css']) writeFileSync(join(folder, name), `/* ${name} */`);
    return folder;
  }

  async review(options: RunOptions & { address?: string } = {}, opener?: (path: string) => void): Promise<Served> {
    const given = { options: { config: this.config, ...options }, output: this.at('output'), pageFolder: this.page() };
    return new Served(await startReview({ ...given, ...(opener && { opener }) }));
  }

  async close(): Promise<void> {
    await this.journal.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export interface Heard {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export class Served {
  readonly port: number;
  readonly secret: string;

  constructor(readonly review: Review) {
    const { port, hash } = new URL(review.url);
    this.port = Number(port);
    this.secret = hash.slice(1);
  }

  /** Any request, its headers as given: none is added but the Host, where none is given. */
  ask(method: string, path: string, headers: Record<string, string> = {}, body?: string | Buffer): Promise<Heard> {
    return new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port: this.port, method, path, headers, agent: false }, (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(pieces).toString() }),
        );
        answer.on('error', reject);
      });
      asked.on('error', reject);
      asked.end(body);
    });
  }

  /** As the page asks. @throws what the server says where it refuses */
  async get<Answer>(path: string, query: Record<string, string> = {}): Promise<Answer> {
    const search = new URLSearchParams(query).toString();
    return told(await this.ask('GET', `/api/${path}${search && `?${search}`}`, { 'x-ficferry-secret': this.secret }));
  }

  async post<Answer = unknown>(path: string, body: unknown = {}): Promise<Answer> {
    const headers = { 'x-ficferry-secret': this.secret, 'content-type': 'application/json' };
    return told(await this.ask('POST', `/api/${path}`, headers, JSON.stringify(body)));
  }

  close(): Promise<void> {
    return this.review.close();
  }
}

function told<Answer>({ status, text }: Heard): Answer {
  const said = JSON.parse(text);
  if (status !== 200) throw new Error(`${status} ${said.error.message}`);
  return said;
}
