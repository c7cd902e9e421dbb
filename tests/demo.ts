/**
 * `npm run demo`: starts the small journal on loopback, carries it with the built program over real HTTP, as its author would,
 * verifies the bundle, and says what was carried. Leaves everything in `output/demo`.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LoopbackJournal } from './journal/server.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = join('output', 'demo');

function ficferry(args: string[]): Promise<number> {
  console.log(`\n$ ficferry ${args.join(' ')}`);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join('dist', 'cli.js'), ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

process.chdir(ROOT);
rmSync(OUT, { recursive: true, force: true });
const journal = await LoopbackJournal.start({ robots: 'User-agent: *\nDisallow: /calendar\n' });
console.log(`A made-up journal of ${journal.posts.length} posts is served on this machine, at port ${journal.port}.`);
try {
  const config = journal.writeConfig(join('output', 'demo.yaml'), 0.05);
  const carried = await ficferry(['migrate', journal.address, '--config', config, '--out', OUT, '--adult']);
  const sound = carried === 0 ? await ficferry(['verify', join(OUT, 'tarn_wick-bundle')]) : carried;
  process.exitCode = sound === 0 ? await ficferry(['verify', join(OUT, 'tarn_wick-bundle.zip')]) : sound;
} finally {
  await journal.close();
  rmSync(join('output', 'demo.yaml'), { force: true });
}
