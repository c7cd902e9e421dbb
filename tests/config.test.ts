import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadConfig, overlay } from '../src/config.js';

function withUserFile<T>(text: string, work: (file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'ficferry-config-'));
  try {
    writeFileSync(join(folder, 'mine.yaml'), text);
    return work(join(folder, 'mine.yaml'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the shipped config', () => {
  it('passes its own schemas', () => {
    const config = loadConfig();
    expect(Object.keys(config.sites)).toEqual(
      expect.arrayContaining(['livejournal', 'dreamwidth', 'insanejournal', 'deadjournal']),
    );
    expect(config.archive.limits.title).toBe(255);
  });

  it('reads a long file’s parts, with names as they stand there', () => {
    const { fandoms, tags } = loadConfig();
    expect(Object.keys(fandoms)).toEqual(
      expect.arrayContaining(['Hikaru no Go', 'Discworld - Terry Pratchett', 'Katekyou Hitman Reborn!']),
    );
    expect(Object.keys(tags)).toContain('Angst');
  });

  it('is read alike by another parser', () => {
    const folder = fileURLToPath(new URL('../config/', import.meta.url));
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
    expect(files.length).toBeGreaterThan(10);
    for (const name of files) {
      const text = readFileSync(join(folder, name), 'utf8');
      expect(load(text), name).toEqual(parse(text));
    }
  });

  it('passes its schemas again unchanged, so that it can be checked once for all starts', () => {
    const shipped = loadConfig();
    expect(JSON.parse(JSON.stringify(shipped))).toEqual(shipped);
    // a file that changes nothing, and has everything checked again
    const nothing = Object.entries(shipped).map(([key, value]) => `${key}: ${Array.isArray(value) ? '[]' : '{}'}\n`);
    expect(nothing.length).toBeGreaterThan(20);
    expect(withUserFile(nothing.join(''), loadConfig)).toEqual(shipped);
  });

  it('keeps every layout that a site names', () => {
    const { sites, layouts } = loadConfig();
    for (const site of Object.values(sites))
      for (const name of site.layouts) expect(Object.keys(layouts)).toContain(name);
  });
});

describe("the user's own file", () => {
  it('merges maps, appends lists, and replaces where the key ends in !', () => {
    expect(overlay({ a: { b: [1] }, c: 1 }, { a: { b: [2], d: 3 } })).toEqual({ a: { b: [1, 2], d: 3 }, c: 1 });
    expect(overlay({ a: { b: [1] } }, { a: { 'b!': [2] } })).toEqual({ a: { b: [2] } });
    expect(overlay({ a: [1] }, { a: 'x' })).toEqual({ a: 'x' });
    expect(overlay({ 'TVXQ!': [1] }, { 'TVXQ!': [2] })).toEqual({ 'TVXQ!': [1, 2] });
  });

  it('adds hosts to a site and leaves the rest of it alone', () => {
    const config = withUserFile('sites:\n  dreamwidth: {hosts: ["*.dw.test"]}\n', loadConfig);
    expect(config.sites.dreamwidth?.hosts).toEqual(['*.dreamwidth.org', '*.dw.test']);
    expect(config.sites.dreamwidth?.pause).toBe(2.2);
  });

  it('says where a mistake is, and what was expected there', () => {
    const wrong =
      'sites:\n  dreamwidth:\n    hosts: ["*.dw.test"]\n    server:\n      host: 127.0.0.1\n      port: many\n';
    expect(() => withUserFile(wrong, loadConfig)).toThrow(
      /^mine\.yaml, line 6: sites → dreamwidth → server → port: .*number/,
    );
    expect(() => withUserFile('sites:\n  dreamwidth:\n    speed: 1\n', loadConfig)).toThrow(
      /^mine\.yaml, line 3: sites → dreamwidth → speed/,
    );
    expect(() => withUserFile('a: 1\nsights: {}\n', loadConfig)).toThrow(/^mine\.yaml, line 1: "a" is no setting/);
  });
});
