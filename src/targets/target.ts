/** What the works of a bundle can be made into, behind one interface. `docs/targets.md` shows how to add the next. */
import type { Bundle, BundleWork, Story } from '../bundle/index.js';
import type { ArchivesFile } from '../config/archives.js';
import type { Chapter } from '../model.js';
import type { People } from '../people/index.js';

export interface Target {
  /** As `--for` takes it; a target beside the bundle has its files in `JOURNAL-NAME/`. */
  readonly name: string;
  /**
   * `bag`: in every bundle, among the files whose sums it lists; `verify` must know each. `beside`: in a folder beside the
   * bundle, written when `--for` asks for it.
   */
  readonly place: 'bag' | 'beside';
  /**
   * The same source gives the same files, byte for byte: no clock, no chance, no network. Each is taken to its end before
   * the next is asked for, so that one at a time is in memory.
   */
  files(source: Source): AsyncIterable<TargetFile>;
  /** What did not fit there, a sentence each, for people. */
  troubles?(source: Source): string[];
}

/** What a target is made from. */
export interface Source {
  bundle: Pick<Bundle, 'journal' | 'works' | 'misfits' | 'newTags'>;
  /** The works that an archive takes as they are. */
  ready: readonly BundleWork[];
  archive: ArchivesFile['archive'];
  /** Who wrote the works, and what they said. */
  people: People;
  /** A chapter's text as it goes out. A work's chapters are asked for in order. */
  storyOf: (work: BundleWork, chapter: Chapter) => Promise<Story>;
  /** A file of the bundle as `bundle.json` names it, such as a picture's. */
  read: (path: string) => Promise<Uint8Array>;
}

export interface TargetFile {
  /** Relative to the target's place. */
  path: string;
  /** Holds what the journal shows to some readers only: nobody but its owner may read the file. */
  secret: boolean;
  content: string | AsyncIterable<string | Uint8Array>;
}
