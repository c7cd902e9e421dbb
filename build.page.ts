/** How the review page is laid into one script and one style: for browsers of the last years, and asking nobody for anything more. */
import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';

const here = (name: string): string => fileURLToPath(new URL(`src/review/page/${name}`, import.meta.url));

/** Without the place where it goes. `index.html` is copied as it is. */
export const REVIEW_PAGE: BuildOptions = {
  entryPoints: { app: here('main.tsx'), style: here('style.css') },
  bundle: true,
  minify: true,
  format: 'iife',
  platform: 'browser',
  target: ['chrome109', 'firefox115', 'safari16'],
  tsconfig: here('tsconfig.json'),
  legalComments: 'eof',
  logLevel: 'warning',
};
