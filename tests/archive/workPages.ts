/**
 * The pages of one work: as posted, and as a preview. Their shape is a model; ids and classes of the parts that other
 * programs read (`dl.work.meta`, `h2.title`, `.userstuff`) are the archive's.
 */
import { escapeHtml, flash, form, page } from './html.js';
import { languageOf } from './languages.js';
import { isComplete, type StoredChapter, type StoredWork } from './store.js';

/** `notice` is HTML above the work, such as what was just done with it. */
export function workPage(work: StoredWork, author: string, notice = ''): string {
  const chapters = work.chapters.map((chapter) => chapterPart(work, chapter)).join('\n');
  return page(
    `${work.title} - ${author}`,
    `${flash('notice', notice)}
<ul class="work navigation actions">
<li><a href="/works/${work.id}/edit">Edit</a></li>
<li><a href="/works/${work.id}/chapters/new">Add Chapter</a></li>
</ul>
${work.posted ? '' : postDraft(work)}
<dl class="work meta group">
${meta('rating', 'Rating', [work.rating])}
${meta('warning', 'Archive Warning', work.warnings)}
${meta('category', 'Category', work.categories)}
${meta('fandom', 'Fandom', work.fandoms)}
${meta('relationship', 'Relationship', work.relationships)}
${meta('character', 'Character', work.characters)}
${meta('freeform', 'Additional Tags', work.additionalTags)}
<dt class="language">Language:</dt><dd class="language">${escapeHtml(languageOf(work.language)?.name ?? '')}</dd>
${work.series.map(({ part, title, id }) => `<dt class="series">Series:</dt><dd class="series">Part ${part} of <a href="/series/${id}">${escapeHtml(title)}</a></dd>`).join('')}
<dt class="stats">Stats:</dt><dd class="stats"><dl class="stats">
<dt class="published">Published:</dt><dd class="published">${work.chapters[0]?.date}</dd>
<dt class="status">${isComplete(work) ? 'Completed' : 'Updated'}:</dt><dd class="status">${work.date}</dd>
<dt class="words">Words:</dt><dd class="words">${work.words.toLocaleString('en-US')}</dd>
<dt class="chapters">Chapters:</dt><dd class="chapters">${chapterCount(work)}</dd>
</dl></dd>
</dl>
<div id="workskin">
<div class="preface group">
<h2 class="title heading">${escapeHtml(work.title)}</h2>
<h3 class="byline heading"><a rel="author" href="/users/${author}">${author}</a></h3>
${work.recipients.length > 0 ? `<p class="recipients">For ${escapeHtml(work.recipients.join(', '))}.</p>` : ''}
${quote('summary', work.summary)}
${quote('notes', work.notes)}
</div>
<div id="chapters">
${chapters}
</div>
${quote('end notes', work.endNotes)}
</div>`,
  );
}

/** "3/7", "3/?". Drafts and posted works alike. */
export function chapterCount(work: StoredWork): string {
  return `${work.chapters.length}/${work.expectedChapters ?? '?'}`;
}

function postDraft(work: StoredWork): string {
  const button = '<p class="submit actions"><input type="submit" name="post_button" value="Post Draft"></p>';
  return form(`/works/${work.id}/post_draft`, 'class="post-draft"', button);
}

function meta(kind: string, term: string, values: readonly string[]): string {
  if (values.length === 0) return '';
  const items = values.map((value) => `<li><a class="tag" href="/tags/x/works">${escapeHtml(value)}</a></li>`).join('');
  return `<dt class="${kind} tags">${term}:</dt><dd class="${kind} tags"><ul class="commas">${items}</ul></dd>`;
}

function quote(kind: string, html: string): string {
  return html === '' ? '' : `<div class="${kind} module"><blockquote class="userstuff">${html}</blockquote></div>`;
}

function chapterPart(work: StoredWork, chapter: StoredChapter): string {
  const name = `Chapter ${chapter.position}${chapter.title === '' ? '' : `: ${escapeHtml(chapter.title)}`}`;
  return `<div class="chapter" id="chapter-${chapter.position}">
<h3 class="title"><a href="/works/${work.id}/chapters/${chapter.id}">${name}</a></h3>
${quote('summary', chapter.summary)}
${quote('notes', chapter.notes)}
<div class="userstuff module">${chapter.content}</div>
${quote('end notes', chapter.endNotes)}
</div>`;
}
