/** What a body tells beside its header: where it leads, how much of it is story, whether it goes on in the comments. */
import { Parser } from 'htmlparser2';
import type { Config } from '../config.js';
import type { Entry, Fic } from '../model.js';
import { isBlockElement } from './blockElements.js';
import { type Phrases, phrasesOf, phraseWords } from './phrases.js';
import type { FicLink, FicRecord } from './records.js';

/** How much of a link's words and of those before it is kept: enough for "On to Part Two of The Long Tide". */
export const LONGEST_TEXT = 120;
/** A line with more words outside its links than this is text with a link in it, not navigation. */
export const MOST_NAVIGATION = 12;
/** A remark such as "Continued in the comments, sorry!" is short; a story may well say "in the comments" somewhere. */
const LONGEST_REMARK = 15;
/** So far behind "continued" may "in comments" stand: "the rest of it is in the comments". */
const REACH = 5;

/** What a link leads to: `to` is the entry's key where it is an entry of a known site. Undefined for what is no story. */
export type Resolve = (href: string) => { to: string; url: string } | undefined;

export type BodyFacts = Pick<FicRecord, 'links' | 'storyWords' | 'inComments'>;

/**
 * Reads the facts once, while the page is at hand. Time grows with the size of the body.
 * @param html the body as it stands on the page; `fic.html` lacks the header, and with it links that stand there
 */
export function bodyFacts(html: string, fic: Pick<Fic, 'html'>, resolve: Resolve, config: Config): BodyFacts {
  const body = linesWithLinks(html);
  const links = new Map<string, FicLink>();
  for (const { links: inLine, prose } of body) {
    for (const { href, text, before } of inLine) {
      const found = resolve(href);
      if (found && !links.has(found.to)) links.set(found.to, { ...found, text, before, prose });
    }
  }
  const phrases = phrasesOf(config);
  const remark = body.find(({ text }) => saysInComments(text, phrases))?.text;
  return {
    links: [...links.values()],
    storyWords: linesWithLinks(fic.html).reduce((sum, line) => sum + (isNavigation(line) ? 0 : line.prose), 0),
    ...(remark !== undefined && { inComments: remark }),
  };
}

/** An entry and what was read from it → the record that joining needs. The body is left behind. */
export function recordOfEntry(
  { body, ...entry }: Entry,
  fic: Fic,
  more: Pick<FicRecord, 'restricted' | 'language'>,
  resolve: Resolve,
  config: Config,
): FicRecord {
  const { kind, header, evidence, wordCount } = fic;
  return { entry, kind, header, evidence, wordCount, ...bodyFacts(body.html, fic, resolve, config), ...more };
}

interface BodyLine {
  text: string;
  links: { href: string; text: string; before: string }[];
  /** Words outside links. */
  prose: number;
}

function isNavigation({ links, prose }: BodyLine): boolean {
  return links.length > 0 && prose <= MOST_NAVIGATION;
}

/** "Continued in comments", "the rest is in the first comment": a word of going on, and soon behind it the place. */
function saysInComments(line: string, { goesOn, places }: Phrases): boolean {
  if (line.length > LONGEST_TEXT) return false;
  const words = phraseWords(line);
  if (words.length > LONGEST_REMARK) return false;
  for (const [start] of words.entries()) {
    const going = goesOn.lengthAt(words, start);
    if (going === 0) continue;
    for (let at = start + going; at <= start + going + REACH; at++) if (places.lengthAt(words, at) > 0) return true;
  }
  return false;
}

/** The body's lines, as breaks and blocks part them, each with its links. Nothing recurses, however deep a page nests. */
function linesWithLinks(html: string): BodyLine[] {
  const lines: BodyLine[] = [];
  let line = new LineWriter();
  const end = () => {
    const made = line.end();
    if (made) lines.push(made);
    line = new LineWriter(line.openHref);
  };
  let hidden = 0;
  const parser = new Parser({
    onopentag(name, { href }) {
      if (name === 'script' || name === 'style') hidden++;
      else if (name === 'a' && href) line.openLink(href.trim());
      else if (isBlockElement(name)) end();
    },
    onclosetag(name) {
      if (name === 'script' || name === 'style') hidden--;
      else if (name === 'a') line.closeLink();
      else if (isBlockElement(name)) end();
    },
    ontext(text) {
      if (hidden === 0) line.text(text);
    },
  });
  parser.end(html);
  end();
  return lines;
}

class LineWriter {
  openHref: string | undefined;
  private outside = '';
  private inside = '';
  private whole = '';
  private before = '';
  private readonly links: BodyLine['links'] = [];

  constructor(openHref?: string) {
    this.openHref = openHref;
  }

  text(text: string): void {
    this.whole += text;
    if (this.openHref === undefined) {
      this.outside += text;
      this.before += text;
    } else this.inside += text;
  }

  openLink(href: string): void {
    this.closeLink();
    this.openHref = href;
  }

  closeLink(): void {
    if (this.openHref === undefined) return;
    this.keep(this.openHref);
    this.openHref = undefined;
    this.outside += ' ';
  }

  /** A link that goes on into the next line is one of both. */
  end(): BodyLine | undefined {
    if (this.openHref !== undefined && this.inside.trim() !== '') this.keep(this.openHref);
    const text = tidy(this.whole);
    if (text === '' && this.links.length === 0) return undefined;
    return { text, links: this.links, prose: countOf(this.outside) };
  }

  private keep(href: string): void {
    const text = tidy(this.inside).slice(0, LONGEST_TEXT);
    this.links.push({ href, text, before: tidy(this.before.slice(-2 * LONGEST_TEXT)).slice(-LONGEST_TEXT) });
    this.inside = '';
    this.before = '';
  }
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function countOf(text: string): number {
  return text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
}
