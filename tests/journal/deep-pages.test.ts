/** Pages whose tags are never closed: the tree is parse5's own, and is made in a time that grows with the page and no faster. */
import type { AnyNode } from 'domhandler';
import fc from 'fast-check';
import { parse } from 'parse5';
import { adapter } from 'parse5-htmlparser2-tree-adapter';
import { describe, expect, it } from 'vitest';
import { parsePage } from '../../src/journal/pageParser.js';
import { hostileSoup, soup } from '../text/soup.js';
import { drawEntry } from './pages.js';
import { numberOf, POSTS, type Post } from './posts.js';
import { entryOf, readText } from './reading.js';

/** Emphasis comes and goes with what was left unclosed; nobody looks for it on a page. */
const FORMATTING = new Set('a b big code em font i nobr s small strike strong tt u'.split(' '));

function outline(document: AnyNode): string[] {
  const lines: string[] = [];
  const stack: [AnyNode, number][] = [[document, 0]];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [node, depth] = next;
    const passed = 'name' in node && FORMATTING.has(node.name);
    if (node.type === 'text') lines.push(`${depth} ${node.data}`);
    else if ('attribs' in node && !passed) {
      const { startOffset, endOffset } = node.sourceCodeLocation ?? {};
      lines.push(`${depth} ${node.name} ${JSON.stringify(node.attribs)} ${startOffset} ${endOffset}`);
    }
    if ('children' in node)
      for (const child of [...node.children].reverse()) stack.push([child as AnyNode, depth + (passed ? 0 : 1)]);
  }
  return lines;
}

/** What once came out otherwise. */
const SEEN = [
  '<table>\n</sub>word', // an end tag of nothing ends text between cells all the same
  '<table>a</span> b</table>',
  '<pre></span>\n', // and stands between <pre> and its first line
  `<a href="http://a.example/">${'<b><i>'.repeat(8)}<span><a href="http://b.example/">name</a></span>`, // a link ends a link, however old
];

describe('the tree of a page', () => {
  it('is that of parse5', () => {
    fc.assert(
      fc.property(fc.oneof(soup, hostileSoup), (html) => {
        const whole = parse(html, { treeAdapter: adapter, sourceCodeLocationInfo: true });
        expect(outline(parsePage(html))).toEqual(outline(whole));
      }),
      { numRuns: 3000, examples: SEEN.map((html): [string] => [html]) },
    );
  });
});

describe('an entry with 20,000 tags that are never closed', () => {
  // as they come on a page of some hundred kilobytes; what is quadratic here takes from half a minute to many
  const shapes: Record<string, string> = {
    lists: '<ul><li>word ',
    blocks: '<div>word ',
    quotes: '<blockquote>word ',
    'fonts that differ, in paragraphs': '<p><font color="#{n}">word ',
    'end tags of nothing behind them': '<font>word</span>',
    'bold across blocks': '<b><div>word</b>',
  };
  for (const [name, piece] of Object.entries(shapes)) {
    it(`is read whole: ${name}`, () => {
      const body = Array.from({ length: 20_000 }, (_, n) => piece.replace('{n}', String(n))).join('');
      const post: Post = { ...(POSTS[1] as Post), style: 'core2', body };
      const place = {
        scheme: 'https',
        host: 'tarn-wick.livejournal.com',
        www: 'www.livejournal.com',
        journal: 'tarn_wick',
      };
      const entry = entryOf(readText(drawEntry(place, post, body), `https://${place.host}/${numberOf(post)}.html`));
      expect(entry).toMatchObject({ subject: 'Hello, and how this works', poster: 'tarn_wick', tags: ['!admin'] });
      expect(entry.body.html.match(/word/g)).toHaveLength(20_000);
    });
  }
});
