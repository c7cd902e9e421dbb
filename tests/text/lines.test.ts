import { describe, expect, it } from 'vitest';
import { cleanHtml, linesOf, toHtml, withoutLines } from '../../src/text/index.js';

const lines = (html: string) => linesOf(cleanHtml(html, { base: 'http://a.example/' }));

describe('linesOf', () => {
  it('numbers the lines of paragraphs, and says where a paragraph begins', () => {
    const told = lines('Title: A<br>Rating: B<br><br><br>Story<hr>The End').map((line) => [
      line.number,
      line.kind,
      line.text,
      line.blankBefore,
    ]);
    expect(told).toEqual([
      [1, 'text', 'Title: A', true],
      [2, 'text', 'Rating: B', false],
      [3, 'text', 'Story', true],
      [4, 'rule', '', true],
      [5, 'text', 'The End', true],
    ]);
  });

  it('makes text even: no-break spaces, runs of spaces, characters without width', () => {
    expect(lines('<p>&nbsp;&nbsp;<b>Title:</b>&nbsp; A\u200b\ufeff&shy;B &nbsp; C</p>')[0]?.text).toBe('Title: AB C');
  });

  it('leaves joiners where they are spelling', () => {
    const words = ['می\u200cخواهم', 'क्\u200dष', '\u{1f469}\u{1f3fd}\u200d\u{1f680}', '❤\ufe0f\u200d\u{1f525}'];
    for (const word of words) expect(lines(`<p>Title: ${word}</p>`)[0]?.text).toBe(`Title: ${word}`);
    expect(lines('<p>T\u200ci\u200dtle: \u200dA\u200c</p>')[0]?.text).toBe('Title: A');
  });

  it('tells looks, links and accounts', () => {
    const [line] = lines(
      '<strong>By:</strong> <em>me</em> &amp; <span class=ljuser data-ljuser=a_b><b>a_b</b></span>, <a href="/x"><u>link</u></a>',
    );
    expect(line?.text).toBe('By: me & a_b, link');
    expect(line?.runs).toEqual([
      { text: 'By: ', marks: ['b'] },
      { text: 'me ', marks: ['i'] },
      { text: '& ', marks: [] },
      { text: 'a_b', marks: [], user: 'a_b' },
      { text: ', ', marks: [] },
      { text: 'link', marks: ['u'], href: 'http://a.example/x' },
    ]);
  });

  it('knows headings, items, pairs and rows', () => {
    const html =
      '<h2>H</h2><ul><li>one<br>more<li>two</ul><dl><dt>T</dt><dd>D<br>E</dd><dd>F</dd></dl>' +
      '<table><tr><th>a</th><td>b <i>c</i></td></tr><tr><td></td><td>d</td></tr></table>';
    expect(lines(html).map((line) => [line.kind, line.text, line.cells, line.blankBefore])).toEqual([
      ['heading', 'H', undefined, true],
      ['item', 'one', undefined, true],
      ['item', 'more', undefined, false],
      ['item', 'two', undefined, false],
      ['pair', 'T D E', ['T', 'D\nE'], true],
      ['pair', 'F', ['', 'F'], false],
      ['row', 'a b c', ['a', 'b c'], true],
      ['row', 'd', ['', 'd'], false],
    ]);
  });

  it('looks into rows that hold paragraphs', () => {
    const html = '<table><tr><td>a</td><td><p>b</p><p>c</p></td></tr></table>';
    expect(lines(html).map((line) => [line.kind, line.text])).toEqual([
      ['text', 'a'],
      ['text', 'b'],
      ['text', 'c'],
    ]);
  });

  it('knows what is centred', () => {
    expect(lines('<center>a<br>b</center>c').map((line) => line.centred)).toEqual([true, true, false]);
  });

  it('knows what lies behind a cut', () => {
    const behind = (html: string) => lines(html).map((line) => (line.cut ? line.text.toUpperCase() : line.text));
    expect(behind('a<br><a name="cutid1"></a>b<br>c<a name="cutid1-end"></a><br>d')).toEqual(['a', 'B', 'C', 'd']);
    expect(behind('a<lj-cut text="x"><p>b</p><p>c</p></lj-cut>d')).toEqual(['a', 'B', 'C', 'd']);
    expect(behind('<p>a</p><a name="cutid1"></a><table><tr><td>b<td>c</table><hr>d')).toEqual(['a', 'B C', '', 'D']);
  });
});

describe('withoutLines', () => {
  const without = (html: string, ...numbers: number[]) => toHtml(withoutLines(cleanHtml(html), new Set(numbers)));

  it('takes lines out of a paragraph', () => {
    expect(without('a<br>b<br>c', 1)).toBe('<p>b<br />c</p>');
    expect(without('a<br>b<br>c', 2)).toBe('<p>a<br />c</p>');
    expect(without('a<br>b<br>c', 3)).toBe('<p>a<br />b</p>');
    expect(without('a<br><br>b', 1)).toBe('<p>b</p>');
  });

  it('takes what is left empty with it', () => {
    expect(without('<ul><li>a<li>b</ul>', 1)).toBe('<ul>\n<li>b</li>\n</ul>');
    expect(without('<blockquote><ul><li>a</ul></blockquote>b', 1)).toBe('<p>b</p>');
    expect(without('<table><tr><td>a<td>b<tr><td>c<td>d</table>e', 1, 2)).toBe('<p>e</p>');
    expect(without('<dl><dt>a<dd>b<dt>c<dd>d</dl>', 1)).toBe('<dl>\n<dt>c</dt>\n<dd>d</dd>\n</dl>');
  });

  it('keeps a row in shape while one of its cells has text', () => {
    const html = '<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>';
    expect(without(html, 1, 2)).toBe('<table>\n<tbody>\n<tr>\n<td></td>\n<td>c</td>\n</tr>\n</tbody>\n</table>');
    expect(without(html, 1, 2, 3)).toBe('');
  });

  it('drops the gap beside what is gone', () => {
    expect(without('a<br><br><br>b<br><br><br>c', 1)).toBe('<p>b</p>\n<p>&nbsp;</p>\n<p>c</p>');
    expect(without('a<br><br><br>b<br><br><br>c', 2)).toBe('<p>a</p>\n<p>&nbsp;</p>\n<p>c</p>');
    expect(without('a<br><br><br>b', 2)).toBe('<p>a</p>');
  });

  it('keeps cuts and accounts in mind', () => {
    const document = cleanHtml('a<br><a name="cutid1"></a>b<br><lj user=c>');
    const rest = linesOf(withoutLines(document, new Set([2])));
    expect(rest.map((line) => line.cut)).toEqual([false, true]);
    expect(rest[1]?.runs).toEqual([{ text: 'c', marks: [], user: 'c' }]);
  });

  it('leaves the given document alone', () => {
    const document = cleanHtml('a<br>b');
    withoutLines(document, new Set([1]));
    expect(toHtml(document)).toBe('<p>a<br />b</p>');
  });
});
