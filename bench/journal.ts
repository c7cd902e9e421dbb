/** What a crawl costs beyond its pauses, and how much memory a long one takes: the built program against a loopback journal. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LoopbackJournal } from '../tests/journal/server.js';
import { manyPosts } from './make.js';
import { row } from './measure.js';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

/** Wall time per request less the pause, over a journal of so many entries. */
export async function crawlOverhead(entries: number, pause: number): Promise<void> {
  const perRequest: number[] = [];
  for (let run = 0; run < 3; run++) {
    await withJournal(entries, pause, async (journal, config, out) => {
      const began = performance.now();
      await ficferry(['crawl', journal.address, '--config', config, '--out', out]);
      perRequest.push((performance.now() - began) / journal.asked.length - pause * 1000);
    });
  }
  row(`crawl overhead a page beyond the pause (${entries} entries)`, perRequest, 'ms', 'program start included');
}

/** Peak memory of `migrate` over so many entries, and at the quarters of its way. */
export async function memoryOverJournal(entries: number): Promise<void> {
  await withJournal(entries, 0.001, async (journal, config, out) => {
    const seen: number[] = [];
    await ficferry(['migrate', journal.address, '--config', config, '--out', out], (pid) => {
      const resident = residentMegabytes(pid);
      if (resident) seen.push(resident);
    });
    const quarters = [0, 1, 2, 3].map((quarter) =>
      Math.max(
        ...seen.slice(Math.floor((quarter * seen.length) / 4), Math.floor(((quarter + 1) * seen.length) / 4) + 1),
      ),
    );
    row(`peak memory over ${entries.toLocaleString('en')} entries`, [Math.max(...seen)], 'MB', 'goal 250');
    console.log(`  peak in each quarter of its time: ${quarters.map((value) => value.toFixed(0)).join(', ')} MB`);
  });
}

async function withJournal(
  entries: number,
  pause: number,
  work: (journal: LoopbackJournal, config: string, out: string) => Promise<void>,
): Promise<void> {
  const journal = await LoopbackJournal.start({ posts: manyPosts(entries) });
  const folder = mkdtempSync(join(tmpdir(), 'ficferry-bench-'));
  try {
    await work(journal, journal.writeConfig(join(folder, 'config.yaml'), pause), join(folder, 'run'));
  } finally {
    await journal.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function ficferry(args: string[], sample?: (pid: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
    const said: Buffer[] = [];
    child.stderr.on('data', (bytes: Buffer) => said.splice(0, Math.max(0, said.length - 20), bytes));
    const timer = sample && setInterval(() => sample(child.pid as number), 100);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      if (code === 0) resolve();
      else reject(new Error(`ficferry ended with ${code}: ${Buffer.concat(said)}`));
    });
  });
}

/** Linux only; elsewhere nothing is sampled. */
function residentMegabytes(pid: number): number | undefined {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return undefined;
  }
}
