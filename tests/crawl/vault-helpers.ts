import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { Capture } from '../../src/model.js';

/** A fresh folder that goes away after the test. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ficferry-vault-'));
  folders.push(folder);
  return folder;
}
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export const STRANGER = { adult: false, account: false };

/** A small page; fields may be given. */
export function page(number: number, own: Partial<Capture> = {}): Capture {
  const body = Buffer.from(`<title>Entry ${number}</title><p>The lamp was lit at ${number} o'clock.</p>`);
  return {
    url: `https://somebody.dreamwidth.org/${number}.html?format=light`,
    time: new Date(Date.UTC(2024, 0, 1, 0, 0, number)).toISOString(),
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body,
    access: STRANGER,
    ...own,
  };
}

/** Every file of a folder with its bytes, to see whether anything was touched. */
export function snapshot(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString('base64')]),
  );
}
