/** `ficferry review`, and how the browser is opened. What the page can do is tested where the page is. */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openPage } from '../../src/cli/review.js';
import { ficferry, inFolder } from '../cli/program.js';
import { until } from './jobs.js';

const SAID =
  /^ficferry is at (http:\/\/127\.0\.0\.1:\d+\/#\S+) — open it in your browser\. Ctrl-C ends it; nothing is lost\.\n$/;
const onceSaid = { name: 'SIGINT' as const, when: (printed: string) => printed.includes('nothing is lost') };

describe('ficferry review', () => {
  it.each([
    { how: 'without a command', args: [] },
    { how: 'by its name', args: ['review', '--no-open'] },
  ])('says where it is, $how, and ends with Ctrl-C as with something done', ({ args }) =>
    inFolder(async (cwd) => {
      const { code, stdout, stderr } = await ficferry(args, { cwd, signal: onceSaid });
      expect(stdout).toMatch(SAID);
      expect({ code, stderr }).toEqual({
        code: 0,
        stderr: 'Ending; a page in hand is finished first. Press Ctrl-C again to leave at once.\n',
      });
      // No terminal, so nothing was opened, and nothing is left.
      expect(readdirSync(cwd)).toEqual([]);
    }),
  );

  it('is the first command of --help, and a mistyped command is still one', async () => {
    const { stdout } = await ficferry(['--help']);
    expect(stdout).toMatch(/Commands:\n\s+review /);
    expect(stdout).toContain('migrate');
    const mistyped = await ficferry(['revew']);
    expect(mistyped.code).toBe(2);
    expect(mistyped.stderr).toContain('review');
  });
});

// What opens a file has another name elsewhere.
describe.skipIf(process.platform !== 'linux')('opening the browser', () => {
  const path = process.env.PATH;
  afterEach(() => {
    process.env.PATH = path;
  });

  /** An xdg-open that writes down how it was called, where a list of processes would show it. */
  function listen(folder: string): () => string | undefined {
    const [bin, said] = [join(folder, 'bin'), join(folder, 'called')];
    mkdirSync(bin);
    writeFileSync(
      join(bin, 'xdg-open'),
      `#!/bin/sh\nprintf '%s\\n' "$*" > '${said}.part' && mv '${said}.part' '${said}'\n`,
    );
    chmodSync(join(bin, 'xdg-open'), 0o755);
    process.env.PATH = `${bin}${delimiter}${path}`;
    return () => (existsSync(said) ? readFileSync(said, 'utf8').trim() : undefined);
  }

  it('hands over a file that only its owner can read, and never the secret', () =>
    inFolder(async (folder) => {
      const called = listen(folder);
      const output = join(folder, 'output');
      const tidy = openPage('http://127.0.0.1:4567/#heliotrope', output);
      await until(() => called() !== undefined);
      const file = called() as string;
      expect(file).toBe(join(output, readdirSync(output)[0] as string));
      expect(file).not.toContain('heliotrope');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(readFileSync(file, 'utf8')).toContain('content="0; url=http://127.0.0.1:4567/#heliotrope"');
      tidy();
      expect(existsSync(output)).toBe(false);
      tidy();
    }));

  it('leaves a folder that was there, or that a run is in by now', () =>
    inFolder(async (folder) => {
      listen(folder);
      const [there, filled] = [join(folder, 'there'), join(folder, 'filled')];
      mkdirSync(there);
      const tidies = [openPage('http://127.0.0.1:1/#a', there), openPage('http://127.0.0.1:1/#a', filled)];
      mkdirSync(join(filled, 'vault'));
      for (const tidy of tidies) tidy();
      expect(readdirSync(there)).toEqual([]);
      expect(readdirSync(filled)).toEqual(['vault']);
    }));

  it('is no error where it fails', () =>
    inFolder(async (folder) => {
      process.env.PATH = folder;
      const nowhere = join(folder, 'a file');
      writeFileSync(nowhere, '');
      for (const output of [join(folder, 'output'), nowhere]) openPage('http://127.0.0.1:1/#a', output)();
      expect(readdirSync(folder)).toEqual(['a file']);
    }));
});
