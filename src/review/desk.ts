/**
 * What the page is shown: the works as the author's decisions leave them, what was left out, and the questions. Made from what was
 * read of the vault each time that it or the decisions change, and kept until then.
 */
import { statSync } from 'node:fs';
import { checkFields } from '../bundle/index.js';
import { byDateThenEntry } from '../common/order.js';
import { today } from '../common/today.js';
import { count } from '../common/wording.js';
import type { Config } from '../config.js';
import { FicferryError } from '../errors.js';
import { type EntryKey, entryKey, type Work } from '../model.js';
import { markPlan, readOnArchive } from '../run/onArchive.js';
import { readRunPeople, withLeave } from '../run/peopleFile.js';
import { decisionsFile, peopleFile, type Run, VERSION } from '../run/run.js';
import { standingOf } from '../run/standing.js';
import { Drafts, planWorks } from '../works/index.js';
import { answersTo } from './answers.js';
import { doubtsOf } from './doubts.js';
import type { Decide, Job, Limits, PostText, QuestionList, State, Suggestions, WorkDetail, WorkList } from './model.js';
import { Pen } from './pen.js';
import { plainly } from './plainly.js';
import { type Held, Reading } from './reading.js';
import { remembered } from './remembered.js';
import { type Around, alsoElsewhere, decidedOf, fromOf, groupsOf, keyOfWork, leftOutRow, rowOf } from './rows.js';
import { languageCodes, suggest } from './suggest.js';
import { postText } from './text.js';

/** All that is made of one reading and one state of the decisions. */
interface View extends Around {
  revision: string;
  works: readonly Work[];
  list: WorkList;
  questions: QuestionList['questions'];
  doubts: readonly string[][];
  looked: ReadonlySet<string>;
}

/** A run on the desk. */
interface OnDesk {
  run: Run;
  reading: Reading;
  pen: Pen;
  view?: View;
  drafts: Drafts;
  /** By a work's chapters, which stay one list as long as the work is the same. */
  doubts: WeakMap<object, { questions: object; clauses: string[] }>;
}

export class Desk {
  #on: OnDesk | undefined;
  readonly #closing = new Set<Promise<void>>();

  /** @param isBusy whether a job of this process is under way @param config what counts before a journal was named */
  constructor(
    private readonly isBusy: () => boolean,
    private readonly config: Config,
  ) {}

  get run(): Run | undefined {
    return this.#on?.run;
  }

  /** Lays a run on the desk. What was read and can be undone of it stays, where the same is wanted of the same folder. */
  lay(run: Run): void {
    const on = this.#on;
    if (on && on.run.folder === run.folder) {
      const isSame = WANTED.every((option) => on.run.options[option] === run.options[option]);
      if (isSame) on.run = run;
      else {
        this.#away(on);
        this.#on = { run, reading: new Reading(run, this.isBusy), pen: on.pen, ...fresh() };
      }
    } else {
      if (on) this.#away(on);
      this.#on = { run, reading: new Reading(run, this.isBusy), pen: new Pen(decisionsFile(run)), ...fresh() };
    }
    this.#on?.reading.look();
  }

  /** The vault was written to, and no more is. */
  vaultChanged(): void {
    this.#on?.reading.changed();
  }

  async close(): Promise<void> {
    if (this.#on) this.#away(this.#on);
    this.#on = undefined;
    await Promise.all(this.#closing);
  }

  // ------------------------------------------------------------ what there is

  /** Never waits: asked for again and again. @param runs those that may be chosen, where none is */
  state(job: Job, runs: State['runs']): State {
    const on = this.#on;
    if (!on) return { version: VERSION, runs, job, decisions: NO_DECISIONS, counts: NO_COUNTS };
    const { run, reading, pen } = on;
    reading.look();
    const { held } = reading;
    const view = held && viewOf(on, held);
    const { trouble } = pen.read();
    const undo = pen.undoable;
    const begun = begunOf(run);
    return {
      version: VERSION,
      run: { ...namesOf(run, held), ...(begun && { begun }) },
      runs: [],
      ...(held && !this.isBusy() && { standing: standingOf(run, held.census, held.standing) }),
      job: withReading(job, reading),
      decisions: {
        file: pen.file,
        revision: revisionOf(on),
        editedElsewhere: pen.wasEditedElsewhere(),
        ...(trouble !== undefined && { trouble }),
        ...(undo !== undefined && { undo }),
      },
      counts: view ? countsOf(view) : NO_COUNTS,
    };
  }

  async works(): Promise<WorkList> {
    const view = await this.#view();
    return view?.list ?? { revision: '', works: [], leftOut: [], warnings: [] };
  }

  /** @param key of any of its posts @throws FicferryError NOT_FOUND */
  async work(key: EntryKey): Promise<WorkDetail> {
    const view = await this.#view();
    const { run } = this.#named();
    const group = view?.groups.get(key) ?? [key];
    const index = view?.works.findIndex(({ chapters }) => chapters.some(({ entry }) => group.includes(entry))) ?? -1;
    const work = view?.works[index];
    if (!view || !work) throw notFound(`There is no work of ${key} any more`);
    const [previous, next] = [view.works[index - 1], view.works[index + 1]];
    return {
      revision: view.revision,
      work,
      looked: view.looked.has(work.slug),
      doubts: view.doubts[index] ?? [],
      from: fromOf(work, group, view),
      misfits: checkFields(work, run.config.archive, today()),
      decided: decidedOf(group, view.decisions),
      ...(previous && { previous: keyOfWork(previous) }),
      ...(next && { next: keyOfWork(next) }),
    };
  }

  /** @throws FicferryError NOT_FOUND of what can't be read, or may not: a locked entry that was not asked for */
  async text(key: EntryKey): Promise<PostText> {
    const view = await this.#view();
    const { run, reading } = this.#named();
    const stored = view?.records.has(key) ? await reading.entry(key) : undefined;
    if (stored?.reading.kind !== 'entry') throw notFound(`${key} is no post that can be shown`);
    return postText(stored.reading.entry, stored.restricted, run.config);
  }

  async questions(): Promise<QuestionList> {
    const view = await this.#view();
    return { revision: view?.revision ?? '', questions: view?.questions ?? [] };
  }

  suggest(asked: { field: string; text: string; fandoms: readonly string[] }): Suggestions {
    return { names: suggest(asked, this.#on?.view?.works ?? [], this.#on?.run.config ?? this.config) };
  }

  limits(): Limits {
    const { archive } = this.#on?.run.config ?? this.config;
    const { title, summary, notes, tag, tags } = archive.limits;
    const { ratings, warnings, categories } = archive;
    const forbiddenInTags = [...archive.tagForbidden];
    return {
      title,
      summary,
      notes,
      tag,
      tags,
      forbiddenInTags,
      ratings,
      warnings,
      categories,
      languages: languageCodes({ archive }),
    };
  }

  // ------------------------------------------------------------ what is changed

  /** @throws FicferryError BAD_DECISIONS, DISK */
  decide({ what, edits }: Decide): { revision: string } {
    const on = this.#named();
    const { held } = on.reading;
    on.pen.decide({ what, edits: held ? alsoElsewhere(edits, viewOf(on, held)) : edits });
    return { revision: revisionOf(on) };
  }

  /** @throws FicferryError BAD_DECISIONS, DISK */
  undo(): { revision: string } {
    const on = this.#named();
    on.pen.undo();
    return { revision: revisionOf(on) };
  }

  async #view(): Promise<View | undefined> {
    const on = this.#on;
    const held = await on?.reading.ready();
    return on && held && viewOf(on, held);
  }

  /** @throws FicferryError BAD_OPTION before a journal was named */
  #named(): OnDesk {
    if (this.#on) return this.#on;
    throw new FicferryError('BAD_OPTION', 'No journal was named yet', 'Name one at Begin.');
  }

  #away({ reading }: OnDesk): void {
    const closed = reading.close().finally(() => this.#closing.delete(closed));
    this.#closing.add(closed);
  }
}

function fresh(): Pick<OnDesk, 'drafts' | 'doubts'> {
  return { drafts: new Drafts(), doubts: new WeakMap() };
}

/** What of a run's options changes what is read of its vault. */
const WANTED = ['includeLocked', 'poster'] as const;

const NO_DECISIONS: State['decisions'] = { file: '', revision: '', editedElsewhere: false };
const NO_COUNTS: State['counts'] = { works: 0, leftOut: 0, looked: 0, doubts: 0, questions: 0 };

function revisionOf({ run, pen, reading }: OnDesk): string {
  const people = statSync(peopleFile(run), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return `${pen.read().revision}-${reading.held?.number ?? 0}${people > 0 ? `-${people}` : ''}`;
}

/** Made anew where the decisions or the reading changed. */
function viewOf(on: OnDesk, held: Held): View {
  const revision = revisionOf(on);
  if (on.view?.revision !== revision) on.view = makeView(on, held, revision);
  return on.view;
}

function makeView(on: OnDesk, { census }: Held, revision: string): View {
  const { run, drafts } = on;
  const { decisions } = on.pen.read();
  const { config } = run;
  const plan = planWorks(census.records, decisions, config, drafts);
  const { people } = readRunPeople(run);
  const { works: marked } = markPlan(plan, readOnArchive(run), run);
  const works = marked.map((work) => withLeave(work, people));
  const records = new Map(census.records.map((record) => [entryKey(record.entry), record]));
  const around: Around = { records, decisions, groups: groupsOf(plan) };
  const day = today();
  const doubts = works.map((work) => doubtsAbout(work, on, day));
  const { looked } = plan;
  const rows = works.map((work, index) => rowOf(work, { doubts: doubts[index] ?? [], looked: looked.has(work.slug) }));
  const leftOut = [...census.leftOut, ...plan.leftOut].sort(byDateThenEntry).map((left) => leftOutRow(left, around));
  const context = { config, works, records };
  const questions = works.flatMap((work) =>
    work.questions
      // what no decision answers is answered by having looked
      .filter(({ field }) => field !== 'text' || !looked.has(work.slug))
      .map((question) => ({
        ...question,
        work: keyOfWork(work),
        title: work.title,
        answers: answersTo(question, work, context),
      })),
  );
  return {
    ...around,
    revision,
    works,
    doubts,
    looked,
    questions,
    list: { revision, works: rows, leftOut, warnings: plan.warnings },
  };
}

function doubtsAbout(work: Work, { run, doubts }: OnDesk, day: string): string[] {
  const known = doubts.get(work.chapters);
  if (known?.questions === work.questions) return known.clauses;
  const clauses = doubtsOf(work, run.config, day);
  doubts.set(work.chapters, { questions: work.questions, clauses });
  return clauses;
}

function countsOf({ works, list, looked, doubts, questions }: View): State['counts'] {
  return {
    works: works.length,
    leftOut: list.leftOut.length,
    looked: looked.size,
    doubts: doubts.filter((clauses) => clauses.length > 0).length,
    questions: questions.length,
  };
}

function namesOf(
  run: Run,
  held: Held | undefined,
): Pick<NonNullable<State['run']>, 'folder' | 'journal' | 'site' | 'address'> {
  const { folder, address, sites } = run;
  const site = address?.site ?? held?.census.records[0]?.entry.site;
  const journal = held?.standing.journal ?? address?.journal ?? '';
  return {
    folder,
    journal,
    site: site === undefined ? '' : sites.site(site).name,
    ...(address && { address: address.url }),
  };
}

/** What can't be read any more is said again at Begin. */
function begunOf({ folder }: Run): NonNullable<State['run']>['begun'] {
  try {
    return remembered(folder);
  } catch (error) {
    if (error instanceof FicferryError) return undefined;
    throw error;
  }
}

/** While no job is under way, what is told is how far the vault is read, or why it can't be. */
function withReading(job: Job, reading: Reading): Job {
  const { progress, failure } = reading;
  if (job.state === 'running' || job.state === 'pausing') return job;
  if (progress !== undefined) return { ...job, now: `Reading what was fetched: ${count(progress, 'entry')}` };
  return failure !== undefined && job.kind === 'none' ? { ...job, state: 'failed', error: plainly(failure) } : job;
}

function notFound(message: string): FicferryError {
  return new FicferryError('NOT_FOUND', message, 'Look at the list of works again.');
}
