/** The stand-in's import API against the facts about the archive's: each rule once, over HTTP. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StandIn } from './standIn.js';

const TOKEN = 'abc123';
const PAGE =
  '<!DOCTYPE html><html><head><meta charset="utf-8"><title>t</title></head><body><!--\nTitle: From the page\nSummary: Said there\nDate: 2009-05-01\nChapter Title: One\nRating: E\n--><div class="chapter-content"><p>Words enough for a chapter.</p></div></body></html>';

let host: Server;
let base: string;
beforeAll(async () => {
  host = createServer((request, response) => {
    const there = request.url?.startsWith('/there');
    response.writeHead(there ? 200 : 404, { 'content-type': 'text/html' });
    response.end(there ? PAGE : '');
  });
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
});
afterAll(() => void host.close());

let archive: StandIn;
beforeEach(async () => {
  const api = { tokens: [TOKEN], archivists: ['keeper'] };
  archive = await StandIn.start({ api, today: '2026-08-22', collections: ['rescued'] });
});
afterEach(() => archive.close());

async function post(path: string, json: unknown, token = TOKEN) {
  const answer = await fetch(`${archive.address}/api/v2/${path}`, {
    method: 'POST',
    headers: { authorization: `Token token="${token}"`, 'content-type': 'application/json' },
    body: JSON.stringify(json),
  });
  const text = await answer.text();
  return { status: answer.status, json: text.startsWith('{') ? JSON.parse(text) : text };
}

const item = (more = {}) => ({
  id: 'a',
  title: 'Given',
  fandoms: ['F & G'],
  rating: 'Mature',
  warnings: 'Major Character Death,Rape/Non-Con',
  categories: ['M/M'],
  language_code: 'xx',
  collection_names: 'rescued,nowhere',
  external_author_name: 'Zoë (x)',
  external_author_email: 'z@example.org',
  chapter_urls: [`${base}/there/1.html`],
  detect_tags: false,
  override_tags: true,
  ...more,
});
const importing = (works: unknown[], more = {}) => post('works', { archivist: 'keeper', works, ...more });
const statuses = async (works: unknown[]) => {
  const { status, json } = await importing(works);
  return [status, json.works.map((one: { status: string }) => one.status)];
};

describe('who may ask', () => {
  it('is who has a token and is an archivist', async () => {
    expect((await post('works', {}, 'other')).status).toBe(401);
    const { status, json } = await post('works', { archivist: 'somebody', works: [item()] });
    expect([status, json.status]).toEqual([403, 'forbidden']);
    expect((await post('works/search', { works: [] }, 'other')).status).toBe(401);
  });
});

describe('an import', () => {
  it('makes posted works for members only, of what is given and what only pages have', async () => {
    const { status, json } = await importing([
      item({ chapter_urls: [`${base}/there/1.html`, `${base}/there/2.html`] }),
    ]);
    const [made] = archive.works;
    expect([status, json.status, json.works[0]]).toEqual([
      200,
      'ok',
      {
        status: 'created',
        archive_url: `${archive.address}/works/${made?.id}`,
        original_id: 'a',
        original_url: `${base}/there/1.html`,
        messages: ['Successfully created work.'],
      },
    ]);
    expect(made).toMatchObject({
      title: 'Given',
      posted: true,
      restricted: true,
      rating: 'Mature',
      warnings: ['Major Character Death', 'Rape/Non-Con'],
      summary: '<p>Said there</p>',
      language: 'en',
      collections: ['rescued'],
      externalAuthors: [{ name: 'Zo x', email: 'z@example.org' }],
      date: '2009-05-01',
      expectedChapters: 2,
    });
    expect(made?.chapters.map(({ title, date }) => [title, date])).toEqual([
      ['One', '2009-05-01'],
      ['One', '2009-05-01'],
    ]);
  });

  it('lets what stands at the top count for every work, the title too', async () => {
    await importing([item()], { title: 'All alike' });
    expect(archive.works[0]?.title).toBe('All alike');
  });

  it('keeps what could be made, and is no success unless all could', async () => {
    const works = [
      item(),
      item({ chapter_urls: [] }),
      item({ chapter_urls: Array.from({ length: 200 }, (_, index) => `${base}/there/x${index}.html`) }),
      item({ chapter_urls: [`${base}/gone.html`] }),
      item({ chapter_urls: [`${base}/there/3.html`], external_author_email: undefined }),
      item({ chapter_urls: [`${base}/there/4.html`], external_author_email: 'no address' }),
      item({ chapter_urls: [`${base}/there/5.html`], title: 'x'.repeat(256) }),
      item({ chapter_urls: [`${base}/there/1.html?again#x`] }),
    ];
    expect(await statuses(works)).toEqual([
      400,
      ['created', 'empty_request', 'too_many_requests', ...Array(4).fill('unprocessable_entity'), 'already_imported'],
    ]);
    expect(archive.works).toHaveLength(1);
    expect(archive.api.sentAgain).toEqual([`${base}/there/1.html?again#x`]);
  });

  it('takes 199 works, and neither none nor more', async () => {
    const many = (count: number) => Array.from({ length: count }, () => ({ chapter_urls: [] }));
    expect((await importing([])).json).toMatchObject({ status: 'empty_request', works: [] });
    expect((await importing(many(200))).json).toMatchObject({ status: 'too_many_request', works: [] });
    expect((await importing(many(199))).json.works).toHaveLength(199);
  });
});

describe('a search', () => {
  it('finds a work by the very address of its first page', async () => {
    await importing([item({ chapter_urls: [`${base}/there/1.html`, `${base}/there/2.html`] })]);
    const urls = [`${base}/there/1.html`, { id: 'b', url: `${base}/there/2.html` }, `${base}/there/1.html?x`];
    const { status, json } = await post('works/search', { works: [{ original_urls: urls }] });
    expect([status, json.status]).toEqual([200, 'ok']);
    expect(json.works.map((one: Record<string, unknown>) => [one.status, one.original_id, one.original_url])).toEqual([
      ['found', '', `${base}/there/1.html`],
      ['not_found', 'b', `${base}/there/2.html`],
      ['not_found', '', `${base}/there/1.html?x`],
    ]);
    expect(json.works[0].search_results[0].archive_url).toBe(`${archive.address}/works/${archive.works[0]?.id}`);
  });

  it('takes 199 addresses, and neither none nor more', async () => {
    const many = (count: number) => ({ works: [{ original_urls: Array(count).fill('https://x.example/') }] });
    expect((await post('works/search', many(0))).json.status).toBe('empty_request');
    expect((await post('works/search', many(200))).json.status).toBe('too_many_request');
    expect((await post('works/search', many(199))).json.works).toHaveLength(199);
  });
});
