/**
 * The author's own lists: works and drafts, statistics, "Edit Multiple Works".
 *
 * Known from the archive's public source: elements and classes of a work's blurb, of a line of the statistics and of
 * the list for many works; that the latter two go by fandom, so that a work of two fandoms stands there twice; that a
 * draft says "(Draft)" after its title; that a work of one chapter has its count without a link. A model: twenty to a
 * page, newest first, and numbers with commas in the statistics.
 */
import { escapeHtml, form, page } from './html.js';
import { languageOf } from './languages.js';
import { UNWARNED } from './rules.js';
import { isComplete, type StoredWork } from './store.js';
import { chapterCount } from './workPages.js';

const PER_PAGE = 20;
const number = (value: number) => value.toLocaleString('en-US');

/** The works, or the drafts, one page of them. */
export function worksPage(works: readonly StoredWork[], author: string, kind: 'Works' | 'Drafts', at = 1): string {
  const sorted = works.toSorted((one, other) => other.date.localeCompare(one.date) || other.id - one.id);
  const from = (at - 1) * PER_PAGE;
  const shown = sorted.slice(from, from + PER_PAGE);
  const path = kind === 'Works' ? `/users/${author}/works` : `/users/${author}/works/drafts`;
  const link = (to: number, rel: string, text: string) =>
    (to - 1) * PER_PAGE < works.length && to > 0
      ? `<li class="${rel === 'next' ? 'next' : 'previous'}"><a rel="${rel}" href="${path}?page=${to}">${text}</a></li>`
      : '';
  const range = works.length > PER_PAGE ? `${from + 1} - ${from + shown.length} of ${works.length}` : works.length;
  return page(
    `${author} - ${kind}`,
    `<h2 class="heading">${range} ${kind} by ${author}</h2>
<h3 class="landmark heading">Listing ${kind}</h3>
<ol class="work index group">
${shown.map((work) => blurb(work, author)).join('\n')}
</ol>
<ol class="actions pagination" role="navigation">${link(at - 1, 'prev', 'Previous')}${link(at + 1, 'next', 'Next')}</ol>`,
  );
}

function blurb(work: StoredWork, author: string): string {
  const gift =
    work.recipients.length > 0
      ? ` for ${work.recipients.map((name) => `<a href="/gifts">${escapeHtml(name)}</a>`).join(', ')}`
      : '';
  const lock = work.restricted ? '<img alt="(Restricted)" title="Restricted" src="/images/lockblue.png">' : '';
  const tag = (name: string) => `<a class="tag" href="/tags/x/works">${escapeHtml(name)}</a>`;
  return `<li id="work_${work.id}" class="own work blurb group work-${work.id} user-1" role="article">
<div class="header module">
<h4 class="heading">
<a href="/works/${work.id}">${escapeHtml(work.title)}</a>
by
<a rel="author" href="/users/${author}/pseuds/${author}">${author}</a>${gift}
${lock}
</h4>
<h5 class="fandoms heading">
<span class="landmark">Fandoms:</span>
${work.fandoms.map(tag).join(', ')}
&nbsp;
</h5>
${symbols(work)}
<p class="datetime">${shownDate(work.date)}</p>
</div>
<h6 class="landmark heading">Tags</h6>
<ul class="tags commas">
${work.warnings.map((name) => `<li class="warnings"><strong>${tag(shownWarning(name))}</strong></li>`).join('')}
${work.relationships.map((name) => `<li class="relationships">${tag(name)}</li>`).join('')}
${work.characters.map((name) => `<li class="characters">${tag(name)}</li>`).join('')}
${work.additionalTags.map((name) => `<li class="freeforms">${tag(name)}</li>`).join('')}
</ul>
${work.summary === '' ? '' : `<h6 class="landmark heading">Summary</h6>\n<blockquote class="userstuff summary">${work.summary}</blockquote>`}
${work.series.length === 0 ? '' : `<h6 class="landmark heading">Series</h6>\n<ul class="series">${work.series.map(({ id, title, part }) => `<li>Part <strong>${part}</strong> of <a href="/series/${id}">${escapeHtml(title)}</a></li>`).join('')}</ul>`}
<dl class="stats">
<dt class="language">Language:</dt>
<dd class="language" lang="${work.language}">${escapeHtml(languageOf(work.language)?.name ?? '')}</dd>
<dt class="words">Words:</dt>
<dd class="words">${number(work.words)}</dd>
<dt class="chapters">Chapters:</dt>
<dd class="chapters">${linkedCount(work)}</dd>
<dt class="hits">Hits:</dt>
<dd class="hits">0</dd>
</dl>
<h6 class="landmark heading">Author Actions</h6>
<ul class="actions" role="navigation">
<li><a href="/works/${work.id}/edit">Edit</a></li>
${isComplete(work) ? '' : `<li><a href="/works/${work.id}/chapters/new">Add Chapter</a></li>`}
</ul>
</li>`;
}

function symbols(work: StoredWork): string {
  const symbol = (kind: string, text: string) =>
    `<li><a class="help symbol question modal" title="Symbols key" href="/help/symbols-key.html"><span class="${kind}" title="${escapeHtml(text)}"><span class="text">${escapeHtml(text)}</span></span></a></li>`;
  return `<ul class="required-tags">
${symbol('rating', work.rating)}
${symbol('warnings', work.warnings.map(shownWarning).join(', '))}
${symbol('category', work.categories.join(', ') || 'No category')}
${symbol('iswip', isComplete(work) ? 'Complete Work' : 'Work in Progress')}
</ul>`;
}

/** The archive shows this one warning by another name than it has in forms. */
function shownWarning(name: string): string {
  return name === UNWARNED ? 'Creator Chose Not To Use Archive Warnings' : name;
}

function linkedCount(work: StoredWork): string {
  const [here, all] = chapterCount(work).split('/');
  if (work.chapters.length === 1) return `${here}/${all}`;
  return `<a href="/works/${work.id}/chapters/${work.chapters.at(-1)?.id}">${here}</a>/${all}`;
}

/** "2009-05-01" → "01 May 2009" */
export function shownDate(date: string): string {
  const [year, month, day] = date.split('-');
  const name = new Date(`2000-${month}-15T00:00:00Z`).toLocaleString('en-US', { month: 'short', timeZone: 'UTC' });
  return `${day} ${name} ${year}`;
}

function byFandom(works: readonly StoredWork[]): [string, StoredWork[]][] {
  const groups = new Map<string, StoredWork[]>();
  for (const work of works) {
    for (const fandom of work.fandoms) groups.set(fandom, [...(groups.get(fandom) ?? []), work]);
  }
  return [...groups].sort(([one], [other]) => one.localeCompare(other));
}

/** `flat` lists each work once, with its fandoms behind its title. */
export function statsPage(works: readonly StoredWork[], author: string, flat = false): string {
  const line = (work: StoredWork) => `<li>
<dl>
<dt><a href="/works/${work.id}">${escapeHtml(work.title)}</a>
${flat ? `<span class="fandom">(${escapeHtml(work.fandoms.join(', '))})</span>` : ''}
<span class="words">(${number(work.words)} words)</span></dt>
<dd><dl class="stats"><dt>Hits:</dt><dd>0</dd><dt>Kudos:</dt><dd>0</dd><dt>Comment Threads:</dt><dd>0</dd><dt>Bookmarks:</dt><dd>0</dd></dl></dd>
</dl>
</li>`;
  const groups: [string, StoredWork[]][] = flat ? [['All Fandoms', [...works]]] : byFandom(works);
  const total = works.reduce((sum, { words }) => sum + words, 0);
  return page(
    `${author} - Statistics`,
    `<h2 class="heading">Statistics</h2>
<dl class="statistics meta group"><dt>Word Count:</dt><dd>${number(total)}</dd><dt>Hits:</dt><dd>0</dd></dl>
<ul class="statistics index group">
${groups.map(([fandom, list]) => `<li class="fandom listbox group">\n<h5 class="heading">${escapeHtml(fandom)}</h5>\n<ul class="index group">\n${list.map(line).join('\n')}\n</ul>\n</li>`).join('\n')}
</ul>`,
  );
}

/** Drafts included. */
export function showMultiplePage(works: readonly StoredWork[], author: string): string {
  const line = (work: StoredWork) => {
    const title = escapeHtml(work.title) + (work.posted ? '' : ' (Draft)');
    return `<li>
<label class="action" title="select ${title}"><input type="checkbox" name="work_ids[]" id="work_ids_" value="${work.id}"></label>
<a href="/works/${work.id}">${title}</a>
</li>`;
  };
  const groups = byFandom(works).map(
    ([fandom, list]) => `<li>
<fieldset class="fandom listbox">
<legend>Select ${escapeHtml(fandom)} works</legend>
<h5 class="heading">${escapeHtml(fandom)}</h5>
<ul class="index concise">
${list.map(line).join('\n')}
</ul>
</fieldset>
</li>`,
  );
  const body = `<ul class="index">\n${groups.join('\n')}\n</ul>
<p class="submit"><input type="submit" value="Edit" name="commit"><input type="submit" value="Delete" name="commit"></p>`;
  return page(
    'Edit Multiple Works',
    `<h2 class="heading">Edit Multiple Works</h2>\n${form(`/users/${author}/works/edit_multiple`, 'id="edit-multiple-works"', body)}`,
  );
}
