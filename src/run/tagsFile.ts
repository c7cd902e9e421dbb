/** `tags.csv` of a run: what wranglers made of its tags, as `ficferry tags` read it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../common/writeWhole.js';
import type { Wrangled } from '../config/vocabulary.js';
import type { Config } from '../config.js';
import { lockOut } from '../crawl/index.js';
import { FicferryError } from '../errors.js';
import { readTagTable, tagTableText } from '../works/index.js';

export function tagsFile(folder: string): string {
  return join(folder, 'tags.csv');
}

/** The config with the run's tags on top of the vocabulary's. @throws FicferryError BAD_TAGS */
export function withRunTags(config: Config, folder: string): Config {
  const wrangled = readRunTags(config, folder);
  return wrangled.length === 0 ? config : { ...config, wrangled: [...config.wrangled, ...wrangled] };
}

function readRunTags(config: Config, folder: string): Wrangled[] {
  const file = tagsFile(folder);
  return existsSync(file) ? readTagTable(readFileSync(file), file, config).wrangled : [];
}

export interface TagsOutcome {
  file: string;
  /** Tags that the table says something of, and those of them that are said to be something else. */
  read: number;
  changed: number;
  warnings: string[];
}

/**
 * Takes a filled table into the run; what earlier ones said of other tags stays.
 * @throws FicferryError NOT_FOUND, BAD_TAGS, OUT_BUSY, DISK
 */
export async function takeTags(table: string, config: Config, folder: string): Promise<TagsOutcome> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(table);
  } catch (error) {
    throw new FicferryError('NOT_FOUND', `${table} can't be read`, 'Check the path.', { cause: error });
  }
  const { wrangled, warnings } = readTagTable(bytes, table, config);
  const file = tagsFile(folder);
  if (!existsSync(folder)) throw new FicferryError('NOT_FOUND', `There is no run in ${folder}`, 'Name it with --out.');
  await using _folder = await lockOut(folder);
  const all = joined(readRunTags(config, folder), wrangled);
  writeWhole(file, tagTableText(all, config));
  const changed = wrangled.filter(({ type, tag, to }) => to.some((one) => one.type !== type || one.tag !== tag)).length;
  return { file, read: wrangled.length, changed, warnings };
}

/** What an earlier table made of a tag, and a later one makes something else of, is that in the end. */
function joined(before: readonly Wrangled[], later: readonly Wrangled[]): Wrangled[] {
  const keyOf = ({ type, tag }: Pick<Wrangled, 'type' | 'tag'>) => `${type} ${tag}`;
  const news = new Map(later.map((one) => [keyOf(one), one]));
  const kept = before.map((one) => ({ ...one, to: one.to.flatMap((to) => news.get(keyOf(to))?.to ?? [to]) }));
  return [...new Map([...kept, ...later].map((one) => [keyOf(one), one])).values()];
}
