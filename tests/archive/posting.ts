/** What the posting forms make of what they were sent: a work or chapter that is not kept yet, to be looked at first. */
import { languageCode } from './languages.js';
import type { Params } from './params.js';
import { tagsOf } from './rules.js';
import { countWords, sanitise } from './sanitise.js';
import type { Store, StoredChapter, StoredWork } from './store.js';

/**
 * The work that a form describes; where it edits one, the fields that the form did not send stay as they are.
 * Series are in the form but not in the answer: they are joined once the work is kept.
 */
export function workFrom(params: Params, store: Store, held?: StoredWork): StoredWork {
  const work = structuredClone(held ?? store.blankWork());
  const { today } = store;
  takeTags(work, params);
  takeProse(work, params, 'work');
  work.title = take(params, 'work[title]', work.title);
  if (params.has('work[language_id]')) work.language = languageCode(params.line('work[language_id]'));
  if (params.has('work[restricted]')) work.restricted = params.ticked('work[restricted]');
  if (params.has('work[moderated_commenting_enabled]'))
    work.moderatedComments = params.ticked('work[moderated_commenting_enabled]');
  work.commentPermissions = take(params, 'work[comment_permissions]', work.commentPermissions);
  if (params.has('work[collection_names]'))
    work.collections = tagsOf(params.text('work[collection_names]')).filter((name) =>
      store.options.collections.includes(name),
    );
  if (params.has('work[recipients]')) work.recipients = tagsOf(params.text('work[recipients]'));
  if (params.has('work[backdate]')) work.backdated = params.ticked('work[backdate]');
  const first = work.chapters[0] as StoredChapter;
  first.title = take(params, 'work[chapter_attributes][title]', first.title);
  // Without the box for another date, the three choices are sent and not looked at.
  if (work.backdated) first.date = params.date('work[chapter_attributes]') ?? first.date;
  else first.date = held ? (held.backdated ? held.created : first.date) : today;
  if (params.has('work[chapter_attributes][content]'))
    first.content = sanitise(params.text('work[chapter_attributes][content]'), 'content');
  if (params.has('work[wip_length]')) expect(work, params.line('work[wip_length]'));
  return settled(work);
}

/** The chapter that a form describes. */
export function chapterFrom(params: Params, held: StoredChapter): StoredChapter {
  const chapter = structuredClone(held);
  takeProse(chapter, params, 'chapter');
  chapter.title = take(params, 'chapter[title]', chapter.title);
  chapter.date = params.date('chapter') ?? chapter.date;
  if (params.has('chapter[content]')) chapter.content = sanitise(params.text('chapter[content]'), 'content');
  const position = Number.parseInt(params.line('chapter[position]'), 10);
  if (position > 0) chapter.position = position;
  return chapter;
}

/** The work with a chapter put where its number says, new or moved; the others give way. */
export function withChapter(work: StoredWork, chapter: StoredChapter, count: string): StoredWork {
  const changed = structuredClone(work);
  const others = changed.chapters.filter(({ id }) => id !== chapter.id);
  others.splice(Math.min(chapter.position, others.length + 1) - 1, 0, chapter);
  changed.chapters = others.map((one, index) => ({ ...one, position: index + 1 }));
  if (count !== '') expect(changed, count);
  // A model: what the source does with a count that has been overtaken was not looked up.
  if ((changed.expectedChapters ?? Infinity) < changed.chapters.length) delete changed.expectedChapters;
  return settled(changed);
}

/** Puts the work into the series that its form chose: one of the author's, or else a new one. */
export function joinSeries(work: StoredWork, params: Params, store: Store): void {
  const id = Number(params.line('work[series_attributes][id]'));
  const title = params.line('work[series_attributes][title]');
  if (id > 0) store.join(work, id);
  else if (title !== '') store.join(work, store.beginSeries(title).id);
}

/** Its words counted, and listed under the date of its newest chapter. */
export function settled(work: StoredWork): StoredWork {
  work.words = work.chapters.reduce((sum, { content }) => sum + countWords(content), 0);
  work.date = work.chapters.map(({ date }) => date).reduce((one, other) => (one > other ? one : other));
  return work;
}

/** "7" announces seven chapters; "?", "0" and fewer than there are announce nothing. */
function expect(work: StoredWork, said: string): void {
  const count = Number.parseInt(said, 10);
  if (count > 0 && count >= work.chapters.length) work.expectedChapters = count;
  else delete work.expectedChapters;
}

function take(params: Params, name: string, held: string): string {
  return params.has(name) ? params.line(name) : held;
}

function takeTags(work: StoredWork, params: Params): void {
  work.rating = take(params, 'work[rating_string]', work.rating);
  if (params.has('work[archive_warning_strings][]')) work.warnings = params.list('work[archive_warning_strings][]');
  if (params.has('work[category_strings][]')) work.categories = params.list('work[category_strings][]');
  const tags = (name: string, held: string[]) => (params.has(name) ? tagsOf(params.text(name)) : held);
  work.fandoms = tags('work[fandom_string]', work.fandoms);
  work.relationships = tags('work[relationship_string]', work.relationships);
  work.characters = tags('work[character_string]', work.characters);
  work.additionalTags = tags('work[freeform_string]', work.additionalTags);
}

function takeProse(
  of: { summary: string; notes: string; endNotes: string },
  params: Params,
  object: 'work' | 'chapter',
): void {
  const html = (field: string, kind: 'summary' | 'notes', held: string) => {
    const name = `${object}[${field}]`;
    return params.has(name) ? sanitise(params.text(name), kind) : held;
  };
  of.summary = html('summary', 'summary', of.summary);
  of.notes = html('notes', 'notes', of.notes);
  of.endNotes = html('endnotes', 'notes', of.endNotes);
}
