/** Which address a saved page has: written in it, or in a list beside it. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { Parser } from 'htmlparser2';
import { asDiskError } from '../../errors.js';

/**
 * Addresses written in a page by whoever saved or made it, the surest first: the browser's comment
 * (`<!-- saved from url=(0044)https://somebody.dreamwidth.org/1234.html -->`) is the one that was asked for, view and
 * all; `<link rel=canonical>` and `og:url` are the site's own.
 */
export function addressesInPage(bytes: Uint8Array): string[] {
  const found: { saved?: string; canonical?: string; graph?: string } = {};
  const parser = new Parser({
    oncomment: (text) => {
      found.saved ??= /^\s*saved from url=\(\d{1,6}\)(\S+)/.exec(text.slice(0, 5000))?.[1];
    },
    onopentag: (name, { rel, href, property, content }) => {
      if (name === 'link' && /(?:^|\s)canonical(?:\s|$)/i.test(rel ?? '')) found.canonical ??= href?.trim();
      if (name === 'meta' && property?.toLowerCase() === 'og:url') found.graph ??= content?.trim();
    },
  });
  parser.end(textOf(bytes));
  return [found.saved, found.canonical, found.graph].filter(
    (address) => address !== undefined && address !== '',
  ) as string[];
}

/** Addresses are ASCII, so that the page's own charset does not matter, unless it takes two bytes a letter. */
function textOf(bytes: Uint8Array): string {
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return new TextDecoder(wide ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8').decode(bytes);
}

interface Line {
  address: string;
  number: number;
  used: boolean;
}

/** The lists `urls.tsv` of a folder and of those above it, up to the folder that was asked for. */
export class AddressLists {
  static readonly NAME = 'urls.tsv';
  readonly #top: string;
  readonly #byFolder = new Map<string, Map<string, Line>>();

  constructor(top: string) {
    this.#top = top;
  }

  /** The nearest list's word on a file, which it names by its path from there. */
  async find(path: string): Promise<string | undefined> {
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      const line = (await this.#listOf(folder)).get(relative(folder, path).split(sep).join('/'));
      if (line) {
        line.used = true;
        return line.address;
      }
      if (folder === this.#top || folder === dirname(folder)) return undefined;
    }
  }

  /** Lines that name a file which is not there. */
  unused(): { path: string; why: string }[] {
    return [...this.#byFolder].flatMap(([folder, lines]) =>
      [...lines]
        .filter(([file, line]) => !line.used && !existsSync(join(folder, file)))
        .map(([file, line]) => ({
          path: join(folder, AddressLists.NAME),
          why: `line ${line.number}: there is no file ${file}`,
        })),
    );
  }

  async #listOf(folder: string): Promise<Map<string, Line>> {
    const known = this.#byFolder.get(folder);
    if (known) return known;
    const lines = parseList(await readList(join(folder, AddressLists.NAME)));
    this.#byFolder.set(folder, lines);
    return lines;
  }
}

function parseList(text: string): Map<string, Line> {
  const lines = new Map<string, Line>();
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const [file = '', address = ''] = line.split('\t').map((part) => part.trim());
    if (file === '' || file.startsWith('#') || address === '') continue;
    lines.set(file.replaceAll('\\', '/').replace(/^\.\//, ''), { address, number: index + 1, used: false });
  }
  return lines;
}

async function readList(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw asDiskError(error, path);
  }
}
