/**
 * A stand-in of an otwarchive: a small server on loopback with its posting forms, its import form and its lists.
 * It behaves as is known of the archive; each file says what of it is known from where and what is a model.
 * There is one author, who is always logged in. Nothing outlives the server.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ApiOptions, ImportApi } from './api.js';
import { chapterFaults, faultsOf } from './check.js';
import type { FetchRules } from './fetching.js';
import { importGo } from './going.js';
import { escapeHtml, flash, page } from './html.js';
import { showMultiplePage, statsPage, worksPage } from './listPages.js';
import { chapterFormPage, editMultiplePage, importFormPage } from './otherForms.js';
import { Params } from './params.js';
import { chapterFrom, joinSeries, withChapter, workFrom } from './posting.js';
import { Store, type StoredChapter, type StoredSeries, type StoredWork, type StoreOptions } from './store.js';
import { workFormPage } from './workForm.js';
import { workPage } from './workPages.js';

export interface StandInOptions extends Partial<StoreOptions> {
  /** Who may use the import API; nobody unless said. */
  api?: ApiOptions;
  /** The port to listen on; any that is free unless said. */
  port?: number;
  /** Whether addresses on loopback may be imported, as tests need and the archive refuses. True unless said otherwise. */
  allowLoopback?: boolean;
}

/** One request that the stand-in was sent. */
export interface Asked {
  method: string;
  path: string;
  /** Of forms: what was sent, in its order. */
  sent: [string, string][];
}

/** What a request is answered with. */
interface Answer {
  status?: number;
  body?: string;
  /** Sends the browser there. */
  to?: string;
  json?: unknown;
}

export class StandIn {
  readonly asked: Asked[] = [];
  /** Why forms were refused and addresses were not imported, in the order in which that happened. */
  readonly refusals: string[] = [];
  readonly store: Store;
  private made: ImportApi | undefined;

  private constructor(
    private readonly server: Server,
    private readonly options: StandInOptions,
  ) {
    const { author = 'somebody', today = new Date().toISOString().slice(0, 10), collections = [] } = options;
    this.store = new Store({ author, today, collections });
  }

  static async start(options: StandInOptions = {}): Promise<StandIn> {
    const server = createServer();
    const standIn = new StandIn(server, options);
    server.on('request', (request, response) => void standIn.answer(request, response));
    await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
    return standIn;
  }

  /** Without a slash at its end. */
  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get api(): ImportApi {
    this.made ??= new ImportApi(
      this.options.api ?? { tokens: [], archivists: [] },
      this.store,
      this.address,
      this.fetchRules,
    );
    return this.made;
  }

  private get fetchRules(): FetchRules {
    return { allowLoopback: this.options.allowLoopback ?? true, ownHosts: [new URL(this.address).host] };
  }

  /** Drafts and posted works. */
  get works(): readonly StoredWork[] {
    return this.store.works;
  }

  get series(): readonly StoredSeries[] {
    return this.store.series;
  }

  /** The forms that were submitted, of all that was asked. */
  get submissions(): Asked[] {
    return this.asked.filter(({ method }) => method !== 'GET');
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const path = request.url ?? '/';
    if (path.startsWith('/api/')) return this.api.answer(request, response, body);
    const params = new Params(new URLSearchParams(body));
    this.asked.push({ method: request.method ?? 'GET', path, sent: [...params.sent] });
    const url = new URL(path, this.address);
    try {
      const verb = params.text('_method').toUpperCase() || (request.method ?? 'GET');
      send(response, (await this.route(`${verb} ${url.pathname}`, params, url.searchParams)) ?? NOT_FOUND);
    } catch (error) {
      send(response, { status: 500, body: page('Error 500', escapeHtml((error as Error).stack ?? '')) });
    }
  }

  private async route(asked: string, params: Params, query: URLSearchParams): Promise<Answer | undefined> {
    const { store } = this;
    const { author } = store.options;
    const mine = `/users/${author}`;
    switch (asked) {
      case 'GET /works/new':
        // The import form is the same page with another question.
        return { body: query.get('import') ? importFormPage(store) : workFormPage(store.blankWork(), store) };
      case 'GET /works/import':
        return { body: importFormPage(store) };
      case 'POST /works':
        return this.keepWork(params);
      case 'POST /works/import':
        return this.importAddresses(params);
      case `GET ${mine}/works`:
        return { body: worksPage(store.posted, author, 'Works', Number(query.get('page') ?? 1)) };
      case `GET ${mine}/works/drafts`:
        return { body: worksPage(store.drafts, author, 'Drafts', Number(query.get('page') ?? 1)) };
      case `GET ${mine}/stats`:
        return { body: statsPage(store.posted, author, query.get('flat_view') === 'true') };
      case `GET ${mine}/works/show_multiple`:
        return { body: showMultiplePage(store.works, author) };
      case `POST ${mine}/works/edit_multiple`:
        return { body: editMultiplePage(store, this.chosen(params)) };
      case `PATCH ${mine}/works/update_multiple`:
        return this.changeMany(params);
      case 'GET /debug/works.json':
        return { json: { works: store.works, series: store.series } };
    }
    return this.routeWork(asked, params);
  }

  private routeWork(asked: string, params: Params): Answer | undefined {
    const hit = /^(\w+) \/works\/(\d+)(?:\/chapters)?(?:\/(\d+))?(?:\/(\w+))?$/.exec(asked);
    const work = this.store.find(Number(hit?.[2]));
    if (!hit || !work) return undefined;
    const chapter = work.chapters.find(({ id }) => id === Number(hit[3]));
    const { author } = this.store.options;
    const inChapters = asked.includes('/chapters');
    const what = `${hit[1]}${inChapters ? ' chapter' : ''}${hit[3] ? ' its' : ''}${hit[4] ? ` ${hit[4]}` : ''}`;
    if (hit[3] && !chapter) return undefined;
    switch (what) {
      case 'GET':
      case 'GET chapter':
      case 'GET chapter its':
      case 'GET preview':
      case 'GET chapter its preview':
        return { body: workPage(work, author, work.posted ? '' : 'This is a draft.') };
      case 'GET edit':
        return { body: workFormPage(work, this.store) };
      case 'PATCH':
        return this.keepWork(params, work);
      case 'POST post_draft':
        work.posted = true;
        return { to: `/works/${work.id}` };
      case 'GET chapter new':
        return { body: chapterFormPage(work, this.nextChapter(work), this.store) };
      case 'POST chapter':
        return this.keepChapter(params, work, this.nextChapter(work));
      case 'GET chapter its edit':
        return { body: chapterFormPage(work, chapter as StoredChapter, this.store) };
      case 'PATCH chapter its':
        return this.keepChapter(params, work, chapter as StoredChapter);
    }
    return undefined;
  }

  /** "Preview" and "Save Draft" keep a draft; "Post" posts it. A work that is posted stays so. */
  private keepWork(params: Params, held?: StoredWork): Answer {
    const work = workFrom(params, this.store, held);
    const faults = faultsOf(work, this.store.today);
    if (faults.length > 0) {
      this.refusals.push(...faults);
      return { body: workFormPage(work, this.store, faults) };
    }
    if (params.has('preview_button') && held)
      return { body: workPage(work, this.store.options.author, 'Not saved yet.') };
    if (params.has('post_button')) work.posted = true;
    if (work.posted && work.chapters[0]) work.chapters[0].posted = true;
    this.store.save(work);
    joinSeries(work, params, this.store);
    return { to: params.has('preview_button') ? `/works/${work.id}/preview` : `/works/${work.id}` };
  }

  private keepChapter(params: Params, work: StoredWork, held: StoredChapter): Answer {
    const chapter = chapterFrom(params, held);
    const faults = chapterFaults(chapter, this.store.today, false);
    if (faults.length > 0) {
      this.refusals.push(...faults);
      return { body: chapterFormPage(work, chapter, this.store, faults) };
    }
    if (params.has('post_without_preview_button') || params.has('post_button')) chapter.posted = true;
    const changed = this.store.save(withChapter(work, chapter, params.line('chapter[wip_length]')));
    if (chapter.posted) changed.posted = true;
    return {
      to: `/works/${work.id}/chapters/${changed.chapters.find(({ position }) => position === Math.min(chapter.position, changed.chapters.length))?.id}`,
    };
  }

  /** A work that has another date than today's gives its chapters that of its first. */
  private nextChapter(work: StoredWork): StoredChapter {
    return this.store.blankChapter(work.chapters.length + 1, work.backdated ? work.chapters[0]?.date : undefined);
  }

  /** One address, or several as chapters, lead to the work; several works to a list of what became of them. */
  private async importAddresses(params: Params): Promise<Answer> {
    const { works, failed, refused } = await importGo(params, this.store, this.fetchRules);
    this.refusals.push(...(refused ? [refused] : failed.map(({ address, message }) => `${address}: ${message}`)));
    const lines = failed.map(
      ({ address, message }) => `<dt>${escapeHtml(address)}</dt><dd>${escapeHtml(message)}</dd>`,
    );
    const error = refused
      ? escapeHtml(refused)
      : lines.length > 0
        ? `<h3>Failed Imports</h3><dl>${lines.join('\n')}</dl>`
        : '';
    const [first] = works;
    if (!first) {
      const urls = params.text('urls').split(/\s+/).filter(Boolean);
      return { body: importFormPage(this.store, urls, '', error) };
    }
    const single = params.line('import_multiple') === 'chapters' || works.length + failed.length === 1;
    if (single) return { to: first.posted ? `/works/${first.id}` : `/works/${first.id}/preview` };
    const list = works.map(
      ({ id, title, posted }) => `<li><a href="/works/${id}${posted ? '' : '/preview'}">${escapeHtml(title)}</a></li>`,
    );
    return {
      body: page(
        'Imported Works',
        `${flash('error', error)}<h2 class="heading">Imported Works</h2>\n<ul>${list.join('\n')}</ul>`,
      ),
    };
  }

  private chosen(params: Params): StoredWork[] {
    return params.list('work_ids[]').flatMap((id) => this.store.find(Number(id)) ?? []);
  }

  /** What was left blank stays as it is; what was said replaces what was there. */
  private changeMany(params: Params): Answer {
    const said = new Params(new URLSearchParams([...params.sent].filter(([, value]) => value !== '')));
    for (const work of this.chosen(params)) {
      const changed = workFrom(said, this.store, work);
      changed.collections = [
        ...new Set([
          ...work.collections,
          ...said
            .text('work[collections_to_add]')
            .split(',')
            .map((name) => name.trim()),
        ]),
      ].filter((name) => this.store.options.collections.includes(name));
      const faults = faultsOf(changed, this.store.today);
      if (faults.length > 0) this.refusals.push(...faults);
      else this.store.save(changed);
    }
    return { to: `/users/${this.store.options.author}/works/show_multiple` };
  }
}

const NOT_FOUND: Answer = { status: 404, body: page('Error 404', '<h2 class="heading">Error 404</h2>') };

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

function send(response: ServerResponse, { status, body = '', to, json }: Answer): void {
  const type = json === undefined ? 'text/html; charset=utf-8' : 'application/json';
  // The one content policy the archive has: nobody frames its pages. It does not keep an author's own script out.
  const headers = { 'content-type': type, 'content-security-policy': "frame-ancestors 'self'" };
  if (to === undefined) response.writeHead(status ?? 200, headers);
  else response.writeHead(302, { ...headers, location: to });
  response.end(json === undefined ? body : JSON.stringify(json, null, 2));
}
