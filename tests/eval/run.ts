/**
 * Scores the reading of headers: `npm run eval [-- --worst 40]`.
 *
 * Renders the labelled cases of this folder as saved pages, reads them, and prints the scorer's tables. The renderer
 * and the scorer come from outside the project; without them one line is printed and nothing is measured. Exits 1 where a set
 * falls under the floor. `dev` came with the scorer; the others are the project's own, each written before the reader was mended for it.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSavedPage } from '../../src/commands/read.js';
import { loadConfig } from '../../src/config.js';
import { Sites } from '../../src/journal/index.js';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const TOOLS = join(HERE, '../../../shared/fic-headers');
/** The least each set of cases may score: micro-F1 over all fields. */
const FLOOR = 0.95;
const SETS = ['dev', 'own', 'own2', 'own3', 'own4', 'own5'];

const more = process.argv.slice(2);
if (!existsSync(join(TOOLS, 'score.mjs'))) {
  console.log('eval: the renderer and the scorer of header cases are not here; nothing was measured');
} else {
  const scratch = mkdtempSync(join(tmpdir(), 'ficferry-eval-'));
  try {
    for (const name of SETS) {
      const micro = await score(name, scratch);
      if (micro >= FLOOR) continue;
      console.error(`eval: ${name} scores ${micro.toFixed(4)}, less than ${FLOOR}`);
      process.exitCode = 1;
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Renders, reads and scores one file of cases, prints its tables, and returns its micro-F1. */
async function score(name: string, scratch: string): Promise<number> {
  const folder = join(scratch, name);
  execFileSync(process.execPath, [join(TOOLS, 'render.mjs'), join(HERE, `${name}.jsonl`), folder]);
  const results = join(scratch, `${name}.results.jsonl`);
  writeFileSync(results, readAll(folder));
  const scorer = [join(TOOLS, 'score.mjs'), join(folder, 'expected.jsonl'), results];
  console.log(`\n== ${name} ==\n${run([...scorer, ...(more.length > 0 ? more : ['--worst', '0'])])}`);
  return (JSON.parse(run([...scorer, '--json', '--worst', '0'])) as { micro: { f1: number } }).micro.f1;
}

/** What `ficferry read` prints of each page of a folder, with its address from urls.tsv. */
function readAll(folder: string): string {
  const config = loadConfig();
  const sites = new Sites(config);
  const pages = readFileSync(join(folder, 'urls.tsv'), 'utf8').trim().split('\n');
  return pages
    .map((page) => page.split('\t') as [string, string])
    .map(([file, url]) => readSavedPage({ file, url, bytes: readFileSync(join(folder, file)) }, sites, config))
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
}

function run(script: string[]): string {
  return execFileSync(process.execPath, script, { encoding: 'utf8', maxBuffer: 1 << 26 });
}
