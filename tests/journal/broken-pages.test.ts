/** Pages that end too early, as where a server dies over them: half a story must never pass for one. */
import { describe, expect, it } from 'vitest';
import { readPage } from '../../src/journal/index.js';
import { drawEntry, type PageStyle } from './pages.js';
import { numberOf, POSTS, type Post } from './posts.js';
import { entryOf, plainSites } from './reading.js';

const PLACE = {
  scheme: 'https',
  host: 'tarn-wick.livejournal.com',
  www: 'www.livejournal.com',
  journal: 'tarn_wick',
};
const POST = POSTS.find(({ itemid }) => itemid === 6) as Post;
const URL = `https://${PLACE.host}/${numberOf(POST)}.html`;
/** So many bytes from one cut to the next; prime, so that cuts fall in tags as well as between them. */
const STEP = 37;

describe('a page that ends too early', () => {
  it.each<PageStyle>(['modern', 'singlepost', 'core2', 'light'])('yields the whole entry or none (%s)', (style) => {
    const page = Buffer.from(drawEntry(PLACE, { ...POST, style }, POST.body));
    const read = (length: number) =>
      readPage(plainSites, { url: URL, status: 200, headers: {}, body: page.subarray(0, length) });
    const whole = entryOf(read(page.length)).body.html;
    let entries = 0;
    for (let length = 1; length < page.length; length += STEP) {
      const reading = read(length);
      if (reading.kind !== 'entry') continue;
      entries++;
      expect(reading.entry.body.html, `cut at ${length}`).toBe(whole);
    }
    // where the comments or the page's foot have begun, the entry is whole
    expect(entries).toBeGreaterThan(0);
  });

  // a table layout of old: the date stands in a cell of the very kind that other styles of it hold the story in
  it('in front of its story is no entry, though something like a body has come', () => {
    const head = `<html><head><title>Wick</title></head><body><table class="entrybox"><tr><td><table><tr><td class="caption">Wick</td><td class="index">[Jan. 20th, 2012|<b>01:21 pm</b>]</td></tr>`;
    const whole = `${head}<tr><td><table><tr><td>tarn_wick</td><td>The lamp burned low, and nobody in the house said so.</td></tr></table></td></tr></table></td></tr></table></body></html>`;
    const read = (html: string) =>
      readPage(plainSites, { url: URL, status: 200, headers: {}, body: Buffer.from(html) });
    expect(entryOf(read(whole)).body.html).toBe('The lamp burned low, and nobody in the house said so.');
    expect(read(head)).toEqual({ kind: 'unreadable', reason: 'the page breaks off in the middle of the entry' });
  });
});
