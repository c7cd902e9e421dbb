/** What `ficferry read` prints of one page: the whole way from page to archive's words, for looking at, testing and scoring. */
import type { Config } from '../config.js';
import { readFic } from '../fic/index.js';
import { readPage, type Sites } from '../journal/index.js';
import type { Archive, Entry, EvidenceByField, Header, Refusal } from '../model.js';
import { toMarkdown } from '../text/index.js';
import { inArchiveWords } from '../works/index.js';

/** One line of output. Absent facts are left out. */
export interface ReadLine {
  file: string;
  url?: string;
  kind: 'fic' | 'other' | Refusal;
  /** Why the page is no entry. */
  reason?: string;
  entry?: Omit<Entry, 'body'>;
  header?: Header;
  archive?: Archive;
  evidence?: EvidenceByField;
  body?: { markdown: string; wordCount: number };
}

/** Reads one saved page. Never throws for what a page holds: `kind` and `reason` say what it is. */
export function readSavedPage(
  page: { file: string; bytes: Uint8Array; url?: string },
  sites: Sites,
  config: Config,
): ReadLine {
  const reading = readPage(sites, { url: page.url ?? '', status: 200, headers: {}, body: page.bytes });
  const head = { file: page.file, ...(page.url ? { url: page.url } : {}) };
  switch (reading.kind) {
    case 'entry': {
      const { body: _, ...entry } = reading.entry;
      const fic = readFic(reading.entry, config);
      const words = inArchiveWords(fic, reading.entry, config);
      return {
        ...head,
        url: head.url ?? entry.url,
        kind: fic.kind,
        entry,
        header: fic.header,
        ...(fic.kind === 'fic' ? { archive: words.archive } : {}),
        evidence: { ...fic.evidence, ...words.evidence },
        body: { markdown: toMarkdown(fic.html), wordCount: fic.wordCount },
      };
    }
    case 'redirect':
    case 'list':
    case 'end':
      return { ...head, kind: 'unreadable', reason: NO_ENTRY[reading.kind] };
    default:
      return { ...head, kind: reading.kind, reason: reading.reason };
  }
}

const NO_ENTRY = {
  redirect: 'an answer that leads elsewhere',
  list: 'a page that lists entries',
  end: 'the end of a journal',
};
