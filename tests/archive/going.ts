/** The import by address: what a go of addresses comes to. */
import { faultsOf } from './check.js';
import { ImportFailure } from './dates.js';
import { type FetchRules, fetchPage } from './fetching.js';
import { languageCode } from './languages.js';
import type { Params } from './params.js';
import { settled } from './posting.js';
import { type Imported, importPages } from './reader.js';
import { LIMITS, NO_FANDOM, tagsOf, UNRATED, UNWARNED } from './rules.js';
import { sanitise } from './sanitise.js';
import type { Store, StoredWork } from './store.js';

export interface Gone {
  works: StoredWork[];
  failed: { address: string; message: string }[];
  /** Why the whole go was refused before anything was fetched. */
  refused?: string;
}

/** Carries out what the import form says. Works that fail leave nothing behind; the others are kept. */
export async function importGo(params: Params, store: Store, rules: FetchRules): Promise<Gone> {
  const addresses = params.text('urls').split(/\s+/).filter(Boolean);
  const asChapters = params.line('import_multiple') === 'chapters';
  const refused = refusal(addresses, asChapters, params);
  if (refused) return { works: [], failed: [], refused };
  const gone: Gone = { works: [], failed: [] };
  for (const pages of asChapters ? [addresses] : addresses.map((address) => [address])) {
    try {
      gone.works.push(await importWork(pages, params, store, rules));
    } catch (error) {
      if (!(error instanceof ImportFailure)) throw error;
      gone.failed.push({ address: pages[0] as string, message: error.message });
    }
  }
  return gone;
}

function refusal(addresses: readonly string[], asChapters: boolean, params: Params): string | undefined {
  if (addresses.length === 0) return 'Did you want to enter a URL?';
  if (params.line('language_id') === '') return 'Language cannot be blank.';
  const [limit, what] = asChapters ? [LIMITS.chapters, 'chapters'] : [LIMITS.works, 'works'];
  return addresses.length > limit ? `You cannot import more than ${limit} ${what} at a time.` : undefined;
}

/** Only the first address is looked for among those imported before. */
async function importWork(addresses: string[], params: Params, store: Store, rules: FetchRules): Promise<StoredWork> {
  const [first = ''] = addresses;
  if (store.importedFrom(first)) throw new ImportFailure(`A work has already been imported from ${first}.`);
  const pages: Uint8Array[] = [];
  for (const address of addresses) pages.push(await fetchPage(address, rules));
  const read = importPages(pages, {
    addresses,
    encoding: params.line('encoding'),
    detect: params.line('detect_tags') !== 'false',
    today: store.today,
  });
  const work = made(read, params, store);
  work.importedFrom = first;
  const blank = work.chapters.find(({ content }) => content === '');
  if (blank) throw new ImportFailure(`Chapter ${blank.position} of "${work.title}" is blank.`);
  const faults = faultsOf(work, store.today);
  if (faults.length > 0) throw new ImportFailure(`We couldn't save it: ${faults.join(' ')}`);
  return store.save(work);
}

/**
 * The work as the pages and the form make it. What the form says of language, restriction and comments goes for every
 * work; of tags it fills what the pages leave blank, or all with "override". Pages have no category. There is no
 * series, no collection, no end note and no gift, and as many chapters are expected as there are.
 */
function made(read: Imported, params: Params, store: Store): StoredWork {
  const override = params.ticked('override_tags');
  const pick = <T extends string | string[]>(detected: T, said: T, otherwise: T): T =>
    (override ? [said, detected] : [detected, said]).find((value) => value.length > 0) ?? otherwise;
  const tags = (detected: string[], name: string, otherwise: string[] = []) =>
    pick(detected, tagsOf(params.text(`work[${name}]`)), otherwise);
  const work: StoredWork = {
    ...store.blankWork(),
    posted: params.ticked('post_without_preview'),
    title: read.title,
    rating: pick(read.rating ?? '', params.line('work[rating_string]'), UNRATED),
    warnings: pick(read.warnings, params.list('work[archive_warning_strings][]'), [UNWARNED]),
    categories: params.list('work[category_strings][]'),
    fandoms: tags(read.fandoms, 'fandom_string', [NO_FANDOM]),
    relationships: tags(read.relationships, 'relationship_string'),
    characters: tags(read.characters, 'character_string'),
    additionalTags: tags(read.tags, 'freeform_string'),
    summary: sanitise(read.summary, 'summary'),
    notes: sanitise(pick(read.notes, params.text('notes'), ''), 'notes'),
    language: languageCode(params.line('language_id')),
    restricted: params.ticked('restricted'),
    moderatedComments: params.ticked('moderated_commenting_enabled'),
    commentPermissions: params.line('comment_permissions') || 'enable_all',
    expectedChapters: read.chapters.length,
  };
  withPages(work, read, store);
  return work;
}

/** The chapters as the pages have them; the work's date is the last one's. */
export function withPages(work: StoredWork, read: Imported, store: Store): void {
  work.chapters = read.chapters.map((chapter, index) => ({
    ...store.blankChapter(index + 1, chapter.date || store.today),
    title: chapter.title,
    summary: sanitise(chapter.summary, 'summary'),
    notes: sanitise(chapter.notes, 'notes'),
    content: sanitise(chapter.content, 'content'),
    // Even a draft's chapters count as posted.
    posted: true,
  }));
  settled(work);
  // Not the newest: the last.
  work.date = work.chapters.at(-1)?.date ?? store.today;
  work.backdated = work.date < store.today;
}
