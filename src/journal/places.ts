/** Texts of an entry, and places in them that were mended or left. */

/** A text of an entry. In HTML a character may be written as a reference: `&acirc;&euro;&trade;`. */
export interface Text {
  text: string;
  html: boolean;
}

/** Places of one kind, and the first of them with the words around it. */
export interface Places {
  places: number;
  first: string;
}

export interface Mended {
  texts: string[];
  /** What was mended: as it stood, and as it stands now. */
  mended?: Places & { now: string };
  /** What is broken for certain and was left, since what stood there is not certain. */
  left?: Places;
}

/** What was found in one way over the texts, and in another after it. */
export function sumOf(a: Pick<Mended, 'mended' | 'left'>, b: Pick<Mended, 'mended' | 'left'>): Omit<Mended, 'texts'> {
  const mended = a.mended ?? b.mended;
  const left = a.left ?? b.left;
  return {
    ...(mended && { mended: { ...mended, places: (a.mended?.places ?? 0) + (b.mended?.places ?? 0) } }),
    ...(left && { left: { ...left, places: (a.left?.places ?? 0) + (b.left?.places ?? 0) } }),
  };
}

export interface Span {
  at: number;
  end: number;
}

export interface Change extends Span {
  now: string;
}

/** Writes texts with changes, and keeps count of them. */
export class Mending {
  mended?: Mended['mended'];
  left?: Places;

  /** @param changes in the order of the text; of two that overlap the first counts */
  write(text: string, changes: readonly Change[], left: readonly Span[] = []): string {
    const made: Change[] = [];
    let out = '';
    let done = 0;
    for (const change of changes) {
      const { at, end, now } = change;
      if (at < done) continue;
      out += text.slice(done, at) + now;
      done = end;
      made.push(change);
      this.mended ??= { places: 0, first: inItsWord(text, change), now: inItsWord(text, change, now) };
      this.mended.places++;
    }
    this.#count(
      text,
      left.filter((span) => !made.some(({ at, end }) => span.at < end && at < span.end)),
    );
    return out + text.slice(done);
  }

  /** A run that looks broken in two ways is one place. */
  #count(text: string, left: readonly Span[]): void {
    let seen = 0;
    for (const span of left) {
      if (span.at < seen) continue;
      seen = span.end;
      this.left ??= { places: 0, first: inItsWord(text, span) };
      this.left.places++;
    }
  }
}

/** What stands at a place, or stands there now, with what is around it up to a space or a tag. */
function inItsWord(text: string, { at, end }: Span, now = text.slice(at, end)): string {
  const before = /[^\s<>]{0,40}$/.exec(text.slice(Math.max(0, at - 40), at))?.[0] ?? '';
  const after = /^[^\s<>]{0,40}/.exec(text.slice(end, end + 40))?.[0] ?? '';
  return before + now.slice(0, LONGEST) + after;
}

/** A run may be a whole text, where its language has no spaces. */
const LONGEST = 80;
