/** `index.html`: the works of a bundle, what has to be mended, and what was left out. */
import type { ArchivesFile } from '../config/archives.js';
import { bookmarklet } from '../filler/index.js';
import type { LeftOut, LeftOutReason, OnArchive } from '../model.js';
import { withheldText } from '../people/index.js';
import { type Bundle, type BundleWork, isOpen, keepsBack, type Misfit } from './format.js';
import { escapeHtml, link, PAGE_END, pageStart } from './html.js';
import { carriedIn, missingOf } from './pictures.js';

/** The whole page. `ready` holds the slugs of the works that are in `otwarchive/works.json`. */
export function overview(bundle: Bundle, ready: ReadonlySet<string>, archive: ArchivesFile['archive']): string {
  const title = `Works from ${bundle.journal}`;
  return [
    pageStart(title),
    `<h1>${escapeHtml(title)}</h1>\n<p>${summary(bundle, ready)}</p>\n`,
    bundle.works.length > 0 ? workTable(bundle, ready) : '',
    misfitLists(bundle),
    newTagList(bundle),
    pictureList(bundle.works),
    leftOutList(bundle.leftOut),
    filler(archive),
    files(),
    PAGE_END,
  ].join('');
}

function summary(bundle: Bundle, ready: ReadonlySet<string>): string {
  const words = bundle.works.reduce((sum, work) => sum + work.wordCount, 0);
  const there = bundle.works.filter((work) => work.onArchive).length;
  const questions = bundle.works.reduce((sum, work) => sum + work.questions.length, 0);
  return [
    `${plural(bundle.works.length, 'work')}, ${number(words)} words; ${ready.size} ready for an importer.`,
    there > 0 ? `${number(there)} on the archive already.` : '',
    questions > 0 ? `${plural(questions, 'question')} for the author, on the sheets.` : '',
    `${plural(bundle.leftOut.length, 'entry', 'entries')} left out.`,
  ]
    .filter(Boolean)
    .join(' ');
}

function workTable(bundle: Bundle, ready: ReadonlySet<string>): string {
  const looks = new Set(bundle.misfits.filter((one) => !keepsBack(one)).map(({ work }) => work));
  const rows = bundle.works.map(
    (work) =>
      `<tr><td><a href="${work.sheet}">${escapeHtml(work.title || work.slug)}</a></td><td>${escapeHtml(work.authors.join(', '))}</td>` +
      `<td>${escapeHtml(work.archive.fandoms.join(', '))}</td><td>${escapeHtml(work.archive.rating)}</td>` +
      `<td class="number">${number(work.wordCount)}</td><td class="number">${chapters(work)}</td><td>${state(work, ready, looks)}</td></tr>\n`,
  );
  return (
    '<table>\n<thead><tr><th>Title</th><th>By</th><th>Fandom</th><th>Rating</th><th class="number">Words</th>' +
    `<th class="number">Chapters</th><th>State</th></tr></thead>\n<tbody>\n${rows.join('')}</tbody>\n</table>\n`
  );
}

function chapters(work: BundleWork): string {
  return `${work.chapters.length}/${work.complete ? work.chapters.length : (work.expectedChapters ?? '?')}`;
}

function state(work: BundleWork, ready: ReadonlySet<string>, looks: ReadonlySet<string>): string {
  const badges = [
    work.onArchive ? onArchive(work.onArchive) : '',
    work.restricted ? '<span class="badge bad">restricted</span>' : '',
    work.withheld ? `<span class="badge bad">${escapeHtml(withheldText(work.withheld))}</span>` : '',
    !work.onArchive && isOpen(work) && !ready.has(work.slug) ? '<span class="badge bad">to mend</span>' : '',
    !work.onArchive && looks.has(work.slug) ? '<span class="badge">to look at</span>' : '',
    work.questions.length > 0 ? `<span class="badge">${plural(work.questions.length, 'question')}</span>` : '',
  ].filter(Boolean);
  return badges.length > 0 ? badges.join(' ') : 'ready';
}

/** Where it is, so that its author can look whether it is the same. */
function onArchive({ url, draft }: OnArchive): string {
  return `<span class="badge">${link(url, `on the archive already${draft ? ', as a draft' : ''}`)}</span>`;
}

function misfitLists(bundle: Bundle): string {
  const [back, look] = [bundle.misfits.filter(keepsBack), bundle.misfits.filter((one) => !keepsBack(one))];
  return [
    misfitList('To mend before an importer takes them', back, bundle),
    misfitList('To look at: the archive’s machine takes them, its rules or its volunteers may not', look, bundle),
  ].join('');
}

function misfitList(heading: string, misfits: readonly Misfit[], bundle: Bundle): string {
  if (misfits.length === 0) return '';
  const sheets = new Map(bundle.works.map((work) => [work.slug, work.sheet]));
  const items = misfits.map(
    (misfit) =>
      `<li><a href="${sheets.get(misfit.work)}">${escapeHtml(misfit.message)}</a> ${escapeHtml(misfit.advice)}</li>\n`,
  );
  return `<h2>${heading}</h2>\n<ul>\n${items.join('')}</ul>\n`;
}

function newTagList({ newTags }: Bundle): string {
  if (newTags.total === 0) return '';
  const kinds = [
    ['Fandoms', newTags.fandoms],
    ['Characters', newTags.characters],
    ['Relationships', newTags.relationships],
    ['Additional tags', newTags.additionalTags],
  ] as const;
  const items = kinds
    .filter(([, tags]) => tags.length > 0)
    .map(([kind, tags]) => `<li>${kind}: ${escapeHtml(tags.join(', '))}</li>\n`);
  const said = `At most ${plural(newTags.total, 'tag')} that the archive does not have yet; its volunteers sort each by hand.`;
  return `<h2>New tags</h2>\n<p>${said}</p>\n<ul>\n${items.join('')}</ul>\n`;
}

function pictureList(works: readonly BundleWork[]): string {
  const missing = works.flatMap(missingOf);
  const had = carriedIn(works);
  if (had + missing.length === 0) return '';
  const said =
    (had > 0 ? `${plural(had, 'picture')} of the stories stand in <code>works/</code>, beside the chapters. ` : '') +
    'An archive shows pictures from where they are: put those you want to keep somewhere of your own, and change their addresses there.';
  const sheets = new Map(works.map((work) => [work.slug, work.sheet]));
  const items = missing.map(
    ({ work, title, url, why }) =>
      `<li><a href="${sheets.get(work)}">${escapeHtml(title || work)}</a>: ${link(url, url)}: ${escapeHtml(why)}</li>\n`,
  );
  const list =
    items.length > 0
      ? `<details open><summary>Could not be had, and are links now: ${number(items.length)}</summary>\n<ul>\n${items.join('')}</ul>\n</details>\n`
      : '';
  return `<h2>Pictures</h2>\n<p>${said}</p>\n${list}`;
}

const REASONS: Record<LeftOutReason, string> = {
  other: 'No fan fiction',
  locked: 'Locked: only the journal’s own readers may see them',
  gate: 'Behind an adult notice',
  missing: 'Not found',
  gone: 'Deleted',
  banned: 'The site refused to show them',
  unreadable: 'Could not be read: please look',
  restricted: 'Restricted, and not asked for with --include-locked',
  decided: 'Left out as the author decided',
  'other-poster': 'Posted by somebody else',
};

function leftOutList(leftOut: readonly LeftOut[]): string {
  if (leftOut.length === 0) return '';
  const sections = (Object.keys(REASONS) as LeftOutReason[]).map((reason) => {
    const entries = leftOut.filter((entry) => entry.reason === reason);
    if (entries.length === 0) return '';
    return `<details open><summary>${REASONS[reason]}: ${number(entries.length)}</summary>\n<ul>\n${entries.map(leftOutItem).join('')}</ul>\n</details>\n`;
  });
  return `<h2>Left out</h2>\n${sections.join('')}`;
}

function leftOutItem(entry: LeftOut): string {
  const date = entry.postedAt ? `${entry.postedAt.slice(0, 10)} ` : '';
  return `<li>${date}${link(entry.url, entry.subject ?? entry.entry)}${entry.detail ? `: ${escapeHtml(entry.detail)}` : ''}</li>\n`;
}

/** A browser keeps the link as a bookmark; clicked here it does nothing, since this page runs no script but its own. */
function filler(archive: ArchivesFile['archive']): string {
  return (
    '<h2 id="filler">The form filler</h2>\n' +
    `<p>Drag this to your bookmarks: <a class="bookmark" href="${escapeHtml(bookmarklet(archive.forms))}">ficferry</a></p>\n` +
    '<ol>\n<li>On a sheet, press “Copy for the archive”.</li>\n' +
    '<li>On the archive, open New Work, New Chapter, Edit or Import New Work, and click the bookmark: a box opens.</li>\n' +
    '<li>Paste. The form is filled in, and nothing is sent: look it over, then post it or save it as a draft yourself.</li>\n</ol>\n'
  );
}

function files(): string {
  return (
    '<h2>Files</h2>\n<p>Each title above leads to its sheet, with every field and chapter ready to copy. ' +
    '<code>works/</code> holds the chapters as Markdown, <code>pages/</code> what an importer fetches, ' +
    '<a href="otwarchive/works.json">otwarchive/works.json</a> the works for an archivist, ' +
    '<a href="bundle.json">bundle.json</a> everything, and <a href="left-out.csv">left-out.csv</a> what was left out.</p>\n'
  );
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
