/**
 * E-mail addresses and whatever asks for money. Archives forbid commercial promotion, and ask their archivists to take
 * addresses out; which hosts and words are meant is in `config/archives.yaml`.
 */
import type { ArchivesFile } from '../config/archives.js';
import type { Redact } from '../model.js';
import { type Removal, stretchesOf } from '../text/index.js';

type Promoted = ArchivesFile['archive']['promotion'];

export interface Passage {
  start: number;
  end: number;
  /** `address` is an e-mail address, `host` an address that takes money, `words` words that ask for it. */
  kind: 'address' | 'host' | 'words';
}

export class Promotion {
  static readonly #made = new WeakMap<Promoted, Promotion>();
  readonly #patterns: [Passage['kind'], RegExp][];
  readonly #hint: RegExp;
  readonly #put: string;

  static of(promoted: Promoted): Promotion {
    const made = Promotion.#made.get(promoted) ?? new Promotion(promoted);
    Promotion.#made.set(promoted, made);
    return made;
  }

  private constructor(promoted: Promoted) {
    const hosts = anyOf(promoted.hosts.map(hostPattern));
    const words = anyOf(promoted.words.map(phrasePattern));
    this.#patterns = [
      ['address', ADDRESS],
      ['address', disguised(promoted)],
      // bounded, so that "a.a.a.a" is not tried from each of its dots to its end
      ['host', new RegExp(`${BEFORE_HOST}(?:https?://)?(?:[\\p{L}\\p{N}-]{1,63}\\.){0,4}${hosts}`, 'giu')],
      ['words', new RegExp(`${NO_LETTER_BEFORE}${words}${NO_LETTER_AFTER}`, 'giu')],
    ];
    this.#hint = new RegExp(
      anyOf([
        '@',
        ...promoted.at.map((at) => `[[({<*_;]\\s*${escaped(at)}\\s*[\\])}>*_&]`),
        ...promoted.dot.map((dot) => `\\s${escaped(dot)}\\s`),
        ...[...promoted.hosts, ...promoted.words].map((one) => escaped(/^[\p{L}\p{N}]+/u.exec(one)?.[0] ?? one)),
      ]),
      'iu',
    );
    this.#put = promoted.removed;
  }

  /** In a plain text, in order and apart from each other; the longer where two would overlap. */
  find(text: string): Passage[] {
    const found = this.#patterns.flatMap(([kind, pattern]) =>
      [...text.matchAll(pattern)].map(({ 0: { length }, index }) => ({ start: index, end: index + length, kind })),
    );
    return apart(found);
  }

  /** What a link's address is: undefined where it neither mails nor takes money. */
  ofAddress(address: string): 'address' | 'host' | undefined {
    if (/^mailto:/i.test(address)) return 'address';
    return this.find(address).some(({ start, kind }) => kind === 'host' && start === 0) ? 'host' : undefined;
  }

  /** What of clean HTML there is to tell; each address and wording once. */
  inHtml(html: string): Finding[] {
    // most texts have none, and need no closer look
    if (!this.#hint.test(html)) return [];
    return distinct(
      stretchesOf(html).flatMap(({ text, addresses }) => [
        ...this.inText(text),
        ...addresses.flatMap((address): Finding[] => {
          const kind = this.ofAddress(address);
          const words = address.replace(/^mailto:/i, '').replace(/\?.*$/s, kind === 'address' ? '' : '$&');
          return kind ? [{ kind, words, around: `a link to ${address}` }] : [];
        }),
      ]),
    );
  }

  /** The same of plain text. */
  inText(text: string): Finding[] {
    return distinct(
      this.find(text).map(({ start, end, kind }) => ({
        kind,
        words: text.slice(start, end),
        around: `“${around(text, start, end)}”`,
      })),
    );
  }

  /** What goes where an author has so decided; undefined where nothing does. */
  removal(redact: Redact | undefined): Removal | undefined {
    if (redact === undefined || redact === false) return undefined;
    const put = this.#put;
    if (redact === true) {
      const find = (text: string) => this.find(text).filter(({ kind }) => kind !== 'words');
      return { find, isUnwanted: (address) => this.ofAddress(address) !== undefined, put };
    }
    const pattern = new RegExp(anyOf([...redact].sort((a, b) => b.length - a.length).map(spaced)), 'giu');
    const find = (text: string) =>
      apart([...text.matchAll(pattern)].map(({ 0: found, index }) => ({ start: index, end: index + found.length })));
    const isUnwanted = (address: string) => address.search(pattern) !== -1;
    return { find, isUnwanted, put };
  }
}

export interface Finding {
  kind: Passage['kind'];
  words: string;
  /** With what stands around it, for people. */
  around: string;
}

/** Plain text without what a removal takes out. */
export function textWithout(text: string, { find, put }: Removal): string {
  let out = '';
  let done = 0;
  for (const { start, end } of find(text)) {
    out += text.slice(done, start) + put;
    done = end;
  }
  return out + text.slice(done);
}

const NO_LETTER_BEFORE = '(?<![\\p{L}\\p{N}])';
const NO_LETTER_AFTER = '(?![\\p{L}\\p{N}])';
/** A host begins at its first label, also behind the dots of "see...example.com". */
const BEFORE_HOST = '(?<![\\p{L}\\p{N}_-]|[\\p{L}\\p{N}]\\.)';
/** The part before the "@" as the mail standard bounds it. It begins where such characters begin, so that long words are tried once. */
const LOCAL = '(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}._%+-]{1,64}';
const LABEL = '[\\p{L}\\p{N}-]{1,63}';
/** "@somebody@host.example", as some networks write their members, is none. */
const ADDRESS = new RegExp(`(?<!@)${LOCAL}@(?:${LABEL}\\.){1,6}\\p{L}{2,24}${NO_LETTER_AFTER}`, 'giu');

/** "jane (at) example (dot) org", "jane[at]example.org", "jane at example dot org". */
function disguised({ at, dot, endings }: Promoted): RegExp {
  const [open, shut] = ['\\s*[[({<*_]+\\s*', '\\s*[\\])}>*_]+\\s*'];
  const [ats, dots, ends] = [at, dot, endings].map((list) => anyOf(list.map(escaped))) as [string, string, string];
  const bracketed = `${open}(?:${ats}|@)${shut}${LABEL}(?:(?:\\.|${open}(?:${dots}|\\.)${shut}|\\s${dots}\\s)${LABEL}){1,4}`;
  const bare = `\\s${ats}\\s${LABEL}(?:\\s${dots}\\s${LABEL}){0,2}\\s${dots}\\s${ends}`;
  return new RegExp(`${LOCAL}(?:${bracketed}|${bare})${NO_LETTER_AFTER}`, 'giu');
}

/** A host, and what follows it in an address; less the full stop of a sentence. */
function hostPattern(glob: string): string {
  const [host = '', ...path] = glob.split('/');
  const name = host.split('*').map(escaped).join('[\\p{L}.]{2,8}');
  const rest = '(?:[^\\s<>"]*[^\\s<>".,;:!?)\\]])?';
  const end =
    path.length > 0 ? `/${path.join('/').split('*').map(escaped).join('[^\\s<>"]*?')}${rest}` : `(?:[/?#]${rest})?`;
  return `${name}(?![\\p{L}\\p{N}-]|\\.\\p{L})${end}`;
}

function phrasePattern(words: string): string {
  return words.split(' ').map(escaped).join('[\\s-]+');
}

/** An author's own passage: blanks are blanks of any kind, and "me" is not in "home". */
function spaced(passage: string): string {
  const text = passage.trim();
  const before = /^[\p{L}\p{N}]/u.test(text) ? NO_LETTER_BEFORE : '';
  const after = /[\p{L}\p{N}]$/u.test(text) ? NO_LETTER_AFTER : '';
  return `${before}${text.split(/\s+/).map(escaped).join('\\s+')}${after}`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

function anyOf(patterns: readonly string[]): string {
  return `(?:${patterns.join('|')})`;
}

/** In order; of passages that overlap only the one that begins first, or is longer. */
function apart<P extends { start: number; end: number }>(passages: readonly P[]): P[] {
  const sorted = [...passages].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: P[] = [];
  for (const passage of sorted) if (passage.start >= (kept.at(-1)?.end ?? 0)) kept.push(passage);
  return kept;
}

function distinct(findings: readonly Finding[]): Finding[] {
  const known = new Map<string, Finding>();
  for (const finding of findings) {
    const key = finding.words.toLowerCase().replace(/^https?:\/\//, '');
    if (!known.has(key)) known.set(key, finding);
  }
  return [...known.values()];
}

/** Characters shown on each side of a passage: enough to find it by. */
const AROUND = 40;

function around(text: string, start: number, end: number): string {
  const before = start > AROUND ? `…${text.slice(start - AROUND, start).replace(/^\S*\s/, '')}` : text.slice(0, start);
  const after =
    text.length - end > AROUND ? `${text.slice(end, end + AROUND).replace(/\s\S*$/, '')}…` : text.slice(end);
  return `${before}${text.slice(start, end)}${after}`.replace(/\s+/g, ' ').trim();
}
