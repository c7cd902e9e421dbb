/** What the stand-in holds: works with their chapters, and series. Everything as it is after sanitising. */

export interface StoredChapter {
  id: number;
  /** From 1, without gaps. */
  position: number;
  /** Plain text. */
  title: string;
  /** HTML, like the notes and the content. */
  summary: string;
  notes: string;
  endNotes: string;
  content: string;
  /** `YYYY-MM-DD`. */
  date: string;
  posted: boolean;
}

export interface StoredWork {
  id: number;
  /** False for drafts. */
  posted: boolean;
  /** Plain text. */
  title: string;
  rating: string;
  warnings: string[];
  categories: string[];
  fandoms: string[];
  relationships: string[];
  characters: string[];
  additionalTags: string[];
  /** HTML. */
  summary: string;
  notes: string;
  endNotes: string;
  /** The archive's code, such as `en`; blank in a form where none was chosen. */
  language: string;
  restricted: boolean;
  backdated: boolean;
  /** The date it is listed under: that of its newest chapter, or, imported, of its last. */
  date: string;
  /** Absent for "?". */
  expectedChapters?: number;
  series: { id: number; title: string; part: number }[];
  collections: string[];
  recipients: string[];
  commentPermissions: string;
  moderatedComments: boolean;
  /** Absent for works that were not imported. */
  importedFrom?: string;
  /** Of works that an archivist imported for others. */
  externalAuthors?: { name: string; email: string }[];
  /** When it was made; a draft is deleted 29 days later. */
  created: string;
  words: number;
  chapters: StoredChapter[];
}

export interface StoredSeries {
  id: number;
  title: string;
}

export interface StoreOptions {
  /** The account that posts. */
  author: string;
  /** `YYYY-MM-DD`. */
  today: string;
  /** Names of the collections there are; others are dropped silently. */
  collections: string[];
}

export class Store {
  /** Drafts included, in the order in which they were made. */
  readonly works: StoredWork[] = [];
  readonly series: StoredSeries[] = [];
  private last = 1_000;

  constructor(readonly options: StoreOptions) {}

  get today(): string {
    return this.options.today;
  }

  get posted(): StoredWork[] {
    return this.works.filter((work) => work.posted);
  }

  get drafts(): StoredWork[] {
    return this.works.filter((work) => !work.posted);
  }

  find(id: number): StoredWork | undefined {
    return this.works.find((work) => work.id === id);
  }

  /** A work or chapter as a new form has it; it gets its number where it is saved. */
  blankWork(): StoredWork {
    return {
      id: 0,
      posted: false,
      title: '',
      rating: 'Not Rated',
      warnings: [],
      categories: [],
      fandoms: [],
      relationships: [],
      characters: [],
      additionalTags: [],
      summary: '',
      notes: '',
      endNotes: '',
      language: '',
      restricted: false,
      backdated: false,
      date: this.today,
      expectedChapters: 1,
      series: [],
      collections: [],
      recipients: [],
      commentPermissions: 'disable_anon',
      moderatedComments: false,
      created: this.today,
      words: 0,
      chapters: [this.blankChapter(1)],
    };
  }

  blankChapter(position: number, date = this.today): StoredChapter {
    return { id: 0, position, title: '', summary: '', notes: '', endNotes: '', content: '', date, posted: false };
  }

  /** Keeps a work, new or changed, and gives what is new its number. */
  save(work: StoredWork): StoredWork {
    if (work.id === 0) work.id = this.number();
    for (const [index, chapter] of work.chapters.entries()) {
      if (chapter.id === 0) chapter.id = this.number();
      chapter.position = index + 1;
    }
    const at = this.works.findIndex((one) => one.id === work.id);
    if (at === -1) this.works.push(work);
    else this.works[at] = work;
    return work;
  }

  /** A title always begins a new series, even where the author has one of that name. */
  beginSeries(title: string): StoredSeries {
    const series = { id: this.number(), title };
    this.series.push(series);
    return series;
  }

  /** Puts a work at a series' end. */
  join(work: StoredWork, id: number): void {
    const series = this.series.find((one) => one.id === id);
    if (!series || work.series.some((one) => one.id === id)) return;
    const parts = this.works.flatMap((one) => one.series.filter((part) => part.id === id));
    work.series.push({ ...series, part: Math.max(0, ...parts.map(({ part }) => part)) + 1 });
  }

  /** A work made from this address before; query, fragment, `www` and the scheme do not tell addresses apart. */
  importedFrom(address: string): StoredWork | undefined {
    const bare = bareAddress(address);
    return this.works.find((work) => work.importedFrom !== undefined && bareAddress(work.importedFrom) === bare);
  }

  private number(): number {
    this.last += 1;
    return this.last;
  }
}

function bareAddress(address: string): string {
  return address
    .replace(/^https?:\/\//i, '')
    .replace(/^www\./i, '')
    .replace(/[?#].*$/s, '')
    .replace(/\/$/, '');
}

/** Whether a work shows as finished: every chapter it announces is there. */
export function isComplete(work: StoredWork): boolean {
  return work.expectedChapters !== undefined && work.expectedChapters === work.chapters.length;
}
