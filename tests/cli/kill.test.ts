/** A run killed at any moment and started again ends as if nothing had happened, and asks for nothing that the vault holds. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Vault } from '../../src/crawl/index.js';
import { LoopbackJournal } from '../journal/server.js';
import { digests, ficferry, inFolder } from './program.js';

const BUNDLE = 'tarn_wick-bundle';
const KILLS = 12;

let journal: LoopbackJournal;
beforeAll(async () => {
  journal = await LoopbackJournal.start();
});
afterAll(() => journal.close());

/** Addresses of entries and go hops in the vault that a stranger's crawl has no reason to ask for again. */
async function heldPaths(vaultFolder: string): Promise<Set<string>> {
  if (!existsSync(vaultFolder)) return new Set();
  const vault = await Vault.open(vaultFolder, { readOnly: true }).catch(() => undefined);
  const gated = new URL(journal.entryAddress(10)).pathname;
  const paths = [...(vault?.refs() ?? [])]
    .filter(({ url, status }) => status === 302 || (/\/\d+\.html/.test(url) && !url.includes(gated)))
    .map(({ url }) => url.slice(new URL(url).origin.length));
  await vault?.close();
  return new Set(paths);
}

it(`ends with the same manifests after ${KILLS} kills`, { timeout: 180_000 }, async () => {
  await inFolder(async (folder) => {
    const config = ['--config', journal.writeConfig(join(folder, 'config.yaml'), 0.01)];
    const [calm, hunted] = [join(folder, 'calm'), join(folder, 'hunted')];
    expect((await ficferry(['migrate', journal.address, '--out', calm, ...config])).code).toBe(0);

    for (let kill = 0; kill < KILLS; kill++) {
      const held = await heldPaths(join(hunted, 'vault'));
      journal.asked.length = 0;
      // From before the first page to somewhere in the bundle: a whole run takes one to three seconds.
      const after = 150 + Math.random() * (kill < 8 ? 900 : 2600);
      await ficferry(['migrate', journal.address, '--out', hunted, ...config], { signal: { after, name: 'SIGKILL' } });
      expect(journal.asked.map(({ path }) => path).filter((path) => held.has(path))).toEqual([]);
    }
    const held = await heldPaths(join(hunted, 'vault'));
    journal.asked.length = 0;
    const done = await ficferry(['migrate', journal.address, '--out', hunted, ...config]);
    expect(done.stderr).not.toMatch(/bug of ours/);
    expect(done.code).toBe(0);
    expect(journal.asked.map(({ path }) => path).filter((path) => held.has(path))).toEqual([]);
    expect(digests(join(hunted, BUNDLE))).toEqual(digests(join(calm, BUNDLE)));
    expect((await ficferry(['verify', join(hunted, `${BUNDLE}.zip`)])).code).toBe(0);
  });
});
