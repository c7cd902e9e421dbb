/**
 * Mends text that was UTF-8 and was once read as something else ("donâ€™t", "ÐŸÑ€Ð¸Ð²ÐµÑ‚", "РџСЂРёРІРµС‚"), as often over as it
 * was broken. Only where that is certain: a run of characters that read backwards is whole UTF-8 of a script that stories
 * are written in, and that no language writes as it stands. Of what right text may hold too ("MANHÃ…") a run is mended where other
 * runs of the entry have proved the same misreading; what is broken and does not read backwards is left and counted.
 */
import { isForeign, type Misreading, WESTERN } from './misreadings.js';
import { type Change, type Mended, Mending, type Span, sumOf, type Text } from './places.js';
import { isSuspicious, LOST, type Run, runsOf, type Sequence } from './sequences.js';

/** A text may have gone the wrong way more than once; three times is the most that was seen, and the last look finds nothing. */
const MOST_TIMES = 4;

/** Mends what is certain in the texts of one entry, each of which may prove what is wrong with another. */
export function mendMisreadings(texts: readonly Text[]): Mended {
  const proofs = new Proofs();
  const result: Mended = { texts: texts.map(({ text }) => text) };
  for (let time = 0; time < MOST_TIMES; time++) {
    const before = result.texts.map((text, at): Text => ({ text, html: texts[at]?.html ?? false }));
    if (!before.some((one) => isSuspicious(one))) break;
    const runs = before.map((one) => runsOf(one));
    for (const run of runs.flat()) proofs.learn(run);
    const pass = new Mending();
    result.texts = before.map((one, at) => look(one, runs[at] ?? [], proofs, pass));
    if (pass.mended && !result.mended) result.mended = pass.mended;
    else if (result.mended && pass.mended && pass.mended.first === result.mended.now)
      result.mended.now = pass.mended.now;
    if (pass.left) result.left = pass.left;
    else delete result.left;
    if (!pass.mended) break;
  }
  return mendControls(result);
}

/**
 * "don\u0092t": a mark of windows-1252 or 1251 read as Latin-1, where these bytes are control characters that no text holds. The
 * marks that both charsets have at one place are certain.
 */
function mendControls(read: Mended): Mended {
  if (!read.texts.some((text) => CONTROLS.test(text))) return read;
  const pass = new Mending();
  const texts = read.texts.map((text) => {
    const spans = [...text.matchAll(new RegExp(`${CONTROLS.source}+`, 'g'))].map(({ 0: chars, index }) => {
      const marks = [...chars].map((char) => WESTERN.charOf[char.charCodeAt(0)] as string);
      // behind a letter with an accent they are rather what is left of a sequence, and counted with it
      const isTorn = /[\u00a0-\u00ff]/.test(text[index - 1] ?? '');
      const isCertain = !isTorn && marks.every((mark) => MARKS_OF_BOTH.has(mark));
      return { at: index, end: index + chars.length, now: isCertain ? marks.join('') : '', isTorn };
    });
    return pass.write(
      text,
      spans.filter(({ now }) => now !== ''),
      spans.filter(({ now, isTorn }) => now === '' && !(isTorn && read.left)),
    );
  });
  return { texts, ...sumOf(read, pass) };
}

const CONTROLS = /[\u0080-\u009f]/;
const MARKS_OF_BOTH: ReadonlySet<string> = new Set('‚„…†‡‰‹‘’“”•–—™›');

/** "à" and the no-break space come out as "Ã\u00a0" and "Â\u00a0", which right text may hold once but not often. */
const OFTEN = 3;

/** What the certain runs of an entry prove about the others. */
class Proofs {
  readonly #keys = new Set<string>();
  readonly #apart = new Map<string, number>();

  learn({ misreading: { charset }, sequences, isWhole }: Run): void {
    for (const { isStrong, isApart, lead, kind, source, char } of sequences) {
      if (isStrong && isWhole) for (const key of ['', lead, kind, char]) this.#keys.add(`${charset} ${key}`);
      else if (kind && isApart && /^[ÂÃ](?:\u00a0|&nbsp;|&#160;)$/.test(source)) {
        const times = (this.#apart.get(lead) ?? 0) + 1;
        this.#apart.set(lead, times);
        if (times >= OFTEN) this.#keys.add(`${charset} ${lead}`);
      }
    }
  }

  /** Whether anything proves this misreading. */
  any(charset: string): boolean {
    return this.#keys.has(`${charset} `);
  }

  /** Whether a run that proves nothing itself is broken like others: each sequence is, or several stand side by side. */
  holdAll({ sequences, misreading }: Run): boolean {
    const isRow = sequences.length > 1 && sequences.every(({ kind }) => kind);
    return (isRow && this.any(misreading.charset)) || sequences.every((sequence) => this.hold(sequence, misreading));
  }

  /** Whether this sequence, which proves nothing itself, is broken like others. */
  hold({ kind, lead, isApart, isNatural }: Sequence, { charset }: Misreading): boolean {
    if (!kind) return true;
    if (isForeign(kind)) return this.#keys.has(`${charset} ${kind}`);
    if (lead === 'â€') return this.#keys.has(`${charset} “`);
    // "hotărâ”…" is right beside any "â€™"
    if (kind === 'marks' && isNatural) return false;
    const isLike = !isNatural || (isApart && /[ÂÃ]/.test(lead));
    return this.#keys.has(`${charset} ${lead}`) || (isLike && this.any(charset));
  }
}

/** One way over a text. */
function look(one: Text, runs: readonly Run[], proofs: Proofs, mending: Mending): string {
  const changes: Change[] = [];
  const left: Span[] = [];
  for (const run of runs) {
    const { at, end, sequences, isWhole, misreading } = run;
    const isProven = sequences.some(({ isStrong }) => isStrong);
    if (isWhole && (isProven || proofs.holdAll(run))) changes.push({ at, end, now: sequences.map(readOf).join('') });
    else if (isProven || (misreading === WESTERN && sequences.some(isOdd))) left.push({ at, end });
  }
  for (const { index } of one.text.matchAll(LOST)) left.push({ at: index, end: index + 1 });
  const inOrder = (a: Span, b: Span) => a.at - b.at;
  return mending.write(one.text, changes.sort(inOrder), left.sort(inOrder));
}

/** A byte order mark in the middle of a text is nothing. */
function readOf({ char, source }: Sequence): string {
  return char === '\ufeff' ? '' : char || source;
}

/** Something that proves nothing and still stands in no right text. */
function isOdd({ kind, isNatural, isApart }: Sequence): boolean {
  return kind !== undefined && !isNatural && isApart;
}
