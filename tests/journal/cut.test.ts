/**
 * Cutting scripts out of a page before it is parsed must not show: the tree of the cut page is that of the whole page but for
 * the insides of scripts, styles and icons. The judge is parse5 on the uncut page.
 */
import { readFileSync } from 'node:fs';
import { load } from 'cheerio';
import type { AnyNode } from 'domhandler';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutPage } from '../../src/journal/cut.js';
import { Page } from '../../src/journal/page.js';
import { readHtml } from '../../src/journal/read.js';
import { filesIn, hasShared, shared, sites } from './reading.js';

/** The tree as lines, with the insides of scripts, styles and icons left out, and neighbouring texts as one. */
function outline(html: string): string[] {
  const lines: string[] = [];
  const stack: [AnyNode, number][] = [[load(html).root()[0] as AnyNode, 0]];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [node, depth] = next;
    if (node.type === 'text') lines.push(`${depth} "${node.data}"`);
    else if (node.type === 'comment') lines.push(`${depth} <!--${node.data}-->`);
    else if ('attribs' in node) lines.push(`${depth} ${node.name} ${JSON.stringify(node.attribs)}`);
    const hidden = 'name' in node && ['script', 'style', 'svg'].includes(node.name);
    if ('children' in node && !hidden) for (const child of [...node.children].reverse()) stack.push([child, depth + 1]);
  }
  return lines;
}

function check(html: string): void {
  expect(outline(cutPage(html, []).html)).toEqual(outline(html));
}

describe('a cut page', () => {
  it('loses what need not be parsed, and keeps the facts', () => {
    const page =
      '<p>a<script type="x">Site.entry = {"a": "</p>"};</script>b<style>p > b {}</style><svg><path d="M0"/></svg><script>1</script>';
    expect(cutPage(page, ['Site.entry'])).toEqual({
      html: '<p>a<script type="x"></script>b<style></style><svg></svg><script></script>',
      scripts: ['Site.entry = {"a": "</p>"};'],
    });
  });

  it.each([
    '<script><!-- <script> </script> --></script><p>x',
    '<script><!-- <script> </script> </script><p>x',
    '<script><!--></script><p>x</p><script>--></script>y',
    '<script><!--<script><!--></script>1</script>2</script>3',
    '<script><!-- </script><p>x',
    '<script>"</scripty>"</script><p>x',
    '<SCRIPT>1</sCrIpT ><p>x',
    '<script>1</script/x="</script>"><p>x',
    '<script>never closed <p>x',
    '<a title="<script>">x</a><script>1</script>',
    "<a title='<script>' b=c>x</a><script>1</script>",
    '<a title=<script>>x</a><script>1</script>',
    '<a "<script>">x</a><script>1</script>y',
    '<a b="1"c=\'<style>\'d>x<style>1</style>',
    '<a =">x<script>1</script>"y',
    '<a b= "<script>" / >x<script>1</script>',
    '<a b/="<script>">x</a><script>1</script>',
    '<!-- <script> --><p>x</p><script>1</script>',
    '<!--><script>1</script><p>-->x',
    '<!---><script>1</script><p>-->x',
    '<!-- --!><script>1</script>x',
    '<!-- <script>1</script>',
    '<!doctype html><?x <script> ?><p></><script>1</script>y',
    '</3 <script>><script>1</script>y',
    '<![CDATA[<script>]]><script>1</script>y',
    '<svg><![CDATA[<script>]]></svg><script>1</script>y',
    '<textarea><script></textarea><script>1</script>y',
    '<title><script></title><script>1</script>y',
    '<title><style></title x><style>1</style>y',
    '<noscript><script></noscript><script>1</script>y',
    '<noscript><style><p></noscript><p>y',
    '<iframe><script></iframe><script>1</script>y',
    '<xmp><style></xmp><style>1</style>y',
    '<plaintext><script>1</script>y',
    '<svg><style><p>x</p></style></svg><style>1</style>y',
    '<svg><title><p>x</title></svg>y',
    '<svg><script><p>x</script></svg>y',
    '<svg><g><div>out</div></g></svg><script>1</script>y',
    '<svg><path></svg>x<svg/>y<svg><use/></svg>z',
    '<svg a=b/><path></svg>x',
    '<svg><g><svg></g></svg></svg>x',
    '<svg><symbol><g></symbol></svg>x</svg>y',
    '<svg><path d="</svg>"/></svg>x',
    '<svg>text & more</svg>x<p><svg><br></svg>y',
    '<math><mi><style>x</style></math><script>1</script>y',
    '<select><option>a<style>b</style><script>c</script></select><script>1</script>y',
    '<select><svg><path></svg>a</select>y',
    '<table><style>x</style><tr><script>1</script><td><svg><path/></svg>x</table>y',
    '<table><svg><path/></svg><textarea><script></textarea></table><script>1</script>',
    '<template><style>x</style></template><script>1</script>y',
    '<frameset><script>1</script><frame></frameset>',
    '<head><style>x</style></head><script>1</script><body>y',
    '<p>x<script>1</script',
    '<p>x<style>1</style',
    '<p>x<a b="<script>1</script>',
    '<p>x</a b="<script>1</script>',
    '<',
    '<script',
  ])('%s', (html) => check(html));

  it('is that of any soup', () => {
    const piece = fc.constantFrom(
      ...[
        '<script>',
        '</script>',
        '<script ',
        '<style>',
        '</style>',
        '<svg>',
        '</svg>',
        '<svg ',
        '<path>',
        '<path/>',
        '<g>',
        '</g>',
        '<use a="',
        '<textarea>',
      ],
      ...[
        '</textarea>',
        '<title>',
        '</title>',
        '<noscript>',
        '</noscript>',
        '<select>',
        '</select>',
        '<option>',
        '<table>',
        '</table>',
        '<tr>',
        '<td>',
      ],
      ...[
        '<!--',
        '-->',
        '--!>',
        '<!',
        '<![CDATA[',
        ']]>',
        '<?',
        '</',
        '<',
        '>',
        '/>',
        '"',
        "'",
        '=',
        '/',
        ' ',
        '-',
        '!',
        'a',
        'x="',
        "y='",
        '<p>',
        '</p>',
        '<b>',
        '</b>',
      ],
      ...[
        '<div>',
        '</div>',
        '<a href="',
        '<a ',
        '<math>',
        '</math>',
        '<iframe>',
        '</iframe>',
        '<xmp>',
        '</xmp>',
        '\n',
        '&amp;',
        'é',
        '<symbol>',
        '</symbol>',
        '<br>',
        '<SCRIPT>',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => check(pieces.join(''))),
      { numRuns: 3000 },
    );
  });
});

describe.skipIf(!hasShared('pages'))('saved pages', () => {
  const folders = [
    'livejournal',
    'dreamwidth/journal',
    'dreamwidth/gate',
    'dreamwidth/go',
    'dreamwidth/login',
    'dreamwidth/limits',
    'dreamwidth/layouts/zesty',
    'dreamwidth/layouts/_light',
    'dreamwidth/layouts/ciel',
  ];
  it.each(folders.flatMap((folder) => filesIn(`pages/${folder}`)))('%s', (path) => {
    const html = readFileSync(shared(path), 'utf8');
    check(html);
    expect(readHtml(sites, Page.ofText(html, ''), 200)).toEqual(
      readHtml(sites, new Page({ html, scripts: [] }, ''), 200),
    );
  });

  it('are cut to a fraction', () => {
    const html = readFileSync(shared('pages/livejournal/entry-modern.html'), 'utf8');
    expect(cutPage(html, []).html.length).toBeLessThan(html.length / 6);
  });
});
