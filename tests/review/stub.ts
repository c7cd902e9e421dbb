/**
 * A server that talks to the review page as the real one does, over a made-up journal: decisions are kept in memory, crawls and
 * bundles move on one step with each look at the state. Its headers are as strict as the real ones.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { REVIEW_PAGE } from '../../build.page.js';
import {
  Begin,
  Decide,
  type HandOver,
  type Job,
  type Limits,
  type QuestionList,
  type State,
} from '../../src/review/model.js';
import { archive } from '../bundle/works.js';
import { answersOf, type Decided, decide, detailOf, type Laid, lay, rowOf } from './laid.js';
import type { Journal } from './madeUp.js';

const FOLDER = '/home/lampwright/output/lampwright';
/** Pages of a made-up crawl. */
const PAGES = 6;

export class Stub {
  readonly secret = 'a-key-that-nobody-guesses';
  decisions: Decided = {};
  /** What was asked for, as "GET /api/state". */
  readonly asked: string[] = [];
  readonly begun: Begin[] = [];
  readonly opened: string[] = [];
  readonly done = new Set<string>();
  /** Why the decisions can't be read. */
  trouble?: string;
  editedElsewhere = false;
  job: Job = { kind: 'none', state: 'idle', visited: 0, fics: 0, told: [] };
  isRead: boolean;
  hasRun = false;
  isStale = false;
  bundle?: Job['bundle'];

  private readonly undos: { what: string; before: Decided }[] = [];
  private revision = 1;
  private laid: Laid;

  private constructor(
    private readonly journal: Journal,
    private readonly files: ReadonlyMap<string, { type: string; body: Buffer }>,
    private readonly server: Server,
    { isRead = true } = {},
  ) {
    this.isRead = isRead;
    this.laid = lay(journal, {});
  }

  /** @param options `isRead: false`: nothing was begun yet */
  static async start(journal: Journal, options: { isRead?: boolean } = {}): Promise<Stub> {
    const server = createServer();
    const stub = new Stub(journal, await pageFiles(), server, options);
    server.on('request', (request, response) => void stub.answer(request, response));
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return stub;
  }

  private port: number | undefined;

  /** Also after it is closed, when a page may still ask. */
  get origin(): string {
    this.port ??= (this.server.address() as AddressInfo).port;
    return `http://127.0.0.1:${this.port}`;
  }

  /** What the program prints. */
  get url(): string {
    return `${this.origin}/#${this.secret}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  /** As if somebody had edited the file. */
  edit(decisions: Decided): void {
    this.change(decisions);
    this.editedElsewhere = true;
  }

  private change(decisions: Decided): void {
    this.decisions = decisions;
    this.laid = lay(this.journal, decisions);
    this.revision += 1;
    this.isStale = this.bundle !== undefined;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.origin);
    this.asked.push(`${request.method} ${pathname}`);
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const file = this.files.get(pathname);
    if (file) return void response.writeHead(200, { 'content-type': file.type }).end(file.body);
    const say = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.headers['x-ficferry-secret'] !== this.secret)
      return void say(403, { error: { message: 'The key is missing.' } });
    try {
      const body = request.method === 'POST' ? JSON.parse(await textOf(request)) : undefined;
      const act = this.routes[`${request.method} ${pathname.replace('/api/', '')}`];
      const said = act?.(body, searchParams);
      if (said === undefined) say(404, { error: { message: 'There is no such thing here.' } });
      else say(200, said);
    } catch (error) {
      say(400, { error: { message: error instanceof Error ? error.message : 'It failed.', advice: 'Try once more.' } });
    }
  }

  private readonly routes: Record<string, (body: unknown, params: URLSearchParams) => unknown> = {
    'GET state': () => this.state(),
    'GET works': () => ({
      revision: String(this.revision),
      works: this.isRead ? this.laid.works.map(rowOf) : [],
      leftOut: this.isRead ? this.laid.leftOut : [],
      warnings: [],
    }),
    'GET work': (_, params) => detailOf(this.laid, params.get('key') ?? '', String(this.revision)),
    'GET text': (_, params) => this.journal.posts.get(params.get('entry') ?? ''),
    'GET questions': () => this.questions(),
    'GET suggest': (_, params) => ({ names: suggested(params.get('text') ?? '') }),
    'GET limits': () => LIMITS,
    'GET handover': (_, params) => this.handOver(params.get('base') ?? undefined),
    'GET packet': (_, params) => ({
      packet: JSON.stringify({
        ficferry: 1,
        about: `${params.get('key')} ${params.get('chapter') ?? ''}`.trim(),
        fields: { content: '<p>The whole text.</p>' },
      }),
    }),
    'POST decide': (body) => {
      if (this.trouble) throw new Error('The decisions can’t be read.');
      const { what, edits } = Decide.parse(body);
      this.undos.push({ what, before: this.decisions });
      this.change(decide(this.decisions, edits));
      return { revision: String(this.revision) };
    },
    'POST undo': () => {
      const last = this.undos.pop();
      if (last) this.change(last.before);
      return { revision: String(this.revision) };
    },
    'POST plan': (body) => {
      const { address, mine } = Begin.parse(body);
      if (!address.includes('lampwright')) throw new Error('This is no journal that ficferry knows.');
      const refused = { message: 'The journal asks robots to keep out.', advice: 'If it is yours, tick “It is mine”.' };
      const lines = ['robots.txt allows it.', 'One page at a time, about 400 pages; 20 minutes.'];
      return { journal: 'lampwright', folder: FOLDER, lines, ...(!mine && { refused }) };
    },
    'POST crawl': (body) => {
      this.begun.push(Begin.parse(body));
      this.job = { ...this.job, kind: 'crawl', state: 'running', told: ['One page at a time, 2 seconds apart.'] };
      return {};
    },
    'POST pause': () => {
      this.job = { ...this.job, state: 'pausing' };
      return {};
    },
    'POST bundle': () => {
      this.job = { ...IDLE, kind: 'bundle', state: 'running', done: 0, total: this.laid.works.length };
      return {};
    },
    'POST done': (body) => {
      const { key, done } = body as { key: string; done: boolean };
      if (done) this.done.add(key);
      else this.done.delete(key);
      return {};
    },
    'POST open': (body) => {
      this.opened.push((body as { what: string }).what);
      return {};
    },
    'POST run': () => {
      this.isRead = true;
      return {};
    },
  };

  private state(): State {
    this.step();
    const { works, leftOut } = this.laid;
    const hasRun = this.hasRun || this.isRead || this.job.kind === 'crawl';
    const rows = works.map(rowOf);
    return {
      version: '0.0.0',
      ...(hasRun && {
        run: {
          folder: FOLDER,
          journal: this.journal.name,
          site: 'livejournal',
          address: 'https://lampwright.livejournal.example/',
        },
      }),
      runs: hasRun ? [] : [{ folder: FOLDER, journal: this.journal.name }],
      ...(this.isRead && {
        standing: {
          folder: FOLDER,
          journal: this.journal.name,
          seen: works.length + leftOut.length,
          fics: works.length,
          leftOut: {},
          numbers: [],
          unmet: [],
          gaps: [],
          apart: [],
          complete: true,
          ...(this.bundle && { bundle: this.bundle.folder, stale: this.isStale }),
          next: 'ficferry bundle',
        },
      }),
      job: this.job,
      decisions: {
        file: `${FOLDER}/decisions.yaml`,
        revision: String(this.revision),
        editedElsewhere: this.editedElsewhere,
        ...(this.trouble && { trouble: this.trouble }),
        ...(this.undos.length > 0 && { undo: this.undos.at(-1)?.what }),
      },
      counts: this.isRead
        ? {
            works: rows.length,
            leftOut: leftOut.length,
            looked: rows.filter(({ looked }) => looked).length,
            doubts: rows.filter(({ doubts, looked }) => doubts.length > 0 && !looked).length,
            questions: works.reduce((sum, { work }) => sum + work.questions.length, 0),
          }
        : { works: 0, leftOut: 0, looked: 0, doubts: 0, questions: 0 },
    };
  }

  /** What is under way goes on a little. */
  private step(): void {
    const { job } = this;
    if (job.state === 'pausing') this.job = { ...job, state: 'paused', now: undefined };
    if (job.state !== 'running') return;
    if (job.kind === 'crawl') {
      const visited = job.visited + 1;
      const isOver = visited >= PAGES;
      this.job = {
        ...job,
        visited,
        fics: Math.floor(visited / 2),
        now: `Reading post ${visited}`,
        state: isOver ? 'done' : 'running',
      };
      if (isOver) {
        this.isRead = true;
        this.revision += 1;
      }
    } else {
      const done = Math.min(job.total ?? 0, (job.done ?? 0) + 5);
      this.job = { ...job, done, now: 'Packing your works' };
      if (done < (job.total ?? 0)) return;
      this.bundle = {
        folder: `${FOLDER}/lampwright-bundle`,
        zip: `${FOLDER}/lampwright-bundle.zip`,
        ready: done - 2,
        misfits: 2,
      };
      this.isStale = false;
      this.job = { ...this.job, state: 'done', bundle: this.bundle };
    }
  }

  private questions(): QuestionList {
    const questions = this.laid.works.flatMap(({ work }) => {
      const key = work.chapters[0]?.entry ?? '';
      return work.questions.map((question) => ({
        ...question,
        work: key,
        title: work.title,
        answers: answersOf(key, question.field),
      }));
    });
    return { revision: String(this.revision), questions };
  }

  private handOver(base: string | undefined): HandOver {
    const postBy = '2030-05-31';
    if (!this.bundle) return { works: [], goes: [], postBy };
    const works = this.laid.works.map(({ work }): HandOver['works'][number] => {
      const key = work.chapters[0]?.entry ?? '';
      return {
        key,
        slug: work.slug,
        title: work.title,
        done: this.done.has(key),
        ...(work.restricted && { without: 'it is locked in the journal' }),
        fields: [
          { label: 'Rating', text: work.archive.rating || 'Not Rated' },
          { label: 'Fandoms', text: work.archive.fandoms.join(', ') },
          { label: 'Summary', text: work.summary ?? '' },
        ],
        chapters: work.chapters.map(({ title = '', entry }) => ({ title, entry, hasForm: work.chapters.length > 1 })),
      };
    });
    const going = works.filter(({ key, without }) => !without && !this.done.has(key)).slice(0, 3);
    const go = {
      title: 'Go 1 of 1',
      works: going.map(({ key }) => key),
      urls: going.map(({ slug }) => `${base}${slug}.html`),
      choices: ['Language: English', 'Categories: M/M'],
      afterwards: ['The Lamp Room: the series'],
      packet: '{"ficferry":1}',
    };
    return { bundle: { ...this.bundle, stale: this.isStale }, works, goes: base ? [go] : [], postBy };
  }
}

const IDLE: Job = { kind: 'none', state: 'idle', visited: 0, fics: 0, told: [] };

/** As strict as the real server's. */
const HEADERS = {
  'content-security-policy': "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

const LIMITS: Limits = {
  title: archive.limits.title,
  summary: archive.limits.summary,
  notes: archive.limits.notes,
  tag: archive.limits.tag,
  tags: archive.limits.tags,
  forbiddenInTags: [...archive.tagForbidden],
  ratings: archive.ratings,
  warnings: archive.warnings,
  categories: archive.categories,
  languages: ['en', 'de', 'fr', 'ru', 'ptBR'],
};

const NAMES = [
  'Mark Sloan/Alex Karev',
  'Mark Sloan',
  'Alex Karev',
  'Grey’s Anatomy (TV)',
  'Stargate Atlantis',
  'Rodney McKay/John Sheppard',
  'Hurt/Comfort',
];

/** Names that hold every word of a text. */
function suggested(text: string): string[] {
  const words = text
    .toLowerCase()
    .split(/[\s/]+/)
    .filter(Boolean);
  return NAMES.filter((name) => words.every((word) => name.toLowerCase().includes(word)));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8') || '{}';
}

/** The page as `npm run build` makes it, in memory. */
async function pageFiles(): Promise<Map<string, { type: string; body: Buffer }>> {
  const { outputFiles = [] } = await build({ ...REVIEW_PAGE, outdir: '/page', write: false });
  const made = (name: string) => Buffer.from(outputFiles.find(({ path }) => path.endsWith(name))?.contents ?? []);
  const index = await readFile(fileURLToPath(new URL('../../src/review/page/index.html', import.meta.url)));
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', body: index }],
    ['/app.js', { type: 'text/javascript; charset=utf-8', body: made('app.js') }],
    ['/style.css', { type: 'text/css; charset=utf-8', body: made('style.css') }],
    ['/favicon.ico', { type: 'image/x-icon', body: Buffer.alloc(0) }],
  ]);
}
