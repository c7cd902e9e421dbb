/**
 * Draws a post as the sites do, from structure notes: enough of each page's furniture (scripts, sidebars, comments that look
 * like headers) for a careless reader to fall over.
 */
import { numberOf, type Post } from './posts.js';

export type PageStyle = 'modern' | 'singlepost' | 'core2' | 'light';

/** Where a journal is served. `host` is its own host, `www` the site's. */
export interface Place {
  scheme: string;
  host: string;
  www: string;
  journal: string;
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const esc = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

export function entryUrl(place: Place, number: number): string {
  return `${place.scheme}://${place.host}/${number}.html`;
}

export function goUrl(place: Place, number: number, dir: 'prev' | 'next'): string {
  return `${place.scheme}://${place.www}/go.bml?journal=${place.journal}&itemid=${number}&dir=${dir}`;
}

export function drawEntry(place: Place, post: Post, body: string): string {
  return DRAW[post.style](place, post, body);
}

interface When {
  year: string;
  month: string;
  day: string;
  time: string;
  time12: string;
  monthName: string;
}

function when(post: Post): When {
  const [date, time] = post.at.split('T') as [string, string];
  const [year, month, day] = date.split('-') as [string, string, string];
  const hour = Number(time.slice(0, 2));
  const time12 = `${String(hour % 12 || 12).padStart(2, '0')}:${time.slice(3)} ${hour < 12 ? 'am' : 'pm'}`;
  return { year, month, day, time, time12, monthName: MONTHS[Number(month) - 1] as string };
}

/** An account's own host: names have hyphens there. */
function hostOf(place: Place, user: string): string {
  return `${user.replaceAll('_', '-')}.${place.www.slice('www.'.length)}`;
}

/** Who wrote, and in a community where; a purged account is named nowhere. */
function who(place: Place, post: Post): string {
  if (post.poster === undefined) return userTag(place, place.journal);
  const community = userTag(place, place.journal, 'i-ljuser-type-C');
  if (post.poster === null) return `in ${community}`;
  const struck = post.deleted ? ' style="text-decoration: line-through"' : '';
  return `${userTag(place, post.poster, 'i-ljuser-type-P', struck)} in ${community}`;
}

function userTag(place: Place, user: string, type = '', more = ''): string {
  const base = `${place.scheme}://${hostOf(place, user)}/`;
  return `<span class="ljuser i-ljuser${type && ` ${type}`}"${more} data-ljuser="${user}" lj:user="${user}"><a href="${base}profile"><img src="${place.scheme}://${place.www}/userinfo.gif" alt="" /></a><a href="${base}"><b>${user}</b></a></span>`;
}

function tagLinks(place: Place, post: Post, attributes = ''): string {
  return (post.tags ?? [])
    .map(
      (tag) => `<a ${attributes}href="${place.scheme}://${place.host}/tag/${encodeURIComponent(tag)}/">${esc(tag)}</a>`,
    )
    .join(', ');
}

const COMMENT = 'Title: the best thing I read all week<br />Rating: eleven out of ten<br />Summary: I missed my stop.';

/** 2017 on: no neighbours in the HTML, and a script that holds other entries' text. */
function modern(place: Place, post: Post, body: string): string {
  const at = when(post);
  const subject = post.subject ?? '(no subject)';
  const epoch = Date.parse(`${post.at}:00Z`) / 1000;
  const entry = {
    ...(post.poster !== null && { poster: post.poster ?? place.journal }),
    journal: place.journal,
    ditemid: numberOf(post),
    title: post.subject ?? '',
    eventtime: epoch,
    is_public: post.security !== 'friends',
  };
  const others = [{ title: 'Another post', text: '<b>Title:<\\/b> Another post<br />Rating: X', tags: ['elsewhere'] }];
  return `<!doctype html>
<html lang="en-us" class="html-schemius html-adaptive"><head><meta charset="utf-8">
<title>${esc(subject)}: ${place.journal} — LiveJournal</title>
<link rel="canonical" href="${entryUrl(place, numberOf(post))}">
<meta property="og:title" content="${esc(subject)}" /><meta property="og:type" content="article" />
<script>Site = window.Site || {}; Site.page = ${JSON.stringify({ is_post: 1, is_adult: 1, more_posts: others })};</script>
<script>${'/* furniture */'.repeat(400)}</script>
</head><body class="s-schemius logged-out"><div class="s-body"><div class="aentry aentry--post2017" role="main"><div class="aentry-item"><div class="aentry-wrapper">
<div class="aentry-head"><p class="aentry-head__list"><span class="aentry-head__info aentry-head__username">${who(place, post)}</span>${post.mood ? `<span class="aentry-head__info aentry-head__mood"><span class="aentry-head__mood-text">${post.mood}</span></span>` : ''}</p>
<p class="aentry-head__date"> <time> ${at.monthName} ${Number(at.day)} ${at.year}, ${at.time} </time> </p>${post.music ? `<p class="aentry-head__music"><span class="aentry-head__info-type">Listens:</span> <span class="aentry-head__info-text">${esc(post.music)}</span></p>` : ''}</div>
<article class="aentry-post"><h1 class="aentry-post__title"><span class="aentry-post__title-text">${esc(subject)}</span></h1>
<div class="aentry-post__content"><div class="aentry-post__text aentry-post__text--view"> ${body} <div class="lj-like">Like</div></div></div>
<div class="aentry-tags js--entry-tags">${tagLinks(place, post)}</div></article></div>
<div class="aentry-comments"><div class="mdspost-comment__body">${COMMENT}</div></div></div></div></div>
<script>Site.entry = ${JSON.stringify(entry)};</script></body></html>`;
}

/** About 2012 to 2017. */
function singlepost(place: Place, post: Post, body: string): string {
  const at = when(post);
  const number = numberOf(post);
  return `<!DOCTYPE html>
<html lang="en" class="html-s2"><head><meta charset="utf-8"><title>${place.journal}: ${esc(post.subject ?? '(no subject)')}</title>
<link rel="canonical" href="${entryUrl(place, number)}" /></head>
<body class="p-lenta page-entry"><div class="l-content"><article class="b-singlepost hentry">
<dl class="b-singlepost-author"><dd class="b-singlepost-author-userinfo">${who(place, post)} wrote,<br>
<time class="b-singlepost-author-date published dt-published"><a href="/${at.year}/">${at.year}</a>-<a href="/${at.year}/${at.month}/">${at.month}</a>-<a href="/${at.year}/${at.month}/${at.day}/">${at.day}</a> ${at.time}:00</time></dd></dl>
<ul class="b-linkbar"><li><a href="${esc(goUrl(place, number, 'prev'))}" title="Previous" class="b-controls b-controls-prev">Previous</a></li><li><a href="${esc(goUrl(place, number, 'next'))}" title="Next" class="b-controls b-controls-next">Next</a></li></ul>
<h1 class="b-singlepost-title entry-title">${esc(post.subject ?? '')}</h1>
<div class="b-singlepost-bodywrapper"><article class="b-singlepost-body entry-content">${body}<div class="lj-like lj-like--v4"></div></article></div>
<div class="b-singlepost-tags ljtags"><strong>Tags:</strong> <span class="b-singlepost-tags-items">${tagLinks(place, post, 'rel="tag" ')}</span></div></article>
<div id="comments" class="b-grove"><div class="b-leaf-article">${COMMENT}</div></div></div></body></html>`;
}

/** Dreamwidth's core2, which other sites on the same code draw too. */
function core2(place: Place, post: Post, body: string): string {
  const at = when(post);
  const number = numberOf(post);
  const tags = (post.tags ?? []).map(
    (tag) =>
      `<li><a rel="tag" href="${place.scheme}://${place.host}/tag/${encodeURIComponent(tag)}">${esc(tag)}</a></li>`,
  );
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>${place.journal} | ${esc(post.subject ?? '(no subject)')}</title>
<meta property="article:published_time" content="${post.at}:00"/>
<link rel="prev" href="${esc(goUrl(place, number, 'prev'))}" /><link rel="next" href="${esc(goUrl(place, number, 'next'))}" /><link rel="canonical" href="${entryUrl(place, number)}" /></head>
<body class="page-entry two-columns"><div id="canvas"><div id="primary">
<div class="entry-wrapper security-public ${post.poster === undefined ? 'journal-type-P' : 'journal-type-C'}${post.poster === null ? '' : ` poster-${post.poster ?? place.journal}`} journal-${place.journal}" id="entry-wrapper-${number}"><div class="entry" id="entry-${number}"><div class="inner">
<div class="header"><h3 class="entry-title"><a title="${esc(post.subject ?? '')}" href="${entryUrl(place, number)}">${esc(post.subject ?? '(no subject)')}</a></h3><span class="datetime"><span class="date">${at.monthName.slice(0, 3)}. ${Number(at.day)}th, ${at.year}</span> <span class="time">${at.time12}</span></span></div>
<div class="contents"><span class="poster entry-poster">${who(place, post)}</span><div class="entry-content">${body}</div>
<div class="metadata bottom-metadata"><ul>${post.mood ? `<li><span class="metadata-label">Mood:</span> <span class="metadata-item metadata-item-mood">${post.mood}</span></li>` : ''}</ul></div></div>
<div class="footer"><div class="tag"><span class="tag-text">Tags:</span><ul>${tags.join(', ')}</ul></div></div></div></div></div>
<div id="comments"><div class="comment-content">${COMMENT}</div></div></div>
<div id="secondary"><div class="module"><h2>Active Entries</h2><ul><li><a href="${entryUrl(place, 999999)}">Title: somewhere else</a></li></ul></div></div></div></body></html>`;
}

/** The oldest uniform page: S1, `format=light`. */
function light(place: Place, post: Post, body: string): string {
  const at = when(post);
  const number = numberOf(post);
  return `<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>${place.journal}: ${esc(post.subject ?? '(no subject)')}</title>
<link rel='Previous' href='${esc(goUrl(place, number, 'prev'))}' /><link rel='Next' href='${esc(goUrl(place, number, 'next'))}' /></head><body>
<table><tr><td align='left' valign='middle'><font face='Arial,Helvetica' size='+1'><i><b>${esc(post.subject ?? '')}</b></i></font></td></tr></table>
<table><tr valign='middle'><td>${who(place, post)} wrote,<br /><font size='-1'>@ <a href="/${at.year}/">${at.year}</a>-<a href="/${at.year}/${at.month}/">${at.month}</a>-<a href="/${at.year}/${at.month}/${at.day}/">${at.day}</a> ${at.time}:00</font></td></tr></table>
<table border='0'>${post.music ? `<tr><td align='right'><b>Current music:</b></td><td>${esc(post.music)}</td></tr>` : ''}<tr><td align='right'><b>Entry tags:</b></td><td>${tagLinks(place, post, "rel='tag' ")}</td></tr></table>
<div style='margin-left: 30px'>${body}</div>
<hr><div id='Comments'><div class='talk-comment'>${COMMENT}</div></div></body></html>`;
}

const DRAW: Record<PageStyle, (place: Place, post: Post, body: string) => string> = {
  modern,
  singlepost,
  core2,
  light,
};

/** The journal's own page: the newest entries, newest first. */
export function drawRecent(place: Place, posts: Post[]): string {
  const items = posts.map(
    (post) =>
      `<div class="entry-wrapper"><dl class="entry"><dt class="entry-title"><a href="${entryUrl(place, numberOf(post))}" class="subj-link">${esc(post.subject ?? '(no subject)')}</a></dt><dd><a href="${entryUrl(place, numberOf(post))}">Link</a> <a href="${entryUrl(place, numberOf(post))}?mode=reply">Leave a comment</a></dd></dl></div>`,
  );
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${place.journal}</title></head><body class="page-recent"><div id="content">${items.join('\n')}</div></body></html>`;
}

/** What the owner or a stranger may see of a month: its posts by day. */
function byDay(posts: Post[], month: string): Map<string, Post[]> {
  const days = new Map<string, Post[]>();
  for (const post of posts.filter(({ at }) => at.startsWith(month))) {
    const day = post.at.slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), post]);
  }
  return days;
}

/** A journal's calendar: one year in tables of months, a count linked for each day with entries, and links to the other years. */
export function drawYear(place: Place, posts: Post[], year: string): string {
  const years = [...new Set(posts.map(({ at }) => at.slice(0, 4)))].sort();
  const others = years.map((one) => (one === year ? `<b>${one}</b>` : `<a href="/${one}/">${one}</a>`));
  const months = [...new Set(posts.map(({ at }) => at.slice(0, 7)))].filter((month) => month.startsWith(year)).sort();
  const tables = months.map((month) => {
    const cells = [...byDay(posts, month)].map(
      ([day, list]) =>
        `<td class="day">${Number(day.slice(8))}<div class="count"><a href="/${day.replaceAll('-', '/')}/">${list.length}</a></div></td>`,
    );
    return `<table class="calendar"><tr><th colspan="7">${MONTHS[Number(month.slice(5)) - 1]}</th></tr><tr>${cells.join('')}</tr><tr><td colspan="7"><a href="${place.scheme}://${place.host}/${month.replace('-', '/')}/">All of this month</a></td></tr></table>`;
  });
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${place.journal}: ${year}</title></head><body class="page-archive"><div class="navigation"><ul><li>${others.join('</li><li>')}</li></ul></div>${tables.join('\n')}${SIDE(place)}</body></html>`;
}

/** A month of it: the subjects by day. */
export function drawMonth(place: Place, posts: Post[], month: string): string {
  const days = [...byDay(posts, month)].map(([day, list]) => {
    const lines = list.map(
      (post) =>
        `<dd>${when(post).time12} <a href="${entryUrl(place, numberOf(post))}">${esc(post.subject ?? '(no subject)')}</a> - <a href="${entryUrl(place, numberOf(post))}?mode=reply">answer</a></dd>`,
    );
    return `<dt><a href="/${day.replaceAll('-', '/')}/">${Number(day.slice(8))}</a></dt>${lines.join('')}`;
  });
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${place.journal}: ${month}</title></head><body class="page-month"><dl>${days.join('\n')}</dl>${SIDE(place)}</body></html>`;
}

/** What stands beside a calendar: an entry that is none any more, and a month of another journal. */
const SIDE = (place: Place): string =>
  `<div class="sidebar"><a href="${entryUrl(place, 999_999)}">An old favourite</a> <a href="${place.scheme}://friend.${place.www.slice(4)}/2004/05/">May at a friend's</a></div>`;

export function drawLogin(place: Place, number: number): string {
  return `<!doctype html><html><head><meta charset="utf-8"><title>Log in</title></head><body class="s-schemius body-log-in logged-out"><div class="b-loginform"><form action="${place.scheme}://${place.www}/login.bml" method="post"><input type="hidden" name="returnto" value="${entryUrl(place, number)}"><input name="user"><input name="password" type="password"></form></div></body></html>`;
}

export function drawGate(place: Place, number: number): string {
  return `<html><head><meta charset="utf-8"><title>Adult Content Notice</title></head><body><h1>Adult Content Notice</h1><p>The entry you are about to view has been marked by its author as containing explicit adult content.</p><form method="POST" action="${place.scheme}://${place.www}/misc/adult_explicit.bml"><input type="hidden" name="ret" value="${entryUrl(place, number)}" /><input type="submit" name="adult_check" value="Yes, I am at least 18 years old." /></form></body></html>`;
}

export function drawEnd(dir: 'prev' | 'next'): string {
  return `<!doctype html><html><head><meta charset="utf-8"><title>No Entry</title></head><body class="s-schemius logged-out"><h1>No Entry</h1><p>There is no entry ${dir === 'prev' ? 'preceding' : 'following'} this one.</p></body></html>`;
}

export function drawMissing(): string {
  return '<!doctype html><html><head><meta charset="utf-8"><title>Unknown Journal or Entry</title></head><body><h1>Error</h1><p>No such entry.</p></body></html>';
}
