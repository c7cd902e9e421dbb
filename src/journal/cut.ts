/**
 * Takes the insides of scripts, styles and icons out of a page before it is parsed.
 *
 * A modern LiveJournal page is about 750 KB, nearly all of it script, and parsing that is what reading one costs. The
 * cut has to be invisible: parsing what is left gives the tree of the whole page but for those insides. So this scanner
 * goes by the tokenizer's own rules (HTML Standard, 13.2.5), and where only a tree builder could tell what a tag means
 * it stops cutting and passes the rest of the page on as it is, which is slower and never wrong.
 */

export interface CutPage {
  html: string;
  /** The text of each script that holds one of the words asked for. */
  scripts: string[];
}

/** Elements whose content is text to the tokenizer, with scripting on as parse5 has it. */
const RAW = new Set(['style', 'title', 'textarea', 'noscript', 'xmp', 'iframe', 'noembed', 'noframes']);

/** After these, what later tags mean depends on the tree: foreign content, fragments of tables, text to the end. */
const UNCERTAIN = new Set(['math', 'template', 'frameset', 'plaintext']);

/** Drawing elements: foreign content that holds no HTML. `title`, `desc` and `foreignObject` do, and any HTML tag ends it. */
const DRAWING = new Set(
  (
    'svg text tspan path g use symbol defs circle rect line polyline polygon ellipse lineargradient radialgradient stop clippath mask pattern ' +
    'filter feblend fecolormatrix fecomposite feflood fegaussianblur femerge femergenode femorphology feoffset'
  ).split(' '),
);

interface Tag {
  name: string;
  closing: boolean;
  selfClosing: boolean;
  /** Behind its `>`. */
  end: number;
}

/** Cuts a page; `words` say which scripts' text is kept beside it. */
export function cutPage(html: string, words: readonly string[]): CutPage {
  const kept: string[] = [];
  const scripts: string[] = [];
  let from = 0;
  let at = 0;
  let select = false;
  const cut = (start: number, end: number) => {
    kept.push(html.slice(from, start));
    from = end;
  };
  while (true) {
    const open = html.indexOf('<', at);
    if (open < 0) break;
    const tag = readTag(html, open);
    if (!tag) {
      at = skipMarkup(html, open);
      continue;
    }
    at = tag.end;
    if (tag.name === 'select') select = !tag.closing;
    if (tag.closing) continue;
    if (UNCERTAIN.has(tag.name) || (select && tag.name !== 'script' && (RAW.has(tag.name) || tag.name === 'svg')))
      break;
    if (tag.name === 'script') {
      at = scriptEnd(html, tag.end);
      const text = html.slice(tag.end, at);
      if (words.some((word) => text.includes(word))) scripts.push(text);
      cut(tag.end, at);
    } else if (RAW.has(tag.name)) {
      at = rawEnd(html, tag.end, tag.name);
      if (tag.name === 'style') cut(tag.end, at);
    } else if (tag.name === 'svg' && !tag.selfClosing) {
      at = drawingEnd(html, tag.end);
      if (at < 0) break;
      cut(tag.end, at);
    }
  }
  kept.push(html.slice(from));
  return { html: kept.join(''), scripts };
}

/** The tag that starts at `<`, or undefined where none does (a comment, a bare `<`, a page that breaks off in a tag). */
function readTag(html: string, open: number): Tag | undefined {
  let at = open + 1;
  const closing = html.charCodeAt(at) === 47;
  if (closing) at++;
  if (!isLetter(html.charCodeAt(at))) return undefined;
  const start = at;
  while (at < html.length && !isNameEnd(html.charCodeAt(at))) at++;
  const name = html.slice(start, at).toLowerCase();
  const rest = readAttributes(html, at);
  return rest && { name, closing, ...rest };
}

/** Where a tag ends. A quote counts only where a value begins: `<a "x>` ends at that `>`, as does `<a b=c">`. */
function readAttributes(html: string, from: number): { end: number; selfClosing: boolean } | undefined {
  let state: 'before name' | 'name' | 'after name' | 'before value' | 'value' = 'before name';
  let slash = false;
  for (let at = from; at < html.length; at++) {
    const code = html.charCodeAt(at);
    if (code === 62) return { end: at + 1, selfClosing: slash };
    slash = false;
    if (isSpace(code)) {
      if (state === 'name') state = 'after name';
      else if (state === 'value') state = 'before name';
    } else if (state === 'before value') {
      state = 'value';
      if (code === 34 || code === 39) {
        at = html.indexOf(code === 34 ? '"' : "'", at + 1);
        if (at < 0) return undefined;
        state = 'before name';
      }
    } else if (state !== 'value') {
      slash = code === 47;
      // `=` where a name is due is the name's own first letter
      if (slash) state = 'before name';
      else if (code === 61 && state !== 'before name') state = 'before value';
      else state = 'name';
    }
  }
  return undefined;
}

function skipMarkup(html: string, open: number): number {
  if (html.startsWith('<!--', open)) return commentEnd(html, open + 4);
  const next = html[open + 1] ?? '';
  const after = html.charCodeAt(open + 2);
  // a letter means that the page breaks off inside this tag, and all the rest is lost in it
  if (isLetter(next.charCodeAt(0)) || (next === '/' && isLetter(after))) return html.length;
  // `<!x`, `<?x`, `</3`: bogus comments, up to the first `>`
  if (next === '!' || next === '?' || next === '/') {
    const end = html.indexOf('>', open);
    return end < 0 ? html.length : end + 1;
  }
  return open + 1;
}

/** Behind a comment: `<!-->` and `<!--->` are whole ones, and `--!>` ends one too. */
function commentEnd(html: string, from: number): number {
  if (html.startsWith('>', from)) return from + 1;
  if (html.startsWith('->', from)) return from + 2;
  const ends = /--!?>/g;
  ends.lastIndex = from;
  const found = ends.exec(html);
  return found ? ends.lastIndex : html.length;
}

/** Where `</name` stands that ends a raw text element, or the end of the page. */
function rawEnd(html: string, from: number, name: string): number {
  let at = html.indexOf('</', from);
  while (at >= 0) {
    if (endsRaw(html, at + 2, name)) return at;
    at = html.indexOf('</', at + 2);
  }
  return html.length;
}

function endsRaw(html: string, at: number, name: string): boolean {
  const behind = at + name.length;
  return behind < html.length && isNameEnd(html.charCodeAt(behind)) && html.slice(at, behind).toLowerCase() === name;
}

/**
 * Where the `</script` stands that ends a script. `<!--` in a script begins an escape, in which a further `<script`
 * hides the next `</script` (13.2.5.20): old counters' code does that.
 */
function scriptEnd(html: string, from: number): number {
  const marks = /<\/script(?=[\t\n\f\r />])|<!--|-->|<script(?=[\t\n\f\r />])/gi;
  marks.lastIndex = from;
  let state: 'plain' | 'escaped' | 'hidden' = 'plain';
  for (let found = marks.exec(html); found; found = marks.exec(html)) {
    const mark = found[0].toLowerCase();
    if (mark === '-->') state = 'plain';
    else if (mark === '</script') {
      if (state !== 'hidden') return found.index;
      state = 'escaped';
    } else if (mark === '<script') {
      if (state === 'escaped') state = 'hidden';
    } else {
      if (state === 'plain') state = 'escaped';
      // the dashes of `<!--` may be those of `-->` as well: `<!-->` escapes nothing
      marks.lastIndex = found.index + 2;
    }
  }
  return html.length;
}

/** Where the `</svg` of a plain drawing stands; -1 for one that holds anything else. */
function drawingEnd(html: string, from: number): number {
  const open: string[] = [];
  for (let at = from; ; ) {
    const next = html.indexOf('<', at);
    if (next < 0) return -1;
    const tag = readTag(html, next);
    if (!tag) return -1;
    if (!DRAWING.has(tag.name)) return -1;
    if (tag.closing) {
      // an end tag closes all that stands open within its element
      const own = open.lastIndexOf(tag.name);
      if (own < 0) return tag.name === 'svg' ? next : -1;
      open.length = own;
    } else if (!tag.selfClosing) open.push(tag.name);
    at = tag.end;
  }
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13 && code !== 11);
}

function isNameEnd(code: number): boolean {
  return isSpace(code) || code === 47 || code === 62;
}
