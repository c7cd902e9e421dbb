/**
 * `npm run build`: the program in `dist/`, with the libraries it needs laid into a few files, the review page, and the shipped config
 * checked.
 *
 * One start of Node that looks for some 400 modules of a dozen libraries takes two seconds; from a few files it takes half of one.
 */
import { chmodSync, copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { REVIEW_PAGE } from './build.page.js';
import { shippedConfig } from './src/config.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

rmSync(here('dist'), { recursive: true, force: true });
await build({
  entryPoints: [here('src/cli.ts')],
  outdir: here('dist'),
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // Some of the libraries are CommonJS and ask for Node's own modules by `require`, which an ES module does not have.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  legalComments: 'linked',
  logLevel: 'warning',
});
await build({ ...REVIEW_PAGE, outdir: here('dist/review') });
copyFileSync(here('src/review/page/index.html'), here('dist/review/index.html'));
writeFileSync(here('dist/config.json'), JSON.stringify(shippedConfig()));
chmodSync(here('dist/cli.js'), 0o755);
