/** A page as a real browser has it: loaded over HTTP, run, and written out again from the tree. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { readArchivePage } from '../../src/moved/index.js';
import { haveProgram } from '../outside.js';
import { editPage, statisticsPage, worksPage } from './pages.js';

const haveBrowser = haveProgram('chromium');

const shapes = loadConfig().archivePages;
const WORKS = [
  { id: 101, title: 'The Long <Tide> & “More”', fandoms: ['Harbour Lights (TV)', '灯塔 | Lighthouse'], words: 12_345 },
  { id: 102, title: 'Тихий час', fandoms: ['Harbour Lights (TV)'], words: 900 },
];

describe.skipIf(!haveBrowser)('a page that Chromium wrote out', { timeout: 120_000 }, () => {
  it.each([
    ['works', worksPage(WORKS)],
    ['statistics', statisticsPage(WORKS)],
    ['edit', editPage(WORKS)],
  ])('tells the same as the page that was sent: %s', async (kind, html) => {
    const server = createServer((_, response) =>
      response.setHeader('content-type', 'text/html; charset=utf-8').end(html),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const profile = mkdtempSync(join(tmpdir(), 'ficferry-browser-'));
    try {
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/users/lampwright/works`;
      const saved = await new Promise<string>((resolve, reject) => {
        const flags = [
          '--headless',
          '--no-sandbox',
          '--disable-gpu',
          `--user-data-dir=${profile}`,
          '--dump-dom',
          address,
        ];
        execFile('chromium', flags, { timeout: 100_000, maxBuffer: 1e8 }, (error, stdout) =>
          error ? reject(error) : resolve(stdout),
        );
      });
      expect(saved).toContain('</html>');
      const found = readArchivePage({ html: saved, file: 'saved.html' }, shapes);
      expect(found.kind).toBe(kind);
      expect(found).toEqual(readArchivePage({ html, file: 'sent.html' }, shapes));
      expect(found.works.map(({ title }) => title)).toEqual(WORKS.map(({ title }) => title));
    } finally {
      server.close();
      rmSync(profile, { recursive: true, force: true });
    }
  });
});
