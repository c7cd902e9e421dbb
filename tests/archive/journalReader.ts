/**
 * The stand-in's readers of pages whose address holds a journal site's name, wherever it stands in it. They look for
 * labels in the text alone, after sanitising, and take date and title from the page's own places.
 */
import type { CheerioAPI } from 'cheerio';
import { readDate } from './dates.js';
import { type ReadOptions, readLabels } from './labels.js';
import type { Page } from './reader.js';
import { sanitise } from './sanitise.js';

/** Reads a page as one of LiveJournal's kind or of Dreamwidth. */
export function readJournal(page: CheerioAPI, kind: 'journal' | 'dreamwidth', options: ReadOptions): Page {
  const content = sanitise(kind === 'dreamwidth' ? dreamwidthBody(page) : journalBody(page), 'content');
  // Labels are looked for in bytes here too.
  const fields = readLabels(Buffer.from(content).toString('latin1'), options);
  const shown =
    kind === 'dreamwidth'
      ? page('span.date').first().text()
      : page('time.b-singlepost-author-date').first().text() || page('p.aentry-head__date time').first().text();
  return {
    ...fields,
    // "somebody: The Lamp Room" is The Lamp Room, unless a label says otherwise.
    title:
      fields.title ??
      page('title')
        .text()
        .trim()
        .replace(/^[^:]+: /, ''),
    date: shown.trim() === '' ? fields.date : readDate(shown, options.today ?? '9999-12-31'),
    content,
  };
}

function journalBody(page: CheerioAPI): string {
  for (const place of ['article.b-singlepost-body', 'div.aentry-post__text']) {
    const html = page(place).first().html();
    if (html) return html;
  }
  return page('body').html() ?? '';
}

/** Without mood and music, tags and the header, which stand in the same box. */
function dreamwidthBody(page: CheerioAPI): string {
  const box = page('div.contents').first();
  if (box.length === 0) return page('body').html() ?? '';
  box.find('div.currents, div.tag, div.header, h3.entry-title').remove();
  return box.html() ?? '';
}
