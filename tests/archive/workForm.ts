/**
 * The forms "New Work" and "Edit Work".
 *
 * Known from the archive's public source: names, ids and kinds of all fields, which part stands behind which box, that
 * a language is chosen by a number, that the rating is a choice with "Not Rated" in it and the warnings are boxes, that
 * the text of a work of several chapters is not in its form, and the buttons' names. A model: the wording, the order
 * of parts within a row, and that an account has one name to post under. Left out: parent works, challenges, skins.
 */
import {
  box,
  boxes,
  choice,
  dateChoices,
  errorBox,
  folded,
  form,
  hidden,
  labelFor,
  page,
  radios,
  row,
  textBox,
  textField,
  tokenField,
} from './html.js';
import { LANGUAGES, languageOf } from './languages.js';
import { CATEGORIES, LIMITS, RATINGS, WARNINGS } from './rules.js';
import type { Store, StoredChapter, StoredWork } from './store.js';

/** The whole page, empty or with what was entered; `faults` are listed on top. */
export function workFormPage(work: StoredWork, store: Store, faults: readonly string[] = []): string {
  const isNew = work.id === 0;
  const first = work.chapters[0] as StoredChapter;
  const body = [
    tagFields(work, false),
    preface(work),
    associations(work, first, store),
    privacy(work),
    work.chapters.length > 1
      ? ''
      : textPart('Work Text', textBox('work[chapter_attributes][content]', first.content, LIMITS.chapterMax, CONTENT)),
    buttons(work.posted, 'post_button'),
  ].join('\n');
  const attributes = 'class="verbose post work" id="work-form"';
  const heading = isNew ? 'Post New Work' : 'Edit Work';
  return page(
    heading,
    `<h2 class="heading">${heading}</h2>
${errorBox("Sorry! We couldn't save this work because:", faults)}
${isNew ? form('/works', attributes, body) : form(`/works/${work.id}`, attributes, body, 'patch')}`,
  );
}

/** The text boxes' own id and class, in works and chapters alike. */
export const CONTENT = { id: 'content', class: 'mce-editor large' };

/** The tags' part; the import form has the same with nothing chosen and no hidden blanks. */
export function tagFields(work: StoredWork, forImport: boolean): string {
  const ratings = [
    ...(forImport ? [{ value: '', text: '' }] : []),
    ...RATINGS.map((name) => ({ value: name, text: name })),
  ];
  return `<fieldset class="work meta">
<legend>Tags</legend>
<dl>
${row('rating required', labelFor('work_rating_string', 'Rating*'), choice('work[rating_string]', ratings, forImport ? '' : work.rating))}
${row('warning required', 'Archive Warnings*', boxes('work[archive_warning_strings][]', WARNINGS, work.warnings, !forImport))}
${row('fandom required', labelFor('work_fandom', 'Fandoms*'), tokenField('work[fandom_string]', work.fandoms, 'work_fandom'))}
${row('category', 'Categories', boxes('work[category_strings][]', CATEGORIES, work.categories, !forImport))}
${row('relationship', labelFor('work_relationship', 'Relationships'), tokenField('work[relationship_string]', work.relationships, 'work_relationship'))}
${row('character', labelFor('work_character', 'Characters'), tokenField('work[character_string]', work.characters, 'work_character'))}
${row('freeform', labelFor('work_freeform', 'Additional Tags'), tokenField('work[freeform_string]', work.additionalTags, 'work_freeform'))}
</dl>
</fieldset>`;
}

function preface(work: StoredWork): string {
  return `<fieldset class="preface">
<legend>Preface</legend>
<dl>
${row('title required', labelFor('work_title', 'Work Title*'), textField('work[title]', work.title, { class: 'observe_textlength text' }))}
${hidden('work[author_attributes][ids][]', '1')}
${row('summary', labelFor('work_summary', 'Summary'), textBox('work[summary]', work.summary, LIMITS.summary))}
${notes('work', work)}
</dl>
</fieldset>`;
}

/** Notes at the beginning and at the end, each behind its box; in chapters the same with `chapter`. */
export function notes(object: 'work' | 'chapter', held: { notes: string; endNotes: string }): string {
  const front = textBox(`${object}[notes]`, held.notes, LIMITS.notes);
  const end = textBox(`${object}[endnotes]`, held.endNotes, LIMITS.notes);
  return row(
    'notes',
    'Notes',
    `<ul>
<li class="start">${folded('front-notes-options', held.notes !== '', 'at the beginning', front)}</li>
<li class="end">${folded('end-notes-options', held.endNotes !== '', 'at the end', end)}</li>
</ul>`,
  );
}

function associations(work: StoredWork, first: StoredChapter, store: Store): string {
  const series = [
    { value: '', text: 'Please select' },
    ...store.series.map(({ id, title }) => ({ value: String(id), text: title })),
  ];
  const seriesPart = `<dl>
${row('', labelFor('work_series_attributes_id', 'One of your series:'), choice('work[series_attributes][id]', series, ''))}
${row('', labelFor('work_series_attributes_title', 'Or a new one:'), textField('work[series_attributes][title]', ''))}
</dl>${work.series.map(({ title, part }) => `<p class="current">Part ${part} of ${title}</p>`).join('')}`;
  const count = work.expectedChapters === undefined ? '?' : String(work.expectedChapters);
  const chapterPart = `<dl>
${row('', labelFor('work_wip_length', 'Chapter 1 of'), textField('work[wip_length]', count, { class: 'number' }))}
${row('', labelFor('work_chapter_attributes_title', 'Chapter Title:'), textField('work[chapter_attributes][title]', first.title))}
</dl>`;
  const chaptered = work.chapters.length > 1 || work.expectedChapters !== 1;
  return `<fieldset id="associations">
<legend>Associations</legend>
<dl>
${row('collection', labelFor('work_collection_names', 'Post to Collections'), tokenField('work[collection_names]', work.collections))}
${row('recipient', labelFor('work_recipients', 'Gift this work to'), tokenField('work[recipients]', work.recipients))}
${row('serial', '', folded('series-options', work.series.length > 0, 'This work is part of a series', seriesPart))}
${row('chaptered wip', '', folded('chapters-options', chaptered, 'This work has multiple chapters', chapterPart))}
<dt class="backdate">${box('work[backdate]', work.backdated, { id: 'backdate-options-show', class: 'toggle_formfield' })}</dt>
<dd class="backdate">${labelFor('backdate-options-show', 'Set a different publication date')}
<fieldset id="backdate-options"><div id="managePublicationDate" class="datetime">
${dateChoices('work[chapter_attributes]', first.date, store.today)}
</div></fieldset></dd>
${row('language required', labelFor('work_language_id', 'Language*'), languageChoice('work[language_id]', work.language))}
</dl>
</fieldset>`;
}

/** All languages by their numbers, none chosen where `code` is blank. */
export function languageChoice(name: string, code: string): string {
  const options = LANGUAGES.map((language) => ({
    value: String(language.id),
    text: language.name,
    lang: language.code,
  }));
  return choice(
    name,
    [{ value: '', text: 'Please select a language' }, ...options],
    String(languageOf(code)?.id ?? ''),
  );
}

const COMMENTERS = [
  ['enable_all', 'Registered users and guests'],
  ['disable_anon', 'Registered users only'],
  ['disable_all', 'Nobody'],
] as const;

function privacy(work: StoredWork): string {
  return `<fieldset class="privacy">
<legend>Privacy</legend>
<dl>
${row('restrict', box('work[restricted]', work.restricted), labelFor('work_restricted', 'Only show to registered users'))}
${row('moderated comments', box('work[moderated_commenting_enabled]', work.moderatedComments), labelFor('work_moderated_commenting_enabled', 'Moderate comments'))}
${row('permissions comments', 'Who may comment', radios('work[comment_permissions]', COMMENTERS, work.commentPermissions))}
</dl>
</fieldset>`;
}

/** Who may comment, for the import form. */
export function commentChoice(name: string): string {
  return radios(name, COMMENTERS, 'disable_anon');
}

export function textPart(legend: string, field: string): string {
  return `<fieldset class="work text">
<legend class="required">${legend}*</legend>
<ul class="rtf-html-switch actions hidden"><li><a class="rtf-link" href="#">Rich Text</a></li><li><a class="html-link" href="#">HTML</a></li></ul>
<div class="rtf-html-field">
${field}
</div>
</fieldset>`;
}

/** A draft can be kept or posted, what is posted can only be brought up to date. */
export function buttons(posted: boolean, post: string): string {
  const button = (name: string, text: string) => `<li><input type="submit" name="${name}" value="${text}"></li>`;
  return `<fieldset class="create">
<legend>Post</legend>
<ul class="actions">
${posted ? '' : button('save_button', 'Save Draft')}
${button('preview_button', 'Preview')}
${posted ? button('update_button', 'Update') : button(post, 'Post')}
</ul>
</fieldset>`;
}
