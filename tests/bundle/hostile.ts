/** A journal by somebody who means harm, or has never heard of it: titles, tags and bodies that would be something else elsewhere. */
import type { Post } from '../journal/posts.js';
import { HOSTILE } from '../text/soup.js';

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Titles as their readers see them; `canary` is an address that nobody may ask. */
export function hostileTitles(canary: string): string[] {
  return [
    `</title></textarea></style></script><script>window.__ran=1;fetch("${canary}")</script>`,
    '"><img src=x onerror="window.__ran=1">',
    "' onmouseover='window.__ran=1' x='",
    '--><script>window.__ran=1</script><!--',
    '--!><svg onload=window.__ran=1>',
    '-->',
    '--',
    '<!-- x',
    '&lt;b&gt; &#60;script&#62; &amp;',
    '{{constructor.constructor("window.__ran=1")()}} <%= window.__ran=1 %>',
    'javascript:window.__ran=1',
    '../../../etc/passwd',
    '..\\..\\windows\\system32',
    'C:\\boot.ini',
    '/etc/hosts',
    '~root',
    '.',
    '..',
    '.hidden',
    'CON',
    'nul.txt',
    'aux',
    'COM1',
    'lpt9.html',
    'index',
    'images',
    'Trailing dots...',
    'a:b|c?d*e<f>g"h',
    'The Same',
    'the same',
    'THE SAME',
    'Caf\u00e9',
    'Cafe\u0301',
    'ﬁnal',
    'final',
    '\u202egnorw eht yaw \u202c',
    'in\u200bvi\u200dsible\u2060',
    '\ufeffmarked',
    '\u{1f469}\u200d\u{1f680}',
    'Ночь',
    '夜',
    'livejournal.com dreamwidth.org',
    'Rating: Explicit',
    'Date: 1999-01-01 Summary: none',
    'no',
    'null',
    '~',
    '1e3',
    '0o17',
    '1_000',
    '12:30:45',
    '2009-05-01',
    '.inf',
    '<<',
    '=',
    '- a',
    '? a',
    '{a: b}',
    '[a]',
    '&anchor a',
    '*alias',
    '!tag a',
    '%TAG',
    '@at',
    '`tick`',
    'a: b',
    'a #b',
    '---',
    '| a',
    '> a',
    "it's 'so'",
    'back\\slash \\n',
    '=HYPERLINK("http://x.example")',
    '+1+1',
    '-1+1',
    '@SUM(1)',
    "'=1+1",
    '=1+1\t=2+2',
    `${'a'.repeat(10_000)}`,
    `${'long '.repeat(2_000)}end`,
    `${'\u202e(['.repeat(3_000)}`,
  ];
}

/** Subjects of posts that are no fics, and so are listed in a CSV. */
export const FORMULAS: readonly string[] = [
  '=HYPERLINK("http://x.example","y")',
  '+1+1',
  '-1+1',
  '@SUM(1)',
  "'=1+1",
  "''=1+1",
  "'quoted'",
  '\uff1d1+1',
  'a,"b"',
  '"=1+1"',
  'plain',
];

const STORY =
  'The bell had been ringing since four, and nobody had gone down to see who was pulling the rope. It was only the wind.';

/** Of a page that holds one of these nothing is left to read behind it; some fics are lost so, and listed. */
const SWALLOWS: ReadonlySet<string> = new Set(['<plaintext>', '<style>', '<x', '<noscript>']);

/** One fic for each title, each with some of what is hostile in its body, and one post for each formula. */
export function hostilePosts(canary: string): Post[] {
  const pieces = [...HOSTILE, ...more(canary)].map((piece) =>
    piece
      .replaceAll('gone()', 'window.__ran=1')
      .replaceAll('http://evil.example/', canary)
      .replaceAll('//evil.example/', canary),
  );
  const styles = ['light', 'core2', 'modern', 'singlepost'] as const;
  const post = (index: number): Omit<Post, 'body' | 'is' | 'subject'> => ({
    itemid: index + 1,
    anum: 7,
    style: styles[index % styles.length] as Post['style'],
    at: `2009-05-${String((index % 28) + 1).padStart(2, '0')}T20:00`,
  });
  const titles = hostileTitles(canary);
  const fics = titles.map((title, index): Post => {
    const own = pieces
      .filter((_, at) => at % 5 === index % 5)
      .filter((piece) => !SWALLOWS.has(piece) || index % 10 === 0);
    const header = `<b>Title:</b> ${escaped(title)}<br /><b>Fandom:</b> The Glasshouse Line<br /><b>Rating:</b> PG<br /><b>Summary:</b> It begins so: ${escaped(title.slice(0, 300))}<br />`;
    const at = index % own.length;
    const body = [...own.slice(at), ...own.slice(0, at)].join(' words between ');
    const tags = ['fic', title.slice(0, 80).replaceAll(',', ' ')];
    return {
      ...post(index),
      subject: `Fic: ${title.slice(0, 200)}`,
      tags,
      is: 'fic',
      body: `${header}<br />${STORY}<br /><br />${body}`,
    };
  });
  const others = FORMULAS.map(
    (subject, index): Post => ({
      ...post(titles.length + index),
      subject,
      is: 'other',
      body: 'I went to the market and bought pears. No more than that.',
    }),
  );
  return [...fics, ...others];
}

function more(canary: string): string[] {
  return [
    `<img src="${canary}picture.png" alt="picture">`,
    `<img srcset="${canary}set.png 1x" src="${canary}b.png">`,
    `<link rel="prefetch" href="${canary}prefetch">`,
    `<link rel="preconnect" href="${canary}">`,
    `<a href="${canary}ping" ping="${canary}ping">a link</a>`,
    `<table background="${canary}bg.png"><tr><td style="background:url(${canary}cell.png)">cell</td></tr></table>`,
    `<p style="background-image:url(${canary}p.png)">styled</p>`,
    `<style>@import url(${canary}import.css);</style>`,
    `<video poster="${canary}poster.png" src="${canary}v.mp4"></video><audio src="${canary}a.mp3" autoplay></audio>`,
    `<iframe src="${canary}frame"></iframe><object data="${canary}object"></object><embed src="${canary}embed">`,
    `<svg><image href="${canary}svg.png"/><use href="${canary}use.svg#a"/></svg>`,
    `<input type="image" src="${canary}input.png"><form action="${canary}form"><button>send</button></form>`,
    `<meta http-equiv="refresh" content="0;url=${canary}refresh">`,
    '<details open ontoggle=window.__ran=1><summary>fold</summary>inside</details>',
    '</div></details></main></body></html><script>window.__ran=1</script>',
    '</textarea><script>window.__ran=1</script>',
    '<span id="w-packet">{}</span><button data-copy="x" onclick="window.__ran=1">press</button>',
    '<b>'.repeat(400),
    '<blockquote>'.repeat(400),
  ];
}
