/** Runs of characters that may be misread UTF-8, taken apart into the characters that they would be. */
import { decodeHTMLStrict } from 'entities';
import { isForeign, type Kind, kindOf, MISREADINGS, type Misreading, NATURAL, WESTERN } from './misreadings.js';
import type { Span, Text } from './places.js';

/** A character reference, alone or as what begins or goes on a sequence. */
export const REFERENCE = '&(?:#\\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,8}\\d{0,2});';

interface Patterns {
  suspicious: RegExp;
  run: RegExp;
  runInHtml: RegExp;
}

function patternsOf({ charOf }: Misreading): Patterns {
  const of = (from: number, to: number) =>
    charOf
      .slice(from, to + 1)
      .map(escaped)
      .join('');
  const [all, leads, rest] = [of(0x80, 0xff), of(0xc2, 0xf4), of(0x80, 0xbf)];
  const controls = charOf === WESTERN.charOf ? '\\u0080-\\u009f' : '';
  return {
    suspicious: new RegExp(`[${leads}][${rest}${controls}]`),
    run: new RegExp(`[${all}${controls}\\ufffd]{2,}`, 'g'),
    runInHtml: new RegExp(`(?:[${all}${controls}\\ufffd]|${REFERENCE}){2,}`, 'g'),
  };
}

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

const PATTERNS = MISREADINGS.map((misreading) => ({ misreading, ...patternsOf(misreading) }));
/** `&acirc;&euro;`, `&#226;€`: a reference to a letter that begins a sequence, and what may go on with it; or the other way round. */
const SUSPICIOUS_REFERENCE =
  /&(?:#(?:19[4-9]|2[0-3]\d|24[0-4])|#x(?:c[2-9a-f]|[de][0-9a-f]|f[0-4])|[A-Za-z](?:circ|tilde|uml|grave|acute|ring|cedil|slash)|[Aa][Ee]lig|eth|ETH|szlig|times|THORN);(?:&|[\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2122])|[\u00c2-\u00f4]&(?:#\d|[A-Za-z])/i;
/** One or more characters lost at a place. */
export const LOST = /(?:\ufffd|&#(?:65533|[xX][fF]{3}[dD]);)+/g;

/** One look that most texts don't come through: there is something that begins a sequence and something behind it that goes on. */
export function isSuspicious({ text, html }: Text): boolean {
  return (
    text.search(LOST) >= 0 ||
    PATTERNS.some(({ suspicious }) => suspicious.test(text)) ||
    (html && SUSPICIOUS_REFERENCE.test(text))
  );
}

export interface Run extends Span {
  misreading: Misreading;
  sequences: Sequence[];
  /** Every character is part of a sequence, or a mark that may stand there. */
  isWhole: boolean;
}

export interface Sequence {
  /** What it reads as, backwards; '' for a stray mark, whose source stays. */
  char: string;
  source: string;
  kind?: Kind;
  lead: string;
  /** Right text doesn't hold it. */
  isStrong: boolean;
  /** Nothing but marks that stand behind any letter makes it look like one. */
  isNatural: boolean;
  /** Stands apart from letters, as no letter does that is not its own word. */
  isApart: boolean;
}

/** Every run in which something begins a sequence and goes on; hardly any is in right text, and then a short one. */
export function runsOf({ text, html }: Text): Run[] {
  const runs: Run[] = [];
  for (const { misreading, suspicious, run, runInHtml } of PATTERNS) {
    const mayBeReference = html && misreading === WESTERN && SUSPICIOUS_REFERENCE.test(text);
    if (!suspicious.test(text) && !mayBeReference) continue;
    for (const { 0: source, index: at } of text.matchAll(html ? runInHtml : run)) {
      if (!suspicious.test(source) && !(html && SUSPICIOUS_REFERENCE.test(source))) continue;
      const read = isAddress(text, at, html) ? undefined : readRun(source, misreading, text[at - 1], html);
      if (read) runs.push({ ...read, at, end: at + source.length });
    }
  }
  return runs;
}

/** A link goes where it goes, whatever its letters. */
function isAddress(text: string, at: number, html: boolean): boolean {
  return html && /(?:href|src)\s*=\s*(?:"[^"<>]*|'[^'<>]*|[^\s"'<>]*)$/i.test(text.slice(Math.max(0, at - 400), at));
}

/** Undefined where nothing in it is a sequence. */
function readRun(
  source: string,
  misreading: Misreading,
  before: string | undefined,
  html: boolean,
): Omit<Run, keyof Span> | undefined {
  const units = html ? (source.match(/&[^;]*;|[\s\S]/g) ?? []) : [...source];
  const chars = units.map((unit) => (unit.length > 1 ? decodeHTMLStrict(unit) : unit));
  const bytes = chars.map((char) => misreading.byteOf.get(char) ?? -1);
  const sequences: Sequence[] = [];
  let isWhole = true;
  let previous = before ?? '';
  for (let at = 0; at < bytes.length; ) {
    const length = lengthAt(bytes, at);
    const conts = chars.slice(at + 1, at + length);
    const char = length > 0 ? charOf(bytes.slice(at, at + length)) : '';
    const kind = char === '' ? undefined : isControl(conts, char) ? 'marks' : kindOf(char.codePointAt(0) as number);
    if (kind && misreading.kinds.has(kind)) {
      const lead = chars[at] as string;
      const isApart = !/\p{L}/u.test(previous);
      const isNatural = conts.every((cont) => mayFollow(cont, { lead, previous, kind }, misreading));
      const isStrong = isBroken({ lead, previous, kind }, isNatural, misreading);
      sequences.push({ char, source: units.slice(at, at + length).join(''), kind, lead, isStrong, isNatural, isApart });
      previous = char;
      at += length;
      continue;
    }
    const lost = lostQuote(chars, at, misreading);
    if (lost > 0) {
      const quote = { char: '”', source: units.slice(at, at + lost).join(''), kind: 'marks' as const, lead: 'â€' };
      sequences.push({ ...quote, isStrong: false, isNatural: false, isApart: true });
      at += lost;
      continue;
    }
    const stays = (chars[at] as string).charAt(0);
    // a reference to a quote, or to nothing known, is ASCII in any charset
    if (!NATURAL.has(stays) && stays > '\u007f') isWhole = false;
    previous = chars[at] as string;
    const stray = { char: '', source: units[at] as string, lead: '', isStrong: false, isNatural: true, isApart: false };
    sequences.push(stray);
    at++;
  }
  if (!sequences.some(({ kind }) => kind)) return undefined;
  for (const [at, one] of sequences.entries()) {
    // two letters of a foreign alphabet side by side are no chance, where any of them looks broken
    if (!one.kind || !isForeign(one.kind)) continue;
    const beside = [sequences[at - 1], sequences[at + 1]].filter((other) => other?.kind === one.kind);
    one.isStrong = beside.some((other) => !other?.isNatural || !one.isNatural);
  }
  return { misreading, sequences, isWhole };
}

/** How many bytes make a character of UTF-8 here; 0 where none does. */
function lengthAt(bytes: readonly number[], at: number): number {
  const byte = bytes[at] as number;
  const length =
    byte >= 0xc2 && byte < 0xe0 ? 2 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xf0 && byte < 0xf5 ? 4 : 0;
  for (let next = 1; next < length; next++)
    if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80 || bytes[at + next] === -1) return 0;
  return length;
}

/**
 * "â€" and nothing behind it: a closing quote, whose last byte windows-1252 has no character for, so that some programs dropped
 * it. Other marks end in such a byte too, though hardly ever; the opening quotes of the same text tell. @returns its length
 */
function lostQuote(chars: readonly string[], at: number, { charset }: Misreading): number {
  if (charset !== 'windows-1252' || chars[at] !== 'â' || chars[at + 1] !== '€') return 0;
  return chars[at + 2] === '\ufffd' ? 3 : 2;
}

/** '' for what strict decoders refuse: overlong forms; halves of pairs are of no kind. */
function charOf(bytes: readonly number[]): string {
  const [first, ...rest] = bytes as [number, ...number[]];
  const code = rest.reduce((sum, byte) => (sum << 6) | (byte & 0x3f), first & (0x7f >> (rest.length + 1)));
  const isOverlong = code < (rest.length === 2 ? 0x800 : rest.length === 3 ? 0x10000 : 0x80);
  return isOverlong || code > 0x10ffff ? '' : String.fromCodePoint(code);
}

/** "Â\u0080": read as Latin-1 proper, twice; the control character is part of a sequence still to be read. */
function isControl(conts: readonly string[], char: string): boolean {
  return conts.length === 1 && conts[0] === char && char < '\u00a0';
}

type Place = { lead: string; previous: string; kind: Kind };

function mayFollow(cont: string, { lead, previous, kind }: Place, { charset }: Misreading): boolean {
  if (charset === 'macintosh') return false;
  if (NATURAL.has(cont)) return true;
  // "Её" is a word
  if (charset === 'windows-1251') return kind === 'latin' && /\p{L}/u.test(cont);
  // "MÄŠ": capitals among capitals
  return charset === 'windows-1252' && /\p{Lu}/u.test(previous) && /\p{Lu}/u.test(lead) && /\p{Lu}/u.test(cont);
}

/** Whether a lone sequence is something that no language writes. */
function isBroken({ lead, previous, kind }: Place, isNatural: boolean, { charset }: Misreading): boolean {
  if (isForeign(kind)) return false;
  if (kind === 'latin' && charset === 'windows-1251') return !isNatural && /[A-Za-z]/.test(previous);
  if (kind === 'latin' && charset !== 'windows-1252') return lead === '√';
  // "sÃ»r", "voilÃ ", "20Â°": no capital follows a small letter or a number
  if (/\p{Lu}/u.test(lead) && (/\p{Ll}/u.test(previous) || (lead === 'Â' && /\d/.test(previous)))) return true;
  return !isNatural;
}
