/** Pieces of the stand-in's pages. Names and ids are made as Rails makes them. */
import { SCRIPT } from './script.js';

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A whole page. */
export function page(title: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)} | Stand-in Archive</title>
<style>.hidden { display: none; } .landmark { position: absolute; left: -10000px; }</style>
</head>
<body>
<div id="main" class="region" role="main">
${body}
</div>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

/** What a form says that could not be saved. */
export function errorBox(said: string, faults: readonly string[]): string {
  if (faults.length === 0) return '';
  const items = faults.map((fault) => `<li>${escapeHtml(fault)}</li>`).join('\n');
  return `<div id="error" class="error">\n<h4>${escapeHtml(said)}</h4>\n<ul>\n${items}\n</ul>\n</div>`;
}

export function flash(kind: 'notice' | 'error', html: string): string {
  return html === '' ? '' : `<div class="flash ${kind}">${html}</div>`;
}

/** `work[chapter_attributes][title]` → `work_chapter_attributes_title` */
export function idOf(name: string): string {
  return name.replace(/\]?\[/g, '_').replaceAll(']', '');
}

/** A form with what Rails hides in each: the sentinel, the token, and the verb where it is not POST. */
export function form(action: string, attributes: string, body: string, method?: 'patch'): string {
  const verb = method ? hidden('_method', method) : '';
  return `<form ${attributes} action="${action}" accept-charset="UTF-8" method="post">
${verb}${hidden('authenticity_token', 'stand-in-token')}
${body}
</form>`;
}

export function hidden(name: string, value: string): string {
  return `<input type="hidden" name="${name}" value="${escapeHtml(value)}" autocomplete="off">`;
}

export function labelFor(id: string, text: string): string {
  return `<label for="${id}">${escapeHtml(text)}</label>`;
}

export function row(kind: string, term: string, field: string): string {
  return `<dt class="${kind}">${term}</dt>\n<dd class="${kind}">\n${field}\n</dd>`;
}

export function textField(name: string, value: string, more: { id?: string; class?: string } = {}): string {
  const kind = more.class ? ` class="${more.class}"` : '';
  return `<input${kind} type="text" value="${escapeHtml(value)}" name="${name}" id="${more.id ?? idOf(name)}">`;
}

/** A line of tags; the page's script hides it behind a list of tokens. */
export function tokenField(name: string, values: readonly string[], id = idOf(name)): string {
  return textField(name, values.join(', '), { id, class: 'autocomplete' });
}

/** A text box with the counter of characters left below it. */
export function textBox(
  name: string,
  value: string,
  limit: number,
  more: { id?: string; class?: string } = {},
): string {
  const id = more.id ?? idOf(name);
  const classes = `${more.class ?? ''} observe_textlength`.trim();
  return `<textarea class="${classes}" name="${name}" id="${id}">\n${escapeHtml(value)}</textarea>
<p class="character_counter"><span id="${id}_counter" class="value" data-maxlength="${limit}">${limit}</span> characters left</p>`;
}

/** One box. Rails sends its hidden `0` first, so that unticked boxes say something. */
export function box(name: string, ticked: boolean, more: { id?: string; class?: string } = {}): string {
  const kind = more.class ? ` class="${more.class}"` : '';
  const tick = ticked ? ' checked="checked"' : '';
  return `${hidden(name, '0')}<input${kind} type="checkbox" value="1"${tick} name="${name}" id="${more.id ?? idOf(name)}">`;
}

/** A box that Rails' form builder did not make: it sends nothing where it is not ticked. */
export function bareBox(name: string, ticked: boolean, more: { id?: string; class?: string } = {}): string {
  const kind = more.class ? ` class="${more.class}"` : '';
  const tick = ticked ? ' checked="checked"' : '';
  return `<input type="checkbox" name="${name}" id="${more.id ?? name}" value="1"${kind}${tick}>`;
}

/** One box per value, under one name that ends in `[]`. */
export function boxes(name: string, values: readonly string[], ticked: readonly string[], withHidden: boolean): string {
  const items = values.map((value) => {
    const id = `${idOf(name.slice(0, -2))}_${value
      .replace(/[\s.]/g, '_')
      .replace(/[^-\w]/g, '')
      .toLowerCase()}`;
    const tick = ticked.includes(value) ? ' checked="checked"' : '';
    return `<li><input type="checkbox" value="${escapeHtml(value)}"${tick} name="${name}" id="${id}"> ${labelFor(id, value)}</li>`;
  });
  return `<fieldset>\n${withHidden ? hidden(name, '') : ''}<ul>\n${items.join('\n')}\n</ul>\n</fieldset>`;
}

export function radios(name: string, values: readonly (readonly [string, string])[], chosen: string): string {
  const items = values.map(([value, label]) => {
    const id = `${idOf(name)}_${value}`;
    const tick = value === chosen ? ' checked="checked"' : '';
    return `<li><input type="radio" value="${value}"${tick} name="${name}" id="${id}"> ${labelFor(id, label)}</li>`;
  });
  return `<ul>\n${items.join('\n')}\n</ul>`;
}

export interface Option {
  value: string;
  text: string;
  lang?: string;
}

export function choice(name: string, options: readonly Option[], chosen: string, id = idOf(name)): string {
  const items = options.map(({ value, text, lang }) => {
    const mark = value === chosen ? ' selected="selected"' : '';
    return `<option${lang ? ` lang="${lang}"` : ''} value="${escapeHtml(value)}"${mark}>${escapeHtml(text)}</option>`;
  });
  return `<select name="${name}" id="${id}">\n${items.join('\n')}\n</select>`;
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** Day, month, year: three choices, named 3i, 2i and 1i. Years go back to 1950. */
export function dateChoices(object: string, date: string, today: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  const thisYear = Number(today.slice(0, 4));
  const count = (from: number, to: number) =>
    Array.from({ length: Math.abs(to - from) + 1 }, (_, index) => String(from < to ? from + index : from - index));
  const plain = (value: string) => ({ value, text: value });
  const one = (part: string, options: Option[], chosen: string) => {
    const name = `${object}[published_at(${part})]`;
    return choice(name, options, String(Number(chosen)), `${idOf(object)}_published_at_${part}`);
  };
  return [
    one('3i', count(1, 31).map(plain), day),
    one(
      '2i',
      MONTHS.map((text, index) => ({ value: String(index + 1), text })),
      month,
    ),
    one('1i', count(thisYear, 1950).map(plain), year),
  ].join('\n');
}

/** Something that shows only while its box is ticked. The box's name and id end in `-show`, what it shows has the rest as id. */
export function folded(id: string, ticked: boolean, said: string, body: string): string {
  return `${bareBox(`${id}-show`, ticked, { class: 'toggle_formfield' })} ${labelFor(`${id}-show`, said)}
<fieldset id="${id}">\n${body}\n</fieldset>`;
}
