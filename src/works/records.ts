/** What joining needs of each fic, and the one order in which fics and works stand. */
import { type Entry, entryKey, type Fic, type Header } from '../model.js';
import { byText } from './words.js';

/** A link of an entry's body to another entry or another site's page, and the words around it. */
export interface FicLink {
  /** The entry's key where it is one of a known site, else the address: "livejournal/somebody/23456". */
  to: string;
  url: string;
  /** The link's own words, at most `LONGEST_TEXT` letters of them. */
  text: string;
  /** What stands before it in its line, after the link before it; the end of that where it is long. */
  before: string;
  /** Words of its line that are in no link: a line of navigation has few. */
  prose: number;
}

/** An entry with its header read and its text left behind. */
export interface FicRecord {
  entry: Omit<Entry, 'body'>;
  kind: Fic['kind'];
  header: Header;
  evidence: Fic['evidence'];
  /** Words of the story as read. */
  wordCount: number;
  /** Those of them that stand in no line of links: a master post has none. */
  storyWords: number;
  /** Where the body leads, in order, without repeats. */
  links: FicLink[];
  /** The line that says that the text goes on in the comments, as it stands there. */
  inComments?: string;
  /** The archive's code, by `detectLanguage` while the text was at hand. */
  language?: string;
  /** True where the entry was locked, or can't be proven public under cookies. */
  restricted: boolean;
}

/** Fewer words than a story has; the shortest form in use, the drabble, has a hundred. */
export const FEW_WORDS = 20;

/** By local date, undated last, then by key: never by the order in which entries came. */
export function byDate(a: FicRecord, b: FicRecord): number {
  return (
    byText(a.entry.postedAt ?? '~', b.entry.postedAt ?? '~') ||
    byText(a.entry.site, b.entry.site) ||
    byText(a.entry.journal, b.entry.journal) ||
    a.entry.number - b.entry.number
  );
}

export function keyOfRecord(record: FicRecord): string {
  return entryKey(record.entry);
}

/** `YYYY-MM-DD`, local to the journal. */
export function dayOf(record: FicRecord): string | undefined {
  return record.entry.postedAt?.slice(0, 10);
}

/** Who posted in a community, whose own account posts nothing: where a page names that alone, nobody is named. */
export function posterOf({ entry: { poster, journal } }: FicRecord): string | undefined {
  return poster !== undefined && accountKey(poster) !== accountKey(journal) ? poster : undefined;
}

export function journalKey({ entry: { site, journal } }: FicRecord): string {
  return `${site}/${journal}`;
}

/** Journals that somebody else than their own account posted to: an account posts to its own journal and to communities. */
export function communitiesOf(records: readonly FicRecord[]): ReadonlySet<string> {
  return new Set(records.filter((record) => posterOf(record) !== undefined).map(journalKey));
}

/** Sites write one account with hyphens in hosts and with underscores elsewhere, and ask for neither case. */
function accountKey(name: string): string {
  return name.toLowerCase().replaceAll('-', '_');
}
