/**
 * A run: what the user asked for, resolved once into folders, sites and config. Every command starts here.
 *
 * A run's folder is `output/JOURNAL` unless `--out` says otherwise. It holds what cannot be made again: `vault/` (the captures), `decisions.yaml`
 * (the author's: written by her, and by what she decides on the review page), `people.csv` and `tags.csv` (an archivist's), `push.jsonl` (what an
 * archive has) and `done.json` (her ticks); and what can: `JOURNAL-bundle/`, its `.zip`, `JOURNAL-by-author/`, what `--for` asked for
 * (`JOURNAL-epub/`), `redirects.csv` and `report.json`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { type Config, loadConfig } from '../config.js';
import type { FetcherInside, Vault } from '../crawl/index.js';
import { FicferryError } from '../errors.js';
import { type Address, Sites } from '../journal/index.js';
import { type Decisions, parseDecisions } from '../works/index.js';
import { withRunTags } from './tagsFile.js';

export interface RunOptions {
  out?: string;
  contact?: string;
  /** Seconds; lengthens the site's own pause and never shortens it. */
  delay?: number;
  limit?: number;
  /** A file of addresses, or an entry whose links are the list. */
  from?: string;
  poster?: string;
  /** `false`: the journal's calendar is left alone. */
  calendar?: boolean;
  mine?: boolean;
  adult?: boolean;
  /** A Netscape cookies.txt. */
  cookies?: string;
  includeLocked?: boolean;
  /** Pictures are fetched, and packed. */
  images?: boolean;
  /** Pages saved from the archive that list the author's works there. */
  onArchive?: string[];
  /** A bundle for each author, too. */
  byAuthor?: boolean;
  /** Targets of `--for`, besides those that every bundle has. */
  for?: string[];
  config?: string;
}

export interface Run {
  options: RunOptions;
  config: Config;
  sites: Sites;
  /** Absent for commands that take what is in the folder. */
  address?: Address;
  folder: string;
  /** The time and the bounds of its requests, where a test puts its own in their place. */
  inside?: Partial<FetcherInside>;
}

export { VERSION } from '../version.js';

/** The folder that runs write to unless `--out` says otherwise. */
export const OUTPUT = 'output';

/**
 * Resolves what was asked for. The folder is `--out`, else `output/JOURNAL` of the address, else the one run there is.
 * @throws FicferryError BAD_ADDRESS, UNKNOWN_SITE, BAD_CONFIG, BAD_OPTION, BAD_TAGS
 */
export function startRun(options: RunOptions, address?: string): Run {
  const shipped = loadConfig(options.config);
  const sites = new Sites(shipped);
  const parsed = address === undefined ? undefined : sites.parseStart(address);
  const folder = options.out ?? defaultFolder(parsed);
  return { options, config: withRunTags(shipped, folder), sites, address: parsed, folder };
}

function defaultFolder(address: Address | undefined): string {
  if (address?.journal) return join(OUTPUT, address.journal);
  const runs = existsSync(OUTPUT) ? readdirSync(OUTPUT).filter((name) => existsSync(join(OUTPUT, name, 'vault'))) : [];
  if (runs.length === 1) return join(OUTPUT, runs[0] as string);
  throw new FicferryError(
    'BAD_OPTION',
    runs.length === 0 ? `There is no run in ${OUTPUT}/ yet` : `There are ${runs.length} runs in ${OUTPUT}/`,
    runs.length === 0
      ? 'Begin with: ficferry migrate ADDRESS, or name a folder with --out, such as --out output/NAME'
      : `Say which with --out, such as --out ${join(OUTPUT, runs[0] as string)}`,
  );
}

export function vaultFolder(run: Run): string {
  return join(run.folder, 'vault');
}

export function reportFile(run: Run): string {
  return join(run.folder, 'report.json');
}

/** Where the bundle and its ZIP go. */
export function bundlePlaces(run: Run, journal: string): { folder: string; zip: string } {
  const folder = join(run.folder, `${journal}-bundle`);
  return { folder, zip: `${folder}.zip` };
}

/** The bundle that a run's folder holds, if there is one. */
export function findBundle(folder: string): string | undefined {
  const name = existsSync(folder) ? readdirSync(folder).find((one) => one.endsWith('-bundle')) : undefined;
  return name === undefined ? undefined : join(folder, name);
}

/** Where the files of a target beside the bundle go. */
export function targetFolder(run: Run, journal: string, target: string): string {
  return join(run.folder, `${journal}-${target}`);
}

/** The journal a folder is about: the one asked for where pages of it are held, else the one that most pages are of. */
export function journalOf(run: Run, vault: Pick<Vault, 'refs'>): string {
  const counts = new Map<string, number>();
  for (const { url, status, use } of vault.refs()) {
    if (use) continue;
    const address = run.sites.tryParse(url);
    // a renamed journal's old address leads to pages of the new one
    if (address?.kind === 'entry' && address.journal && (status < 300 || status >= 400))
      counts.set(address.journal, (counts.get(address.journal) ?? 0) + 1);
  }
  const most = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0];
  const asked = run.address?.journal;
  if (asked !== undefined && (!most || counts.has(asked))) return asked;
  return most?.[0] ?? basename(resolve(run.folder));
}

/** A folder belongs to one journal; another one's captures in it would be bundled as this one's. @throws FicferryError OUT_TAKEN */
export function refuseOtherJournal(run: Run, address: Address, vault: Pick<Vault, 'refs'>): void {
  let other: Address | undefined;
  for (const { url, use } of vault.refs()) {
    if (use) continue;
    const held = run.sites.tryParse(url);
    if (held?.journal === undefined || address.journal === undefined) continue;
    // a renamed journal's old address is held as well, and leads to the new one
    if (held.site === address.site && held.journal === address.journal) return;
    if (held.kind === 'entry') other ??= held;
  }
  if (!other) return;
  throw new FicferryError(
    'OUT_TAKEN',
    `${run.folder} holds another journal, ${other.journal} on ${run.sites.site(other.site).name}`,
    'Choose another folder with --out.',
  );
}

/** Who wrote what, and who said yes; filled in by hand. */
export function peopleFile(run: Pick<Run, 'folder'>): string {
  return join(run.folder, 'people.csv');
}

/** Where the bundles of `--by-author` go. */
export function byAuthorFolder(run: Pick<Run, 'folder'>, journal: string): string {
  return join(run.folder, `${journal}-by-author`);
}

/** The author's file. The review page alone writes to it. */
export function decisionsFile(run: Run): string {
  return join(run.folder, 'decisions.yaml');
}

/** The author's decisions, or none where there is no file yet. */
export function readDecisions(run: Run): Decisions {
  const file = decisionsFile(run);
  return parseDecisions(existsSync(file) ? readFileSync(file, 'utf8') : '', file);
}
