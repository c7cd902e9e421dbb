/**
 * `npm run build`: the program in `dist/`, with the libraries it needs laid into a few files, the review page, and the shipped config
 * checked.
 *
 * One start of Node that looks for some 400 modules of a dozen libraries takes two seconds; from a few files it takes half of one.
 */
import { chmodSync, copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
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
// The review page: one script for browsers of the last years, and two files as they are. It asks nobody for anything more.
await build({
  entryPoints: { app: here('src/review/page/main.tsx') },
  outdir: here('dist/review'),
  bundle: true,
  minify: true,
  format: 'iife',
  platform: 'browser',
  target: ['chrome109', 'firefox115', 'safari16'],
  tsconfig: here('src/review/page/tsconfig.json'),
  legalComments: 'eof',
  logLevel: 'warning',
});
for (const name of ['index.html', 'style.css'])
  copyFileSync(here(`src/review/page/${name}`), here(`dist/review/${name}`));
writeFileSync(here('dist/config.json'), JSON.stringify(shippedConfig()));
chmodSync(here('dist/cli.js'), 0o755);
