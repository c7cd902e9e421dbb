/** Pages as an otwarchive shows them to an author, in our own words and with works that were never written. */

export interface Listed {
  id: number;
  title: string;
  fandoms: string[];
  words?: number;
  chapters?: string;
  /** As the page shows it: "17 Mar 2014". */
  date?: string;
  restricted?: boolean;
  draft?: boolean;
  /** False: somebody else's, on a page of one who is logged in. */
  own?: boolean;
  /** The link as a browser left it. */
  href?: string;
}

const HEADER =
  '<div id="header"><ul class="user navigation actions"><li><a href="/users/lampwright">Hi, lampwright!</a></li></ul></div>';

export function page(main: string, head = ''): string {
  return `<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>A list | An archive</title>${head}</head>\n<body class="logged-in"><div id="outer" class="wrapper">${HEADER}<div id="inner" class="wrapper"><div id="main" class="dashboard region" role="main">${main}</div></div></div></body></html>`;
}

const markup = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const commas = (words: number) => words.toLocaleString('en-US');

/** One blurb of a works list. */
export function blurb(work: Listed): string {
  const href = work.href ?? `/works/${work.id}`;
  const lock = work.restricted
    ? '<img alt="(Restricted)" title="Restricted" src="/images/lockblue.png" width="15" height="15">'
    : '';
  const fandoms = work.fandoms.map(
    (name) => `<a class="tag" href="/tags/${encodeURIComponent(name)}/works">${markup(name)}</a>`,
  );
  return `<li id="work_${work.id}" class="${work.own === false ? '' : 'own '}work blurb group" role="article">
  <div class="header module">
    <h4 class="heading">
      <a href="${href}">${markup(work.title)}</a>
      by
      <a rel="author" href="/users/lampwright/pseuds/lampwright">lampwright</a>
      ${lock}
    </h4>
    <h5 class="fandoms heading"><span class="landmark">Fandoms:</span> ${fandoms.join(', ')} &nbsp;</h5>
    <ul class="required-tags"><li><a class="help symbol" title="Symbols key" href="/help/symbols-key.html"><span class="rating-teen rating" title="Teen And Up Audiences"></span></a></li></ul>
    <p class="datetime">${work.date ?? '17 Mar 2014'}</p>
  </div>
  ${work.draft ? '<p class="caution notice">This draft goes on the first of next month.</p>' : ''}
  <h6 class="landmark heading">Tags</h6>
  <ul class="tags commas"><li class="warnings"><strong><a class="tag" href="/tags/x/works">No Archive Warnings Apply</a></strong></li></ul>
  <blockquote class="userstuff summary"><p>As told in <a href="/works/999999">another work</a> of 9,999 words.</p></blockquote>
  <dl class="stats">
    <dt class="language">Language:</dt><dd class="language" lang="en">English</dd>
    <dt class="words">Words:</dt><dd class="words">${work.words === undefined ? '' : commas(work.words)}</dd>
    <dt class="chapters">Chapters:</dt><dd class="chapters">${work.chapters ?? `<a href="${href}/chapters/77">1</a>/1`}</dd>
    <dt class="hits">Hits:</dt><dd class="hits">4,321</dd>
  </dl>
  ${work.draft ? `<ul class="actions" role="navigation"><li><a href="/works/${work.id}/post_draft">Post Draft</a></li></ul>` : ''}
</li>`;
}

export function worksPage(works: readonly Listed[], { now = 1, of = 1, head = '' } = {}): string {
  const others = Array.from({ length: of }, (_, index) => index + 1).map((number) =>
    number === now
      ? `<li><span class="current">${number}</span></li>`
      : `<li><a href="/users/lampwright/works?page=${number}">${number}</a></li>`,
  );
  const pages =
    of > 1
      ? `<ol class="pagination actions" role="navigation">${others.join('')}<li class="next"><a href="/users/lampwright/works?page=2">Next →</a></li></ol>`
      : '';
  return page(
    `<h2 class="heading">${works.length} Works by lampwright</h2>${pages}<ol class="work index group">${works.map(blurb).join('\n')}</ol>`,
    head,
  );
}

/** Grouped by fandom, so that a work of two stands under both; or flat. */
export function statisticsPage(
  works: readonly Listed[],
  { flat = false, year = 'All Years', wordClass = 'words' } = {},
): string {
  const fandoms = flat ? ['All Fandoms'] : [...new Set(works.flatMap((work) => work.fandoms))].sort();
  const groups = fandoms.map((fandom) => {
    const items = works
      .filter((work) => flat || work.fandoms.includes(fandom))
      .map(
        (work) => `<li><dl><dt><a href="${work.href ?? `/works/${work.id}`}">${markup(work.title)}</a>
 ${flat ? `<span class="fandom">(${markup(work.fandoms.join(', '))})</span>` : ''}
 <span class="${wordClass}">(${commas(work.words ?? 0)} words)</span></dt>
 <dd><dl class="stats"><dt class="hits">Hits:</dt><dd class="hits">77</dd></dl></dd></dl></li>`,
      );
    return `<li class="fandom listbox group"><h5 class="heading">${markup(fandom)}</h5><ul class="index group">${items.join('\n')}</ul></li>`;
  });
  const years = ['All Years', '2014', '2015'].map((name) =>
    name === year
      ? `<li><span class="current">${name}</span></li>`
      : `<li><a href="/users/lampwright/stats?year=${name}">${name}</a></li>`,
  );
  return page(
    `<h2 class="heading">Statistics</h2><ol class="year actions">${years.join('')}</ol><dl class="statistics meta group"><dt>Word Count:</dt><dd>123,456</dd></dl><ul class="statistics index group">${groups.join('')}</ul>`,
  );
}

export function editPage(works: readonly Listed[]): string {
  const fandoms = [...new Set(works.flatMap((work) => work.fandoms))].sort();
  const all =
    '<ul class="actions"><li><a class="check_all" href="#">All</a></li><li><a class="check_none" href="#">None</a></li></ul>';
  const groups = fandoms.map((fandom) => {
    const items = works
      .filter((work) => work.fandoms.includes(fandom))
      .map((work) => {
        const title = markup(work.title) + (work.draft ? ' (Draft)' : '');
        return `<li><label class="action" title="select ${title}"><input type="checkbox" name="work_ids[]" value="${work.id}"></label> <a href="${work.href ?? `/works/${work.id}`}">${title}</a></li>`;
      });
    return `<li><fieldset class="fandom listbox"><legend>Select ${markup(fandom)} works</legend><h5 class="heading">${markup(fandom)} ${all}</h5><ul class="index concise">${items.join('')}</ul></fieldset></li>`;
  });
  return page(
    `<h2 class="heading">Edit Multiple Works</h2><form id="edit-multiple-works" action="/users/lampwright/works/edit_multiple" method="post"><fieldset>${all}<ul class="index">${groups.join('')}</ul></fieldset></form>`,
  );
}
