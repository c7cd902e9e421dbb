/**
 * The stand-in's import API, `api/v2`, as the archive's own controllers have it: what is asked of it is JSON, works are imported one after
 * the other by fetching their pages, and it goes on with that though whoever asked has gone.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { faultsOf } from './check.js';
import { ImportFailure } from './dates.js';
import { type FetchRules, fetchPage } from './fetching.js';
import { withPages } from './going.js';
import { languageCode } from './languages.js';
import { importPages } from './reader.js';
import { NO_FANDOM, tagsOf, UNRATED, UNWARNED } from './rules.js';
import { sanitise } from './sanitise.js';
import type { Store, StoredWork } from './store.js';

/** Exclusive: 199 are taken. */
const LIMIT = 200;

/** How one request goes wrong. Each is used up by the request that meets it. */
export interface Mood {
  on: 'import' | 'search';
  /** An error within the archive after so many works of the batch; what was imported stays. */
  failAfter?: number;
  /** No answer ever comes; the works are imported all the same. */
  silent?: boolean;
  /** The connection is cut: before anything was done, or after all was. */
  cut?: 'before' | 'after';
  /** What stands before the archive answers in its place. */
  wall?: { status: number; body: string; retryAfter?: string };
  /** The archive answers and says nothing of the works after so many. */
  forgets?: number;
  /** Pages can't be fetched, this once. */
  unfetched?: boolean;
}

export interface ApiOptions {
  /** Tokens that it knows. */
  tokens: string[];
  /** Users that are archivists. */
  archivists: string[];
  moods?: Mood[];
  /** Between two works of a batch, in ms. */
  perWork?: number;
}

type Json = Record<string, unknown>;
interface Answered {
  status: number;
  json: Json;
}

export class ImportApi {
  /** How often each work was sent, by the address of its first page. */
  readonly sent = new Map<string, number>();
  /** First pages of works that were sent though they were there. */
  readonly sentAgain: string[] = [];
  /** Sizes of the batches, in order. */
  readonly batches: number[] = [];
  readonly claimEmails: string[] = [];
  /** Batches that are being imported. */
  busy = 0;

  constructor(
    private readonly options: ApiOptions,
    private readonly store: Store,
    private readonly address: string,
    private readonly rules: FetchRules,
  ) {}

  async answer(request: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
    const kind = /^\/api\/v2\/works(\/search)?$/.exec(request.url ?? '');
    if (!kind || request.method !== 'POST') return send(response, { status: 404, json: { status: 404 } });
    const on = kind[1] ? 'search' : 'import';
    const mood = this.#moodOf(on);
    if (mood.wall) return wall(response, mood.wall);
    if (mood.cut === 'before') return void response.destroy();
    if (!this.#isKnown(request.headers.authorization)) {
      response.writeHead(401, { 'content-type': 'text/html', 'www-authenticate': 'Token realm="Application"' });
      return void response.end('HTTP Token: Access denied.\n');
    }
    const asked = parsed(body);
    const answered = !asked
      ? failed(new Error('unexpected token'))
      : on === 'search'
        ? this.#search(asked)
        : await this.#import(asked, mood);
    if (mood.cut === 'after') return void response.destroy();
    if (!mood.silent) send(response, answered);
  }

  #moodOf(on: Mood['on']): Mood {
    const moods = this.options.moods ?? [];
    const at = moods.findIndex((mood) => mood.on === on);
    return at === -1 ? { on } : (moods.splice(at, 1)[0] as Mood);
  }

  #isKnown(authorization = ''): boolean {
    const token = /^Token (?:token=)?"?([^"]+)"?$/.exec(authorization)?.[1];
    return token !== undefined && this.options.tokens.includes(token);
  }

  #search({ works }: Json): Answered {
    const urls = (Array.isArray(works) ? works : []).flatMap((work: Json) => work.original_urls ?? []) as (
      | string
      | Json
    )[];
    if (urls.length === 0) return envelope('empty_request', ['Please provide a list of URLs to find.']);
    if (urls.length >= LIMIT)
      return envelope('too_many_request', [`Please provide no more than ${LIMIT} URLs to find.`]);
    return envelope(
      'ok',
      ['Successfully searched all provided URLs.'],
      urls.map((url) => this.#found(url)),
    );
  }

  /** Only the very address counts. */
  #found(asked: string | Json): Json {
    const [id, url] = typeof asked === 'string' ? ['', asked] : [asked.id ?? '', String(asked.url)];
    const works = this.store.works.filter(({ importedFrom }) => importedFrom === url);
    const about = { original_id: id, original_url: url };
    if (works.length === 0)
      return { status: 'not_found', ...about, messages: [`No work has been imported from "${url}".`] };
    const results = works.map((work) => ({
      archive_url: this.#urlOf(work),
      created: work.created,
      message: `Work "${work.title}" was found at "${this.#urlOf(work)}".`,
    }));
    return { status: 'found', ...about, search_results: results, messages: results.map(({ message }) => message) };
  }

  async #import(asked: Json, mood: Mood): Promise<Answered> {
    const { archivist, items, works = items, ...top } = asked;
    if (!this.options.archivists.includes(String(archivist)))
      return envelope('forbidden', [
        'The "archivist" field must specify the name of an Archive user with archivist privileges.',
      ]);
    const list = Array.isArray(works) ? (works as Json[]) : [];
    if (list.length === 0) return envelope('empty_request', ['No items to import were provided.']);
    if (list.length >= LIMIT) return envelope('too_many_request', [`A maximum of ${LIMIT} items can be imported.`]);
    this.batches.push(list.length);
    this.busy++;
    try {
      const entries: Json[] = [];
      for (const [index, work] of list.entries()) {
        if (index === mood.failAfter) return failed(new Error('It broke.'));
        // whatever stands at the top counts for every work
        entries.push(await this.#importOne({ ...work, ...top }, mood));
        if (this.options.perWork) await sleep(this.options.perWork);
      }
      const errors = entries.filter(({ status }) => status !== 'created');
      if (asked.send_claim_emails && errors.length < entries.length) this.claimEmails.push(String(archivist));
      const shown = entries.slice(0, mood.forgets ?? entries.length);
      return envelope(
        errors.length > 0 ? 'bad_request' : 'ok',
        [errors.length > 0 ? 'At least one work was not imported.' : 'All works were successfully imported.'],
        shown,
      );
    } finally {
      this.busy--;
    }
  }

  async #importOne(work: Json, mood: Mood): Promise<Json> {
    const urls = Array.isArray(work.chapter_urls) ? (work.chapter_urls as string[]) : [];
    const [first = ''] = urls;
    const entry = (status: string, messages: string[], archiveUrl = '') => ({
      status,
      archive_url: archiveUrl,
      original_id: work.id ?? null,
      original_url: first,
      messages,
    });
    if (urls.length === 0) return entry('empty_request', ["This work doesn't contain any chapter URLs."]);
    if (urls.length >= LIMIT) return entry('too_many_requests', ['This work contains too many chapter URLs.']);
    this.sent.set(first, (this.sent.get(first) ?? 0) + 1);
    const before = this.store.importedFrom(first);
    if (before) {
      this.sentAgain.push(first);
      return entry('already_imported', [`A work has already been imported from ${first}.`], this.#urlOf(before));
    }
    try {
      if (mood.unfetched) throw new ImportFailure(`We couldn't download anything from ${first}.`);
      const made = await this.#made(work, urls);
      return entry('created', ['Successfully created work.'], this.#urlOf(this.store.save(made)));
    } catch (error) {
      return entry('unprocessable_entity', ['Unable to import this work.', (error as Error).message]);
    }
  }

  /** Fields that are given count more than what pages say; what is given nowhere has the archive's own words. */
  async #made(work: Json, urls: string[]): Promise<StoredWork> {
    const author = authorOf(work, 'author');
    if (!author) throw new ImportFailure('No author name specified');
    const coauthor = authorOf(work, 'coauthor');
    const pages: Uint8Array[] = [];
    for (const url of urls) pages.push(await fetchPage(url, this.rules));
    const { store } = this;
    const read = importPages(pages, {
      addresses: urls,
      encoding: text(work.encoding),
      detect: work.detect_tags !== false,
      today: store.today,
    });
    const override = work.override_tags !== false;
    const pick = (said: string[], detected: string[], otherwise: string[] = []) =>
      [override ? said : detected, override ? detected : said].find((list) => list.length > 0) ?? otherwise;
    const rating = pick(text(work.rating) ? [text(work.rating)] : [], read.rating === undefined ? [] : [read.rating], [
      UNRATED,
    ]);
    const made: StoredWork = {
      ...store.blankWork(),
      posted: true,
      restricted: true,
      title: text(work.title) || read.title,
      rating: rating[0] as string,
      warnings: pick(list(work.warnings), read.warnings, [UNWARNED]),
      categories: list(work.categories),
      fandoms: pick(list(work.fandoms), read.fandoms, [NO_FANDOM]),
      relationships: pick(list(work.relationships), read.relationships),
      characters: pick(list(work.characters), read.characters),
      additionalTags: pick(list(work.additional_tags), read.tags),
      summary: sanitise(text(work.summary) || read.summary, 'summary'),
      notes: sanitise(text(work.notes) || read.notes, 'notes'),
      language: languageCode(text(work.language_code)) || 'en',
      collections: list(work.collection_names).filter((name) => store.options.collections.includes(name)),
      expectedChapters: read.chapters.length,
      importedFrom: urls[0] as string,
      externalAuthors: coauthor ? [author, coauthor] : [author],
    };
    withPages(made, read, store);
    const blank = made.chapters.find(({ content }) => content === '');
    if (blank) throw new ImportFailure(`Chapter ${blank.position} of "${made.title}" is blank.`);
    const faults = faultsOf(made, store.today);
    if (faults.length > 0) throw new ImportFailure(`Validation failed: ${faults.join(' ')}`);
    return made;
  }

  #urlOf({ id }: StoredWork): string {
    return `${this.address}/works/${id}`;
  }
}

/** Both name and e-mail are needed. A name keeps ASCII letters, digits, space, `_ - @ .` */
function authorOf(work: Json, who: 'author' | 'coauthor'): { name: string; email: string } | undefined {
  const name = text(work[`external_${who}_name`]);
  const email = text(work[`external_${who}_email`]);
  if (!name && !email) return undefined;
  if (!name || !email) throw new ImportFailure('No author name specified');
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) throw new ImportFailure('Email should look like an email address.');
  return { name: name.replace(/[^A-Za-z0-9 _\-@.]/g, ''), email };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** One line parted by commas, or names without any. */
function list(value: unknown): string[] {
  return tagsOf(Array.isArray(value) ? value.join(',') : text(value));
}

function parsed(body: string): Json | undefined {
  try {
    return JSON.parse(body) as Json;
  } catch {
    return undefined;
  }
}

function envelope(status: string, messages: string[], works: Json[] = []): Answered {
  const http = status === 'ok' ? 200 : status === 'forbidden' ? 403 : 400;
  return { status: http, json: { status, messages, works } };
}

/** Its message is no list. */
function failed(error: Error): Answered {
  const messages = `An error occurred in the Archive code: ${error.message}`;
  return { status: 500, json: { status: 'internal_server_error', messages } };
}

function wall(response: ServerResponse, { status, body, retryAfter }: NonNullable<Mood['wall']>): void {
  response.writeHead(status, {
    'content-type': 'text/html',
    ...(retryAfter !== undefined && { 'retry-after': retryAfter }),
  });
  response.end(body);
}

function send(response: ServerResponse, { status, json }: Answered): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(json));
}
