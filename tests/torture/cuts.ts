/**
 * Bytes cut: what a power loss leaves of a vault. Its files are cut at each byte of their last records, or end in zeros, in each of
 * the two shelves; a flipped byte before that is damage, which is told and left alone.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaptureRef, Place } from '../../src/crawl/vault/vault.js';
import type { Capture } from '../../src/model.js';
import {
  fillVault,
  type Laid,
  layFiles,
  page,
  refsChecked,
  snapshot,
  type WholeVault,
  wrongUnlessDamaged,
  wrongWithVault,
} from '../crawl/whole-vault.js';
import { drawEntry, type PageStyle } from '../journal/pages.js';
import { POSTS } from '../journal/posts.js';
import { dice, type Score, Tally } from './score.js';

/** Which records come last, in both shelves: one that is hardly longer than its header, a page, and one beyond the window that is read at once. */
const LASTS: Readonly<Record<string, (roll: () => number) => Uint8Array>> = {
  'a word': () => Buffer.from('gone'),
  'a page': () => Buffer.from(drawn(3, 'modern')),
  // what does not pack: a picture
  'a picture': (roll) => Uint8Array.from({ length: 300_000 }, () => 256 * roll()),
};

interface Case {
  name: string;
  files: Laid;
  /** Says what is wrong, or undefined where all is well. */
  look: (folder: string) => Promise<string | undefined>;
}
/** Makes the case of one byte; the files are laid down when it is tried. */
type MakeCase = (at: number) => Case;

/** @param size how many cuts are tried, spread over all that can be made; 20,000 is every byte but the picture's */
export async function cuts(size: number, seed: number): Promise<Score> {
  const tally = new Tally('bytes cut');
  const folder = mkdtempSync(join(tmpdir(), 'ficferry-cuts-'));
  const roll = dice(seed);
  try {
    const groups: Group[] = [];
    for (const [last, body] of Object.entries(LASTS)) {
      layFiles(folder, {});
      const whole = await fillVault(folder, captures(body(roll)));
      for (const shelf of ['captures', 'restricted'] as const)
        groups.push(...new Shelf(whole, shelf).groups(`the last is ${last}`));
    }
    for (const { make, bytes } of shares(groups, size, roll)) {
      for (const at of bytes) {
        const one = make(at);
        await tally.try(`${one.name}, byte ${at} (seed ${seed})`, () => {
          layFiles(folder, one.files);
          return one.look(folder);
        });
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return tally.score;
}

interface Group {
  make: MakeCase;
  /** First byte that may be cut, and the one behind the last. */
  from: number;
  to: number;
}

/** Each group gets as many of the tries as any other, evenly over its bytes; what a small one leaves, the others take. */
function shares(groups: readonly Group[], size: number, roll: () => number): { make: MakeCase; bytes: number[] }[] {
  let left = size;
  const bySize = [...groups].sort((a, b) => a.to - a.from - (b.to - b.from));
  return bySize.map(({ make, from, to }, index) => {
    const most = Math.min(to - from, Math.ceil(left / (bySize.length - index)));
    left -= most;
    const step = most === 0 ? 0 : (to - from) / most;
    const first = from + Math.floor(roll() * step);
    return { make, bytes: Array.from({ length: most }, (_, at) => Math.min(to - 1, first + Math.floor(at * step))) };
  });
}

function drawn(post: number, style: PageStyle): string {
  const place = {
    scheme: 'https',
    host: 'tarn-wick.livejournal.com',
    www: 'www.livejournal.com',
    journal: 'tarn_wick',
  };
  const one = POSTS[post] as (typeof POSTS)[number];
  return drawEntry(place, { ...one, style }, one.body);
}

/** Five in each shelf, by turns. Addresses sort as times do, so that index lines stand in capture order. */
function captures(last: Uint8Array): [Capture, Place][] {
  const bodies = [drawn(0, 'light'), drawn(4, 'singlepost'), '', drawn(11, 'core2')].map((text) => Buffer.from(text));
  return [...bodies, last].flatMap((body, index): [Capture, Place][] => {
    const status = body.length === 0 ? 404 : 200;
    const account = { adult: true, account: true };
    return [
      [page(2 * index + 1, { body, status, url: `https://tarn-wick.livejournal.com/${index + 1}1.html` }), 'open'],
      [
        page(2 * index + 2, {
          body,
          status,
          access: account,
          url: `https://tarn-wick.livejournal.com/${index + 1}2.html`,
        }),
        'restricted',
      ],
    ];
  });
}

/** One of the two pairs of files, to be cut while the other stays whole. */
class Shelf {
  readonly #warcName: string;
  readonly #indexName: string;
  readonly #warc: Buffer;
  readonly #index: Buffer;
  /** Of this shelf alone, in its order. */
  readonly #own: readonly CaptureRef[];

  constructor(
    private readonly whole: WholeVault,
    private readonly name: 'captures' | 'restricted',
  ) {
    this.#warcName = `${name}.warc.gz`;
    this.#indexName = `${name}.cdxj`;
    this.#warc = whole.files[this.#warcName] as Buffer;
    this.#index = whole.files[this.#indexName] as Buffer;
    this.#own = whole.refs.filter((ref) => ref.restricted === (name === 'restricted'));
  }

  groups(of: string): Group[] {
    const [record, line] = [this.#own.at(-1)?.offset as number, this.#index.lastIndexOf('\n', -2) + 1];
    const [warcEnd, indexEnd] = [this.#warc.length, this.#index.length];
    const first = this.#own[0]?.offset as number;
    const named = (what: string) => `${this.name}, ${of}: ${what}`;
    const without = this.#index.subarray(0, line);
    return [
      {
        from: record,
        to: warcEnd + 1,
        make: (at) => this.#torn(named('the record cut before its line'), this.#warc.subarray(0, at), without),
      },
      {
        from: record,
        to: warcEnd + 1,
        make: (at) => this.#torn(named('the record ends in zeros'), zeroed(this.#warc, at, 0), without),
      },
      {
        from: record,
        to: warcEnd + 1,
        make: (at) =>
          this.#torn(named('zeros as far as the disk had them ready'), zeroed(this.#warc, at, 4096), without),
      },
      {
        from: record,
        to: warcEnd,
        make: (at) =>
          this.#torn(
            named('the record and its line cut'),
            this.#warc.subarray(0, at),
            this.#index.subarray(0, line + ((at * 7) % (indexEnd - line))),
          ),
      },
      {
        from: line,
        to: indexEnd + 1,
        make: (at) => this.#torn(named('the line cut'), this.#warc, this.#index.subarray(0, at)),
      },
      {
        from: line,
        to: indexEnd + 1,
        make: (at) => this.#torn(named('the line ends in zeros'), this.#warc, zeroed(this.#index, at, 512)),
      },
      {
        from: 0,
        to: first,
        make: (at) => this.#torn(named('nothing but the first record, cut'), this.#warc.subarray(0, at), undefined),
      },
      {
        from: first,
        to: warcEnd,
        make: (at) => this.#damaged(named('a record cut that the index names'), this.#warc.subarray(0, at)),
      },
      { from: 0, to: warcEnd, make: (at) => this.#damaged(named('a flipped byte'), flipped(this.#warc, at)) },
      {
        from: 0,
        to: indexEnd,
        make: (at) => this.#doubtful(named('a flipped byte of the index'), flipped(this.#index, at)),
      },
    ];
  }

  /** Opens, holds what is whole of the WARC, whatever the index has lost, and leaves what is whole as it was. */
  #torn(name: string, warc: Buffer, index: Buffer | undefined): Case {
    const files = { ...this.whole.files, [this.#warcName]: warc, [this.#indexName]: index };
    // a cut record whose missing bytes are zeros is whole, whoever wrote them
    const isThere = ({ offset, length }: CaptureRef) =>
      offset + length <= warc.length &&
      warc.subarray(offset, offset + length).equals(this.#warc.subarray(offset, offset + length));
    const held = this.#own.filter(isThere);
    const last = held.at(-1);
    const end = last ? last.offset + last.length : 0;
    const refs = this.whole.refs.filter((ref) => !this.#own.includes(ref) || held.includes(ref));
    const look = async (folder: string) => {
      const wrong = await wrongWithVault(folder, refs, false);
      if (wrong) return wrong;
      const left = this.#changed(folder, end, held.length);
      return left ?? wrongWithVault(folder, refs, true);
    };
    return { name, files, look };
  }

  /** After mending: the WARC up to its last whole record, the index with a line for each, and the other shelf, byte for byte. */
  #changed(folder: string, end: number, lines: number): string | undefined {
    for (const [name, before] of Object.entries(this.whole.files)) {
      const path = join(folder, name);
      const now = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
      const line = this.#index.toString('latin1').split('\n').slice(0, lines).join('\n').length;
      const most = name === this.#warcName ? end : name === this.#indexName ? line + Math.min(lines, 1) : before.length;
      // of a WARC without captures the record it begins with may stand or not
      if (most === 0 && name === this.#warcName) continue;
      if (!now.equals(before.subarray(0, most)))
        return `${name} is not what was whole of it (${now.length} bytes, not ${most})`;
    }
    return undefined;
  }

  #damaged(name: string, warc: Buffer): Case {
    const files = { ...this.whole.files, [this.#warcName]: warc };
    return { name, files, look: (folder) => wrongUnlessDamaged(folder, [false, true]) };
  }

  /** An index is made anew where it is torn, so a flipped byte is damage or no matter; it never gives another answer. */
  #doubtful(name: string, index: Buffer): Case {
    const look = async (folder: string) => {
      const before = snapshot(folder);
      const found = await refsChecked(folder, { readOnly: true }).catch((error: { code?: string }) => error.code);
      if (JSON.stringify(snapshot(folder)) !== JSON.stringify(before)) return 'was changed by reading';
      if (found === 'VAULT_DAMAGED' || JSON.stringify(found) === JSON.stringify(this.whole.refs)) return undefined;
      return `gave ${JSON.stringify(found)}`;
    };
    return { name, files: { ...this.whole.files, [this.#indexName]: index }, look };
  }
}

function zeroed(bytes: Buffer, from: number, more: number): Buffer {
  return Buffer.concat([bytes.subarray(0, from), Buffer.alloc(bytes.length - from + more)]);
}

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] as number) ^ (1 << (at % 8));
  return copy;
}
