/** What the journal tests share: the shipped sites with the test server's hosts added, and the saved pages. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse as parseYaml } from 'yaml';
import { SitesFile } from '../../src/config/sites.js';
import { overlay } from '../../src/config.js';
import { readPage, Sites } from '../../src/journal/index.js';
import type { Entry, Reading } from '../../src/model.js';
import { shared as sharedPath } from '../outside.js';

const shipped: unknown = parseYaml(readFileSync(new URL('../../config/sites.yaml', import.meta.url), 'utf8'));
/** As shipped. */
export const plainSites = new Sites(SitesFile.parse(shipped));
/** With the test server's hosts, as a user's own config would add them. */
export const sites = new Sites(
  SitesFile.parse(overlay(shipped, { sites: { dreamwidth: { hosts: ['*.dw.test'], scheme: 'http' } } })),
);

const SHARED = fileURLToPath(new URL('../../../shared/', import.meta.url));

/** Whether the saved pages are there; says so where they are not. */
export const hasShared = (folder: string): boolean => sharedPath(folder) !== undefined;
export const shared = (path: string): string => SHARED + path;
/** None where the sample pages are not here: the cases that skip then are gathered all the same. */
export const filesIn = (folder: string): string[] =>
  (existsSync(SHARED + folder) ? readdirSync(SHARED + folder) : [])
    .filter((file) => file.endsWith('.html'))
    .map((file) => `${folder}/${file}`);

export function readFile(path: string, url = '', status = 200, by = sites): Reading {
  return readPage(by, { url, status, headers: {}, body: readFileSync(path) });
}

export function readText(html: string, url = '', status = 200, headers: Record<string, string> = {}): Reading {
  return readPage(sites, { url, status, headers, body: Buffer.from(html) });
}

export function entryOf(reading: Reading): Entry {
  if (reading.kind !== 'entry') throw new Error(`no entry: ${JSON.stringify(reading)}`);
  return reading.entry;
}

/** Text of a slice of HTML, for comparing what two layouts say. */
export function plain(html: string): string {
  return html
    .replace(/<!--.*?-->/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
