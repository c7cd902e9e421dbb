/**
 * Address templates: plain text with `{names}`, matched against a host and path in one pass and filled again.
 *
 * No regular expressions are built from config: a name takes the characters its kind may hold, as far as the next
 * literal text, so that matching is linear in the length of the address.
 */

export type TemplateName =
  | 'domain'
  | 'user'
  | 'journal'
  | 'number'
  | 'dir'
  | 'year'
  | 'month'
  | 'day'
  | 'name'
  | 'address';
export type TemplateValues = Partial<Record<TemplateName, string>>;

/** What each name may be. `user` stands in host names, where `_` is written `-`. */
const SHAPES: Record<TemplateName, RegExp> = {
  domain: /^[a-z0-9.-]+$/,
  user: /^[a-z0-9_-]{1,60}$/i,
  journal: /^[a-z0-9_-]{1,60}$/i,
  // ditemids are 32-bit numbers on every one of these sites
  number: /^[1-9]\d{0,9}$/,
  dir: /^(prev|next)$/,
  year: /^(19|20)\d\d$/,
  month: /^(0[1-9]|1[0-2])$/,
  day: /^(0[1-9]|[12]\d|3[01])$/,
  name: /^[^/?#]{1,120}$/,
  address: /\S/,
};

type Piece = { text: string } | { name: TemplateName };

export interface Template {
  source: string;
  host: Piece[];
  path: Piece[];
  query: [key: string, value: Piece[]][];
  /** Letters of literal text; the more there are, the more a match says. */
  literal: number;
}

export function compileTemplate(source: string): Template {
  const [beforeQuery, query = ''] = split(source, '?');
  const slash = beforeQuery.indexOf('/');
  const host = slash < 0 ? beforeQuery : beforeQuery.slice(0, slash);
  const path = slash < 0 ? '' : beforeQuery.slice(slash);
  const pairs = query === '' ? [] : query.split('&').map((pair) => split(pair, '='));
  return {
    source,
    host: pieces(withoutWww(host)),
    path: pieces(trimPath(path)),
    query: pairs.map(([key, value = '']) => [key, pieces(value)]),
    literal: source.replace(/\{[a-z]+\}/g, '').length,
  };
}

/** The names' values where the template fits the whole address, else undefined. `domain` is known beforehand. */
export function matchTemplate(template: Template, url: URL, domain: string): TemplateValues | undefined {
  const values: TemplateValues = { domain };
  if (!matchPieces(template.host, withoutWww(url.hostname), values)) return undefined;
  if (!matchPieces(template.path, trimPath(url.pathname), values)) return undefined;
  for (const [key, value] of template.query) {
    const given = url.searchParams.get(key);
    if (given === null || !matchPieces(value, given, values)) return undefined;
  }
  return values;
}

/** The address that the template makes of the values, with no scheme. */
export function fillTemplate(source: string, values: TemplateValues): string {
  return source.replace(/\{([a-z]+)\}/g, (_, name: TemplateName) => {
    const value = values[name] ?? '';
    return name === 'user' ? value.replaceAll('_', '-') : value;
  });
}

function matchPieces(list: Piece[], text: string, values: TemplateValues): boolean {
  let at = 0;
  for (const [index, piece] of list.entries()) {
    if ('text' in piece) {
      if (!text.startsWith(piece.text, at)) return false;
      at += piece.text.length;
      continue;
    }
    const next = list[index + 1];
    const known = piece.name === 'domain' ? values.domain : undefined;
    const literal = next && 'text' in next ? next.text : undefined;
    const end =
      known !== undefined ? at + known.length : literal === undefined ? text.length : text.indexOf(literal, at);
    if (end < at) return false;
    const value = text.slice(at, end);
    if (known === undefined ? !SHAPES[piece.name].test(value) : value !== known) return false;
    values[piece.name] = value;
    at = end;
  }
  return at === text.length;
}

function pieces(text: string): Piece[] {
  const result: Piece[] = [];
  for (const part of text.split(/(\{[a-z]+\})/)) {
    if (part === '') continue;
    result.push(part.startsWith('{') ? { name: part.slice(1, -1) as TemplateName } : { text: part });
  }
  return result;
}

/** `/a//b/` → `/a/b`: sites care for neither, and people paste both. `%7E` and `%5F` are `~` and `_`. */
function trimPath(path: string): string {
  const plain = path
    .replace(/%7e/gi, '~')
    .replace(/%5f/gi, '_')
    .replace(/\/{2,}/g, '/');
  return plain.endsWith('/') ? plain.slice(0, -1) : plain;
}

export function withoutWww(host: string): string {
  return host.startsWith('www.') ? host.slice(4) : host;
}

function split(text: string, at: string): [string, string?] {
  const index = text.indexOf(at);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + at.length)];
}
