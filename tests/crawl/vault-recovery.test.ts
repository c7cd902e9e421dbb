import { spawn, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CaptureRef, Vault } from '../../src/crawl/vault/vault.js';
import { tempFolder } from './vault-helpers.js';
import {
  fillVault,
  layFiles,
  openChecked,
  page,
  refsChecked,
  snapshot,
  wrongUnlessDamaged,
  wrongWithVault,
} from './whole-vault.js';

/** The files of a closed vault with three captures, and of the same vault killed before its third index line. */
let whole: { warc: Buffer; index: Buffer; refs: readonly CaptureRef[] };
let folder: string;
beforeAll(async () => {
  // In SURT order, so that the lines of a sorted index stand in capture order.
  const { files, refs } = await fillVault(
    tempFolder(),
    [1, 2, 3].map((n) => [page(n), 'open']),
  );
  whole = { warc: files['captures.warc.gz'] as Buffer, index: files['captures.cdxj'] as Buffer, refs };
  expect(whole.index.toString().trim().split('\n')).toHaveLength(3);
});

function lay(warc: Uint8Array | undefined, index: Uint8Array | string | undefined): string {
  folder = tempFolder();
  layFiles(folder, { 'captures.warc.gz': warc, 'captures.cdxj': index });
  return folder;
}

/** Opens for writing and expects these captures, and that all read; with `goOn` appends one more and opens again. */
async function expectSound(captures: number, goOn = true): Promise<void> {
  expect(await wrongWithVault(folder, whole.refs.slice(0, captures), goOn)).toBeUndefined();
}

async function expectDamaged(modes = [false, true]): Promise<void> {
  expect(await wrongUnlessDamaged(folder, modes)).toBeUndefined();
}

const lineStart = (n: number) => [...whole.index.toString().matchAll(/^/gm)].map((m) => m.index)[n - 1] as number;
const recordStart = (n: number) => whole.refs[n - 1]?.offset as number;

describe('after a crash', { timeout: 120_000 }, () => {
  it('keeps two captures wherever the third record was cut before its index line', async () => {
    const twoLines = whole.index.subarray(0, lineStart(3));
    for (let cut = recordStart(3); cut < whole.warc.length; cut++) {
      lay(whole.warc.subarray(0, cut), twoLines);
      await expectSound(2, cut % 10 === 0);
    }
  });

  it('keeps two captures where the rest of the third record is zeros', async () => {
    const twoLines = whole.index.subarray(0, lineStart(3));
    // A member ends with its length in four bytes, of which the last two are zeros anyway.
    for (let cut = recordStart(3); cut < whole.warc.length - 2; cut += 7) {
      const warc = Buffer.from(whole.warc);
      warc.fill(0, cut);
      lay(cut % 2 ? Buffer.concat([warc, Buffer.alloc(5000)]) : warc, twoLines);
      await expectSound(2);
    }
  });

  it('keeps three captures wherever the index was cut, and mends it', async () => {
    for (let cut = 0; cut <= whole.index.length; cut += cut < lineStart(3) ? 13 : 1) {
      lay(whole.warc, whole.index.subarray(0, cut));
      await expectSound(3, cut % 20 === 0);
    }
    lay(whole.warc, whole.index.subarray(0, lineStart(2) + 5));
    await (await Vault.open(folder)).close();
    expect(readFileSync(join(folder, 'captures.cdxj')).equals(whole.index)).toBe(true);
  });

  it('keeps three captures where the end of the index is zeros, or all of it, or there is none', async () => {
    for (let cut = 0; cut < whole.index.length; cut += 17) {
      const index = Buffer.from(whole.index);
      index.fill(0, cut);
      lay(whole.warc, index);
      await expectSound(3);
    }
    lay(whole.warc, undefined);
    await expectSound(3);
  });

  it('begins anew where nothing whole was written', async () => {
    const first = recordStart(1);
    for (let cut = 0; cut < first; cut += 3) {
      lay(whole.warc.subarray(0, cut), cut % 2 ? '' : undefined);
      await expectSound(0);
    }
    lay(undefined, 'org,dream');
    await expectSound(0);
    expect(spawnSync('gzip', ['-t', join(folder, 'captures.warc.gz')]).status).toBe(0);
  });

  it('keeps a whole record whose line was lost, in the middle and at the end, and cuts a torn one after it', async () => {
    const [one, two, three] = whole.index.toString().match(/.*\n/g) as string[];
    for (const index of [`${one}${three}`, `${two}${three}`, `${one}`, `${three}`, `${two}`, '', `${three}${one}`]) {
      lay(Buffer.concat([whole.warc, whole.warc.subarray(recordStart(3), recordStart(3) + 60)]), index);
      await expectSound(3);
    }
  });

  it('sorts an index that a killed run left unsorted or with lines twice', async () => {
    const [one, two, three] = whole.index.toString().match(/.*\n/g) as string[];
    for (const index of [`${three}${two}${one}`, `${one}${one}${two}${three}`, `${two}${three}${one}${two}`]) {
      lay(whole.warc, index);
      await (await Vault.open(folder)).close();
      expect(readFileSync(join(folder, 'captures.cdxj')).equals(whole.index)).toBe(true);
    }
  });

  it('cuts the torn record off the file, and nothing else', async () => {
    for (const tail of [whole.warc.subarray(recordStart(3), -1), Buffer.alloc(5000), Buffer.from('torn')]) {
      lay(Buffer.concat([whole.warc, tail]), whole.index);
      await (await Vault.open(folder)).close();
      expect(readFileSync(join(folder, 'captures.warc.gz')).equals(whole.warc)).toBe(true);
    }
  });

  it('passes over what an interrupted sort left', async () => {
    lay(whole.warc, whole.index);
    writeFileSync(join(folder, 'captures.cdxj.new'), whole.index.subarray(0, 40));
    await expectSound(3);
    expect(Object.keys(snapshot(folder)).sort()).toEqual(['captures.cdxj', 'captures.warc.gz']);
  });

  it('holds what it said it stored, killed a dozen times at random moments', async () => {
    folder = tempFolder();
    const child = fileURLToPath(new URL('vault-appender.ts', import.meta.url));
    const acknowledged = new Map<string, number>();
    for (let run = 0; run < 12; run++) {
      const output = await killedAfter(child, run, 1 + Math.floor(Math.random() * 25), Math.random() * 8);
      for (const [, url, length] of output.matchAll(/^(\S+) (\d+)\n/gm))
        acknowledged.set(url as string, Number(length));
      if (run % 2) continue; // Every other time the next child does the mending.
      const vault = await openChecked(folder);
      for (const [url, length] of acknowledged) {
        const ref = vault.newest(url);
        expect(ref, url).toBeDefined();
        expect((await vault.read(ref as CaptureRef)).body.length, url).toBe(length);
      }
      await vault.close();
    }
    expect(acknowledged.size).toBeGreaterThanOrEqual(12);
    for (const name of ['captures.warc.gz', 'restricted.warc.gz']) {
      const vault = await Vault.open(folder);
      await vault.close();
      expect(spawnSync('gzip', ['-t', join(folder, name)]).status).toBe(0);
    }
  });

  /** Kills the child `delay` ms after it has said `lines` lines; returns all that it said. */
  function killedAfter(child: string, run: number, lines: number, delay: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const process_ = spawn(process.execPath, ['--import', 'tsx', child, folder, String(run)]);
      let output = '';
      let errors = '';
      process_.stdout.on('data', (data) => {
        output += data;
        if (output.split('\n').length > lines) setTimeout(() => process_.kill('SIGKILL'), delay);
      });
      process_.stderr.on('data', (data) => {
        errors += data;
      });
      process_.on('close', (_code, signal) => (signal === 'SIGKILL' ? resolve(output) : reject(new Error(errors))));
    });
  }
});

describe('damage', { timeout: 120_000 }, () => {
  it('notices each flipped byte of each record, and touches nothing', async () => {
    for (let at = 0; at < whole.warc.length; at++) {
      const warc = Buffer.from(whole.warc);
      warc[at] = (warc[at] as number) ^ 0xff;
      lay(warc, whole.index);
      await expectDamaged(at % 10 === 0 ? [false, true] : [true]);
    }
  });

  it('notices it in a vault without an index too, where a whole record follows', async () => {
    for (let at = 0; at < recordStart(3); at += 7) {
      const warc = Buffer.from(whole.warc);
      warc[at] = (warc[at] as number) ^ 0x01;
      lay(warc, undefined);
      await expectDamaged();
    }
  });

  it('never cuts into a record that the index has', async () => {
    for (let cut = 0; cut < whole.warc.length; cut += 11) {
      lay(whole.warc.subarray(0, cut), whole.index);
      await expectDamaged();
    }
    lay(undefined, whole.index);
    await expectDamaged();
  });

  it('does not cut a torn record that a whole one follows', async () => {
    const third = whole.warc.subarray(recordStart(3));
    lay(
      Buffer.concat([whole.warc.subarray(0, recordStart(3)), Buffer.alloc(300_000, 1), third]),
      whole.index.subarray(0, lineStart(3)),
    );
    await expectDamaged();
  });

  it('never gives another answer for a flipped byte of the index', async () => {
    for (let at = 0; at < whole.index.length; at++) {
      const index = Buffer.from(whole.index);
      index[at] = (index[at] as number) ^ 0x01;
      lay(whole.warc, index);
      const before = snapshot(folder);
      const outcome = await refsChecked(folder, { readOnly: true }).catch((error) => error.code);
      if (outcome !== 'VAULT_DAMAGED') expect(outcome, `byte ${at}`).toEqual(whole.refs);
      expect(snapshot(folder)).toEqual(before);
    }
  });

  it('touches neither file where one of the two is damaged', async () => {
    lay(Buffer.concat([whole.warc, Buffer.alloc(9)]), whole.index);
    cpSync(join(folder, 'captures.warc.gz'), join(folder, 'restricted.warc.gz'));
    renameSync(join(folder, 'captures.cdxj'), join(folder, 'restricted.cdxj'));
    truncateSync(join(folder, 'restricted.warc.gz'), whole.warc.length - 9);
    const before = snapshot(folder);
    await expect(Vault.open(folder)).rejects.toMatchObject({ code: 'VAULT_DAMAGED' });
    expect(snapshot(folder)).toEqual(before);
    rmSync(join(folder, 'restricted.warc.gz'));
    rmSync(join(folder, 'restricted.cdxj'));
    await expectSound(3);
  });

  it('does not open where the last record that the index has is damaged', async () => {
    const warc = Buffer.from(whole.warc);
    warc[recordStart(3) + 40] = (warc[recordStart(3) + 40] as number) ^ 0xff;
    lay(warc, whole.index);
    await expect(Vault.open(folder)).rejects.toMatchObject({ code: 'VAULT_DAMAGED' });
  });

  it('opens without reading the middle, and finds its damage when it is read', async () => {
    const warc = Buffer.from(whole.warc);
    warc[recordStart(2) + 40] = (warc[recordStart(2) + 40] as number) ^ 0xff;
    lay(warc, whole.index);
    const vault = await Vault.open(folder);
    const [one, two, three] = [...vault.refs()] as [CaptureRef, CaptureRef, CaptureRef];
    await vault.read(one);
    await expect(vault.read(two)).rejects.toMatchObject({ code: 'VAULT_DAMAGED' });
    await vault.read(three);
    await expect(vault.check()).rejects.toMatchObject({ code: 'VAULT_DAMAGED' });
    await vault.close();
  });
});
