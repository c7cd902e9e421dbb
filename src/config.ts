/**
 * Loads `config/*.yaml`, with the parts of a long file from a folder of its name, and lays the user's own file over it.
 *
 * Maps merge by key; a list is appended to the shipped one unless its key ends in `!`, which replaces.
 * A mistake is reported with file, line and what was expected.
 *
 * Every start of the program needs all of it, and its 6,000 lines of YAML take longer to read than most commands take: the build
 * checks them once and leaves them as JSON beside the program.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { type Document, isMap, isNode, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { ArchivePagesFile } from './config/archivePages.js';
import { ArchivesFile } from './config/archives.js';
import { ImagesFile } from './config/images.js';
import { LabelsFile } from './config/labels.js';
import { RatingsFile } from './config/ratings.js';
import { SitesFile } from './config/sites.js';
import { TextFile } from './config/text.js';
import { VocabularyFile } from './config/vocabulary.js';
import { type ErrorCode, FicferryError } from './errors.js';

/** Everything under `config/`, checked. */
export interface Config
  extends SitesFile,
    LabelsFile,
    RatingsFile,
    VocabularyFile,
    ArchivesFile,
    ImagesFile,
    TextFile,
    ArchivePagesFile {}

const FILES = {
  'sites.yaml': SitesFile,
  'labels.yaml': LabelsFile,
  'ratings.yaml': RatingsFile,
  'vocabulary.yaml': VocabularyFile,
  'archives.yaml': ArchivesFile,
  'images.yaml': ImagesFile,
  'text.yaml': TextFile,
  'archive-pages.yaml': ArchivePagesFile,
} as const;

/** The shipped folder; the same path from `src/` and from `dist/`. */
const SHIPPED = fileURLToPath(new URL('../config/', import.meta.url));

/** What the build left of that folder: in `dist/`, and never in `src/`. */
const BUILT = fileURLToPath(new URL('config.json', import.meta.url));

/** By file, checked. A checked file passes its check again unchanged, so that a user's file can be laid over it. */
export type ShippedConfig = Record<string, Record<string, unknown>>;

/**
 * Reads the shipped files and, where given, the user's own.
 * @throws FicferryError BAD_CONFIG naming file, line and expectation
 */
export function loadConfig(userFile?: string): Config {
  const user = userFile === undefined ? undefined : readYaml(userFile);
  const shipped = existsSync(BUILT) ? (JSON.parse(readFileSync(BUILT, 'utf8')) as ShippedConfig) : shippedConfig();
  const result: Record<string, unknown> = {};
  const known = new Set<string>();
  for (const [file, schema] of Object.entries(FILES)) {
    const keys = Object.keys(schema.shape);
    for (const key of keys) known.add(key);
    const own = pick(user?.data, keys);
    const changed = user && Object.keys(own).length > 0;
    Object.assign(
      result,
      changed ? check(schema, overlay(shipped[file], own), [user, ...readShipped(file)]) : shipped[file],
    );
  }
  if (user) refuseUnknown(user, known);
  return result as unknown as Config;
}

/** The shipped files, read and checked. @throws FicferryError BAD_CONFIG naming file, line and expectation */
export function shippedConfig(): ShippedConfig {
  return Object.fromEntries(
    Object.entries(FILES).map(([file, schema]) => {
      const files = readShipped(file);
      return [file, check(schema, joined(files), files) as Record<string, unknown>];
    }),
  );
}

interface YamlFile {
  path: string;
  data: Record<string, unknown>;
  /** With the places of its lines; made where a message needs one. */
  parsed: () => Parsed;
}

interface Parsed {
  document: Document;
  lines: LineCounter;
}

/** A shipped file, and those of the folder that is named after it: `vocabulary.yaml`, `vocabulary/anime.yaml` …. */
function readShipped(file: string): [YamlFile, ...YamlFile[]] {
  const folder = SHIPPED + file.replace(/\.yaml$/, '');
  const parts = existsSync(folder) ? readdirSync(folder).sort() : [];
  return [shippedYaml(SHIPPED + file), ...parts.map((part) => shippedYaml(join(folder, part)))];
}

/** By a parser that keeps no places, in half the time; the tests see to it that both parsers read the same. */
function shippedYaml(path: string): YamlFile {
  const text = readFileSync(path, 'utf8');
  return { path, data: load(text) as Record<string, unknown>, parsed: () => parsedOf(text) };
}

/** Their maps as one. No overlay: a fandom's "!" is part of its name here. */
function joined(files: readonly YamlFile[]): Record<string, unknown> {
  const all: Record<string, unknown> = {};
  for (const { data } of files)
    for (const [key, value] of Object.entries(data)) {
      const before = all[key];
      all[key] = isPlainMap(before) && isPlainMap(value) ? { ...before, ...value } : value;
    }
  return all;
}

function readYaml(path: string): YamlFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new FicferryError(
      'BAD_CONFIG',
      `The config file ${path} can't be read`,
      'Check the path given with --config.',
      {
        cause: error,
      },
    );
  }
  return parseYaml(text, path, 'BAD_CONFIG');
}

/**
 * Reads a YAML text that people write, through its schema.
 * @param path the file's path or name, for messages
 * @throws FicferryError with this code, naming file, line and what was expected
 */
export function checkYaml<T extends object>(schema: z.ZodType<T>, text: string, path: string, code: ErrorCode): T {
  const file = parseYaml(text, path, code);
  return check(schema, file.data, [file], code) as T;
}

function parseYaml(text: string, path: string, code: ErrorCode): YamlFile {
  const parsed = parsedOf(text);
  const { document, lines } = parsed;
  const first = document.errors[0];
  if (first) {
    const at = lines.linePos(first.pos[0]);
    throw new FicferryError(code, `${basename(path)}, line ${at.line}: ${first.message.split('\n')[0]}`);
  }
  const data: unknown = dataOf(document, lines, path, code) ?? {};
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    throw new FicferryError(code, `${basename(path)}, line 1: a map of settings was expected`);
  }
  return { path, data: data as Record<string, unknown>, parsed: () => parsed };
}

/** The library meets an alias of nothing, or one that stands for ever more, only when it puts the values together. */
function dataOf(document: Document, lines: LineCounter, path: string, code: ErrorCode): unknown {
  try {
    return document.toJS();
  } catch (error) {
    let at = 0;
    visit(document, {
      Alias: (_, node) => {
        at = node.range?.[0] ?? 0;
        return node.resolve(document) ? undefined : visit.BREAK;
      },
    });
    throw new FicferryError(
      code,
      `${basename(path)}, line ${lines.linePos(at).line}: ${(error as Error).message}`,
      undefined,
      {
        cause: error,
      },
    );
  }
}

function parsedOf(text: string): Parsed {
  const lines = new LineCounter();
  return { document: parseDocument(text, { lineCounter: lines }), lines };
}

/**
 * Lays `own` over `base`: maps by key, lists appended, `key!` replaces, anything else wins. A name that ends in "!" in
 * `base` itself ("TVXQ!") is a key like others.
 */
export function overlay(base: unknown, own: unknown): unknown {
  if (own === undefined) return base;
  if (Array.isArray(base) && Array.isArray(own)) return [...base, ...own];
  if (!isPlainMap(own)) return own;
  const result: Record<string, unknown> = isPlainMap(base) ? { ...base } : {};
  for (const [key, value] of Object.entries(own)) {
    if (key.endsWith('!') && !(key in result)) result[key.slice(0, -1)] = value;
    else result[key] = overlay(result[key], value);
  }
  return result;
}

function isPlainMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function pick(data: Record<string, unknown> | undefined, keys: string[]): Record<string, unknown> {
  if (!data) return {};
  return Object.fromEntries(Object.entries(data).filter(([key]) => keys.includes(key.replace(/!$/, ''))));
}

function check(schema: z.ZodType<object>, data: unknown, files: YamlFile[], code: ErrorCode = 'BAD_CONFIG'): object {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const issue = result.error.issues[0] as z.core.$ZodIssue;
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] as string] : issue.path;
  const { file, line } = locate(files, path);
  throw new FicferryError(
    code,
    `${basename(file.path)}, line ${line}: ${path.join(' → ') || 'the file'}: ${issue.message}`,
  );
}

/** The file and line where `path`, or the nearest thing above it, stands; the user's own file first. */
function locate(files: YamlFile[], path: PropertyKey[]): { file: YamlFile; line: number } {
  for (let depth = path.length; depth > 0; depth--) {
    for (const file of files) {
      const { document, lines } = file.parsed();
      const offset = offsetOf(document, path.slice(0, depth));
      if (offset !== undefined) return { file, line: lines.linePos(offset).line };
    }
  }
  return { file: files[0] as YamlFile, line: 1 };
}

function offsetOf(document: Document, path: PropertyKey[]): number | undefined {
  let node: unknown = document.contents;
  for (const [index, step] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => String((item.key as Node & { value: unknown }).value).replace(/!$/, '') === String(step),
      );
      if (!pair) return undefined;
      if (index === path.length - 1) return (pair.key as Node).range?.[0];
      node = pair.value;
    } else {
      node = (node as { items?: unknown[] } | null)?.items?.[Number(step)];
      if (index === path.length - 1) return isNode(node) ? node.range?.[0] : undefined;
    }
  }
  return undefined;
}

function refuseUnknown(user: YamlFile, known: Set<string>): void {
  for (const key of Object.keys(user.data)) {
    if (known.has(key.replace(/!$/, ''))) continue;
    const { line } = locate([user], [key]);
    throw new FicferryError(
      'BAD_CONFIG',
      `${basename(user.path)}, line ${line}: "${key}" is no setting`,
      `Settings are: ${[...known].join(', ')}.`,
    );
  }
}
