/**
 * Clean HTML as tags and text, without a tree: what `toHtml` writes has no `<` or `>` but at tags, and of text and attributes only
 * `& < > "` and the no-break space as references. Neither holds of other HTML.
 */
import { escapeText } from './escape.js';
import { isBlockName } from './html.js';

/** One tag or one run of text, as it stands. */
export function piecesOf(html: string): string[] {
  return html.match(/<[^>]*>|[^<]+/g) ?? [];
}

export function isTag(piece: string): boolean {
  return piece.startsWith('<');
}

export function isClosing(tag: string): boolean {
  return tag.startsWith('</');
}

/** "br" of `<br />`, "p" of `</p>`. */
export function tagName(tag: string): string {
  return /^<\/?([a-z0-9]+)/.exec(tag)?.[1] ?? '';
}

/** A value of an opening tag, in plain text. */
export function attributeOf(tag: string, name: 'href' | 'src'): string | undefined {
  const value = (name === 'href' ? / href="([^"]*)"/ : / src="([^"]*)"/).exec(tag)?.[1];
  return value === undefined ? undefined : plain(value);
}

function plain(text: string): string {
  return text.includes('&')
    ? text.replace(/&(amp|lt|gt|quot|nbsp);/g, (_, name: string) => PLAIN[name] as string)
    : text;
}

const PLAIN: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' };

/** Text that is read in one go: what stands between the ends of lines, whatever inline tags part it. */
export interface Stretch {
  text: string;
  /** Where its links lead and its pictures are. */
  addresses: string[];
}

export function stretchesOf(html: string): Stretch[] {
  return grouped(piecesOf(html)).map((pieces) => ({
    text: pieces.map((piece) => (isTag(piece) ? '' : plain(piece))).join(''),
    addresses: pieces.flatMap((piece) => addressOf(piece) ?? []),
  }));
}

function addressOf(piece: string): string | undefined {
  return isTag(piece) ? attributeOf(piece, tagName(piece) === 'img' ? 'src' : 'href') : undefined;
}

function grouped(pieces: readonly string[]): string[][] {
  const groups: string[][] = [[]];
  for (const piece of pieces) {
    if (isTag(piece) && endsLine(tagName(piece))) groups.push([piece]);
    else groups.at(-1)?.push(piece);
  }
  return groups;
}

function endsLine(name: string): boolean {
  return name === 'br' || isBlockName(name);
}

export interface Removal {
  /** The passages of a stretch's text that go, in order and apart from each other. */
  find: (text: string) => { start: number; end: number }[];
  /** Links that lead there lose their address and keep their words; pictures from there go. */
  isUnwanted: (address: string) => boolean;
  /** Plain text that stands in the place of what goes. */
  put: string;
}

/** The same clean HTML without some passages, those included that inline tags part. */
export function withoutPassages(html: string, removal: Removal): string {
  return grouped(piecesOf(html))
    .map((pieces) => stretchWithout(pieces, removal))
    .join('');
}

function stretchWithout(pieces: readonly string[], { find, isUnwanted, put }: Removal): string {
  const texts = pieces.map((piece) => (isTag(piece) ? '' : plain(piece)));
  const passages = find(texts.join(''));
  let at = 0;
  let isUnlinked = false;
  const out = pieces.map((piece, index) => {
    const text = texts[index] as string;
    if (!isTag(piece)) {
      const kept = passages.length === 0 ? piece : escapeText(textWithout(text, at, passages, put));
      at += text.length;
      return kept;
    }
    const name = tagName(piece);
    if (name === 'a') {
      if (isClosing(piece)) return isUnlinked ? '' : piece;
      isUnlinked = isUnwanted(attributeOf(piece, 'href') ?? '');
      return isUnlinked ? '' : piece;
    }
    return name === 'img' && isUnwanted(attributeOf(piece, 'src') ?? '') ? escapeText(put) : piece;
  });
  return out.join('');
}

/** What is left of a text that begins at `at` of its stretch; `put` stands where a passage begins. */
function textWithout(
  text: string,
  at: number,
  passages: readonly { start: number; end: number }[],
  put: string,
): string {
  let out = '';
  let done = 0;
  for (const { start, end } of passages) {
    const from = Math.max(start - at, 0);
    const to = Math.min(end - at, text.length);
    if (to <= from) continue;
    out += text.slice(done, from) + (start >= at ? put : '');
    done = to;
  }
  return out + text.slice(done);
}
