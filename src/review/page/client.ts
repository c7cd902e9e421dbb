/** What the page knows: asked for again when something changed, and told to whoever listens. */
import type { Begin, Edit, Limits, State, WorkList } from '../model.js';
import { type Api, Failed } from './api.js';

/** A word to the person, shown for a while and read out. */
export interface Notice {
  text: string;
  advice?: string;
  tone: 'good' | 'bad';
  /** "Undo" is offered. */
  canUndo?: boolean;
  /** Tells one from the next, where both say the same. */
  number: number;
}

const BUSY = 700;
const QUIET = 4000;
/** What one `POST decide` takes. */
const MOST_EDITS = 5000;

export class Client {
  state?: State;
  list?: WorkList;
  limits?: Limits;
  notice?: Notice;
  /** The program does not answer. */
  gone?: Failed;
  /** What was said at Begin in this tab, for going on. Never stored: it may hold an address and the place of cookies. */
  begun?: Begin;

  private readonly listeners = new Set<() => void>();
  private timer?: number;
  private wantsList = false;
  private heard = '';
  private notices = 0;
  private last: Promise<unknown> = Promise.resolve();

  constructor(readonly api: Api) {}

  /** @returns takes the listener away */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Changes whenever works may have changed. */
  get edition(): string {
    const { decisions, counts, standing } = this.state ?? {};
    return [decisions?.revision, counts?.works, counts?.leftOut, standing?.seen].join(' ');
  }

  async start(): Promise<void> {
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) void this.refresh();
    });
    await this.refresh();
    this.limits = await this.api.get<Limits>('limits').catch(() => undefined);
    this.tell();
  }

  /** From the first view of the works on, the list is kept up to date. */
  async wantList(): Promise<void> {
    if (this.wantsList) return;
    this.wantsList = true;
    await this.fetchList();
  }

  async refresh(): Promise<void> {
    window.clearTimeout(this.timer);
    const before = this.edition;
    try {
      const state = await this.api.get<State>('state');
      this.gone = undefined;
      this.state = state;
      if (this.wantsList && this.edition !== before) await this.fetchList();
    } catch (error) {
      this.gone = asFailed(error);
    }
    const heard = JSON.stringify([this.state, this.list?.revision, this.gone?.message]);
    if (heard !== this.heard) {
      this.heard = heard;
      this.tell();
    }
    const { state, now } = this.state?.job ?? {};
    const isBusy = state === 'running' || state === 'pausing' || now !== undefined;
    window.clearTimeout(this.timer);
    if (!document.hidden || isBusy) this.timer = window.setTimeout(() => void this.refresh(), isBusy ? BUSY : QUIET);
  }

  private async fetchList(): Promise<void> {
    try {
      this.list = await this.api.get<WorkList>('works');
    } catch (error) {
      this.say(asFailed(error));
    }
    this.tell();
  }

  /**
   * Writes a change, one after the other in the order of asking, and says so.
   * @param what in words, for undo: "the rating of The Lamp Room"
   * @returns whether it is saved
   */
  decide(what: string, edits: readonly Edit[]): Promise<boolean> {
    if (edits.length === 0) return Promise.resolve(false);
    const said = what.length > 300 ? `${[...what].slice(0, 298).join('')}…` : what;
    return this.change(`Saved: ${said}.`, true, async () => {
      for (let from = 0; from < edits.length; from += MOST_EDITS)
        await this.api.post('decide', { what: said, edits: edits.slice(from, from + MOST_EDITS) });
    });
  }

  undo(): Promise<boolean> {
    const what = this.state?.decisions.undo;
    if (what === undefined) return Promise.resolve(false);
    return this.change(`Taken back: ${what}.`, false, () => this.api.post('undo'));
  }

  /** Asks for something that is no decision: a crawl, a tick, a folder to be opened. */
  act(said: string | undefined, path: string, body: unknown = {}): Promise<boolean> {
    return this.change(said, false, () => this.api.post(path, body));
  }

  private change(said: string | undefined, canUndo: boolean, work: () => Promise<unknown>): Promise<boolean> {
    const result = this.last.then(async () => {
      try {
        await work();
        if (said !== undefined) this.notice = { text: said, tone: 'good', canUndo, number: ++this.notices };
        await this.refresh();
        this.tell();
        return true;
      } catch (error) {
        this.say(asFailed(error));
        return false;
      }
    });
    this.last = result;
    return result;
  }

  /** Tells a failure. */
  say({ message, advice }: Pick<Failed, 'message' | 'advice'>): void {
    this.notice = { text: message, ...(advice && { advice }), tone: 'bad', number: ++this.notices };
    this.tell();
  }

  /** Says something that went well. */
  praise(text: string): void {
    this.notice = { text, tone: 'good', number: ++this.notices };
    this.tell();
  }

  dismiss(): void {
    this.notice = undefined;
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

export function asFailed(error: unknown): Failed {
  return error instanceof Failed ? error : new Failed(error instanceof Error ? error.message : String(error));
}
