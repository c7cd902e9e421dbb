/**
 * A hostile journal through the whole pipeline, vault to bundle: names that every file system takes, front matter and CSV that are
 * read back as what they are, labels that an importer reads right, and pages on which nothing runs and which ask nobody for anything.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { load } from 'cheerio';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bundle, type OpenBundle, openBundle, verifyBundle } from '../../src/bundle/index.js';
import { Vault } from '../../src/crawl/index.js';
import { bundleJournal } from '../../src/migrate.js';
import { startRun } from '../../src/run/run.js';
import { serveSite } from '../../src/site/index.js';
import { importPages } from '../archive/reader.js';
import { page } from '../crawl/whole-vault.js';
import { Desk } from '../filler/browser.js';
import { drawEntry, entryUrl, type Place } from '../journal/pages.js';
import { numberOf } from '../journal/posts.js';
import { hasPyYaml, haveProgram } from '../outside.js';
import { FORMULAS, hostilePosts, hostileTitles } from './hostile.js';

const PLACE: Place = {
  scheme: 'https',
  host: 'tarn-wick.livejournal.com',
  www: 'www.livejournal.com',
  journal: 'tarn_wick',
};
const home = mkdtempSync(join(tmpdir(), 'ficferry-hostile-'));
const folder = join(home, 'tarn_wick-bundle');
const data = join(folder, 'data');
let bundle: Bundle;

/** A host that nobody may ask for anything, and what was asked of it all the same. */
let canary: Server;
const sung: string[] = [];

beforeAll(async () => {
  canary = createServer((request, response) => {
    sung.push(`${request.method} ${request.url}`);
    response.setHeader('access-control-allow-origin', '*').end('window.__ran = 1');
  });
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
  mkdirSync(join(home, 'vault'));
  const vault = await Vault.open(join(home, 'vault'));
  for (const [index, post] of hostilePosts(address()).entries()) {
    const body = Buffer.from(drawEntry(PLACE, post, post.body));
    await vault.append(page(index, { url: entryUrl(PLACE, numberOf(post)), body }), 'open');
  }
  await vault.close();
  await bundleJournal(startRun({ out: home }, 'https://tarn-wick.livejournal.com/'), () => undefined);
  bundle = JSON.parse(readFileSync(join(data, 'bundle.json'), 'utf8')) as Bundle;
});
afterAll(async () => {
  canary.closeAllConnections();
  await new Promise((resolve) => canary.close(resolve));
  rmSync(home, { recursive: true, force: true });
});

const AS_THEY_STAND =
  /^<\/title>|^"><img|^{{|^javascript:|passwd|system32|boot\.ini|hosts|^\.{1,2}$|^CON$|^nul|^aux$|^COM1$|^lpt9|^the same$|^livejournal|^no$|^null$|^1e3$|^\+1|^@SUM|^'=1/i;
const address = () => `http://127.0.0.1:${(canary.address() as AddressInfo).port}/canary/`;
const files = () =>
  readdirSync(data, { recursive: true, encoding: 'utf8', withFileTypes: false }).map((name) =>
    name.replaceAll('\\', '/'),
  );
const read = (path: string) => readFileSync(join(data, path), 'utf8');
/** Blanks apart, as HTML has them. */
const tidy = (text: string) => text.replace(/\s+/g, ' ').trim();

describe('the bundle of a hostile journal', () => {
  it('is whole, and has a work for each title as it was written', async () => {
    for (const path of [folder, `${folder}.zip`]) expect((await verifyBundle(path)).problems).toEqual([]);
    const titles = bundle.works.map(({ title }) => title);
    // what looks like a part, a list or a quotation is read as one; markup, paths, names and formulas are read as they stand
    const plain = hostileTitles(address()).filter((title) => AS_THEY_STAND.test(title));
    expect(plain.length).toBeGreaterThan(20);
    expect(plain.filter((title) => !titles.includes(title))).toEqual([]);
    expect(bundle.works.length).toBeGreaterThan(75);
  });

  it('has names that Windows, macOS and Linux take, and tell apart', () => {
    const known = new Map<string, string>();
    for (const path of files()) {
      for (const part of path.split('/')) {
        expect(part).toMatch(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/);
        expect(part).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/);
        expect(Buffer.byteLength(part)).toBeLessThanOrEqual(80);
      }
      const folded = path.normalize('NFKC').toLowerCase();
      expect(known.get(folded)).toBeUndefined();
      known.set(folded, path);
    }
    expect(known.size).toBeGreaterThan(bundle.works.length * 3);
  });

  it('has front matter that a parser of YAML 1.1 reads as what it is', () => {
    if (!hasPyYaml()) return;
    const fronts = bundle.works.map(({ chapters }) => read(chapters[0]?.markdown ?? '').split(/^---$/m)[1] as string);
    const script = 'import json, sys, yaml; print(json.dumps([yaml.safe_load(one) for one in json.load(sys.stdin)]))';
    const output = execFileSync('python3', ['-c', script], {
      input: JSON.stringify(fronts),
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    const fields = JSON.parse(output) as Record<string, unknown>[];
    for (const [index, { title, summary, authors, archive }] of bundle.works.entries()) {
      expect(fields[index]).toMatchObject({ title, authors, fandoms: archive.fandoms, ...(summary && { summary }) });
    }
  });

  it('lists what was left out in cells that are no formulas, and are read back', () => {
    const [header, ...rows] = cellsOf(read('left-out.csv'));
    const column = header?.indexOf('subject') as number;
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
    const subjects = rows.map((row) => (row[column] as string).replace(/^'(?='*[=+\-@＝＋－＠])/, ''));
    expect(subjects).toEqual(expect.arrayContaining([...FORMULAS]));
  });

  it('has pages that an importer reads as they are meant', () => {
    for (const { title, summary, chapters } of bundle.works) {
      const pages = chapters.map(({ page: path }) => readFileSync(join(data, path as string)));
      const imported = importPages(pages);
      expect(tidy(imported.title)).toBe(tidy(title));
      expect(tidy(load(imported.summary, null, false).text())).toBe(tidy(summary ?? ''));
      expect(imported).toMatchObject({ fandoms: ['The Glasshouse Line'], rating: 'General Audiences' });
      expect(imported.chapters[0]?.content).toContain('The bell had been ringing since four');
    }
  });
});

describe.skipIf(!haveProgram('chromium'))('its pages in a browser', { timeout: 180_000 }, () => {
  let desk: Desk;
  let open: OpenBundle;
  const asked: string[] = [];
  beforeAll(async () => {
    desk = await Desk.open();
    // what the page's own policy refused was never asked, though the browser tells of it
    desk.context.on('requestfinished', (request) => asked.push(request.url()));
    desk.context.on('requestfailed', (request) => {
      if (request.failure()?.errorText !== 'csp') asked.push(`${request.url()} ${request.failure()?.errorText}`);
    });
    open = await openBundle(folder);
  });
  afterAll(async () => {
    await desk?.close();
    await open?.close();
  });

  /** Opens a page, unfolds, presses and passes over all there is, and sees that nothing ran but what is the bundle's own. */
  async function look(browser: Page, url: string): Promise<void> {
    await browser.goto(url);
    expect(await browser.evaluate(PRESS_ALL), url).toEqual({ before: undefined, after: undefined, foreign: 0 });
    expect(browser.url().replace(/#.*/, '')).toBe(url);
  }

  it('run nothing and ask nobody, from a disk', async () => {
    const browser = await desk.context.newPage();
    browser.on('dialog', (dialog) => sung.push(`dialog ${dialog.message()}`));
    const pages = files().filter((path) => path.endsWith('.html'));
    expect(pages.length).toBe(1 + 2 * bundle.works.length);
    for (const path of pages) await look(browser, pathToFileURL(join(data, path)).href);
    expect(sung).toEqual([]);
    expect(asked.filter((url) => !url.startsWith('file://'))).toEqual([]);
  });

  it('run nothing and ask nobody, from the preview’s server', async () => {
    const served = await serveSite(open, 0);
    try {
      const browser = await desk.context.newPage();
      asked.length = 0;
      for (const { chapters } of bundle.works) await look(browser, `${served.url}${chapters[0]?.page}`);
      expect(sung).toEqual([]);
      expect(asked.filter((url) => !url.startsWith(served.url))).toEqual([]);
    } finally {
      await served.close();
    }
  });

  it('would be seen to run something and ask: a page that nobody cleaned does', async () => {
    const browser = await desk.context.newPage();
    const script = `<script>window.__ran=1</script><img src="${address()}picture.png">`;
    await browser.setContent(script, { waitUntil: 'load' });
    expect(await browser.evaluate('window.__ran')).toBe(1);
    expect(sung).toEqual(['GET /canary/picture.png']);
    expect(asked.at(-1)).toBe(`${address()}picture.png`);
  });
});

/** Runs in the browser; a text, for it speaks of a `document` that is none of ours. */
const PRESS_ALL = `(async () => {
  const before = window.__ran;
  const buttons = [...document.querySelectorAll('button')];
  for (const fold of document.querySelectorAll('details')) { fold.open = !fold.open; fold.open = true; }
  for (const one of document.querySelectorAll('.story *, .chapter-content *, h1, h2, dd, td'))
    for (const kind of ['mouseover', 'focus']) one.dispatchEvent(new Event(kind, { bubbles: true }));
  for (const button of buttons) button.click();
  await new Promise((resolve) => setTimeout(resolve, 10));
  return { before, after: window.__ran, foreign: buttons.filter((one) => !one.dataset.copy || one.closest('.story')).length };
})()`;

/** CSV after RFC 4180. */
function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    (rows.at(-1) as string[]).push(quoted === undefined ? (plain as string) : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}
