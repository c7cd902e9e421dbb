/** Checks a bundle, folder or ZIP: is it whole, and is it what an importer takes? */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ArchivesFile } from '../config/archives.js';
import { loadConfig } from '../config.js';
import { BAGIT_TXT, type Filed, isPayload, isTag, manifest, sumLine } from './bag.js';
import { Contents } from './contents.js';
import { type BagSource, isSafePath, openBag, type Report } from './source.js';

export interface VerifyReport {
  ok: boolean;
  path: string;
  kind: 'folder' | 'zip';
  /** Of the payload, as found. */
  files: number;
  bytes: number;
  works: number;
  /** One line each: the file, and what is wrong with it. */
  problems: string[];
}

/**
 * Every rule of BagIt (both manifests complete both ways, digests, Payload-Oxum, no file unaccounted for), the ZIP's
 * own checksums and headers and its `.sha256` where there is one, `bundle.json` against its schema and against the files,
 * what goes to an archive against its limits, links from page to page, and every page against what an importer reads.
 * Any change to a byte or a name of a file is found. Reports all it finds and throws for none of it.
 *
 * @throws FicferryError NOT_FOUND where there is nothing, BUNDLE_DAMAGED where a ZIP's list of files can't be read
 */
export async function verifyBundle(path: string, config: ArchivesFile = loadConfig()): Promise<VerifyReport> {
  const problems: string[] = [];
  const report: Report = (at, message) => {
    problems.push(at === undefined ? message : `${at}: ${message}`);
  };
  const source = await openBag(path, report);
  try {
    if (source.kind === 'zip') await checkSum(path, report);
    const contents = new Contents(config.archive, report);
    const found = await readAll(source, contents, report);
    checkBag(found, contents, report);
    contents.check(new Set(found.keys()));
    const payload = [...found].filter(([name]) => name.startsWith('data/'));
    return {
      ok: problems.length === 0,
      path,
      kind: source.kind,
      files: payload.length,
      bytes: payload.reduce((sum, [, file]) => sum + file.size, 0),
      works: contents.works,
      problems,
    };
  } finally {
    await source.close();
  }
}

/** Bytes of a file that is looked into: far more than a `bundle.json` of thousands of works, and no more than memory takes. */
const LONGEST = 256 * 2 ** 20;

/** Reads every file once: its digest is taken, and what is to be looked into is handed over. */
async function readAll(source: BagSource, contents: Contents, report: Report): Promise<Map<string, Filed>> {
  const found = new Map<string, Filed>();
  // bundle.json first: pages are checked against it.
  const paths = source.paths.includes('data/bundle.json')
    ? ['data/bundle.json', ...source.paths.filter((path) => path !== 'data/bundle.json')]
    : source.paths;
  for (const path of paths) {
    const hash = createHash('sha256');
    const kept: Buffer[] | undefined = contents.wants(path) ? [] : undefined;
    let size = 0;
    try {
      for await (const piece of source.read(path)) {
        hash.update(piece);
        size += piece.length;
        if (size <= LONGEST) kept?.push(piece);
      }
    } catch (error) {
      report(path, (error as Error).message);
    }
    if (kept && size > LONGEST) report(path, 'is too large to be looked into');
    found.set(path, { size, sha256: hash.digest('hex') });
    if (kept) contents.take(path, Buffer.concat(kept));
  }
  return found;
}

function checkBag(found: ReadonlyMap<string, Filed>, contents: Contents, report: Report): void {
  const declaration = contents.text('bagit.txt');
  if (declaration === undefined) report('bagit.txt', 'is missing: this is no bundle, or its beginning is lost');
  else if (declaration !== BAGIT_TXT) report('bagit.txt', 'does not declare a BagIt 1.0 bag in UTF-8');
  checkManifest('manifest-sha256.txt', isPayload, found, contents, report);
  checkManifest('tagmanifest-sha256.txt', isTag, found, contents, report);
  checkOxum(found, contents, report);
}

/** A manifest must list each file it is responsible for, and nothing else. */
function checkManifest(
  name: string,
  isMine: (path: string) => boolean,
  found: ReadonlyMap<string, Filed>,
  contents: Contents,
  report: Report,
): void {
  const text = contents.text(name);
  if (text === undefined) {
    report(name, 'is missing');
    return;
  }
  let isSound = true;
  const tell: Report = (path, message) => {
    isSound = false;
    report(path, message);
  };
  const listed = new Set<string>();
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue;
    const [, sum, path] = /^([0-9a-f]{64})[ \t]+\*?(.+)$/i.exec(line) ?? [];
    if (sum === undefined || path === undefined) {
      tell(name, `line ${index + 1} is no digest and path`);
    } else if (!isSafePath(path) || !isMine(path)) {
      tell(name, `line ${index + 1} names ${path}, which has no place in it`);
    } else if (listed.has(path)) {
      tell(name, `names ${path} twice`);
    } else {
      listed.add(path);
      const file = found.get(path);
      if (!file) tell(path, 'is missing');
      else if (file.sha256 !== sum.toLowerCase()) tell(path, `is not what it was when the bundle was made`);
    }
  }
  for (const path of found.keys()) {
    if (isMine(path) && !listed.has(path)) tell(path, `is not in ${name}: it was added later`);
  }
  // Nothing lists the tag manifest, and blanks, capitals and an order of lines mean nothing: its form tells what was done to it.
  if (isSound && text !== manifest(found, isMine)) report(name, 'is not written as ficferry writes it: it was changed');
}

function checkOxum(found: ReadonlyMap<string, Filed>, contents: Contents, report: Report): void {
  const text = contents.text('bag-info.txt');
  if (text === undefined) {
    report('bag-info.txt', 'is missing');
    return;
  }
  const payload = [...found].filter(([path]) => path.startsWith('data/'));
  const octets = payload.reduce((sum, [, file]) => sum + file.size, 0);
  const said = /^Payload-Oxum: *(\S+)$/m.exec(text)?.[1];
  const is = `${octets}.${payload.length}`;
  if (said !== is)
    report(
      'bag-info.txt',
      `says Payload-Oxum ${said ?? 'nothing'}, but there are ${octets} bytes in ${payload.length} files (${is})`,
    );
}

/** The sum beside the ZIP, where it came along. */
async function checkSum(zip: string, report: Report): Promise<void> {
  const name = `${basename(zip)}.sha256`;
  const text = await readFile(`${zip}.sha256`, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const hash = createHash('sha256');
  await pipeline(createReadStream(zip), hash);
  const digest = hash.digest('hex');
  if (text === sumLine(digest, basename(zip))) return;
  const said = /^([0-9a-f]{64}) {2}(.+)\n$/.exec(text);
  if (!said) report(undefined, `${name} beside the ZIP is no line of a digest and a name`);
  else if (said[1] !== digest) report(undefined, `the ZIP does not match ${name} beside it`);
  else report(undefined, `${name} beside the ZIP is for ${said[2]}: one of the two was renamed`);
}
