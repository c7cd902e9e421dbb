/** What the author warns of, in the archive's words: exact knowledge only, and never a claim that nothing applies. */
import type { Config } from '../config.js';
import type { Question } from '../model.js';
import { keyOf, wordsOf } from './words.js';

/** How near a negation must stand before a warning's words, in words: "no warnings of any character death". */
const NEGATION_REACH = 5;
/** The same for a remark that leaves it open: "mention of past rape", "rape (only implied)". */
const REMARK_BEFORE = 3;
const REMARK_AFTER = 2;

export interface WarningsRead {
  warnings: string[];
  /** The words that named them, where any did. */
  raw?: string;
  questions: Question[];
}

/** Reads the author's own texts: the header's warnings, and each genre and tag. */
export function readWarnings(
  header: string | undefined,
  labels: readonly string[],
  { archive }: Pick<Config, 'archive'>,
): WarningsRead {
  const reader = readerOf(archive);
  const verdicts = header === undefined ? new Map() : reader.verdicts(header);
  for (const label of labels)
    if (reader.isPhrase(label)) for (const [warning] of reader.verdicts(label)) verdicts.set(warning, 'applies');
  const warnings = archive.warnings.filter((warning) => verdicts.get(warning) === 'applies');
  const open = archive.warnings.filter((warning) => verdicts.get(warning) === 'open');
  const questions = open.map((warning) => ({
    field: 'warnings',
    text: `The header warns of “${short(header ?? '')}”: does “${warning}” apply?`,
  }));
  if (warnings.length > 0) return { warnings, raw: header ?? labels.join(', '), questions };
  const isDenied = [...verdicts.values()].includes('denied');
  if (header !== undefined && (isDenied || saysNone(header, archive)) && open.length === 0) {
    questions.push({
      field: 'warnings',
      text: `The header says “${short(header)}”: do none of the archive's warnings apply?`,
    });
  }
  return { warnings: [archive.undecidedWarning], questions };
}

type ArchiveFacts = Config['archive'];
type Verdict = 'applies' | 'open' | 'denied';

interface Phrase {
  words: string[];
  warning?: string;
}

class WarningReader {
  private readonly phrases: Phrase[];
  private readonly negations: Set<string>;
  private readonly remarks: Set<string>;
  private readonly clauseWords: string[][];
  private readonly keys: Set<string>;

  constructor(archive: ArchiveFacts) {
    const meant = Object.entries(archive.warningWords).flatMap(([warning, list]) =>
      [warning, ...list].map((text) => ({ words: wordsOf(text), warning })),
    );
    // Longer phrases first, so that "underage drinking" is met before "underage".
    this.phrases = [...meant, ...archive.notWarnings.map((text) => ({ words: wordsOf(text) }))].sort(
      (a, b) => b.words.length - a.words.length,
    );
    this.negations = new Set(archive.negations);
    this.remarks = new Set(archive.warningRemarks);
    this.clauseWords = archive.clauseWords.map(wordsOf);
    this.keys = new Set(meant.map(({ words }) => keyOf(words.join(' '))));
  }

  /** True where the whole label is a warning's phrase: a tag "character death", not "no character death". */
  isPhrase(label: string): boolean {
    return this.keys.has(keyOf(wordsOf(label).join(' ')));
  }

  /** Archive warning → what the text says of it; the strongest verdict stays. */
  verdicts(text: string): Map<string, Verdict> {
    const result = new Map<string, Verdict>();
    for (const sentence of text.split(/[.;!?\n]+/)) {
      let isDenying = false;
      for (const clause of this.clausesOf(sentence)) {
        // "No rape, violence or character death": the "or" carries the "no" on.
        const carries = isDenying && clause.some((word) => word === 'or' || word === 'nor');
        for (const [warning, verdict] of this.clauseVerdicts(clause, carries)) {
          if (verdict === 'denied') isDenying = true;
          if (strength(verdict) > strength(result.get(warning))) result.set(warning, verdict);
        }
        isDenying ||= clause.length > 0 && this.negations.has(clause[0] as string);
      }
    }
    return result;
  }

  private clausesOf(sentence: string): string[][] {
    return sentence.split(/,/).flatMap((piece) => {
      const clauses: string[][] = [[]];
      const words = wordsOf(piece);
      for (const [index, word] of words.entries()) {
        if (this.clauseWords.some((breaker) => startsAt(words, index, breaker))) clauses.push([]);
        clauses.at(-1)?.push(word);
      }
      return clauses;
    });
  }

  private *clauseVerdicts(clause: string[], isDenied: boolean): Generator<[string, Verdict]> {
    for (let index = 0; index < clause.length; index++) {
      const phrase = this.phrases.find(({ words }) => startsAt(clause, index, words));
      if (!phrase) continue;
      const end = index + phrase.words.length;
      if (phrase.warning) yield [phrase.warning, isDenied ? 'denied' : this.verdictAt(clause, index, end)];
      index = end - 1;
    }
  }

  private verdictAt(clause: string[], start: number, end: number): Verdict {
    if (clause.slice(Math.max(0, start - NEGATION_REACH), start).some((word) => this.negations.has(word)))
      return 'denied';
    // "Character death: none"
    if (end === clause.length - 1 && this.negations.has(clause[end] as string)) return 'denied';
    const around = [
      ...clause.slice(Math.max(0, start - REMARK_BEFORE), start),
      ...clause.slice(end, end + REMARK_AFTER),
    ];
    return around.some((word) => this.remarks.has(word)) ? 'open' : 'applies';
  }
}

const readers = new WeakMap<ArchiveFacts, WarningReader>();

function readerOf(archive: ArchiveFacts): WarningReader {
  const known = readers.get(archive);
  if (known) return known;
  const made = new WarningReader(archive);
  readers.set(archive, made);
  return made;
}

function startsAt(words: string[], index: number, phrase: string[]): boolean {
  return phrase.length > 0 && phrase.every((word, offset) => words[index + offset] === word);
}

function strength(verdict: Verdict | undefined): number {
  return verdict === undefined ? 0 : { denied: 1, open: 2, applies: 3 }[verdict];
}

/** "none", "None that I can think of": the word, alone or with more behind it. */
function saysNone(header: string, archive: ArchiveFacts): boolean {
  const said = keyOf(header);
  return archive.noWarnings.some((text) => said === keyOf(text) || said.startsWith(`${keyOf(text)} `));
}

/** Enough of a text to know it by, for a question. */
function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 79).trimEnd()}…` : line;
}
