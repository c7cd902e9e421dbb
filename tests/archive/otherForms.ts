/**
 * The forms "New Chapter", "Edit Chapter" and "Import New Work". What is known and what is a model: see `workForm.ts`,
 * and that the import form's choices hold for all addresses of a go, its series, end notes and gifts do not exist, and
 * its tags only fill what the pages leave blank unless "override" is ticked.
 */
import {
  bareBox,
  choice,
  dateChoices,
  errorBox,
  flash,
  form,
  labelFor,
  page,
  radios,
  row,
  textBox,
  textField,
} from './html.js';
import { LIMITS } from './rules.js';
import type { Store, StoredChapter, StoredWork } from './store.js';
import { buttons, CONTENT, commentChoice, languageChoice, notes, tagFields, textPart } from './workForm.js';

/** The chapter's page, for a new one (`chapter.id` 0) or one that is there. */
export function chapterFormPage(
  work: StoredWork,
  chapter: StoredChapter,
  store: Store,
  faults: readonly string[] = [],
): string {
  const isNew = chapter.id === 0;
  const count = work.expectedChapters === undefined ? '?' : String(work.expectedChapters);
  const body = `<fieldset id="chapter-ordering">
<legend>Name, Order and Date</legend>
<dl>
${row('', labelFor('chapter_title', 'Chapter Title'), textField('chapter[title]', chapter.title, { class: 'observe_textlength' }))}
${row('', labelFor('chapter_position', 'Chapter Number'), `${textField('chapter[position]', String(chapter.position), { class: 'number' })} ${labelFor('chapter_wip_length', 'of')} ${textField('chapter[wip_length]', count, { class: 'number' })}`)}
${row('datetime', 'Chapter Publication Date', dateChoices('chapter', chapter.date, store.today))}
</dl>
</fieldset>
<fieldset>
<legend>Chapter Preface</legend>
<dl>
${row('summary', labelFor('chapter_summary', 'Chapter Summary'), textBox('chapter[summary]', chapter.summary, LIMITS.summary))}
${notes('chapter', chapter)}
</dl>
</fieldset>
${textPart('Chapter Text', textBox('chapter[content]', chapter.content, LIMITS.chapterMax, CONTENT))}
${buttons(chapter.posted, 'post_without_preview_button')}`;
  const heading = isNew ? 'Post New Chapter' : 'Edit Chapter';
  const filled = isNew
    ? form(`/works/${work.id}/chapters`, 'class="new_chapter" id="new_chapter"', body)
    : form(
        `/works/${work.id}/chapters/${chapter.id}`,
        `class="edit_chapter" id="edit_chapter_${chapter.id}"`,
        body,
        'patch',
      );
  return page(
    heading,
    `<h2 class="heading">${heading}</h2>
${errorBox("Sorry! We couldn't save this chapter because:", faults)}
<div id="chapter-form" class="verbose post work chapter">
${filled}
</div>`,
  );
}

/** The import's page; `error` is HTML. */
export function importFormPage(store: Store, urls: readonly string[] = [], language = '', error = ''): string {
  const encodings = ['', 'ISO-8859-1', 'KOI8-R', 'Shift_JIS', 'UTF-8', 'Windows-1251', 'Windows-1252'];
  const body = `<fieldset>
<legend>Works URLs</legend>
<dl>
${row('required', labelFor('urls', 'URLs*'), `<textarea name="urls" id="urls" rows="20" cols="90">\n${urls.join('\n')}</textarea>`)}
${row('required', labelFor('language_id', 'Choose a language*'), languageChoice('language_id', language))}
${row(
  '',
  labelFor('encoding', 'Set custom encoding'),
  choice(
    'encoding',
    encodings.map((name) => ({ value: name, text: name })),
    '',
  ),
)}
${row(
  '',
  'Import as',
  radios(
    'import_multiple',
    [
      ['works', `Works (limit of ${LIMITS.works})`],
      ['chapters', `Chapters in a single work (limit of ${LIMITS.chapters})`],
    ],
    'works',
  ),
)}
${row('', 'Preferences', `${bareBox('post_without_preview', false)} ${labelFor('post_without_preview', 'Post without previewing.')}`)}
<dt>Override tags and notes</dt>
<dd>${bareBox('override_tags', false, { id: 'override_tags-options-show', class: 'toggle_formfield' })} ${labelFor('override_tags-options-show', 'Set the tags and notes below on all works.')}
<div id="override_tags-options" class="dependent">${radios(
    'detect_tags',
    [
      ['true', 'Read the pages for what is blank below'],
      ['false', 'Read no tags and notes in the pages'],
    ],
    'true',
  )}</div></dd>
</dl>
</fieldset>
<fieldset>
<legend>Privacy</legend>
<dl>
${row('restricted', bareBox('restricted', false), labelFor('restricted', 'Only show imported works to registered users'))}
${row('moderated comments', bareBox('moderated_commenting_enabled', false), labelFor('moderated_commenting_enabled', 'Moderate comments'))}
${row('permissions comments', 'Who may comment', commentChoice('comment_permissions'))}
</dl>
</fieldset>
${tagFields(store.blankWork(), true)}
<fieldset>
<legend>Notes</legend>
<dl>
${row('', labelFor('notes', 'Notes at the beginning'), textBox('notes', '', LIMITS.notes))}
</dl>
</fieldset>
<p class="submit actions"><input type="submit" name="commit" value="Import"></p>`;
  return page(
    'Import New Work',
    `<h2 class="heading">Import New Work</h2>
${flash('error', error)}
${form('/works/import', 'class="import work verbose post"', body)}`,
  );
}

const WHO = [
  { value: '', text: '' },
  { value: '0', text: 'Everybody' },
  { value: '1', text: 'Registered users' },
];

/** "Edit Multiple Works" sets these on all chosen works, replacing what they have; it has no series. */
export function editMultiplePage(store: Store, works: readonly StoredWork[]): string {
  const ids = works.map(({ id }) => `<input type="hidden" name="work_ids[]" value="${id}">`).join('');
  const blank = store.blankWork();
  const body = `${ids}
${tagFields(blank, true)}
<dl>
${row('language', labelFor('work_language_id', 'Language'), languageChoice('work[language_id]', ''))}
${row('collection', labelFor('work_collections_to_add', 'Add To Collections'), textField('work[collections_to_add]', '', { class: 'autocomplete' }))}
${row('restrict', labelFor('work_restricted', 'Visible to'), choice('work[restricted]', WHO, ''))}
</dl>
<p class="submit actions"><input type="submit" name="commit" value="Update All Works"></p>`;
  const action = `/users/${store.options.author}/works/update_multiple`;
  return page(
    'Edit Multiple Works',
    `<h2 class="heading">Edit Multiple Works</h2>\n${form(action, 'class="verbose"', body, 'patch')}`,
  );
}
