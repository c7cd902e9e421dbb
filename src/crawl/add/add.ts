/**
 * `ficferry add`: pages saved by a browser, and other tools' web archives, put into the vault as if they had been
 * fetched. What can't be used is told, with the reason.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { FicferryError } from '../../errors.js';
import { readPage, type Sites } from '../../journal/index.js';
import type { Access, Capture } from '../../model.js';
import type { CaptureRef, Place, Vault } from '../vault/vault.js';
import { AddressLists, addressesInPage } from './address.js';
import { readArchive } from './archive.js';

export interface AddOptions {
  sites: Sites;
  vault: Pick<Vault, 'all' | 'read' | 'append'>;
  /** The address of a saved page, where the user gave one; goes before anything written in it or beside it. */
  urlOf?: (path: string) => string | undefined;
}

export interface Left {
  path: string;
  /** A short English clause. */
  why: string;
}

export interface AddSummary {
  /** Captures put into the vault. */
  added: number;
  /** Captures that it held already, byte for byte. */
  alreadyThere: number;
  /** What may be a page of a journal and could not be taken: somebody should look. */
  skipped: Left[];
  /** What is none: images, pages of other sites. */
  passedOver: Left[];
}

/**
 * Adds a saved page (`.html`, `.htm`), a web archive (`.warc`, `.warc.gz`), or a folder of them with all below it.
 *
 * A saved page's time is the file's; its address comes from `urlOf`, a line `file<TAB>address` in a `urls.tsv` beside or
 * above it, the browser's "saved from url" comment, `<link rel=canonical>` or `og:url`. What a page itself proves locked
 * goes to the restricted file; nothing shows whether a saved page was got by an account, so the rest is open.
 * @throws FicferryError NOT_FOUND; DISK and VAULT_DAMAGED of the vault
 */
export async function addPath(path: string, options: AddOptions): Promise<AddSummary> {
  const found = await stat(path).catch((error) => {
    if (!['ENOENT', 'ENOTDIR'].includes(error.code)) throw error;
    throw new FicferryError('NOT_FOUND', `There is no ${path}`, 'Give a saved page, a folder of them, or a WARC file.');
  });
  const adding = new Adding(options, found.isDirectory() ? path : dirname(path));
  if (found.isDirectory()) await adding.folder(path);
  else await adding.file(path, true);
  return adding.end();
}

const PAGES = new Set(['.html', '.htm', '.xhtml', '.shtml']);
/** Formats that hold a whole page in one file, and that are not read here. */
const WRAPPED = new Set(['.mht', '.mhtml', '.maff', '.webarchive']);

type Outcome = { ref: CaptureRef } | { why: string };

class Adding {
  readonly #options: AddOptions;
  readonly #lists: AddressLists;
  readonly #summary: AddSummary = { added: 0, alreadyThere: 0, skipped: [], passedOver: [] };
  /** Of archives: what other records may repeat, and what is to be done when all of them were read. */
  readonly #originals = new Map<string, CaptureRef>();
  readonly #later: (() => Promise<void>)[] = [];

  constructor(options: AddOptions, top: string) {
    this.#options = options;
    this.#lists = new AddressLists(top);
  }

  async end(): Promise<AddSummary> {
    for (const step of this.#later) await step();
    for (const left of this.#lists.unused()) this.#skip(left.path, left.why);
    return this.#summary;
  }

  async folder(top: string): Promise<void> {
    const folders = [top];
    for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
      const at = folder;
      const entries = await readdir(at, { withFileTypes: true }).catch((error) => this.#unreadable(at, error));
      if (!entries) continue;
      entries.sort((a, b) => (a.name < b.name ? -1 : 1));
      const pages = new Set(
        entries.filter(({ name }) => isPage(name)).map(({ name }) => name.slice(0, -extname(name).length)),
      );
      let others = 0;
      for (const entry of entries) {
        const path = join(at, entry.name);
        const page = /^(.+)_files$/.exec(entry.name)?.[1];
        if (!entry.isDirectory()) others += (await this.file(path, false)) ? 0 : 1;
        else if (page !== undefined && pages.has(page))
          this.#passOver(path, `holds the parts of the saved page ${page}`);
        else folders.push(path);
      }
      if (others > 0)
        this.#passOver(at, `${others} ${others === 1 ? 'file is' : 'files are'} neither a page nor a WARC`);
    }
  }

  /**
   * @param asked the user named this very file, so that it is looked into whatever its ending
   * @returns false for a file of no kind that is looked at
   */
  async file(path: string, asked: boolean): Promise<boolean> {
    const name = basename(path).toLowerCase();
    if (name === AddressLists.NAME) return true;
    if (/\.warc(\.gz)?$/.test(name)) await this.#archive(path);
    else if (WRAPPED.has(extname(name))) this.#skip(path, 'this format is not read; save the page as HTML');
    else if (isPage(name) || asked) await this.#page(path);
    else return false;
    return true;
  }

  async #page(path: string): Promise<void> {
    const { sites } = this.#options;
    const file = await readFileAndTime(path).catch((error) => this.#unreadable(path, error));
    if (!file) return;
    const { body, time } = file;
    const given = this.#options.urlOf?.(path) ?? (await this.#lists.find(path));
    const written = given === undefined ? addressesInPage(body) : [given];
    const url = written.map((address) => siteAddress(sites, address)).find((address) => address !== undefined);
    if (url === undefined) {
      const [first] = written;
      const why = first === undefined ? 'its address is not written in it' : `its address ${first} is of no known site`;
      const line = `${basename(path)}<TAB>https://…`;
      this.#skip(path, `${why}; write a line "${line}" into a file ${AddressLists.NAME} beside it`);
      return;
    }
    const headers = { 'content-type': 'text/html' };
    const access = { adult: false, account: false };
    const kind = sites.tryParse(url)?.kind;
    const reading = kind === 'entry' ? undefined : readPage(sites, { url, status: 200, headers, body });
    if (reading && reading.kind !== 'entry') {
      // stored, it would be in no list of anything: no entry's address leads to it
      const what = 'reason' in reading ? `no entry (${reading.reason})` : 'no entry';
      const line = `${basename(path)}<TAB>https://…`;
      this.#skip(
        path,
        `it shows ${what}, and ${url} does not say which it stands for; if you know, write a line "${line}" into a file ${AddressLists.NAME} beside it`,
      );
      return;
    }
    const outcome = await this.#put({ url, time, status: 200, headers, body, access });
    if ('why' in outcome) this.#skip(path, outcome.why);
  }

  async #archive(path: string): Promise<void> {
    const { sites, vault } = this.#options;
    const account = await readArchive(path, {
      originals: this.#originals,
      isOurs: (url) => URL.canParse(url) && sites.owns(url) !== undefined && !sites.isSessionHop(url),
      put: (capture) => this.#put(capture),
      bodyOf: async (ref) => (await vault.read(ref)).body,
    });
    for (const why of account.skipped) this.#skip(path, why);
    for (const why of account.passedOver) this.#passOver(path, why);
    this.#later.push(async () => {
      for (const why of await account.repeats()) this.#skip(path, why);
    });
  }

  /** Stores a capture unless the vault holds it, or it is a page that says nothing of a journal. */
  async #put(capture: Capture): Promise<Outcome> {
    const { sites, vault } = this.#options;
    const reading = readPage(sites, capture);
    if (reading.kind === 'banned') return { why: `${capture.url} is no page of the journal: ${reading.reason}` };
    if (reading.kind === 'redirect' && sites.isSessionHop(reading.to)) {
      return { why: `${capture.url} leads to an address that carries a session` };
    }
    for (const ref of vault.all(capture.url)) {
      if (ref.use) continue;
      if (ref.status !== capture.status || !isSame(await vault.read(ref), capture)) continue;
      this.#summary.alreadyThere++;
      return { ref };
    }
    const proven = reading.kind === 'entry' ? reading.entry.security : 'unknown';
    const place = placeOf(proven, capture.access);
    const access = { ...capture.access, account: capture.access.account || proven === 'restricted' };
    const ref = await vault.append({ ...capture, access }, place);
    this.#summary.added++;
    return { ref };
  }

  /** One file that can't be read is no reason to leave the others. */
  #unreadable(path: string, error: unknown): undefined {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    this.#skip(path, `it can't be read (${code})`);
  }

  #skip(path: string, why: string): void {
    this.#summary.skipped.push({ path, why });
  }

  #passOver(path: string, why: string): void {
    this.#summary.passedOver.push({ path, why });
  }
}

async function readFileAndTime(path: string): Promise<{ body: Buffer; time: string }> {
  const { mtime } = await stat(path);
  return { body: await readFile(path), time: mtime.toISOString() };
}

/** What was got by an account (ficferry's own archives say so) is restricted unless its page proves it public. */
function placeOf(proven: 'public' | 'restricted' | 'unknown', access: Access): Place {
  if (proven === 'unknown') return access.account ? 'restricted' : 'open';
  return proven === 'public' ? 'open' : 'restricted';
}

function isSame(stored: Capture, given: Capture): boolean {
  return stored.headers.location === given.headers.location && Buffer.compare(stored.body, given.body) === 0;
}

/** @returns the whole address, where it is one of a site of ours and carries no session */
function siteAddress(sites: Sites, written: string): string | undefined {
  const address = sites.tryParse(written);
  if (!address) return undefined;
  const url = /^https?:/i.test(written) && URL.canParse(written) ? new URL(written).href : address.url;
  return sites.isSessionHop(url) ? undefined : url;
}

function isPage(name: string): boolean {
  return PAGES.has(extname(name).toLowerCase());
}
