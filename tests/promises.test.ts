/** docs/promises.md names a test for each promise: they are there, under these names. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const path = (name: string): string => fileURLToPath(new URL(`../docs/${name}`, import.meta.url));
const text = readFileSync(path('promises.md'), 'utf8');
const sections = text.split(/^## /m).slice(1);
const promises = sections.flatMap((section) =>
  section
    .split(/^- /m)
    .slice(1)
    .map((promise) => promise.trim()),
);
/** A test's file, and where one case alone is meant, its name. */
const NAMED = /\(\[(tests\/[^\]]+)\]\(\.\.\/([^)]+)\)(?::\s+"([^"]+)")?\)/g;

describe('what is promised', () => {
  it('is some thirty things under headings', () => {
    expect(sections.length).toBeGreaterThanOrEqual(6);
    expect(promises.length).toBeGreaterThanOrEqual(25);
  });

  it.each(promises)('%s', (promise) => {
    const named = [...promise.matchAll(NAMED)];
    expect(named.length + Number(promise.includes('(the same test)'))).toBeGreaterThan(0);
    for (const [, shown, file, name] of named) {
      expect(file).toBe(shown);
      expect(existsSync(path(`../${file}`)), file).toBe(true);
      if (name)
        expect(readFileSync(path(`../${file}`), 'utf8').replace(/\s+/g, ' ')).toContain(name.replace(/\s+/g, ' '));
    }
  });
});
