import { describe, expect, it } from 'vitest';
import { cleanHtml, picturesOf, toHtml, toMarkdown, withPlaces } from '../../src/text/index.js';

const clean = (html: string) => toHtml(cleanHtml(html));

describe('pictures of a text', () => {
  it('are listed in order, each address once, whatever its spelling', () => {
    const html = clean(
      '<p><img src="HTTP://Pics.example/a.png#top" alt="a  lamp"><a href="http://pics.example/big.png"><img src="http://pics.example/b.png"></a></p>' +
        '<table><tr><td>x</td><td><img src="http://pics.example/a.png"></td></tr></table>' +
        '<img src="data:image/png;base64,AAAA" alt="none"><img alt="no address"><img src="/relative.png">',
    );
    expect(picturesOf(html)).toEqual([
      { address: 'http://pics.example/a.png', alt: 'a lamp' },
      { address: 'http://pics.example/b.png' },
    ]);
  });

  it('are found behind a blank line that is kept, and links there are put elsewhere, too', () => {
    const html = clean(
      '<p>One</p><p>&nbsp;</p><p><img src="http://pics.example/a.png"><a href="http://a.example/">b</a></p>',
    );
    expect(html).toContain('<p>&nbsp;</p>');
    expect(picturesOf(html)).toEqual([{ address: 'http://pics.example/a.png' }]);
    expect(withPlaces(html, { linkTo: () => '02.md' })).toContain('<a href="02.md">b</a>');
  });

  it('are none where there is none', () => {
    expect(picturesOf('<p>Only &lt;img src="http://pics.example/a.png"&gt; as text.</p>')).toEqual([]);
  });

  it('are those behind the proxies of the journal sites', () => {
    const html = clean('<img src="https://imgprx.livejournal.net/abc/def/http://pics.example/a.png">');
    expect(picturesOf(html)).toEqual([{ address: 'http://pics.example/a.png' }]);
  });
});

describe('pictures put elsewhere', () => {
  const place = (address: string) =>
    address.endsWith('/kept.png') ? { src: 'images/001.png' } : address.endsWith('/lost.png') ? 'link' : undefined;

  it('stand in Markdown, as links where they are gone, as they were where nothing is said', () => {
    const html = clean(
      '<p>One <img src="http://pics.example/kept.png" alt="a lamp"> two.</p><p><b>Three <img src="http://pics.example/lost.png" alt="a [stair]"></b></p>' +
        '<p><img src="http://pics.example/lost.png"></p><p><img src="http://pics.example/other.png"></p>',
    );
    expect(toMarkdown(html, { placeOf: place })).toBe(
      [
        'One ![a lamp](images/001.png) two.',
        '**Three [a \\[stair\\]](http://pics.example/lost.png)**',
        '[\\[Picture\\]](http://pics.example/lost.png)',
        '![](http://pics.example/other.png)',
      ].join('\n\n'),
    );
  });

  it('keep their size, and the link that they stand in', () => {
    const html = clean(
      '<p><a href="http://pics.example/big.png">see <img src="http://pics.example/lost.png" alt="the stair"></a></p>' +
        '<p><img src="http://pics.example/kept.png" width="90" alt="x"></p>',
    );
    expect(withPlaces(html, { placeOf: place })).toBe(
      '<p><a href="http://pics.example/big.png">see the stair</a></p>\n<p><img src="images/001.png" width="90" alt="x" /></p>',
    );
  });

  it('leave a text without pictures as it is, byte for byte, and one with links clean', () => {
    const without = clean('<p>Nothing &amp; nobody.</p>');
    expect(withPlaces(without, { placeOf: () => 'link' })).toBe(without);
    const links = withPlaces(
      clean('a<img src="http://pics.example/lost.png"><i>b<img src="http://pics.example/lost.png" alt="c">d</i>'),
      { placeOf: place },
    );
    expect(links).toBe(
      '<p>a<a href="http://pics.example/lost.png">[Picture]</a><i>b<a href="http://pics.example/lost.png">c</a>d</i></p>',
    );
    expect(clean(links)).toBe(links);
  });

  it('may be thousands in one paragraph', () => {
    const html = `<p>${'<img src="http://pics.example/lost.png" />'.repeat(20_000)}</p>`;
    expect(withPlaces(html, { placeOf: place }).match(/<a /g)).toHaveLength(20_000);
  });
});
