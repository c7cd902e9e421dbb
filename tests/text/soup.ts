/** Random tag soup, and the words that a browser would show of it. */
import fc from 'fast-check';
import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';

const INLINE = 'b i em strong u s small sup sub font span nobr code q big strike ins del lj-cut'.split(' ');
const BLOCKS = 'p div center blockquote ul ol li table tr td th h3 pre dl dt dd details summary figure'.split(' ');
const TEXTS = [
  'word',
  'two words',
  ' ',
  '  spaced  ',
  '\n',
  '&nbsp;',
  '&nbsp;&nbsp;Indented',
  '"Quoted,"',
  '***',
  '* * *',
  '~',
  '-',
  '1. first',
  '# five',
  '> greater',
  '- dash',
  '===',
  '---',
  'a*b*c',
  '_under_ snake_case',
  '&lt;b&gt;bold?&lt;/b&gt;',
  '&amp;amp; &amp;copy;',
  'back\\slash\\',
  '`tick`',
  '[a](b)',
  'wow!',
  '|pipe|',
  '~~tilde~~',
  '. ',
  '—',
  '…',
  'Привет',
  '漢字',
  '😀',
  '+',
];
const ATTRIBUTES = [
  '',
  '',
  '',
  ' style="font-style: italic"',
  ' style="font-weight:bold; color: #fff"',
  ' align="center"',
  ' style="text-align:right"',
  ' class="MsoNormal" onclick="x()"',
  ' dir="rtl"',
  ' title="a &quot;title&quot;"',
];

const text = fc.constantFrom(...TEXTS);
const attributes = fc.constantFrom(...ATTRIBUTES);
const open = fc
  .tuple(fc.constantFrom(...INLINE, ...INLINE, ...BLOCKS), attributes)
  .map(([name, rest]) => `<${name}${rest}>`);
const close = fc.constantFrom(...INLINE, ...INLINE, ...BLOCKS).map((name) => `</${name}>`);
const pair = fc
  .tuple(fc.constantFrom(...INLINE, ...BLOCKS), attributes, text, text)
  .map(([name, rest, one, two]) => `<${name}${rest}>${one}${two}</${name}>`);
const thing = fc.constantFrom(
  '<br>',
  '<br />',
  '<br><br>',
  '<br><br><br>',
  '<hr>',
  '<p>&nbsp;</p>',
  '<a href="http://a.example/x_(y)?a=1&amp;b=2">',
  '</a>',
  '<a name="cutid1"></a>',
  '<img src="http://a.example/i.png" alt="pic[1]">',
  '<ruby>base<rt>over</rt></ruby>',
  '<table><tr><td>one</td><td>two</td></tr></table>',
  '<span class="ljuser"><a href="http://x.example/"><b>name</b></a></span>',
  '<lj user="typed">',
  '<details><summary>short</summary>long</details>',
  '<ol start=7 type=A><li>seven</ol>',
  '<sup>1</sup>&frasl;<sub>2</sub>',
  '<pre>  two\n\n    lines</pre>',
  '<blockquote cite="http://a.example/" title="a source">said</blockquote>',
  '<h2>A <i>head</i></h2>',
  '&emsp;indent',
  '&eacute;&#8212;&#x201C;&bogus;&',
  '<img src="http://a.example/images/divider.gif">',
  '<s>a</b></s><u>b</i></u>',
  '<script>alert("gone")</script>',
  '<!-- comment -->',
);

/** Pieces that try to bring something alive into the archive, or to look like it. */
export const HOSTILE = [
  '<script>alert("gone")</script>',
  '<script src=//evil.example/x.js>',
  '</script>',
  '<SCRIPT/x>gone()</SCRIPT >',
  '<svg><script>gone()</script>',
  '<svg onload=gone()>',
  '<math><mi xlink:href="javascript:gone()">',
  '<style>p{background:url(javascript:gone())}</style>',
  '<style>',
  '<a href="javascript:gone()">',
  '<a href="JaVaScRiPt:gone()">',
  '<a href="java&#x09;script:gone()">',
  '<a href="java\nscript:gone()">',
  '<a href="&#106;&#97;vascript&colon;gone()">',
  '<a href=" &#1;javascript:gone()">',
  '<a href="vbscript:gone()">',
  '<a href="data:text/html;base64,PHNjcmlwdD4=">',
  '<a href="http://www.livejournal.com/away?to=javascript%3Agone()">',
  '<a href="http://a.example/" target=_blank onclick="gone()" style="x:expression(gone())" id=x name=y>',
  '<img src="javascript:gone()" onerror=gone()>',
  '<img src="data:image/svg+xml,<svg onload=gone()>" alt="<b onclick=gone()>">',
  '<img src=x onerror=gone() alt="&quot; onload=&quot;gone()">',
  '<img src="https://p.dreamwidth.org/0a/1-2/javascript:gone()">',
  '<p onmouseover=gone() style="background:url(http://evil.example/)" class=x id=y>',
  '<p title="&quot; onclick=&quot;gone()">',
  '<b/onclick=gone()//>',
  '<div style="font-style:italic;background:url(javascript:gone())">',
  '<form action="http://evil.example/"><input name=a value=gone><button formaction=javascript:gone()>gone</button>',
  '<textarea><script>gone()</script></textarea>',
  '<select><option>gone</select>',
  '<iframe src="javascript:gone()"></iframe>',
  '<iframe srcdoc="<script>gone()</script>"></iframe>',
  '<object data="javascript:gone()"><param name=movie value="javascript:gone()"></object>',
  '<embed src="data:text/html,gone">',
  '<video src="javascript:gone()" onplay=gone()>',
  '<base href="javascript:gone()//">',
  '<meta http-equiv=refresh content="0;url=javascript:gone()">',
  '<link rel=stylesheet href="http://evil.example/x.css">',
  '<noscript><p title="</noscript><script>gone()</script>">',
  '<!--><script>gone()</script>-->',
  '<![CDATA[<script>gone()</script>]]>',
  '<template><script>gone()</script></template>',
  '<blockquote cite="javascript:gone()">',
  '<q cite="data:gone">',
  '<lj user="x&quot; onclick=&quot;gone()">',
  '<lj user="<script>gone()</script>">',
  '<table background="javascript:gone()"><td background="javascript:gone()">',
  '&lt;script&gt;typed&lt;/script&gt;',
  '<<b>script>typed',
  '<xss-x onclick=gone()>',
  '<plaintext>',
  '<x',
  '"',
  "'>",
];

/** Ordinary soup with hostile pieces in it. */
export const hostileSoup = fc
  .array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...HOSTILE) }, text, open, close, thing), {
    maxLength: 25,
    size: 'max',
  })
  .map((parts) => parts.join(''));

/** Random nesting, unclosed and crossed tags, breaks anywhere. */
export const soup = fc
  .array(fc.oneof({ weight: 5, arbitrary: text }, open, close, pair, thing), { maxLength: 40, size: 'max' })
  .map((parts) => parts.join(''));

type Node = DefaultTreeAdapterMap['childNode'];
const PARTING = new Set(
  'p div center blockquote ul ol li table tbody thead tr td th h1 h2 h3 h4 h5 h6 pre dl dt dd details summary figure br hr body'.split(
    ' ',
  ),
);
const UNSEEN = new Set(['script', 'style', 'template', 'title', 'textarea', 'select']);

/** The text that a body shows, by a plain walk over the tree as browsers build it; blocks and breaks part words. */
export function shownText(html: string): string {
  const context = parseFragment('<div></div>').childNodes[0] as DefaultTreeAdapterMap['element'];
  let out = '';
  const stack: (Node | string)[] = [...parseFragment(context, html, { scriptingEnabled: false }).childNodes].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (typeof node === 'string') out += node;
    else if (node.nodeName === '#text') out += (node as DefaultTreeAdapterMap['textNode']).value;
    else if ('tagName' in node && !UNSEEN.has(node.tagName)) {
      const edge = PARTING.has(node.tagName) ? '\n' : '';
      out += edge;
      const user = node.tagName === 'lj' ? node.attrs.find(({ name }) => name === 'user')?.value : undefined;
      if (user) out += user;
      stack.push(edge, ...[...node.childNodes].reverse());
    }
  }
  return out;
}

export function plainWords(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}
