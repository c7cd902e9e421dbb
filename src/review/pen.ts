/**
 * The pen that writes what is decided on the page into `decisions.yaml`.
 *
 * The file is the author's: it is read again before each change, what she wrote there meanwhile stays, and so do her comments.
 * A file that can't be read is not written to. What is written stands beside the old file first and takes its name when it is whole
 * on the disk, so that a crash leaves the one or the other.
 */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import { asDiskError, FicferryError } from '../errors.js';
import { Decisions, parseDecisions } from '../works/index.js';
import { type Data, lay, takingBack } from './lay.js';
import type { Decide, Edit } from './model.js';
import { dataOf, rewrite } from './rewrite.js';

/** So many changes can be undone. */
const MOST_UNDONE = 100;

const HEADING =
  '# What I decided about my fics. "ficferry review" writes here what I decide on its page, and keeps my own lines and comments.\n';

/** The file as it is now. */
export interface Sheet {
  /** Changes whenever the file does. */
  revision: string;
  /** The last that could be read; none yet where there is no file. */
  decisions: Decisions;
  /** Why the file can't be read now, with its line. */
  trouble?: string;
}

interface Change {
  what: string;
  edits: readonly Edit[];
  /** Undefined where there was no file. */
  before: string | undefined;
  after: string;
}

/** One file's pen. Nothing else in this process writes there. */
export class Pen {
  readonly #changes: Change[] = [];
  #bytes: Buffer | undefined;
  #text: string | undefined;
  #sheet: Sheet = { revision: revisionOf(undefined), decisions: {} };
  #noticed = false;

  constructor(readonly file: string) {
    this.#look();
    this.#noticed = false;
  }

  /** What the file says now. @throws FicferryError DISK */
  read(): Sheet {
    this.#look();
    return this.#sheet;
  }

  /** What undo would take back, in words. */
  get undoable(): string | undefined {
    return this.#changes.at(-1)?.what;
  }

  /** Whether somebody else changed the file since this was last asked. */
  wasEditedElsewhere(): boolean {
    this.#look();
    const noticed = this.#noticed;
    this.#noticed = false;
    return noticed;
  }

  /**
   * Lays edits over what the file says now.
   * @returns the new revision
   * @throws FicferryError BAD_DECISIONS where the file can't be read, or what it would say is no decision; DISK
   */
  decide({ what, edits }: Decide): string {
    const before = this.#readable();
    const after = this.#write(edits);
    if (after !== before) this.#changes.push({ what, edits, before, after });
    if (this.#changes.length > MOST_UNDONE) this.#changes.shift();
    return this.#sheet.revision;
  }

  /**
   * Takes the last change back: the file as it was, byte for byte, or, where it was edited since, what the change had put there.
   * @throws FicferryError BAD_DECISIONS where the file can't be read, or nothing is left to take back; DISK
   */
  undo(): string {
    const now = this.#readable();
    const last = this.#changes.at(-1);
    if (!last) throw new FicferryError('BAD_DECISIONS', 'There is nothing to take back');
    const { what, edits, before, after } = last;
    if (now === after) this.#put(before);
    else {
      const back = takingBack(edits, data(before), data(after), this.#sheet.decisions);
      if (back.length > 0) this.#write(back);
      else {
        this.#changes.pop();
        const said = `${basename(this.file)} was edited since, so ${what} was left as it stands there`;
        throw new FicferryError('BAD_DECISIONS', said);
      }
    }
    this.#changes.pop();
    return this.#sheet.revision;
  }

  /** @returns the file's text @throws FicferryError BAD_DECISIONS where it says nothing that can be read */
  #readable(): string | undefined {
    const { trouble } = this.read();
    if (trouble === undefined) return this.#text;
    throw new FicferryError(
      'BAD_DECISIONS',
      `${trouble}. Nothing was changed`,
      `Mend that line of ${this.file}, then decide again.`,
    );
  }

  /** @returns the text that stands there now */
  #write(edits: readonly Edit[]): string {
    const text = this.#text ?? HEADING;
    const wanted = lay(this.#sheet.decisions, edits);
    check(wanted);
    const made = rewrite(text, wanted);
    if (made !== this.#text) this.#put(made, wanted);
    return made;
  }

  /** Looks whether the file is what it was. */
  #look(): void {
    const bytes = bytesOf(this.file);
    if (bytes === undefined ? this.#bytes === undefined : this.#bytes?.equals(bytes)) return;
    this.#noticed = true;
    this.#take(bytes);
  }

  /** @param decisions what it says, where that is known */
  #take(bytes: Buffer | undefined, decisions?: Decisions): void {
    this.#bytes = bytes;
    const revision = revisionOf(bytes);
    if (bytes && decisions) {
      this.#text = bytes.toString('utf8');
      this.#sheet = { revision, decisions };
      return;
    }
    try {
      this.#text = bytes && textOf(bytes, this.file);
      this.#sheet = { revision, decisions: parseDecisions(this.#text ?? '', this.file) };
    } catch (error) {
      if (!(error instanceof FicferryError)) throw error;
      this.#sheet = { revision, decisions: this.#sheet.decisions, trouble: error.message };
    }
  }

  /** @param text undefined takes the file away @param decisions what it says, where that is known */
  #put(text: string | undefined, decisions?: Decisions): void {
    try {
      if (text === undefined) rmSync(this.file, { force: true });
      else replace(this.file, text);
    } catch (error) {
      throw asDiskError(error, this.file);
    }
    this.#take(text === undefined ? undefined : Buffer.from(text), decisions);
  }
}

function data(text: string | undefined): Data {
  return dataOf(text ?? '') ?? {};
}

/** What the file would say, before it says it. */
function check(wanted: Data): asserts wanted is Decisions {
  const { error } = Decisions.safeParse(wanted);
  const issue = error?.issues[0];
  if (!issue) return;
  const place = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] as string] : issue.path;
  throw new FicferryError(
    'BAD_DECISIONS',
    `${place.map(String).join(' → ')}: ${issue.message}`,
    'Nothing was changed.',
  );
}

function revisionOf(bytes: Buffer | undefined): string {
  return createHash('sha256')
    .update(bytes ?? '\0')
    .digest('hex')
    .slice(0, 16);
}

function bytesOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw asDiskError(error, file);
  }
}

/** Its mark at the beginning, if there is one, stays. @throws FicferryError BAD_DECISIONS where letters would be lost by writing */
function textOf(bytes: Buffer, file: string): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const line = bytes.subarray(0, badByte(bytes)).toString('latin1').split('\n').length;
  const said = `${basename(file)}, line ${line}: a letter that is not in UTF-8`;
  throw new FicferryError('BAD_DECISIONS', said, 'Save the file as UTF-8.');
}

/** Where the first byte stands that no UTF-8 has there. */
function badByte(bytes: Buffer): number {
  let from = 0;
  for (let end = bytes.indexOf(10); end >= 0 && isUtf8(bytes.subarray(from, end)); end = bytes.indexOf(10, from))
    from = end + 1;
  return from;
}

/** Written beside, on the disk, then renamed. A link stays one, and the file's mode its own. */
function replace(named: string, text: string): void {
  mkdirSync(dirname(named), { recursive: true });
  const there = statSync(named, { throwIfNoEntry: false });
  const file = there ? realpathSync(named) : named;
  const beside = `${file}.part`;
  rmSync(beside, { force: true });
  const handle = openSync(beside, 'wx', there ? there.mode & 0o777 : 0o600);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(beside, file);
  syncFolder(dirname(file));
}

/** The new name survives a power loss too, where the system can say so of a folder. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
