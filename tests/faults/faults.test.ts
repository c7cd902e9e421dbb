import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SiteConfig } from '../../src/config/sites.js';
import { BOUNDS } from '../../src/crawl/fetch/exchange.js';
import { FAULTS } from './faults.js';
import { play } from './play.js';

const DOCUMENT = readFileSync(new URL('../../docs/faults.md', import.meta.url), 'utf8');

for (const { title, faults } of FAULTS) {
  describe(`${title}:`, () => {
    it.each(faults.map((fault) => [fault.name, fault] as const))('%s', async (_, fault) => {
      expect(await play(fault)).toEqual([]);
    });
  });
}

describe('docs/faults.md', () => {
  it('is this table', () => {
    const documented = DOCUMENT.split(/^## /m)
      .slice(1)
      .map((part) => ({
        title: part.slice(0, part.indexOf('\n')),
        rows: part
          .split('\n')
          .filter((line) => line.startsWith('| '))
          .slice(1)
          .map((line) => line.slice(2, -2).split(' | ')),
      }));
    const played = FAULTS.map(({ title, faults }) => ({
      title,
      rows: faults.map(({ name, does, exit, author }) => [name, does, String(exit), author]),
    }));
    expect(documented).toEqual(played);
  });

  it('names the bounds that hold, of which rows play smaller ones', () => {
    // 32 MB, two and a half minutes in all, half a minute of silence; a quarter of an hour is the longest wait
    expect(BOUNDS).toMatchObject({ body: 32 * 1024 ** 2, whole: 150_000, idle: 30_000 });
    expect(SiteConfig.shape.longestWait.parse(undefined)).toBe(900);
  });
});
